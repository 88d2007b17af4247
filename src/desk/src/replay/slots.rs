//! Slots stored in a few characters each: a look at the calendar brings up to
//! thirty of them, and they differ by little but their start.

use domain::availability::Slot;
use domain::id::{CalendarId, ServiceId};
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Slots, in their order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Slots {
    /// What slots share: calendar, service, seconds they last, seconds that the
    /// wall clock is ahead of UTC.
    of: Vec<(CalendarId, ServiceId, i64, i64)>,
    /// Which of these, and seconds since the start before (since 1970 the first).
    at: Vec<(usize, i64)>,
}

impl Slots {
    pub fn write(slots: &[Slot]) -> Self {
        let mut written = Self { of: Vec::new(), at: Vec::new() };
        let mut last = 0;
        for slot in slots {
            let start = slot.start.as_second();
            let wall = slot.local.duration_since(date(1970, 1, 1).at(0, 0, 0, 0)).as_secs();
            let lasts = slot.end.duration_since(slot.start).as_secs();
            let kind = (slot.calendar.clone(), slot.service.clone(), lasts, wall - start);
            let known = written.of.iter().position(|of| *of == kind);
            let which = known.unwrap_or_else(|| {
                written.of.push(kind);
                written.of.len() - 1
            });
            written.at.push((which, start - last));
            last = start;
        }
        written
    }

    /// The slots; `None` when what was stored makes none.
    pub fn read(&self) -> Option<Vec<Slot>> {
        let mut last = 0_i64;
        let mut slots = Vec::with_capacity(self.at.len());
        for (which, since) in &self.at {
            let (calendar, service, lasts, ahead) = self.of.get(*which)?;
            last = last.checked_add(*since)?;
            let start = Timestamp::from_second(last).ok()?;
            let ahead = SignedDuration::from_secs(*ahead);
            slots.push(Slot {
                calendar: calendar.clone(),
                service: service.clone(),
                local: date(1970, 1, 1)
                    .at(0, 0, 0, 0)
                    .checked_add(start.as_duration())
                    .and_then(|utc| utc.checked_add(ahead))
                    .ok()?,
                start,
                end: start.checked_add(SignedDuration::from_secs(*lasts)).ok()?,
            });
        }
        Some(slots)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::availability::{Wish, openings};
    use domain::id::TenantId;
    use domain::tenant::settings::Settings;

    #[test]
    fn slots_read_back_as_they_were_written_also_over_a_change_of_the_clocks() {
        let mut profile = Settings::sandbox_demo().profile(TenantId(1)).unwrap();
        let mut second = profile.calendars[0].clone();
        second.id = CalendarId("autre".into());
        profile.calendars.push(second);
        for now in ["2026-10-22T06:00:00Z", "2026-03-26T06:00:00Z", "2026-11-23T09:00:00Z"] {
            let now: Timestamp = now.parse().unwrap();
            let mut slots = openings(&profile, &Wish::default(), &[], now, 40);
            slots.iter_mut().step_by(3).for_each(|slot| slot.calendar = CalendarId("autre".into()));
            assert_eq!(slots.len(), 40);
            let written = serde_json::to_string(&Slots::write(&slots)).unwrap();
            let read: Slots = serde_json::from_str(&written).unwrap();
            assert_eq!(read.read(), Some(slots));
            assert!(written.len() < 40 * 12 + 250, "{} characters", written.len());
        }
        assert_eq!(Slots::write(&[]).read(), Some(Vec::new()));
    }

    #[test]
    fn what_makes_no_slots_is_refused() {
        for broken in [
            r#"{"of":[],"at":[[0,1]]}"#,
            r#"{"of":[["a","b",1800,3600]],"at":[[0,9223372036854775807]]}"#,
            r#"{"of":[["a","b",9223372036854775807,3600]],"at":[[0,1]]}"#,
            r#"{"of":[["a","b",1,9223372036854775807]],"at":[[0,1],[0,1]]}"#,
        ] {
            let read: Slots = serde_json::from_str(broken).unwrap();
            assert_eq!(read.read(), None, "{broken}");
        }
    }
}
