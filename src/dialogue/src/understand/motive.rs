//! The reason for a visit, in the caller's words.

mod limits;
mod table;

use super::line::{Line, Stop};
use super::pattern::{Grammar, Match};
use super::words::{self, Word};
use std::sync::LazyLock;
use table::{Opening, TABLE};

static GRAMMAR: LazyLock<Grammar<Opening>> =
    LazyLock::new(|| Grammar::new(table::CLASSES, TABLE.iter().copied()));

/// Longest motive, in words: more is a story.
const LONGEST: usize = 12;

/// The motive as said, without what introduces it: "c'est pour un
/// renouvellement d'ordonnance" → "renouvellement d'ordonnance", "j'ai mal au
/// dos depuis hier" → "mal au dos".
pub(super) fn find(words: &[Word], line: &Line<'_>) -> Option<String> {
    let mut openings = GRAMMAR.find(line);
    // A complaint says more than "pour une consultation".
    openings.sort_by_key(|opening| (opening.means, opening.start));
    openings.iter().find_map(|opening| {
        let from = begin(line, opening)?;
        let to = end(line, from, opening.end);
        (to > from).then(|| said(words, line, from, to))
    })
}

/// Where the motive itself begins.
fn begin(line: &Line<'_>, opening: &Match<Opening>) -> Option<usize> {
    match opening.means {
        // "J'ai du mal à vous entendre" is no complaint.
        Opening::Symptom if opening.start > 0 && line.is(opening.start - 1, &["du"]) => None,
        Opening::Symptom | Opening::Act => Some(opening.start),
        Opening::After => {
            let at = opening.end;
            let blocked = line.is_named_day(at)
                || line.is(at, limits::NO_MOTIVE)
                || line.tokens.get(at)?.text.len() < 2 && !line.is(at, &["l", "d", "y"]);
            // "Va pour le deuxième".
            let ends = line.tokens.get(at + 1).is_none() || line.tokens[at].stop != Stop::None;
            let blocked = blocked || ends && line.is(at, limits::RANKS);
            let figure = line.tokens.get(at)?.text.bytes().all(|byte| byte.is_ascii_digit());
            (!blocked && !figure).then_some(at)
        }
    }
}

/// Where it ends: at the end of the sentence, or where a date or another
/// clause begins.
fn end(line: &Line<'_>, from: usize, least: usize) -> usize {
    let mut to = from;
    while to < line.tokens.len() && to - from < LONGEST {
        if to > from && line.tokens[to - 1].stop >= Stop::Hard || to >= least && turns(line, to) {
            break;
        }
        to += 1;
    }
    while to > from && line.is(to - 1, limits::TRAILING) {
        to -= 1;
    }
    to
}

fn turns(line: &Line<'_>, at: usize) -> bool {
    let after_comma = at > 0 && line.tokens[at - 1].stop == Stop::Soft;
    line.is_named_day(at)
        || line.is(at, limits::TURNS)
        || after_comma
        || line.is(at, &["et"]) && line.is(at + 1, &["je", "j", "vous", "il", "c", "puis", "aussi"])
}

/// The words as they were said, bound as they were.
fn said(words: &[Word], line: &Line<'_>, from: usize, to: usize) -> String {
    let first = line.tokens[from].word;
    let last = line.tokens.get(to).map_or(words.len(), |token| token.word);
    words::text(&words[first..last.max(first + 1)])
}
