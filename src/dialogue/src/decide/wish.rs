//! When the caller would come, as it grows and changes over the turns.

use super::booking::OFFERS;
use super::turn::Turn;
use super::whom;
use super::windows::{MAX_WINDOWS, at_that_hour, in_that_week};
pub(super) use super::windows::{closed, merged};
use crate::understand::words::Word;
use crate::understand::{Grain, Window};
use crate::understand::{calendar, cues};
use domain::availability::{Slot, Wish};
use domain::time::Span;
use jiff::civil::{DateTime, Time};
use jiff::{SignedDuration, Span as Duration};

/// Takes in what this utterance says about time.
pub(super) fn merge(turn: &mut Turn<'_>) {
    let hour = hour_kept(turn);
    let Some(heard) = &turn.heard else { return };
    let same = same_hour(&heard.words);
    let understood = &heard.understood;
    let wish = &mut turn.state.wish;
    if !understood.when.is_empty() {
        let day_named = names_a_day(&heard.words);
        let new = closed(&understood.when);
        let new = match hour {
            Some(time) => at_that_hour(&new, time),
            None => new,
        };
        // "Dix heures", once a slot is chosen, is about its day.
        let chosen = turn.state.chosen.as_ref().filter(|_| !day_named);
        let old = chosen.map_or_else(|| wish.within.clone(), |slot| vec![whole_day(slot.local)]);
        let new = in_that_week(&old, new, &heard.words);
        let new = otherwise(&old, new, &heard.words, turn.now.local);
        wish.within = merged(&old, &new, day_named);
        wish.except.clear();
        turn.state.declined.clear();
    } else if let Some(time) = hour {
        wish.within = at_that_hour(&wish.within, time);
    } else if understood.except.is_empty() && !understood.latest {
        wish.within.clear();
    }
    wish.except.extend(understood.except.iter().take(MAX_WINDOWS).copied());
    wish.except.truncate(MAX_WINDOWS);
    wish.same_hour = same && hour.is_none();
    // "Le plus tard possible" holds for another day, not for other hours.
    let hours = understood.when.iter().any(|window| window.grain <= Grain::Hour);
    wish.latest = understood.latest || wish.latest && !(hours || understood.earliest);
    wish.toward = None;
    wish.relative = None;
    wish.stated = true;
    wish.near = None;
    turn.state.offered.clear();
    turn.state.passed.clear();
    turn.state.chosen = None;
}

/// "Sinon lundi", said on a Monday after a later day, is the Monday after.
fn otherwise(old: &[Window], new: Vec<Window>, words: &[Word], now: DateTime) -> Vec<Window> {
    let day = |window: &Window| window.span.from.map(|from| from.date());
    let later = old.iter().any(|window| day(window) > Some(now.date()));
    let says = words.iter().any(|word| word.folded == "sinon");
    let after: Vec<Window> =
        new.iter().filter(|window| day(window) > Some(now.date())).copied().collect();
    if says && later && !after.is_empty() { after } else { new }
}

/// Replaces the wish by these windows.
pub(super) fn wish_for(turn: &mut Turn<'_>, windows: &[Window]) {
    let hour = hour_kept(turn);
    let same = turn.heard.as_ref().is_some_and(|heard| same_hour(&heard.words));
    let windows = closed(windows);
    let windows = hour.map_or_else(|| windows.clone(), |time| at_that_hour(&windows, time));
    turn.state.wish.within = windows.into_iter().take(MAX_WINDOWS).collect();
    turn.state.wish.same_hour = same && hour.is_none();
    turn.state.wish.toward = None;
    turn.state.wish.relative = None;
    turn.state.wish.stated = true;
    turn.state.wish.near = None;
    turn.state.offered.clear();
    turn.state.chosen = None;
}

/// What to ask the outside for.
pub(super) fn wish(turn: &Turn<'_>) -> Wish {
    let preference = &turn.state.wish;
    let declined = turn
        .state
        .declined
        .iter()
        .filter_map(|at| Some(Span { from: Some(*at), to: Some(minute_after(*at)?) }));
    Wish {
        service: preference.service.clone(),
        within: preference.within.iter().map(|window| window.span).collect(),
        except: preference.except.iter().copied().chain(declined).collect(),
        calendars: whom::wanted(turn),
    }
}

