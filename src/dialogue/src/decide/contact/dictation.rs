//! Taking in a dictated number: whole, in parts, or one that can be cut in
//! several ways; and a written address.

use crate::Register;
use crate::decide::ending;
use crate::decide::turn::{Heard, Turn};
use crate::state::{Field, Pending, Source};
use crate::understand::cues;
use crate::understand::intents::Intent;
use crate::understand::phones::{self, Dictation, PhoneReading};
use crate::understand::polarity::Polarity;
use crate::wording::contact as said;
use domain::phone::E164;

/// Ambiguous dictations after which the ladder goes on.
const MAX_AMBIGUOUS: u8 = 3;
/// Readings remembered of one number.
const MAX_READINGS: usize = 64;

/// Takes in a dictated number or a written address; true when there was one.
pub(in crate::decide) fn absorb(turn: &mut Turn<'_>) -> bool {
    let took_mail = address(turn);
    number(turn) || took_mail
}

/// Takes in a written address; by voice it is read back.
fn address(turn: &mut Turn<'_>) -> bool {
    let Some(heard) = &turn.heard else { return false };
    let Some(email) = heard.understood.emails.last().cloned() else { return false };
    let instead = heard.understood.polarity == Some(Polarity::No)
        || cues::any(&heard.words, &["plutot", "par mail", "par email", "prefere", "mieux"]);
    let fresh = turn.state.contact.email.as_ref() != Some(&email);
    if fresh && turn.script.register == Register::Voice && !turn.state.english {
        turn.state.lead = [turn.state.lead.as_str(), &said::address(&email)].join(" ");
    }
    turn.state.contact.email = Some(email);
    turn.state.contact.not_caller |= turn.state.pending == Some(Pending::ContactConfirm) && instead;
    true
}

/// What was heard of a number, with what was dictated before it.
struct Found {
    phones: phones::Phones,
    /// The two parts are too long together.
    overflows: bool,
}

fn found(turn: &Turn<'_>, heard: &Heard, asked: bool) -> Found {
    let (more, before) = (&heard.understood.digits, turn.state.contact.dictation.as_ref());
    let before = before.filter(|_| asked);
    let overflows = before.zip(more.as_ref()).is_some_and(|(one, two)| overflows(one, two));
    let phones = match before {
        Some(before) => phones::resume(before, &heard.words),
        None => phones::Phones {
            readings: heard.understood.phones.clone(),
            ambiguous: heard.understood.ambiguous,
            dictation: more.clone(),
        },
    };
    Found { phones, overflows }
}

fn number(turn: &mut Turn<'_>) -> bool {
    let Some(heard) = &turn.heard else { return false };
    let asked = turn.state.pending == Some(Pending::QualifContact);
    let confirming = turn.state.pending == Some(Pending::ContactConfirm);
    let Found { phones: found, overflows } = found(turn, heard, asked);
    let dictated = found.dictation.as_ref().is_some_and(has_digits);
    let open = asked && turn.state.contact.open();
    let ambiguous_before = !turn.state.contact.readings.is_empty();
    if open && found.readings.is_empty() && !dictated {
        return close(turn);
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
        [] if asked && (overflows || found.dictation.as_ref().is_some_and(too_long)) => {
            let contact = &mut turn.state.contact;
            contact.dictation = None;
            contact.readings.clear();
            contact.again = true;
            turn.lead(said::too_long());
            true
        }
        [] if asked && dictated => {
            turn.state.contact.dictation = found.dictation;
            turn.state.contact.readings.clear();
            true
        }
        [] => false,
        [only] if !found.ambiguous && found.dictation.is_none() => {
            settle(turn, &only.digits, &only.e164, source(asked))
        }
        several if asked || confirming || turn.state.goal().is_some() => ambiguous(turn, several),
        _ => false,
    }
}

/// Keeps the readings of an ambiguous number, until the ladder goes on.
fn ambiguous(turn: &mut Turn<'_>, several: &[PhoneReading]) -> bool {
    let times = turn.state.stumbles.entry(Pending::QualifContact.as_str().into()).or_default();
    *times = times.saturating_add(1);
    if *times > MAX_AMBIGUOUS {
        return false;
    }
    turn.state.contact.readings = several.iter().take(MAX_READINGS).cloned().collect();
    turn.state.contact.dictation = None;
    turn.state.contact.not_caller = true;
    true
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
pub(in crate::decide) fn open(turn: &Turn<'_>) -> bool {
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
pub(in crate::decide) fn close(turn: &mut Turn<'_>) -> bool {
    let elsewhere = turn.heard.as_ref().is_some_and(|heard| {
        // "C'est tout" ends the number.
        let only = heard.understood.intents.iter().all(|intent| *intent == Intent::Abandon);
        let ends = heard.understood.intents.is_empty() || only && ending::only_finished(turn);
        !ends || super::elsewhere(&heard.understood)
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
pub(super) fn settle(turn: &mut Turn<'_>, digits: &str, e164: &str, source: Source) -> bool {
    let country = &turn.script.profile.country;
    let number = E164::parse(e164, country).or_else(|_| E164::parse(digits, country));
    let Ok(number) = number else { return false };
    let unheard = source == Source::Keyed || turn.script.register == Register::Written;
    let repeated = turn.state.contact.phone.as_ref().is_some_and(|phone| phone.value == number);
    let again = turn.state.contact.dictated.as_ref().is_some_and(|field| field.value == number);
    let no = turn.heard.as_ref().is_some_and(|h| h.understood.polarity == Some(Polarity::No));
    if again && no {
        misheard(turn);
        return true;
    }
    // "Oui c'est ça, zéro six…": dictated again, it is agreed to.
    let shown = turn.state.caller.as_ref() == Some(&number);
    let agreed = unheard || repeated || again || turn.state.english || shown;
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

/// "Non, zéro six…", and the same is heard as before: digit by digit.
fn misheard(turn: &mut Turn<'_>) {
    let contact = &mut turn.state.contact;
    contact.dictated = None;
    contact.dictation = None;
    contact.readings.clear();
    contact.again = true;
    contact.not_caller = true;
    turn.state.pending = None;
}

fn asked(pending: Option<Pending>) -> bool {
    matches!(pending, Some(Pending::QualifContact | Pending::ContactConfirm))
}
