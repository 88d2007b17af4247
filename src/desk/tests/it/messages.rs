//! Messages to providers and back: once, truly told, closed on doubt.

use crate::house::{monday, number};
use crate::post::{KEY, OWN, PATIENT, Post, reminder};
use desk::channels::health::State;
use desk::sending::Order;
use desk::sending::incoming::{self, Incoming};
use desk::sending::reports::{self, Told};
use domain::channel::Kind;
use domain::message::{Channel, Event, Origin, Recipient, Status};
use jiff::SignedDuration;
use serde_json::json;
use store::on_both_backends;
use store::testing::Bench;
use vendors::simulator::{Misbehaviour, Trouble};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

fn told<'a>(external: &'a str, status: Status) -> Told<'a> {
    Told { provider: "twilio", external, status, code: None, tag: None, at: None }
}

async fn a_message_leaves_once_and_says_what_became_of_it(bench: Bench) {
    let post = Post::open(bench).await;
    post.sms().await;
    post.order(&reminder("r:1")).await;
    post.order(&reminder("r:1")).await;
    for _ in 0..3 {
        post.run().await;
    }
    let sent = post.world.messages();
    assert_eq!(sent.len(), 1);
    let (from, to, text) = &sent[0];
    assert_eq!((from.as_str(), to.as_str()), ("Cab Martin", PATIENT));
    assert!(
        text.starts_with("Cabinet Martin : rappel de votre rendez-vous demain, mardi 24"),
        "{text}"
    );
    // Nobody can answer a name: there is a link, and no brace.
    assert!(text.contains(" http://127.0.0.1:9/r/") && !text.contains('{'), "{text}");
    let row = &post.log().await[0];
    assert_eq!((row.status.as_str(), row.attempts, row.segments), ("sent", 1, Some(1)));
    let sid = row.external_message_id.clone().unwrap();
    // Late, twice and in the wrong order.
    for status in [Status::Delivered, Status::Sent, Status::Delivered, Status::Sent] {
        reports::receive(post.office(), &told(&sid, status)).await.unwrap();
    }
    assert_eq!(post.told().await, ["delivered"]);
    // What it cost is asked for a little later.
    post.world.report_message(&sid, "delivered", None).await;
    post.pass(3, MINUTE).await;
    let row = &post.log().await[0];
    assert_eq!((row.cost_cents, row.currency.as_deref()), (Some(8), Some("EUR")));
    let health = post.desk().channel(Kind::Sms).await.unwrap().health;
    assert_eq!(health.state, State::Ok);
}

async fn a_report_that_comes_before_its_message_is_known_is_kept_for_it(bench: Bench) {
    let post = Post::open(bench).await;
    post.sms().await;
    let unknown = "SM0000000000000000000000000000beef";
    reports::receive(post.office(), &told(unknown, Status::Delivered)).await.unwrap();
    let id = post.order(&reminder("r:1")).await;
    post.run().await;
    assert_eq!(post.told().await, ["sent"]);
    let mut tx = post.office().db.begin_directory().await.unwrap();
    let name = ("twilio", unknown);
    store::messages::reports::name(&mut tx, name, (post.tenant, id), monday()).await.unwrap();
    tx.commit().await.unwrap();
    // Another name is another message's: it changes nothing.
    post.run().await;
    assert_eq!(post.told().await, ["sent"]);
    // The answer was lost; the report with our mark tells the name.
    post.world.misbehave(Misbehaviour::once("POST Messages.json", Trouble::CutAfter));
    let id = post.order(&reminder("r:2")).await;
    post.run().await;
    assert_eq!(post.told().await, ["sent", "unknown"]);
    let tag = format!("{}.{id}", post.tenant);
    let marked =
        Told { tag: Some(&tag), ..told("SM0000000000000000000000000000cafe", Status::Delivered) };
    reports::receive(post.office(), &marked).await.unwrap();
    post.pass(8, MINUTE).await;
    assert_eq!(post.told().await, ["sent", "delivered"]);
    assert_eq!(post.world.messages().len(), 2);
}

