//! Whole numbers in a run of tokens.

use super::atoms::{Atom, Grammar};
use super::manner::Manner;
use super::readings::{self, Effort, MOST_READINGS, Ranked};
use super::tokens::{Doubt, Token};
use super::{PhoneReading, corrections, countries, lattice};

/// More tokens than any dictation has.
pub(super) const MOST_TOKENS: usize = 80;

/// Adds readings that are not there yet.
pub(super) fn merge(readings: &mut Vec<PhoneReading>, more: Vec<PhoneReading>) {
    for reading in more {
        if !readings.contains(&reading) {
            readings.push(reading);
        }
    }
}

/// The number that a run is, in every reading; of several numbers in a row, all.
pub(super) fn numbers_in(tokens: &[Token], effort: &mut Effort) -> Vec<PhoneReading> {
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
            let next = numbers_in(&tokens[at..], effort);
            // "…, ah non, c'est le …": the second takes the place of the first.
            let mut all = if (withdraws(tokens.get(at)) || withdraws(tokens.get(at - 1)))
                && !next.is_empty()
            {
                Vec::new()
            } else {
                first
            };
            merge(&mut all, next);
            return all;
        }
    }
    led(tokens, effort)
}

/// "Pas le 06 …, le 06 …": the number that it is not, and what is said then.
pub(super) fn denied_in(
    tokens: &[Token],
    effort: &mut Effort,
) -> (Vec<PhoneReading>, Vec<PhoneReading>) {
    let ends = (2..tokens.len()).filter(|at| begins_number(&tokens[*at..]));
    for end in std::iter::once(tokens.len()).chain(ends) {
        let wrong = whole_number(&tokens[..end], effort);
        if !wrong.is_empty() {
            return (wrong, numbers_in(&tokens[end..], effort));
        }
    }
    (Vec::new(), numbers_in(tokens, effort))
}

/// "C'est pas douze, c'est treize: zéro six …": a few groups, then the whole
/// number from its zero on.
fn led(tokens: &[Token], effort: &mut Effort) -> Vec<PhoneReading> {
    if begins_number(tokens) {
        return begun_again(tokens, effort);
    }
    let at = (1..tokens.len().min(MOST_LED)).find(|at| begins_number(&tokens[*at..]));
    at.map(|at| whole_number(&tokens[at..], effort)).unwrap_or_default()
}

/// "Zéro six trente, euh, zéro six trente-neuf …": its beginning comes twice.
fn begun_again(tokens: &[Token], effort: &mut Effort) -> Vec<PhoneReading> {
    let beginning = first_digits(tokens);
    let again = |at: &usize| beginning.is_some() && first_digits(&tokens[*at..]) == beginning;
    let starts = (1..tokens.len()).filter(again).take(MOST_STARTS);
    starts
        .map(|at| whole_number(&tokens[at..], effort))
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

/// The most times that a number is begun.
const MOST_STARTS: usize = 4;

/// The first two digits of a number that begins with zero.
fn first_digits(tokens: &[Token]) -> Option<[u8; 2]> {
    match tokens {
        [Token::Figure(figure), ..] if figure.len() >= 2 => match figure.as_bytes() {
            [b'0', digit, ..] => Some([b'0', *digit]),
            _ => None,
        },
        [Token::Figure(zero), Token::Figure(next), ..] if zero == "0" => {
            Some([b'0', *next.as_bytes().first()?])
        }
        [
            Token::Atom { atom: Atom::Value(0), .. },
            Token::Atom { atom: Atom::Value(digit @ 1..=9), .. },
            ..,
        ] => Some([b'0', b'0' + digit]),
        _ => None,
    }
}

/// The most words before a number that are none of its digits.
const MOST_LED: usize = 9;

/// A zero, a "double zéro" or a "plus" comes first.
pub(super) fn begins_number(tokens: &[Token]) -> bool {
    let counts = |token: &&Token| !withdraws(Some(token)) && !matches!(token, Token::Times(_));
    match tokens.iter().find(counts) {
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
    let trimmed = trimmings(tokens);
    // A word inside the digits is only doubted when nothing else helps.
    let (last, firm) = trimmed.split_last().expect("the run itself is among them");
    for tokens in [firm, std::slice::from_ref(last)] {
        for (grammar, groups_back) in
            attempts.into_iter().filter(|(_, back)| *back == 1 || corrected)
        {
            let found = tokens.iter().map(|tokens| with(tokens, grammar, groups_back, effort));
            if let Some(found) = found.into_iter().find(|found| !found.is_empty()) {
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

pub(super) fn ranked(mut found: Vec<Ranked>) -> Vec<PhoneReading> {
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
pub(super) fn trimmings(tokens: &[Token]) -> Vec<Vec<Token>> {
    let heard_wrong = |token: &Token| matches!(token, Token::Atom { doubt: Doubt::Homophone, .. });
    let sure = |token: &Token| match token {
        Token::Figure(_) | Token::Plus => true,
        Token::Atom { atom, doubt, .. } => *doubt == Doubt::None && *atom != Atom::Et,
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
    all.push(tokens.iter().filter(|token| !heard_wrong(token)).cloned().collect());
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
pub(super) fn withdraws(token: Option<&Token>) -> bool {
    matches!(token, Some(Token::Undo | Token::Restart))
}
