//! Reminders: once, in time, by day, to where somebody is reached.

use crate::house::House;
use desk::appointments::{Changes, NewAppointment};
use desk::reminders::{self, At};
use desk::{Desk, Office, Who, tenants};
use domain::appointment::Status;
use domain::id::{AppointmentId, TenantId};
use domain::phone::E164;
use domain::tenant::settings::Settings;
use jiff::Timestamp;
use std::sync::Arc;
use store::testing::Bench;
use store::{execute, fetch_all, on_both_backends};

/// A practice that can send text messages and mail, and an appointment of
/// Camille's.
struct Practice {
    house: House,
    tenant: TenantId,
}

impl Practice {
    async fn open(bench: Bench, more: &str) -> Self {
        Self::at(bench, "Europe/Paris", more).await
    }

    async fn at(bench: Bench, zone: &str, more: &str) -> Self {
        let house = House::open(bench).await;
        let file = format!(
            "name = \"Atelier Martin\"\ntimezone = \"{zone}\"\nterritory = \"none\"\n\
             [[hours]]\ndays = [\"mon-sun\"]\nfrom = \"07:00\"\nto = \"23:00\"\n\
             [booking]\nnotice_minutes = 0\nhorizon_days = 366\n{more}"
        );
        let settings = Settings::from_toml(&file).unwrap();
        let tenant = tenants::apply(&house.office, &settings).await.unwrap().tenant;
        let practice = Self { house, tenant };
        practice.channel("sms").await;
        practice.channel("email").await;
        practice
    }

    async fn channel(&self, channel: &str) {
        let mut tx = self.house.office.db.begin(self.tenant).await.unwrap();
        let sql = "INSERT INTO channel_configurations (tenant_id, id, channel_type, enabled,
          configured, created_at, updated_at) VALUES ($1, $2, $2, 1, 1, 0, 0)";
        execute!(tx, sql, self.tenant.0, channel).unwrap();
        tx.commit().await.unwrap();
    }

    fn desk(&self) -> Desk {
        Desk::new(Arc::clone(&self.house.office), self.tenant, Who::Operator)
    }

    async fn books(&self, start: &str) -> AppointmentId {
        let new = NewAppointment {
            name: "Camille Lefèvre".to_owned(),
            phone: Some(E164::parse("06 39 98 12 34", "FR").unwrap()),
            email: Some("camille@exemple.fr".to_owned()),
            start: start.parse().unwrap(),
            service: None,
            calendar: None,
            motive: None,
        };
        self.desk().book(&new).await.unwrap().id.parse().unwrap()
    }

    async fn moves(&self, id: AppointmentId, start: &str) {
        let changes = Changes { start: Some(start.parse().unwrap()), ..Changes::default() };
        self.desk().change(id, &changes).await.unwrap();
    }

    fn is(&self, now: &str) {
        self.house.office.world.clock.set(now.parse().unwrap());
    }

    async fn round(&self) {
        reminders::round(&self.house.office).await.unwrap();
    }

    /// What was ordered: what it says, by what, to become of it.
    async fn messages(&self) -> Vec<String> {
        let mut reader = self.house.office.db.read(self.tenant).await.unwrap();
        let sql = "SELECT template_name || ' ' || channel_type || ' ' || status
          || COALESCE(' ' || error_code, '') FROM channel_messages_log ORDER BY created_at, id";
        let rows = fetch_all!(reader, sql => (String,)).unwrap();
        rows.into_iter().map(|(text,)| text).collect()
    }

    async fn says(&self, sql: &'static str) {
        let mut tx = self.house.office.db.begin(self.tenant).await.unwrap();
        execute!(tx, sql, self.tenant.0).unwrap();
        tx.commit().await.unwrap();
    }

    async fn due(&self, at: &str) -> Vec<u32> {
        let at: Timestamp = at.parse().unwrap();
        let due = reminders::due(&self.house.office, Some(self.tenant), At::Instant(at)).await;
        due.unwrap().iter().map(|found| found.rule.minutes).collect()
    }
}

