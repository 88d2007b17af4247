//! Reading a function's arguments, as models write them: several names for
//! one thing, dates and times in one field or two, or in words.

use super::Work;
use crate::appointments::{MOTIVE, given};
use dialogue::understand::understand;
use domain::availability::Wish;
use domain::id::ServiceId;
use domain::time::Span;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};

/// Half-days by the names that models use.
const PARTS: &[(&[&str], i8, i8)] = &[
    (&["morning", "matin"], 0, 12),
    (&["afternoon", "apres-midi", "après-midi"], 12, 18),
    (&["evening", "soir"], 17, 24),
];

/// The most characters that are read of an argument; what follows is left out.
const LONGEST: usize = 5_000;
/// The most characters of a wish that are understood: a caller says no more.
const WISH: usize = 500;

impl Work<'_> {
    /// A text under any of its names, as far as it is read; what is blank or
    /// cannot be printed is absent.
    pub(super) fn text(&self, names: &[&str]) -> Option<&str> {
        let texts = names.iter().filter_map(|name| self.arguments.get(*name)?.as_str());
        let printed = |text: &str| !text.chars().any(|c| c.is_control() && !c.is_whitespace());
        let mut texts = texts.map(|text| head(text, LONGEST));
        texts.find(|text| !text.is_empty() && printed(text))
    }

    /// Whom it is about; what can be nobody's name is absent.
    pub(super) fn name(&self) -> Option<&str> {
        let name = self.text(&["name", "customer_name", "customerName", "patient_name"])?;
        given::name(name).ok()
    }

    /// A written address; what is none is absent.
    pub(super) fn email(&self) -> Option<String> {
        given::email(self.text(&["email"])).ok().flatten()
    }

    /// Why they come, in as many words as are kept.
    pub(super) fn motive(&self) -> Option<&str> {
        self.text(&["motive", "reason", "motif"]).map(|text| head(text, MOTIVE))
    }

    /// A local date and hour, in one field or in two.
    pub(super) fn moment(&self, whole: &[&str], date: &[&str], time: &[&str]) -> Option<DateTime> {
        let read = |name: &&str| self.local(self.arguments.get(*name)?.as_str()?.trim());
        if let Some(moment) = whole.iter().find_map(read) {
            return Some(moment);
        }
        let date: Date = self.text(date)?.parse().ok()?;
        Some(date.to_datetime(read_time(self.text(time)?)?))
    }

    /// A local date and hour, with or without its zone, or said in words.
    fn local(&self, text: &str) -> Option<DateTime> {
        if let Ok(instant) = text.parse::<Timestamp>() {
            return Some(instant.to_zoned(self.profile.zone.clone()).datetime());
        }
        if let Ok(local) = text.parse::<DateTime>() {
            // A date alone is no moment.
            return text.contains(['T', ' ']).then_some(local);
        }
        None
    }

    /// What the caller would accept.
    pub(super) fn wish(&self) -> Wish {
        let service = self.text(&["service", "service_id"]).and_then(|asked| self.service(asked));
        let mut wish = Wish { service, ..Wish::default() };
        let day = self.text(&["date", "day"]);
        let part = self.text(&["partOfDay", "part_of_day", "period"]);
        if let Some(date) = day.and_then(|day| day.parse::<Date>().ok()) {
            wish.within.push(span(date, part));
            return wish;
        }
        let words = [day, part, self.text(&["preference", "when", "text"])];
        let words = words.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let words = head(&words, WISH);
        let local = self.now.to_zoned(self.profile.zone.clone()).datetime();
        let understood = understand(words, local);
        wish.within = understood.when.iter().map(|window| window.span).collect();
        wish.except = understood.except;
        wish
    }

    /// The tenant's service of this id or name.
    pub(super) fn service(&self, asked: &str) -> Option<ServiceId> {
        let same = |name: &str| crate::book::fold_name(name) == crate::book::fold_name(asked);
        let services = &self.profile.services;
        let found = services.iter().find(|one| one.id.0 == asked || same(&one.name));
        found.map(|service| service.id.clone())
    }
}

/// The first characters of a text, without spaces around them.
fn head(text: &str, most: usize) -> &str {
    let text = text.trim();
    let end = text.char_indices().nth(most).map_or(text.len(), |(end, _)| end);
    text[..end].trim_end()
}

fn span(date: Date, part: Option<&str>) -> Span {
    let hours = part.and_then(|part| {
        let part = part.to_lowercase();
        PARTS.iter().find(|(names, ..)| names.contains(&part.as_str()))
    });
    let (from, to) = hours.map_or((0, 24), |(_, from, to)| (*from, *to));
    let midnight = date.tomorrow().unwrap_or(date).to_datetime(Time::midnight());
    let to = if to == 24 { midnight } else { date.at(to, 0, 0, 0) };
    Span { from: Some(date.at(from, 0, 0, 0)), to: Some(to) }
}

/// "10:30", "10h30", "10 h".
fn read_time(text: &str) -> Option<Time> {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let hour: i8 = numbers.next()?.parse().ok()?;
    let minute: i8 = numbers.next().map_or(Ok(0), str::parse).ok()?;
    Time::new(hour, minute, 0, 0).ok()
}
