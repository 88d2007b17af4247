//! What should have left, computed from what people did alone, against the
//! provider's book.

use super::book::{Fate, Letter, Of};
use super::plan::Person;
use super::report::Report;
use domain::id::AppointmentId;
use domain::reminder::{Due, Rule};
use domain::tenant::Profile;
use jiff::Timestamp;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// So many steps in which everything worked are enough for a reminder to leave,
/// or to find that it must go another way.
const ENOUGH: usize = 8;
/// So many more after somebody was stopped in the middle of it: what may have
/// left is looked up three times.
const LOOKED_UP: usize = 4;

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
    /// What each message was ordered under.
    pub keys: HashMap<String, String>,
    /// What messages were ordered under of which nobody knows what became.
    pub unsure: HashSet<String>,
    /// Steps in which everything worked, in order.
    pub worked: Vec<Timestamp>,
    /// When somebody was stopped in the middle of work, in order.
    pub stops: Vec<Timestamp>,
    pub restarted: usize,
    pub refused: usize,
}

/// A reminder: whose, of which start, how many minutes before.
type Which = (usize, i64, u32);

/// The providers' book, by what the letters are about.
#[derive(Default)]
struct Book<'a> {
    reminders: BTreeMap<Which, Vec<&'a Letter>>,
    /// Letters to an address of which no more is known.
    unnamed: HashMap<usize, Vec<&'a Letter>>,
    /// Since when a person cannot be reached in a way.
    closed: HashMap<(usize, &'static str), Timestamp>,
    /// Reminders with a message of which nobody knows what became of it.
    unsure: HashSet<Which>,
}

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
        stopped: lived.stops.len(),
        restarted: lived.restarted,
        ..Report::default()
    };
    let book = read(lived, &mut report);
    for (which, letters) in &book.reminders {
        once_in_time(lived, *which, letters, &mut report);
    }
    for (person, stands) in lived.stands.iter().enumerate() {
        for stand in stands {
            nobody_forgotten(lived, (person, stand), &book, &mut report);
        }
    }
    report
}

/// Sorts the letters. No message is taken twice.
fn read<'a>(lived: &'a Lived, report: &mut Report) -> Book<'a> {
    let mut book = Book::default();
    let mut taken = HashSet::new();
    for letter in &lived.letters {
        let left = matches!(letter.fate, Fate::Left | Fate::Lost);
        report.provider_errors += usize::from(letter.fate != Fate::Left);
        let key = match &letter.of {
            Of::Message(id) => lived.keys.get(id),
            Of::Address(_) => None,
        };
        if let (true, Of::Message(id)) = (left, &letter.of)
            && !taken.insert(id)
        {
            report.breaks("each message is sent once", format!("{key:?} at {}", letter.at));
        }
        let Some(person) = person_of(lived, letter, key) else {
            report.breaks("nothing is sent that was not ordered", format!("at {}", letter.at));
            continue;
        };
        if letter.fate == Fate::Closed {
            book.closed.entry((person, letter.channel)).or_insert(letter.at);
        }
        match key.map(|key| reminder_of(lived, key)) {
            Some(Some(which)) => book.reminders.entry(which).or_default().push(letter),
            Some(None) => report.notices += usize::from(left),
            None => book.unnamed.entry(person).or_default().push(letter),
        }
    }
    book.unsure = lived.unsure.iter().filter_map(|key| reminder_of(lived, key)).collect();
    book
}

/// Whose letter it is: what it was ordered under names the appointment, an
/// address the person.
fn person_of(lived: &Lived, letter: &Letter, key: Option<&String>) -> Option<usize> {
    match (&letter.of, key) {
        (_, Some(key)) => lived.ids.get(&key.split(':').nth(1)?.parse().ok()?).copied(),
        (Of::Address(address), None) => {
            let number = address.strip_prefix('p')?.split_once('@')?.0.parse().ok()?;
            (number < lived.persons.len()).then_some(number)
        }
        (Of::Message(_), None) => None,
    }
}

/// `reminder:APPOINTMENT:MINUTES:START[:TRY]`.
fn reminder_of(lived: &Lived, key: &str) -> Option<Which> {
    let mut parts = key.strip_prefix("reminder:")?.split(':');
    let person = lived.ids.get(&parts.next()?.parse().ok()?)?;
    let minutes = parts.next()?.parse().ok()?;
    Some((*person, parts.next()?.parse().ok()?, minutes))
}

/// Each reminder left once at most; while the appointment stood at that start,
/// by day, and neither too early nor too late.
fn once_in_time(
    lived: &Lived,
    (person, start, minutes): Which,
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
        let due = Due { until: end, ..due };
        let start = stand.start.as_millisecond();
        let near = (person, start, 0)..=(person, start, rule.minutes);
        let told: Vec<&Letter> =
            book.reminders.range(near.clone()).flat_map(|(_, letters)| letters).copied().collect();
        if told.iter().any(|letter| letter.fate == Fate::Left) {
            continue;
        }
        // A message of which nobody knows is shown to a person and not sent twice.
        if book.unsure.iter().any(|which| near.contains(which)) {
            report.unsure += 1;
        } else if steps(lived, profile, due) < ENOUGH + trouble(lived, book, person, &told, due) {
            report.due_in_an_outage += 1;
        } else if !tried_all(lived, (person, rule), book, &told, due) {
            let case =
                format!("appointment {person}, {} minutes before {}", rule.minutes, stand.start);
            report.breaks("nobody is forgotten", case);
        }
    }
}

/// How many steps more everything took that went wrong.
fn trouble(lived: &Lived, book: &Book<'_>, person: usize, told: &[&Letter], due: Due) -> usize {
    let within = |at: &Timestamp| due.from <= *at && *at < due.until;
    let stops = lived.stops.iter().filter(|at| within(at)).count();
    let unnamed = book.unnamed.get(&person).into_iter().flatten();
    let unnamed = unnamed.filter(|letter| within(&letter.at)).copied();
    let all = told.iter().copied().chain(unnamed);
    LOOKED_UP * stops + all.map(|letter| letter.fate.steps()).sum::<usize>()
}

/// True when the providers took none of the ways to the person.
fn tried_all(
    lived: &Lived,
    (person, rule): (usize, &Rule),
    book: &Book<'_>,
    told: &[&Letter],
    due: Due,
) -> bool {
    let mail = lived.persons[person].mail;
    let mut ways =
        rule.channels().map(|channel| channel.as_str()).filter(|way| mail || *way != "email");
    ways.all(|way| {
        let closed = book.closed.iter().any(|((whose, channel), since)| {
            (*whose, *channel) == (person, way) && *since < due.until
        });
        let failed = [Fate::Refused, Fate::Lost, Fate::Closed];
        closed || told.iter().any(|letter| letter.channel == way && failed.contains(&letter.fate))
    })
}

/// In how many steps everything worked, by day.
fn steps(lived: &Lived, profile: &Profile, due: Due) -> usize {
    let begin = lived.worked.partition_point(|at| *at < due.from);
    let within = lived.worked[begin..].iter().take_while(|at| **at < due.until);
    within.filter(|at| !is_night(profile, **at)).count()
}

#[cfg(test)]
mod tests;