async fn a_day_and_an_hour_before_somebody_is_reminded_once(bench: Bench) {
    let practice = Practice::open(bench, "").await;
    let id = practice.books("2026-11-25T10:00").await;
    for now in ["2026-11-23T12:00:00Z", "2026-11-24T08:59:59Z"] {
        practice.is(now);
        practice.round().await;
        assert!(practice.messages().await.is_empty(), "{now}");
    }
    practice.is("2026-11-24T09:00:00Z");
    assert_eq!(practice.due("2026-11-24T09:00:00Z").await, [1440]);
    for _ in 0..3 {
        practice.round().await;
    }
    assert_eq!(practice.messages().await, ["reminder_24h sms pending"]);
    practice.is("2026-11-25T08:00:00Z");
    practice.round().await;
    practice.round().await;
    assert_eq!(practice.messages().await.len(), 2);
    assert!(practice.messages().await[1].starts_with("reminder_1h sms"));
    let visit = practice.desk().visit(&id.to_string()).await.unwrap().unwrap();
    assert_eq!(visit.version, 1);
    let sql =
        "SELECT rdv_time FROM rendez_vous WHERE reminder_24h_sent = 1 AND reminder_1h_sent = 1";
    assert_eq!(practice.house.texts_of(practice.tenant, sql).await, ["10:00"]);
}

async fn of_many_instances_one_orders(bench: Bench) {
    let practice = Practice::open(bench, "").await;
    for hour in 9..13 {
        practice.books(&format!("2026-11-25T{hour:02}:00")).await;
    }
    let mut offices: Vec<Arc<Office>> = vec![Arc::clone(&practice.house.office)];
    for _ in 0..3 {
        offices.push(practice.house.another().await);
    }
    let rounds: Vec<_> = offices
        .iter()
        .map(|office| {
            office.world.clock.set("2026-11-24T12:00:00Z".parse().unwrap());
            let office = Arc::clone(office);
            tokio::spawn(async move { reminders::round(&office).await })
        })
        .collect();
    let mut ordered = 0;
    for round in rounds {
        ordered += round.await.unwrap().unwrap_or_default();
    }
    practice.round().await;
    assert_eq!(practice.messages().await.len(), 4);
    assert!(ordered <= 4, "{ordered}");
}

async fn a_move_takes_back_what_waits_and_reminds_of_the_new_start(bench: Bench) {
    let practice = Practice::open(bench, "").await;
    let id = practice.books("2026-11-25T10:00").await;
    practice.is("2026-11-24T09:00:00Z");
    practice.round().await;
    practice.is("2026-11-24T09:01:00Z");
    practice.moves(id, "2026-11-27T10:00").await;
    let told = practice.messages().await;
    assert_eq!(told, ["reminder_24h sms refused cancelled", "moved sms pending"]);
    practice.is("2026-11-24T09:05:00Z");
    practice.moves(id, "2026-11-25T10:00").await;
    practice.is("2026-11-25T08:00:00Z");
    practice.round().await;
    let told = practice.messages().await;
    // Given this hour a day before, they are reminded an hour before only.
    assert_eq!(told[2..], ["moved sms pending", "reminder_1h sms pending"]);
    assert_eq!(told[1], "moved sms refused cancelled");
    practice.is("2026-11-25T08:01:00Z");
    practice.moves(id, "2026-11-27T10:00").await;
    practice.is("2026-11-26T09:00:00Z");
    practice.round().await;
    assert_eq!(practice.messages().await.last().unwrap(), "reminder_24h sms pending");
}

async fn a_corrected_number_still_hears_of_the_move(bench: Bench) {
    let practice = Practice::open(bench, "").await;
    let id = practice.books("2026-11-25T10:00").await;
    practice.moves(id, "2026-11-27T10:00").await;
    practice.is("2026-11-23T20:00:00Z");
    let corrected = E164::parse("06 39 98 12 35", "FR").unwrap();
    let changes = Changes { phone: Some(Some(corrected)), ..Changes::default() };
    practice.desk().change(id, &changes).await.unwrap();
    let told = practice.messages().await;
    assert_eq!(told, ["moved sms refused cancelled", "moved sms pending"]);
    let notes =
        Changes { notes: Some(Some("Plutôt à l’étage".to_owned())), ..Changes::default() };
    practice.desk().change(id, &notes).await.unwrap();
    assert_eq!(practice.messages().await.len(), 2);
}

async fn moved_away_and_back_before_it_comes_it_comes(bench: Bench) {
    let practice = Practice::open(bench, "[reminders]\ntell_moved = false\n").await;
    let id = practice.books("2026-11-27T10:00").await;
    practice.moves(id, "2026-11-28T10:00").await;
    practice.moves(id, "2026-11-27T10:00").await;
    practice.is("2026-11-26T09:00:00Z");
    practice.round().await;
    practice.says("UPDATE channel_messages_log SET status = 'refused', error_code = 'cancelled' WHERE tenant_id = $1").await;
    practice.says("UPDATE reminders SET state = 'withdrawn' WHERE tenant_id = $1").await;
    practice.is("2026-11-26T09:10:00Z");
    practice.round().await;
    let told = practice.messages().await;
    assert_eq!(told, ["reminder_24h sms refused cancelled", "reminder_24h sms pending"]);
}

