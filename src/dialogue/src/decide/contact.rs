//! How to reach the caller: the number they call from, confirmed by its last
//! two digits, or one they dictate or key.

use super::ending;
use super::heard::Reaction;
use super::turn::{Outcome, Turn};
use crate::state::{Certainty, Field, Pending, Source};
use crate::understand::Understanding;
use crate::understand::cues;
use crate::understand::intents::Intent;
use crate::understand::phones::{self, Dictation};
use crate::understand::polarity::Polarity;
use crate::understand::words::Word;
use crate::wording::contact as said;
use crate::{Effect, Register};
use domain::phone::E164;

/// Ambiguous dictations after which the ladder goes on.
const MAX_AMBIGUOUS: u8 = 3;
/// Readings remembered of one number.
const MAX_READINGS: usize = 64;
/// Keys remembered.
const MAX_KEYS: usize = 15;

/// Asks how to reach the caller, unless it is settled. `context`: what for.
pub(super) fn advance(turn: &mut Turn<'_>, context: &'static str) -> Option<Outcome> {
    if turn.state.contact.dictated.is_some() {
        return Some(turn.ask(Pending::ContactConfirm, "confirm_dictated_number"));
    }
    let caller = usable(turn).filter(|_| !turn.state.contact.not_caller).cloned();
    // An address said in passing leaves the number that shows to be agreed to.
    let reached = &turn.state.contact;
    let by_mail_only = reached.phone.is_none() && !reached.withheld && caller.is_some();
    if reached.settled() && !by_mail_only {
        return None;
    }
    let (pending, rule) = match &caller {
        Some(_) => (Pending::ContactConfirm, "confirm_caller_number"),
        None => (Pending::QualifContact, "ask_number"),
    };
    if turn.state.pending != Some(pending) && !turn.state.contact.not_caller {
        turn.effect(Effect::CallerId {
            last2: caller.map(|caller| caller.last_two().to_owned()),
            next: pending.as_str(),
            context,
        });
    }
    Some(turn.ask(pending, rule))
}

/// The caller's number, unless it is one of the tenant's own.
pub(super) fn usable<'t>(turn: &'t Turn<'_>) -> Option<&'t E164> {
    turn.state.caller.as_ref().filter(|caller| !turn.script.profile.numbers.contains(caller))
}

/// Takes in a dictated number or a written address; true when there was one.
pub(super) fn absorb(turn: &mut Turn<'_>) -> bool {
    let Some(heard) = &turn.heard else { return false };
    let asked = turn.state.pending == Some(Pending::QualifContact);
    let confirming = turn.state.pending == Some(Pending::ContactConfirm);
    let open = asked && turn.state.contact.open();
    let found = match (&turn.state.contact.dictation, asked) {
        (Some(before), true) => phones::resume(before, &heard.words),
        _ => phones::Phones {
            readings: heard.understood.phones.clone(),
            ambiguous: heard.understood.ambiguous,
            dictation: heard.understood.digits.clone(),
        },
    };
    let more = heard.understood.digits.as_ref();
    let before = turn.state.contact.dictation.as_ref().filter(|_| asked);
    let much = before.zip(more).is_some_and(|(before, more)| overflows(before, more));
    let email = heard.understood.emails.last().cloned();
    let took_mail = email.is_some();
    let instead = heard.understood.polarity == Some(Polarity::No)
        || cues::any(&heard.words, &["plutot", "par mail", "par email", "prefere", "mieux"]);
    if let Some(said_mail) = email.as_ref().filter(|_| turn.script.register == Register::Voice)
        && turn.state.contact.email != email
        && !turn.state.english
    {
        turn.state.lead = [turn.state.lead.as_str(), &said::address(said_mail)].join(" ");
    }
    if took_mail {
        turn.state.contact.email = email;
        turn.state.contact.not_caller |= confirming && instead;
    }
    let ambiguous_before = !turn.state.contact.readings.is_empty();
    if open && found.readings.is_empty() && !found.dictation.as_ref().is_some_and(has_digits) {
        return close(turn) || took_mail;
    }
    if asked && !open && separate(turn) {
        return true;
    }
    match &found.readings[..] {
        [_, ..] if (asked || confirming) && found.dictation.is_some() => {
            keep_open(turn, found);
            true
        }
        [] if asked && turn.state.contact.again && ambiguous_before => true,
        [] if asked && (much || found.dictation.as_ref().is_some_and(too_long)) => {
            let contact = &mut turn.state.contact;
            contact.dictation = None;
            contact.readings.clear();
            contact.again = true;
            turn.lead(said::too_long());
            true
        }
        [] if asked && found.dictation.as_ref().is_some_and(has_digits) => {
            turn.state.contact.dictation = found.dictation;
            turn.state.contact.readings.clear();
            true
        }
        [] => took_mail,
        [only] if !found.ambiguous && found.dictation.is_none() => {
            settle(turn, &only.digits, &only.e164, source(asked)) || took_mail
        }
        several if asked || confirming || turn.state.goal().is_some() => {
            let times =
                turn.state.stumbles.entry(Pending::QualifContact.as_str().into()).or_default();
            *times = times.saturating_add(1);
            if *times > MAX_AMBIGUOUS {
                return false;
            }
            turn.state.contact.readings = several.iter().take(MAX_READINGS).cloned().collect();
            turn.state.contact.dictation = None;
            turn.state.contact.not_caller = true;
            true
        }
        _ => took_mail,
    }
}

