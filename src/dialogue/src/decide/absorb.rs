//! Facts that an utterance contains, taken in whatever was asked.

use super::heard::Reaction;
use super::turn::{Heard, Outcome, Turn};
use super::{advance, choice, contact, existing, here, services, whom, wish};
use crate::ask::MessageKind;
use crate::state::{Certainty, Field, Goal, Pending, Source};
use crate::understand::words::{Word, fold, is_speech};
use crate::understand::{calendar, names};
use crate::wording::booking as said;

/// Takes in names, numbers, addresses, dates and the service.
pub(super) fn facts(turn: &mut Turn<'_>) -> Reaction {
    // Each takes its own part: no short-circuit.
    let name = name(turn);
    let reach = contact::absorb(turn) || here::this_number(turn);
    let when = !named_like_a_feast(turn, name) && when(turn);
    let service = services::absorb(turn);
    let motive = motive(turn);
    let whom = whom::absorb(turn);
    match name || reach || when || service || motive || whom {
        true => Reaction::Took,
        false => Reaction::Nothing,
    }
}

/// A name without introduction, where a name would help.
pub(super) fn bare_name(turn: &mut Turn<'_>) -> Option<Outcome> {
    let idle = matches!(
        turn.state.pending,
        None | Some(Pending::Start | Pending::QualifQuestion | Pending::TicketCategory)
    );
    if idle {
        return None;
    }
    // Unasked, a single word is more likely noise.
    let words = &turn.heard.as_ref()?.words;
    if !is_speech(words) {
        return None;
    }
    let capital = |word: &Word| word.raw.chars().next().is_some_and(char::is_uppercase);
    let plain = |said: bool| said || words.iter().all(capital);
    let name = match &turn.state.name {
        // A pause between the two names.
        Some(before) => names::completed(&before.value, words)
            .filter(|_| plain(turn.state.pending == Some(Pending::ContactConfirm)))?,
        None => names::answer(words).filter(|name| plain(name.contains(' ')))?,
    };
    turn.lead(said::thanks());
    turn.state.name = Some(Field::likely(name, Source::Volunteered));
    turn.state.lost = 0;
    Some(advance(turn))
}

fn name(turn: &mut Turn<'_>) -> bool {
    let Some(heard) = &turn.heard else { return false };
    let asked = matches!(turn.state.pending, Some(Pending::QualifName | Pending::IdentifyName));
    let introduced = heard.understood.names.last().cloned();
    let introduced = introduced.map(|name| whole(turn, heard, name));
    // Among answers, capitals are towns and brands.
    let answering = turn.state.pending == Some(Pending::QualifQuestion);
    let introduced =
        introduced.or_else(|| apart(here::before(&heard.words)).filter(|_| !answering));
    let found = match introduced {
        Some(name) => {
            Some(Field::sure(name, if asked { Source::Answered } else { Source::Volunteered }))
        }
        None if asked && heard.understood.intents.is_empty() && !whom::names_somebody(turn) => {
            names::answer(&heard.words).map(|name| Field::likely(name, Source::Answered))
        }
        None => in_place(turn).map(|name| Field::sure(name, Source::Volunteered)),
    };
    let Some(found) = found else { return false };
    let weaker = found.certainty == Certainty::Likely
        && turn.state.name.as_ref().is_some_and(|name| name.certainty == Certainty::Sure);
    let respelled =
        turn.state.name.as_ref().is_some_and(|name| is_spelling(&found.value, &name.value));
    if respelled {
        return true;
    }
    // "Et pour Emma ?" takes nothing from "Emma Morel".
    let part = turn.state.name.as_ref().is_some_and(|name| is_part(&found.value, &name.value));
    if weaker || part {
        return part;
    }
    let found = Field { value: with_first_name(turn, found.value), ..found };
    turn.state.name = Some(found);
    true
}

/// "Kowalski … prénom Irena": a first name joins the family name said before.
fn whole(turn: &Turn<'_>, heard: &Heard, name: String) -> String {
    let first = heard.words.iter().any(|word| word.folded == "prenom") && !name.contains(' ');
    let said = heard.understood.names.iter().rev().nth(1);
    let family = said.or(turn.state.name.as_ref().map(|name| &name.value));
    match family.filter(|family| first && !family.contains(' ') && **family != name) {
        Some(family) => format!("{name} {family}"),
        None => name,
    }
}

/// The name asked again was spelled: the first name said before stays.
fn with_first_name(turn: &Turn<'_>, name: String) -> String {
    let doubted = turn.state.name.as_ref().filter(|before| {
        turn.state.pending == Some(Pending::QualifName) && before.certainty == Certainty::Likely
    });
    let spelled = turn.heard.as_ref().is_some_and(|heard| {
        heard.words.iter().filter(|word| word.raw.chars().count() == 1).count() >= 3
    });
    let first = doubted.and_then(|before| before.value.split_once(' ')).filter(|_| spelled);
    match first.or_else(|| first_of_corrected(turn)) {
        Some((first, _)) if !name.contains(' ') => format!("{first} {name}"),
        _ => name,
    }
}

/// "C'est lemoine pas lemaire", written without capitals.
fn in_place(turn: &Turn<'_>) -> Option<String> {
    let words = &turn.heard.as_ref()?.words;
    let (_, family) = turn.state.name.as_ref()?.value.split_once(' ')?;
    let denied = |two: &[Word]| two[0].folded == "pas" && two[1].folded == fold(family);
    let at = words.windows(2).position(denied)?;
    names::answer(&words[..at])
}

