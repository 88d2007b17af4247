//! The parameters of an address.

use super::problem::Problem;
use axum::http::Uri;
use desk::snapshot::Days;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use reqwest::Url;

/// The parameters of one request; the last of a name counts.
pub struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// Reads them; what is not `name=value` is skipped.
    pub fn of(uri: &Uri) -> Self {
        let query = uri.query().unwrap_or_default();
        // Only the query is read, so any base will do.
        let url = Url::parse(&format!("http://localhost/?{query}"));
        let pairs = url.iter().flat_map(|url| {
            url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned()))
        });
        Self(pairs.take(64).collect())
    }

    /// A parameter that is not blank.
    pub fn text(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().rev().find(|(known, _)| known == name)?;
        Some(found.1.trim()).filter(|text| !text.is_empty())
    }

    /// A parameter that is a local date, or an instant of which the date counts.
    fn date(&self, name: &str, zone: &TimeZone) -> Result<Option<Date>, Problem> {
        let Some(text) = self.text(name) else { return Ok(None) };
        let instant = || text.parse().ok().map(|at: Timestamp| zone.to_datetime(at).date());
        let date = instant().or_else(|| text.parse().ok());
        date.map(Some).ok_or(Problem::BAD_DATE)
    }

    /// The days from `from` to `to`, both included. One alone is open on the
    /// other side, up to a year; none are the `default` days from today.
    pub fn days(&self, today: Date, zone: &TimeZone, default: (i32, i32)) -> Result<Days, Problem> {
        let shifted = |day: Date, days: i32| day.saturating_add(Span::new().days(days));
        let (from, to) = match (self.date("from", zone)?, self.date("to", zone)?) {
            (Some(from), Some(to)) if from > to => return Err(Problem::BAD_DATE),
            (Some(from), Some(to)) => (from, to),
            (Some(from), None) => (from, shifted(from, 366)),
            (None, Some(to)) => (shifted(to, -366), to),
            (None, None) => (shifted(today, default.0), shifted(today, default.1)),
        };
        Ok(Days::between(from, to, zone))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameters(query: &'static str) -> Parameters {
        Parameters::of(&format!("/x?{query}").parse().unwrap())
    }

    #[test]
    fn parameters_are_decoded_and_the_last_counts() {
        let given = parameters("a=1&a=Lef%C3%A8vre+b&c=&d");
        assert_eq!(given.text("a"), Some("Lefèvre b"));
        assert_eq!((given.text("c"), given.text("d"), given.text("e")), (None, None, None));
    }

    #[test]
    fn days_are_local() {
        let zone = TimeZone::get("Europe/Paris").unwrap();
        let today = "2026-11-21".parse().unwrap();
        let given = parameters("from=2026-11-22&to=2026-11-23T23:30:00Z");
        let days = given.days(today, &zone, (0, 0)).unwrap();
        assert_eq!(days.to.to_string(), "2026-11-24");
        assert_eq!(days.start.to_string(), "2026-11-21T23:00:00Z");
        let backwards = parameters("from=2026-11-23&to=2026-11-22");
        assert!(backwards.days(today, &zone, (0, 0)).is_err());
        assert!(parameters("from=soon").days(today, &zone, (0, 0)).is_err());
        assert_eq!(
            parameters("").days(today, &zone, (-6, 0)).unwrap().from.to_string(),
            "2026-11-15"
        );
    }
}