/// A whole number only by the longer cuttings of its words: the caller may
/// have paused, so the rest is awaited.
fn keep_open(turn: &mut Turn<'_>, found: phones::Phones) {
    let contact = &mut turn.state.contact;
    contact.readings = found.readings.into_iter().take(MAX_READINGS).collect();
    contact.dictation = found.dictation;
    contact.not_caller = true;
}

/// True while a number is being dictated and these words bring no digit.
pub(super) fn open(turn: &Turn<'_>) -> bool {
    let digits = turn.heard.as_ref().and_then(|heard| heard.understood.digits.as_ref());
    let silent = turn.heard.as_ref().is_some_and(|heard| heard.understood.phones.is_empty());
    let dictating = turn.state.contact.dictation.is_some();
    turn.state.pending == Some(Pending::QualifContact)
        && dictating
        && silent
        && !digits.is_some_and(has_digits)
}

/// No digits follow: the number was whole. Its only reading is kept; of several
/// the difference is asked. False when the caller speaks of something else.
pub(super) fn close(turn: &mut Turn<'_>) -> bool {
    let elsewhere = turn.heard.as_ref().is_some_and(|heard| {
        // "C'est tout" ends the number.
        let only = heard.understood.intents.iter().all(|intent| *intent == Intent::Abandon);
        let ends = heard.understood.intents.is_empty() || only && ending::only_finished(turn);
        !ends || elsewhere(&heard.understood)
    });
    if elsewhere || !turn.state.contact.open() {
        return false;
    }
    turn.state.contact.dictation = None;
    if let [only] = &turn.state.contact.readings.clone()[..] {
        return settle(turn, &only.digits, &only.e164, Source::Answered);
    }
    // What was said is no refusal to give a number.
    turn.state.pending = None;
    true
}

/// Two parts that are too long together, unless the second begins anew.
fn overflows(before: &Dictation, more: &Dictation) -> bool {
    let anew = more.groups.first().and_then(|group| group.first());
    let anew = anew.is_some_and(|first| first.starts_with(['0', '+']));
    let groups = before.groups.iter().chain(&more.groups).cloned().collect();
    !anew && too_long(&Dictation { groups })
}

