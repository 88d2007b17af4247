use crate::house::{Caller, House};
use desk::live::Change;
use desk::{jobs, tenants};
use domain::id::TenantId;
use domain::tenant::settings::Settings;
use std::sync::Arc;
use std::time::Duration;
use store::on_both_backends;
use store::testing::Bench;
use tokio::sync::broadcast::Receiver;

const TENANT: TenantId = TenantId(1);

async fn hears(changes: &mut Receiver<(TenantId, Change)>, expected: Change) {
    let heard = async { while changes.recv().await.unwrap() != (TENANT, expected) {} };
    tokio::time::timeout(Duration::from_secs(5), heard).await.expect("the page is told");
}

async fn an_open_page_hears_of_a_turn_and_a_booking(bench: Bench) {
    let house = House::open(bench).await;
    let mut changes = house.office.live.subscribe();
    Caller::new(&house.office, "call-1").books().await;
    hears(&mut changes, Change::Calls).await;
    hears(&mut changes, Change::Appointments).await;
}

async fn an_open_page_hears_what_another_instance_does(bench: Bench) {
    let house = House::open(bench).await;
    let other = house.another().await;
    let mut changes = house.office.live.subscribe();
    let working = [house.office.clone(), other.clone()].map(|it| tokio::spawn(jobs::run(it)));
    // Until it listens: a new call of its own each time.
    let calling = async {
        for number in 0.. {
            Caller::new(&other, &format!("call-{number}")).says("Bonjour").await;
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::select! {
        () = hears(&mut changes, Change::Calls) => {}
        () = calling => {}
    }
    working.iter().for_each(tokio::task::JoinHandle::abort);
}

async fn an_open_page_hears_what_is_done_at_an_sql_prompt(bench: Bench) {
    let house = House::open(bench).await;
    Caller::new(&house.office, "call-1").books().await;
    let working = tokio::spawn(jobs::run(house.office.clone()));
    let mut changes = house.office.live.subscribe();
    let typing = async {
        loop {
            house.bench.prompt("UPDATE rendez_vous SET notes = 'x'").await.unwrap();
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::select! {
        () = hears(&mut changes, Change::Appointments) => {}
        () = typing => {}
    }
    working.abort();
}

/// Another name of a tenant, until it is noticed.
async fn noticed(house: &House, tenant: TenantId, sql: [&'static str; 2]) {
    let before = house.office.profile(tenant).await.unwrap();
    let typing = async {
        for at in 0.. {
            house.bench.prompt(sql[at % 2]).await.unwrap();
            tokio::time::sleep(Duration::from_millis(400)).await;
            if !Arc::ptr_eq(&before, &house.office.profile(tenant).await.unwrap()) {
                return;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(10), typing).await.expect("the change is noticed");
}

async fn a_change_of_one_tenant_leaves_what_is_known_of_others(bench: Bench) {
    let house = House::open(bench).await;
    let mut made = Vec::new();
    for name in ["Cabinet Martin", "Cabinet voisin"] {
        let settings = Settings::from_toml(&format!("name = \"{name}\"\n")).unwrap();
        made.push(tenants::apply(&house.office, &settings).await.unwrap().tenant);
    }
    let (tenant, neighbour) = (made[0], made[1]);
    let working = tokio::spawn(jobs::run(house.office.clone()));
    let names = [
        "UPDATE tenants SET name = 'Cabinet A' WHERE tenant_id = 2",
        "UPDATE tenants SET name = 'Cabinet B' WHERE tenant_id = 2",
    ];
    // Twice: after the first it surely listens.
    noticed(&house, tenant, names).await;
    let known = house.office.profile(neighbour).await.unwrap();
    noticed(&house, tenant, names).await;
    assert!(Arc::ptr_eq(&known, &house.office.profile(neighbour).await.unwrap()));
    // The same where the change is made here.
    let settings = Settings::from_toml("id = 2\nname = \"Cabinet C\"\n").unwrap();
    tenants::apply(&house.office, &settings).await.unwrap();
    assert_eq!(house.office.profile(tenant).await.unwrap().name, "Cabinet C");
    assert!(Arc::ptr_eq(&known, &house.office.profile(neighbour).await.unwrap()));
    working.abort();
}

on_both_backends!(
    a_change_of_one_tenant_leaves_what_is_known_of_others,
    an_open_page_hears_of_a_turn_and_a_booking,
    an_open_page_hears_what_another_instance_does,
    an_open_page_hears_what_is_done_at_an_sql_prompt,
);
