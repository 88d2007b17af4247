//! A tenant and what it has told us about itself.
//!
//! [`settings::Settings`] is the written form, [`Profile`] the one to work with.

pub mod following;
pub mod notices;
pub mod presets;
pub mod retention;
pub mod settings;
mod slug;
pub mod transfer;

use crate::id::{CalendarId, ServiceId, TenantId};
use crate::phone::E164;
use crate::qualification::Questionnaire;
use crate::reminder::Reminding;
use crate::support::Support;
use crate::time::holidays::{Territory, holiday};
use crate::time::hours::{self, Closure, Opening};
use following::Following;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use notices::Notices;
use retention::Retention;
pub use transfer::{Transfer, TransferRule};

/// A customer business with its settings, ready to be used: parsed and checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// Which tenant.
    pub tenant: TenantId,
    /// The name spoken and shown ("Cabinet Martin").
    pub name: String,
    /// Where its local times are.
    pub zone: TimeZone,
    /// ISO 3166 alpha-2 ("FR"): national numbers and emergency services.
    pub country: String,
    /// Whose public holidays close it.
    pub territory: Territory,
    /// Postal address, spoken when asked.
    pub address: Option<String>,
    /// What it does, free text ("médecin généraliste", "plombier").
    pub trade: Option<String>,
    /// True for health trades: no health word may leave in a text message.
    pub health: bool,
    /// What its assistant does.
    pub agents: Vec<AgentKind>,
    /// When it is open each week, in order.
    pub hours: Vec<Opening>,
    /// Exceptional closures.
    pub closures: Vec<Closure>,
    /// Limits of booking.
    pub booking: BookingRules,
    /// What can be booked on; never empty.
    pub calendars: Vec<Calendar>,
    /// What can be booked; never empty.
    pub services: Vec<Service>,
    /// Questions it answers.
    pub faqs: Vec<Faq>,
    /// What it asks of a prospect; empty without the qualification agent.
    pub questionnaire: Questionnaire,
    /// What its support knows.
    pub support: Support,
    /// Who is rung for a caller who wants a human, unless a rule names another.
    pub transfer: Option<Transfer>,
    /// Who is rung for some matters; the first that applies and may be rung counts.
    pub transfer_rules: Vec<TransferRule>,
    /// What callers are told first.
    pub notices: Notices,
    /// What follows a call.
    pub following: Following,
    /// What customers are sent about their appointments.
    pub reminding: Reminding,
    /// How long what is known of callers is kept.
    pub retention: Retention,
    /// The sandbox: bookings are kept and shown, nothing leaves.
    pub sandbox: bool,
    /// The numbers it is called on. A caller never "has" one of these.
    pub numbers: Vec<E164>,
}

/// Why a tenant is closed for a whole day that its weekly hours may open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClosedDay<'a> {
    /// A public holiday, by its French name.
    Holiday(&'static str),
    /// A closure of its own, with what may be told to a caller.
    Closure(Option<&'a str>),
}

/// Closed for longer than this, a tenant has no next opening worth telling.
const MAX_DAYS_CLOSED: usize = 400;

impl Profile {
    /// True when its assistant does this.
    pub fn does(&self, kind: AgentKind) -> bool {
        self.agents.contains(&kind)
    }

    /// The service of that slug.
    pub fn service(&self, id: &ServiceId) -> Option<&Service> {
        self.services.iter().find(|service| service.id == *id)
    }

    /// The calendar of that slug.
    pub fn calendar(&self, id: &CalendarId) -> Option<&Calendar> {
        self.calendars.iter().find(|calendar| calendar.id == *id)
    }

    /// Why `date` is closed all day; `None` when the weekly hours decide.
    pub fn closed_on(&self, date: Date) -> Option<ClosedDay<'_>> {
        if let Some(closure) = self.closures.iter().find(|closure| closure.covers(date)) {
            return Some(ClosedDay::Closure(closure.reason.as_deref()));
        }
        holiday(date, self.territory).map(ClosedDay::Holiday)
    }

    /// True when somebody is there at that local time.
    pub fn is_open_at(&self, local: DateTime) -> bool {
        hours::is_open(&self.hours, local) && self.closed_on(local.date()).is_none()
    }

    /// The opening periods of a day, in order; none on closures and holidays.
    pub fn openings_on(&self, date: Date) -> Vec<Opening> {
        if self.closed_on(date).is_some() {
            return Vec::new();
        }
        let mut openings = hours::normalised(self.hours.clone());
        openings.retain(|opening| opening.day == date.weekday());
        openings
    }

    /// The first time after `local` at which the doors open, and that period.
    pub fn next_opening(&self, local: DateTime) -> Option<(Date, Opening)> {
        if self.hours.is_empty() {
            return None;
        }
        std::iter::successors(Some(local.date()), |date| date.tomorrow().ok())
            .take(MAX_DAYS_CLOSED)
            .flat_map(|date| self.openings_on(date).into_iter().map(move |o| (date, o)))
            .find(|(date, opening)| date.to_datetime(opening.from) > local)
    }
}

