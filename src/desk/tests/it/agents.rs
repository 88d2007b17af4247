//! The qualification and the support agents, from the caller's words to the rows.

use crate::house::{Caller, House};
use desk::Desk;
use desk::Who;
use desk::prospects::Wanted;
use desk::tenants;
use domain::id::TenantId;
use domain::qualification::Status;
use domain::routing::Channel;
use domain::tenant::settings::Settings;
use store::on_both_backends;
use store::testing::Bench;

const NUMBER: &str = "+33199001122";

const AGENCY: &str = r#"
name = "Agence des Lices"
agents = ["appointment", "qualification", "support"]

[[hours]]
days = ["mon-fri"]
from = "09:00"
to = "18:00"

[[question]]
id = "projet"
ask = "Souhaitez-vous acheter ou louer ?"
kind = "choice"
options = [{ label = "Acheter", points = 50 }, "Louer"]
field = "interest_type"
required = true

[[question]]
id = "budget"
ask = "Quel est votre budget ?"
kind = "amount"
field = "budget_max"
ranges = [{ from = 200000, points = 50 }]

[[number]]
e164 = "+33199001122"
"#;

const PROJECT: &[&str] = &[
    "Bonjour, je voudrais acheter une maison",
    "entre deux cents et deux cent cinquante mille euros",
    "Camille Lefèvre",
    "oui",
];

const TROUBLE: &[&str] = &["Bonjour, il y a une fuite d'eau partout", "Camille Lefèvre", "oui"];

struct Agency {
    house: House,
    tenant: TenantId,
}

impl Agency {
    async fn open(bench: Bench) -> Self {
        let house = House::open(bench).await;
        let settings = Settings::from_toml(AGENCY).unwrap();
        let tenant = tenants::apply(&house.office, &settings).await.unwrap().tenant;
        Self { house, tenant }
    }

    fn caller(&self, call: &str) -> Caller {
        let mut caller = Caller::new(&self.house.office, call);
        caller.request.dialled = Some(NUMBER.to_owned());
        caller
    }

    async fn texts(&self, sql: &'static str) -> Vec<String> {
        self.house.texts_of(self.tenant, sql).await
    }

    fn desk(&self) -> Desk {
        Desk::new(self.house.office.clone(), self.tenant, Who::Operator)
    }
}

const PROSPECTS: &str = "SELECT name || ' ' || phone || ' ' || source || ' ' || interest_type
  || ' ' || budget_min || ' ' || budget_max || ' ' || qualification_score || ' '
  || qualification_status || ' ' || call_id || ' ' || created_by FROM prospects";
const TICKETS: &str = "SELECT reference || ' ' || category || ' ' || priority || ' ' || status
  || ' ' || customer_name || ' ' || description FROM tickets ORDER BY created_at, id";
const CALLS: &str = "SELECT call_sid || ' ' || outcome || ' ' || rdv_created || ' '
  || qualified_prospect_created || ' ' || ticket_created || ' ' || caller_name FROM call_logs";
const ACTIONS: &str = "SELECT actions_performed FROM call_logs";

/// What a call did, as pairs of event and id.
async fn actions(agency: &Agency) -> Vec<(String, String)> {
    let stored = agency.texts(ACTIONS).await.remove(0);
    let actions: Vec<serde_json::Value> = serde_json::from_str(&stored).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    actions.iter().map(|action| (text(&action["action"]), text(&action["id"]))).collect()
}

async fn a_qualified_call_leaves_a_prospect_with_its_answers(bench: Bench) {
    let agency = Agency::open(bench).await;
    let reply = agency.caller("call-1").says_all(PROJECT).await;
    assert!(reply.say.contains("transmise"), "{}", reply.say);
    assert!(reply.say.contains("rendez-vous"), "{}", reply.say);
    let row = "Camille Lefèvre +33639981234 phone Acheter 200000 250000 100 qualified call-1 sara";
    assert_eq!(agency.texts(PROSPECTS).await, [row]);
    assert_eq!(agency.texts(CALLS).await, ["call-1 prospect_created 0 1 0 Camille Lefèvre"]);
    let id = agency.texts("SELECT id FROM prospects").await.remove(0);
    assert_eq!(actions(&agency).await, [("prospect_created".to_owned(), id.clone())]);
    let stored = agency.desk().prospect(&id).await.unwrap().unwrap();
    assert!(stored.answers.contains("Quel est votre budget ?"), "{}", stored.answers);
    assert!(stored.call_row.is_some());
    assert_eq!(agency.desk().prospects(&of(Some(Status::Qualified))).await.unwrap().rows.len(), 1);
    assert!(agency.desk().prospects(&of(Some(Status::Lost))).await.unwrap().rows.is_empty());
}