async fn a_lost_answer_is_looked_up_and_never_sent_again_blindly(bench: Bench) {
    let post = Post::open(bench).await;
    post.sms().await;
    for (at, trouble) in [
        Trouble::CutAfter,
        Trouble::ErrorAfter { status: 503 },
        Trouble::CutBefore,
        Trouble::Error { status: 500 },
        Trouble::RateLimited { seconds: None },
    ]
    .into_iter()
    .enumerate()
    {
        post.world.misbehave(Misbehaviour::once("POST Messages.json", trouble.clone()));
        let key = format!("r:{at}");
        post.order(&reminder(&key)).await;
        post.run().await;
        let row = post.log().await.remove(at);
        assert_ne!(row.status, "sent", "{trouble:?}");
        post.pass(12, MINUTE).await;
        let row = post.log().await.remove(at);
        assert_eq!(row.status, "sent", "{trouble:?}");
        assert_eq!(post.world.messages().len(), at + 1, "{trouble:?}");
    }
}

async fn an_outage_makes_messages_wait_and_an_alarm_after_five_minutes(bench: Bench) {
    let post = Post::open(bench).await;
    post.sms().await;
    let trouble = Trouble::RateLimited { seconds: None };
    post.world.misbehave(Misbehaviour {
        times: 1000,
        ..Misbehaviour::once("POST Messages.json", trouble)
    });
    post.order(&reminder("r:1")).await;
    let incidents = "SELECT kind || ' ' || detail || ' ' || CAST(count AS TEXT) FROM incidents
      WHERE kind = 'messages_waiting'";
    post.run().await;
    post.pass(4, MINUTE).await;
    assert!(post.house.texts(incidents).await.is_empty());
    post.pass(6, MINUTE).await;
    assert_eq!(post.house.texts(incidents).await, ["messages_waiting sms 1"]);
    assert_eq!(post.told().await, ["pending rate_limited"]);
    assert_eq!(post.desk().channel(Kind::Sms).await.unwrap().health.state, State::Failing);
    post.world.behave();
    post.pass(5, MINUTE).await;
    assert_eq!(post.told().await, ["sent"]);
    assert_eq!(post.world.messages().len(), 1);
}

async fn a_try_is_remembered_with_its_outcome(bench: Bench) {
    let post = Post::open(bench).await;
    post.sms().await;
    let checked = || async { post.desk().channel(Kind::Sms).await.unwrap().checked };
    assert_eq!(checked().await, None);
    post.desk().try_channel(Kind::Sms, PATIENT, None).await.unwrap();
    post.world.misbehave(Misbehaviour::once("POST Messages.json", Trouble::Unauthorised));
    post.run().await;
    let told = checked().await.unwrap();
    let now = post.office().world.clock.now().as_millisecond();
    assert_eq!((&*told.status, told.error_code.as_deref()), ("pending", Some("unauthorised")));
    assert_eq!(told.updated_at, now);
    let health = post.desk().channel(Kind::Sms).await.unwrap().health;
    assert_eq!(health.state, State::Failing);
    assert!(health.reason.contains("unauthorised"), "{}", health.reason);
    post.pass(1, MINUTE).await;
    let told = checked().await.unwrap();
    assert_eq!((&*told.status, told.error_code.as_deref()), ("sent", None));
    assert_eq!(post.desk().channel(Kind::Sms).await.unwrap().health.state, State::Ok);
}

async fn two_instances_send_a_message_once(bench: Bench) {
    let post = Post::open(bench).await;
    post.sms().await;
    for at in 0..5 {
        let key = format!("r:{at}");
        post.order(&reminder(&key)).await;
    }
    let other = post.another(&[KEY]).await;
    tokio::join!(post.run(), post.run_on(&other));
    tokio::join!(post.run(), post.run_on(&other));
    assert_eq!(post.world.messages().len(), 5);
    assert_eq!(post.told().await, ["sent"; 5]);
}

async fn what_was_sent_long_ago_and_is_read_today_counts_no_more(bench: Bench) {
    let post = Post::open(bench).await;
    post.sms().await;
    let daily =
        |key: &'static str| Order { origin: Origin::Daily, not_after: None, ..reminder(key) };
    for key in ["d:1", "d:2", "d:3"] {
        post.order(&daily(key)).await;
    }
    post.run().await;
    let mut told = post.told().await;
    told.sort();
    assert_eq!(told, ["refused cap_person", "sent", "sent"]);
    let day = SignedDuration::from_hours(25);
    post.pass(1, day).await;
    let read = "UPDATE channel_messages_log SET status = 'read', updated_at = updated_at + 90000000
      WHERE status = 'sent'";
    post.house.bench.prompt(read).await.unwrap();
    post.order(&daily("d:4")).await;
    post.run().await;
    assert_eq!(post.told().await[3], "sent");
}

