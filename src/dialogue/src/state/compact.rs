//! Windows stored in a few characters each, since a call's state is written at
//! every turn and "plutôt le matin" is three weeks of windows:
//! `2026-11-24T08:00/2026-11-24T12:00/hour`, an open side empty. Windows that
//! follow each other every so many days are one: `…/hour/21x1`.

use crate::understand::{Grain, Window};
use domain::time::Span;
use jiff::ToSpan as _;
use jiff::civil::DateTime;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

const GRAINS: [(Grain, &str); 5] = [
    (Grain::Minute, "minute"),
    (Grain::Hour, "hour"),
    (Grain::Day, "day"),
    (Grain::Week, "week"),
    (Grain::Month, "month"),
];

/// Writes windows.
pub(super) fn serialize<S: Serializer>(windows: &[Window], to: S) -> Result<S::Ok, S::Error> {
    runs(windows).serialize(to)
}

/// Reads windows; one that cannot be read is left out.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Window>, D::Error> {
    Ok(Vec::<String>::deserialize(from)?.iter().flat_map(|text| read(text)).collect())
}

/// The most windows of one run.
const LONGEST: usize = 400;

fn runs(mut windows: &[Window]) -> Vec<String> {
    let mut texts = Vec::new();
    while let [first, rest @ ..] = windows {
        let days =
            rest.first().and_then(|next| (1..=7).find(|days| later(first, *days) == Some(*next)));
        let length = days.map_or(1, |days| {
            let steps = windows.windows(2).take(LONGEST - 1);
            1 + steps.take_while(|pair| later(&pair[0], days) == Some(pair[1])).count()
        });
        texts.push(match days {
            Some(days) if length > 2 => format!("{}/{length}x{days}", write(first)),
            _ => write(first),
        });
        windows = &windows[if length > 2 { length } else { 1 }..];
    }
    texts
}

/// The same window, days later; `None` when a side is open.
fn later(window: &Window, days: i64) -> Option<Window> {
    let shift = |at: Option<DateTime>| at?.checked_add(days.days()).ok();
    let (from, to) = (shift(window.span.from)?, shift(window.span.to)?);
    Some(Window { span: Span { from: Some(from), to: Some(to) }, grain: window.grain })
}

fn write(window: &Window) -> String {
    let side = |at: Option<DateTime>| at.map_or_else(String::new, minutes);
    let grain =
        GRAINS.iter().find(|(grain, _)| *grain == window.grain).map_or("day", |(_, name)| name);
    format!("{}/{}/{grain}", side(window.span.from), side(window.span.to))
}

/// Without seconds when there are none.
fn minutes(at: DateTime) -> String {
    let text = at.to_string();
    match text.strip_suffix(":00") {
        Some(short) if short.len() == 16 => short.to_owned(),
        _ => text,
    }
}

fn read(text: &str) -> Vec<Window> {
    let Some(first) = read_one(text) else { return Vec::new() };
    let run = text.split('/').nth(3).and_then(|run| run.split_once('x'));
    let run = run.and_then(|(length, days)| Some((length.parse().ok()?, days.parse().ok()?)));
    let (length, days): (usize, i64) = run.unwrap_or((1, 1));
    let days = days.clamp(1, 7);
    std::iter::successors(Some(first), |window| later(window, days))
        .take(length.min(LONGEST))
        .collect()
}

fn read_one(text: &str) -> Option<Window> {
    let mut parts = text.split('/');
    let (from, to, name) = (parts.next()?, parts.next()?, parts.next()?);
    let grain = GRAINS.iter().find(|(_, known)| *known == name)?.0;
    let side = |text: &str| match text {
        "" => Some(None),
        _ => text.parse::<DateTime>().ok().map(Some),
    };
    Some(Window { span: Span { from: side(from)?, to: side(to)? }, grain })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_window_reads_back_as_it_was_written() {
        let at = |hour| date(2026, 11, 24).at(hour, 0, 0, 0);
        let windows = [
            Window { span: Span { from: Some(at(8)), to: Some(at(12)) }, grain: Grain::Hour },
            Window { span: Span { from: Some(at(8)), to: None }, grain: Grain::Day },
            Window {
                span: Span { from: None, to: Some(date(2026, 11, 24).at(8, 0, 30, 5)) },
                grain: Grain::Minute,
            },
            Window { span: Span { from: None, to: None }, grain: Grain::Month },
        ];
        assert_eq!(write(&windows[0]), "2026-11-24T08:00/2026-11-24T12:00/hour");
        for window in windows {
            assert_eq!(read(&write(&window)), [window]);
        }
        assert_eq!(read("hier/demain/hour"), []);
        assert_eq!(read(""), []);
    }

    #[test]
    fn windows_that_follow_each_other_are_written_once() {
        let day = |day| Window {
            span: Span {
                from: Some(date(2026, 11, day).at(8, 0, 0, 0)),
                to: Some(date(2026, 11, day).at(12, 0, 0, 0)),
            },
            grain: Grain::Hour,
        };
        let written = |days: &[i8]| {
            let windows: Vec<Window> = days.iter().map(|number| day(*number)).collect();
            let texts = runs(&windows);
            let back: Vec<Window> = texts.iter().flat_map(|text| read(text)).collect();
            assert_eq!(back, windows);
            texts
        };
        assert_eq!(
            written(&[2, 3, 4, 5, 6, 10, 17, 24]),
            [
                "2026-11-02T08:00/2026-11-02T12:00/hour/5x1",
                "2026-11-10T08:00/2026-11-10T12:00/hour/3x7",
            ]
        );
        assert_eq!(written(&[2, 3, 9, 8, 8, 7]).len(), 6);
        // What was tampered with does no harm.
        assert_eq!(read("2026-11-02T08:00/2026-11-02T12:00/hour/999999999x0").len(), LONGEST);
        assert_eq!(read("2026-11-02T08:00/2026-11-02T12:00/hour/axb").len(), 1);
    }
}
