//! Nobody is left in silence: what a caller hears whose number's agent is paused,
//! or whose tenant is suspended or deleted.

use super::line::{Document, ENV, HOME, NUMBER, Phone, TRANSFER, agent, logs, practice, tickets};
use crate::house::{Conversation, House};
use domain::id::TenantId;
use domain::tenant::settings::Settings;
use serde_json::json;
use store::testing::Bench;
use store::{execute, on_both_backends};

/// A practice whose agent was paused.
async fn paused(house: &House, more: &str) -> TenantId {
    let tenant = practice(house, more).await;
    agent(house, tenant, "vapi", "0198a000-0000-7000-8000-0000000000aa", "n").await;
    let mut tx = house.office.db.begin(tenant).await.unwrap();
    let sql = "UPDATE agents SET status = 'inactive' WHERE tenant_id = $1";
    execute!(tx, sql, tenant.0).unwrap();
    tx.commit().await.unwrap();
    tenant
}

/// Another tenant is written, so that nobody remembers how this one was before.
async fn looked_at_anew(house: &House) {
    let other = "name = \"Garage Durand\"\n\
                 [[number]]\ne164 = \"+33199009999\"\nchannel = \"vocal\"\n";
    let other = Settings::from_toml(other).unwrap();
    desk::tenants::apply(&house.office, &other).await.unwrap();
}

async fn suspend(house: &House, tenant: TenantId) {
    let mut tx = house.office.db.begin_directory().await.unwrap();
    let sql = "UPDATE tenants SET status = 'suspended' WHERE tenant_id = $1";
    execute!(tx, sql, tenant.0).unwrap();
    tx.commit().await.unwrap();
    looked_at_anew(house).await;
}

fn is_neutral(heard: &Document) {
    assert!(heard.says("Bonjour. Je suis un assistant vocal automatique."), "{heard:?}");
    assert!(heard.says("Quel message voulez-vous laisser ?"), "{heard:?}");
    assert!(!heard.0.contains("Lilas"), "{heard:?}");
}

async fn while_the_agent_is_paused_the_human_is_rung(bench: Bench) {
    let house = House::with(bench, &ENV).await;
    let tenant = paused(&house, TRANSFER).await;
    let phone = Phone::to(&house, NUMBER);
    let heard = phone.rings().await;
    assert!(heard.0.contains("<Number>+33199004567</Number>"), "{heard:?}");
    let missed = [("DialCallStatus", "no-answer"), ("DialCallSid", "CA1")];
    let heard = phone.document(&heard.action("Dial"), &missed).await;
    assert!(heard.says("Personne n'a pu répondre"), "{heard:?}");
    assert_eq!(tickets(&house, tenant).await.len(), 1);
}

async fn while_the_agent_is_paused_and_nobody_can_be_rung_a_callback_waits(bench: Bench) {
    let house = House::with(bench, &ENV).await;
    let tenant = paused(&house, "").await;
    let phone = Phone::to(&house, NUMBER);
    let heard = phone.rings().await;
    assert!(heard.says("assistant vocal automatique"), "{heard:?}");
    assert!(heard.says("Personne n'a pu répondre"), "{heard:?}");
    assert!(!heard.0.contains("<Connect>"), "{heard:?}");
    let waiting = tickets(&house, tenant).await;
    assert_eq!((waiting.len(), waiting[0].0.as_str()), (1, "callback"), "{waiting:?}");
    assert_eq!(waiting[0].2.as_deref(), Some("+33639981234"));
    let heard = phone.says(&heard, "Dites que je serai en retard demain").await;
    assert!(!heard.says("rendez-vous"), "{heard:?}");
    phone.ends("completed", "27").await;
    assert_eq!(logs(&house, tenant).await[0].call_status, "completed");
}

async fn a_suspended_tenant_takes_messages_and_no_more(bench: Bench) {
    let house = House::with(bench, &ENV).await;
    let tenant = practice(&house, TRANSFER).await;
    agent(&house, tenant, "vapi", "0198a000-0000-7000-8000-0000000000aa", "n").await;
    suspend(&house, tenant).await;
    let phone = Phone::to(&house, NUMBER);
    let mut heard = phone.rings().await;
    is_neutral(&heard);
    heard = phone.says(&heard, "Je voudrais un rendez-vous le plus tôt possible").await;
    assert!(!heard.0.contains(" h "), "nothing is offered: {heard:?}");
    for words in ["Dites que je serai en retard demain", "Camille Lefèvre", "oui"] {
        heard = phone.says(&heard, words).await;
    }
    assert_eq!(tickets(&house, tenant).await.len(), 1, "{heard:?}");
}

async fn a_call_in_progress_books_nothing_once_its_tenant_is_suspended(bench: Bench) {
    let house = House::open(bench).await;
    let tenant = practice(&house, "").await;
    let mut call = Conversation::new("call-1");
    call.body["phoneNumber"]["number"] = json!(NUMBER);
    let said = call.says(&house, "Bonjour, je voudrais un rendez-vous").await;
    assert!(said.contains("nom"), "{said}");
    suspend(&house, tenant).await;
    for words in ["Camille Lefèvre", "le plus tôt possible", "le premier", "oui"] {
        let said = call.says(&house, words).await;
        assert!(!said.is_empty() && !said.contains("confirmé"), "{said}");
    }
    let tool = json!({ "message": { "type": "tool-calls", "call": { "id": "call-2" },
        "phoneNumber": { "number": NUMBER }, "toolCallList": [
            { "id": "t1", "function": { "name": "get_slots", "arguments": {} } }] } });
    let answer = house.post("/api/vapi/tool", &tool, &[]).await;
    assert!(answer.text.contains("message"), "{}", answer.text);
    let mut reader = house.office.db.read(tenant).await.unwrap();
    let booked = store::fetch_all!(reader, "SELECT id FROM rendez_vous" => (String,)).unwrap();
    assert_eq!(booked, []);
}

async fn the_number_of_a_deleted_tenant_is_nobodys(bench: Bench) {
    let house = House::with(bench, &ENV).await;
    let tenant = practice(&house, TRANSFER).await;
    agent(&house, tenant, "vapi", "0198a000-0000-7000-8000-0000000000aa", "n").await;
    desk::tenants::delete(&house.office, tenant).await.unwrap();
    let heard = Phone::to(&house, NUMBER).rings().await;
    is_neutral(&heard);
    assert_eq!(logs(&house, tenant).await, []);
}

async fn where_numbers_that_are_nobodys_are_refused_a_sentence_says_so(bench: Bench) {
    let env = [ENV[0], ENV[1], ("UWI_UNKNOWN_DID", "refuse")];
    let house = House::with(bench, &env).await;
    let tenant = practice(&house, "").await;
    desk::tenants::delete(&house.office, tenant).await.unwrap();
    let heard = Phone::to(&house, NUMBER).rings().await;
    assert!(heard.says("Ce numéro n'est pas attribué.") && heard.ends(), "{heard:?}");
    assert!(!heard.0.contains(HOME), "{heard:?}");
}

on_both_backends!(
    while_the_agent_is_paused_the_human_is_rung,
    while_the_agent_is_paused_and_nobody_can_be_rung_a_callback_waits,
    a_suspended_tenant_takes_messages_and_no_more,
    a_call_in_progress_books_nothing_once_its_tenant_is_suspended,
    the_number_of_a_deleted_tenant_is_nobodys,
    where_numbers_that_are_nobodys_are_refused_a_sentence_says_so,
);
