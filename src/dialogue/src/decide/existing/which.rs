//! Two dates in one utterance: which appointment, and where it goes.

use super::told_when;
use crate::decide::turn::Turn;
use crate::decide::wish;
use crate::understand::intents::Intent;
use crate::understand::words::Word;
use crate::understand::{cues, dates};

/// "J'annule celui de mercredi et j'en reprends un vendredi": the first date
/// tells which, the second is the wish.
pub(in crate::decide) fn old_and_new(turn: &mut Turn<'_>) -> bool {
    const AGAIN: [&str; 9] = [
        "reprends",
        "reprend",
        "reprendre",
        "prendre",
        "prends",
        "reprenne",
        "remettre",
        "refixer",
        "autre",
    ];
    let Some(heard) = &turn.heard else { return false };
    let both = [Intent::Cancel, Intent::Book];
    if !both.iter().all(|intent| heard.understood.intents.contains(intent)) {
        return false;
    }
    let words = &heard.words;
    let Some(verb) = words.iter().position(|word| AGAIN.contains(&word.folded.as_str())) else {
        return false;
    };
    let old = dates::find(&words[..verb], turn.now.local).when;
    let new = dates::find(&words[verb..], turn.now.local).when;
    if old.is_empty() || new.is_empty() {
        return false;
    }
    turn.state.known_when = wish::closed(&old);
    wish::wish_for(turn, &new);
    true
}

/// "Annuler le premier et décaler le deuxième", "annuler l'un et décaler
/// l'autre": two appointments are spoken of.
pub(in crate::decide) fn one_and_other(words: &[Word]) -> bool {
    const FIRST: [&str; 4] = ["le premier", "l un", "la premiere", "l une"];
    const OTHER: [&str; 8] = [
        "le deuxieme",
        "le second",
        "le dernier",
        "l autre",
        "la deuxieme",
        "la seconde",
        "la derniere",
        "le 2",
    ];
    let twice = words.iter().filter(|word| ["celui", "celle"].contains(&&*word.folded)).count() > 1;
    cues::any(words, &FIRST) && cues::any(words, &OTHER) || twice
}

/// "mon rendez-vous de mardi à jeudi", "jeudi au lieu de mardi": one date tells
/// which, the other where to; a single one is where to, unless "de" or "du" introduces it.
pub(super) fn from_and_to(turn: &mut Turn<'_>) -> bool {
    let Some(heard) = &turn.heard else { return false };
    let now = turn.now.local;
    let words = &heard.words;
    let whole = &heard.understood.when;
    let replaced = dates::find(words, now).replaced;
    if !replaced.is_empty() && !whole.is_empty() {
        let whole = whole.clone();
        turn.state.known_when = wish::closed(&replaced);
        wish::wish_for(turn, &whole);
        return true;
    }
    if let Some(verb) = words.iter().position(moves) {
        let told = dates::find(&words[..verb], now).when;
        if !told.is_empty() && wish::names_a_day(&words[..verb]) {
            let to = dates::find(&words[verb..], now).when;
            turn.state.known_when = wish::closed(&told);
            if !to.is_empty() {
                wish::wish_for(turn, &to);
            }
            return true;
        }
    }
    for at in (1..words.len()).filter(|at| TO.contains(&words[*at].folded.as_str())) {
        let before = dates::find(&words[..at], now).when;
        let after = dates::find(&words[at..], now).when;
        let days = [&words[..at], &words[at..]].map(wish::names_a_day);
        if !before.is_empty() && !after.is_empty() && days == [true, true] {
            turn.state.known_when = wish::closed(&before);
            wish::wish_for(turn, &after);
            return true;
        }
    }
    let which = words.iter().position(|word| RENDEZ_VOUS.contains(&word.folded.as_str()));
    let introduced = which
        .and_then(|at| words.get(at + 1))
        .is_some_and(|word| FROM.contains(&word.folded.as_str()));
    match introduced {
        true => told_when(turn),
        false => {
            let whole = whole.clone();
            wish::wish_for(turn, &whole);
            true
        }
    }
}

/// "J'ai rendez-vous mercredi, je voudrais le décaler": what is said before is which.
pub(super) fn moves(word: &Word) -> bool {
    const STEMS: [&str; 9] =
        ["decal", "deplac", "chang", "report", "avanc", "modif", "repouss", "boug", "recul"];
    STEMS.iter().any(|stem| word.folded.starts_with(stem))
}

const RENDEZ_VOUS: [&str; 2] = ["vous", "rdv"];
const FROM: [&str; 4] = ["de", "du", "d", "des"];
const TO: [&str; 5] = ["a", "au", "pour", "vers", "plutot"];
