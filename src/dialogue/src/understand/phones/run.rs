//! What the runs of an utterance say: whole numbers, or a part of one.

use super::atoms::{Atom, Grammar};
use super::lattice::{self, MOST_DIGITS};
use super::nature::Nature;
use super::readings::{self, Effort, MOST_READINGS, Manner, Ranked};
use super::tokens::{Run, Token};
use super::{Dictation, PhoneReading, corrections, countries};

/// More tokens than any dictation has.
const MOST_TOKENS: usize = 80;
/// What stands for "plus" before a country code in a [`Dictation`].
pub(super) const INTERNATIONAL: &str = "+";

/// What was heard.
#[derive(Debug, Clone, Default)]
pub(super) struct Heard {
    /// The readings, the most natural first.
    pub readings: Vec<PhoneReading>,
    /// Readings were left out.
    pub cut_short: bool,
    /// A part of a number.
    pub dictation: Option<Dictation>,
}

/// Reads the runs of one utterance.
pub(super) fn read(runs: &[Run]) -> Heard {
    let mut effort = Effort::new();
    let mut said: Vec<PhoneReading> = Vec::new();
    let mut withdrawn = false;
    for run in runs {
        let counts = run.nature != Nature::Other || begins_number(&run.tokens);
        let found = if counts { numbers_in(&run.tokens, &mut effort) } else { Vec::new() };
        if !found.is_empty() && (withdrawn || withdraws(run.tokens.first())) {
            said.clear();
        }
        withdrawn = withdraws(run.tokens.last());
        merge(&mut said, found);
    }
    if said.is_empty() && runs.len() > 1 {
        said = numbers_in(&joined(runs), &mut effort);
    }
    if !said.is_empty() {
        return Heard { readings: said, cut_short: effort.cut_short, dictation: None };
    }
    let part = runs.iter().rev().filter(|run| run.nature != Nature::Other);
    let dictation = part.filter_map(|run| part_of_number(run, &mut effort)).next();
    Heard { dictation, ..Heard::default() }
}

/// Goes on with what was heard before.
pub(super) fn resume(before: &Dictation, runs: &[Run]) -> Heard {
    let heard = joined(runs);
    if heard.is_empty() {
        return Heard::default();
    }
    let mut effort = Effort::new();
    let alone = read(runs);
    let restarted = heard.contains(&Token::Restart);
    let groups = (!restarted).then(|| continued(before, &heard, &mut effort)).flatten();
    let mut readings = match &groups {
        Some(groups) => {
            let complete = readings::combine(groups, &mut effort);
            let goes_on = readings::is_beginning(groups, &complete, &mut effort);
            if goes_on { Vec::new() } else { ranked(complete) }
        }
        None => Vec::new(),
    };
    merge(&mut readings, alone.readings);
    if !readings.is_empty() {
        return Heard { readings, cut_short: effort.cut_short || alone.cut_short, dictation: None };
    }
    // Too much for one number: what came last counts.
    let whole = groups.filter(|groups| lattice::least_digits(groups) <= MOST_DIGITS - 2);
    let last = || alternatives(&heard, &mut effort);
    let groups = whole.or_else(last).filter(|groups| !groups.is_empty());
    Heard { dictation: groups.map(|groups| Dictation { groups }), ..Heard::default() }
}

/// Every string of digits that the runs can be, for an answer about a few digits.
pub(super) fn strings(runs: &[Run]) -> Vec<String> {
    let Some(groups) = alternatives(&joined(runs), &mut Effort::new()) else { return Vec::new() };
    let digits = |cut: String| cut.chars().filter(char::is_ascii_digit).collect::<String>();
    lattice::flatten(&groups).into_iter().map(digits).filter(|digits| !digits.is_empty()).collect()
}

fn merge(readings: &mut Vec<PhoneReading>, more: Vec<PhoneReading>) {
    for reading in more {
        if !readings.contains(&reading) {
            readings.push(reading);
        }
    }
}

/// The groups of both turns together; `None` when the words are no digits.
fn continued(before: &Dictation, heard: &[Token], effort: &mut Effort) -> Option<Vec<Vec<String>>> {
    let mut groups = before.groups.clone();
    groups.truncate(MOST_DIGITS);
    let mut heard = heard;
    while let Some((Token::Undo, rest)) = heard.split_first() {
        if !rest.is_empty() {
            forget_last(&mut groups);
        }
        heard = rest;
    }
    groups.extend(alternatives(heard, effort)?);
    Some(groups)
}

