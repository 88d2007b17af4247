//! Which reminders have come. Reading only: what is found here is what
//! `uwi reminders due` prints and what [`order`](super::order) orders.

use crate::office::Office;
use crate::outbox::after;
use domain::email::EmailAddress;
use domain::id::{AppointmentId, TenantId};
use domain::message::{Channel, Recipient, Status};
use domain::phone::E164;
use domain::reminder::{Due, Rule};
use domain::tenant::Profile;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use store::StoreError;
use store::reminders::{self as rows, ComingRow, OrderedRow};

/// The most appointments that one look reads.
const LIMIT: i64 = 20_000;
/// A reminder whose messages come to nothing is ordered so often at most.
const TRIES: i64 = 4;
/// How long after a message was ordered its outcome is looked at.
const OUTCOME: SignedDuration = SignedDuration::from_mins(3);

/// A reminder that has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Whose.
    pub tenant: TenantId,
    /// Of which appointment.
    pub appointment: AppointmentId,
    /// Which of the tenant's reminders.
    pub rule: Rule,
    /// Of which start.
    pub start: Timestamp,
    /// When it came, and until when it is of use.
    pub due: Due,
    /// To whom, and how.
    pub to: Recipient,
    /// The how-manieth time it is ordered, from 1.
    pub tries: i64,
    pub(super) row: ComingRow,
}

/// What a look has seen.
pub(super) struct Seen {
    pub found: Vec<Found>,
    /// When the next thing is to be done, as far as this look sees.
    pub next: Option<Timestamp>,
}

impl Seen {
    fn comes(&mut self, at: Timestamp) {
        self.next = Some(self.next.map_or(at, |next| next.min(at)));
    }
}

/// What was ordered before, by appointment and start.
type Before<'a> = HashMap<(&'a str, i64), Vec<&'a OrderedRow>>;

/// Looks at a tenant's appointments that come.
pub(super) async fn find(
    office: &Office,
    profile: &Profile,
    now: Timestamp,
) -> Result<Seen, StoreError> {
    let mut seen = Seen { found: Vec::new(), next: None };
    // Nothing leaves the test tenant.
    if profile.sandbox || profile.reminding.rules.is_empty() {
        return Ok(seen);
    }
    let horizon = now.saturating_add(profile.reminding.longest()).unwrap_or(Timestamp::MAX);
    let span = (now, horizon);
    let mut reader = office.db.read(profile.tenant).await?;
    let usable = rows::usable_channels(&mut reader).await?;
    if usable.is_empty() {
        return Ok(seen);
    }
    let coming = rows::coming(&mut reader, span, LIMIT).await?;
    let ordered = rows::ordered(&mut reader, span, LIMIT).await?;
    drop(reader);
    let mut before = Before::new();
    for row in &ordered {
        before.entry((&row.appointment_id, row.starts_at)).or_default().push(row);
    }
    let look = Look { profile, usable: &usable, now };
    for row in &coming {
        let made = before.get(&(row.id.as_str(), row.starts_at)).map_or(&[][..], Vec::as_slice);
        look.at(row, made, &mut seen);
    }
    Ok(seen)
}

struct Look<'a> {
    profile: &'a Profile,
    usable: &'a [Channel],
    now: Timestamp,
}

