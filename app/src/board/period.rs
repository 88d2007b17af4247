//! The days that a page shows: today, seven, thirty, or between two dates.

use crate::typo;
use desk::snapshot::{Days, Period};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use leptos::prelude::*;

/// What an address says about days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Span {
    /// A period that ends today.
    Period(Period),
    /// Chosen dates.
    Dates(Date, Date),
}

impl Span {
    /// Reads the address; what it does not say is `other`.
    pub(super) fn read(period: &str, from: &str, to: &str, other: Period) -> Self {
        let date = |text: &str| text.parse::<Date>().ok();
        match (date(from), date(to)) {
            (Some(from), Some(to)) => Self::Dates(from, to),
            (Some(day), None) | (None, Some(day)) => Self::Dates(day, day),
            (None, None) => Self::Period(Period::parse(period).unwrap_or(other)),
        }
    }

    /// The days it means.
    pub(super) fn days(&self, today: Date, zone: &TimeZone) -> Days {
        match self {
            Self::Period(period) => Days::of(*period, today, zone),
            Self::Dates(from, to) => Days::between(*from, *to, zone),
        }
    }

    /// In a sentence: `aujourd’hui`, `des sept derniers jours`.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Period(Period::Today) => "d’aujourd’hui".to_owned(),
            Self::Period(Period::SevenDays) => "des 7 derniers jours".to_owned(),
            Self::Period(Period::ThirtyDays) => "des 30 derniers jours".to_owned(),
            Self::Dates(from, to) if from == to => format!("du {}", typo::day(*from)),
            Self::Dates(from, to) => {
                format!("du {} au {}", typo::day_month(*from), typo::day_month(*to))
            }
        }
    }
}

/// The name of a period on its link.
pub(super) fn word(period: Period) -> &'static str {
    match period {
        Period::Today => "Aujourd’hui",
        Period::SevenDays => "7 jours",
        Period::ThirtyDays => "30 jours",
    }
}

/// Links to the three periods; `href` makes a period's address.
pub(super) fn picker<F: Fn(Period) -> String>(span: &Span, href: F) -> impl IntoView + use<F> {
    let links = Period::ALL
        .map(|period| {
            let here = (*span == Span::Period(period)).then_some("true");
            (href(period), word(period), here)
        })
        .map(|(href, word, here)| view! { <a href=href aria-current=here>{word}</a> })
        .collect_view();
    view! { <nav class="segments" aria-label="Période">{links}</nav> }.into_any()
}
