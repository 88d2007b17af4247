//! Channels: what is set, sealed, shown and refused.

use crate::post::{KEY, Post, reminder};
use desk::channels::health::State;
use desk::channels::{Change, ChannelError, Switch};
use desk::sending::Order;
use desk::sending::carriers::Carriers;
use domain::channel::Kind;
use domain::id::TenantId;
use domain::message::{Channel, Recipient};
use jiff::SignedDuration;
use secrecy::SecretString;
use serde_json::json;
use store::on_both_backends;
use store::testing::Bench;
use vendors::mail::simulator::{MailServer, Mood};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

fn with_password(password: &str) -> Change {
    Change {
        public: Some(
            json!({ "smtp": { "host": "127.0.0.1", "port": 9, "fromEmail": "cabinet@example.fr" } }),
        ),
        secrets: [("password".to_owned(), Some(SecretString::from(password.to_owned())))].into(),
        enabled: Some(Switch::On),
        ..Change::default()
    }
}

async fn a_secret_goes_in_and_is_nowhere_to_be_read(bench: Bench) {
    let post = Post::open(bench).await;
    let shown =
        post.desk().change_channel(Kind::Email, &with_password("sesame-7431")).await.unwrap();
    assert_eq!(shown.secrets, [("password", true)]);
    assert!(!format!("{shown:?}").contains("sesame"));
    let dump = everything(&post.house.bench.url).await;
    assert!(dump.contains("cabinet@example.fr") && !dump.contains("sesame"));
    assert!(!dump.contains(KEY));
    // A part of the form keeps what it does not name.
    let change =
        Change { public: Some(json!({ "smtp": { "fromName": "Cabinet" } })), ..Change::default() };
    let shown = post.desk().change_channel(Kind::Email, &change).await.unwrap();
    assert_eq!((shown.secrets[0].1, shown.version), (true, 2));
    let change = Change { version: Some(1), ..change };
    let refused = post.desk().change_channel(Kind::Email, &change).await;
    assert!(matches!(refused, Err(ChannelError::Changed)), "{refused:?}");
}

async fn a_password_goes_to_no_other_server(bench: Bench) {
    let post = Post::open(bench).await;
    post.desk().change_channel(Kind::Email, &with_password("sesame-7431")).await.unwrap();
    for smtp in
        [json!({ "host": "evil.example" }), json!({ "port": 465 }), json!({ "username": "x" })]
    {
        let change = Change { public: Some(json!({ "smtp": smtp })), ..Change::default() };
        let refused = post.desk().change_channel(Kind::Email, &change).await;
        let Err(ChannelError::Field(field)) = refused else { panic!("{refused:?}") };
        assert_eq!(field.path, "secrets.password");
        let again = Change { secrets: with_password("neuf").secrets, ..change };
        post.desk().change_channel(Kind::Email, &again).await.unwrap();
    }
}

async fn a_key_that_is_missing_or_another_sends_nothing_and_says_so(bench: Bench) {
    let post = Post::open(bench).await;
    post.desk().change_channel(Kind::Email, &with_password("sesame-7431")).await.unwrap();
    for (at, (keys, code)) in
        [(vec![], "key_missing"), (vec!["une autre clé, assez longue pour cela"], "key_wrong")]
            .into_iter()
            .enumerate()
    {
        let mail = Recipient::parse(Channel::Email, "camille@example.fr").unwrap();
        let key = format!("m:{at}");
        post.order(&Order { to: mail, ..reminder(&key) }).await;
        let other = post.another(&keys).await;
        post.run_on(&other).await;
        assert_eq!(post.told().await[at], format!("refused {code}"));
        let desk = desk::Desk::new(other, post.tenant, desk::Who::Operator);
        let health = desk.channel(Kind::Email).await.unwrap().health;
        assert_eq!(health.state, State::Locked);
        let part = Change {
            secrets: [("password".to_owned(), Some(SecretString::from("neuf")))].into(),
            ..Change::default()
        };
        let changed = desk.change_channel(Kind::Email, &part).await;
        // Without any key nothing is stored, least of all in clear.
        assert_eq!(changed.is_err(), keys.is_empty(), "{changed:?}");
    }
    let dump = everything(&post.house.bench.url).await;
    assert!(!dump.contains("sesame") && !dump.contains("neuf"));
}

