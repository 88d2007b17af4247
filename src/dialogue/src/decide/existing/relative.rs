//! Where an appointment goes, told from where it is: "le lendemain", "le même
//! jour mais plus tôt", "la semaine d'après à la même heure".

mod alone;
mod counted;

use crate::decide::beyond;
use crate::decide::turn::Turn;
use crate::decide::windows::closed;
use crate::decide::wish;
use crate::state::{Goal, Pending, Relative, Toward};
use crate::understand::words::Word;
use crate::understand::{Grain, Window, calendar, cues, dates};
use alone::{a_little, hour_alone};
use counted::counted;
use domain::time::Span;
use jiff::Span as Duration;
use jiff::civil::{Date, DateTime};

/// Takes in a day told from that of the appointment to move.
pub(in crate::decide) fn told_from_it(turn: &mut Turn<'_>) -> bool {
    if turn.state.goal() != Some(Goal::Move) {
        return false;
    }
    let Some(heard) = &turn.heard else { return false };
    let now = turn.now.local;
    let offered = turn.state.pending == Some(Pending::WaitConfirm);
    let told = relative(&heard.words, now).map(|told| match offered {
        false if told.days.is_none() && a_little(&heard.words) => {
            Relative { days: Some(0), ..told }
        }
        _ => told,
    });
    let asked = matches!(turn.state.pending, Some(Pending::WaitConfirm | Pending::QualifPref));
    let just_said = turn.state.pending == Some(Pending::AnythingElse);
    let told = told.or_else(|| hour_alone(&heard.words, now, just_said).filter(|_| !asked));
    // "Vous n'avez rien de plus tôt ?"
    let toward = beyond::asked_for(turn).filter(|_| just_said);
    let told = told.or(toward.map(|it| Relative { toward: Some(it), ..Relative::default() }));
    let Some(relative) = told.filter(|told| !offered || told.days.is_some()) else {
        return false;
    };
    let hours = hours(&heard.words, turn.now.local);
    let same_hour = wish::same_hour(&heard.words);
    let which = before(&heard.words, turn.now.local);
    if turn.state.known.is_empty() && !which.is_empty() {
        turn.state.known_when = which;
    }
    let wish = &mut turn.state.wish;
    wish.within = hours;
    wish.except.clear();
    wish.relative = Some(relative);
    wish.same_hour = same_hour;
    wish.toward = None;
    wish.latest = false;
    wish.near = None;
    wish.stated = true;
    turn.state.declined.clear();
    turn.state.offered.clear();
    turn.state.passed.clear();
    turn.state.chosen = None;
    if let Some(heard) = &mut turn.heard {
        // Counted from today they mean something else.
        heard.understood.when.clear();
        heard.understood.except.clear();
        heard.understood.choice = None;
    }
    true
}

/// Settles it once the appointment is known.
pub(in crate::decide) fn settle(turn: &mut Turn<'_>, at: DateTime) {
    let Some(relative) = turn.state.wish.relative.take() else { return };
    let hours = std::mem::take(&mut turn.state.wish.within);
    turn.state.wish.within = windows(relative, at, &hours);
}

const NEXT_DAY: [&str; 4] = ["lendemain", "jour d apres", "jour suivant", "journee suivante"];
const DAY_BEFORE: [&str; 3] = ["veille", "jour d avant", "jour precedent"];
const NEXT_WEEK: [&str; 4] =
    ["semaine d apres", "semaine suivante", "semaine qui suit", "semaine plus tard"];
const WEEK_BEFORE: [&str; 3] = ["semaine d avant", "semaine precedente", "semaine plus tot"];
/// "Ce jour-là" alone is as often the day on which they cannot come.
const SAME_DAY: [&str; 13] = [
    "meme jour",
    "meme journee",
    "meme date",
    "tot dans la journee",
    "tard dans la journee",
    "avant dans la journee",
    "apres dans la journee",
    "heure dans la journee",
    "moment dans la journee",
    "ce jour la mais plus",
    "ce jour la mais le matin",
    "ce jour la mais l apres",
    "garde* ce jour la",
];
const EARLIER: [&str; 4] = ["plus tot", "avant dans", "moins tard", "trop tard"];
const LATER: [&str; 4] = ["plus tard", "apres dans", "moins tot", "trop tot"];

