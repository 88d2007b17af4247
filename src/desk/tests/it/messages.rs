//! Messages to providers and back: once, truly told, closed on doubt.

use crate::house::{monday, number};
use crate::post::{KEY, OWN, PATIENT, Post, cause, reminder};
use desk::channels::health::State;
use desk::channels::{Change, ChannelError};
use desk::sending::incoming::{self, Heard, Incoming};
use desk::sending::links::{self, Acted, Action};
use desk::sending::reports::{self, Told};
use desk::sending::{Order, carriers::Carriers};
use domain::channel::Kind;
use domain::id::TenantId;
use domain::message::{Channel, Class, Consent, Event, Origin, Recipient, Status};
use jiff::SignedDuration;
use secrecy::SecretString;
use serde_json::json;
use store::testing::Bench;
use store::{Db, execute, on_both_backends};
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
    assert!(text.contains(" https://uwi.example/r/") && !text.contains('{'), "{text}");
    let row = &post.log().await[0];
    assert_eq!((row.status.as_str(), row.attempts, row.segments), ("sent", 1, Some(2)));
    let sid = row.external_message_id.clone().unwrap();
    // Late, twice and in the wrong order.
    for status in [Status::Delivered, Status::Sent, Status::Delivered, Status::Sent] {
        reports::receive(post.office(), &told(&sid, status)).await.unwrap();
    }
    assert_eq!(post.told().await, ["delivered"]);
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

async fn two_instances_send_a_message_once(bench: Bench) {
    let post = Post::open(bench).await;
    post.sms().await;
    let other = post.house.another().await;
    other.employ(post.carriers(&[KEY]));
    for at in 0..5 {
        let key = format!("r:{at}");
        post.order(&reminder(&key)).await;
    }
    tokio::join!(post.run(), post.run_on(&other));
    tokio::join!(post.run(), post.run_on(&other));
    assert_eq!(post.world.messages().len(), 5);
    assert_eq!(post.told().await, ["sent"; 5]);
}

async fn nothing_leaves_the_test_tenant(bench: Bench) {
    let post = Post::open(bench).await;
    post.order_for(TenantId(1), &reminder("r:1")).await;
    post.run().await;
    assert!(post.world.messages().is_empty() && post.letters.lock().unwrap().is_empty());
    let sql = "SELECT status || ' ' || error_code || ' ' || content FROM channel_messages_log";
    let told = post.house.texts(sql).await;
    assert!(told[0].starts_with("refused sandbox "), "{told:?}");
    assert!(told[0].contains("rappel de votre rendez-vous"), "{told:?}");
}

async fn whoever_says_stop_is_not_written_to_until_they_say_start(bench: Bench) {
    let post = Post::open(bench).await;
    post.sms().await;
    let write = |words: &'static str, external: &'static str| {
        let office = post.office().clone();
        async move {
            let message = Incoming {
                provider: "twilio",
                external,
                channel: Channel::Sms,
                from: PATIENT,
                to: OWN,
                words,
                heard: None,
            };
            incoming::receive(&office, &message).await.unwrap()
        }
    };
    assert_eq!(write("Bonjour, mon arrêt de travail ?", "SM1").await, Heard::Words);
    assert_eq!(write("Arrêt SMS svp", "SM2").await, Heard::Stopped);
    post.order(&reminder("r:1")).await;
    post.run().await;
    assert_eq!(post.told().await, ["delivered", "delivered", "refused stopped"]);
    assert_eq!(post.desk().stop_list().await.unwrap().len(), 2);
    // The same webhook again changes nothing back.
    assert_eq!(write("START", "SM3").await, Heard::Started);
    assert_eq!(write("Arrêt SMS svp", "SM2").await, Heard::Words);
    post.order(&reminder("r:2")).await;
    post.run().await;
    assert_eq!(post.world.messages().len(), 1);
    let nobody = Incoming {
        provider: "twilio",
        external: "SM9",
        channel: Channel::Sms,
        from: PATIENT,
        to: "+33199009999",
        words: "STOP",
        heard: None,
    };
    assert_eq!(incoming::receive(post.office(), &nobody).await.unwrap(), Heard::Nobody);
}