/// More digits than any number that begins like this has, however they are cut.
fn too_long(dictation: &Dictation) -> bool {
    /// Digits of a national number.
    const NATIONAL: usize = 10;
    /// Digits of any number, with its country and what leads abroad.
    const LONGEST: usize = 17;
    let digits = |group: &String| group.bytes().filter(u8::is_ascii_digit).count();
    let fewest = |group: &Vec<String>| group.iter().map(digits).min().unwrap_or_default();
    let total: usize = dictation.groups.iter().map(fewest).sum();
    let first = dictation.groups.first().and_then(|group| group.first());
    let national = first.is_some_and(|first| first.starts_with('0') && !first.starts_with("00"));
    total > if national { NATIONAL } else { LONGEST }
}

/// "Je ne sais plus" has a "plus" and no digit.
fn has_digits(dictation: &Dictation) -> bool {
    dictation.groups.iter().flatten().any(|group| group.bytes().any(|b| b.is_ascii_digit()))
}

fn source(asked: bool) -> Source {
    match asked {
        true => Source::Answered,
        false => Source::Volunteered,
    }
}

/// What these words leave of the readings of an ambiguous number; true when
/// they leave fewer.
fn separate(turn: &mut Turn<'_>) -> bool {
    let readings = std::mem::take(&mut turn.state.contact.readings);
    let Some(heard) = &turn.heard else { return false };
    let Some(difference) = phones::differences(&readings) else { return false };
    let agreed = phones::separate(&readings, difference.pair, &heard.words);
    // Another number altogether is read as such.
    if agreed.iter().any(|reading| !readings.contains(reading)) {
        return false;
    }
    match &agreed[..] {
        [only] => settle(turn, &only.digits, &only.e164, Source::Answered),
        some => {
            let fewer = !some.is_empty() && some.len() < readings.len();
            turn.state.contact.again = some.is_empty();
            turn.state.contact.readings = if some.is_empty() { Vec::new() } else { agreed };
            fewer
        }
    }
}

/// Keeps a number; false when the numbering of its country refuses it.
fn settle(turn: &mut Turn<'_>, digits: &str, e164: &str, source: Source) -> bool {
    let country = &turn.script.profile.country;
    let number = E164::parse(e164, country).or_else(|_| E164::parse(digits, country));
    let Ok(number) = number else { return false };
    let unheard = source == Source::Keyed || turn.script.register == Register::Written;
    let repeated = turn.state.contact.phone.as_ref().is_some_and(|phone| phone.value == number);
    let agreed =
        unheard || repeated || turn.state.english || turn.state.caller == Some(number.clone());
    let contact = &mut turn.state.contact;
    let field = Field::sure(number, source);
    match agreed {
        true => {
            contact.phone = Some(field);
            contact.dictated = None;
        }
        false => contact.dictated = Some(field),
    }
    contact.dictation = None;
    contact.readings.clear();
    contact.again = false;
    contact.keyed.clear();
    contact.withheld = false;
    if asked(turn.state.pending) {
        if agreed {
            turn.lead(said::VOCAL_CONTACT_CONFIRM_OK);
        }
        turn.state.pending = None;
    }
    true
}

/// Yes and no to the last two digits of a dictated number.
fn agree(turn: &mut Turn<'_>, polarity: Option<Polarity>) -> Reaction {
    let elsewhere = turn.heard.as_ref().is_some_and(|heard| elsewhere(&heard.understood));
    match polarity {
        Some(Polarity::Yes) => {
            turn.state.contact.phone = turn.state.contact.dictated.take();
            turn.state.pending = None;
            turn.lead(said::VOCAL_CONTACT_CONFIRM_OK);
            Reaction::Took
        }
        Some(Polarity::No) if !elsewhere => {
            turn.state.contact.dictated = None;
            refuse_caller(turn)
        }
        _ => Reaction::Nothing,
    }
}

fn asked(pending: Option<Pending>) -> bool {
    matches!(pending, Some(Pending::QualifContact | Pending::ContactConfirm))
}

