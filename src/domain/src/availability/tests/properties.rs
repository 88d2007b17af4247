//! Rules that hold for every tenant, over the changes of the clocks.

use super::*;
use proptest::prelude::*;

const ZONES: &[(&str, (i16, i8, i8))] = &[
    ("Europe/Paris", (2026, 10, 24)),
    ("Europe/Paris", (2027, 3, 27)),
    ("America/New_York", (2026, 10, 31)),
    ("America/New_York", (2027, 3, 13)),
    ("Pacific/Auckland", (2026, 9, 26)),
    ("Pacific/Auckland", (2027, 4, 3)),
    ("America/Guadeloupe", (2026, 10, 24)),
    ("Australia/Lord_Howe", (2026, 10, 3)),
    ("Australia/Lord_Howe", (2027, 4, 3)),
];

prop_compose! {
    fn a_case()(
        zone in 0..ZONES.len(),
        minutes in (1u32..=24).prop_map(|n| n * 5),
        from in 0i8..22,
        from_minute in 0i8..60,
        length in 1i8..6,
        notice in 0u32..600,
        taken in prop::collection::vec((0i64..4 * 1440, 1i64..200, 0..2usize), 0..40),
    ) -> (Profile, Vec<Busy>, Timestamp) {
        let (name, (year, month, day)) = ZONES[zone];
        let to = ((from + length).min(23), from_minute);
        let mut profile = profile(name, minutes, every_day((from, from_minute), to));
        profile.booking = BookingRules { notice_minutes: notice, horizon_days: 4 };
        profile.calendars.push(calendar("b"));
        let now = at(&profile, date(year, month, day).at(0, 0, 0, 0));
        let taken = taken.into_iter().map(|(start, length, which)| {
            let start = now + SignedDuration::from_mins(start);
            Busy {
                calendar: profile.calendars[which].id.clone(),
                start,
                end: start + SignedDuration::from_mins(length),
            }
        }).collect();
        (profile, taken, now)
    }
}

proptest! {
    #[test]
    fn every_slot_keeps_every_rule((profile, taken, now) in a_case()) {
        let slots = openings(&profile, &Wish::default(), &taken, now, 1000);
        let length = SignedDuration::from_mins(profile.services[0].minutes.into());
        for slot in &slots {
            prop_assert_eq!(slot.end.duration_since(slot.start), length);
            prop_assert!(slot.start >= earliest(&profile, now).unwrap());
            prop_assert_eq!(profile.zone.to_datetime(slot.start), slot.local);
            let mut instant = slot.start;
            while instant < slot.end {
                let local = profile.zone.to_datetime(instant);
                prop_assert!(profile.is_open_at(local), "{} of {:?}", local, slot);
                instant += SignedDuration::from_mins(1);
            }
            let clash = |b: &Busy| b.calendar == slot.calendar && b.start < slot.end && slot.start < b.end;
            prop_assert!(!taken.iter().any(clash));
            let judged = slot_at(&profile, None, Some(&slot.calendar), slot.local, now);
            prop_assert_eq!(judged.as_ref(), Ok(slot));
        }
        prop_assert!(slots.windows(2).all(|pair| pair[0].start < pair[1].start));
    }

    #[test]
    fn a_smaller_limit_gives_the_beginning_of_the_same_list(
        (profile, taken, now) in a_case(),
        limit in 0usize..20,
    ) {
        let all = openings(&profile, &Wish::default(), &taken, now, 1000);
        let some = openings(&profile, &Wish::default(), &taken, now, limit);
        prop_assert_eq!(&all[..limit.min(all.len())], &some[..]);
    }
}
