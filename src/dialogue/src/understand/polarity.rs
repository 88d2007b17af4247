//! Yes and no in context.

mod table;

use super::line::{Line, Stop};
use super::pattern::Grammar;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// Agreement or refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// Plain agreement; "oui mais plutôt mardi" is not.
    Yes,
    /// Refusal ("pas d'accord", "ok non").
    No,
}

/// What a piece of an answer tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Yes,
    No,
    /// Takes back or limits what was said ("mais plutôt", "peut-être").
    Doubt,
    /// Manners; says nothing by itself.
    Empty,
}

static GRAMMAR: LazyLock<Grammar<Sign>> =
    LazyLock::new(|| Grammar::new(&[], table::TABLE.iter().copied()));

/// Yes, no, or neither ("mm" is neither).
pub(super) fn find(line: &Line<'_>) -> Option<Polarity> {
    let found = GRAMMAR.find(line);
    let mut signs: Vec<(Sign, usize)> = Vec::new();
    let mut at = 0;
    while at < line.tokens.len() {
        // The longest piece that begins here.
        match found.iter().filter(|piece| piece.start == at).max_by_key(|piece| piece.end) {
            // "C'est ça ?" asks; only "oui ?" still says yes.
            Some(piece) if piece.start > 0 && line.tokens[piece.end - 1].stop == Stop::Question => {
                at = piece.end;
            }
            Some(piece) => {
                signs.push((piece.means, at));
                at = piece.end;
            }
            None => at += 1,
        }
    }
    settle(&signs)
}

fn settle(signs: &[(Sign, usize)]) -> Option<Polarity> {
    if signs.iter().any(|(sign, _)| *sign == Sign::Doubt) {
        return signs
            .iter()
            .find(|(sign, at)| *sign == Sign::No && *at < 2)
            .map(|_| Polarity::No)
            .filter(|_| !signs.iter().any(|(sign, _)| *sign == Sign::Yes));
    }
    // The last word counts: "non non c'est bon oui", "ok non", "oui enfin non".
    let last = signs.iter().rev().find(|(sign, _)| matches!(sign, Sign::Yes | Sign::No))?;
    match last.0 {
        Sign::Yes => Some(Polarity::Yes),
        _ => Some(Polarity::No),
    }
}