async fn what_is_cancelled_is_not_reminded_of_but_told(bench: Bench) {
    let practice = Practice::open(bench, "").await;
    let id = practice.books("2026-11-25T10:00").await;
    practice.is("2026-11-24T09:00:00Z");
    practice.round().await;
    practice.is("2026-11-24T09:01:00Z");
    practice.desk().cancel(id, None).await.unwrap();
    practice.is("2026-11-25T08:00:00Z");
    practice.round().await;
    let told = practice.messages().await;
    assert_eq!(told, ["reminder_24h sms refused cancelled", "cancellation sms pending"]);
}

async fn who_cannot_be_reached_one_way_is_reached_the_other(bench: Bench) {
    let practice = Practice::open(bench, "").await;
    practice.books("2026-11-25T10:00").await;
    practice.is("2026-11-24T09:00:00Z");
    practice.round().await;
    practice.says("UPDATE channel_messages_log SET status = 'refused', error_code = 'stop' WHERE tenant_id = $1").await;
    practice.is("2026-11-24T09:05:00Z");
    practice.round().await;
    let told = practice.messages().await;
    assert_eq!(told, ["reminder_24h sms refused stop", "reminder_24h email pending"]);
    practice.says("UPDATE channel_messages_log SET status = 'failed' WHERE tenant_id = $1 AND channel_type = 'email'").await;
    practice.is("2026-11-24T09:40:00Z");
    practice.round().await;
    assert_eq!(practice.messages().await.len(), 2, "there is no third way");
}

async fn after_an_outage_only_what_is_of_use_is_sent(bench: Bench) {
    let practice = Practice::open(bench, "").await;
    practice.books("2026-11-25T10:00").await;
    practice.books("2026-11-25T15:00").await;
    // The day before is over for the first, not yet for the second.
    practice.is("2026-11-25T07:30:00Z");
    practice.round().await;
    assert_eq!(practice.messages().await, ["reminder sms pending"]);
    practice.is("2026-11-25T08:50:00Z");
    practice.round().await;
    assert_eq!(practice.messages().await.len(), 1, "too late for the first");
}

async fn nobody_is_reminded_at_night_or_of_what_they_have_just_taken(bench: Bench) {
    let practice = Practice::open(bench, "").await;
    practice.books("2026-11-25T08:00").await;
    assert_eq!(practice.due("2026-11-24T18:00:00Z").await, [60]);
    for night in ["2026-11-24T20:00:00Z", "2026-11-25T06:30:00Z", "2026-11-25T06:59:00Z"] {
        assert!(practice.due(night).await.is_empty(), "{night}");
    }
    practice.is("2026-11-24T19:00:00Z");
    practice.books("2026-11-25T08:30").await;
    assert_eq!(practice.due("2026-11-25T07:00:00Z").await, [60]);
    practice.is("2026-11-25T07:30:00Z");
    practice.books("2026-11-25T09:00").await;
    assert!(practice.due("2026-11-25T07:35:00Z").await.is_empty());
}

async fn the_nearest_of_several_speaks_for_all(bench: Bench) {
    let more = "[[reminder]]\nbefore_minutes = 180\nchannel = \"email\"\n\
                [[reminder]]\nbefore_minutes = 120\n";
    let practice = Practice::open(bench, more).await;
    practice.books("2026-11-25T15:00").await;
    assert_eq!(practice.due("2026-11-25T11:00:00Z").await, [180]);
    practice.is("2026-11-25T12:30:00Z");
    for _ in 0..3 {
        practice.round().await;
    }
    assert_eq!(practice.messages().await, ["reminder_1h sms pending"]);
}

async fn nothing_leaves_the_test_tenant_or_a_practice_without_channels(bench: Bench) {
    let practice = Practice::open(bench, "").await;
    practice.books("2026-11-25T10:00").await;
    practice.says("UPDATE channel_configurations SET enabled = 0 WHERE tenant_id = $1").await;
    practice.is("2026-11-24T09:00:00Z");
    practice.round().await;
    assert!(practice.messages().await.is_empty());
    let off = Practice { tenant: TenantId(1), ..practice };
    off.channel("sms").await;
    off.books("2026-11-26T10:00").await;
    off.is("2026-11-25T09:00:00Z");
    off.round().await;
    assert!(off.messages().await.is_empty());
}