/// What a configured assistant does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AgentKind {
    /// Books, moves and cancels appointments.
    Appointment,
    /// Asks the tenant's questions and creates a prospect.
    Qualification,
    /// Opens a ticket.
    Support,
}

/// How early and how late a slot may be booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BookingRules {
    /// Minutes between now and the first bookable start.
    pub notice_minutes: u32,
    /// Days from today, today included, in which slots are offered.
    pub horizon_days: u32,
}

/// One bookable resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// Stable slug.
    pub id: CalendarId,
    /// Displayed and spoken name ("Docteur Martin").
    pub name: String,
}

/// Something that can be booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Stable slug.
    pub id: ServiceId,
    /// Displayed and spoken name ("Consultation").
    pub name: String,
    /// How long it takes; a multiple of five.
    pub minutes: u32,
    /// Price in cents of the tenant's currency, when it is told to callers.
    pub price_cents: Option<u32>,
}

/// A question the tenant answers itself.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Faq {
    /// As a caller could ask it.
    pub question: String,
    /// As it is to be said.
    pub answer: String,
}

#[cfg(test)]
mod tests {
    use super::settings::Settings;
    use super::*;
    use jiff::civil::date;

    /// Open Mondays, Tuesdays and Thursdays 9 to 12 and 14 to 17, Fridays 9 to 12.
    fn demo() -> Profile {
        Settings::sandbox_demo().profile(TenantId(1)).unwrap()
    }

    #[test]
    fn the_next_opening_skips_nights_holidays_and_closures() {
        let mut profile = demo();
        let next = |profile: &Profile, local: DateTime| {
            profile.next_opening(local).map(|(date, opening)| date.to_datetime(opening.from))
        };
        let tuesday = date(2026, 11, 10);
        assert_eq!(next(&profile, tuesday.at(8, 0, 0, 0)), Some(tuesday.at(9, 0, 0, 0)));
        assert_eq!(next(&profile, tuesday.at(9, 0, 0, 0)), Some(tuesday.at(14, 0, 0, 0)));
        let thursday = date(2026, 11, 12);
        assert_eq!(next(&profile, tuesday.at(18, 0, 0, 0)), Some(thursday.at(9, 0, 0, 0)));
        profile.closures.push(Closure { from: thursday, to: date(2026, 11, 13), reason: None });
        let monday = date(2026, 11, 16);
        assert_eq!(next(&profile, tuesday.at(18, 0, 0, 0)), Some(monday.at(9, 0, 0, 0)));
        profile.hours.clear();
        assert_eq!(next(&profile, tuesday.at(8, 0, 0, 0)), None);
    }

    #[test]
    fn a_closed_day_says_why() {
        let mut profile = demo();
        let armistice = date(2026, 11, 11);
        assert_eq!(profile.closed_on(armistice), Some(ClosedDay::Holiday("Armistice de 1918")));
        let reason = Some("congés".to_owned());
        profile.closures.push(Closure { from: armistice, to: armistice, reason });
        assert_eq!(profile.closed_on(armistice), Some(ClosedDay::Closure(Some("congés"))));
        assert_eq!(profile.closed_on(date(2026, 11, 12)), None);
        assert!(profile.openings_on(armistice).is_empty());
    }

    #[test]
    fn callers_are_passed_on_in_the_opening_hours_unless_other_hours_are_set() {
        let profile = demo();
        let mut transfer = profile.transfer.clone().unwrap();
        let monday = date(2026, 11, 16);
        assert!(profile.rings_at(&transfer, monday.at(10, 0, 0, 0)));
        assert!(!profile.rings_at(&transfer, monday.at(13, 0, 0, 0)));
        let lunch = Opening {
            day: monday.weekday(),
            from: jiff::civil::time(12, 0, 0, 0),
            to: jiff::civil::time(14, 0, 0, 0),
        };
        transfer.hours = vec![lunch];
        assert!(profile.rings_at(&transfer, monday.at(13, 0, 0, 0)));
        assert!(!profile.rings_at(&transfer, monday.at(10, 0, 0, 0)));
        let next = profile.next_ring(&transfer, monday.at(13, 0, 0, 0));
        assert_eq!(next, Some(date(2026, 11, 23).at(12, 0, 0, 0)));
    }

    #[test]
    fn nobody_is_rung_on_a_holiday_or_during_a_closure() {
        let mut profile = demo();
        let transfer = profile.transfer.clone().unwrap();
        let thursday = date(2026, 11, 12);
        profile.closures.push(Closure { from: thursday, to: thursday, reason: None });
        assert!(!profile.rings_at(&transfer, thursday.at(10, 0, 0, 0)));
        let next = profile.next_ring(&transfer, date(2026, 11, 10).at(18, 0, 0, 0));
        assert_eq!(next, Some(date(2026, 11, 13).at(9, 0, 0, 0)));
    }

    #[test]
    fn services_and_calendars_are_found_by_their_slug() {
        let profile = demo();
        assert!(profile.service(&ServiceId("consultation".into())).is_some());
        assert!(profile.calendar(&CalendarId("docteur-delmas".into())).is_some());
        assert!(profile.calendar(&CalendarId("autre".into())).is_none());
    }
}
