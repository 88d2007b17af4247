//! Which of the offered slots, or none of them.

mod asked;
mod timed;

use super::heard::Reaction;
use super::turn::Turn;
use super::{beyond, booking, recovery, wish};
use crate::state::{Goal, Pending};
use crate::understand::Window;
use crate::understand::choice::Choice;
use crate::understand::intents::Intent;
use crate::understand::polarity::Polarity;
use crate::wording::{booking as said, whom};
use domain::availability::Slot;

/// A reply to the offers, or "peu importe" to when they would come.
pub(super) fn reply(turn: &mut Turn<'_>) -> Reaction {
    match turn.state.pending {
        Some(Pending::WaitConfirm) => among_offers(turn),
        Some(Pending::QualifName | Pending::ContactConfirm | Pending::QualifContact) => {
            another(turn)
        }
        Some(Pending::QualifPref) => any_time(turn),
        _ => Reaction::Nothing,
    }
}

/// "Ah non, le deuxième", once the first was taken.
fn another(turn: &mut Turn<'_>) -> Reaction {
    let Some(heard) = &turn.heard else { return Reaction::Nothing };
    if let Some(toward) = beyond::wished(turn) {
        beyond::look_again(turn, toward);
        return Reaction::Took;
    }
    let rank = heard.understood.choice.and_then(|choice| choice.ordinal);
    let other = rank.and_then(|rank| match rank {
        -1 => turn.state.passed.last(),
        rank => turn.state.passed.get(usize::try_from(rank).ok()?.checked_sub(1)?),
    });
    let short = heard.words.len() <= 8 && heard.understood.phones.is_empty();
    let Some(other) = other.filter(|_| short && turn.state.chosen.is_some()).cloned() else {
        return Reaction::Nothing;
    };
    // "Non, le deuxième" is no refusal of the number.
    turn.state.pending = None;
    say_chosen(turn, &other);
    turn.state.chosen = Some(other);
    Reaction::Took
}

/// Says the slot that was not chosen by its hour, so that it can be refused.
fn say_chosen(turn: &mut Turn<'_>, slot: &Slot) {
    let with = whom::with(turn.script.profile, Some(&slot.calendar));
    turn.lead(said::taken(slot.local, &with));
}

fn any_time(turn: &mut Turn<'_>) -> Reaction {
    let Some(heard) = &turn.heard else { return Reaction::Nothing };
    let no = heard.understood.polarity == Some(Polarity::No)
        && heard.understood.intents.is_empty()
        && turn.state.refusals > 0
        && turn.state.goal() == Some(Goal::Book);
    if no && !turn.took {
        return Reaction::Ends(booking::nothing_suits(turn));
    }
    let timed = !heard.understood.when.is_empty() || !heard.understood.except.is_empty();
    let choice = heard.understood.choice;
    let any = !turn.took && choice.is_some_and(|choice| choice.any);
    let asks = !timed
        && matches!(turn.state.goal(), Some(Goal::Book | Goal::Move))
        && asked::what_is_free(turn);
    if !any && !asks {
        return Reaction::Nothing;
    }
    turn.state.wish.stated = true;
    if let Some(heard) = &mut turn.heard {
        // What is free answers it.
        heard.understood.intents.retain(|intent| *intent != Intent::Question);
    }
    Reaction::Took
}

/// "Le deuxième", asked which of two days was meant; true when it was.
pub(super) fn one_of_two_days(turn: &mut Turn<'_>) -> bool {
    let choice = turn.heard.as_ref().and_then(|heard| heard.understood.choice);
    let Some(rank) = choice.and_then(|choice| choice.ordinal) else { return false };
    if turn.state.pending != Some(Pending::QualifPref) || turn.state.wish.stated {
        return false;
    }
    let day = |window: &Window| window.span.from.map(|from| from.date());
    let mut days: Vec<_> = turn.state.wish.within.iter().filter_map(day).collect();
    days.sort_unstable();
    days.dedup();
    let meant = match (rank, &days[..]) {
        (1, [first, _]) => *first,
        (2 | -1, [_, second]) => *second,
        _ => return false,
    };
    turn.state.wish.within.retain(|window| day(window) == Some(meant));
    turn.state.wish.stated = true;
    true
}

