//! What the practice is told by mail.

use crate::house::{Caller, House};
use desk::outbox::{self, Mail, Outside};
use desk::practice::Wishes;
use desk::recordings::Recordings;
use desk::tickets::TicketWanted;
use desk::{Desk, Office, Who, jobs, tenants};
use domain::id::TenantId;
use domain::role::Role;
use domain::routing::Channel;
use domain::support::Priority;
use domain::tenant::settings::Settings;
use std::sync::{Arc, Mutex};
use store::on_both_backends;
use store::testing::Bench;

const OWNER: &str = "camille@exemple.fr";
const SECRETARY: &str = "alix@exemple.fr";

const PRACTICE: &str = r#"
name = "Plomberie des Lices"
agents = ["support"]
[[hours]]
days = ["mon-fri"]
from = "09:00"
to = "18:00"
[[number]]
e164 = "+33199001122"
[[member]]
email = "camille@exemple.fr"
role = "owner"
[[member]]
email = "alix@exemple.fr"
role = "secretary"
"#;

struct Practice {
    house: House,
    tenant: TenantId,
    letters: Arc<Mutex<Vec<outbox::KeptLetter>>>,
}

impl Practice {
    async fn open(bench: Bench) -> Self {
        let house = House::open(bench).await;
        let settings = Settings::from_toml(PRACTICE).unwrap();
        let tenant = tenants::apply(&house.office, &settings).await.unwrap().tenant;
        Self { house, tenant, letters: Arc::default() }
    }

    fn desk(&self, email: &str, role: Role) -> Desk {
        let who = Who::Member { email: email.to_owned(), role };
        Desk::new(Arc::clone(&self.house.office), self.tenant, who)
    }

    async fn urgent(&self) -> String {
        let wanted = TicketWanted {
            subject: "Une fuite chez Zélie".to_owned(),
            priority: Some(Priority::Urgent),
            phone: Some("06 39 98 12 34".to_owned()),
            ..TicketWanted::default()
        };
        self.desk(OWNER, Role::Owner).create_ticket(&wanted).await.unwrap().id
    }

    /// Works until nothing is due; gives who got a letter.
    async fn work(&self, office: &Office) -> Vec<String> {
        jobs::round(office).await.unwrap();
        let outside = Outside {
            mail: Mail::Kept(Arc::clone(&self.letters)),
            home: "https://uwi.example".to_owned(),
            ..outside()
        };
        while outbox::run_due(office, &outside).await.unwrap() > 0 {}
        let letters = self.letters.lock().unwrap();
        letters.iter().map(|letter| letter.to.clone()).collect()
    }

    async fn at(&self, instant: &str) -> Vec<String> {
        self.house.office.world.clock.set(instant.parse().unwrap());
        self.work(&self.house.office).await
    }

    fn last(&self) -> outbox::KeptLetter {
        self.letters.lock().unwrap().last().unwrap().clone()
    }
}

fn outside() -> Outside {
    Outside { mail: Mail::Off, recordings: Recordings::Off, home: String::new() }
}

async fn what_is_urgent_is_told_at_once_and_names_nobody(bench: Bench) {
    let practice = Practice::open(bench).await;
    practice.urgent().await;
    assert_eq!(practice.at("2026-11-23T15:00:00Z").await, [OWNER]);
    assert_eq!(practice.at("2026-11-23T15:05:00Z").await.len(), 1, "once");
    let keys = practice.house.texts("SELECT idempotency_key FROM outbox").await;
    assert!(!keys.is_empty() && keys.iter().all(|key| !key.contains('@')), "{keys:?}");
    let letter = practice.last();
    assert!(letter.subject.starts_with("Plomberie des Lices : une demande urgente"));
    assert!(letter.text.contains("+33XXXXXX34") && letter.text.contains("/app/messages/"));
    assert!(!letter.text.contains("Zélie") && !letter.text.contains("fuite"), "{}", letter.text);
}

async fn a_failed_transfer_is_told_once_however_often_it_is_reported(bench: Bench) {
    let practice = Practice::open(bench).await;
    let mut tx = practice.house.office.db.begin(practice.tenant).await.unwrap();
    let call = crate::house::call_id("call-1");
    for number in 1..4_u128 {
        let new = store::tickets::NewTicket {
            id: domain::id::TicketId(uuid::Uuid::from_u128(number)),
            name: None,
            phone: None,
            subject: "Appel passé",
            description: "",
            category: "callback",
            priority: Priority::High,
            reference: None,
            email: None,
            details: "{}",
            call: Some(&call),
            author: "sara",
            due: crate::house::monday(),
            now: crate::house::monday(),
        };
        let cause = domain::event::EventKind::TransferFailed;
        store::tickets::insert_once(&mut tx, &new, cause).await.unwrap();
    }
    tx.commit().await.unwrap();
    assert_eq!(practice.at("2026-11-23T15:00:00Z").await, [OWNER]);
    assert!(practice.last().subject.contains("sans réponse"));
}

async fn at_night_it_waits_for_the_morning_unless_it_was_dealt_with(bench: Bench) {
    let practice = Practice::open(bench).await;
    practice.house.office.world.clock.set("2026-11-23T22:00:00Z".parse().unwrap());
    let (first, second) = (practice.urgent().await, practice.urgent().await);
    assert!(practice.at("2026-11-24T05:59:00Z").await.is_empty());
    practice.desk(OWNER, Role::Owner).deal_with(&second).await.unwrap();
    assert_eq!(practice.at("2026-11-24T06:00:00Z").await, [OWNER]);
    assert!(practice.last().text.contains(&first));
}

