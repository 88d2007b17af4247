//! Dates, times and preferences: a constraint over the calendar.
//!
//! The words are scanned into tokens ([`scan`]), read from left to right into
//! groups of days and times ([`reader`]), and counted out on the calendar
//! ([`windows`]). Everything is local wall time.

mod ahead;
mod anchors;
mod atoms;
mod bounds;
mod cardinals;
mod clock;
mod day;
mod days;
mod deadlines;
mod dictation;
mod distances;
mod doubts;
mod feasts;
mod first;
mod gather;
mod group;
mod hours;
mod lexicon;
mod life;
mod listed;
mod mild;
mod noise;
mod numbered;
mod parts;
mod periods;
mod phrases;
mod reader;
mod repairs;
mod scan;
mod sides;
mod signals;
mod sizes;
mod slots;
#[cfg(test)]
mod tests;
mod weeks;
mod windows;

pub use doubts::Doubt;

use super::{Window, words::Word};
use days::Days;
use domain::time::Span;
use group::Group;
use jiff::civil::DateTime;
use reader::Reader;

/// What an utterance says about time.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Dates {
    /// Acceptable windows, soonest future first, preferred reading first. A
    /// window of minutes or hours with an open side is open within its day
    /// only: "après 18 h" ends with the day.
    pub when: Vec<Window>,
    /// Windows that do not suit.
    pub except: Vec<Span>,
    /// Days that others take the place of: "jeudi au lieu de mardi", "décaler de
    /// mardi à jeudi".
    pub replaced: Vec<Window>,
    /// "Le plus tôt possible".
    pub earliest: bool,
    /// "Le plus tard possible".
    pub latest: bool,
    /// A date that cannot be meant as it was said.
    pub doubt: Option<Doubt>,
    /// The words that were read as dates or times, as ranges of indices.
    pub words: Vec<(usize, usize)>,
}

/// Reads every temporal expression.
pub fn find(words: &[Word], now: DateTime) -> Dates {
    let scan = scan::scan(words);
    let read = Reader::read(&scan.lex, now);
    let span = |(from, to): &(usize, usize)| {
        Some((scan.words.get(*from)?.0, scan.words.get(to.checked_sub(1)?)?.1))
    };
    let spans = read.taken.iter().filter_map(span).collect();
    let except = excluded(&read, now);
    // The hour of a date that does not exist is no hour of other days.
    let nowhere = matches!(read.doubt, Some(Doubt::NoSuchDate { .. }))
        && read.groups.iter().all(|group| group.days.is_empty());
    let when = match nowhere {
        true => Vec::new(),
        false => windows::without(allowed(&read, !except.is_empty(), now), &except),
    };
    Dates {
        when,
        except: except.iter().map(closed_span).collect(),
        replaced: replaced(&read, now),
        earliest: read.earliest,
        latest: read.latest,
        doubt: read.doubt,
        words: spans,
    }
}

fn excluded(read: &Reader<'_>, now: DateTime) -> Vec<Window> {
    let mut found = Vec::new();
    let mut asked: Option<&Group> = None;
    for group in &read.groups {
        if group.negative {
            let inside = asked.and_then(|asked| group.inside(asked, now.date()));
            found.extend(windows::of_group(inside.as_ref().unwrap_or(group), now));
        } else if !group.days.is_empty() {
            asked = Some(group);
        }
    }
    windows::ordered(found, now)
}

fn replaced(read: &Reader<'_>, now: DateTime) -> Vec<Window> {
    let mut group = Group::new(0);
    group.days.clone_from(&read.replaced);
    if group.days.is_empty() {
        return Vec::new();
    }
    windows::ordered(windows::of_group(&group, now), now)
}

/// What was asked for; with nothing but exceptions, every other day.
fn allowed(read: &Reader<'_>, excepted: bool, now: DateTime) -> Vec<Window> {
    let positive = read.groups.iter().filter(|group| !group.negative);
    let mut found: Vec<_> = positive.flat_map(|group| windows::of_group(group, now)).collect();
    let soon = read.windows.iter().filter_map(|window| Some(((0, window.span.from?), *window)));
    found.extend(soon);
    if found.is_empty() && read.limits.is_empty() && (excepted || read.any) {
        let mut every = Group::new(0);
        every.days.push(Days::Every(every.mask));
        found = windows::of_group(&every, now);
    }
    windows::within(windows::ordered(found, now), &read.limits)
}

fn closed_span(window: &Window) -> Span {
    let (from, to) = windows::closed(window);
    Span { from: (from != DateTime::MIN).then_some(from), to: (to != DateTime::MAX).then_some(to) }
}
