//! The caller's name when it is wrong, spelled, asked back or refused.

use super::goals::says;
use super::heard::Reaction;
use super::turn::Turn;
use super::{correction, transfer, wish};
use crate::speak;
use crate::state::{Certainty, Goal, Pending};
use crate::understand::intents::Intent;
use crate::understand::polarity::Polarity;
use crate::understand::words::Word;
use crate::understand::{cues, names};
use crate::wording::{Rung, naming as said};

/// Counts refusals among the stumbles.
const REFUSED: &str = "NAME_REFUSED";

/// "Avec un t à la fin", of the name noted before: during the call it is
/// rewritten, after a booking the booking is corrected.
pub(super) fn letters(turn: &mut Turn<'_>) -> Reaction {
    let Some(heard) = &turn.heard else { return Reaction::Nothing };
    let Some(field) = &turn.state.name else { return Reaction::Nothing };
    if !heard.understood.names.is_empty() || heard.words.len() > 12 {
        return Reaction::Nothing;
    }
    let asks_back = asks_back(turn);
    let Some(name) = names::respelled(&field.value, &heard.words) else {
        return match asks_back {
            true => tell(turn),
            false => Reaction::Nothing,
        };
    };
    if name == field.value {
        return tell(turn);
    }
    let after = turn.state.goals.is_empty() && correction::booked(turn).is_some();
    if let Some(field) = &mut turn.state.name {
        field.value = name;
        field.certainty = Certainty::Sure;
    }
    let hours = |word: &Word| word.folded.trim_start_matches(|c: char| c.is_ascii_digit()) == "h";
    if let Some(heard) = turn.heard.as_mut().filter(|heard| heard.understood.numbers.len() == 1)
        && !wish::names_a_day(&heard.words)
        && heard.words.iter().any(hours)
    {
        // "Avec deux h" is no hour.
        heard.understood.when.clear();
    }
    match after {
        true => turn.state.goals.push(Goal::Correct),
        false => turn.lead(said::written(&letters_of(turn))),
    }
    Reaction::Took
}

/// "Vous l'avez écrit comment ?", "vous avez bien noté mon nom ?".
fn asks_back(turn: &Turn<'_>) -> bool {
    let Some(heard) = &turn.heard else { return false };
    let how = says(turn, &["comment", "bien", "epeler", "epelez", "relire"]);
    let written = cues::any(&heard.words, &["ecri*", "orthograph*", "epel*"])
        || says(turn, &["nom"]) && cues::any(&heard.words, &["note", "noter", "mis", "marque"]);
    let vous = says(turn, &["vous", "nom", "ca", "c"]);
    how && written && vous && heard.understood.polarity != Some(Polarity::No)
}

/// Says the letters as they are noted; the thread resumes.
fn tell(turn: &mut Turn<'_>) -> Reaction {
    turn.lead(said::written(&letters_of(turn)));
    Reaction::Ends(match turn.state.pending {
        Some(pending) => turn.ask(pending, "name_spelled"),
        None => super::advance(turn),
    })
}

fn letters_of(turn: &Turn<'_>) -> String {
    let name = turn.state.name.as_ref().map(|name| name.value.as_str()).unwrap_or_default();
    speak::letters(name)
}

/// "C'est pas ça mon nom", while something else is asked: it is asked again,
/// letter by letter.
pub(super) fn wrong(turn: &mut Turn<'_>) -> Reaction {
    const WRONG: [&str; 10] = [
        "pas", "mal", "trompe", "trompee", "erreur", "faux", "mauvais", "faute", "corriger",
        "changer",
    ];
    const OTHERWISE: [&str; 6] = [
        "m appelle pas",
        "pas comme ca que je m appelle",
        "pas mon nom",
        "pas mon prenom",
        "pas le bon nom",
        "pas ca mon nom",
    ];
    let Some(heard) = &turn.heard else { return Reaction::Nothing };
    let named = says(turn, &["nom", "prenom"]) && says(turn, &WRONG);
    let wrong = named || cues::any(&heard.words, &OTHERWISE);
    let withheld = cues::any(&heard.words, &["besoin", "donne*", "veux", "souhaite*", "prefere"]);
    let elsewhere = matches!(
        turn.state.pending,
        None | Some(Pending::QualifName | Pending::MessageText | Pending::QualifQuestion)
    );
    if !wrong
        || withheld
        || elsewhere
        || turn.state.name.is_none()
        || !heard.understood.names.is_empty()
        || !(turn.state.goals.iter().any(is_about_them))
    {
        return Reaction::Nothing;
    }
    if let Some(name) = &mut turn.state.name {
        name.certainty = Certainty::Likely;
    }
    turn.lead(said::sorry());
    Reaction::Ends(turn.ask_at(Pending::QualifName, Rung::Closed, "name_again"))
}

fn is_about_them(goal: &Goal) -> bool {
    matches!(goal, Goal::Book | Goal::Message(_) | Goal::Qualify | Goal::Support)
}

/// "Je ne veux pas donner mon nom": what it is needed for is said; the second
/// time a person or a message is offered.
pub(super) fn refused(turn: &mut Turn<'_>) -> Reaction {
    let asked = turn.state.pending == Some(Pending::QualifName);
    if !asked || turn.state.name.is_some() || !refuses(turn) {
        return Reaction::Nothing;
    }
    let times = turn.state.stumbles.entry(REFUSED.to_owned()).or_default();
    *times = times.saturating_add(1);
    if *times == 1 {
        turn.lead(said::needed(turn.script));
        return Reaction::Ends(turn.ask(Pending::QualifName, "name_needed"));
    }
    turn.state.nameless = true;
    if matches!(turn.state.goal(), Some(Goal::Message(_))) {
        return Reaction::Took;
    }
    turn.lead(said::impossible());
    if transfer::can(turn) {
        return Reaction::Ends(transfer::transfer(turn));
    }
    Reaction::Ends(turn.ask(Pending::OfferMessage, "name_refused"))
}

fn refuses(turn: &Turn<'_>) -> bool {
    const CUES: [&str; 16] = [
        "pas donner",
        "pas le donner",
        "pas vous le donner",
        "pas dire",
        "pas le dire",
        "pas vous le dire",
        "pas donne",
        "donne pas",
        "dis pas",
        "pas mon nom",
        "pas de nom",
        "sans nom",
        "sans donner",
        "anonym*",
        "regarde pas",
        "refuse",
    ];
    let Some(heard) = &turn.heard else { return false };
    let understood = &heard.understood;
    let other = understood.intents.iter().any(|intent| {
        matches!(intent, Intent::Human | Intent::Cancel | Intent::Move | Intent::Abandon)
    });
    let insists = turn.state.stumbles.contains_key(REFUSED);
    let most = if insists { 6 } else { 3 };
    let no = understood.polarity == Some(Polarity::No) && heard.words.len() <= most;
    let told = !understood.names.is_empty() || !understood.when.is_empty();
    !other && !told && (no || cues::any(&heard.words, &CUES))
}
