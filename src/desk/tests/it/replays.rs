use crate::house::{BOOKING, Caller, House, call_id};
use desk::replay::{Now, Obstacle, Replay, replay};
use desk::tenants;
use domain::routing::Channel;
use domain::tenant::settings::{CalendarEntry, Settings, TransferEntry};
use jiff::ToSpan as _;
use store::on_both_backends;
use store::testing::Bench;

async fn again(house: &House, call: &str) -> Replay {
    replay(&house.office, &call_id(call)).await.unwrap().expect("a known call")
}

/// Every turn is replayed to the same reply, and there are as many as said.
fn same(replay: &Replay, turns: usize) {
    for turn in &replay.turns {
        assert_eq!(turn.now, Now::Same, "turn {} « {} »", turn.turn, turn.heard);
        assert_eq!(turn.settings.as_deref(), Some(&*replay.settings));
    }
    assert_eq!(replay.turns.len(), turns);
    assert!(!replay.differs());
}

async fn change(house: &House, change: impl FnOnce(&mut Settings)) {
    let shown = tenants::show(&house.office, house.office.rules.test.tenant).await.unwrap();
    let mut settings = shown.expect("the test tenant").settings;
    settings.id = Some(house.office.rules.test.tenant.0);
    change(&mut settings);
    tenants::apply(&house.office, &settings).await.unwrap();
}

async fn a_booking_replays_bit_for_bit(bench: Bench) {
    let house = House::open(bench).await;
    Caller::new(&house.office, "call-1").books().await;
    same(&again(&house, "call-1").await, BOOKING.len());
    // The process that replays need not be the one that held the call.
    let other = house.another().await;
    let replayed = replay(&other, &call_id("call-1")).await.unwrap().expect("a known call");
    same(&replayed, BOOKING.len());
}

async fn a_prospect_and_a_ticket_replay_bit_for_bit(bench: Bench) {
    let house = House::open(bench).await;
    change(&house, |settings| {
        let ask = "[[question]]\nask = \"Quel est votre budget ?\"\nkind = \"amount\"";
        let agents = "agents = [\"qualification\", \"support\"]";
        let read = Settings::from_toml(&format!("name = \"A\"\n{agents}\n{ask}")).unwrap();
        settings.agents = read.agents;
        settings.question = read.question;
    })
    .await;
    let project = ["Je cherche une maison", "trois cent mille euros", "Camille Lefèvre", "oui"];
    let told = Caller::new(&house.office, "call-1").says_all(&project).await;
    assert!(told.say.contains("transmise"), "{}", told.say);
    let trouble = ["Ma chaudière est en panne", "Camille Lefèvre", "oui"];
    let told = Caller::new(&house.office, "call-2").says_all(&trouble).await;
    assert!(told.say.contains("référence"), "{}", told.say);
    same(&again(&house, "call-1").await, project.len());
    same(&again(&house, "call-2").await, trouble.len());
}

async fn nothing_is_written_by_a_replay(bench: Bench) {
    let house = House::open(bench).await;
    Caller::new(&house.office, "call-1").books().await;
    again(&house, "call-1").await;
    assert_eq!(house.texts("SELECT id FROM rendez_vous").await.len(), 1);
    let booked = house.texts("SELECT id FROM ivr_events WHERE event = 'booking_confirmed'").await;
    assert_eq!(booked.len(), 1);
    assert_eq!(house.texts("SELECT heard FROM call_turns").await.len(), BOOKING.len());
}

async fn a_move_a_cancellation_and_a_lookup_replay_bit_for_bit(bench: Bench) {
    let house = House::open(bench).await;
    Caller::new(&house.office, "call-1").books().await;
    let moving =
        ["Je voudrais déplacer mon rendez-vous", "Camille Lefèvre", "jeudi matin", "le deuxième"];
    let moved = Caller::new(&house.office, "call-2").says_all(&moving).await;
    assert!(moved.say.contains("déplacé"), "{}", moved.say);
    let looking = ["C'est quand mon rendez-vous ?", "Camille Lefèvre"];
    let told = Caller::new(&house.office, "call-3").says_all(&looking).await;
    assert!(told.say.contains("jeudi"), "{}", told.say);
    let cancelling = ["Je voudrais annuler mon rendez-vous", "Camille Lefèvre", "oui"];
    let cancelled = Caller::new(&house.office, "call-4").says_all(&cancelling).await;
    assert!(cancelled.say.contains("annulé"), "{}", cancelled.say);
    for (call, turns) in [("call-1", 5), ("call-2", 4), ("call-3", 2), ("call-4", 3)] {
        same(&again(&house, call).await, turns);
    }
}