/// Takes back the last group, in every way it can be cut.
fn forget_last(groups: &mut Vec<Vec<String>>) {
    let Some(last) = groups.pop() else { return };
    let mut left: Vec<String> = last
        .iter()
        .filter_map(|cut| cut.rsplit_once(' '))
        .map(|(kept, _)| kept.to_owned())
        .collect();
    // "zéro quatre" is said as one group.
    if last.iter().all(|cut| cut.len() == 1) && groups.last().is_some_and(|zero| *zero == ["0"]) {
        groups.pop();
    }
    left.dedup();
    if !left.is_empty() {
        groups.push(left);
    }
}

/// The number that a run is, in every reading; of several numbers in a row, all.
fn numbers_in(tokens: &[Token], effort: &mut Effort) -> Vec<PhoneReading> {
    let found = whole_number(tokens, effort);
    if !found.is_empty() {
        return found;
    }
    if let Some(restart) = tokens.iter().rposition(|token| *token == Token::Restart) {
        // "Je répète" and then only a part of it.
        return whole_number(&tokens[..restart], effort);
    }
    for at in (2..tokens.len()).filter(|at| begins_number(&tokens[*at..])) {
        let first = whole_number(&tokens[..at], effort);
        if !first.is_empty() {
            let mut all = first;
            merge(&mut all, numbers_in(&tokens[at..], effort));
            return all;
        }
    }
    Vec::new()
}

/// A zero or a "plus" comes first.
fn begins_number(tokens: &[Token]) -> bool {
    match tokens.iter().find(|token| !withdraws(Some(token))) {
        Some(Token::Figure(digits)) => digits.starts_with('0'),
        Some(Token::Plus | Token::Atom { atom: Atom::Value(0), .. }) => true,
        _ => false,
    }
}

/// Every reading of one number, the most natural first.
fn whole_number(tokens: &[Token], effort: &mut Effort) -> Vec<PhoneReading> {
    if tokens.len() > MOST_TOKENS || most_digits(tokens) < 9 {
        return Vec::new();
    }
    let attempts = [
        (Grammar::Strict, 1),
        (Grammar::Lenient, 1),
        (Grammar::Lenient, 2),
        (Grammar::Lenient, 3),
        (Grammar::Loose, 1),
    ];
    let corrected = tokens.contains(&Token::Undo);
    for (grammar, groups_back) in attempts.into_iter().filter(|(_, back)| *back == 1 || corrected) {
        for tokens in trimmings(tokens) {
            let found = with(&tokens, grammar, groups_back, effort);
            if !found.is_empty() {
                return found;
            }
        }
    }
    Vec::new()
}

fn with(
    tokens: &[Token],
    grammar: Grammar,
    groups_back: usize,
    effort: &mut Effort,
) -> Vec<PhoneReading> {
    let mut found: Vec<Ranked> = Vec::new();
    let repeats = tokens.iter().any(|token| matches!(token, Token::Times(_)));
    for way in corrections::ways(tokens, groups_back) {
        // Hyphens are only doubted where they bind what cannot be one number.
        if grammar == Grammar::Loose && lattice::groups(&way, Grammar::Lenient, effort).is_some() {
            continue;
        }
        let Some(groups) = lattice::groups(&way, grammar, effort) else { continue };
        let complete = readings::combine(&groups, effort);
        // Who says "double" does not speak in pairs.
        if !repeats && readings::is_beginning(&groups, &complete, effort) {
            continue;
        }
        for ranked in complete {
            if !found.iter().any(|known| known.reading == ranked.reading) {
                found.push(ranked);
            }
        }
    }
    effort.cut_short |= found.len() > MOST_READINGS;
    let odd = |ranked: &Ranked| match grammar {
        Grammar::Strict => ranked.manner == Manner::Free,
        Grammar::Lenient | Grammar::Loose => ranked.manner > Manner::Aligned,
    };
    // Words stretched or cut at random, and no zero to begin with: not a
    // number to call.
    if found.iter().all(odd) && (grammar != Grammar::Strict || !begins_number(tokens)) {
        return Vec::new();
    }
    ranked(found)
}

