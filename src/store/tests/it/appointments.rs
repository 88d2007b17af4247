use domain::appointment::Author;
use domain::availability::{Busy, Slot};
use domain::id::{AppointmentId, CalendarId, CallId, ServiceId, TenantId};
use domain::phone::E164;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use store::appointments::{self, Claim, NewAppointment, Seeker};
use store::tenants::{self, TenantData};
use store::testing::Bench;
use store::{Db, StoreError, fetch_optional, on_both_backends};

const TENANT: TenantId = TenantId(7);

fn now() -> Timestamp {
    "2026-11-23T09:00:00Z".parse().unwrap()
}

fn slot(start: &str, minutes: i64) -> Slot {
    let local: DateTime = start.parse().unwrap();
    let start = TimeZone::get("Europe/Paris").unwrap().to_timestamp(local).unwrap();
    Slot {
        calendar: CalendarId("room".to_owned()),
        service: ServiceId("visit".to_owned()),
        local,
        start,
        end: start + minutes.minutes(),
    }
}

async fn ready(bench: &Bench) {
    let mut tx = bench.db.begin_directory().await.unwrap();
    let data = TenantData { name: "x", timezone: "Europe/Paris", settings: "{}" };
    tenants::insert(&mut tx, TENANT, &data, now()).await.unwrap();
    tx.commit().await.unwrap();
}

async fn the_days_appointments_are_counted_by_when_they_begin(bench: Bench) {
    ready(&bench).await;
    book(&bench.db, 1, &slot("2026-11-24T10:00", 30)).await.unwrap();
    book(&bench.db, 2, &slot("2026-11-25T00:00", 30)).await.unwrap();
    // The written date has no index; nothing depends on it.
    bench.prompt("UPDATE rendez_vous SET rdv_date = '1999-01-01'").await.unwrap();
    let midnight = |day: &str| slot(&format!("{day}T00:00"), 5).start.as_millisecond();
    let day = (midnight("2026-11-24"), midnight("2026-11-25"));
    let mut reader = bench.db.read(TENANT).await.unwrap();
    assert_eq!(store::notices::visits_between(&mut reader, day.0, day.1).await.unwrap(), 1);
}

fn id(number: u128) -> AppointmentId {
    AppointmentId(uuid::Uuid::from_u128(number))
}

async fn book(db: &Db, number: u128, slot: &Slot) -> Result<(), StoreError> {
    let phone = E164::parse("+33639981234", "FR").unwrap();
    let new = NewAppointment {
        id: id(number),
        slot,
        zone: "Europe/Paris",
        service_name: "Visite",
        name: "Camille Lefèvre",
        name_key: "camille lefevre",
        phone: Some(&phone),
        email: None,
        motive: None,
        call: None,
        author: Author::Sara,
        now: now(),
    };
    let mut tx = db.begin(TENANT).await?;
    appointments::book(&mut tx, &new).await?;
    tx.commit().await
}

async fn claims(bench: &Bench) -> i64 {
    let mut reader = bench.db.read(TENANT).await.unwrap();
    let sql = "SELECT COUNT(*) FROM appointment_claims WHERE tenant_id = $1";
    fetch_optional!(reader, sql => (i64,), TENANT.0).unwrap().unwrap().0
}

async fn of_forty_callers_for_one_slot_one_gets_it(bench: Bench) {
    ready(&bench).await;
    let tasks: Vec<_> = (0..40)
        .map(|number| {
            let db = bench.db.clone();
            // Half of them want a slot that only overlaps.
            let start = if number % 2 == 0 { "2026-11-24T10:00" } else { "2026-11-24T10:15" };
            tokio::spawn(async move { book(&db, number, &slot(start, 30)).await })
        })
        .collect();
    let mut ours = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(()) => ours += 1,
            Err(StoreError::Conflict) => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(ours, 1);
    assert_eq!(claims(&bench).await, 6);
}

async fn neighbours_do_not_disturb_each_other(bench: Bench) {
    ready(&bench).await;
    assert_eq!(book(&bench.db, 1, &slot("2026-11-24T10:00", 30)).await, Ok(()));
    assert_eq!(book(&bench.db, 2, &slot("2026-11-24T10:30", 30)).await, Ok(()));
    assert_eq!(book(&bench.db, 3, &slot("2026-11-24T09:35", 30)).await, Err(StoreError::Conflict));
    // An hour that is no multiple of five minutes takes both buckets it touches.
    assert_eq!(book(&bench.db, 4, &slot("2026-11-24T11:02", 30)).await, Ok(()));
    assert_eq!(book(&bench.db, 5, &slot("2026-11-24T11:31", 30)).await, Err(StoreError::Conflict));
}