async fn a_list_that_cannot_be_read_sends_nothing(bench: Bench) {
    let post = Post::open(bench).await;
    post.sms().await;
    post.order(&reminder("r:1")).await;
    post.house.bench.prompt("ALTER TABLE stop_list RENAME TO stop_list_gone").await.unwrap();
    let outside = desk::outbox::Outside {
        mail: desk::outbox::Mail::Off,
        recordings: desk::recordings::Recordings::Off,
        home: String::new(),
    };
    let _ = desk::outbox::run_due(post.office(), &outside).await;
    assert!(post.world.messages().is_empty());
    assert_eq!(post.told().await, ["pending"]);
}

async fn a_provider_that_knows_of_a_stop_is_believed(bench: Bench) {
    let post = Post::open(bench).await;
    post.sms().await;
    post.world.unsubscribe("Cab Martin", PATIENT);
    post.order(&reminder("r:1")).await;
    post.run().await;
    post.order(&reminder("r:2")).await;
    post.run().await;
    assert_eq!(post.told().await, ["refused 21610", "refused stopped"]);
}

async fn nobody_is_woken_and_nobody_is_sold_anything_on_sundays(bench: Bench) {
    let post = Post::open(bench).await;
    post.sms().await;
    post.set_time("2026-11-28T22:30:00Z");
    let late = Order { not_after: None, ..reminder("r:1") };
    post.order(&late).await;
    post.order(&Order {
        origin: Origin::Confirmation,
        event: Event::Confirmation,
        ..reminder("c:1")
    })
    .await;
    let given_at = monday();
    let class = Class::Commercial(Consent { given_at, proof: "formulaire du site".to_owned() });
    let campaign = Order {
        origin: Origin::Campaign,
        event: Event::Free,
        class,
        not_after: None,
        variables: [("message", "Nouveaux horaires samedi.".to_owned())].into(),
        ..reminder("p:1")
    };
    post.order(&campaign).await;
    post.run().await;
    // It is too late for the second one; it was due on Wednesday.
    assert_eq!(post.told().await, ["pending", "refused too_late", "pending"]);
    post.order(&Order {
        not_after: None,
        origin: Origin::Confirmation,
        event: Event::Confirmation,
        ..reminder("c:2")
    })
    .await;
    post.run().await;
    assert_eq!(post.world.messages().len(), 1);
    post.set_time("2026-11-29T06:59:00Z");
    post.run().await;
    assert_eq!(post.world.messages().len(), 1);
    post.set_time("2026-11-29T07:00:01Z");
    post.run().await;
    assert_eq!(post.world.messages().len(), 2);
    // Sunday: the advertisement waits for Monday.
    post.set_time("2026-11-30T08:59:00Z");
    post.run().await;
    assert_eq!(post.world.messages().len(), 2);
    post.set_time("2026-11-30T09:00:01Z");
    post.run().await;
    assert_eq!(post.world.messages().len(), 3);
}

async fn a_person_is_written_to_only_so_often_in_a_day(bench: Bench) {
    let post = Post::open(bench).await;
    post.sms().await;
    for at in 0..8 {
        let key = format!("r:{at}");
        post.order(&reminder(&key)).await;
    }
    post.run().await;
    assert_eq!(post.world.messages().len(), 6);
    let told = post.told().await;
    assert_eq!(told.iter().filter(|told| *told == "refused cap_person").count(), 2, "{told:?}");
}

async fn words_of_health_and_holes_are_refused(bench: Bench) {
    let post = Post::open(bench).await;
    post.sms().await;
    let free = |key: &'static str, message: &str| Order {
        event: Event::Free,
        origin: Origin::Reply,
        variables: [("message", message.to_owned())].into(),
        ..reminder(key)
    };
    post.order(&free("f:1", "Votre ordonnance est prête.")).await;
    post.order(&free("f:2", "Répondez OUI pour confirmer.")).await;
    post.order(&Order { variables: [("date", "mardi".to_owned())].into(), ..reminder("r:1") })
        .await;
    post.run().await;
    let expected = ["refused health_word", "refused invites_answer", "refused missing_variable"];
    assert_eq!(post.told().await, expected);
    assert!(post.world.messages().is_empty());
}