/// As the first documents write it, for a moment instead of now.
const SEED: &str = "SELECT id FROM rendez_vous
WHERE rdv_date = date('2026-11-24T23:30:00Z', '+1 day')
  AND reminder_24h_sent = 0
  AND status = 'confirmed'";

#[tokio::test]
async fn the_first_documents_query_runs_and_differs_where_its_day_does() {
    let practice = Practice::at(Bench::sqlite().await, "Indian/Reunion", "").await;
    let as_written = "SELECT id FROM rendez_vous
WHERE rdv_date = date('now', '+1 day')
  AND reminder_24h_sent = 0
  AND status = 'confirmed'";
    practice.house.texts_of(practice.tenant, as_written).await;
    // 3 h 30 on the 25th in Réunion, still the 24th in UTC: the query's
    // tomorrow is the tenant's today. A whole day is not 24 hours either, and
    // at that hour people sleep.
    practice.books("2026-11-25T10:00").await;
    practice.books("2026-11-26T10:00").await;
    let of_query = practice.house.texts_of(practice.tenant, SEED).await;
    assert_eq!(of_query.len(), 1);
    assert!(practice.due("2026-11-24T23:30:00Z").await.is_empty());
    let at: Timestamp = "2026-11-25T06:00:00Z".parse().unwrap();
    let due = reminders::due(&practice.house.office, None, At::Instant(at)).await.unwrap();
    assert_eq!(due.len(), 1);
    assert_ne!(due[0].appointment.to_string(), of_query[0]);
    let local = At::Local("2026-11-25T10:00".parse().unwrap());
    assert_eq!(reminders::due(&practice.house.office, None, local).await.unwrap(), due);
}

#[tokio::test]
async fn a_change_of_clocks_changes_no_hour_of_a_reminder() {
    for (zone, start, at) in [
        // Forward on 29 March 2026 in Paris, back on 25 October.
        ("Europe/Paris", "2026-03-29T10:00", "2026-03-28T09:00:00Z"),
        ("Europe/Paris", "2026-10-25T10:00", "2026-10-24T08:00:00Z"),
        // Forward on 8 March in New York.
        ("America/New_York", "2026-03-08T10:00", "2026-03-07T15:00:00Z"),
        ("Indian/Reunion", "2026-03-29T10:00", "2026-03-28T06:00:00Z"),
        ("Pacific/Noumea", "2026-03-29T10:00", "2026-03-27T23:00:00Z"),
    ] {
        let bench = Bench::sqlite().await;
        let practice = Practice::at(bench, zone, "").await;
        practice.is("2026-02-20T12:00:00Z");
        practice.books(start).await;
        let at: Timestamp = at.parse().unwrap();
        assert_eq!(practice.due(&at.to_string()).await, [1440], "{zone} {start}");
        let before = at - jiff::SignedDuration::from_secs(1);
        assert!(practice.due(&before.to_string()).await.is_empty(), "{zone} {start}");
    }
}

async fn who_did_not_come_gets_nothing_more(bench: Bench) {
    let practice = Practice::open(bench, "").await;
    let id = practice.books("2026-11-25T10:00").await;
    practice.is("2026-11-25T09:05:00Z");
    let changes = Changes { status: Some(Status::NoShow), ..Changes::default() };
    practice.desk().change(id, &changes).await.unwrap();
    practice.round().await;
    assert!(practice.messages().await.is_empty());
}

on_both_backends!(
    a_day_and_an_hour_before_somebody_is_reminded_once,
    of_many_instances_one_orders,
    a_move_takes_back_what_waits_and_reminds_of_the_new_start,
    a_corrected_number_still_hears_of_the_move,
    moved_away_and_back_before_it_comes_it_comes,
    what_is_cancelled_is_not_reminded_of_but_told,
    who_cannot_be_reached_one_way_is_reached_the_other,
    after_an_outage_only_what_is_of_use_is_sent,
    nobody_is_reminded_at_night_or_of_what_they_have_just_taken,
    the_nearest_of_several_speaks_for_all,
    nothing_leaves_the_test_tenant_or_a_practice_without_channels,
    who_did_not_come_gets_nothing_more,
);
