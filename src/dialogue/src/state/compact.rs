//! Windows stored in a few characters each, since a call's state is written at
//! every turn and "plutôt le matin" is three weeks of windows:
//! `2026-11-24T08:00/2026-11-24T12:00/hour`, an open side empty.

use crate::understand::{Grain, Window};
use domain::time::Span;
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
    windows.iter().map(write).collect::<Vec<String>>().serialize(to)
}

/// Reads windows; one that cannot be read is left out.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Window>, D::Error> {
    Ok(Vec::<String>::deserialize(from)?.iter().filter_map(|text| read(text)).collect())
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

fn read(text: &str) -> Option<Window> {
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
            assert_eq!(read(&write(&window)), Some(window));
        }
        assert_eq!(read("hier/demain/hour"), None);
        assert_eq!(read(""), None);
    }
}
