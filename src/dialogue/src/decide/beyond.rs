//! "Plus tôt", "plus tard" than what was offered: on the same day first, then on
//! any; when there is nothing, what was offered comes again.

use super::booking;
use super::turn::{Outcome, Turn};
use crate::state::{Pending, Toward};
use crate::understand::choice::Choice;
use crate::understand::{Grain, Window, cues};
use crate::wording::booking as said;
use domain::time::Span;
use jiff::civil::Date;

/// Looks earlier or later than what is offered.
pub(super) fn look(turn: &mut Turn<'_>, toward: Toward) {
    let offered = turn.state.offered.clone();
    let day = turn.state.offered.first().map(|slot| slot.local.date());
    let one_day = day.filter(|day| offered.iter().all(|slot| slot.local.date() == *day));
    booking::set_aside(turn);
    turn.state.passed = offered;
    let wish = &mut turn.state.wish;
    wish.toward = Some(toward);
    wish.latest = false;
    wish.near = None;
    wish.stated = true;
    within(turn, toward, one_day);
}

/// Earlier or later than what was offered, when that is what was said.
pub(super) fn toward(choice: Choice) -> Option<Toward> {
    match (choice.earlier, choice.later) {
        (true, _) => Some(Toward::Earlier),
        (false, true) => Some(Toward::Later),
        (false, false) => None,
    }
}

/// "Vous n'auriez pas plus tôt ?", where something else is asked and a slot was
/// chosen; not "je vous le donne plus tard", of a number, nor "à plus tard".
pub(super) fn wished(turn: &Turn<'_>) -> Option<Toward> {
    turn.state.chosen.as_ref().and_then(|_| asked_for(turn))
}

/// The same of a slot or an appointment, chosen before or not.
pub(super) fn asked_for(turn: &Turn<'_>) -> Option<Toward> {
    const ASKS: [&str; 14] = [
        "avez",
        "auriez",
        "aurait",
        "y a",
        "possible",
        "prefere*",
        "plutot",
        "veux",
        "voudrais",
        "finalement",
        "rien",
        "quelque chose",
        "mettre",
        "pour moi",
    ];
    const ELSE: [&str; 10] = [
        "donn*",
        "numero",
        "appel*",
        "rappel*",
        "envo*",
        "dire",
        "dict*",
        "communiqu*",
        "cherch*",
        "a plus tard",
    ];
    let heard = turn.heard.as_ref()?;
    let words = &heard.words;
    let toward = heard.understood.choice.and_then(toward)?;
    let timeless = heard.understood.when.is_empty() && heard.understood.phones.is_empty();
    let short = words.len() <= 5 && turn.state.pending != Some(Pending::QualifContact);
    let asks = words.len() <= 12 && cues::any(words, &ASKS);
    let other = cues::any(words, &ELSE);
    (timeless && !other && (short || asks)).then_some(toward)
}

/// Looks earlier or later than what was chosen.
pub(super) fn look_again(turn: &mut Turn<'_>, toward: Toward) {
    turn.state.pending = None;
    turn.state.offered = turn.state.chosen.take().into_iter().collect();
    look(turn, toward);
}

/// All times on that side of the offers, on one day or any.
fn within(turn: &mut Turn<'_>, toward: Toward, day: Option<Date>) {
    let starts = turn.state.passed.iter().map(|slot| slot.local);
    let midnight = |day: Date| day.at(0, 0, 0, 0);
    let span = match toward {
        Toward::Earlier => Span { from: day.map(midnight), to: starts.min() },
        Toward::Later => {
            Span { from: starts.max(), to: day.and_then(|day| day.tomorrow().ok()).map(midnight) }
        }
    };
    turn.state.wish.within = vec![Window { span, grain: Grain::Day }];
}

/// Nothing is free on that side.
pub(super) fn nothing(turn: &mut Turn<'_>) -> Option<Outcome> {
    let toward = turn.state.wish.toward.filter(|_| !turn.state.passed.is_empty())?;
    let span = turn.state.wish.within.first()?.span;
    if span.from.is_some() && span.to.is_some() {
        turn.lead(said::nothing_toward_that_day(toward));
        within(turn, toward, None);
        return Some(booking::look(turn));
    }
    // The second sentence says it all.
    let narrower = said::nothing_toward_that_day(toward);
    turn.state.lead = turn.state.lead.replace(narrower, "").trim().to_owned();
    turn.lead(said::nothing_toward(toward));
    turn.state.wish.toward = None;
    let offered = std::mem::take(&mut turn.state.passed);
    turn.state.declined.retain(|at| !offered.iter().any(|slot| slot.local == *at));
    turn.state.offered = offered;
    Some(super::advance(turn))
}
