//! What should have left, computed from what people did alone, against the
//! provider's book.

use super::plan::Person;
use super::post::{Fate, Letter};
use domain::id::AppointmentId;
use domain::reminder::{Due, Rule};
use domain::tenant::Profile;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// So many steps in which everything worked are enough for a reminder to leave.
const ENOUGH: usize = 6;
/// The most broken promises that are told in words.
const TOLD: usize = 20;

/// A start that an appointment had for a while.
#[derive(Debug, Clone)]
pub(super) struct Stand {
    pub start: Timestamp,
    pub from: Timestamp,
    pub until: Option<Timestamp>,
}

/// What happened in a month.
#[derive(Default)]
pub(super) struct Lived {
    pub profiles: Vec<Arc<Profile>>,
    pub persons: Vec<Person>,
    pub stands: Vec<Vec<Stand>>,
    pub ids: HashMap<AppointmentId, usize>,
    pub letters: Vec<Letter>,
    /// Steps in which everything worked, in order.
    pub worked: Vec<Timestamp>,
    pub stopped: usize,
    pub restarted: usize,
    pub refused: usize,
}

/// A promise that was not kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Broken {
    /// Which.
    pub promise: String,
    /// Where.
    pub case: String,
}

/// What came of a drill.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Tenants that took part.
    pub tenants: usize,
    /// Appointments that were made.
    pub appointments: usize,
    /// Wishes that were refused: the hour was taken or over.
    pub wishes_refused: usize,
    /// Moves.
    pub moved: usize,
    /// Cancellations.
    pub cancelled: usize,
    /// Reminders that had to leave.
    pub due: usize,
    /// Of these, how many had no time to: somebody or something was away.
    pub due_in_an_outage: usize,
    /// Reminders that left.
    pub reminders: usize,
    /// Messages of moves and cancellations that left.
    pub notices: usize,
    /// Letters that the provider refused or lost.
    pub provider_errors: usize,
    /// How often an instance was stopped in the middle of its work.
    pub stopped: usize,
    /// How often one was started anew after that.
    pub restarted: usize,
    /// Promises that were broken.
    pub broken: usize,
    /// The first of them.
    pub told: Vec<Broken>,
}

impl Report {
    /// Adds another part.
    pub fn add(&mut self, part: Self) {
        let sums = [
            (&mut self.tenants, part.tenants),
            (&mut self.appointments, part.appointments),
            (&mut self.wishes_refused, part.wishes_refused),
            (&mut self.moved, part.moved),
            (&mut self.cancelled, part.cancelled),
            (&mut self.due, part.due),
            (&mut self.due_in_an_outage, part.due_in_an_outage),
            (&mut self.reminders, part.reminders),
            (&mut self.notices, part.notices),
            (&mut self.provider_errors, part.provider_errors),
            (&mut self.stopped, part.stopped),
            (&mut self.restarted, part.restarted),
            (&mut self.broken, part.broken),
        ];
        for (sum, more) in sums {
            *sum += more;
        }
        self.told.extend(part.told);
        self.told.truncate(TOLD);
    }

    fn breaks(&mut self, promise: &str, case: String) {
        self.broken += 1;
        if self.told.len() < TOLD {
            self.told.push(Broken { promise: promise.to_owned(), case });
        }
    }
}

/// A reminder in the provider's book: which, of which start, which letters.
type Book<'a> = BTreeMap<(usize, i64, u32), Vec<&'a Letter>>;

/// Judges a month.
pub(super) fn judge(lived: &Lived) -> Report {
    let made = lived.stands.iter().filter(|stands| !stands.is_empty());
    let moved = lived.stands.iter().map(|stands| stands.len().saturating_sub(1)).sum();
    let gone = |stands: &&Vec<Stand>| stands.last().is_some_and(|last| last.until.is_some());
    let mut report = Report {
        tenants: lived.profiles.len(),
        appointments: made.clone().count(),
        wishes_refused: lived.refused,
        moved,
        cancelled: made.filter(gone).count(),
        stopped: lived.stopped,
        restarted: lived.restarted,
        ..Report::default()
    };
    let mut book = Book::new();
    for letter in &lived.letters {
        if letter.fate != Fate::Left {
            report.provider_errors += 1;
        }
        match reminder_of(lived, &letter.key) {
            Some(which) => book.entry(which).or_default().push(letter),
            None => report.notices += usize::from(letter.fate == Fate::Left),
        }
    }
    for (which, letters) in &book {
        once_in_time(lived, *which, letters, &mut report);
    }
    for (person, stands) in lived.stands.iter().enumerate() {
        for stand in stands {
            nobody_forgotten(lived, (person, stand), &book, &mut report);
        }
    }
    report
}