impl Look<'_> {
    /// Of several reminders that have come, the one nearest to the appointment
    /// speaks for all.
    fn at(&self, row: &ComingRow, made: &[&OrderedRow], seen: &mut Seen) {
        let nearest = made.iter().filter(|made| made.state == "ordered");
        let nearest = nearest.map(|made| made.before_minutes).min();
        let mut best: Option<Found> = None;
        for rule in &self.profile.reminding.rules {
            if nearest.is_some_and(|nearest| nearest < i64::from(rule.minutes)) {
                continue;
            }
            let before = made.iter().find(|made| made.before_minutes == i64::from(rule.minutes));
            match self.reminder(row, rule, before.copied()) {
                State::Come(found) => best = Some(*found),
                State::Comes(at) => seen.comes(at),
                State::Never => {}
            }
        }
        if best.is_some() {
            seen.comes(after(self.now, OUTCOME));
        }
        seen.found.extend(best);
    }

    fn reminder(&self, row: &ComingRow, rule: &Rule, before: Option<&OrderedRow>) -> State {
        let (zone, now) = (&self.profile.zone, self.now);
        let (Ok(start), Ok(timed)) =
            (Timestamp::from_millisecond(row.starts_at), Timestamp::from_millisecond(row.timed_at))
        else {
            return State::Never;
        };
        let Some(due) = self.profile.reminding.due(rule, start, zone) else { return State::Never };
        // Who has just been given this hour needs no reminder of it.
        if due.from <= timed || due.until <= now {
            return State::Never;
        }
        if due.from > now {
            return State::Comes(due.from);
        }
        if let Some((_, morning)) = self.profile.reminding.night_around(now, zone) {
            return if morning < due.until { State::Comes(morning) } else { State::Never };
        }
        let (channels, tries) = match before {
            None => (rule.channels().collect(), 1),
            Some(before) => match again(rule, before) {
                Again::Now(channels) => (channels, before.tries + 1),
                Again::Perhaps => return State::Comes(after(now, OUTCOME)),
                Again::No => return State::Never,
            },
        };
        let usable = channels.into_iter().filter(|channel| self.usable.contains(channel));
        let to = usable.filter_map(|channel| recipient(row, channel)).next();
        let (Some(to), Ok(appointment)) = (to, row.id.parse()) else { return State::Never };
        let (tenant, rule) = (self.profile.tenant, *rule);
        let found = Found { tenant, appointment, rule, start, due, to, tries, row: row.clone() };
        State::Come(Box::new(found))
    }
}

enum State {
    /// It is to be ordered.
    Come(Box<Found>),
    /// It comes then.
    Comes(Timestamp),
    /// It does not come, or no more.
    Never,
}

/// Whether a reminder that was ordered is ordered once more.
enum Again {
    Now(Vec<Channel>),
    /// Its message may still come to nothing.
    Perhaps,
    No,
}

fn again(rule: &Rule, before: &OrderedRow) -> Again {
    if before.tries >= TRIES {
        return Again::No;
    }
    if before.state == "withdrawn" {
        return Again::Now(rule.channels().collect());
    }
    let status = before.message_status.as_deref().and_then(Status::parse);
    match (status, before.message_code.as_deref()) {
        // The night came before a provider could be reached.
        (Some(Status::Refused), Some("too_late")) => Again::Now(rule.channels().collect()),
        (Some(Status::Refused | Status::Failed), _) => {
            let left = rule.channels().skip_while(|channel| channel.as_str() != before.channel);
            let left: Vec<Channel> = left.skip(1).collect();
            if left.is_empty() { Again::No } else { Again::Now(left) }
        }
        (Some(Status::Pending | Status::Unknown), _) => Again::Perhaps,
        _ => Again::No,
    }
}

/// Where somebody is reached by a channel.
pub(crate) fn recipient(row: &ComingRow, channel: Channel) -> Option<Recipient> {
    address(row.customer_phone.as_deref(), row.customer_email.as_deref(), channel)
}

/// Likewise, by what is known of them. A French number that is no mobile gets
/// no text message.
pub(crate) fn address(
    phone: Option<&str>,
    email: Option<&str>,
    channel: Channel,
) -> Option<Recipient> {
    let phone = || phone.and_then(|phone| E164::parse(phone, "FR").ok()).filter(is_mobile);
    match channel {
        Channel::Sms => phone().map(Recipient::Sms),
        Channel::WhatsApp => phone().map(Recipient::WhatsApp),
        Channel::Email => {
            email.and_then(|email| EmailAddress::parse(email).ok()).map(Recipient::Email)
        }
    }
}

fn is_mobile(phone: &E164) -> bool {
    phone.country_code() != "33"
        || phone.national_number().starts_with('6')
        || phone.national_number().starts_with('7')
}
