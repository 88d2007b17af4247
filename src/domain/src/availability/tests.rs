use super::*;
use crate::id::TenantId;
use crate::tenant::{BookingRules, Calendar};
use crate::time::holidays::Territory;
use crate::time::hours::{Closure, Opening};
use jiff::civil::{Weekday, date, time};
use jiff::tz::TimeZone;

mod properties;

fn opening(day: Weekday, from: (i8, i8), to: (i8, i8)) -> Opening {
    Opening { day, from: time(from.0, from.1, 0, 0), to: time(to.0, to.1, 0, 0) }
}

fn every_day(from: (i8, i8), to: (i8, i8)) -> Vec<Opening> {
    Weekday::Monday.cycle_forward().take(7).map(|day| opening(day, from, to)).collect()
}

fn calendar(slug: &str) -> Calendar {
    Calendar { id: CalendarId(slug.into()), name: slug.into() }
}

fn profile(zone: &str, minutes: u32, hours: Vec<Opening>) -> Profile {
    Profile {
        tenant: TenantId(1),
        name: "Cabinet Essai".into(),
        zone: TimeZone::get(zone).unwrap(),
        country: "FR".into(),
        territory: Territory::Metropole,
        address: None,
        trade: None,
        health: false,
        agents: vec![],
        hours,
        closures: vec![],
        booking: BookingRules { notice_minutes: 0, horizon_days: 60 },
        calendars: vec![calendar("a")],
        services: vec![Service {
            id: ServiceId("consultation".into()),
            name: "Consultation".into(),
            minutes,
            price_cents: None,
        }],
        faqs: vec![],
        questionnaire: Default::default(),
        support: Default::default(),
        transfer: None,
        transfer_rules: Vec::new(),
        following: Default::default(),
        notices: crate::tenant::notices::Notices::default(),
        reminding: Default::default(),
        retention: Default::default(),
        sandbox: false,
        numbers: vec![],
    }
}

fn paris(minutes: u32) -> Profile {
    profile("Europe/Paris", minutes, every_day((9, 0), (12, 0)))
}

fn at(profile: &Profile, local: DateTime) -> Timestamp {
    local.to_zoned(profile.zone.clone()).unwrap().timestamp()
}

fn busy(profile: &Profile, calendar: &str, from: DateTime, to: DateTime) -> Busy {
    let (start, end) = (at(profile, from), at(profile, to));
    Busy { calendar: CalendarId(calendar.into()), start, end }
}

fn span(from: DateTime, to: DateTime) -> Span {
    Span { from: Some(from), to: Some(to) }
}

fn times(slots: &[Slot]) -> Vec<String> {
    slots.iter().map(|slot| slot.local.strftime("%d %H:%M").to_string()).collect()
}

/// Tuesday 24 November 2026, a plain day.
fn tuesday(hour: i8, minute: i8) -> DateTime {
    date(2026, 11, 24).at(hour, minute, 0, 0)
}

#[test]
fn a_wish_for_one_calendar_is_met_on_that_one_alone() {
    let mut profile = paris(30);
    let own = profile.calendars[0].id.clone();
    let other = CalendarId("autre".into());
    profile.calendars.push(Calendar { id: other.clone(), name: "Docteure Leroy".into() });
    let now = at(&profile, tuesday(7, 0));
    let on = |calendars: Vec<CalendarId>, busy: &[Busy]| {
        let wish = Wish { calendars, ..Wish::default() };
        let slots = openings(&profile, &wish, busy, now, 4);
        slots.into_iter().map(|slot| (slot.calendar, slot.local)).collect::<Vec<_>>()
    };
    let starts = |slots: Vec<(CalendarId, DateTime)>, calendar: &CalendarId| {
        assert!(slots.iter().all(|(on, _)| on == calendar), "{slots:?}");
        slots.into_iter().map(|(_, local)| local).collect::<Vec<_>>()
    };
    let all = starts(on(Vec::new(), &[]), &own);
    assert_eq!(starts(on(vec![other.clone()], &[]), &other), all);
    assert_eq!(starts(on(vec![other.clone(), own.clone()], &[]), &own), all);
    // Whoever is wished for and has no time is not replaced.
    let busy = Busy { calendar: other.clone(), start: now, end: Timestamp::MAX };
    assert!(on(vec![other], &[busy]).is_empty());
    assert!(on(vec![CalendarId("inconnu".into())], &[]).is_empty());
}

#[test]
fn starts_follow_each_other_from_the_opening_and_end_before_closing() {
    let profile = paris(50);
    let now = at(&profile, tuesday(7, 0));
    let slots = openings(&profile, &Wish::default(), &[], now, 4);
    assert_eq!(times(&slots), ["24 09:00", "24 09:50", "24 10:40", "25 09:00"]);
}

