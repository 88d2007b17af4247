//! Questions about the offers: "le premier, c'est à quelle heure ?" chooses nothing.

use crate::decide::beyond::toward;
use crate::decide::heard::Reaction;
use crate::decide::turn::Turn;
use crate::decide::{questions, wish};
use crate::state::Pending;
use crate::understand::cues;
use crate::understand::intents::Intent;
use crate::understand::polarity::Polarity;
use crate::understand::words::Word;
use crate::wording::{Rung, whom};
use domain::availability::Slot;

const WHEN_OR_WHAT: [&str; 25] = [
    "repet*",
    "redire",
    "redites",
    "redonn*",
    "quelle heure",
    "quel heure",
    "quel jour",
    "quelle date",
    "quel moment",
    "quel horaire",
    "quel creneau",
    "est quand",
    "cest quand",
    "etait quand",
    "est quoi",
    "cest quoi",
    "etait quoi",
    "dit quoi",
    "dites quoi",
    "disiez quoi",
    "propose* quoi",
    "avez quoi",
    "aviez quoi",
    "lequel est",
    "lequel c est",
];
const WITH_WHOM: [&str; 8] = [
    "avec qui",
    "chez qui",
    "quel docteur",
    "quelle docteure",
    "quel medecin",
    "quel praticien",
    "quelle personne",
    "c est qui",
];
const TAKES: [&str; 12] = [
    "prends", "prend", "prendre", "choisis", "garde", "veux", "voudrais", "reserve*", "note*",
    "mettez", "d accord", "va pour",
];

/// Says the offers again when they are asked about.
pub(super) fn about(turn: &mut Turn<'_>) -> Option<Reaction> {
    let heard = turn.heard.as_ref()?;
    let words = &heard.words;
    let who = cues::any(words, &WITH_WHOM);
    let asks = who || cues::any(words, &WHEN_OR_WHAT) || part_of_day(words);
    let takes = cues::any(words, &TAKES) || heard.understood.polarity == Some(Polarity::Yes);
    if !asks || takes || wants_others(turn) || questions::answerable(turn) {
        return None;
    }
    if who && let [one] = turn.people() {
        let sentence = whom::only(&one.said);
        turn.lead(sentence);
    }
    Some(Reaction::Ends(turn.ask_at(Pending::WaitConfirm, Rung::Rephrase, "asked_about_offers")))
}

/// "Vous avez quoi d'autre ?", "vous avez quoi vendredi ?".
fn wants_others(turn: &Turn<'_>) -> bool {
    let Some(heard) = &turn.heard else { return false };
    let understood = &heard.understood;
    let other = understood.choice.is_some_and(|choice| choice.none || toward(choice).is_some());
    let said = wish::closed(&understood.when);
    let among = |slot: &Slot| said.iter().any(|window| window.span.contains(slot.local));
    other
        || !understood.except.is_empty()
        || !said.is_empty() && !turn.state.offered.iter().any(among)
}

/// "Vous avez quoi de libre ?", asked when they would come.
pub(super) fn what_is_free(turn: &Turn<'_>) -> bool {
    const FREE: [&str; 8] =
        ["disponib*", "dispo", "libre", "creneau*", "place", "horaire", "rendez vous", "date"];
    const ASKS: [&str; 14] = [
        "quoi",
        "quel*",
        "que",
        "qu",
        "vos",
        "dites moi",
        "donnez moi",
        "avez",
        "auriez",
        "propos*",
        "y a",
        "il reste",
        "voir vos",
        "connaitre",
    ];
    const WHAT: [&str; 6] = [
        "qu est ce que vous avez",
        "vous avez quoi",
        "qu avez vous",
        "vous proposez quoi",
        "que proposez vous",
        "qu est ce qu il y a",
    ];
    let Some(heard) = &turn.heard else { return false };
    let (words, understood) = (&heard.words, &heard.understood);
    let only = understood
        .intents
        .iter()
        .all(|intent| matches!(intent, Intent::Book | Intent::Question | Intent::Lookup));
    // "Je ne connais pas encore mes disponibilités".
    let theirs = cues::any(words, &["mes", "je suis", "je serai", "mon"]);
    let what = WHAT.iter().any(|cue| {
        cues::said(words, cue).is_some_and(|at| at + cue.split(' ').count() == words.len())
    });
    let free = cues::any(words, &FREE) && cues::any(words, &ASKS);
    only && !theirs && (free || what) && !questions::answerable(turn)
}

/// "Dix heures, c'est le matin ?"; not "c'est le matin qui m'arrange".
fn part_of_day(words: &[Word]) -> bool {
    const ARTICLES: [&str; 3] = ["le", "du", "l"];
    const PARTS: [&str; 3] = ["matin", "soir", "midi"];
    let is = |at: usize, list: &[&str]| {
        words.get(at).is_some_and(|word| list.contains(&word.folded.as_str()))
    };
    let whole = cues::place(words, "cest").map(|at| at + 1);
    let apart = cues::place(words, "c est").map(|at| at + 2);
    let Some(at) = whole.or(apart).filter(|at| *at > 2) else { return false };
    let rest = at + usize::from(is(at, &["bien"]));
    let part = rest + 1 + usize::from(is(rest + 1, &["apres"]));
    let ends = part + 1 == words.len() || words.get(part).is_some_and(|word| word.stop.is_some());
    is(rest, &ARTICLES) && is(part, &PARTS) && ends
}
