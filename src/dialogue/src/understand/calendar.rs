//! The names of days and months, as the folded words of an utterance.

/// The days of the week, from Monday.
pub const WEEKDAYS: [&str; 7] =
    ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];

/// The months, from January.
pub const MONTHS: [&str; 12] = [
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
];

/// True for a day of the week.
pub fn is_weekday(folded: &str) -> bool {
    WEEKDAYS.contains(&folded)
}

/// True for a month.
pub fn is_month(folded: &str) -> bool {
    MONTHS.contains(&folded)
}

/// True for a day of the week or a month.
pub fn is_named(folded: &str) -> bool {
    is_weekday(folded) || is_month(folded)
}