async fn a_link_shows_without_acting_and_acts_when_it_is_asked(bench: Bench) {
    let post = Post::open(bench).await;
    post.sms().await;
    let mut tx = post.office().db.begin(post.tenant).await.unwrap();
    let at = monday().as_millisecond();
    execute!(
        tx,
        "INSERT INTO rendez_vous (tenant_id, id, calendar_id, service_id, customer_name, \
        name_key, customer_phone, rdv_date, rdv_time, timezone, starts_at, ends_at, \
        rdv_duration_minutes, status, created_by, created_at, updated_at) \
        VALUES ($1, $2, 'c', 's', 'Camille Lefèvre', 'key', $3, '2026-11-24', '14:30', \
        'Europe/Paris', $4, $5, 30, 'confirmed', 'web', $6, $6)",
        post.tenant.0,
        cause().id(),
        PATIENT,
        at + 86_400_000,
        at + 88_200_000,
        at
    )
    .unwrap();
    tx.commit().await.unwrap();
    post.order(&reminder("r:1")).await;
    post.order(&Order {
        not_before: Some(monday().saturating_add(MINUTE * 60).unwrap()),
        ..reminder("r:2")
    })
    .await;
    post.run().await;
    let text = post.world.messages()[0].2.clone();
    let token = text.rsplit_once("/r/").unwrap().1.to_owned();
    let office = post.office();
    let page = links::open(office, &token).await.unwrap().unwrap();
    assert!(page.appointment.is_some());
    let statuses = "SELECT status FROM rendez_vous";
    assert_eq!(post.house.texts_of(post.tenant, statuses).await, ["confirmed"]);
    assert_eq!(links::act(office, &token, Action::Move).await.unwrap(), Some(Acted::Done));
    assert_eq!(links::act(office, &token, Action::Move).await.unwrap(), Some(Acted::Done));
    let tickets = "SELECT subject FROM tickets";
    assert_eq!(post.house.texts_of(post.tenant, tickets).await, ["Déplacer un rendez-vous"]);
    assert_eq!(links::act(office, &token, Action::Cancel).await.unwrap(), Some(Acted::Done));
    assert_eq!(post.house.texts_of(post.tenant, statuses).await, ["cancelled"]);
    // What was to follow is taken back with it.
    assert!(post.told().await.contains(&"refused cancelled".to_owned()));
    assert_eq!(links::act(office, &token, Action::Confirm).await.unwrap(), Some(Acted::TooLate));
    assert_eq!(links::act(office, &token, Action::Stop).await.unwrap(), Some(Acted::Done));
    assert_eq!(post.desk().stop_list().await.unwrap().len(), 2);
    assert!(links::open(office, "AAAA").await.unwrap().is_none());
    let mut bent = token.clone();
    bent.replace_range(3..4, if token.as_bytes()[3] == b'A' { "B" } else { "A" });
    assert_eq!(links::act(office, &bent, Action::Stop).await.unwrap(), None);
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

fn with_password(password: &str) -> Change {
    Change {
        public: Some(
            json!({ "smtp": { "host": "127.0.0.1", "port": 9, "fromEmail": "cabinet@example.fr" } }),
        ),
        secrets: [("password".to_owned(), Some(SecretString::from(password.to_owned())))].into(),
        enabled: Some(desk::channels::Switch::On),
        ..Change::default()
    }
}

async fn a_secret_goes_in_and_is_nowhere_to_be_read(bench: Bench) {
    let post = Post::open(bench).await;
    let shown =
        post.desk().change_channel(Kind::Email, &with_password("sesame-7431")).await.unwrap();
    assert_eq!(shown.secrets, [("password", true)]);
    assert!(!format!("{shown:?}").contains("sesame"));
    let dump = everything(&post.office().db, &post.house.bench.url).await;
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

async fn a_key_that_is_missing_or_another_sends_nothing_and_says_so(bench: Bench) {
    let post = Post::open(bench).await;
    post.desk().change_channel(Kind::Email, &with_password("sesame-7431")).await.unwrap();
    for (at, (keys, code)) in
        [(vec![], "key_missing"), (vec!["une autre clé, assez longue pour cela"], "key_wrong")]
            .into_iter()
            .enumerate()
    {
        let other = post.house.another().await;
        other.employ(post.carriers(&keys));
        let mail = Recipient::parse(Channel::Email, "camille@example.fr").unwrap();
        let key = format!("m:{at}");
        post.order(&Order { to: mail, ..reminder(&key) }).await;
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
    let dump = everything(&post.office().db, &post.house.bench.url).await;
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
    post.desk().change_channel(Kind::Phone, &own).await.unwrap();
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
    assert!(
        text.starts_with("Demain 14 h 30, mardi 24 novembre. https://uwi.example/r/"),
        "{text}"
    );
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
    // A server that nobody answers at: it waits.
    post.desk().change_channel(Kind::Email, &with_password("sesame-7431")).await.unwrap();
    post.order(&Order { to: mail(), ..reminder("m:2") }).await;
    post.run().await;
    assert_eq!(post.told().await, ["sent", "pending unreachable"]);
}

async fn without_accounts_nothing_leaves(bench: Bench) {
    let house = crate::house::House::open(bench).await;
    house.office.employ(Carriers::none("https://uwi.example"));
    let desk = desk::Desk::new(house.office.clone(), TenantId(1), desk::Who::Operator);
    for shown in desk.channels().await.unwrap() {
        let expected = if shown.kind == Kind::Phone { State::Ok } else { State::NotConfigured };
        assert_eq!(shown.health.state, expected, "{:?}", shown.kind);
    }
    let on = Change { enabled: Some(desk::channels::Switch::On), ..Change::default() };
    let refused = desk.change_channel(Kind::Sms, &on).await;
    assert!(matches!(refused, Err(ChannelError::NotConfigured(_))), "{refused:?}");
}

/// Every row of every table, as text.
async fn everything(db: &Db, url: &str) -> String {
    if let Some(path) = url.strip_prefix("sqlite://") {
        let folder = std::path::Path::new(path).parent().unwrap();
        let files =
            std::fs::read_dir(folder).unwrap().map(|file| std::fs::read(file.unwrap().path()));
        return files.map(|bytes| String::from_utf8_lossy(&bytes.unwrap()).into_owned()).collect();
    }
    let _ = db;
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
    a_message_leaves_once_and_says_what_became_of_it,
    a_report_that_comes_before_its_message_is_known_is_kept_for_it,
    a_lost_answer_is_looked_up_and_never_sent_again_blindly,
    an_outage_makes_messages_wait_and_an_alarm_after_five_minutes,
    two_instances_send_a_message_once,
    nothing_leaves_the_test_tenant,
    whoever_says_stop_is_not_written_to_until_they_say_start,
    a_list_that_cannot_be_read_sends_nothing,
    a_provider_that_knows_of_a_stop_is_believed,
    nobody_is_woken_and_nobody_is_sold_anything_on_sundays,
    a_person_is_written_to_only_so_often_in_a_day,
    words_of_health_and_holes_are_refused,
    a_link_shows_without_acting_and_acts_when_it_is_asked,
    whatsapp_takes_free_words_for_a_day_and_templates_after_it,
    a_secret_goes_in_and_is_nowhere_to_be_read,
    a_key_that_is_missing_or_another_sends_nothing_and_says_so,
    the_phone_channel_takes_nobodys_number,
    a_template_is_refused_where_it_is_wrong_and_used_when_it_is_right,
    mail_goes_by_the_house_until_a_practice_has_a_server,
    without_accounts_nothing_leaves,
);
