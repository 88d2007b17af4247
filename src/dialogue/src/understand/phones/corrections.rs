//! Repetitions ("double neuf") and corrections ("douze, non pardon, treize")
//! undone, in every way they can be meant: what comes out is plain digits.

use super::atoms::{self, Atom, Grammar};
use super::tokens::Token;

/// Most ways kept at any place.
const MOST_WAYS: usize = 24;
/// The longest group that a correction takes back, in words.
const LONGEST_GROUP: usize = atoms::LONGEST + 1;

/// The plain sequences that a run can mean when each correction takes back
/// this many groups.
pub(super) fn ways(tokens: &[Token], groups_back: usize) -> Vec<Vec<Token>> {
    // Ways by how far they have read; repetitions read at different speeds.
    let mut ways: Vec<Vec<Vec<Token>>> = vec![Vec::new(); tokens.len() + 1];
    ways[0].push(Vec::new());
    for at in 0..tokens.len() {
        let here = std::mem::take(&mut ways[at]);
        for way in here {
            for (grown, read) in advance(way, &tokens[at..], groups_back) {
                let there = &mut ways[at + read];
                if there.len() < MOST_WAYS && !there.contains(&grown) {
                    there.push(grown);
                }
            }
        }
    }
    ways.pop().unwrap_or_default()
}

/// The ways on from one token, each with how many tokens it read.
fn advance(mut way: Vec<Token>, ahead: &[Token], groups_back: usize) -> Vec<(Vec<Token>, usize)> {
    let Some((token, rest)) = ahead.split_first() else { return Vec::new() };
    match token {
        Token::Restart => vec![(if rest.is_empty() { way } else { Vec::new() }, 1)],
        Token::Undo if way.is_empty() || rest.is_empty() => vec![(way, 1)],
        Token::Undo => undo(&way, rest, groups_back).into_iter().map(|way| (way, 1)).collect(),
        Token::Times(times) => repeat(&way, *times, rest),
        token => {
            way.push(token.clone());
            vec![(way, 1)]
        }
    }
}

/// The ways to say the next group several times.
fn repeat(way: &[Token], times: u8, ahead: &[Token]) -> Vec<(Vec<Token>, usize)> {
    let longest = LONGEST_GROUP.min(ahead.len());
    let is_group =
        |size: &usize| size_of_group(&ahead[..*size]).is_some() && !is_tied(ahead.get(*size));
    let sizes: Vec<usize> = (1..=longest).filter(is_group).collect();
    let Some(whole) = sizes.last() else { return vec![(way.to_vec(), 1)] };
    let said = |size: usize| {
        let mut way = way.to_vec();
        for _ in 0..times {
            way.extend_from_slice(&ahead[..size]);
        }
        // Who says only "soixante" twice of "soixante treize" does not mean
        // 60 and 73; after "double quatre" there may follow "vingt".
        if size < *whole && size_of_group(&ahead[..size]) != Some(1) {
            way.push(Token::Cut);
        }
        (way, 1 + size)
    };
    sizes.iter().map(|size| said(*size)).collect()
}

/// The ways left after a correction takes back what was just said.
fn undo(way: &[Token], ahead: &[Token], groups_back: usize) -> Vec<Vec<Token>> {
    let mut left = vec![way.to_vec()];
    for back in 0..groups_back {
        left = left
            .iter()
            .flat_map(|way| without_last_group(way, ahead, back == 0 && groups_back == 1))
            .collect();
        left.dedup();
        left.truncate(MOST_WAYS);
    }
    left
}

/// The ways to take back one group; with `like` only groups as long as the
/// one that replaces them, when there are such.
fn without_last_group(way: &[Token], ahead: &[Token], like: bool) -> Vec<Vec<Token>> {
    let mut left = Vec::new();
    let mut unlike = Vec::new();
    for size in 1..=LONGEST_GROUP.min(way.len()) {
        let (kept, last) = way.split_at(way.len() - size);
        let Some(digits) = size_of_group(last) else { continue };
        if is_tied(last.first()) {
            continue;
        }
        if starts_with_group_of(ahead, digits) {
            left.push(kept.to_vec());
        } else {
            unlike.push(kept.to_vec());
        }
    }
    left.extend(without_last_digits(way, ahead));
    if left.is_empty() || !like {
        left.append(&mut unlike);
    }
    left
}

/// "0639981234, non, 35": the end of a number written in one piece.
fn without_last_digits(way: &[Token], ahead: &[Token]) -> Option<Vec<Token>> {
    let (Token::Figure(digits), kept) = way.split_last()? else { return None };
    let size =
        (1..=LONGEST_GROUP.min(ahead.len())).find_map(|size| size_of_group(&ahead[..size]))?;
    let cut = digits.len().checked_sub(size).filter(|left| *left >= 4)?;
    let mut way = kept.to_vec();
    way.push(Token::Figure(digits[..cut].into()));
    Some(way)
}

fn starts_with_group_of(ahead: &[Token], digits: usize) -> bool {
    let longest = LONGEST_GROUP.min(ahead.len());
    matches!(ahead.first(), Some(Token::Times(_)))
        || (1..=longest).any(|size| size_of_group(&ahead[..size]) == Some(digits))
}

/// The number of digits of tokens that are exactly one group: a figure, a
/// number in words, or "zéro" and a digit.
fn size_of_group(tokens: &[Token]) -> Option<usize> {
    if let [Token::Figure(digits)] = tokens {
        return Some(digits.len());
    }
    let atoms: Vec<Atom> = tokens
        .iter()
        .map(|token| match token {
            Token::Atom { atom, .. } => Some(*atom),
            _ => None,
        })
        .collect::<Option<_>>()?;
    if let [Atom::Value(0), Atom::Value(0..=9)] = atoms[..] {
        return Some(2);
    }
    Some(match atoms::value(&atoms, Grammar::Lenient)? {
        0..=9 => 1,
        10..=99 => 2,
        _ => 3,
    })
}

/// By a hyphen, or by "et", which was kept because it joins two words.
fn is_tied(token: Option<&Token>) -> bool {
    matches!(token, Some(Token::Atom { bound: true, .. } | Token::Atom { atom: Atom::Et, .. }))
}
