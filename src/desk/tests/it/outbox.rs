//! What waits does not wait for somebody else's trouble.

use crate::house::number;
use crate::post::{KEY, PATIENT, Post, reminder};
use desk::channels::{Change, Switch};
use desk::sending::Order;
use desk::{Desk, Who, tenants};
use domain::channel::Kind;
use domain::id::TenantId;
use domain::message::{Channel, Recipient};
use domain::tenant::settings::Settings;
use jiff::SignedDuration;
use secrecy::SecretString;
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use store::on_both_backends;
use store::testing::Bench;
use vendors::mail::simulator::{MailServer, Mood};
use vendors::simulator::{Misbehaviour, Trouble};

const ATTEMPTS: &str = "SELECT CAST(SUM(attempts) AS TEXT) FROM channel_messages_log";
const SENT: &str = "SELECT id FROM channel_messages_log WHERE status = 'sent'";

/// Another practice, with text messages.
async fn neighbour(post: &Post) -> TenantId {
    let settings = Settings::from_toml("name = \"Cabinet voisin\"\n").unwrap();
    let tenant = tenants::apply(post.office(), &settings).await.unwrap().tenant;
    let desk = Desk::new(Arc::clone(post.office()), tenant, Who::Operator);
    let change = Change {
        public: Some(json!({ "sender": "Voisin" })),
        enabled: Some(Switch::On),
        ..Change::default()
    };
    desk.change_channel(Kind::Sms, &change).await.unwrap();
    tenant
}

async fn what_cannot_be_done_keeps_nothing_else_from_being_done(bench: Bench) {
    let post = Post::open(bench).await;
    post.sms().await;
    let other = neighbour(&post).await;
    post.order(&reminder("r:1")).await;
    post.order_for(other, &reminder("r:1")).await;
    let break_it = "UPDATE tenants SET settings = '{' || settings WHERE tenant_id = 2";
    post.house.bench.prompt(break_it).await.unwrap();
    let office = post.another(&[KEY]).await;
    post.run_on(&office).await;
    assert_eq!(post.house.texts_of(other, SENT).await.len(), 1);
    assert_eq!(post.told().await, ["pending"]);
    let tries = "SELECT CAST(attempts AS TEXT) FROM outbox WHERE done_at IS NULL AND tenant_id = 2";
    post.run_on(&office).await;
    assert_eq!(post.house.texts(tries).await, ["1"], "not at once again");
    let mend = "UPDATE tenants SET settings = SUBSTR(settings, 2) WHERE tenant_id = 2";
    post.house.bench.prompt(mend).await.unwrap();
    let later = office.world.clock.now() + SignedDuration::from_mins(1);
    office.world.clock.set(later);
    post.run_on(&office).await;
    assert_eq!(post.told().await, ["sent"]);
}

async fn what_cannot_be_done_for_days_is_given_up(bench: Bench) {
    let post = Post::open(bench).await;
    post.sms().await;
    post.order(&Order { not_after: None, ..reminder("r:1") }).await;
    let break_it = "UPDATE tenants SET settings = '{' || settings WHERE tenant_id = 2";
    post.house.bench.prompt(break_it).await.unwrap();
    let office = post.another(&[KEY]).await;
    for hour in 0..90 {
        assert_eq!(post.told().await, ["pending"], "after {hour} hours");
        post.run_on(&office).await;
        if post.told().await == ["refused unreachable"] {
            return assert!(hour > 48, "after {hour} hours");
        }
        let later = office.world.clock.now() + SignedDuration::from_hours(1);
        office.world.clock.set(later);
    }
    panic!("it is tried for ever");
}

async fn a_silent_mail_server_keeps_nobody_else_waiting(bench: Bench) {
    let post = Post::open(bench).await;
    let (server, _serving) = MailServer::start(Mood::SaysNothing).await.unwrap();
    let word = Some(SecretString::from("sesame-7431"));
    let own = Change {
        public: Some(json!({ "smtp": { "host": "127.0.0.1", "port": server.port(),
                                       "fromEmail": "cabinet@example.fr" } })),
        secrets: [("password".to_owned(), word)].into(),
        enabled: Some(Switch::On),
        ..Change::default()
    };
    post.desk().change_channel(Kind::Email, &own).await.unwrap();
    let other = neighbour(&post).await;
    let mail = Recipient::parse(Channel::Email, "camille@example.fr").unwrap();
    post.order(&Order { to: mail, ..reminder("m:1") }).await;
    post.order_for(other, &reminder("r:1")).await;
    let arrives = async {
        while post.house.texts_of(other, SENT).await.is_empty() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let in_time = tokio::time::timeout(Duration::from_secs(8), arrives);
    tokio::select! {
        () = post.run() => panic!("the server does not answer"),
        arrived = in_time => arrived.expect("the neighbour's message leaves meanwhile"),
    }
    assert_ne!(post.told().await, ["sent"]);
}

async fn a_carrier_that_is_away_is_asked_by_one_until_it_is_back(bench: Bench) {
    let post = Post::open(bench).await;
    post.sms().await;
    let trouble = Trouble::RateLimited { seconds: None };
    let away = Misbehaviour { times: 1000, ..Misbehaviour::once("POST Messages.json", trouble) };
    post.world.misbehave(away);
    for at in 10..20 {
        let to = Recipient::Sms(number(&format!("{}{at}", &PATIENT[..10])));
        post.order(&Order { to, ..reminder(&format!("r:{at}")) }).await;
    }
    post.run().await;
    assert_eq!(post.house.texts_of(post.tenant, ATTEMPTS).await, ["3"]);
    post.pass(1, SignedDuration::from_mins(1)).await;
    assert_eq!(post.house.texts_of(post.tenant, ATTEMPTS).await, ["4"]);
    post.world.behave();
    post.pass(4, SignedDuration::from_mins(2)).await;
    assert_eq!(post.told().await, ["sent"; 10]);
    assert_eq!(post.world.messages().len(), 10);
}

on_both_backends!(
    what_cannot_be_done_keeps_nothing_else_from_being_done,
    what_cannot_be_done_for_days_is_given_up,
    a_silent_mail_server_keeps_nobody_else_waiting,
    a_carrier_that_is_away_is_asked_by_one_until_it_is_back,
);
