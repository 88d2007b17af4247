//! What is tidied up at night.

use crate::house::House;
use desk::once::Key;
use desk::tickets::TicketWanted;
use desk::{Desk, Office, Who, jobs, tenants};
use domain::id::TenantId;
use domain::tenant::settings::Settings;
use std::sync::Arc;
use store::on_both_backends;
use store::testing::Bench;

const OF_TWO: &str = "SELECT subject FROM tickets WHERE tenant_id = 2";
const OF_THREE: &str = "SELECT subject FROM tickets WHERE tenant_id = 3";
const RESETS: &str = "SELECT dedup_key FROM hooks WHERE kind = 'sandbox_reset' ORDER BY 1 DESC";

/// From now on nothing of tenant 2 can be removed.
async fn hold_on(bench: &Bench) {
    let sqlite = "CREATE TRIGGER held BEFORE DELETE ON tickets WHEN OLD.tenant_id = 2
        BEGIN SELECT RAISE(ABORT, 'held'); END";
    let postgres = "CREATE FUNCTION held() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN IF OLD.tenant_id = 2 THEN RAISE EXCEPTION 'held'; END IF; RETURN OLD; END $$;
        CREATE TRIGGER held BEFORE DELETE ON tickets FOR EACH ROW EXECUTE FUNCTION held();";
    let sql = if bench.db.engine() == "sqlite" { sqlite } else { postgres };
    bench.prompt(sql).await.unwrap();
}

/// A practice with a request that was dealt with.
async fn practice(house: &House, name: &str) -> TenantId {
    let settings = Settings::from_toml(&format!("name = \"{name}\"\n")).unwrap();
    let tenant = tenants::apply(&house.office, &settings).await.unwrap().tenant;
    let desk = Desk::new(Arc::clone(&house.office), tenant, Who::Operator);
    let wanted = TicketWanted { subject: name.to_owned(), ..TicketWanted::default() };
    desk.create_ticket(&wanted).await.unwrap();
    tenant
}

async fn round_at(office: &Office, at: &str) {
    office.world.clock.set(at.parse().unwrap());
    jobs::round(office).await.unwrap();
}

async fn one_tenants_rows_keep_nobody_elses_from_going(bench: Bench) {
    let house = House::open(bench).await;
    let (two, three) = (practice(&house, "Deux").await, practice(&house, "Trois").await);
    house.bench.prompt("UPDATE tickets SET status = 'closed'").await.unwrap();
    hold_on(&house.bench).await;
    round_at(&house.office, "2028-01-10T03:00:00Z").await;
    assert_eq!(house.texts_of(two, OF_TWO).await, ["Deux"]);
    assert!(house.texts_of(three, OF_THREE).await.is_empty());
    assert_eq!(house.texts(RESETS).await[0], "sandbox_reset:2028-01-10");
    // That night is seen to; another instance has nothing to do.
    house
        .bench
        .prompt(match house.bench.db.engine() {
            "sqlite" => "DROP TRIGGER held",
            _ => "DROP TRIGGER held ON tickets",
        })
        .await
        .unwrap();
    let other = house.another().await;
    round_at(&other, "2028-01-10T03:10:00Z").await;
    assert_eq!(house.texts_of(two, OF_TWO).await, ["Deux"]);
    round_at(&other, "2028-01-11T03:10:00Z").await;
    assert!(house.texts_of(two, OF_TWO).await.is_empty());
}

const OLD: &str = "SELECT dedup_key FROM hooks WHERE kind = 'old'";

/// From now on what came long ago cannot be forgotten.
async fn hold_hooks(bench: &Bench) {
    let sqlite = "CREATE TRIGGER held BEFORE DELETE ON hooks WHEN OLD.kind = 'old'
        BEGIN SELECT RAISE(ABORT, 'held'); END";
    let postgres = "CREATE FUNCTION held() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN IF OLD.kind = 'old' THEN RAISE EXCEPTION 'held'; END IF; RETURN OLD; END $$;
        CREATE TRIGGER held BEFORE DELETE ON hooks FOR EACH ROW EXECUTE FUNCTION held();";
    let sql = if bench.db.engine() == "sqlite" { sqlite } else { postgres };
    bench.prompt(sql).await.unwrap();
}

async fn a_night_that_was_interrupted_is_gone_on_with(bench: Bench) {
    let house = House::open(bench).await;
    let old = "INSERT INTO hooks (provider, dedup_key, kind, received_at)
        VALUES ('vapi', 'long ago', 'old', 0)";
    house.bench.prompt(old).await.unwrap();
    hold_hooks(&house.bench).await;
    house.office.world.clock.set("2028-01-10T03:00:00Z".parse().unwrap());
    jobs::round(&house.office).await.unwrap_err();
    let go = match house.bench.db.engine() {
        "sqlite" => "DROP TRIGGER held",
        _ => "DROP TRIGGER held ON hooks",
    };
    house.bench.prompt(go).await.unwrap();
    // Whoever began may still be at it.
    let other = house.another().await;
    round_at(&other, "2028-01-10T03:05:00Z").await;
    assert_eq!(house.texts(OLD).await, ["long ago"]);
    round_at(&other, "2028-01-10T03:11:00Z").await;
    assert!(house.texts(OLD).await.is_empty());
    // Done once is done for that night, by whomever.
    house.bench.prompt(old).await.unwrap();
    round_at(&house.office, "2028-01-10T03:30:00Z").await;
    assert_eq!(house.texts(OLD).await, ["long ago"]);
}

async fn answers_under_a_key_are_forgotten_without_any_provider(bench: Bench) {
    let house = House::open(bench).await;
    let tenant = practice(&house, "Deux").await;
    let desk = Desk::new(Arc::clone(&house.office), tenant, Who::Operator);
    let key = Key { text: "k-1", at: "POST /api/v1/appointments", request: "{}" };
    desk.once(key).await.unwrap();
    desk.answered(key, 201, "null").await.unwrap();
    let keys = async || house.texts_of(tenant, "SELECT key_hash FROM idempotency_keys").await;
    round_at(&house.office, "2026-11-29T03:00:00Z").await;
    assert_eq!(keys().await.len(), 1);
    round_at(&house.office, "2026-12-02T03:00:00Z").await;
    assert!(keys().await.is_empty());
}

on_both_backends!(
    one_tenants_rows_keep_nobody_elses_from_going,
    a_night_that_was_interrupted_is_gone_on_with,
    answers_under_a_key_are_forgotten_without_any_provider,
);
