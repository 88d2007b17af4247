//! Every way a run of tokens can be cut into groups of digits.
//!
//! A run falls into segments that no number spans; each segment has its
//! alternatives, written as groups separated by spaces ("60 17", "77",
//! "70 7"). A whole number is one alternative of each segment.

use super::atoms::{self, Atom, Grammar};
use super::run::INTERNATIONAL;
use super::tokens::Token;

/// Most alternatives kept of one segment, the most compact first.
const MOST_ALTERNATIVES: usize = 96;
/// No telephone number has more digits.
pub(super) const MOST_DIGITS: usize = 15;

/// The groups of a run, each with its alternatives; a "plus" at the beginning
/// is a group of its own.
pub(super) fn groups(tokens: &[Token], grammar: Grammar) -> Option<Vec<Vec<String>>> {
    let mut groups = Vec::new();
    for (place, piece) in tokens.split(|token| *token == Token::Cut).enumerate() {
        let international = place == 0 && piece.first() == Some(&Token::Plus);
        if international {
            groups.push(vec![INTERNATIONAL.to_owned()]);
        }
        groups.extend(segments(&piece[usize::from(international)..], grammar)?);
    }
    Some(groups)
}

fn segments(tokens: &[Token], grammar: Grammar) -> Option<Vec<Vec<String>>> {
    let table = Table::new(tokens, grammar);
    if !table.reaches_end() {
        return None;
    }
    let mut segments = Vec::new();
    let mut from = 0;
    for to in 1..=tokens.len() {
        if table.splits(to) {
            segments.push(table.alternatives(from, to));
            from = to;
        }
    }
    Some(segments)
}

/// The digits of one alternative.
pub(super) fn digits_in(cut: &str) -> usize {
    cut.bytes().filter(u8::is_ascii_digit).count()
}

/// The fewest digits that groups can be.
pub(super) fn least_digits(groups: &[Vec<String>]) -> usize {
    groups.iter().map(|group| group.iter().map(|cut| digits_in(cut)).min().unwrap_or(0)).sum()
}

/// The whole run as alternatives of a single group.
pub(super) fn flatten(groups: &[Vec<String>]) -> Vec<String> {
    let mut all = vec![String::new()];
    for group in groups {
        let mut longer = Vec::new();
        for start in &all {
            let joined = group.iter().map(|cut| format!("{start} {cut}").trim_start().to_owned());
            longer.extend(joined.filter(|cut| digits_in(cut) <= MOST_DIGITS));
        }
        longer.truncate(MOST_ALTERNATIVES);
        all = longer;
    }
    all
}

/// Which spans of the tokens are numbers.
struct Table {
    /// For each start, the numbers that begin there: end and digits.
    spans: Vec<Vec<(usize, String)>>,
    /// Whether the end can be reached from here.
    live: Vec<bool>,
}

impl Table {
    fn new(tokens: &[Token], grammar: Grammar) -> Self {
        let spans: Vec<Vec<(usize, String)>> =
            (0..tokens.len()).map(|from| numbers_at(tokens, from, grammar)).collect();
        let mut live = vec![false; tokens.len() + 1];
        live[tokens.len()] = true;
        for from in (0..tokens.len()).rev() {
            live[from] = spans[from].iter().any(|(to, _)| live[*to]);
        }
        let mut table = Self { spans, live };
        table.drop_unreachable();
        table
    }

    /// Keeps only the spans that lie on a way from the first token to the last.
    fn drop_unreachable(&mut self) {
        let mut reached = vec![false; self.spans.len() + 1];
        reached[0] = true;
        for from in 0..self.spans.len() {
            let live = &self.live;
            if reached[from] {
                self.spans[from].retain(|(to, _)| live[*to]);
            } else {
                self.spans[from].clear();
            }
            for (to, _) in &self.spans[from] {
                reached[*to] = true;
            }
        }
    }

    fn reaches_end(&self) -> bool {
        self.live[0]
    }

    /// True when no number goes across this boundary.
    fn splits(&self, at: usize) -> bool {
        let first = at.saturating_sub(atoms::LONGEST);
        !self.spans[first..at].iter().flatten().any(|(to, _)| *to > at)
    }

    fn alternatives(&self, from: usize, to: usize) -> Vec<String> {
        let mut found = Vec::new();
        let mut groups = Vec::new();
        let mut steps = 0;
        self.walk(from, to, &mut groups, &mut found, &mut steps);
        found.sort_by_key(|cut: &String| {
            (cut.bytes().filter(|byte| *byte == b' ').count(), cut.len())
        });
        found.dedup();
        found.truncate(MOST_ALTERNATIVES);
        found
    }

    fn walk<'a>(
        &'a self,
        from: usize,
        to: usize,
        groups: &mut Vec<&'a str>,
        found: &mut Vec<String>,
        steps: &mut usize,
    ) {
        *steps += 1;
        if *steps > 4_000 || groups.iter().map(|group| group.len()).sum::<usize>() > MOST_DIGITS {
            return;
        }
        if from == to {
            found.push(groups.join(" "));
            return;
        }
        // Longest first: the compact cuts are found before the steps run out.
        for (end, digits) in self.spans[from].iter().rev() {
            groups.push(digits);
            self.walk(*end, to, groups, found, steps);
            groups.pop();
        }
    }
}

fn numbers_at(tokens: &[Token], from: usize, grammar: Grammar) -> Vec<(usize, String)> {
    if let Token::Figure(digits) = &tokens[from] {
        return vec![(from + 1, digits.clone())];
    }
    if is_bound(tokens.get(from)) && from > 0 {
        return Vec::new();
    }
    let mut numbers = Vec::new();
    let mut sequence: Vec<Atom> = Vec::with_capacity(atoms::LONGEST);
    for (at, token) in tokens.iter().enumerate().skip(from).take(atoms::LONGEST) {
        let Token::Atom { atom, .. } = token else { break };
        sequence.push(*atom);
        if is_bound(tokens.get(at + 1)) {
            continue;
        }
        if let Some(value) = atoms::value(&sequence, grammar) {
            numbers.push((at + 1, value.to_string()));
        }
    }
    numbers
}

fn is_bound(token: Option<&Token>) -> bool {
    matches!(token, Some(Token::Atom { bound: true, .. }))
}