#[test]
fn taken_time_moves_the_next_start_to_its_end_on_five_minutes() {
    let profile = paris(30);
    let now = at(&profile, tuesday(7, 0));
    let taken = [busy(&profile, "a", tuesday(9, 40), tuesday(10, 12))];
    let slots = openings(&profile, &Wish::default(), &taken, now, 5);
    assert_eq!(times(&slots), ["24 09:00", "24 10:15", "24 10:45", "24 11:15", "25 09:00"]);
}

#[test]
fn notice_and_horizon_bound_the_search() {
    let mut profile = paris(60);
    profile.booking = BookingRules { notice_minutes: 120, horizon_days: 2 };
    let slots = openings(&profile, &Wish::default(), &[], at(&profile, tuesday(8, 1)), 100);
    assert_eq!(times(&slots), ["24 11:00", "25 09:00", "25 10:00", "25 11:00"]);
}

#[test]
fn closures_and_public_holidays_are_closed() {
    let mut profile = paris(180);
    let first = date(2026, 11, 9);
    profile.closures =
        vec![Closure { from: date(2026, 11, 12), to: date(2026, 11, 13), reason: None }];
    let now = at(&profile, first.at(7, 0, 0, 0));
    let slots = openings(&profile, &Wish::default(), &[], now, 4);
    assert_eq!(times(&slots), ["09 09:00", "10 09:00", "14 09:00", "15 09:00"]);
}

#[test]
fn wishes_choose_and_exceptions_refuse() {
    let profile = paris(30);
    let now = at(&profile, tuesday(7, 0));
    let wish = Wish {
        service: None,
        within: vec![span(tuesday(10, 0), tuesday(12, 0))],
        except: vec![span(tuesday(10, 30), tuesday(11, 15))],
        calendars: Vec::new(),
    };
    assert_eq!(times(&openings(&profile, &wish, &[], now, 9)), ["24 10:00", "24 11:30"]);
}

#[test]
fn a_precise_minute_is_offered_when_it_is_free() {
    let profile = paris(30);
    let now = at(&profile, tuesday(7, 0));
    let wish = Wish { within: vec![span(tuesday(10, 10), tuesday(10, 11))], ..Wish::default() };
    assert_eq!(times(&openings(&profile, &wish, &[], now, 9)), ["24 10:10"]);
    let taken = [busy(&profile, "a", tuesday(10, 30), tuesday(10, 45))];
    assert!(openings(&profile, &wish, &taken, now, 9).is_empty());
}

#[test]
fn a_time_free_on_several_calendars_is_offered_once_on_the_first() {
    let mut profile = paris(60);
    profile.calendars.push(calendar("b"));
    let now = at(&profile, tuesday(7, 0));
    let taken = [busy(&profile, "a", tuesday(10, 0), tuesday(11, 0))];
    let slots = openings(&profile, &Wish::default(), &taken, now, 3);
    let calendars: Vec<&str> = slots.iter().map(|slot| slot.calendar.0.as_str()).collect();
    assert_eq!(times(&slots), ["24 09:00", "24 10:00", "24 11:00"]);
    assert_eq!(calendars, ["a", "b", "a"]);
}

#[test]
fn an_unknown_service_has_no_slot() {
    let profile = paris(30);
    let wish = Wish { service: Some(ServiceId("autre".into())), ..Wish::default() };
    assert!(openings(&profile, &wish, &[], at(&profile, tuesday(7, 0)), 3).is_empty());
}

#[test]
fn skipped_hours_are_not_offered_and_doubled_hours_are_offered_once() {
    let night = every_day((1, 0), (5, 0));
    let mut profile = profile("Europe/Paris", 30, night);
    profile.booking.horizon_days = 1;
    let spring = date(2027, 3, 28).at(0, 0, 0, 0);
    let slots = openings(&profile, &Wish::default(), &[], at(&profile, spring), 99);
    assert_eq!(
        times(&slots),
        ["28 01:00", "28 01:30", "28 03:00", "28 03:30", "28 04:00", "28 04:30"]
    );
    let autumn = date(2026, 10, 25).at(0, 0, 0, 0);
    let slots = openings(&profile, &Wish::default(), &[], at(&profile, autumn), 99);
    assert_eq!(slots.len(), 8);
    assert_eq!(slots[2].local, date(2026, 10, 25).at(2, 0, 0, 0));
    assert_eq!(slots[2].start.to_string(), "2026-10-25T00:00:00Z");
}