async fn the_phone_channel_takes_nobodys_number(bench: Bench) {
    let post = Post::open(bench).await;
    for (kind, public) in [
        (Kind::Phone, json!({ "clientPhoneNumber": "09 39 24 05 75" })),
        (Kind::WhatsApp, json!({ "whatsappNumber": "+33939240575" })),
        (Kind::Sms, json!({ "sender": "+33939240575" })),
        (Kind::Sms, json!({ "sender": "+33199007777" })),
        (Kind::Sms, json!({ "sender": "06 39 98 12 34" })),
    ] {
        let change = Change { public: Some(public.clone()), ..Change::default() };
        let refused = post.desk().change_channel(kind, &change).await;
        assert!(matches!(refused, Err(ChannelError::Field(_))), "{public}: {refused:?}");
    }
    let routes = "SELECT CAST(tenant_id AS TEXT) FROM tenant_routing ORDER BY tenant_id";
    let before = post.house.texts(routes).await;
    let own = Change {
        public: Some(json!({ "clientPhoneNumber": "01 99 00 55 55" })),
        ..Change::default()
    };
    let shown = post.desk().change_channel(Kind::Phone, &own).await.unwrap();
    assert!(shown.enabled, "saving what is on does not switch it off");
    assert_eq!(post.house.texts(routes).await, before);
}

async fn a_template_is_refused_where_it_is_wrong_and_used_when_it_is_right(bench: Bench) {
    let post = Post::open(bench).await;
    post.sms().await;
    let words = |text: &str| Change {
        templates: Some(json!({ "reminder_24h": { "fr": { "text": text } } })),
        ..Change::default()
    };
    let refused = post.desk().change_channel(Kind::Sms, &words("Le {jour}")).await;
    let Err(ChannelError::Field(field)) = refused else { panic!("{refused:?}") };
    assert_eq!(field.path, "templates.reminder_24h.fr.text");
    assert!(field.problem.contains("caractère 4"), "{}", field.problem);
    post.desk().change_channel(Kind::Sms, &words("Demain {heure}, {date}. {lien}")).await.unwrap();
    post.order(&reminder("r:1")).await;
    post.run().await;
    let text = &post.world.messages()[0].2;
    assert!(text.starts_with("Demain 14 h 30, mardi 24 novembre. http://127.0.0.1:9/r/"), "{text}");
    assert_eq!(text.matches("/r/").count(), 1);
}

async fn mail_goes_by_the_house_until_a_practice_has_a_server(bench: Bench) {
    let post = Post::open(bench).await;
    let mail = || Recipient::parse(Channel::Email, "camille@example.fr").unwrap();
    post.order(&Order { to: mail(), ..reminder("m:1") }).await;
    post.run().await;
    {
        let letters = post.letters.lock().unwrap();
        assert_eq!(letters.len(), 1);
        assert_eq!(letters[0].subject, "Rappel : rendez-vous le mardi 24 novembre à 14 h 30");
    }
    // Its own server does not let it in: the message waits, and leaves once.
    let (server, _serving) = MailServer::start(Mood::RefusesLogin).await.unwrap();
    let own = json!({ "smtp": { "host": "127.0.0.1", "port": server.port() } });
    post.desk().change_channel(Kind::Email, &with_password("sesame-7431")).await.unwrap();
    let own = Change { public: Some(own), ..with_password("sesame-7431") };
    post.desk().change_channel(Kind::Email, &own).await.unwrap();
    post.order(&Order { to: mail(), ..reminder("m:2") }).await;
    post.run().await;
    assert_eq!(post.told().await, ["sent", "pending unreachable"]);
    server.feel(Mood::Accepts);
    post.pass(3, MINUTE).await;
    assert_eq!(post.told().await, ["sent", "sent"]);
    assert!(server.letters()[0].contains("From: cabinet@example.fr"));
    // An answer that is lost after the letter: nobody can be asked, nobody is written to twice.
    server.feel(Mood::HangsUpAfterTheLetter);
    post.order(&Order { to: mail(), ..reminder("m:3") }).await;
    server_bounces(&post, &server).await;
}

async fn a_house_on_the_internet_reaches_nothing_beside_it(bench: Bench) {
    let post = Post::open(bench).await;
    let public = post.house.another().await;
    public.employ(Carriers { public: true, ..post.carriers(&[KEY]) });
    let desk = desk::Desk::new(public.clone(), post.tenant, desk::Who::Operator);
    let mail = || Recipient::parse(Channel::Email, "camille@example.fr").unwrap();
    for (at, host) in ["localhost", "courrier.invalid"].into_iter().enumerate() {
        let own = json!({ "smtp": { "host": host, "port": 587, "fromEmail": "c@example.fr" } });
        let own = Change { public: Some(own), ..with_password("sesame-7431") };
        desk.change_channel(Kind::Email, &own).await.unwrap();
        post.order(&Order { to: mail(), ..reminder(&format!("m:{at}")) }).await;
        public.world.clock.set(post.office().world.clock.now() + MINUTE);
        post.run_on(&public).await;
    }
    // A name that nobody knows now may be known later: nothing is sent blindly.
    assert_eq!(post.told().await, ["refused not_configured", "pending unreachable"]);
}