/// "C'est Lemoine, pas Lemaire": only the family name is said anew.
fn first_of_corrected<'t>(turn: &'t Turn<'_>) -> Option<(&'t str, &'t str)> {
    let words = &turn.heard.as_ref()?.words;
    let (first, family) = turn.state.name.as_ref()?.value.split_once(' ')?;
    let family_said = words.iter().any(|word| word.folded == fold(family));
    (family_said && words.iter().any(|word| word.folded == "pas")).then_some((first, family))
}

/// "D A S I L V A", after "Da Silva": the same letters in one.
fn is_spelling(said: &str, name: &str) -> bool {
    let apart = |name: &str| name.contains([' ', '-']);
    apart(name) && !apart(said) && names::together(said) == names::together(name)
}

/// True when a longer name holds all of a shorter one.
fn is_part(short: &str, long: &str) -> bool {
    let held: Vec<String> = long.split_whitespace().map(fold).collect();
    let said = short.split_whitespace().count();
    said < held.len() && short.split_whitespace().all(|part| held.contains(&fold(part)))
}

/// A name set apart by punctuation, with capitals: "un rendez-vous mardi, Camille Lefèvre".
fn apart(words: &[Word]) -> Option<String> {
    let pieces = words.split_inclusive(|word| word.stop.is_some());
    let capital = |word: &Word| word.raw.chars().next().is_some_and(char::is_uppercase);
    pieces
        .filter(|piece| piece.len() < words.len() && (2..=4).contains(&piece.len()))
        .filter(|piece| piece.iter().all(capital))
        .find_map(names::answer)
        .or_else(|| last(words))
}

/// A name said last, after a time and without punctuation: "… mardi à onze
/// heures Camille Lefèvre".
fn last(words: &[Word]) -> Option<String> {
    const BEFORE: [&str; 27] = [
        "heures",
        "heure",
        "h",
        "matin",
        "midi",
        "soir",
        "demain",
        "vous",
        "demie",
        "demi",
        "quart",
        "trente",
        "quinze",
        "prochain",
        "prochaine",
        "possible",
        "vite",
        "tot",
        "plait",
        "urgence",
        "journee",
        "merci",
        "semaine",
        "rdv",
        "consultation",
        "dispo",
        "libre",
    ];
    [3, 2].into_iter().find_map(|count| {
        let from = words.len().checked_sub(count)?;
        let before = words.get(from.checked_sub(1)?)?;
        let after_time = before.is_figure()
            || calendar::is_named(&before.folded)
            || BEFORE.contains(&before.folded.as_str());
        after_time.then(|| names::plain(&words[from..])).flatten()
    })
}

/// "Gérard Noël", in answer to a name, is no Christmas, and "Sophie Mardi" no day.
fn named_like_a_feast(turn: &Turn<'_>, named: bool) -> bool {
    let Some(heard) = &turn.heard else { return false };
    let asked = matches!(turn.state.pending, Some(Pending::QualifName | Pending::IdentifyName));
    let feast = |word: &Word| ["noel", "avril", "mars", "mai", "paques"].contains(&&*word.folded);
    let feast = asked && heard.words.len() <= 4 && heard.words.iter().any(feast);
    named && (feast || day_of_a_name(&heard.words, &heard.understood.names))
}

/// True when the only day that is said is the name's.
fn day_of_a_name(words: &[Word], names: &[String]) -> bool {
    let days = words.iter().filter(|word| calendar::is_weekday(&word.folded)).count();
    let times = words.iter().any(|word| word.is_figure() || word.folded.starts_with("heure"));
    let named = names
        .iter()
        .any(|name| name.split(' ').skip(1).any(|part| calendar::is_weekday(&fold(part))));
    named && days == 1 && !times
}

fn when(turn: &mut Turn<'_>) -> bool {
    if choice::one_of_two_days(turn)
        && turn.heard.as_ref().is_none_or(|heard| heard.understood.when.is_empty())
    {
        return true;
    }
    let Some(heard) = &turn.heard else { return false };
    let understood = &heard.understood;
    let soonest = understood.earliest || understood.latest || wish::says_soonest(&heard.words);
    let same = wish::hour_kept(turn).is_some();
    if wish::minutes_follow(turn) || existing::told_from_it(turn) {
        return true;
    }
    let Some(heard) = &turn.heard else { return false };
    let understood = &heard.understood;
    if understood.when.is_empty() && understood.except.is_empty() && !soonest && !same {
        return false;
    }
    if existing::old_and_new(turn) {
        return true;
    }
    match turn.state.pending {
        // The pending question reads the time in its own way.
        Some(Pending::WaitConfirm | Pending::MessageText | Pending::ChooseKnown) => false,
        Some(Pending::IdentifyWhen) => existing::told_when(turn),
        _ if for_booking(turn) => {
            wish::merge(turn);
            true
        }
        _ => existing::told_any_time(turn),
    }
}

fn motive(turn: &mut Turn<'_>) -> bool {
    let motive = turn.heard.as_ref().and_then(|heard| heard.understood.motive.clone());
    let told = motive.is_some() && for_booking(turn);
    if told {
        turn.state.motive = motive;
    }
    told
}

/// A date without a goal is one to come on; in "j'annule et je reprends mardi"
/// it is the new one.
fn for_booking(turn: &Turn<'_>) -> bool {
    turn.state.goals.is_empty()
        || turn.state.goals.contains(&Goal::Book)
        || turn.state.goal() == Some(Goal::Message(MessageKind::WaitingList))
}