fn relative(words: &[Word], now: DateTime) -> Option<Relative> {
    let says = |list: &[&str]| cues::any(words, list) && !of_another(words, list, now);
    if says(&["plus tot possible", "plus tard possible"]) {
        return None;
    }
    if let Some(counted) = counted(words) {
        return Some(counted);
    }
    let exactly = says(&["meme jour", "meme heure"]);
    let toward = match () {
        () if says(&EARLIER) => Some(Toward::Earlier),
        () if says(&LATER) => Some(Toward::Later),
        () => None,
    };
    let days = match () {
        () if says(&["surlendemain"]) => Some(2),
        () if says(&NEXT_DAY) => Some(1),
        () if says(&["avant veille"]) => Some(-2),
        () if says(&DAY_BEFORE) => Some(-1),
        () if says(&NEXT_WEEK) => return Some(of_week(7, exactly)),
        () if says(&WEEK_BEFORE) => return Some(of_week(-7, exactly)),
        () if same_day(words) => Some(0),
        () => None,
    };
    // "Plus tard", without a day, needs one that was not said otherwise.
    let alone = toward.is_some() && words.len() <= 14 && !wish::names_a_day(words);
    (days.is_some() || alone).then_some(Relative { days, toward, ..Relative::default() })
}

/// "La veille de Noël", "le lendemain du 10", "la semaine qui suit Pâques": told
/// from that day, not from the appointment's.
fn of_another(words: &[Word], list: &[&str], now: DateTime) -> bool {
    const OF: [&str; 4] = ["de", "du", "d", "des"];
    const FEASTS: [&str; 5] = ["noel", "paques", "toussaint", "ascension", "pentecote"];
    list.iter().any(|cue| {
        let end = cues::said(words, cue).map(|at| at + cue.split(' ').count());
        let rest = end.and_then(|end| words.get(end..)).unwrap_or_default();
        let near = &rest[..rest.len().min(3)];
        let of = near.first().is_some_and(|word| OF.contains(&word.folded.as_str()));
        let feast = near.iter().any(|word| FEASTS.contains(&word.folded.as_str()));
        feast || of && !dates::find(near, now).when.is_empty()
    })
}

/// True when it stays on its day: none other is named, and nothing stands
/// against that one.
fn same_day(words: &[Word]) -> bool {
    const HELD: [&str; 7] =
        ["travaill*", "empechement", "imprevu", "occup*", "absen*", "indisponib*", "peux pas"];
    let stays = |cue: &&str| {
        cues::said(words, cue).is_some_and(|at| !denied(words, at) && !another(&words[at..]))
    };
    let by_day = stays(&"dans la journee") && !another(words) && !cues::any(words, &HELD);
    SAME_DAY.iter().any(stays) || by_day
}

/// A day of its own: "plutôt jeudi", "demain", "la semaine prochaine", "un autre jour".
fn another(words: &[Word]) -> bool {
    const DAYS: [&str; 4] = ["demain", "aujourdhui", "semaine", "mois"];
    if cues::any(words, &["autre jour", "autre date", "jour different"]) {
        return true;
    }
    words.iter().any(|word| calendar::is_named(&word.folded) || DAYS.contains(&&*word.folded))
}

/// "Pas à la même date".
fn denied(words: &[Word], at: usize) -> bool {
    words[at.saturating_sub(3)..at].iter().any(|word| ["pas", "jamais"].contains(&&*word.folded))
}

fn of_week(days: i16, exactly: bool) -> Relative {
    Relative { days: Some(days), week: !exactly, ..Relative::default() }
}

