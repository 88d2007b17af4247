use crate::house::{BOOKING, Caller, House};
use desk::switchboard::Then;
use domain::routing::Channel;
use store::on_both_backends;
use store::testing::Bench;

const APPOINTMENTS: &str =
    "SELECT customer_name || ' ' || rdv_date || ' ' || rdv_time || ' ' || status
  FROM rendez_vous ORDER BY created_at, id";
const EVENTS: &str = "SELECT event FROM ivr_events ORDER BY created_at, id";
const HEARD: &str =
    "SELECT turn || '.' || revision || ' ' || heard FROM call_turns ORDER BY turn, revision";

async fn a_turn_is_stored_with_its_call(bench: Bench) {
    let house = House::open(bench).await;
    let mut caller = Caller::new(&house.office, "call-1");
    let reply = caller.says("Bonjour, je voudrais prendre rendez-vous").await;
    assert!(!reply.say.is_empty());
    let said = house.texts("SELECT said FROM call_turns WHERE call_id = 'call-1'").await;
    assert_eq!(said, [reply.say]);
    assert_eq!(house.texts(EVENTS).await, ["call_started"]);
    assert_eq!(house.texts("SELECT from_number FROM call_logs").await, ["+33639981234"]);
}

async fn a_caller_books_and_the_database_knows(bench: Bench) {
    let house = House::open(bench).await;
    let reply = Caller::new(&house.office, "call-1").books().await;
    assert!(reply.say.contains("9 h"), "{}", reply.say);
    assert_eq!(house.texts(APPOINTMENTS).await, ["Camille Lefèvre 2026-11-24 09:00 confirmed"]);
    let events = house.texts(EVENTS).await;
    assert_eq!(events.iter().filter(|event| *event == "booking_confirmed").count(), 1);
    let call =
        house.texts("SELECT outcome || ' ' || rdv_created || ' ' || caller_name FROM call_logs");
    assert_eq!(call.await, ["booking_confirmed 1 Camille Lefèvre"]);
    let counted =
        house.texts("SELECT day || ' ' || calls || ' ' || bookings FROM day_counters").await;
    assert_eq!(counted, ["2026-11-23 1 1"]);
}

async fn the_same_turn_again_gets_the_same_answer(bench: Bench) {
    let house = House::open(bench).await;
    let mut caller = Caller::new(&house.office, "call-1");
    let last = caller.books().await;
    assert_eq!(caller.again().await, last);
    // Also when the process knows nothing any more.
    let other = house.another().await;
    let caller = Caller { office: other, request: caller.request };
    assert_eq!(caller.again().await, last);
    assert_eq!(house.texts(HEARD).await.len(), BOOKING.len());
    assert_eq!(house.texts(APPOINTMENTS).await.len(), 1);
}

async fn an_earlier_turn_again_gets_the_answer_it_got(bench: Bench) {
    let house = House::open(bench).await;
    let mut caller = Caller::new(&house.office, "call-1");
    let first = caller.says(BOOKING[0]).await;
    caller.says(BOOKING[1]).await;
    caller.request.user_messages = 1;
    caller.request.heard = "autre chose".to_owned();
    assert_eq!(caller.again().await, first);
    assert_eq!(house.texts(HEARD).await.len(), 2);
}

async fn a_turn_heard_with_other_words_starts_again_from_before_it(bench: Bench) {
    let house = House::open(bench).await;
    let mut caller = Caller::new(&house.office, "call-1");
    caller.says_all(&BOOKING[..1]).await;
    caller.says("Camille Lefebvre").await;
    caller.request.heard = "Camille Lefèvre".to_owned();
    caller.again().await;
    caller.says_all(&BOOKING[2..]).await;
    assert_eq!(house.texts(APPOINTMENTS).await, ["Camille Lefèvre 2026-11-24 09:00 confirmed"]);
    let heard = house.texts(HEARD).await;
    assert_eq!(heard[1..3], ["2.0 Camille Lefebvre", "2.1 Camille Lefèvre"]);
}

async fn a_turn_that_booked_is_not_undone_by_other_words(bench: Bench) {
    let house = House::open(bench).await;
    let mut caller = Caller::new(&house.office, "call-1");
    caller.books().await;
    caller.request.heard = "oui c'est ça".to_owned();
    caller.again().await;
    assert_eq!(house.texts(APPOINTMENTS).await.len(), 1);
    let booked =
        house.texts("SELECT event FROM ivr_events WHERE event = 'booking_confirmed'").await;
    assert_eq!(booked.len(), 1);
}