/// The slot that starts exactly when the caller said, when only one does.
pub(super) fn exact(turn: &Turn<'_>, slots: &[Slot]) -> Option<Slot> {
    let said = |slot: &&Slot| {
        turn.state.wish.within.iter().any(|window| pointed(window) == Some(slot.local))
    };
    let mut exact = slots.iter().filter(said);
    match (exact.next(), exact.next()) {
        (Some(only), None) => Some(only.clone()),
        _ => None,
    }
}

/// The one hour asked for, when the wish is nothing wider: its readings differ
/// at most in the half of the day.
pub(super) fn point(turn: &Turn<'_>) -> Option<DateTime> {
    let points: Vec<DateTime> = turn.state.wish.within.iter().map_while(pointed).collect();
    let first = points.first()?;
    let same = |point: &DateTime| {
        let half_days = (point.hour() - first.hour()) % 12 == 0;
        point.date() == first.date() && half_days && point.minute() == first.minute()
    };
    let alone = points.len() == turn.state.wish.within.len() && points.iter().all(same);
    alone.then_some(*first)
}

/// The start of a window that means one hour or minute.
pub(super) fn pointed(window: &Window) -> Option<DateTime> {
    let (from, to) = window.span.from.zip(window.span.to)?;
    let narrow = to.duration_since(from) <= SignedDuration::from_hours(1);
    (narrow && window.grain <= Grain::Hour).then_some(from)
}

/// The beginning of a wish for a part of one day on which the doors open:
/// what else there is that day is closer than another day.
pub(super) fn part_of_open_day(turn: &Turn<'_>) -> Option<DateTime> {
    let [window] = turn.state.wish.within[..] else { return None };
    let (from, to) = window.span.from.zip(window.span.to)?;
    let part =
        window.grain <= Grain::Hour && to.duration_since(from) < SignedDuration::from_hours(23);
    let open = !turn.script.profile.openings_on(from.date()).is_empty();
    (part && open && from.date() >= turn.now.local.date()).then_some(from)
}

/// The whole day of an hour that is not free.
pub(super) fn widen(turn: &mut Turn<'_>, point: DateTime) {
    turn.state.wish.within = vec![whole_day(point)];
    turn.state.wish.near = Some(point);
}

/// An hour said without a day is one of the day on which everything offered lies.
pub(super) fn on_the_day_offered(turn: &mut Turn<'_>) {
    let mut days = turn.state.offered.iter().map(|slot| slot.local);
    if let Some(day) = days.next()
        && days.all(|other| other.date() == day.date())
    {
        turn.state.wish.within = vec![whole_day(day)];
    }
}

/// Wishes for one start alone.
pub(super) fn at(turn: &mut Turn<'_>, start: DateTime) {
    wish_for(turn, &[minute(start)]);
}

/// The window of one start alone.
pub(super) fn minute(start: DateTime) -> Window {
    Window { span: Span { from: Some(start), to: minute_after(start) }, grain: Grain::Minute }
}

fn whole_day(at: DateTime) -> Window {
    let midnight = at.date().at(0, 0, 0, 0);
    let to = midnight.checked_add(Duration::new().days(1)).ok();
    Window { span: Span { from: Some(midnight), to }, grain: Grain::Day }
}

/// The slots closest to an hour, soonest first.
pub(super) fn closest(slots: &[Slot], point: DateTime, count: usize) -> Vec<Slot> {
    let mut by_distance: Vec<&Slot> = slots.iter().collect();
    by_distance.sort_by_key(|slot| slot.local.duration_since(point).abs());
    by_distance.truncate(count);
    by_distance.sort_by_key(|slot| slot.start);
    by_distance.into_iter().cloned().collect()
}

/// The last slots of the only day, or the last one of each of the first days;
/// with `limit` slots the last day may go on.
pub(super) fn last_of_days(slots: &[Slot], limit: usize) -> Vec<Slot> {
    let Some((first, last)) = slots.first().zip(slots.last()) else { return Vec::new() };
    if first.local.date() == last.local.date() {
        return slots[slots.len().saturating_sub(OFFERS)..].to_vec();
    }
    let ends = slots.windows(2).filter(|two| two[0].local.date() != two[1].local.date());
    let whole = (slots.len() < limit).then_some(last);
    ends.map(|two| &two[0]).chain(whole).take(OFFERS).cloned().collect()
}