/// Words that tell the day, so that the hours are read without them.
const DAY_WORDS: [&str; 18] = [
    "meme",
    "jour",
    "jours",
    "journee",
    "date",
    "lendemain",
    "surlendemain",
    "veille",
    "semaine",
    "semaines",
    "quinzaine",
    "huitaine",
    "suivante",
    "suivant",
    "precedente",
    "precedent",
    "tot",
    "tard",
];

/// The hours said beside the day.
fn hours(words: &[Word], now: DateTime) -> Vec<Window> {
    let from = words.iter().position(|word| DAY_WORDS.contains(&word.folded.as_str()));
    let rest: Vec<Word> = words[from.unwrap_or(0)..]
        .iter()
        .filter(|word| !DAY_WORDS.contains(&word.folded.as_str()))
        .cloned()
        .collect();
    let found = closed(&dates::find(&rest, now).when);
    let Some(first) = found.first().filter(|window| window.grain <= Grain::Hour) else {
        return Vec::new();
    };
    let day = first.span.from.map(|from| from.date());
    found.iter().filter(|window| window.span.from.map(|from| from.date()) == day).copied().collect()
}

/// What is said of the appointment itself, before where it goes.
fn before(words: &[Word], now: DateTime) -> Vec<Window> {
    let at = words.iter().position(|word| DAY_WORDS.contains(&word.folded.as_str()));
    let told = &words[..at.unwrap_or(0)];
    match wish::names_a_day(told) {
        true => closed(&dates::find(told, now).when),
        false => Vec::new(),
    }
}

fn windows(relative: Relative, at: DateTime, hours: &[Window]) -> Vec<Window> {
    let window = |from, to, grain| Window { span: Span { from, to }, grain };
    if let Some(minutes) = relative.minutes {
        let from = at.checked_add(Duration::new().minutes(minutes)).ok();
        let to = from.and_then(|from| from.checked_add(Duration::new().minutes(1)).ok());
        return vec![window(from, to, Grain::Minute)];
    }
    let after = at.checked_add(Duration::new().minutes(1)).ok();
    let Some(days) = relative.days else {
        return match relative.toward {
            Some(Toward::Earlier) => vec![window(None, Some(at), Grain::Day)],
            _ => vec![window(after, None, Grain::Day)],
        };
    };
    let Ok(day) = at.date().checked_add(Duration::new().days(days)) else { return Vec::new() };
    if relative.week {
        return week(day, hours);
    }
    let end = day.tomorrow().ok().map(|next| next.at(0, 0, 0, 0));
    let from = match (relative.toward, after) {
        (Some(Toward::Later), Some(after)) => day.to_datetime(after.time()),
        _ => day.at(0, 0, 0, 0),
    };
    let to = match relative.toward {
        Some(Toward::Earlier) => Some(day.to_datetime(at.time())),
        _ => end,
    };
    match hours {
        [] => vec![window(Some(from), to, Grain::Day)],
        hours => on(day, hours),
    }
}

/// The whole week of a day, or those hours on its days.
fn week(day: Date, hours: &[Window]) -> Vec<Window> {
    let ahead = day.weekday().to_monday_zero_offset();
    let Ok(monday) = day.checked_sub(Duration::new().days(ahead)) else { return Vec::new() };
    let days = (0..7).filter_map(|n| monday.checked_add(Duration::new().days(n)).ok());
    if !hours.is_empty() {
        return days.flat_map(|day| on(day, hours)).collect();
    }
    let to = monday.checked_add(Duration::new().days(7)).ok().map(|next| next.at(0, 0, 0, 0));
    let span = Span { from: Some(monday.at(0, 0, 0, 0)), to };
    vec![Window { span, grain: Grain::Week }]
}

/// These hours on that day.
fn on(day: Date, hours: &[Window]) -> Vec<Window> {
    let moved = |window: &Window| {
        let (from, to) = window.span.from.zip(window.span.to)?;
        let end = if to.date() > from.date() { day.tomorrow().ok()? } else { day };
        let span =
            Span { from: Some(day.to_datetime(from.time())), to: Some(end.to_datetime(to.time())) };
        Some(Window { span, grain: window.grain })
    };
    hours.iter().filter_map(moved).collect()
}
