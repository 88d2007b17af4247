//! A booking that is given up before it is made.

use super::booking;
use super::goals::says;
use super::heard::Reaction;
use super::turn::Turn;
use crate::state::{Goal, Pending};
use crate::understand::choice::Choice;
use crate::understand::cues;
use crate::understand::intents::Intent;
use crate::understand::polarity::Polarity;
use crate::understand::words::Word;
use crate::wording::booking as said;

/// "Non finalement je veux annuler", "laissez tomber", while nothing is booked
/// yet: no appointment is looked for unless one is named.
pub(super) fn drops(turn: &mut Turn<'_>) -> Reaction {
    if turn.state.goal() != Some(Goal::Book) || !gives_up(turn) {
        return Reaction::Nothing;
    }
    booking::finish_goal(turn);
    turn.state.next_name = None;
    turn.state.next_service = None;
    turn.state.wish = Default::default();
    turn.lead(said::dropped());
    Reaction::Ends(turn.ask(Pending::AnythingElse, "booking_dropped"))
}

fn gives_up(turn: &Turn<'_>) -> bool {
    const WORDS: [&str; 8] = [
        "laissez tomber",
        "laisse tomber",
        "laisser tomber",
        "laissons tomber",
        "en voulons plus",
        "plus la peine",
        "plus besoin",
        "abandonne",
    ];
    let Some(heard) = &turn.heard else { return false };
    let (words, understood) = (&heard.words, &heard.understood);
    let cancels = understood.intents.contains(&Intent::Cancel);
    let plainly = forgets(words) || wants_no_more(words);
    let other = |intent: &Intent| match intent {
        Intent::Cancel | Intent::Abandon | Intent::Thanks => false,
        // "Oubliez le rendez-vous", "je veux plus de rendez-vous" are neither.
        Intent::Lookup | Intent::Book | Intent::Move => !plainly,
        _ => true,
    };
    if understood.intents.iter().any(other) || says(turn, &["revoir", "raccroche", "bye"]) {
        return false;
    }
    // "Laissez tomber le premier, je prends le deuxième".
    let chooses =
        understood.choice.is_some_and(|choice| !choice.none && choice != Choice::default());
    let instead = chooses || !understood.phones.is_empty();
    // "Oui, on laisse comme ça" keeps it.
    let agrees = understood.polarity == Some(Polarity::Yes);
    let worded = cues::any(words, &WORDS) || plainly || ends(words) && !agrees;
    let gives_up = worded && !instead && understood.when.is_empty();
    cancels && !names_one(words) && understood.when.is_empty() || gives_up
}

/// "Je n'en veux plus", "je veux plus de rendez-vous"; not "je veux plus tôt".
fn wants_no_more(words: &[Word]) -> bool {
    const NOTHING: [&str; 5] = ["rien", "y", "en", "ca", "merci"];
    const VERBS: [&str; 6] = ["venir", "reserver", "prendre", "aller", "faire", "continuer"];
    const LINKS: [&str; 8] = ["de", "d", "ce", "cette", "le", "la", "mon", "ma"];
    const THINGS: [&str; 8] =
        ["rdv", "rendez", "rendezvous", "consultation", "seance", "ce", "cette", "ca"];
    let is = |at: usize, list: &[&str]| {
        words.get(at).is_some_and(|word| list.contains(&word.folded.as_str()))
    };
    (1..words.len()).any(|at| {
        let no_more = is(at, &["plus"]) && is(at - 1, &["veux"]);
        let ends = at + 1 == words.len() || words[at].stop.is_some();
        let thing = is(at + 1, &LINKS) && is(at + 2, &THINGS);
        // "Je ne veux plus venir"; not "je ne veux plus faire le bilan".
        let over = words.len() <= at + 2 || words[at + 1].stop.is_some();
        let named = |at: usize| is(at, &["rdv", "rendez", "rendezvous"]);
        let appointment = named(at + 2) || is(at + 2, &LINKS) && named(at + 3);
        let verb = is(at + 1, &VERBS) && (over || appointment);
        let at_all = is(at + 1, &["du"]) && is(at + 2, &["tout"]);
        no_more && (ends || thing || verb || at_all || is(at + 1, &NOTHING))
    })
}

/// "Oubliez", "oubliez le rendez-vous"; not "j'ai oublié" nor "n'oubliez pas".
fn forgets(words: &[Word]) -> bool {
    const SUBJECTS: [&str; 5] = ["j", "n", "ne", "vous", "m"];
    const HAVING: [&str; 8] = ["ai", "as", "a", "avais", "avez", "avait", "avons", "etre"];
    const ALL: [&str; 3] = ["ca", "cela", "tout"];
    const ARTICLES: [&str; 7] = ["le", "la", "ce", "cette", "mon", "ma", "l"];
    const THINGS: [&str; 8] = [
        "rdv",
        "rendez",
        "rendezvous",
        "reservation",
        "demande",
        "consultation",
        "affaire",
        "histoire",
    ];
    let said = |at: usize| words.get(at).map_or("", |word| word.folded.as_str());
    let ends = |at: usize| at >= words.len() || words[at - 1].stop.is_some();
    (0..words.len()).filter(|at| ["oubliez", "oublie"].contains(&said(*at))).any(|at| {
        let before = at.checked_sub(1).map_or("", &said);
        let forgot = said(at) == "oublie"
            && (at.saturating_sub(3)..at).any(|place| HAVING.contains(&said(place)));
        let next = at + 1;
        let article = ARTICLES.contains(&said(next));
        let object = article && (ends(next + 1) || THINGS.contains(&said(next + 1)));
        let all = ends(next) || ALL.contains(&said(next)) || said(next) == "merci" || object;
        all && !forgot && !SUBJECTS.contains(&before)
    })
}

/// "Bon, on laisse", "on laisse comme ça"; not "on laisse le même numéro".
fn ends(words: &[Word]) -> bool {
    (1..words.len()).any(|at| {
        let leaves = words[at - 1].folded == "on" && words[at].folded == "laisse";
        let stops = at + 1 == words.len() || words[at].stop.is_some();
        let so = words.get(at + 1).is_some_and(|next| ["comme", "ca"].contains(&&*next.folded));
        leaves && (stops || so)
    })
}

/// "Mon rendez-vous", "un rendez-vous": one that exists, not the one being made.
fn names_one(words: &[Word]) -> bool {
    const RENDEZ_VOUS: [&str; 3] = ["rdv", "rendez", "rendezvous"];
    words.iter().enumerate().any(|(at, word)| {
        let before = at.checked_sub(1).map_or("", |at| words[at].folded.as_str());
        RENDEZ_VOUS.contains(&word.folded.as_str())
            && ["mon", "mes", "notre", "nos", "un", "autre", "son", "sa"].contains(&before)
    })
}
