//! Weekdays, times and dates as people write them in a file.

use super::{Hours, SettingsError};
use crate::time::hours::Opening;
use jiff::civil::{Date, Time, Weekday, time};

const DAYS: [(Weekday, [&str; 4]); 7] = [
    (Weekday::Monday, ["mon", "monday", "lun", "lundi"]),
    (Weekday::Tuesday, ["tue", "tuesday", "mar", "mardi"]),
    (Weekday::Wednesday, ["wed", "wednesday", "mer", "mercredi"]),
    (Weekday::Thursday, ["thu", "thursday", "jeu", "jeudi"]),
    (Weekday::Friday, ["fri", "friday", "ven", "vendredi"]),
    (Weekday::Saturday, ["sat", "saturday", "sam", "samedi"]),
    (Weekday::Sunday, ["sun", "sunday", "dim", "dimanche"]),
];

/// The opening periods of `hours`, Monday first. Refuses periods that overlap.
pub(super) fn openings(hours: &[Hours], path: &str) -> Result<Vec<Opening>, SettingsError> {
    let mut week: Vec<Opening> = Vec::new();
    for (index, entry) in hours.iter().enumerate() {
        let path = format!("{path}[{index}]");
        let from = clock(&entry.from.0, &format!("{path}.from"))?;
        let to = clock(&entry.to.0, &format!("{path}.to"))?;
        if from >= to {
            return Err(SettingsError::at(
                format!("{path}.to"),
                "must be later than \"from\" on the same day (\"24:00\" for midnight)",
            ));
        }
        for day in days(&entry.days, &format!("{path}.days"))? {
            if week.iter().any(|o| o.day == day && o.from < to && from < o.to) {
                return Err(SettingsError::at(path, "overlaps another period of the same day"));
            }
            week.push(Opening { day, from, to });
        }
    }
    week.sort_by_key(|o| (o.day.to_monday_zero_offset(), o.from));
    Ok(week)
}

fn days(names: &[String], path: &str) -> Result<Vec<Weekday>, SettingsError> {
    if names.is_empty() {
        return Err(SettingsError::at(path, "names no day"));
    }
    let mut days = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let unknown = || {
            let problem = format!("{name:?} is no weekday; write \"mon\" or \"lun\"");
            SettingsError::at(format!("{path}[{index}]"), problem)
        };
        let (first, last) = name.split_once('-').unwrap_or((name, name));
        let first = day(first).ok_or_else(unknown)?;
        let last = day(last).ok_or_else(unknown)?;
        for day in first.cycle_forward().take(7) {
            days.push(day);
            if day == last {
                break;
            }
        }
    }
    days.sort_by_key(|day| day.to_monday_zero_offset());
    days.dedup();
    Ok(days)
}

fn day(name: &str) -> Option<Weekday> {
    let name = name.trim().trim_end_matches('.').to_lowercase();
    DAYS.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(day, _)| *day)
}

/// `09:00`, `9:00`, `09:00:00`, `9h`, `9h30`, `9 h 30`; `24:00` is the day's last minute.
pub(super) fn clock(text: &str, path: &str) -> Result<Time, SettingsError> {
    let refused =
        || SettingsError::at(path, format!("{text:?} is no time of day; write \"09:30\""));
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let compact = compact.to_lowercase();
    let mut parts = compact.split([':', 'h']);
    let hour = number(parts.next().unwrap_or_default()).ok_or_else(refused)?;
    let minute = match parts.next() {
        None => return Err(refused()),
        Some("") => 0,
        Some(minute) => number(minute).ok_or_else(refused)?,
    };
    let seconds = parts.next().unwrap_or("00");
    match (hour, minute) {
        _ if seconds != "00" || parts.next().is_some() => Err(refused()),
        (24, 0) => Ok(time(23, 59, 0, 0)),
        (0..=23, 0..=59) => Ok(time(hour, minute, 0, 0)),
        _ => Err(refused()),
    }
}

fn number(text: &str) -> Option<i8> {
    let digits = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

/// A day, `2026-12-24`.
pub(super) fn date(text: &str, path: &str) -> Result<Date, SettingsError> {
    let refused = || SettingsError::at(path, format!("{text:?} is no date; write 2026-12-24"));
    let text = text.trim();
    if text.len() == 10 { text.parse().map_err(|_| refused()) } else { Err(refused()) }
}
