//! What the runs of an utterance say: whole numbers, or a part of one.

use super::atoms::{Atom, Grammar};
use super::lattice::{self, MOST_DIGITS};
use super::readings::{self, MOST_READINGS, Manner, Ranked};
use super::tokens::{Nature, Run, Token};
use super::{Dictation, PhoneReading, corrections};

/// More tokens than any dictation has.
const MOST_TOKENS: usize = 80;
/// What stands for "plus" before a country code in a [`Dictation`].
pub(super) const INTERNATIONAL: &str = "+";

/// What was heard.
#[derive(Debug, Clone, Default)]
pub(super) struct Heard {
    /// The readings, the most natural first.
    pub readings: Vec<PhoneReading>,
    /// A part of a number.
    pub dictation: Option<Dictation>,
}

impl Heard {
    fn whole(readings: Vec<PhoneReading>) -> Self {
        Self { readings, dictation: None }
    }
}

/// Reads the runs of one utterance.
pub(super) fn read(runs: &[Run]) -> Heard {
    let mut said: Vec<PhoneReading> = Vec::new();
    for run in runs {
        if withdraws(run) {
            said.clear();
        }
        for reading in whole_numbers(&run.tokens) {
            if !said.contains(&reading) {
                said.push(reading);
            }
        }
    }
    if !said.is_empty() {
        return Heard::whole(said);
    }
    let joined = joined(runs);
    let across = whole_numbers(&joined);
    if runs.len() > 1 && !across.is_empty() {
        return Heard::whole(across);
    }
    Heard { readings: Vec::new(), dictation: runs.iter().rev().find_map(part) }
}

/// Goes on with what was heard before.
pub(super) fn resume(before: &Dictation, runs: &[Run]) -> Heard {
    let heard = joined(runs);
    if heard.is_empty() {
        return Heard::default();
    }
    let alone = read(runs);
    let restarted = heard.contains(&Token::Restart);
    let groups = (!restarted).then(|| continued(before, &heard)).flatten();
    let mut readings = match &groups {
        Some(groups) => ranked(readings::combine(groups)),
        None => Vec::new(),
    };
    for reading in alone.readings {
        if !readings.contains(&reading) {
            readings.push(reading);
        }
    }
    if !readings.is_empty() {
        return Heard::whole(readings);
    }
    // Too much for one number: what came last counts.
    let kept = groups
        .filter(|groups| lattice::least_digits(groups) <= MOST_DIGITS - 2)
        .map(|groups| Dictation { groups });
    Heard { readings, dictation: kept.or(alone.dictation) }
}

/// The groups of both turns together; `None` when the words are no digits.
fn continued(before: &Dictation, heard: &[Token]) -> Option<Vec<Vec<String>>> {
    let mut groups = before.groups.clone();
    groups.truncate(MOST_DIGITS);
    let mut heard = heard;
    while let Some((Token::Undo, rest)) = heard.split_first() {
        if !rest.is_empty() {
            forget_last(&mut groups);
        }
        heard = rest;
    }
    groups.extend(alternatives(heard)?);
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
    left.dedup();
    if !left.is_empty() {
        groups.push(left);
    }
}

/// Every number that a run can be, the most natural first.
fn whole_numbers(tokens: &[Token]) -> Vec<PhoneReading> {
    if tokens.len() > MOST_TOKENS || most_digits(tokens) < 9 {
        return Vec::new();
    }
    let attempts =
        [(Grammar::Strict, 1), (Grammar::Lenient, 1), (Grammar::Lenient, 2), (Grammar::Lenient, 3)];
    let trimmed = trimmings(tokens);
    for (grammar, groups_back) in attempts {
        for tokens in &trimmed {
            let found = with(tokens, grammar, groups_back);
            if !found.is_empty() {
                return found;
            }
        }
    }
    Vec::new()
}

fn with(tokens: &[Token], grammar: Grammar, groups_back: usize) -> Vec<PhoneReading> {
    let mut found: Vec<Ranked> = Vec::new();
    for way in corrections::ways(tokens, groups_back) {
        let Some(groups) = lattice::groups(&way, grammar) else { continue };
        for ranked in readings::combine(&groups) {
            if !found.iter().any(|known| known.reading == ranked.reading) {
                found.push(ranked);
            }
        }
    }
    ranked(found)
}

fn ranked(mut found: Vec<Ranked>) -> Vec<PhoneReading> {
    // "plus trente trois" is the country, not Greece and a three.
    if found.iter().any(|ranked| ranked.reading.digits.starts_with('0')) {
        found.retain(|ranked| ranked.reading.digits.starts_with('0'));
    }
    // Who speaks in pairs all through does not cut one of them at random.
    if found.iter().any(|ranked| ranked.manner == Manner::Pairs) {
        found.retain(|ranked| ranked.manner != Manner::Free);
    }
    found.sort_by_key(|ranked| ranked.manner);
    found.truncate(MOST_READINGS);
    found.into_iter().map(|ranked| ranked.reading).collect()
}

/// The run itself, then without words at its ends that may not be numbers,
/// then without any such word.
fn trimmings(tokens: &[Token]) -> Vec<Vec<Token>> {
    let weak = |token: &Token| matches!(token, Token::Atom { weak: true, .. });
    let sure = |token: &Token| {
        matches!(token, Token::Figure(_) | Token::Plus | Token::Atom { weak: false, .. })
    };
    let sure = |token: &Token| sure(token) && !matches!(token, Token::Atom { atom: Atom::Et, .. });
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

/// "Non, pardon" at the beginning of a run takes the whole number before back.
fn withdraws(run: &Run) -> bool {
    matches!(run.tokens.first(), Some(Token::Undo | Token::Restart))
}

/// All runs as one; no number spans the words between them.
fn joined(runs: &[Run]) -> Vec<Token> {
    let mut all: Vec<Token> = Vec::new();
    for run in runs.iter().filter(|run| run.nature == Nature::Open) {
        if !all.is_empty() {
            all.push(Token::Cut);
        }
        all.extend(run.tokens.iter().cloned());
    }
    all
}

/// A part of a number.
fn part(run: &Run) -> Option<Dictation> {
    if run.nature == Nature::Other {
        return None;
    }
    let groups = alternatives(&run.tokens)?;
    (!groups.is_empty()).then_some(Dictation { groups })
}

/// The groups of a run with every way each can be written.
fn alternatives(tokens: &[Token]) -> Option<Vec<Vec<String>>> {
    if tokens.len() > MOST_TOKENS {
        return None;
    }
    for tokens in trimmings(tokens) {
        let ways: Vec<_> = corrections::ways(&tokens, 1)
            .iter()
            .filter_map(|way| {
                lattice::groups(way, Grammar::Strict)
                    .or_else(|| lattice::groups(way, Grammar::Lenient))
            })
            .filter(|groups| !groups.is_empty())
            .collect();
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

/// Every string of digits that the runs can be, for an answer about a few digits.
pub(super) fn strings(runs: &[Run]) -> Vec<String> {
    let Some(groups) = alternatives(&joined(runs)) else { return Vec::new() };
    let digits = |cut: String| cut.chars().filter(char::is_ascii_digit).collect::<String>();
    lattice::flatten(&groups).into_iter().map(digits).filter(|digits| !digits.is_empty()).collect()
}
