//! A choice among offers, independent of what was offered.

mod table;

use super::line::Line;
use super::pattern::{Grammar, Match};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// How the caller points at an offer. Day and hour are in
/// [`super::Understanding::when`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Choice {
    /// "le premier" = 1, "le dernier" = -1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ordinal: Option<i8>,
    /// "aucun", "autre chose", "ça ne me va pas".
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub none: bool,
    /// "plus tôt".
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub earlier: bool,
    /// "plus tard".
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub later: bool,
    /// "n'importe lequel", "peu importe".
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub any: bool,
}

/// What a pattern points at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pick {
    At(i8),
    None,
    Earlier,
    Later,
    Any,
}

static GRAMMAR: LazyLock<Grammar<Pick>> =
    LazyLock::new(|| Grammar::new(table::CLASSES, table::TABLE.iter().copied()));

const UNITS: &[&str] = &[
    "h",
    "heure",
    "heures",
    "etage",
    "rdv",
    "fois",
    "minutes",
    "jour",
    "jours",
    "semaine",
    "semaines",
    "mois",
    "possible",
    "enfant",
    "fille",
    "fils",
    "arrondissement",
];

/// The choice, when the utterance makes one.
pub(super) fn find(line: &Line<'_>) -> Option<Choice> {
    let mut choice = Choice::default();
    for pick in GRAMMAR.find(line) {
        apply(line, &pick, &mut choice);
    }
    if choice.none && choice.any {
        choice.none = false;
    }
    (choice != Choice::default()).then_some(choice)
}

fn apply(line: &Line<'_>, pick: &Match<Pick>, choice: &mut Choice) {
    match pick.means {
        // "le premier décembre", "la première fois", "au plus tôt" are not choices.
        Pick::At(_)
            if line.is(pick.end, UNITS) || line.is_named_day(pick.end) || dated(line, pick) => {}
        Pick::At(_) if pick.start > 0 && line.is(pick.start - 1, &["pas", "que", "sauf", "ni"]) => {
        }
        // "Le premier ou le deuxième": either will do.
        Pick::At(_)
            if choice.ordinal.is_some() && pick.start > 0 && line.is(pick.start - 1, &["ou"]) => {}
        // The last one said: "le premier, non le deuxième".
        Pick::At(ordinal) => choice.ordinal = Some(ordinal),
        Pick::None => choice.none = true,
        Pick::Earlier | Pick::Later if superlative(line, pick) => {}
        Pick::Earlier if line.is(pick.end - 1, &["tard"]) && line.is(pick.start, &["plus"]) => {}
        Pick::Earlier if line.is(pick.end - 1, &["tot"]) && line.is(pick.start, &["moins"]) => {
            choice.later = true
        }
        Pick::Earlier => choice.earlier = true,
        Pick::Later => choice.later = true,
        Pick::Any => choice.any = true,
    }
}

/// "Le 2 à dix heures", "le 2 12": a date or a number.
fn dated(line: &Line<'_>, pick: &Match<Pick>) -> bool {
    let figure = |at: usize| line.text(at).starts_with(|c: char| c.is_ascii_digit());
    let named =
        (pick.start..pick.end).any(|at| figure(at) || line.is(at, &["un", "deux", "trois"]));
    named && (figure(pick.end) || line.is(pick.end, &["a", "vers", "au"]))
}

/// "Le plus tôt possible", "rappelez-moi plus tard".
fn superlative(line: &Line<'_>, pick: &Match<Pick>) -> bool {
    let most = pick.start > 0 && line.is(pick.start - 1, &["le", "au"]);
    let call = (0..pick.start).any(|at| line.text(at).starts_with("rappel"));
    most || call || line.is(pick.end, &["possible"])
}
