//! The French names of days and months, as they are said and written.

use jiff::civil::Weekday;

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// `novembre`, for a month from 1 to 12; else nothing.
pub fn month(month: i8) -> &'static str {
    usize::try_from(month - 1).ok().and_then(|at| MONTHS.get(at)).copied().unwrap_or_default()
}

/// `mardi`.
pub fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "lundi",
        Weekday::Tuesday => "mardi",
        Weekday::Wednesday => "mercredi",
        Weekday::Thursday => "jeudi",
        Weekday::Friday => "vendredi",
        Weekday::Saturday => "samedi",
        Weekday::Sunday => "dimanche",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_month_has_its_name_and_nothing_else_has() {
        assert_eq!((month(1), month(12)), ("janvier", "décembre"));
        assert_eq!((month(0), month(13), month(i8::MIN + 1)), ("", "", ""));
    }
}
