//! Times as programs write them, on the tenant's wall.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// A local date and time (`2026-11-24T14:00`), or an instant (RFC 3339, with
/// an offset or a zone in brackets) as the tenant's clocks show it.
pub fn time(raw: &str, zone: &TimeZone) -> Option<DateTime> {
    let raw = raw.trim();
    let zoned = raw.parse::<jiff::Zoned>().ok().map(|zoned| zoned.timestamp());
    let instant = zoned.or_else(|| raw.parse::<Timestamp>().ok());
    let local = match instant {
        Some(instant) => zone.to_datetime(instant),
        None => raw.replacen(' ', "T", 1).parse().ok()?,
    };
    // A bare date names no start.
    raw.contains(':').then_some(local)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_times_and_instants_are_the_same_wall_time() {
        let zone = TimeZone::get("Europe/Paris").unwrap();
        for raw in [
            "2026-11-24T14:00",
            "2026-11-24 14:00",
            "2026-11-24T14:00:00+01:00",
            "2026-11-24T13:00:00Z",
            "2026-11-24T08:00[America/New_York]",
        ] {
            let found = time(raw, &zone).expect(raw);
            assert_eq!(found.to_string(), "2026-11-24T14:00:00", "{raw}");
        }
        for bad in ["", "2026-11-24", "14:00", "demain"] {
            assert_eq!(time(bad, &zone), None, "{bad}");
        }
    }
}
