//! With whom, where several persons receive.

use super::goals::says;
use super::turn::{Outcome, Turn};
use super::{booking, wish};
use crate::state::{Goal, Pending};
use crate::understand::people::{self, Whom};
use crate::understand::polarity::Polarity;
use crate::wording::whom as said;
use domain::id::CalendarId;

/// Takes in with whom the caller would come; true when anything was said of it.
pub(super) fn absorb(turn: &mut Turn<'_>) -> bool {
    let Some(heard) = &turn.heard else { return false };
    if !concerned(turn) || turn.people().is_empty() {
        return false;
    }
    let Some(found) = people::find(&heard.words, turn.people()) else {
        return answered_otherwise(turn);
    };
    let refuses = heard.understood.polarity == Some(Polarity::No);
    let choosing = matches!(
        turn.state.pending,
        Some(Pending::QualifPref | Pending::WaitConfirm | Pending::WithWhom)
    );
    if !(found.wished || choosing && !turn.state.goals.is_empty()) {
        return false;
    }
    turn.state.wish.ask_whom = false;
    if turn.people().len() < 2 && turn.script.profile.calendars.len() < 2 {
        return only(turn, &found.whom);
    }
    let contact =
        matches!(turn.state.pending, Some(Pending::ContactConfirm | Pending::QualifContact));
    take(turn, found.whom);
    if contact && refuses {
        // "Non, plutôt avec la docteure Leroy" is no refusal of the number.
        turn.state.pending = None;
    }
    true
}

/// True when the words name who receives, as somebody wished for.
pub(super) fn names_somebody(turn: &Turn<'_>) -> bool {
    let found = turn.heard.as_ref().and_then(|heard| people::find(&heard.words, turn.people()));
    found.is_some_and(|found| found.wished)
}

/// True while a time is being looked for, or may be.
fn concerned(turn: &Turn<'_>) -> bool {
    match turn.state.goal() {
        None => !matches!(turn.state.pending, Some(Pending::OfferMessage)),
        Some(Goal::Book) => true,
        Some(Goal::Move) => !turn.state.known.is_empty(),
        Some(_) => false,
    }
}

/// Where one person receives, naming them changes nothing; naming another is
/// answered.
fn only(turn: &mut Turn<'_>, whom: &Whom) -> bool {
    let other = matches!(whom, Whom::Without(_) | Whom::Other | Whom::Stranger(_));
    if let (true, [one]) = (other, turn.people()) {
        let sentence = said::only(&one.said);
        turn.lead(sentence);
    }
    true
}

fn take(turn: &mut Turn<'_>, whom: Whom) {
    let all = turn.script.profile.calendars.iter().map(|calendar| calendar.id.clone());
    match whom {
        Whom::With(ids) => restrict(turn, ids),
        Whom::Without(ids) => restrict(turn, all.filter(|id| !ids.contains(id)).collect()),
        Whom::Other => {
            let before = spoken_of(turn);
            restrict(turn, all.filter(|id| !before.contains(id)).collect());
        }
        Whom::Anyone => restrict(turn, Vec::new()),
        Whom::Same => same(turn),
        Whom::Stranger(name) => {
            let known: Vec<String> =
                turn.people().iter().map(|person| person.said.clone()).collect();
            turn.lead(said::stranger(&name, &known));
        }
    }
}

/// Only these from now on; none: anybody.
fn restrict(turn: &mut Turn<'_>, ids: Vec<CalendarId>) {
    let suits = |id: &CalendarId| ids.is_empty() || ids.contains(id);
    let fitting = turn.state.offered.iter().filter(|slot| suits(&slot.calendar)).count();
    if fitting == 0 || ids.is_empty() && turn.state.wish.whom.is_some() {
        turn.state.offered.clear();
    } else if fitting == 1 && turn.state.offered.len() > 1 {
        // "Celui avec la docteure Leroy".
        turn.state.chosen = turn.state.offered.iter().find(|slot| suits(&slot.calendar)).cloned();
        turn.state.offered.clear();
    } else {
        turn.state.offered.retain(|slot| suits(&slot.calendar));
    }
    if turn.state.chosen.as_ref().is_some_and(|slot| !suits(&slot.calendar)) {
        choose_again(turn);
    }
    turn.state.wish.whom = Some(ids);
    turn.state.declined.clear();
}

