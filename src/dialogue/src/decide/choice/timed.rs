//! A day or an hour, said when slots are offered.

use super::{agree, take, take_aloud, to_the_letter};
use crate::decide::heard::Reaction;
use crate::decide::turn::Turn;
use crate::decide::{booking, recovery, wish};
use crate::state::Toward;
use crate::understand::Window;
use crate::understand::polarity::Polarity;
use domain::availability::Slot;

/// Day and hour pick among the offers; otherwise they are a new wish. An hour
/// picks the offer that starts then; what merely lies within it is asked.
pub(super) fn pick(turn: &mut Turn<'_>) -> Reaction {
    let Some(heard) = &turn.heard else { return Reaction::Nothing };
    let said = wish::closed(&heard.understood.when);
    let day_named = wish::names_a_day(&heard.words);
    let polarity = heard.understood.polarity;
    let hour = heard.understood.when.iter().any(|when| wish::pointed(when).is_some());
    let meant: Vec<Slot> = turn
        .state
        .offered
        .iter()
        .filter(|slot| fits(&said, slot, day_named))
        .filter(|slot| !heard.understood.except.iter().any(|span| span.contains(slot.local)))
        .cloned()
        .collect();
    let to_the_minute: Vec<Slot> =
        meant.iter().filter(|slot| hits(&heard.understood.when, slot)).cloned().collect();
    let exact = !to_the_minute.is_empty();
    let meant = if exact { to_the_minute } else { meant };
    // "Pas le lundi" leaves something out; it does not choose what is left.
    let leaves_out = !heard.understood.except.is_empty();
    let agreeing = turn.state.agreeing().is_some() && !exact && hour;
    match (meant.len(), turn.state.offered.len()) {
        (1, _) if agreeing && polarity == Some(Polarity::Yes) => return take(turn, 0),
        // "Non, dix heures": that hour and nothing else.
        (1, _) if agreeing => return to_the_letter(turn),
        (1, _) if !leaves_out && hour && !exact => return agree(turn, meant[0].clone()),
        (1, _) if !leaves_out => {
            let at = turn.state.offered.iter().position(|slot| *slot == meant[0]).unwrap_or(0);
            return if hour { take(turn, at) } else { take_aloud(turn, at) };
        }
        (some, all) if some > 1 && some < all && !leaves_out => turn.state.offered = meant,
        (some, all) if some > 1 && some == all && !leaves_out => {
            return Reaction::Ends(recovery::clarify(turn));
        }
        _ => {
            if !day_named {
                wish::on_the_day_offered(turn);
            }
            booking::set_aside(turn);
            wish::merge(turn);
        }
    }
    Reaction::Took
}

/// "Neuf heures" is nine o'clock before it is half past.
fn hits(when: &[Window], slot: &Slot) -> bool {
    when.iter()
        .any(|window| wish::pointed(window).is_some_and(|from| from.time() == slot.local.time()))
}

/// An hour without a day means that hour of any offered day.
fn fits(when: &[Window], slot: &Slot, names_a_day: bool) -> bool {
    when.iter().any(|window| {
        let hour = wish::pointed(window).is_some_and(|from| from.time() == slot.local.time());
        window.span.contains(slot.local) || (!names_a_day && hour)
    })
}

/// "Neuf heures, c'est trop tôt": the offers after that one; false when none is left.
pub(super) fn beyond_one(turn: &mut Turn<'_>, toward: Toward) -> bool {
    let Some(heard) = &turn.heard else { return false };
    let hit = |slot: &&Slot| hits(&heard.understood.when, slot);
    let mut named = turn.state.offered.iter().filter(hit).map(|slot| slot.local);
    let (Some(one), None) = (named.next(), named.next()) else { return false };
    let beyond = |slot: &Slot| match toward {
        Toward::Earlier => slot.local < one,
        Toward::Later => slot.local > one,
    };
    let left: Vec<Slot> = turn.state.offered.iter().filter(|slot| beyond(slot)).cloned().collect();
    if left.is_empty() {
        return false;
    }
    turn.state.offered = left;
    true
}