fn among_offers(turn: &mut Turn<'_>) -> Reaction {
    let Some(heard) = &turn.heard else { return Reaction::Nothing };
    let understood = &heard.understood;
    if understood.intents.contains(&Intent::Human) {
        return Reaction::Nothing;
    }
    // Another person was wished for: the offers are gone already.
    let timed = !understood.when.is_empty() || !understood.except.is_empty();
    if turn.took && turn.state.offered.is_empty() && !timed {
        return Reaction::Nothing;
    }
    let choice = understood.choice;
    if let Some(reaction) = asked::about(turn) {
        return reaction;
    }
    if let Some(choice) = choice
        && let Some(reaction) = pointed(turn, choice)
    {
        return reaction;
    }
    let Some(heard) = &turn.heard else { return Reaction::Nothing };
    let understood = &heard.understood;
    let same = wish::hour_kept(turn).is_some();
    let timed = !understood.when.is_empty() || !understood.except.is_empty() || same;
    if !timed && understood.latest {
        return take_aloud(turn, turn.state.offered.len().saturating_sub(1));
    }
    if !timed && (understood.earliest || wish::says_soonest(&heard.words)) {
        return take_aloud(turn, 0);
    }
    if timed {
        return timed::pick(turn);
    }
    if let Some(number) = understood.number
        && understood.phones.is_empty()
        && let Some(reaction) = by_number(turn, number)
    {
        return reaction;
    }
    if let Some(reaction) = by_bare_hour(turn) {
        return reaction;
    }
    let polarity = turn.heard.as_ref().and_then(|heard| heard.understood.polarity);
    if polarity == Some(Polarity::No) && turn.state.agreeing().is_some() {
        return to_the_letter(turn);
    }
    match (polarity, turn.state.offered.len()) {
        (Some(Polarity::Yes), 1) => take(turn, 0),
        (Some(Polarity::Yes), _) if !turn.took => Reaction::Ends(recovery::clarify(turn)),
        (Some(Polarity::No), _) => booking::decline_offers(turn),
        _ => Reaction::Nothing,
    }
}

/// Keys: the rank of the slot.
pub(super) fn keys(turn: &mut Turn<'_>, digits: &str) -> Reaction {
    if turn.state.pending != Some(Pending::WaitConfirm) {
        return Reaction::Nothing;
    }
    let rank = digits.parse::<i64>().ok();
    rank.and_then(|rank| by_number(turn, rank)).unwrap_or(Reaction::Nothing)
}

fn pointed(turn: &mut Turn<'_>, choice: Choice) -> Option<Reaction> {
    let offered = turn.state.offered.len();
    // "Non, plus tôt" says more than no.
    if choice.none && beyond::toward(choice).is_none() {
        return Some(booking::decline_offers(turn));
    }
    if choice.any {
        return Some(take_aloud(turn, 0));
    }
    let at = choice.ordinal.and_then(|rank| match rank {
        -1 => offered.checked_sub(1),
        rank => usize::try_from(rank).ok()?.checked_sub(1).filter(|at| *at < offered),
    });
    if let Some(at) = at {
        return (!on_another_day(turn, at)).then(|| take_aloud(turn, at));
    }
    let toward = beyond::toward(choice)?;
    if !timed::beyond_one(turn, toward) {
        beyond::look(turn, toward);
    }
    Some(Reaction::Took)
}

/// "Le deuxième, mais vendredi": a day on which that offer is not.
fn on_another_day(turn: &Turn<'_>, at: usize) -> bool {
    let (Some(heard), Some(slot)) = (&turn.heard, turn.state.offered.get(at)) else { return false };
    let when = &heard.understood.when;
    let on_it = wish::closed(when).iter().any(|window| window.span.contains(slot.local));
    wish::names_a_day(&heard.words) && !when.is_empty() && !on_it
}

fn by_number(turn: &mut Turn<'_>, number: i64) -> Option<Reaction> {
    let at = usize::try_from(number).ok()?.checked_sub(1)?;
    (at < turn.state.offered.len()).then(|| take_aloud(turn, at))
}

/// "Dix", where one offer lies in that hour.
fn by_bare_hour(turn: &mut Turn<'_>) -> Option<Reaction> {
    /// Words around a number that is nothing else.
    const MOST_WORDS: usize = 4;
    let heard = turn.heard.as_ref()?;
    let hour = i8::try_from(heard.understood.number?).ok()?;
    if heard.words.len() > MOST_WORDS || !heard.understood.phones.is_empty() {
        return None;
    }
    let mut within = turn.state.offered.iter().filter(|slot| slot.local.hour() == hour);
    let (only, None) = (within.next()?.clone(), within.next()) else { return None };
    let at = turn.state.offered.iter().position(|slot| *slot == only)?;
    Some(match only.local.minute() {
        0 => take(turn, at),
        _ => agree(turn, only),
    })
}

/// Asks whether the offer is meant whose hour alone was said.
fn agree(turn: &mut Turn<'_>, slot: Slot) -> Reaction {
    turn.state.meant = slot.local.with().minute(0).second(0).build().ok();
    turn.state.offered = vec![slot];
    Reaction::Ends(turn.ask(Pending::WaitConfirm, "agree_on_hour"))
}

/// The hour was meant as it was said: it is looked for, free or not.
fn to_the_letter(turn: &mut Turn<'_>) -> Reaction {
    let Some((_, meant)) = turn.state.agreeing() else { return Reaction::Nothing };
    booking::set_aside(turn);
    wish::at(turn, meant);
    Reaction::Took
}

fn take(turn: &mut Turn<'_>, at: usize) -> Reaction {
    turn.state.meant = None;
    turn.state.chosen = turn.state.offered.get(at).cloned();
    turn.state.passed = std::mem::take(&mut turn.state.offered);
    Reaction::Took
}

fn take_aloud(turn: &mut Turn<'_>, at: usize) -> Reaction {
    // A move is written at once, and says when.
    let aloud = turn.state.offered.len() > 1 && turn.state.goal() != Some(Goal::Move);
    if let Some(slot) = turn.state.offered.get(at).cloned().filter(|_| aloud) {
        say_chosen(turn, &slot);
    }
    take(turn, at)
}
