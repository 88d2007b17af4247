//! What people do in the month, drawn from a seed before anything happens.

use super::Size;
use domain::channel::Kind;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use serde_json::{Map, Value, json};

/// Days of the month.
pub(super) const DAYS: i64 = 31;
/// Steps of the clock.
pub(super) const STEP: SignedDuration = SignedDuration::from_mins(5);

/// Where the tenants are: the clocks change in some, on different days.
const ZONES: [&str; 6] = [
    "Europe/Paris",
    "America/New_York",
    "Indian/Reunion",
    "Pacific/Noumea",
    "America/Miquelon",
    "Europe/London",
];

/// What the tenants have decided about reminders.
const REMINDERS: [&str; 5] = [
    "",
    "[[reminder]]\nbefore_minutes = 1440\nchannel = \"whatsapp\"\nfallback = \"sms\"\n\
     [[reminder]]\nbefore_minutes = 60\nchannel = \"whatsapp\"\nfallback = \"email\"\n",
    "[[reminder]]\nbefore_minutes = 2880\nchannel = \"email\"\n[[reminder]]\nbefore_minutes = 1440\n\
     [[reminder]]\nbefore_minutes = 120\n",
    "[reminders]\nnight_from = \"20:00\"\nnight_to = \"09:00\"\n",
    "[[reminder]]\nbefore_minutes = 10080\n[[reminder]]\nbefore_minutes = 90\nchannel = \"email\"\n",
];

/// What somebody does at a moment.
#[derive(Debug, Clone)]
pub(super) struct Act {
    pub at: Timestamp,
    /// Which appointment of the plan.
    pub appointment: usize,
    pub what: What,
}

/// What is done.
#[derive(Debug, Clone)]
pub(super) enum What {
    Book(DateTime),
    Move(DateTime),
    Cancel,
}

/// An appointment of the plan.
#[derive(Debug, Clone)]
pub(super) struct Person {
    /// The how-manieth tenant's.
    pub tenant: usize,
    pub calendar: usize,
    /// Makes the number and the address.
    pub number: usize,
    pub mail: bool,
}

/// A time in which something does not work.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outage {
    pub from: Timestamp,
    pub to: Timestamp,
}

/// The whole month.
pub(super) struct Plan {
    pub zones: Vec<TimeZone>,
    pub people: Vec<Person>,
    /// In order.
    pub acts: Vec<Act>,
    /// Nobody of us works.
    pub down: Vec<Outage>,
    /// No provider takes anything.
    pub deaf: Vec<Outage>,
    pub first: Timestamp,
    pub last: Timestamp,
}

impl Plan {
    /// Draws it.
    pub(super) fn draw(size: Size, first: Date) -> Self {
        let mut chance = StdRng::seed_from_u64(size.seed);
        let begin = utc(first);
        let end = utc(first.saturating_add(Span::new().days(DAYS + 2)));
        let zones: Vec<TimeZone> = (0..size.tenants)
            .map(|tenant| TimeZone::get(ZONES[tenant % ZONES.len()]).unwrap_or(TimeZone::UTC))
            .collect();
        let mut people = Vec::with_capacity(size.appointments);
        let mut acts = Vec::new();
        for number in 0..size.appointments {
            let tenant = number % size.tenants;
            let calendar = chance.random_range(0..3);
            let mail = chance.random_bool(0.9);
            people.push(Person { tenant, calendar, number, mail });
            fate(&mut chance, number, (&zones[tenant], first, begin), &mut acts);
        }
        acts.sort_by_key(|act| (act.at, act.appointment));
        let down = outages(&mut chance, (begin, end), 3, (30, 240));
        let deaf = outages(&mut chance, (begin, end), 5, (20, 300));
        Self { zones, people, acts, down, deaf, first: begin, last: end }
    }
}

