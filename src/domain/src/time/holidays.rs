//! French public holidays, computed, for every territory; other countries have none here.
//!
//! The days are those of the State's own list. Days that only a territory's
//! assembly grants (24 September in New Caledonia) are for closures.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

/// Whose public holidays apply (`tenant apply`'s `territory`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names of the territories say it")]
pub enum Territory {
    #[default]
    Metropole,
    AlsaceMoselle,
    Guadeloupe,
    Guyane,
    Martinique,
    Mayotte,
    NouvelleCaledonie,
    LaReunion,
    PolynesieFrancaise,
    SaintBarthelemy,
    SaintMartin,
    SaintPierreEtMiquelon,
    WallisEtFutuna,
    /// No public holiday at all (tenants outside France).
    None,
}

/// The holiday's French name when `date` is one in `territory`.
pub fn holiday(date: Date, territory: Territory) -> Option<&'static str> {
    if territory == Territory::None {
        return None;
    }
    fixed(date).or_else(|| of_easter(date, territory)).or_else(|| local(date, territory))
}

fn fixed(date: Date) -> Option<&'static str> {
    Some(match (date.month(), date.day()) {
        (1, 1) => "Jour de l'An",
        (5, 1) => "Fête du Travail",
        (5, 8) => "Victoire de 1945",
        (7, 14) => "Fête nationale",
        (8, 15) => "Assomption",
        (11, 1) => "Toussaint",
        (11, 11) => "Armistice de 1918",
        (12, 25) => "Noël",
        _ => return None,
    })
}

fn of_easter(day: Date, territory: Territory) -> Option<&'static str> {
    // Good Friday is 20 March at the earliest, Whit Monday 14 June at the latest.
    if !(3..=6).contains(&day.month()) {
        return None;
    }
    let after = day.day_of_year() - easter(day.year())?.day_of_year();
    match after {
        -2 if territory == Territory::AlsaceMoselle => Some("Vendredi saint"),
        1 => Some("Lundi de Pâques"),
        39 => Some("Ascension"),
        50 => Some("Lundi de Pentecôte"),
        _ => None,
    }
}

/// The abolition of slavery, where it is a day off, and Alsace-Moselle's second
/// day of Christmas.
fn local(day: Date, territory: Territory) -> Option<&'static str> {
    // Saint-Martin moved its day from Guadeloupe's to its own in 2018.
    let saint_martin = if day.year() < 2018 { 27 } else { 28 };
    let when = match territory {
        Territory::AlsaceMoselle => {
            return ((day.month(), day.day()) == (12, 26)).then_some("Saint-Étienne");
        }
        Territory::Mayotte => (4, 27),
        Territory::Martinique => (5, 22),
        Territory::Guadeloupe => (5, 27),
        Territory::SaintMartin => (5, saint_martin),
        Territory::Guyane => (6, 10),
        Territory::SaintBarthelemy => (10, 9),
        Territory::LaReunion => (12, 20),
        _ => return None,
    };
    ((day.month(), day.day()) == when).then_some("Abolition de l'esclavage")
}

/// Easter Sunday of the Gregorian calendar (Butcher's method); `None` before year 1.
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    if y < 1 {
        return None;
    }
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - b / 4 - g + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    // Easter lies 0 to 35 days after 21 March.
    let days = h + l - 7 * m + 1;
    date(year, 3, 21).checked_add(days.days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_falls_where_the_calendar_says() {
        for (year, month, day) in
            [(1961, 4, 2), (2000, 4, 23), (2008, 3, 23), (2026, 4, 5), (2027, 3, 28), (2038, 4, 25)]
        {
            assert_eq!(easter(year), Some(date(year, month, day)));
        }
    }

    #[test]
    fn territories_differ() {
        let good_friday = date(2026, 4, 3);
        assert_eq!(holiday(good_friday, Territory::Metropole), None);
        assert_eq!(holiday(good_friday, Territory::AlsaceMoselle), Some("Vendredi saint"));
        assert_eq!(holiday(date(2026, 12, 25), Territory::None), None);
        assert!(holiday(date(2026, 12, 20), Territory::LaReunion).is_some());
    }

    #[test]
    fn no_date_makes_it_panic() {
        for year in [-9999, 0, 1, 9999] {
            for month in 1..=12 {
                let _ = holiday(date(year, month, 20), Territory::AlsaceMoselle);
            }
        }
    }
}
