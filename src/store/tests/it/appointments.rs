use domain::appointment::Author;
use domain::availability::Slot;
use domain::id::{AppointmentId, CalendarId, ServiceId, TenantId};
use domain::phone::E164;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use store::appointments::{self, Claim, NewAppointment};
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

fn id(number: u128) -> AppointmentId {
    AppointmentId(uuid::Uuid::from_u128(number))
}

async fn book(db: &Db, number: u128, slot: &Slot) -> Result<Claim, StoreError> {
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
    let claim = appointments::book(&mut tx, &new).await?;
    tx.commit().await?;
    Ok(claim)
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
            Ok(Claim::Ours) => ours += 1,
            Ok(Claim::Taken) => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(ours, 1);
    assert_eq!(claims(&bench).await, 6);
}

async fn neighbours_do_not_disturb_each_other(bench: Bench) {
    ready(&bench).await;
    assert_eq!(book(&bench.db, 1, &slot("2026-11-24T10:00", 30)).await, Ok(Claim::Ours));
    assert_eq!(book(&bench.db, 2, &slot("2026-11-24T10:30", 30)).await, Ok(Claim::Ours));
    assert_eq!(book(&bench.db, 3, &slot("2026-11-24T09:35", 30)).await, Ok(Claim::Taken));
    // An hour that is no multiple of five minutes takes both buckets it touches.
    assert_eq!(book(&bench.db, 4, &slot("2026-11-24T11:02", 30)).await, Ok(Claim::Ours));
    assert_eq!(book(&bench.db, 5, &slot("2026-11-24T11:31", 30)).await, Ok(Claim::Taken));
}

async fn a_cancelled_slot_is_free_again(bench: Bench) {
    ready(&bench).await;
    let slot = slot("2026-11-24T10:00", 30);
    book(&bench.db, 1, &slot).await.unwrap();
    let mut tx = bench.db.begin(TENANT).await.unwrap();
    assert!(appointments::cancel(&mut tx, id(1), now()).await.unwrap());
    assert!(!appointments::cancel(&mut tx, id(1), now()).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(book(&bench.db, 2, &slot).await, Ok(Claim::Ours));
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
    assert_eq!(book(&bench.db, 3, &slot("2026-11-24T10:00", 30)).await, Ok(Claim::Taken));
    // Half an hour later over its own old time is free.
    let mut tx = bench.db.begin(TENANT).await.unwrap();
    let earlier = slot("2026-11-24T09:45", 30);
    let moved = appointments::move_to(&mut tx, id(1), &earlier, now()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(moved, Claim::Ours);
    assert_eq!(claims(&bench).await, 12);
    assert_eq!(book(&bench.db, 4, &slot("2026-11-24T10:15", 15)).await, Ok(Claim::Ours));
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
    assert_eq!(appointments::book(&mut tx, &new).await, Ok(Claim::Ours));
    drop(tx);
    assert_eq!(book(&bench.db, 2, &slot).await, Ok(Claim::Ours));
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
    let busy = appointments::busy(&mut reader, from, from + 24.hours()).await.unwrap();
    let starts: Vec<_> = busy.iter().map(|busy| busy.start).collect();
    assert_eq!(starts, [slot("2026-11-24T10:00", 30).start]);
}

on_both_backends!(
    of_forty_callers_for_one_slot_one_gets_it,
    neighbours_do_not_disturb_each_other,
    a_cancelled_slot_is_free_again,
    a_move_keeps_the_old_time_when_the_new_one_is_taken,
    a_booking_rolled_back_claims_nothing,
    busy_times_are_those_that_stand,
);
