//! The numbers for sale.

use super::super::number::{AreaCode, Country, Kind};
use super::Records;
use super::refuse::Refuse;
use crate::simulator::World;
use serde_json::{Value, json};

/// US areas that are offered when none is asked for.
const AREAS: [&str; 5] = ["212", "305", "415", "617", "773"];

/// The area code without numbers, as with Twilio's test credentials.
const EMPTY_AREA: &str = "533";

/// A run of numbers: what they start with and how many digits vary.
struct Range {
    start: String,
    digits: usize,
}

impl Range {
    fn all(country: Country, kind: Kind, area: Option<&str>) -> Vec<Self> {
        let range = |start: String, digits| Self { start, digits };
        match (country.as_str(), kind) {
            ("FR", Kind::Local) => vec![range("+3319900".to_owned(), 4)],
            ("FR", Kind::Mobile) => vec![range("+3363998".to_owned(), 4)],
            ("US" | "CA", Kind::Local) => {
                let areas = area.map_or(AREAS.to_vec(), |area| vec![area]);
                let areas = areas.into_iter().filter(|area| *area != EMPTY_AREA);
                areas.map(|area| range(format!("+1{area}55501"), 2)).collect()
            }
            _ => Vec::new(),
        }
    }

    fn holds(&self, number: &str) -> bool {
        number.strip_prefix(&self.start).is_some_and(|rest| {
            rest.len() == self.digits && rest.bytes().all(|b| b.is_ascii_digit())
        })
    }

    fn numbers(&self, seed: u64) -> impl Iterator<Item = String> {
        let count = 10u64.pow(u32::try_from(self.digits).unwrap_or(2));
        // Each seed offers other numbers first.
        let first = seed.wrapping_mul(7919) % count;
        (0..count).map(move |i| {
            format!("{}{:0width$}", self.start, (first + i) % count, width = self.digits)
        })
    }
}

/// What is asked for.
pub(super) struct Wanted<'a> {
    pub(super) country: Country,
    pub(super) kind: Kind,
    pub(super) area: Option<&'a str>,
    pub(super) starting: &'a str,
    pub(super) limit: usize,
}

/// Whether Twilio sells numbers there at all.
pub(super) fn is_sold(country: Country, kind: Kind) -> bool {
    match country.as_str() {
        "FR" => true,
        "US" | "CA" => matches!(kind, Kind::Local | Kind::TollFree),
        _ => false,
    }
}

/// Numbers for sale, in the order in which they are offered.
pub(super) fn search(records: &Records, seed: u64, wanted: &Wanted<'_>) -> Vec<String> {
    let Wanted { country, kind, area, starting, limit } = *wanted;
    let ranges = Range::all(country, kind, area);
    let extra = records.extra.iter().filter(|n| place(n) == Some((country, kind))).cloned();
    let ranged = ranges.iter().flat_map(|range| range.numbers(seed));
    extra
        .chain(ranged)
        .filter(|number| number.starts_with(starting) && is_free(records, number))
        .take(limit)
        .collect()
}

/// Country and kind of a number that is or was for sale.
pub(super) fn place(number: &str) -> Option<(Country, Kind)> {
    let (fr, us) = (Country::FRANCE, Country::UNITED_STATES);
    let rest = number.strip_prefix("+33").map(|rest| (fr, rest));
    match rest {
        Some((fr, rest)) if rest.starts_with(['6', '7']) => Some((fr, Kind::Mobile)),
        Some((fr, rest)) if rest.starts_with('9') => Some((fr, Kind::National)),
        Some((fr, rest)) if rest.starts_with("80") => Some((fr, Kind::TollFree)),
        Some((fr, _)) => Some((fr, Kind::Local)),
        None => number.starts_with("+1").then_some((us, Kind::Local)),
    }
}

/// Whether a number can be bought now.
pub(super) fn for_sale(records: &Records, number: &str) -> Result<(), Refuse> {
    match number {
        "+15005550001" => return Err(Refuse::bad(21421, "+15005550001 is invalid")),
        "+15005550006" => return Ok(()),
        _ => {}
    }
    let shaped = number.strip_prefix('+').is_some_and(|rest| {
        (7..=15).contains(&rest.len()) && rest.bytes().all(|b| b.is_ascii_digit())
    });
    if !shaped {
        return Err(Refuse::bad(21421, &format!("{number} is invalid")));
    }
    let known = place(number).is_some_and(|(country, kind)| {
        let area = number.get(2..5).and_then(AreaCode::parse);
        let area = area.as_ref().filter(|_| country.has_area_codes()).map(AreaCode::as_str);
        Range::all(country, kind, area).iter().any(|range| range.holds(number))
    });
    if (known || records.extra.contains(number)) && is_free(records, number) {
        return Ok(());
    }
    Err(Refuse::bad(21422, &format!("{number} is not available.")))
}

fn is_free(records: &Records, number: &str) -> bool {
    !records.withdrawn.contains(number) && records.numbers.with("phone_number", number).is_none()
}

pub(super) fn capabilities(country: Country, kind: Kind) -> Value {
    let american = country.has_area_codes();
    let sms = american || kind == Kind::Mobile;
    json!({ "voice": true, "sms": sms, "mms": american, "fax": false })
}

pub(super) fn address_need(country: Country, kind: Kind) -> &'static str {
    match (country.as_str(), kind) {
        ("FR", Kind::Mobile | Kind::TollFree) => "any",
        ("FR", _) => "local",
        _ => "none",
    }
}

/// As Twilio writes it for people.
pub(super) fn friendly(number: &str) -> String {
    match number.strip_prefix("+1").filter(|rest| rest.len() == 10 && rest.is_ascii()) {
        Some(rest) => format!("({}) {}-{}", &rest[..3], &rest[3..6], &rest[6..]),
        None => number.to_owned(),
    }
}

impl World {
    /// Puts a number on sale, also one outside of the ranges.
    pub fn sell(&self, number: &str) {
        let mut state = self.state();
        state.twilio.withdrawn.remove(number);
        state.twilio.extra.insert(number.to_owned());
    }

    /// Takes a number from sale, as if somebody else had bought it.
    pub fn withdraw(&self, number: &str) {
        let mut state = self.state();
        state.twilio.extra.remove(number);
        state.twilio.withdrawn.insert(number.to_owned());
    }
}