#[test]
fn the_second_of_two_doubled_hours_does_not_trap_the_search() {
    let mut profile = profile("Europe/Paris", 30, every_day((1, 0), (5, 0)));
    profile.booking.horizon_days = 1;
    let now = at(&profile, date(2026, 10, 25).at(0, 0, 0, 0));
    let taken = Busy {
        calendar: CalendarId("a".into()),
        start: "2026-10-25T00:00:00Z".parse().unwrap(),
        end: "2026-10-25T01:20:00Z".parse().unwrap(),
    };
    let slots = openings(&profile, &Wish::default(), &[taken], now, 99);
    assert_eq!(slots[2].local, date(2026, 10, 25).at(3, 0, 0, 0));
}

#[test]
fn a_start_is_judged_by_the_rules_of_the_tenant() {
    let mut profile = paris(30);
    profile.booking = BookingRules { notice_minutes: 60, horizon_days: 200 };
    let now = at(&profile, tuesday(8, 30));
    let judge = |local| slot_at(&profile, None, None, local, now);
    assert_eq!(judge(tuesday(10, 7)).unwrap().end, at(&profile, tuesday(10, 37)));
    assert_eq!(judge(tuesday(9, 0)), Err(NotBookable::TooSoon));
    assert_eq!(judge(tuesday(11, 31)), Err(NotBookable::Closed));
    assert_eq!(judge(tuesday(12, 0)), Err(NotBookable::Closed));
    assert_eq!(judge(date(2026, 12, 25).at(10, 0, 0, 0)), Err(NotBookable::Closed));
    assert_eq!(judge(date(2027, 9, 25).at(10, 0, 0, 0)), Err(NotBookable::TooFar));
    assert_eq!(judge(date(2027, 3, 28).at(2, 30, 0, 0)), Err(NotBookable::NoSuchTime));
    let other = CalendarId("z".into());
    assert_eq!(
        slot_at(&profile, None, Some(&other), tuesday(10, 0), now),
        Err(NotBookable::Unknown)
    );
}

#[test]
fn choices_are_spread_over_half_days() {
    let profile = profile(
        "Europe/Paris",
        30,
        [every_day((9, 0), (12, 0)), every_day((14, 0), (17, 0))].concat(),
    );
    let slots = openings(&profile, &Wish::default(), &[], at(&profile, tuesday(7, 0)), 30);
    assert_eq!(times(&spread(&slots, 3)), ["24 09:00", "24 14:00", "25 09:00"]);
    assert_eq!(times(&spread(&slots[..3], 2)), ["24 09:00", "24 10:00"]);
    assert_eq!(times(&spread(&slots[..2], 2)), ["24 09:00", "24 09:30"]);
    assert_eq!(spread(&slots, 99).len(), 30);
    assert!(spread(&[], 3).is_empty());
}

#[test]
fn the_ends_of_the_calendar_do_not_panic() {
    let mut profile = profile("Europe/Paris", 30, every_day((0, 0), (23, 59)));
    profile.booking = BookingRules { notice_minutes: u32::MAX, horizon_days: u32::MAX };
    for now in [Timestamp::MIN, Timestamp::MAX, Timestamp::UNIX_EPOCH] {
        let _ = openings(&profile, &Wish::default(), &[], now, 3);
        for local in [DateTime::MIN, DateTime::MAX] {
            let _ = slot_at(&profile, None, None, local, now);
        }
    }
    profile.services[0].minutes = u32::MAX;
    assert!(openings(&profile, &Wish::default(), &[], Timestamp::UNIX_EPOCH, 3).is_empty());
}

#[test]
fn a_wish_finds_exactly_the_slots_that_it_accepts() {
    let hours = [every_day((9, 0), (12, 0)), every_day((14, 0), (23, 59))].concat();
    let profile = profile("Europe/Paris", 30, hours);
    let now = at(&profile, tuesday(7, 0));
    let all = openings(&profile, &Wish::default(), &[], now, 10_000);
    let open_end = Span { from: Some(date(2026, 12, 24).at(23, 0, 0, 0)), to: None };
    let open_start = Span { from: None, to: Some(tuesday(9, 30)) };
    let evening = span(tuesday(11, 30), tuesday(23, 59));
    let lunch = span(tuesday(11, 45), tuesday(14, 30));
    for within in [vec![open_end], vec![open_start], vec![evening, open_end, open_start]] {
        let wish = Wish { within, except: vec![lunch], ..Wish::default() };
        let expected: Vec<Slot> =
            all.iter().filter(|slot| wish.accepts(slot.local)).cloned().collect();
        assert!(!expected.is_empty());
        assert_eq!(openings(&profile, &wish, &[], now, 10_000), expected);
    }
}