/// "Plutôt mercredi, à la même heure".
pub(super) fn same_hour(words: &[Word]) -> bool {
    words.windows(2).any(|two| two[0].folded == "meme" && two[1].folded.starts_with("heure"))
}

/// The hour that "à la même heure" means: of the slot or wish before, or of the
/// appointment to move.
pub(super) fn hour_kept(turn: &Turn<'_>) -> Option<Time> {
    turn.heard.as_ref().filter(|heard| same_hour(&heard.words))?;
    let chosen = turn.state.chosen.as_ref().map(|slot| slot.local.time());
    let known = || turn.state.known.first().map(|known| known.local.time());
    chosen.or_else(|| hour_before(&turn.state.wish.within)).or_else(known)
}

/// "Et demie", "et quart", after the hour that was just chosen: a pause has cut
/// "deux heures et demie". True when that is what was said.
pub(super) fn minutes_follow(turn: &mut Turn<'_>) -> bool {
    let mut words = turn.heard.iter().flat_map(|heard| &heard.words);
    let (Some(and), Some(part)) = (words.find(|word| word.folded != "euh"), words.next()) else {
        return false;
    };
    let minutes = match (and.folded.as_str(), part.folded.as_str()) {
        ("et", "demie" | "demi") => 30,
        ("et", "quart") => 15,
        _ => return false,
    };
    if let Some((offer, hour)) = turn.state.agreeing()
        && hour.checked_add(Duration::new().minutes(minutes)).ok() == Some(offer.local)
    {
        turn.state.chosen = Some(offer.clone());
        turn.state.offered.clear();
        return true;
    }
    let Some(chosen) = turn.state.chosen.take_if(|slot| slot.local.minute() == 0) else {
        return false;
    };
    let Ok(from) = chosen.local.checked_add(Duration::new().minutes(minutes)) else {
        return false;
    };
    turn.state.wish.within = vec![minute(from)];
    turn.state.wish.stated = true;
    turn.state.wish.near = None;
    true
}

/// Settles "à la même heure" once the appointment to move is known.
pub(super) fn settle_hour(turn: &mut Turn<'_>, time: Time) {
    if std::mem::take(&mut turn.state.wish.same_hour) {
        turn.state.wish.within = at_that_hour(&turn.state.wish.within, time);
    }
}

fn hour_before(within: &[Window]) -> Option<Time> {
    within.first().and_then(pointed).map(|point| point.time())
}

/// True when the words name a day rather than only an hour or a part of the day.
pub(super) fn names_a_day(words: &[Word]) -> bool {
    const DAYS: [&str; 10] = [
        "demain",
        "aujourdhui",
        "apres-demain",
        "semaine",
        "mois",
        "jours",
        "quinzaine",
        "noel",
        "week",
        "jour",
    ];
    words.iter().any(|word| DAYS.contains(&&*word.folded) || calendar::is_named(&word.folded))
}

fn minute_after(at: DateTime) -> Option<DateTime> {
    at.checked_add(Duration::new().minutes(1)).ok()
}

/// "Le plus tôt", "au plus vite", "le prochain créneau disponible".
pub(super) fn says_soonest(words: &[Word]) -> bool {
    const SOON: [&str; 4] = ["tot", "vite", "rapidement", "rapide"];
    const NEXT: [&str; 12] = [
        "premier jour possible",
        "premier jour disponible",
        "premiere date possible",
        "premier rendez vous possible",
        "prochain disponible",
        "premier disponible",
        "prochain creneau",
        "premier creneau disponible",
        "premier creneau libre",
        "prochaine disponib*",
        "premiere disponib*",
        "prochaine place",
    ];
    if cues::any(words, &NEXT) {
        return true;
    }
    words.windows(3).any(|three| {
        let [article, more, soon] = three else { return false };
        ["le", "au"].contains(&article.folded.as_str())
            && more.folded == "plus"
            && SOON.contains(&soon.folded.as_str())
    })
}