async fn a_call_goes_on_after_a_restart(bench: Bench) {
    let house = House::open(bench).await;
    let mut caller = Caller::new(&house.office, "call-1");
    for text in BOOKING {
        caller.office = house.another().await;
        caller.says(text).await;
    }
    assert_eq!(house.texts(APPOINTMENTS).await, ["Camille Lefèvre 2026-11-24 09:00 confirmed"]);
}

async fn an_unrouted_number_takes_messages_and_tells_no_name(bench: Bench) {
    let house = House::open(bench).await;
    let mut caller = Caller::new(&house.office, "call-1");
    caller.request.dialled = Some("+33199009999".to_owned());
    caller.request.greeted = false;
    let first = caller.says("Bonjour, je voudrais prendre rendez-vous").await;
    assert!(!first.say.contains("Cabinet"), "{}", first.say);
    caller.says_all(&BOOKING[1..]).await;
    assert!(house.texts(APPOINTMENTS).await.is_empty());
    assert_eq!(house.texts("SELECT CAST(unrouted AS TEXT) FROM call_logs").await, ["1"]);
    let counted = house.texts("SELECT kind || ' ' || detail FROM incidents").await;
    assert_eq!(counted, ["unrouted_number +33XXXXXX99"]);
}

async fn a_call_without_a_name_is_answered_and_stored_nowhere(bench: Bench) {
    let house = House::open(bench).await;
    let mut caller = Caller::new(&house.office, "unused");
    caller.request.call = None;
    let reply = caller.says("Bonjour").await;
    assert!(!reply.say.is_empty());
    assert_eq!(reply.then, Then::Listen);
    assert!(house.texts(HEARD).await.is_empty());
    assert!(house.texts("SELECT call_sid FROM call_logs").await.is_empty());
    let counted = house.texts("SELECT kind || ' ' || count FROM incidents").await;
    assert_eq!(counted, ["missing_call_id 1"]);
}

async fn an_emergency_is_kept_without_its_words(bench: Bench) {
    let house = House::open(bench).await;
    let mut caller = Caller::new(&house.office, "call-1");
    let reply = caller.says("Mon mari a une douleur dans la poitrine et il respire mal").await;
    assert!(reply.say.contains("15"), "{}", reply.say);
    let kept = house.texts("SELECT heard || COALESCE(understood, '') FROM call_turns").await;
    assert!(!kept[0].contains("poitrine") && !kept[0].contains("mari"), "{}", kept[0]);
    assert_eq!(caller.again().await, reply);
    let context = house.texts("SELECT context FROM ivr_events WHERE event = 'emergency'").await;
    assert_eq!(context.len(), 1);
}

async fn a_written_conversation_books_but_is_no_call(bench: Bench) {
    let house = House::open(bench).await;
    let mut writer = Caller::new(&house.office, "web-1");
    writer.request.channel = Channel::Web;
    writer.request.caller = None;
    writer.says_all(&BOOKING[..BOOKING.len() - 1]).await;
    writer.says("06 39 98 12 34").await;
    assert_eq!(house.texts(APPOINTMENTS).await, ["Camille Lefèvre 2026-11-24 09:00 confirmed"]);
    assert_eq!(house.texts("SELECT created_by FROM rendez_vous").await, ["web"]);
    assert!(house.texts("SELECT call_sid FROM call_logs").await.is_empty());
    assert!(house.texts("SELECT day FROM day_counters WHERE calls > 0").await.is_empty());
}

async fn pressed_keys_are_a_number(bench: Bench) {
    let house = House::open(bench).await;
    let mut caller = Caller::new(&house.office, "call-1");
    caller.request.caller = None;
    caller.says_all(&BOOKING[..BOOKING.len() - 1]).await;
    caller.says("User's Keypad Entry: 0639985678").await;
    caller.says("oui").await;
    let phones = house.texts("SELECT customer_phone FROM rendez_vous").await;
    assert_eq!(phones, ["+33639985678"]);
}

on_both_backends!(
    a_turn_is_stored_with_its_call,
    a_caller_books_and_the_database_knows,
    the_same_turn_again_gets_the_same_answer,
    an_earlier_turn_again_gets_the_answer_it_got,
    a_turn_heard_with_other_words_starts_again_from_before_it,
    a_turn_that_booked_is_not_undone_by_other_words,
    a_call_goes_on_after_a_restart,
    an_unrouted_number_takes_messages_and_tells_no_name,
    a_call_without_a_name_is_answered_and_stored_nowhere,
    an_emergency_is_kept_without_its_words,
    a_written_conversation_books_but_is_no_call,
    pressed_keys_are_a_number,
);