async fn a_correction_a_message_and_a_transfer_replay_bit_for_bit(bench: Bench) {
    let house = House::open(bench).await;
    change(&house, |settings| {
        let number = "+33199001234".to_owned();
        settings.transfer = Some(TransferEntry { number, ring_seconds: None, hours: Vec::new() });
    })
    .await;
    let mut caller = Caller::new(&house.office, "call-1");
    caller.books().await;
    let corrected = caller.says("Ah non, c'est au nom de Claire Lefèvre").await;
    assert!(corrected.say.contains("Claire"), "{}", corrected.say);
    let noting = ["Je voudrais laisser un message", "Dites au docteur que j'ai oublié mon écharpe"];
    let mut writer = Caller::new(&house.office, "call-2");
    writer.says_all(&noting).await;
    writer.says("Camille Lefèvre").await;
    writer.says("oui").await;
    assert_eq!(house.texts("SELECT id FROM tickets").await.len(), 1);
    let passed = Caller::new(&house.office, "call-3").says("Passez-moi la secrétaire").await;
    assert_eq!(passed.then.name(), "transfer");
    for (call, turns) in [("call-1", 6), ("call-2", 4), ("call-3", 1)] {
        same(&again(&house, call).await, turns);
    }
}

async fn a_call_to_one_of_two_doctors_books_and_moves_with_them(bench: Bench) {
    let house = House::open(bench).await;
    change(&house, |settings| {
        let second = CalendarEntry { id: None, name: "Docteure Anne Leroy".to_owned() };
        settings.calendar.push(second);
    })
    .await;
    let booking = ["un rendez-vous mardi à dix heures avec la docteure Leroy", BOOKING[1], "oui"];
    let booked = Caller::new(&house.office, "call-1").says_all(&booking).await;
    assert!(booked.say.contains("10 h avec la docteure Anne Leroy"), "{}", booked.say);
    let moving = ["Je voudrais déplacer mon rendez-vous", BOOKING[1], "jeudi matin", "le premier"];
    let moved = Caller::new(&house.office, "call-2").says_all(&moving).await;
    assert!(moved.say.contains("26 novembre à 9 h avec la docteure Anne Leroy"), "{}", moved.say);
    let stands = house.texts("SELECT calendar_id || ' ' || rdv_date FROM rendez_vous").await;
    assert_eq!(stands, ["docteure-anne-leroy 2026-11-26"]);
    same(&again(&house, "call-1").await, 3);
    same(&again(&house, "call-2").await, 4);
}

async fn a_turn_heard_again_with_other_words_replays_bit_for_bit(bench: Bench) {
    let house = House::open(bench).await;
    let mut caller = Caller::new(&house.office, "call-1");
    caller.says_all(&BOOKING[..1]).await;
    caller.says("Camille Lefebvre").await;
    caller.request.heard = "Camille Lefèvre".to_owned();
    caller.again().await;
    caller.again().await;
    caller.says_all(&BOOKING[2..]).await;
    // After a write there is no going back.
    caller.request.heard = "oui c'est ça".to_owned();
    caller.again().await;
    same(&again(&house, "call-1").await, BOOKING.len() + 2);
}

async fn late_numbers_keys_nul_and_written_turns_replay_bit_for_bit(bench: Bench) {
    let house = House::open(bench).await;
    let mut caller = Caller::new(&house.office, "call-1");
    caller.request.caller = None;
    caller.request.greeted = false;
    caller.again().await;
    caller.says("Bonjour\0, je voudrais un rendez-vous").await;
    caller.request.caller = Some(crate::house::CALLER.to_owned());
    caller.says_all(&BOOKING[1..4]).await;
    caller.says("non").await;
    caller.says("User's Keypad Entry: 0639985678").await;
    same(&again(&house, "call-1").await, 7);
    let mut writer = Caller::new(&house.office, "web-1");
    writer.request.channel = Channel::Web;
    writer.request.caller = None;
    writer.request.dialled = Some("+33199009999".to_owned());
    writer.says_all(&["Bonjour", "je voudrais un rendez-vous", ""]).await;
    same(&again(&house, "web-1").await, 3);
}

async fn turns_between_two_milliseconds_replay_bit_for_bit(bench: Bench) {
    let house = House::open(bench).await;
    let odd = crate::house::monday().checked_add(999_999.nanoseconds()).unwrap();
    house.office.world.clock.set(odd);
    Caller::new(&house.office, "call-1").books().await;
    same(&again(&house, "call-1").await, BOOKING.len());
}

async fn a_changed_setting_shows_what_it_changes(bench: Bench) {
    let house = House::open(bench).await;
    let mut caller = Caller::new(&house.office, "call-1");
    caller.says_all(&["Bonjour, quelle est votre adresse ?", "merci"]).await;
    let before = again(&house, "call-1").await;
    same(&before, 2);
    change(&house, |settings| settings.address = Some("3 rue des Tilleuls, Lyon".into())).await;
    let after = again(&house, "call-1").await;
    assert_ne!(after.settings, before.settings);
    assert!(after.differs());
    let Now::Different { reply, asks: None } = &after.turns[0].now else {
        panic!("{:?}", after.turns[0].now)
    };
    assert!(reply.say.contains("Tilleuls"), "{}", reply.say);
    assert_eq!(after.turns[1].now, Now::Same);
}

