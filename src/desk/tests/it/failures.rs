use crate::house::{BOOKING, Caller, House};
use store::on_both_backends;
use store::testing::Bench;

async fn a_turn_that_cannot_be_stored_books_nothing_and_says_so(bench: Bench) {
    let house = House::open(bench).await;
    let mut caller = Caller::new(&house.office, "call-1");
    caller.says_all(&BOOKING[..BOOKING.len() - 1]).await;
    house.bench.prompt("ALTER TABLE call_turns RENAME TO elsewhere").await.unwrap();
    let reply = caller.says(BOOKING[BOOKING.len() - 1]).await;
    assert!(reply.say.contains("souci technique"), "{}", reply.say);
    assert!(house.texts("SELECT id FROM rendez_vous").await.is_empty());
    assert!(house.texts("SELECT bucket || '' FROM appointment_claims").await.is_empty());
    // The caller repeats, the database is back: the call goes on where it was.
    house.bench.prompt("ALTER TABLE elsewhere RENAME TO call_turns").await.unwrap();
    let reply = caller.again().await;
    assert!(reply.say.contains("confirmé"), "{}", reply.say);
    assert_eq!(house.texts("SELECT id FROM rendez_vous").await.len(), 1);
}

async fn a_database_that_fails_at_a_new_call_gives_a_sentence(bench: Bench) {
    let house = House::open(bench).await;
    house.bench.prompt("ALTER TABLE call_directory RENAME TO elsewhere").await.unwrap();
    let reply = Caller::new(&house.office, "call-1").says("Bonjour").await;
    assert!(reply.say.contains("souci technique"), "{}", reply.say);
}

async fn a_caller_who_hangs_up_in_the_middle_leaves_a_whole_turn_or_none(bench: Bench) {
    let house = House::open(bench).await;
    let mut caller = Caller::new(&house.office, "call-1");
    caller.says_all(&BOOKING[..BOOKING.len() - 1]).await;
    caller.request.user_messages += 1;
    caller.request.heard = BOOKING[BOOKING.len() - 1].to_owned();
    for polls in 0..40 {
        let mut turn = Box::pin(caller.again());
        for _ in 0..polls {
            if futures::poll!(turn.as_mut()).is_ready() {
                break;
            }
            tokio::task::yield_now().await;
        }
    }
    let reply = caller.again().await;
    assert!(reply.say.contains("confirmé"), "{}", reply.say);
    assert_eq!(house.texts("SELECT id FROM rendez_vous").await.len(), 1);
    assert_eq!(house.texts("SELECT heard FROM call_turns").await.len(), BOOKING.len());
}

on_both_backends!(
    a_turn_that_cannot_be_stored_books_nothing_and_says_so,
    a_database_that_fails_at_a_new_call_gives_a_sentence,
    a_caller_who_hangs_up_in_the_middle_leaves_a_whole_turn_or_none,
);