/// The hour that was chosen is looked for again.
fn choose_again(turn: &mut Turn<'_>) {
    let Some(slot) = turn.state.chosen.take() else { return };
    turn.state.wish.within = vec![wish::minute(slot.local)];
    turn.state.wish.stated = true;
}

/// Whom the talk was about until now.
fn spoken_of(turn: &Turn<'_>) -> Vec<CalendarId> {
    if let Some(ids) = turn.state.wish.whom.as_ref().filter(|ids| !ids.is_empty()) {
        return ids.clone();
    }
    let offered = turn.state.offered.iter().chain(&turn.state.chosen);
    let offered: Vec<CalendarId> = offered.map(|slot| slot.calendar.clone()).collect();
    match turn.state.goal() {
        _ if !offered.is_empty() => offered,
        Some(Goal::Move) => wanted(turn),
        _ => Vec::new(),
    }
}

/// "Le même que la dernière fois": known of an appointment to move, or of one
/// that this call has made; else it is asked.
fn same(turn: &mut Turn<'_>) {
    let booked = super::correction::booked(turn).and_then(|known| known.calendar);
    match (turn.state.goal(), booked) {
        (Some(Goal::Move), _) => turn.state.wish.whom = None,
        (_, Some(calendar)) => restrict(turn, vec![calendar]),
        (_, None) => {
            choose_again(turn);
            turn.state.offered.clear();
            turn.state.wish.ask_whom = true;
        }
    }
}

/// "Je ne sais plus" and the like, when asked with whom: anybody.
fn answered_otherwise(turn: &mut Turn<'_>) -> bool {
    let asked = turn.state.pending == Some(Pending::WithWhom) && turn.state.wish.ask_whom;
    let unknown = ["sais", "rappelle", "souviens", "importe", "egal", "oublie", "pas", "non"];
    if !asked || !says(turn, &unknown) {
        return false;
    }
    turn.state.wish.ask_whom = false;
    turn.state.wish.whom = Some(Vec::new());
    true
}

/// Asks with whom, when that is to be known first.
pub(super) fn ask(turn: &mut Turn<'_>) -> Option<Outcome> {
    if !turn.state.wish.ask_whom {
        return None;
    }
    // Not understood twice: anybody, rather than a third question.
    if turn.state.stumbles.get(Pending::WithWhom.as_str()).is_some_and(|times| *times > 1) {
        turn.state.wish.ask_whom = false;
        return None;
    }
    Some(turn.ask(Pending::WithWhom, "ask_whom"))
}

/// The calendars that would do; none: any. Who has an appointment to move stays
/// with the same person unless they wish otherwise.
pub(super) fn wanted(turn: &Turn<'_>) -> Vec<CalendarId> {
    let profile = turn.script.profile;
    if let Some(ids) = &turn.state.wish.whom {
        return ids.iter().filter(|id| profile.calendar(id).is_some()).cloned().collect();
    }
    let known = turn.state.known.first().filter(|_| turn.state.goal() == Some(Goal::Move));
    let same = known.and_then(|known| known.calendar.clone());
    same.into_iter().filter(|id| profile.calendar(id).is_some()).collect()
}

/// The one person wished for, as said; nothing when it may be several, or when
/// nobody else receives.
pub(super) fn named(turn: &Turn<'_>) -> Option<String> {
    match &wanted(turn)[..] {
        [one] => said::person(turn.script.profile, one),
        _ => None,
    }
}

/// Nothing (more) is free with whom the caller wished for: the others are tried.
pub(super) fn others(turn: &mut Turn<'_>, nothing_else: bool) -> Option<Outcome> {
    let restricted = !wanted(turn).is_empty() && turn.script.profile.calendars.len() > 1;
    if !restricted || !nothing_else && turn.state.declined.is_empty() {
        return None;
    }
    let sentence = said::no_more(named(turn).as_deref());
    turn.lead(sentence);
    turn.state.wish.whom = Some(Vec::new());
    Some(booking::look(turn))
}