/// Books, perhaps moves twice, perhaps cancels: each before the start that stands.
fn fate(
    chance: &mut StdRng,
    appointment: usize,
    (zone, first, begin): (&TimeZone, Date, Timestamp),
    acts: &mut Vec<Act>,
) {
    let start = moment(chance, first, 1);
    let Ok(mut stands) = zone.to_timestamp(start) else { return };
    let lead = SignedDuration::from_mins(chance.random_range(10..9 * 24 * 60));
    let mut at = stands.saturating_sub(lead).unwrap_or(begin).max(begin);
    acts.push(Act { at, appointment, what: What::Book(start) });
    for _ in 0..2 {
        if !chance.random_bool(0.2) {
            break;
        }
        let Some(then) = between(chance, at, stands) else { return };
        let day = (zone.to_datetime(then).date() - first).get_days();
        let to = moment(chance, first, i64::from(day) + 1);
        let Ok(next) = zone.to_timestamp(to) else { return };
        if next <= then {
            return;
        }
        acts.push(Act { at: then, appointment, what: What::Move(to) });
        (at, stands) = (then, next);
    }
    if chance.random_bool(0.15)
        && let Some(then) = between(chance, at, stands)
    {
        acts.push(Act { at: then, appointment, what: What::Cancel });
    }
}

/// Often soon before the start, where reminders are about to leave.
fn between(chance: &mut StdRng, from: Timestamp, to: Timestamp) -> Option<Timestamp> {
    let whole = to.duration_since(from).as_secs() - 120;
    if whole <= 60 {
        return None;
    }
    let late = chance.random_bool(0.4).then_some(whole.min(90 * 60));
    let left = chance.random_range(60..=late.unwrap_or(whole));
    to.checked_sub(SignedDuration::from_secs(left)).ok()
}

/// A start of some day from `least` on, at any hour of the practice.
fn moment(chance: &mut StdRng, first: Date, least: i64) -> DateTime {
    let day = chance.random_range(least.min(DAYS - 1)..DAYS);
    let half = chance.random_range(0..28);
    let time = Time::midnight().saturating_add(Span::new().minutes(7 * 60 + half * 30));
    first.saturating_add(Span::new().days(day)).to_datetime(time)
}

fn outages(
    chance: &mut StdRng,
    (from, to): (Timestamp, Timestamp),
    count: usize,
    (least, most): (i64, i64),
) -> Vec<Outage> {
    let whole = to.duration_since(from).as_secs();
    (0..count)
        .filter_map(|_| {
            let begin = SignedDuration::from_secs(chance.random_range(0..whole.max(1)));
            let from = from.checked_add(begin).ok()?;
            let long = SignedDuration::from_mins(chance.random_range(least..most));
            Some(Outage { from, to: from.checked_add(long).ok()? })
        })
        .collect()
}

fn utc(day: Date) -> Timestamp {
    day.to_zoned(TimeZone::UTC).map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
}

/// True when an instant lies in one of them.
pub(super) fn in_one(outages: &[Outage], at: Timestamp) -> bool {
    outages.iter().any(|outage| outage.from <= at && at < outage.to)
}

/// How a tenant's channels are set: text messages from a name of its own, mail
/// by the house, WhatsApp by the house's number and approved templates.
pub(super) fn ways(tenant: usize) -> [(Kind, Value); 3] {
    let approved = |event: &str| json!({ "name": format!("uwi_{event}"), "language": "fr", "variables": ["date", "heure"] });
    let events = ["reminder_24h", "reminder_1h", "reminder", "moved", "cancellation"];
    let templates: Map<String, Value> =
        events.into_iter().map(|event| (event.to_owned(), approved(event))).collect();
    [
        (Kind::Sms, json!({ "sender": format!("UWi {tenant}") })),
        (Kind::Email, json!({})),
        (Kind::WhatsApp, json!({ "templates": templates })),
    ]
}

/// The file of a tenant.
pub(super) fn file(tenant: usize, zone: &TimeZone) -> String {
    let zone = zone.iana_name().unwrap_or("UTC");
    let reminders = REMINDERS[(tenant / ZONES.len()) % REMINDERS.len()];
    format!(
        "name = \"Atelier {tenant}\"\ntimezone = \"{zone}\"\nterritory = \"none\"\n\
         [booking]\nnotice_minutes = 0\nhorizon_days = 366\n{reminders}\
         [[hours]]\ndays = [\"mon-sun\"]\nfrom = \"07:00\"\nto = \"22:00\"\n\
         [[calendar]]\nname = \"Un\"\n[[calendar]]\nname = \"Deux\"\n[[calendar]]\nname = \"Trois\"\n\
         [[service]]\nname = \"Visite\"\nminutes = 30\n"
    )
}
