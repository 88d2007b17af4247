//! A little earlier or later, or an hour without a day: both stay on the day of
//! the appointment.

use super::another;
use crate::decide::existing::which;
use crate::decide::wish;
use crate::state::Relative;
use crate::understand::words::Word;
use crate::understand::{Grain, cues, dates};
use jiff::civil::DateTime;

/// "Un peu plus tôt" stays on its day.
pub(super) fn a_little(words: &[Word]) -> bool {
    cues::any(words, &["peu plus tot", "peu plus tard"])
}

/// "On peut le mettre vers quatorze heures ?": that hour of its day; so is
/// "plutôt le matin", `just_said` when it is.
pub(super) fn hour_alone(words: &[Word], now: DateTime, just_said: bool) -> Option<Relative> {
    const TO: [&str; 4] = ["a", "vers", "pour", "plutot"];
    let places = (0..words.len()).filter(|at| TO.contains(&words[*at].folded.as_str()));
    let to = places.rev().find(|at| !dates::find(&words[*at..], now).when.is_empty())?;
    let hours = dates::find(words, now).when;
    let narrow = hours
        .iter()
        .all(|window| just_said && window.grain <= Grain::Hour || wish::pointed(window).is_some());
    let before = !dates::find(&words[..to], now).when.is_empty();
    let which = words[to..].iter().any(which::moves);
    let alone = narrow && !before && !which && !another(words) && !wish::names_a_day(words);
    alone.then_some(Relative { days: Some(0), ..Relative::default() })
}