async fn a_cancelled_slot_is_free_again(bench: Bench) {
    ready(&bench).await;
    let slot = slot("2026-11-24T10:00", 30);
    book(&bench.db, 1, &slot).await.unwrap();
    let mut tx = bench.db.begin(TENANT).await.unwrap();
    assert!(appointments::cancel(&mut tx, id(1), now()).await.unwrap());
    assert!(!appointments::cancel(&mut tx, id(1), now()).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(book(&bench.db, 2, &slot).await, Ok(()));
}

async fn a_move_keeps_the_old_time_when_the_new_one_is_taken(bench: Bench) {
    ready(&bench).await;
    book(&bench.db, 1, &slot("2026-11-24T10:00", 30)).await.unwrap();
    book(&bench.db, 2, &slot("2026-11-24T10:30", 30)).await.unwrap();
    let mut tx = bench.db.begin(TENANT).await.unwrap();
    let overlapping = slot("2026-11-24T10:15", 30);
    let moved = appointments::move_to(&mut tx, id(1), &overlapping, now()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(moved, Claim::Taken);
    assert_eq!(claims(&bench).await, 12);
    assert_eq!(book(&bench.db, 3, &slot("2026-11-24T10:00", 30)).await, Err(StoreError::Conflict));
    // Half an hour later over its own old time is free.
    let mut tx = bench.db.begin(TENANT).await.unwrap();
    let earlier = slot("2026-11-24T09:45", 30);
    let moved = appointments::move_to(&mut tx, id(1), &earlier, now()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(moved, Claim::Ours);
    assert_eq!(claims(&bench).await, 12);
    assert_eq!(book(&bench.db, 4, &slot("2026-11-24T10:15", 15)).await, Ok(()));
    let row = appointments::get(&mut bench.db.read(TENANT).await.unwrap(), id(1)).await.unwrap();
    assert_eq!(row.unwrap().rdv_time, "09:45");
}

async fn a_booking_rolled_back_claims_nothing(bench: Bench) {
    ready(&bench).await;
    let slot = slot("2026-11-24T10:00", 30);
    let mut tx = bench.db.begin(TENANT).await.unwrap();
    let new = NewAppointment {
        id: id(1),
        slot: &slot,
        zone: "Europe/Paris",
        service_name: "Visite",
        name: "Camille Lefèvre",
        name_key: "camille lefevre",
        phone: None,
        email: None,
        motive: None,
        call: None,
        author: Author::Web,
        now: now(),
    };
    assert_eq!(appointments::book(&mut tx, &new).await, Ok(()));
    drop(tx);
    assert_eq!(book(&bench.db, 2, &slot).await, Ok(()));
}

async fn busy_times_are_those_that_stand(bench: Bench) {
    ready(&bench).await;
    for (number, start) in
        ["2026-11-24T10:00", "2026-11-24T11:00", "2026-12-24T10:00"].iter().enumerate()
    {
        book(&bench.db, number as u128, &slot(start, 30)).await.unwrap();
    }
    let mut tx = bench.db.begin(TENANT).await.unwrap();
    appointments::cancel(&mut tx, id(1), now()).await.unwrap();
    tx.commit().await.unwrap();
    let mut reader = bench.db.read(TENANT).await.unwrap();
    let from = slot("2026-11-24T10:15", 5).start;
    let busy = appointments::busy(&mut reader, (from, from + 24.hours()), None).await.unwrap();
    let starts: Vec<_> = busy.iter().map(|busy| busy.start).collect();
    assert_eq!(starts, [slot("2026-11-24T10:00", 30).start]);
    // Appointments that follow each other are one time that is taken, however it is read.
    book(&bench.db, 7, &slot("2026-11-24T10:30", 15)).await.unwrap();
    book(&bench.db, 8, &slot("2026-11-24T10:50", 5)).await.unwrap();
    let span = |busy: Vec<Busy>| -> Vec<_> {
        busy.into_iter().map(|busy| (busy.start, busy.end)).collect()
    };
    let taken = [slot("2026-11-24T10:00", 45), slot("2026-11-24T10:50", 5)];
    let taken: Vec<_> = taken.map(|slot| (slot.start, slot.end)).into();
    let mut reader = bench.db.read(TENANT).await.unwrap();
    let read = appointments::busy(&mut reader, (from, from + 24.hours()), None).await.unwrap();
    assert_eq!(span(read), taken);
    let mut tx = bench.db.begin(TENANT).await.unwrap();
    let read = appointments::busy(&mut tx, (from, from + 24.hours()), None).await.unwrap();
    assert_eq!(span(read), taken);
}

async fn hold(db: &Db, call: &str, slots: &[Slot], at: Timestamp) -> Result<(), StoreError> {
    let call = CallId::parse(call).unwrap();
    let mut tx = db.begin(TENANT).await?;
    appointments::hold(&mut tx, &call, slots, (at, at + 10.minutes())).await?;
    tx.commit().await
}

async fn is_free(db: &Db, call: &str, slot: &Slot, at: Timestamp) -> bool {
    let call = CallId::parse(call).unwrap();
    let seeker = Seeker { call: Some(&call), appointment: None };
    let mut reader = db.read(TENANT).await.unwrap();
    appointments::is_free(&mut reader, slot, seeker, at).await.unwrap()
}

async fn a_hold_that_waited_is_of_nothing_that_was_booked_meanwhile(bench: Bench) {
    ready(&bench).await;
    if bench.db.engine() == "sqlite" {
        return; // One writer: nobody waits within a statement.
    }
    let (ten, eleven) = (slot("2026-11-24T10:00", 30), slot("2026-11-24T11:00", 30));
    let other = CallId::parse("call-1").unwrap();
    let mut holding = bench.db.begin(TENANT).await.unwrap();
    let ours = std::slice::from_ref(&ten);
    appointments::hold(&mut holding, &other, ours, (now(), now() + 10.minutes())).await.unwrap();
    let (db, both) = (bench.db.clone(), [ten.clone(), eleven.clone()]);
    let waiting = tokio::spawn(async move { hold(&db, "call-2", &both, now()).await });
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    book(&bench.db, 1, &eleven).await.unwrap();
    drop(holding);
    assert_eq!(waiting.await.unwrap(), Err(StoreError::Conflict));
}

async fn what_one_call_is_offered_no_other_is_given(bench: Bench) {
    ready(&bench).await;
    let (ten, quarter) = (slot("2026-11-24T10:00", 30), slot("2026-11-24T10:15", 30));
    let ours = [ten.clone(), slot("2026-11-24T15:00", 30)];
    hold(&bench.db, "call-1", &ours, now()).await.unwrap();
    let overlapping = hold(&bench.db, "call-2", std::slice::from_ref(&quarter), now()).await;
    assert_eq!(overlapping, Err(StoreError::Conflict));
    assert!(!is_free(&bench.db, "call-2", &quarter, now()).await);
    assert!(is_free(&bench.db, "call-1", &ten, now()).await);
    let busy = |call: &'static str, at: Timestamp| {
        let db = bench.db.clone();
        async move {
            let call = CallId::parse(call).unwrap();
            let mut reader = db.read(TENANT).await.unwrap();
            let horizon = at + (24 * 30).hours();
            let busy = appointments::busy(&mut reader, (at, horizon), Some(&call)).await.unwrap();
            let minutes = |busy: &Busy| busy.end.duration_since(busy.start).as_mins();
            busy.iter().map(minutes).sum::<i64>()
        }
    };
    assert_eq!(busy("call-1", now()).await, 0);
    assert_eq!(busy("call-2", now()).await, 60);
    // Later it is nobody's, and whoever comes may have it.
    let later = now() + 11.minutes();
    assert_eq!(busy("call-2", later).await, 0);
    hold(&bench.db, "call-2", std::slice::from_ref(&quarter), later).await.unwrap();
    assert!(!is_free(&bench.db, "call-1", &ten, later).await);
}

async fn a_call_holds_what_it_offered_last(bench: Bench) {
    ready(&bench).await;
    let (ten, eleven) = (slot("2026-11-24T10:00", 30), slot("2026-11-24T11:00", 30));
    hold(&bench.db, "call-1", std::slice::from_ref(&ten), now()).await.unwrap();
    hold(&bench.db, "call-1", &[eleven.clone(), eleven.clone()], now()).await.unwrap();
    assert!(is_free(&bench.db, "call-2", &ten, now()).await);
    assert!(!is_free(&bench.db, "call-2", &eleven, now()).await);
    let mut tx = bench.db.begin(TENANT).await.unwrap();
    appointments::release(&mut tx, &CallId::parse("call-1").unwrap(), now()).await.unwrap();
    tx.commit().await.unwrap();
    assert!(is_free(&bench.db, "call-2", &eleven, now()).await);
}

async fn what_is_booked_cannot_be_held(bench: Bench) {
    ready(&bench).await;
    let ten = slot("2026-11-24T10:00", 30);
    book(&bench.db, 1, &ten).await.unwrap();
    assert_eq!(hold(&bench.db, "call-1", &[ten], now()).await, Err(StoreError::Conflict));
}

on_both_backends!(
    the_days_appointments_are_counted_by_when_they_begin,
    a_hold_that_waited_is_of_nothing_that_was_booked_meanwhile,
    what_one_call_is_offered_no_other_is_given,
    a_call_holds_what_it_offered_last,
    what_is_booked_cannot_be_held,
    of_forty_callers_for_one_slot_one_gets_it,
    neighbours_do_not_disturb_each_other,
    a_cancelled_slot_is_free_again,
    a_move_keeps_the_old_time_when_the_new_one_is_taken,
    a_booking_rolled_back_claims_nothing,
    busy_times_are_those_that_stand,
);