async fn a_template_whose_answer_is_lost_is_never_sent_again(bench: Bench) {
    let post = Post::open(bench).await;
    let approved = json!({ "whatsappNumber": OWN, "carrier": "twilio", "templates": {
        "reminder_24h": { "name": "HX0000000000000000000000000000beef", "language": "fr",
                          "variables": ["date", "heure"] } } });
    post.channel(Kind::WhatsApp, approved).await;
    post.world.misbehave(Misbehaviour::once("POST Messages.json", Trouble::CutAfter));
    let to = Recipient::WhatsApp(number(PATIENT));
    post.order(&Order { to: to.clone(), ..reminder("w:1") }).await;
    post.run().await;
    post.pass(15, MINUTE).await;
    assert_eq!(post.world.messages().len(), 1);
    assert_eq!(post.told().await, ["unknown"]);
    // Where the provider has nothing at all, it was not sent.
    post.world.misbehave(Misbehaviour::once("POST Messages.json", Trouble::CutBefore));
    let other = Recipient::WhatsApp(number("06 39 98 77 66"));
    post.order(&Order { to: other, ..reminder("w:2") }).await;
    post.run().await;
    post.pass(15, MINUTE).await;
    assert_eq!(post.told().await, ["unknown", "sent"]);
}

async fn whatsapp_takes_free_words_for_a_day_and_templates_after_it(bench: Bench) {
    let post = Post::open(bench).await;
    post.channel(Kind::WhatsApp, json!({ "whatsappNumber": OWN })).await;
    let by = |key: &'static str| Order {
        to: Recipient::WhatsApp(number(PATIENT)),
        event: Event::Confirmation,
        ..reminder(key)
    };
    post.order(&by("w:1")).await;
    post.run().await;
    assert_eq!(post.told().await, ["refused window_closed"]);
    let approved = json!({ "templates": { "confirmation": {
        "name": "rdv_confirmation", "language": "fr", "variables": ["date", "heure"] } } });
    post.channel(Kind::WhatsApp, approved).await;
    post.order(&by("w:2")).await;
    post.run().await;
    let sent = post.world.whatsapp_messages();
    let parameters = &sent[0]["body"]["template"]["components"][0]["parameters"];
    assert_eq!(parameters[1]["text"], "14 h 30");
    post.world.hook_whatsapp("http://127.0.0.1:9/");
    post.world.write_whatsapp(PATIENT, "Bonjour").await;
    let message = Incoming {
        provider: "whatsapp",
        external: "wamid.0001",
        channel: Channel::WhatsApp,
        from: PATIENT,
        to: OWN,
        words: "Bonjour",
        heard: None,
    };
    incoming::receive(post.office(), &message).await.unwrap();
    post.order(&by("w:3")).await;
    post.run().await;
    assert_eq!(post.world.whatsapp_messages()[1]["body"]["type"], "text");
    // No look-up there: the report with our mark resolves a lost answer.
    post.world.misbehave(Misbehaviour::once("/messages", Trouble::CutAfter));
    let id = post.order(&by("w:4")).await;
    post.run().await;
    post.pass(5, MINUTE).await;
    assert_eq!(post.told().await.last().unwrap(), "unknown");
    let tag = format!("{}.{id}", post.tenant);
    let marked =
        Told { provider: "whatsapp", tag: Some(&tag), ..told("wamid.00000004", Status::Read) };
    reports::receive(post.office(), &marked).await.unwrap();
    assert_eq!(post.told().await.last().unwrap(), "read");
    assert_eq!(post.world.whatsapp_messages().len(), 3);
}

on_both_backends!(
    a_message_leaves_once_and_says_what_became_of_it,
    a_report_that_comes_before_its_message_is_known_is_kept_for_it,
    a_lost_answer_is_looked_up_and_never_sent_again_blindly,
    an_outage_makes_messages_wait_and_an_alarm_after_five_minutes,
    a_try_is_remembered_with_its_outcome,
    two_instances_send_a_message_once,
    what_was_sent_long_ago_and_is_read_today_counts_no_more,
    a_template_whose_answer_is_lost_is_never_sent_again,
    whatsapp_takes_free_words_for_a_day_and_templates_after_it,
);