fn ranked(mut found: Vec<Ranked>) -> Vec<PhoneReading> {
    // "plus trente trois" is the country, not Greece and a three.
    if found.iter().any(|ranked| ranked.reading.digits.starts_with('0')) {
        found.retain(|ranked| ranked.reading.digits.starts_with('0'));
    }
    // "plus trente deux": Belgium rather than some country from 30 on.
    let listed = |ranked: &Ranked| {
        let foreign = ranked.reading.digits.strip_prefix('+');
        foreign.is_none_or(countries::is_listed)
    };
    if found.iter().any(listed) {
        found.retain(listed);
    }
    found.sort_by_key(|ranked| ranked.manner);
    found.truncate(MOST_READINGS);
    found.into_iter().map(|ranked| ranked.reading).collect()
}

/// The run itself, then without words at its ends that may not be numbers,
/// then without any such word.
fn trimmings(tokens: &[Token]) -> Vec<Vec<Token>> {
    let weak = |token: &Token| matches!(token, Token::Atom { weak: true, .. });
    let sure = |token: &Token| match token {
        Token::Figure(_) | Token::Plus => true,
        Token::Atom { atom, weak, .. } => !weak && *atom != Atom::Et,
        _ => false,
    };
    let mut all = vec![tokens.to_vec()];
    let front = tokens.iter().position(sure).unwrap_or(0);
    let back = tokens.iter().rev().position(sure).unwrap_or(0);
    for (front, back) in [(0, back), (front, 0), (front, back)] {
        if front + back > 0 && front + back < tokens.len() {
            all.push(tokens[front..tokens.len() - back].to_vec());
        }
    }
    all.push(tokens.iter().filter(|token| !weak(token)).cloned().collect());
    all.dedup();
    all
}

/// A quick bound, so that short runs cost nothing.
fn most_digits(tokens: &[Token]) -> usize {
    tokens
        .iter()
        .map(|token| match token {
            Token::Figure(digits) => digits.len(),
            Token::Atom { .. } => 3,
            Token::Times(times) => 6 * usize::from(*times),
            _ => 0,
        })
        .sum()
}

/// "Non, pardon" or "je recommence" between two whole numbers.
fn withdraws(token: Option<&Token>) -> bool {
    matches!(token, Some(Token::Undo | Token::Restart))
}

/// All runs as one; no number spans the words between them.
fn joined(runs: &[Run]) -> Vec<Token> {
    let mut all: Vec<Token> = Vec::new();
    for run in runs.iter().filter(|run| run.nature != Nature::Other) {
        if !all.is_empty() {
            all.push(Token::Cut);
        }
        all.extend(run.tokens.iter().cloned());
    }
    all
}

/// A part of a number: certain when nothing else was said, else only what
/// begins like a number to call or is long.
fn part_of_number(run: &Run, effort: &mut Effort) -> Option<Dictation> {
    let groups = alternatives(&run.tokens, effort).filter(|groups| !groups.is_empty())?;
    let begins = groups[0].iter().any(|cut| cut.starts_with(['0', '+']));
    let digits = lattice::least_digits(&groups);
    let likely = run.nature == Nature::Alone || (begins && digits >= 2) || digits >= 5;
    likely.then_some(Dictation { groups })
}

/// The groups of a run with every way each can be written.
fn alternatives(tokens: &[Token], effort: &mut Effort) -> Option<Vec<Vec<String>>> {
    if tokens.len() > MOST_TOKENS {
        return None;
    }
    for tokens in trimmings(tokens) {
        let mut ways = Vec::new();
        for way in corrections::ways(&tokens, 1) {
            let strict = lattice::groups(&way, Grammar::Strict, effort);
            let groups = strict.or_else(|| lattice::groups(&way, Grammar::Lenient, effort));
            ways.extend(groups.filter(|groups| !groups.is_empty()));
        }
        match &ways[..] {
            [] => {}
            [only] => return Some(only.clone()),
            // Ways that differ cannot share groups: each is an alternative of one.
            several => {
                return Some(vec![
                    several.iter().flat_map(|groups| lattice::flatten(groups)).collect(),
                ]);
            }
        }
    }
    None
}
