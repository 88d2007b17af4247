//! Every way a run of tokens can be cut into groups of digits.
//!
//! A run falls into segments that no number spans; each segment has its
//! alternatives, written as groups separated by spaces ("60 17", "77",
//! "70 7"). A whole number is one alternative of each segment.

use super::atoms::{self, Atom, Grammar};
use super::readings::Effort;
use super::run::INTERNATIONAL;
use super::tokens::Token;

/// Most alternatives kept of one segment, the most compact first.
const MOST_ALTERNATIVES: usize = 512;
/// No telephone number has more digits.
pub(super) const MOST_DIGITS: usize = 15;

/// The groups of a run, each with its alternatives; a "plus" at the beginning
/// is a group of its own.
pub(super) fn groups(
    tokens: &[Token],
    grammar: Grammar,
    effort: &mut Effort,
) -> Option<Vec<Vec<String>>> {
    let mut groups = Vec::new();
    for (place, piece) in tokens.split(|token| *token == Token::Cut).enumerate() {
        let international = place == 0 && piece.first() == Some(&Token::Plus);
        if international {
            groups.push(vec![INTERNATIONAL.to_owned()]);
        }
        groups.extend(segments(&piece[usize::from(international)..], grammar, effort)?);
    }
    Some(groups)
}

fn segments(tokens: &[Token], grammar: Grammar, effort: &mut Effort) -> Option<Vec<Vec<String>>> {
    let table = Table::new(tokens, grammar);
    if table.least_digits().is_none_or(|least| least > MOST_DIGITS + 2) {
        return None;
    }
    let mut segments = Vec::new();
    let mut from = 0;
    for to in 1..=tokens.len() {
        if table.splits(to) {
            segments.push(table.alternatives(from, to, effort));
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

    /// The fewest digits of any cutting; `None` when there is no cutting.
    fn least_digits(&self) -> Option<usize> {
        let mut least = vec![None; self.spans.len() + 1];
        least[self.spans.len()] = Some(0);
        for from in (0..self.spans.len()).rev() {
            least[from] = self.spans[from]
                .iter()
                .filter_map(|(to, digits)| Some(least[*to]? + digits.len()))
                .min();
        }
        least[0]
    }

    /// True when no number goes across this boundary.
    fn splits(&self, at: usize) -> bool {
        let first = at.saturating_sub(atoms::LONGEST);
        !self.spans[first..at].iter().flatten().any(|(to, _)| *to > at)
    }

    fn alternatives(&self, from: usize, to: usize, effort: &mut Effort) -> Vec<String> {
        let mut walk = Walk { table: self, to, groups: Vec::new(), found: Vec::new(), effort };
        walk.from(from, 0);
        let mut found = walk.found;
        found.sort_by_key(|cut| (cut.bytes().filter(|byte| *byte == b' ').count(), cut.len()));
        if found.len() > MOST_ALTERNATIVES {
            effort.cut_short = true;
            found.truncate(MOST_ALTERNATIVES);
        }
        found
    }
}

/// Collects the cuttings of a segment.
struct Walk<'a, 'e> {
    table: &'a Table,
    to: usize,
    groups: Vec<&'a str>,
    found: Vec<String>,
    effort: &'e mut Effort,
}

impl Walk<'_, '_> {
    fn from(&mut self, from: usize, digits: usize) {
        // No single segment holds a whole foreign number of the longest kind,
        // but for one written in one piece ("0033639981234").
        let one = from == self.to && self.groups.len() == 1;
        if (digits > MOST_DIGITS - 3 && !one) || !self.effort.spend() {
            return;
        }
        if from == self.to {
            self.found.push(self.groups.join(" "));
            return;
        }
        let table = self.table;
        // Longest first: the compact cuts are found before the effort runs out.
        for (end, group) in table.spans[from].iter().rev() {
            self.groups.push(group);
            self.from(*end, digits + group.len());
            self.groups.pop();
        }
    }
}

fn numbers_at(tokens: &[Token], from: usize, grammar: Grammar) -> Vec<(usize, String)> {
    if let Token::Figure(digits) = &tokens[from] {
        return vec![(from + 1, digits.clone())];
    }
    let is_bound = |at: usize| grammar != Grammar::Loose && is_bound(tokens.get(at));
    if is_bound(from) && from > 0 {
        return Vec::new();
    }
    let mut numbers = Vec::new();
    let mut sequence: Vec<Atom> = Vec::with_capacity(atoms::LONGEST);
    for (at, token) in tokens.iter().enumerate().skip(from).take(atoms::LONGEST) {
        let Token::Atom { atom, .. } = token else { break };
        sequence.push(*atom);
        if is_bound(at + 1) {
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
