use crate::house::{BOOKING, Caller, House};
use desk::Office;
use std::collections::HashSet;
use std::sync::Arc;
use store::on_both_backends;
use store::testing::Bench;

async fn at_once(requests: Vec<Caller>) -> Vec<String> {
    let tasks: Vec<_> = requests
        .into_iter()
        .map(|caller| tokio::spawn(async move { caller.again().await }))
        .collect();
    let mut said = Vec::new();
    for task in tasks {
        said.push(task.await.unwrap().say);
    }
    said
}

async fn ready_to_confirm(office: &Arc<Office>, call: &str) -> Caller {
    let mut caller = Caller::new(office, call);
    caller.says_all(&BOOKING[..BOOKING.len() - 1]).await;
    caller.request.user_messages += 1;
    caller.request.heard = BOOKING[BOOKING.len() - 1].to_owned();
    caller
}

async fn the_same_turn_at_once_books_once(bench: Bench) {
    let house = House::open(bench).await;
    let caller = ready_to_confirm(&house.office, "call-1").await;
    let same = |_| Caller { office: Arc::clone(&house.office), request: caller.request.clone() };
    let said: HashSet<String> = at_once((0..8).map(same).collect()).await.into_iter().collect();
    assert_eq!(said.len(), 1, "{said:?}");
    assert_eq!(house.texts("SELECT id FROM rendez_vous").await.len(), 1);
}

async fn the_same_turn_at_two_instances_books_once(bench: Bench) {
    let house = House::open(bench).await;
    let caller = ready_to_confirm(&house.office, "call-1").await;
    let others = [house.another().await, house.another().await];
    let mut requests = Vec::new();
    for office in others.iter().chain([&house.office]).cycle().take(9) {
        requests.push(Caller { office: Arc::clone(office), request: caller.request.clone() });
    }
    let said: HashSet<String> = at_once(requests).await.into_iter().collect();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said.iter().all(|said| said.contains("9 h")), "{said:?}");
    let turns = house.texts("SELECT heard FROM call_turns").await;
    assert_eq!(turns.len(), BOOKING.len());
    assert_eq!(house.texts("SELECT id FROM rendez_vous").await.len(), 1);
    let events =
        house.texts("SELECT event FROM ivr_events WHERE event = 'booking_confirmed'").await;
    assert_eq!(events.len(), 1);
}

async fn many_callers_want_one_slot_and_one_gets_it(bench: Bench) {
    let house = House::open(bench).await;
    let mut callers = Vec::new();
    for name in 0..12 {
        callers.push(ready_to_confirm(&house.office, &format!("call-{name}")).await);
    }
    let said = at_once(callers).await;
    let starts = house.texts("SELECT rdv_time FROM rendez_vous").await;
    assert_eq!(starts, ["09:00"], "{said:?}");
    let confirmed = said.iter().filter(|said| said.contains("confirmé")).count();
    assert_eq!(confirmed, 1, "{said:?}");
}

on_both_backends!(
    the_same_turn_at_once_books_once,
    the_same_turn_at_two_instances_books_once,
    many_callers_want_one_slot_and_one_gets_it,
);