/// Yes and no to the caller's number, and a refusal to give one.
pub(super) fn reply(turn: &mut Turn<'_>) -> Reaction {
    let Some(heard) = &turn.heard else { return Reaction::Nothing };
    let polarity = heard.understood.polarity.or_else(|| theirs(&heard.words));
    let confirming = turn.state.pending == Some(Pending::ContactConfirm);
    if confirming && turn.state.contact.dictated.is_some() {
        return agree(turn, polarity);
    }
    match (turn.state.pending, polarity) {
        // "Oui, mais c'est celui de ma fille".
        (Some(Pending::ContactConfirm), None | Some(Polarity::No)) if others(&heard.words) => {
            refuse_caller(turn)
        }
        (Some(Pending::ContactConfirm), Some(Polarity::Yes)) => accept_caller(turn),
        // "Non attendez, plutôt mercredi" is about something else.
        (Some(Pending::ContactConfirm | Pending::QualifContact), Some(Polarity::No))
            if elsewhere(&heard.understood) =>
        {
            Reaction::Nothing
        }
        (Some(Pending::ContactConfirm), Some(Polarity::No)) => refuse_caller(turn),
        // "C'est pas le bon", said of the number refused before.
        (Some(Pending::QualifContact), Some(Polarity::No))
            if turn.state.contact.not_caller && theirs_not(&heard.words) =>
        {
            Reaction::Took
        }
        (Some(Pending::QualifContact), Some(Polarity::No))
            if turn.state.contact.dictation.is_none() =>
        {
            turn.state.contact.withheld = true;
            turn.lead(said::withheld());
            Reaction::Took
        }
        _ => Reaction::Nothing,
    }
}

/// "C'est le mien", "c'est le bon".
fn theirs(words: &[Word]) -> Option<Polarity> {
    let says = |list: &[&str]| words.iter().any(|word| list.contains(&word.folded.as_str()));
    (words.len() < 7 && says(&["mien", "bon", "notre"]) && !says(&["pas", "non", "plus"]))
        .then_some(Polarity::Yes)
}

fn others(words: &[Word]) -> bool {
    crate::understand::cues::any(
        words,
        &["celui de m*", "numero de m*", "celui du travail", "portable de m*"],
    )
}

fn theirs_not(words: &[Word]) -> bool {
    words.iter().any(|word| ["mien", "bon", "celui", "notre"].contains(&word.folded.as_str()))
}

fn elsewhere(understood: &Understanding) -> bool {
    !understood.when.is_empty() || !understood.except.is_empty() || !understood.names.is_empty()
}

fn accept_caller(turn: &mut Turn<'_>) -> Reaction {
    let Some(caller) = usable(turn).cloned() else { return refuse_caller(turn) };
    turn.state.contact.phone =
        Some(Field { value: caller, source: Source::Network, certainty: Certainty::Sure });
    turn.state.pending = None;
    turn.lead(said::VOCAL_CONTACT_CONFIRM_OK);
    Reaction::Took
}

fn refuse_caller(turn: &mut Turn<'_>) -> Reaction {
    turn.state.contact.not_caller = true;
    Reaction::Took
}

/// Keys: 1 and 2 for yes and no, or a number.
pub(super) fn keys(turn: &mut Turn<'_>, digits: &str) -> Reaction {
    let dictated = turn.state.contact.dictated.is_some();
    match (turn.state.pending, digits) {
        (Some(Pending::ContactConfirm), "1") if dictated => agree(turn, Some(Polarity::Yes)),
        (Some(Pending::ContactConfirm), "2") if dictated => agree(turn, Some(Polarity::No)),
        (Some(Pending::ContactConfirm), "1") => accept_caller(turn),
        (Some(Pending::ContactConfirm), "2") => refuse_caller(turn),
        (Some(Pending::ContactConfirm | Pending::QualifContact), _) => {
            let mut keyed = std::mem::take(&mut turn.state.contact.keyed) + digits;
            keyed.truncate(MAX_KEYS);
            if settle(turn, &keyed, &keyed, Source::Keyed) {
                return Reaction::Took;
            }
            turn.state.contact.not_caller = true;
            match keyed.len() {
                0..10 => turn.state.contact.keyed = keyed,
                _ => turn.lead(said::not_a_number()),
            }
            Reaction::Took
        }
        _ => Reaction::Nothing,
    }
}