async fn another_question_to_the_outside_is_shown_and_not_answered(bench: Bench) {
    let house = House::open(bench).await;
    Caller::new(&house.office, "call-1").books().await;
    // An assistant that books no longer takes a message instead.
    change(&house, |settings| settings.agents = vec![domain::tenant::AgentKind::Support]).await;
    let after = again(&house, "call-1").await;
    assert!(after.differs());
    let stopped = after.turns.iter().position(|turn| matches!(turn.now, Now::Unanswered(_)));
    let stopped = stopped.expect("a turn that asks for something else");
    for turn in &after.turns[stopped + 1..] {
        assert_eq!(turn.now, Now::NotReplayed(Obstacle::OtherCourse));
    }
}

async fn redacted_words_are_said_to_be_redacted(bench: Bench) {
    let house = House::open(bench).await;
    let mut caller = Caller::new(&house.office, "call-1");
    caller.says_all(&["Bonjour", "Mon mari a une douleur dans la poitrine", "merci"]).await;
    let replayed = again(&house, "call-1").await;
    let came: Vec<&Now> = replayed.turns.iter().map(|turn| &turn.now).collect();
    let redacted = [
        &Now::Same,
        &Now::NotReplayed(Obstacle::Redacted),
        &Now::NotReplayed(Obstacle::AfterRedacted),
    ];
    assert_eq!(came, redacted);
    assert!(!replayed.differs());
    let kept = house.texts("SELECT COALESCE(replay, '-') FROM call_turns ORDER BY turn").await;
    assert_eq!(kept[1], "-");
}

async fn a_reworded_turn_takes_the_place_of_a_redacted_one(bench: Bench) {
    let house = House::open(bench).await;
    let mut caller = Caller::new(&house.office, "call-1");
    caller.says("Bonjour, je voudrais prendre rendez-vous").await;
    caller.says("Je fais un infarctus").await;
    caller.request.heard = "Camille Lefèvre".to_owned();
    caller.again().await;
    let replayed = again(&house, "call-1").await;
    assert_eq!(replayed.turns[1].now, Now::NotReplayed(Obstacle::Redacted));
    assert_eq!(replayed.turns[2].now, Now::Same);
}

async fn a_call_that_nobody_knows_and_one_without_words(bench: Bench) {
    let house = House::open(bench).await;
    assert_eq!(replay(&house.office, &call_id("nobody")).await.unwrap(), None);
    let mut writer = Caller::new(&house.office, "web-1");
    writer.request.channel = Channel::Web;
    writer.says_all(&BOOKING[..2]).await;
    tenants::reset_sandbox(&house.office).await.unwrap();
    assert!(again(&house, "web-1").await.turns.is_empty());
    // Of what came before nothing is kept: the conversation begins anew.
    writer.says(BOOKING[2]).await;
    let replayed = again(&house, "web-1").await;
    assert_eq!(replayed.turns.len(), 1);
    assert_eq!(replayed.turns[0].now, Now::Same);
}

async fn what_is_kept_for_a_replay_is_small(bench: Bench) {
    let house = House::open(bench).await;
    Caller::new(&house.office, "call-1").books().await;
    let kept = house.texts("SELECT replay FROM call_turns ORDER BY turn").await;
    let sizes: Vec<usize> = kept.iter().map(String::len).collect();
    assert!(sizes.iter().all(|size| *size < 700), "{sizes:?}");
    assert!(sizes[0] < 60, "{sizes:?}");
}

on_both_backends!(
    a_booking_replays_bit_for_bit,
    a_prospect_and_a_ticket_replay_bit_for_bit,
    nothing_is_written_by_a_replay,
    a_move_a_cancellation_and_a_lookup_replay_bit_for_bit,
    a_correction_a_message_and_a_transfer_replay_bit_for_bit,
    a_call_to_one_of_two_doctors_books_and_moves_with_them,
    a_turn_heard_again_with_other_words_replays_bit_for_bit,
    late_numbers_keys_nul_and_written_turns_replay_bit_for_bit,
    turns_between_two_milliseconds_replay_bit_for_bit,
    a_changed_setting_shows_what_it_changes,
    another_question_to_the_outside_is_shown_and_not_answered,
    redacted_words_are_said_to_be_redacted,
    a_reworded_turn_takes_the_place_of_a_redacted_one,
    a_call_that_nobody_knows_and_one_without_words,
    what_is_kept_for_a_replay_is_small,
);