async fn server_bounces(post: &Post, server: &MailServer) {
    post.run().await;
    post.pass(10, MINUTE).await;
    assert_eq!(post.told().await[2], "unknown");
    assert_eq!(server.letters().len(), 2);
    server.feel(Mood::RefusesRecipient);
    let mail = Recipient::parse(Channel::Email, "personne@example.fr").unwrap();
    post.order(&Order { to: mail, ..reminder("m:4") }).await;
    post.run().await;
    assert_eq!(post.told().await[3], "refused no_mailbox");
    // What did not arrive once is remembered, also when the server forgets it.
    server.feel(Mood::Accepts);
    let mail = Recipient::parse(Channel::Email, "personne@example.fr").unwrap();
    post.order(&Order { to: mail, ..reminder("m:5") }).await;
    post.run().await;
    assert_eq!(post.told().await[4], "refused stopped");
    assert_eq!(server.letters().len(), 2);
}

async fn secrets_are_sealed_anew_with_a_new_key(bench: Bench) {
    let post = Post::open(bench).await;
    post.desk().change_channel(Kind::Email, &with_password("sesame-7431")).await.unwrap();
    let keys = "SELECT key_id FROM channel_configurations";
    let before = post.house.texts_of(post.tenant, keys).await;
    let next = "la clé suivante, assez longue pour cela";
    let other = post.another(&[next, KEY]).await;
    desk::retention::sweep(&other).await.unwrap();
    assert_ne!(post.house.texts_of(post.tenant, keys).await, before);
    let alone = post.another(&[next]).await;
    let desk = desk::Desk::new(alone, post.tenant, desk::Who::Operator);
    assert_ne!(desk.channel(Kind::Email).await.unwrap().health.state, State::Locked);
}

async fn without_accounts_nothing_leaves(bench: Bench) {
    let house = crate::house::House::open(bench).await;
    house.office.employ(Carriers::none("https://uwi.example"));
    let desk = desk::Desk::new(house.office.clone(), TenantId(1), desk::Who::Operator);
    for shown in desk.channels().await.unwrap() {
        let expected = if shown.kind == Kind::Phone { State::Ok } else { State::NotConfigured };
        assert_eq!(shown.health.state, expected, "{:?}", shown.kind);
    }
    let on = Change { enabled: Some(Switch::On), ..Change::default() };
    let refused = desk.change_channel(Kind::Sms, &on).await;
    assert!(matches!(refused, Err(ChannelError::NotConfigured(_))), "{refused:?}");
}

/// Every row of every table, as text.
pub async fn everything(url: &str) -> String {
    if let Some(path) = url.strip_prefix("sqlite://") {
        let folder = std::path::Path::new(path).parent().unwrap();
        let files =
            std::fs::read_dir(folder).unwrap().map(|file| std::fs::read(file.unwrap().path()));
        return files.map(|bytes| String::from_utf8_lossy(&bytes.unwrap()).into_owned()).collect();
    }
    let server = store::sqlx::PgPool::connect(url).await.unwrap();
    let tables: Vec<(String,)> = store::sqlx::query_as(
        "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'",
    )
    .fetch_all(&server)
    .await
    .unwrap();
    let mut dump = String::new();
    for (table,) in tables {
        let sql = store::sqlx::AssertSqlSafe(format!("SELECT t::text FROM \"{table}\" t"));
        let rows: Vec<(String,)> = store::sqlx::query_as(sql).fetch_all(&server).await.unwrap();
        dump.extend(rows.into_iter().map(|(row,)| row));
    }
    dump
}

on_both_backends!(
    a_secret_goes_in_and_is_nowhere_to_be_read,
    a_password_goes_to_no_other_server,
    a_key_that_is_missing_or_another_sends_nothing_and_says_so,
    the_phone_channel_takes_nobodys_number,
    a_template_is_refused_where_it_is_wrong_and_used_when_it_is_right,
    mail_goes_by_the_house_until_a_practice_has_a_server,
    a_house_on_the_internet_reaches_nothing_beside_it,
    secrets_are_sealed_anew_with_a_new_key,
    without_accounts_nothing_leaves,
);