/// `reminder:APPOINTMENT:MINUTES:START[:TRY]`.
fn reminder_of(lived: &Lived, key: &str) -> Option<(usize, i64, u32)> {
    let mut parts = key.strip_prefix("reminder:")?.split(':');
    let person = lived.ids.get(&parts.next()?.parse().ok()?)?;
    let minutes = parts.next()?.parse().ok()?;
    Some((*person, parts.next()?.parse().ok()?, minutes))
}

/// Each reminder left once at most; while the appointment stood at that start,
/// by day, and neither too early nor too late.
fn once_in_time(
    lived: &Lived,
    (person, start, minutes): (usize, i64, u32),
    letters: &[&Letter],
    report: &mut Report,
) {
    let left: Vec<_> = letters.iter().filter(|letter| letter.fate == Fate::Left).collect();
    report.reminders += left.len();
    let case = |at: Timestamp| format!("appointment {person}, {minutes} minutes before, at {at}");
    if let [_, second, ..] = left[..] {
        report.breaks("each reminder is sent once", case(second.at));
    }
    let profile = &lived.profiles[lived.persons[person].tenant];
    let rule = profile.reminding.rules.iter().find(|rule| rule.minutes == minutes);
    for letter in letters {
        let stood = lived.stands[person].iter().find(|stand| {
            stand.start.as_millisecond() == start
                && stand.from <= letter.at
                && stand.until.is_none_or(|until| letter.at < until)
        });
        let Some(stood) = stood else {
            report.breaks("none after a move or a cancellation", case(letter.at));
            continue;
        };
        if is_night(profile, letter.at) {
            report.breaks("none at night", case(letter.at));
        }
        let due = rule.and_then(|rule| profile.reminding.due(rule, stood.start, &profile.zone));
        if due.is_none_or(|due| letter.at < due.from || letter.at >= due.until) {
            report.breaks("none too early, none too late", case(letter.at));
        }
    }
}

/// By the hands of the clock on the tenant's wall.
fn is_night(profile: &Profile, at: Timestamp) -> bool {
    let (time, night) = (profile.zone.to_datetime(at).time(), profile.reminding.night);
    time >= night.from || time < night.to
}

/// Whatever had time to leave has left, or a nearer one has.
fn nobody_forgotten(
    lived: &Lived,
    (person, stand): (usize, &Stand),
    book: &Book<'_>,
    report: &mut Report,
) {
    let profile = &lived.profiles[lived.persons[person].tenant];
    for rule in &profile.reminding.rules {
        let due = profile.reminding.due(rule, stand.start, &profile.zone);
        let Some(due) = due.filter(|due| due.from > stand.from) else { continue };
        let end = stand.until.map_or(due.until, |until| until.min(due.until));
        if end <= due.from {
            continue;
        }
        report.due += 1;
        if steps(lived, profile, Due { until: end, ..due }) < ENOUGH {
            report.due_in_an_outage += 1;
            continue;
        }
        let start = stand.start.as_millisecond();
        let near = book.range((person, start, 0)..=(person, start, rule.minutes));
        let told: Vec<_> = near.flat_map(|(_, letters)| letters).collect();
        let left = told.iter().any(|letter| letter.fate == Fate::Left);
        if !left && !tried_all(lived, person, rule, &told) {
            let case =
                format!("appointment {person}, {} minutes before {}", rule.minutes, stand.start);
            report.breaks("nobody is forgotten", case);
        }
    }
}

/// True when the provider took none of the ways to the person.
fn tried_all(lived: &Lived, person: usize, rule: &Rule, told: &[&&Letter]) -> bool {
    let mail = lived.persons[person].mail;
    let mut ways =
        rule.channels().map(|channel| channel.as_str()).filter(|way| mail || *way != "email");
    ways.all(|way| told.iter().any(|letter| letter.channel == way))
}

/// In how many steps everything worked, by day.
fn steps(lived: &Lived, profile: &Profile, due: Due) -> usize {
    let begin = lived.worked.partition_point(|at| *at < due.from);
    let within = lived.worked[begin..].iter().take_while(|at| **at < due.until);
    within.filter(|at| !is_night(profile, **at)).count()
}

#[cfg(test)]
mod tests;
