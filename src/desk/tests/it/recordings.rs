//! What becomes of a recording, by the tenant's wish and the caller's.

use crate::house::{Caller, House, TEST_NUMBER, call_id, monday};
use desk::outbox::{self, Mail, Outside};
use desk::recordings::Recordings;
use desk::switchboard::{CallEnd, assistant_for, call_ended};
use domain::id::TenantId;
use domain::tenant::notices::Recording;
use domain::tenant::settings::{NoticeEntry, RecordingEntry};
use jiff::SignedDuration;
use std::sync::Arc;
use store::on_both_backends;
use store::testing::Bench;

const KEPT: &str = "SELECT COALESCE(recording_url, 'nothing') FROM call_logs";

async fn house(bench: Bench, recording: RecordingEntry) -> House {
    let house = House::open(bench).await;
    let mut settings =
        desk::tenants::show(&house.office, TenantId(1)).await.unwrap().unwrap().settings;
    settings.recording = recording;
    settings.notice = NoticeEntry { greeting: Some("Bienvenue.".to_owned()), recording: None };
    settings.number.clear();
    desk::tenants::apply(&house.office, &settings).await.unwrap();
    house
}

async fn ends(house: &House) {
    let end = CallEnd {
        call: call_id("call-1"),
        dialled: Some(TEST_NUMBER.to_owned()),
        caller: None,
        status: "completed",
        reason: None,
        seconds: Some(42),
        cost_cents: None,
        recording_url: Some("https://storage.vapi.ai/call-1.wav".to_owned()),
    };
    call_ended(&house.office, end).await.unwrap();
}

const ASKED: RecordingEntry = RecordingEntry { enabled: true, ask_consent: true };
const ANNOUNCED: RecordingEntry = RecordingEntry { enabled: true, ask_consent: false };

async fn an_announced_recording_is_kept_unless_it_is_refused(bench: Bench) {
    let house = house(bench, ANNOUNCED).await;
    let plan = assistant_for(&house.office, Some(TEST_NUMBER)).await.unwrap().unwrap();
    assert_eq!(plan.recording, Recording::Announced);
    assert!(
        plan.first_message
            .contains("assistant vocal automatique. Bienvenue. Cet appel est enregistré")
    );
    Caller::new(&house.office, "call-1").says("bonjour").await;
    ends(&house).await;
    assert_eq!(house.texts(KEPT).await, ["https://storage.vapi.ai/call-1.wav"]);
}

async fn a_refused_recording_is_forgotten_and_the_words_with_it(bench: Bench) {
    let house = house(bench, ANNOUNCED).await;
    let mut caller = Caller::new(&house.office, "call-1");
    caller.says("je ne veux pas être enregistré").await;
    let reply = caller.says("je voudrais un rendez-vous mardi à 9h, c'est Camille Lefèvre").await;
    assert!(reply.say.contains("se termine par 34"), "{}", reply.say);
    let heard = house.texts("SELECT heard FROM call_turns ORDER BY turn").await;
    assert_eq!(heard, ["[expurgé]", "[expurgé]"]);
    ends(&house).await;
    assert_eq!(house.texts(KEPT).await, ["nothing"]);
    let events = house.texts("SELECT event FROM ivr_events WHERE event LIKE 'consent%'").await;
    assert_eq!(events, ["consent_refused"]);
    // Once the provider is done with the call, what it keeps is removed, once.
    ends(&house).await;
    let removed = Arc::default();
    let outside = Outside {
        mail: Mail::Off,
        recordings: Recordings::Kept(Arc::clone(&removed)),
        home: String::new(),
    };
    assert_eq!(outbox::run_due(&house.office, &outside).await.unwrap(), 0);
    house.office.world.clock.set(monday() + SignedDuration::from_mins(6));
    assert_eq!(outbox::run_due(&house.office, &outside).await.unwrap(), 1);
    assert_eq!(*removed.lock().unwrap(), ["call-1"]);
}

async fn without_an_answer_there_is_no_consent(bench: Bench) {
    let house = house(bench, ASKED).await;
    let plan = assistant_for(&house.office, Some(TEST_NUMBER)).await.unwrap().unwrap();
    assert!(plan.first_message.ends_with("Acceptez-vous que cet appel soit enregistré ?"));
    Caller::new(&house.office, "call-1").says("je voudrais un rendez-vous").await;
    ends(&house).await;
    assert_eq!(house.texts(KEPT).await, ["nothing"]);
}

async fn with_consent_the_recording_is_kept(bench: Bench) {
    let house = house(bench, ASKED).await;
    Caller::new(&house.office, "call-1").says("oui d'accord").await;
    ends(&house).await;
    assert_eq!(house.texts(KEPT).await, ["https://storage.vapi.ai/call-1.wav"]);
    assert!(house.texts("SELECT kind FROM outbox").await.is_empty());
}

async fn a_tenant_that_records_nothing_keeps_nothing(bench: Bench) {
    let house = house(bench, RecordingEntry::default()).await;
    Caller::new(&house.office, "call-1").says("bonjour").await;
    ends(&house).await;
    assert_eq!(house.texts(KEPT).await, ["nothing"]);
}

on_both_backends!(
    an_announced_recording_is_kept_unless_it_is_refused,
    a_refused_recording_is_forgotten_and_the_words_with_it,
    without_an_answer_there_is_no_consent,
    with_consent_the_recording_is_kept,
    a_tenant_that_records_nothing_keeps_nothing,
);
