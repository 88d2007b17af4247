use crate::house::{Caller, House};
use desk::jobs;
use desk::live::Change;
use domain::id::TenantId;
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

on_both_backends!(
    an_open_page_hears_of_a_turn_and_a_booking,
    an_open_page_hears_what_another_instance_does,
    an_open_page_hears_what_is_done_at_an_sql_prompt,
);
