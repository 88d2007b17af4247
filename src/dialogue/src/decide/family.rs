//! Appointments for several people in one call: one after the other, each with
//! their own name.

use super::heard::Reaction;
use super::turn::Turn;
use super::{goals, wish};
use crate::state::{Field, Goal, Source};
use crate::understand::words::Word;
use crate::understand::{cues, names};
use crate::wording::booking as said;
use domain::availability::Slot;
use jiff::civil::DateTime;
use jiff::{Span, ToSpan as _};

/// Takes in "Lucas et Emma Morel" and "deux rendez-vous", while booking.
pub(super) fn absorb(turn: &mut Turn<'_>) -> Reaction {
    let Some(heard) = &turn.heard else { return Reaction::Nothing };
    if turn.state.goal() != Some(Goal::Book) || !goals::books(turn) {
        return Reaction::Nothing;
    }
    if let Some((one, other)) = names::pair(&heard.words) {
        turn.state.name = Some(Field::sure(one, Source::Volunteered));
        turn.state.next_name = Some(other);
        return Reaction::Took;
    }
    if turn.state.next_name.is_none() && two(&heard.words) {
        turn.state.next_name = Some(String::new());
        return Reaction::Took;
    }
    Reaction::Nothing
}

/// "Deux rendez-vous".
fn two(words: &[Word]) -> bool {
    let both = ["et un pour", "et une pour", "et un autre pour", "et un aussi pour"];
    cues::any(words, &both)
        || words.windows(2).any(|pair| {
            ["deux", "2"].contains(&pair[0].folded.as_str())
                && ["rdv", "rendez", "rendezvous", "consultations", "creneaux"]
                    .contains(&pair[1].folded.as_str())
        })
}

/// Goes on with the appointment of the next person, on the same day as near as
/// can be; `slot` is the one just booked.
pub(super) fn next(turn: &mut Turn<'_>, slot: &Slot) {
    let Some(name) = turn.state.next_name.take() else { return };
    turn.lead(said::next_person(&name));
    turn.state.name = Some(name)
        .filter(|name| !name.is_empty())
        .map(|name| Field::sure(name, Source::Volunteered));
    turn.state.goals.insert(0, Goal::Book);
    let minutes = turn.script.profile.service(&slot.service).map_or(30, |service| service.minutes);
    wish::widen(turn, after(slot.local, minutes.into()));
    turn.state.wish.stated = true;
}

fn after(start: DateTime, minutes: i64) -> DateTime {
    let length: Span = minutes.minutes();
    start.checked_add(length).unwrap_or(start)
}
