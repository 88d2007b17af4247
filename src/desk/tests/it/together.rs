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

async fn callers_who_ask_at_once_are_offered_different_slots(bench: Bench) {
    let house = House::open(bench).await;
    let offices = [Arc::clone(&house.office), house.another().await];
    let mut callers = Vec::new();
    for (name, office) in (0..6).zip(offices.iter().cycle()) {
        let mut caller = Caller::new(office, &format!("call-{name}"));
        caller.says_all(&BOOKING[..2]).await;
        callers.push(caller);
    }
    // The same wish from all of them in the same moment; each takes the first
    // offer and gets it.
    let tasks: Vec<_> = callers
        .into_iter()
        .map(|mut caller| {
            tokio::spawn(async move {
                let said = caller.says_all(&BOOKING[2..]).await.say;
                caller.says("non merci, au revoir").await;
                said
            })
        })
        .collect();
    for task in tasks {
        let said = task.await.unwrap();
        assert!(said.contains("confirmé"), "{said}");
    }
    let starts = house.texts("SELECT rdv_date || rdv_time FROM rendez_vous").await;
    assert_eq!(starts.iter().collect::<HashSet<_>>().len(), 6, "{starts:?}");
    assert!(house.texts("SELECT call_id FROM slot_holds").await.is_empty());
}

async fn many_callers_want_one_slot_and_one_gets_it(bench: Bench) {
    let house = House::open(bench).await;
    let mut callers = Vec::new();
    for name in 0..12 {
        callers.push(ready_to_confirm(&house.office, &format!("call-{name}")).await);
        // As if it had been offered so long ago that nobody holds it any more.
        house.bench.prompt("DELETE FROM slot_holds").await.unwrap();
    }
    let said = at_once(callers).await;
    let starts = house.texts("SELECT rdv_time FROM rendez_vous").await;
    assert_eq!(starts, ["09:00"], "{said:?}");
    let confirmed = said.iter().filter(|said| said.contains("confirmé")).count();
    assert_eq!(confirmed, 1, "{said:?}");
}

async fn a_slot_that_was_offered_is_kept_until_the_caller_goes(bench: Bench) {
    let house = House::open(bench).await;
    let mut first = Caller::new(&house.office, "call-1");
    let offered = first.says_all(&BOOKING[..3]).await.say;
    let mut second = Caller::new(&house.office, "call-2");
    let others = second.says_all(&BOOKING[..3]).await.say;
    assert!(offered.contains("9 h, 10 h ou 11 h"), "{offered}");
    assert!(others.contains("9 h 30, 10 h 30 ou 11 h 30"), "{others}");
    first.says("non merci, laissez tomber, au revoir").await;
    let mut third = Caller::new(&house.office, "call-3");
    assert_eq!(third.says_all(&BOOKING[..3]).await.say, offered);
}

on_both_backends!(
    the_same_turn_at_once_books_once,
    the_same_turn_at_two_instances_books_once,
    callers_who_ask_at_once_are_offered_different_slots,
    many_callers_want_one_slot_and_one_gets_it,
    a_slot_that_was_offered_is_kept_until_the_caller_goes,
);