async fn a_prospect_of_another_tenant_is_not_there(bench: Bench) {
    let agency = Agency::open(bench).await;
    agency.caller("call-1").says_all(PROJECT).await;
    let id = agency.texts("SELECT id FROM prospects").await.remove(0);
    let other = Desk::new(agency.house.office.clone(), TenantId(1), Who::Operator);
    assert!(other.prospect(&id).await.unwrap().is_none());
    assert!(other.prospects(&of(None)).await.unwrap().rows.is_empty());
}

async fn the_same_turn_again_makes_no_second_prospect(bench: Bench) {
    let agency = Agency::open(bench).await;
    let mut caller = agency.caller("call-1");
    let last = caller.says_all(PROJECT).await;
    assert_eq!(caller.again().await, last);
    caller.request.heard = "oui c'est le bon numéro".to_owned();
    caller.again().await;
    assert_eq!(agency.texts(PROSPECTS).await.len(), 1);
    assert_eq!(actions(&agency).await.len(), 1);
}

async fn a_support_call_leaves_a_ticket_and_tells_its_reference(bench: Bench) {
    let agency = Agency::open(bench).await;
    let reply = agency.caller("call-1").says_all(TROUBLE).await;
    assert!(reply.say.contains("référence T, 4, 8, 2, 1."), "{}", reply.say);
    let row = "T4821 technique urgent open Camille Lefèvre Bonjour, il y a une fuite d'eau partout";
    assert_eq!(agency.texts(TICKETS).await, [row]);
    assert_eq!(agency.texts(CALLS).await, ["call-1 ticket_created 0 0 1 Camille Lefèvre"]);
    let id = agency.texts("SELECT id FROM tickets").await.remove(0);
    assert_eq!(actions(&agency).await, [("ticket_created".to_owned(), id)]);
    let second = agency.caller("call-2").says_all(TROUBLE).await;
    assert!(!second.say.contains("T, 4, 8, 2, 1"), "{}", second.say);
    assert_eq!(agency.texts(TICKETS).await.len(), 2);
}

async fn callers_at_once_never_share_a_reference(bench: Bench) {
    let agency = Agency::open(bench).await;
    let other = agency.house.another().await;
    let mut calls = Vec::new();
    for at in 0..6 {
        let mut caller = agency.caller(&format!("call-{at}"));
        if at % 2 == 1 {
            caller.office = other.clone();
        }
        calls.push(tokio::spawn(async move { caller.says_all(TROUBLE).await.say }));
    }
    for call in calls {
        let said = call.await.unwrap();
        assert!(said.contains("référence T"), "{said}");
    }
    let references = agency.texts("SELECT DISTINCT reference FROM tickets").await;
    assert_eq!(references.len(), 6);
}

async fn what_a_call_made_is_listed_in_order(bench: Bench) {
    let agency = Agency::open(bench).await;
    let mut caller = agency.caller("call-1");
    caller.says_all(PROJECT).await;
    caller.says_all(&["oui", "demain à 10 h"]).await;
    caller.says_all(&["oui, j'ai aussi un problème avec ma facture"]).await;
    let made: Vec<String> = actions(&agency).await.into_iter().map(|(action, _)| action).collect();
    assert_eq!(made, ["prospect_created", "booking_confirmed", "ticket_created"]);
    assert_eq!(agency.texts(CALLS).await, ["call-1 booking_confirmed 1 1 1 Camille Lefèvre"]);
}

async fn who_became_a_prospect_has_not_abandoned(bench: Bench) {
    let agency = Agency::open(bench).await;
    agency.caller("call-1").says_all(PROJECT).await;
    let end = desk::switchboard::CallEnd {
        call: crate::house::call_id("call-1"),
        dialled: None,
        caller: None,
        status: "completed",
        reason: None,
        seconds: Some(60),
        cost_cents: None,
        recording_url: None,
    };
    desk::switchboard::call_ended(&agency.house.office, end).await.unwrap();
    let left = "SELECT event FROM ivr_events WHERE event = 'user_abandon'";
    assert!(agency.texts(left).await.is_empty());
}

async fn a_written_conversation_brings_a_prospect_too(bench: Bench) {
    let agency = Agency::open(bench).await;
    let mut writer = agency.caller("web-1");
    writer.request.channel = Channel::Web;
    writer.request.caller = None;
    writer.says_all(&PROJECT[..3]).await;
    writer.says("06 39 98 12 34").await;
    let made = agency.texts("SELECT source || ' ' || created_by FROM prospects").await;
    assert_eq!(made, ["web web"]);
    assert!(agency.texts(CALLS).await.is_empty());
}

on_both_backends!(
    a_qualified_call_leaves_a_prospect_with_its_answers,
    a_prospect_of_another_tenant_is_not_there,
    the_same_turn_again_makes_no_second_prospect,
    a_support_call_leaves_a_ticket_and_tells_its_reference,
    callers_at_once_never_share_a_reference,
    what_a_call_made_is_listed_in_order,
    who_became_a_prospect_has_not_abandoned,
    a_written_conversation_brings_a_prospect_too,
);

fn of(status: Option<Status>) -> Wanted {
    Wanted { status, ..Wanted::default() }
}
