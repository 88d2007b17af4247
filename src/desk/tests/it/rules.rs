//! What keeps a message from leaving, or makes it wait; and the links of those
//! that nobody can answer.

use crate::house::monday;
use crate::post::{OWN, PATIENT, Post, cause, reminder};
use desk::sending::Order;
use desk::sending::incoming::{self, Heard, Incoming};
use desk::sending::links::{self, Acted, Action, Subject};
use desk::tenants;
use domain::id::TenantId;
use domain::message::{Channel, Class, Consent, Event, Origin};
use jiff::SignedDuration;
use store::testing::Bench;
use store::{execute, on_both_backends};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

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

async fn nothing_leaves_in_the_name_of_a_tenant_that_is_gone(bench: Bench) {
    let post = Post::open(bench).await;
    post.sms().await;
    let office = post.office();
    post.order(&reminder("r:1")).await;
    let mut tx = office.db.begin(post.tenant).await.unwrap();
    let suspend = "UPDATE tenants SET status = 'suspended' WHERE tenant_id = $1";
    execute!(tx, suspend, post.tenant.0).unwrap();
    tx.commit().await.unwrap();
    post.run().await;
    assert_eq!(post.told().await, ["refused tenant_inactive"]);
    let mut tx = office.db.begin(post.tenant).await.unwrap();
    let again = "UPDATE tenants SET status = 'active' WHERE tenant_id = $1";
    execute!(tx, again, post.tenant.0).unwrap();
    tx.commit().await.unwrap();
    // What waits when the tenant is deleted is refused then, and says why.
    post.order(&reminder("r:2")).await;
    tenants::delete(office, post.tenant).await.unwrap();
    assert_eq!(post.told().await[1], "refused tenant_inactive");
    // Ordered by somebody who has not heard of it yet.
    post.order(&reminder("r:3")).await;
    post.run().await;
    assert_eq!(post.told().await, ["refused tenant_inactive"; 3]);
    assert!(post.world.messages().is_empty());
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
    assert!(matches!(page.subject, Subject::Appointment(_)), "{:?}", page.subject);
    let statuses = "SELECT status FROM rendez_vous";
    assert_eq!(post.house.texts_of(post.tenant, statuses).await, ["confirmed"]);
    assert_eq!(links::act(office, &token, Action::Move).await.unwrap(), Some(Acted::Done));
    assert_eq!(links::act(office, &token, Action::Move).await.unwrap(), Some(Acted::Done));
    let tickets = "SELECT subject FROM tickets";
    assert_eq!(post.house.texts_of(post.tenant, tickets).await, ["Déplacer un rendez-vous"]);
    assert_eq!(links::act(office, &token, Action::Cancel).await.unwrap(), Some(Acted::Done));
    assert_eq!(post.house.texts_of(post.tenant, statuses).await, ["cancelled"]);
    let by = "SELECT change || ' ' || author FROM rendez_vous_history";
    assert_eq!(post.house.texts_of(post.tenant, by).await, ["cancelled web"]);
    let notices = "SELECT id FROM channel_messages_log WHERE template_name = 'cancellation'";
    assert!(post.house.texts_of(post.tenant, notices).await.is_empty(), "they know it");
    // What was to follow is taken back with it.
    assert!(post.told().await.contains(&"refused cancelled".to_owned()));
    assert_eq!(links::act(office, &token, Action::Confirm).await.unwrap(), Some(Acted::TooLate));
    assert_eq!(links::act(office, &token, Action::Stop).await.unwrap(), Some(Acted::Done));
    assert_eq!(post.desk().stop_list().await.unwrap().len(), 2);

    let mut bent = token.clone();
    bent.replace_range(3..4, if token.as_bytes()[3] == b'A' { "B" } else { "A" });
    assert_eq!(links::act(office, &bent, Action::Stop).await.unwrap(), None);
}

on_both_backends!(
    nothing_leaves_the_test_tenant,
    nothing_leaves_in_the_name_of_a_tenant_that_is_gone,
    whoever_says_stop_is_not_written_to_until_they_say_start,
    a_list_that_cannot_be_read_sends_nothing,
    a_provider_that_knows_of_a_stop_is_believed,
    nobody_is_woken_and_nobody_is_sold_anything_on_sundays,
    a_person_is_written_to_only_so_often_in_a_day,
    words_of_health_and_holes_are_refused,
    a_link_shows_without_acting_and_acts_when_it_is_asked,
);