async fn the_morning_tells_once_what_happened_and_waits(bench: Bench) {
    let practice = Practice::open(bench).await;
    assert!(practice.at("2026-11-24T06:30:00Z").await.is_empty(), "nothing to say");
    let mut caller = Caller::new(&practice.house.office, "call-1");
    caller.request.dialled = Some("+33199001122".to_owned());
    caller.request.channel = Channel::Vocal;
    caller.says_all(&["ma chaudière est en panne", "Hugo Perrin", "oui"]).await;
    let other = practice.house.another().await;
    other.world.clock.set("2026-11-25T06:30:00Z".parse().unwrap());
    assert!(practice.at("2026-11-25T06:29:00Z").await.is_empty(), "not before half past seven");
    let (one, two) = tokio::join!(practice.work(&other), practice.at("2026-11-25T06:30:30Z"));
    assert_eq!(one.len().max(two.len()), 1, "one letter, whoever writes it");
    assert_eq!(practice.at("2026-11-25T08:00:00Z").await, [OWNER]);
    let letter = practice.last();
    assert!(letter.text.contains("Depuis hier à 7 h 30 : 1 appel"), "{}", letter.text);
    assert!(letter.text.contains("1 demande"), "{}", letter.text);
}

async fn half_past_seven_is_the_same_over_the_changes_of_the_clocks(bench: Bench) {
    let practice = Practice::open(bench).await;
    practice.house.office.world.clock.set("2026-03-28T10:00:00Z".parse().unwrap());
    practice.urgent().await;
    practice.at("2026-03-28T10:00:00Z").await;
    practice.letters.lock().unwrap().clear();
    // The clocks go forward on 29 March and back on 25 October.
    for (before, after) in [
        ("2026-03-29T05:29:00Z", "2026-03-29T05:30:00Z"),
        ("2026-10-24T05:29:00Z", "2026-10-24T05:30:00Z"),
        ("2026-10-25T06:29:00Z", "2026-10-25T06:30:00Z"),
    ] {
        let count = practice.at(before).await.len();
        assert_eq!(practice.at(after).await.len(), count + 1, "{after}");
    }
}

async fn each_member_says_what_they_want(bench: Bench) {
    let practice = Practice::open(bench).await;
    let secretary = practice.desk(SECRETARY, Role::Secretary);
    let wishes = Wishes { urgent: true, daily: false };
    assert!(secretary.keep_wishes(OWNER, wishes).await.is_err(), "not for the owner");
    assert!(secretary.keep_wishes("x@exemple.fr", wishes).await.is_err());
    secretary.keep_wishes(SECRETARY, wishes).await.unwrap();
    let owner = practice.desk(OWNER, Role::Owner);
    owner.keep_wishes(OWNER, Wishes { urgent: false, daily: false }).await.unwrap();
    practice.urgent().await;
    assert_eq!(practice.at("2026-11-23T15:00:00Z").await, [SECRETARY]);
    assert_eq!(practice.at("2026-11-24T06:30:00Z").await.len(), 1, "nobody wants the morning's");
}

const GARAGE: &str = r#"
name = "Garage des Lices"
agents = ["appointment"]
[[hours]]
days = ["mon-fri"]
from = "09:00"
to = "18:00"
[[number]]
e164 = "+33199003344"
"#;

async fn a_caller_who_wants_it_is_sent_a_confirmation(bench: Bench) {
    let house = House::open(bench).await;
    let settings = Settings::from_toml(GARAGE).unwrap();
    let tenant = tenants::apply(&house.office, &settings).await.unwrap().tenant;
    let mut calls = Vec::new();
    for call in ["call-1", "call-2"] {
        let mut caller = Caller::new(&house.office, call);
        caller.request.dialled = Some("+33199003344".to_owned());
        calls.push(caller);
    }
    let without = calls[0].books().await;
    assert!(!without.say.contains("SMS"), "no channel: {}", without.say);
    let mut tx = house.office.db.begin(tenant).await.unwrap();
    let sql = "INSERT INTO channel_configurations (tenant_id, id, channel_type, enabled, configured, \
        created_at, updated_at) VALUES ($1, 'sms', 'sms', 1, 1, 1, 1)";
    store::execute!(tx, sql, tenant.0).unwrap();
    tx.commit().await.unwrap();
    tenants::apply(&house.office, &settings).await.unwrap();
    let with = calls[1].books().await;
    assert!(with.say.ends_with("par SMS ?"), "{}", with.say);
    let sent = calls[1].says("oui").await;
    assert!(sent.say.contains("je vous l'envoie"), "{}", sent.say);
    let messages = "SELECT to_address || ' ' || template_name || ' ' || cause_kind \
        FROM channel_messages_log";
    let messages = house.texts_of(tenant, messages).await;
    assert_eq!(messages, ["+33639981234 confirmation appointment"]);
    let noted = "SELECT call_id || ' ' || confirmation_sent FROM rendez_vous ORDER BY call_id";
    assert_eq!(house.texts_of(tenant, noted).await, ["call-1 0", "call-2 1"]);
}

on_both_backends!(
    a_caller_who_wants_it_is_sent_a_confirmation,
    what_is_urgent_is_told_at_once_and_names_nobody,
    a_failed_transfer_is_told_once_however_often_it_is_reported,
    at_night_it_waits_for_the_morning_unless_it_was_dealt_with,
    the_morning_tells_once_what_happened_and_waits,
    half_past_seven_is_the_same_over_the_changes_of_the_clocks,
    each_member_says_what_they_want,
);
