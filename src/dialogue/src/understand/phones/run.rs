//! What the runs of an utterance say: whole numbers, or a part of one.

use super::atoms::Grammar;
use super::corrections;
use super::lattice;
use super::readings::{self, MOST_READINGS, Ranked};
use super::tokens::{Nature, Run, Token};
use super::{Dictation, PhoneReading};

/// More tokens than any dictation has.
const MOST_TOKENS: usize = 80;

/// What was heard.
#[derive(Debug, Clone, Default)]
pub(super) struct Heard {
    /// The readings, the most natural first.
    pub readings: Vec<PhoneReading>,
    /// A part of a number.
    pub dictation: Option<Dictation>,
}

/// Reads runs of digits.
pub(super) fn read(runs: &[Run]) -> Heard {
    let whole: Vec<Vec<PhoneReading>> = runs.iter().map(|run| whole_numbers(&run.tokens)).collect();
    let mut said: Vec<PhoneReading> = Vec::new();
    for readings in whole {
        for reading in readings {
            if !said.contains(&reading) {
                said.push(reading);
            }
        }
    }
    if !said.is_empty() {
        return Heard { readings: said, dictation: None };
    }
    Heard { readings: Vec::new(), dictation: runs.iter().rev().find_map(part) }
}

/// Every number that a run can be, the most natural first.
fn whole_numbers(tokens: &[Token]) -> Vec<PhoneReading> {
    if tokens.len() > MOST_TOKENS {
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
        let international = way.first() == Some(&Token::Plus);
        let plain = &way[usize::from(international)..];
        let Some(groups) = lattice::segments(plain, grammar) else { continue };
        for ranked in readings::combine(&groups, international) {
            if !found.iter().any(|known| known.reading == ranked.reading) {
                found.push(ranked);
            }
        }
    }
    // "plus trente trois" is the country, not Greece and a three.
    if found.iter().any(|ranked| ranked.reading.digits.starts_with('0')) {
        found.retain(|ranked| ranked.reading.digits.starts_with('0'));
    }
    found.sort_by_key(|ranked| ranked.manner);
    found.truncate(MOST_READINGS);
    found.into_iter().map(|ranked| ranked.reading).collect()
}

/// The run itself, then without words at its ends that may not be numbers.
fn trimmings(tokens: &[Token]) -> Vec<Vec<Token>> {
    let doubtful = |token: &Token| {
        matches!(
            token,
            Token::Atom { weak: true, .. }
                | Token::Atom { atom: super::atoms::Atom::Et, .. }
                | Token::Undo
                | Token::Times(_)
                | Token::Restart
        )
    };
    let mut all = vec![tokens.to_vec()];
    let front = tokens.iter().take_while(|token| doubtful(token)).count();
    let back = tokens.iter().rev().take_while(|token| doubtful(token)).count();
    for (front, back) in [(0, back), (front, 0), (front, back)] {
        if front + back > 0 && front + back < tokens.len() {
            all.push(tokens[front..tokens.len() - back].to_vec());
        }
    }
    all.push(
        tokens
            .iter()
            .filter(|token| !matches!(token, Token::Atom { weak: true, .. }))
            .cloned()
            .collect(),
    );
    all
}

/// A part of a number.
fn part(run: &Run) -> Option<Dictation> {
    if run.nature == Nature::Other || run.tokens.len() > MOST_TOKENS {
        return None;
    }
    let way = corrections::ways(&run.tokens, 1).into_iter().next()?;
    let groups = lattice::segments(&way, Grammar::Strict)?;
    (!groups.is_empty()).then_some(Dictation { groups })
}
