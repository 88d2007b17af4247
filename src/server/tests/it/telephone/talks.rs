//! What the caller hears from us, and what is taken down.

use super::line::{ENV, NUMBER, Phone, TRANSFER, logs, practice, tickets};
use crate::house::{CALLER, House};
use domain::id::TenantId;
use store::on_both_backends;
use store::testing::Bench;

const TEST: TenantId = TenantId(1);

async fn a_number_without_an_agent_is_answered_by_ourselves(bench: Bench) {
    let house = House::with(bench, &ENV).await;
    let tenant = practice(&house, "").await;
    let phone = Phone::to(&house, NUMBER).with("ForwardedFrom", "+33199004567");
    let heard = phone.rings().await;
    assert!(heard.says("Cabinet des Lilas, bonjour. Je suis un assistant vocal automatique."));
    assert!(heard.0.contains("input=\"dtmf speech\" language=\"fr-FR\""));
    let mut heard = phone.says(&heard, "Je voudrais laisser un message").await;
    for words in ["Dites que je serai en retard demain", "Camille Lefèvre", "oui"] {
        heard = phone.says(&heard, words).await;
    }
    assert!(heard.says("est bien transmis"), "{heard:?}");
    let heard = phone.says(&heard, "Non merci, au revoir").await;
    assert!(heard.ends(), "{heard:?}");
    assert_eq!(phone.ends("completed", "27").await.status, 204);
    let rows = logs(&house, tenant).await;
    let [log] = rows.as_slice() else { panic!("{rows:?}") };
    assert_eq!(log.call_status, "completed");
    assert_eq!((log.duration_seconds, log.ended_at.is_some()), (Some(27), true));
    assert_eq!(log.forwarded_from.as_deref(), Some("+33199004567"));
    assert_eq!(log.from_number.as_deref(), Some(CALLER));
    assert_eq!(log.to_number.as_deref(), Some(NUMBER));
    assert_eq!(log.outcome.as_deref(), Some("message_taken"));
    assert_eq!(tickets(&house, tenant).await.len(), 1);
}

async fn silence_and_keys_are_turns_too(bench: Bench) {
    let house = House::with(bench, &ENV).await;
    practice(&house, "").await;
    let phone = Phone::to(&house, NUMBER).with("From", "+266696687");
    let heard = phone.rings().await;
    assert_eq!(heard.action("Gather"), heard.redirect());
    let heard = phone.document(&heard.redirect(), &[]).await;
    assert!(heard.says("Vous êtes toujours là ?"), "{heard:?}");
    let heard = phone.says(&heard, "Rappelez-moi, c'est Camille Lefèvre, pour une facture").await;
    assert!(heard.0.contains("turn=3"), "{heard:?}");
    let mut heard = heard;
    for _ in 0..3 {
        if heard.says("numéro") {
            break;
        }
        heard = phone.says(&heard, "pour une facture").await;
    }
    assert!(heard.says("numéro"), "{heard:?}");
    let keys = [("Digits", "0639985678")];
    let heard = phone.document(&heard.action("Gather"), &keys).await;
    assert!(heard.says("78") || heard.says("transmise"), "{heard:?}");
    assert_eq!(logs(&house, TenantId(2)).await[0].from_number, None);
}

async fn the_test_number_is_answered_and_nobody_is_rung_for_it(bench: Bench) {
    let house = House::with(bench, &ENV).await;
    let phone = Phone::test_number(&house);
    let heard = phone.rings().await;
    let heard = phone.says(&heard, "Je voudrais parler à quelqu'un").await;
    assert!(!heard.0.contains("<Dial"), "{heard:?}");
    assert!(heard.says("Voulez-vous laisser un message, pour qu'on vous rappelle ?"), "{heard:?}");
    assert_eq!(logs(&house, TEST).await.len(), 1);
}

async fn a_number_that_is_nobodys_takes_messages_or_is_refused(bench: Bench) {
    let house = House::with(bench, &ENV).await;
    let phone = Phone::to(&house, "+33199009999");
    let heard = phone.rings().await;
    assert!(
        heard.says("Bonjour. Je suis un assistant vocal automatique. Quel message"),
        "{heard:?}"
    );
    assert!(!heard.says("Cabinet"));
    let refusing = Bench::sqlite().await;
    let house = House::with(refusing, &[ENV[0], ENV[1], ("UWI_UNKNOWN_DID", "refuse")]).await;
    let heard = Phone::to(&house, "+33199009999").rings().await;
    assert!(heard.says("Ce numéro n'est pas attribué") && heard.ends(), "{heard:?}");
    assert_eq!(logs(&house, TEST).await, []);
}

async fn a_number_whose_tenant_has_a_human_rings_there(bench: Bench) {
    let house = House::with(bench, &ENV).await;
    let tenant = practice(&house, TRANSFER).await;
    let phone = Phone::to(&house, NUMBER);
    let heard = phone.rings().await;
    assert!(heard.0.contains("<Number>+33199004567</Number>"), "{heard:?}");
    assert!(!heard.0.contains("callerId"), "{heard:?}");
    let dial = heard.action("Dial");
    let answered = phone.document(&dial, &[("DialCallStatus", "completed")]).await;
    assert!(answered.ends(), "{answered:?}");
    assert_eq!(tickets(&house, tenant).await, []);
    assert_eq!(logs(&house, tenant).await[0].outcome.as_deref(), Some("transferred_human"));
}

async fn when_nobody_picks_up_the_caller_comes_back_and_a_callback_waits(bench: Bench) {
    let house = House::with(bench, &ENV).await;
    let tenant = practice(&house, TRANSFER).await;
    let phone = Phone::to(&house, NUMBER).with("From", "anonymous");
    let heard = phone.rings().await;
    assert!(heard.0.contains(&format!("callerId=\"{NUMBER}\"")), "{heard:?}");
    let dial = heard.action("Dial");
    let heard = phone.document(&dial, &[("DialCallStatus", "no-answer")]).await;
    assert!(heard.says("Je suis un assistant vocal automatique."), "{heard:?}");
    assert!(heard.says("Personne n'a pu répondre. Voulez-vous laisser un message"), "{heard:?}");
    // The caller may hang up now.
    let waiting = tickets(&house, tenant).await;
    assert_eq!((waiting[0].0.as_str(), waiting[0].1.as_str()), ("callback", "transfer_failed"));
    let mut heard = phone.says(&heard, "oui").await;
    for words in ["C'est pour une ordonnance", "Camille Lefèvre", "06 39 98 56 78", "oui"] {
        heard = phone.says(&heard, words).await;
    }
    let waiting = tickets(&house, tenant).await;
    assert_eq!(waiting.len(), 1, "{waiting:?} {heard:?}");
    assert_eq!(waiting[0].2.as_deref(), Some("+33639985678"));
    assert!(waiting[0].3.contains("ordonnance"), "{waiting:?}");
    assert_eq!(logs(&house, tenant).await[0].outcome.as_deref(), Some("message_taken"));
}

async fn a_caller_who_asks_for_somebody_is_passed_on_and_comes_back(bench: Bench) {
    let house = House::with(bench, &ENV).await;
    // Rung for one thing only: everything else is answered by us.
    let rule = "[[transfer_rule]]\nabout = [\"complaint\"]\nnumber = \"+33199004567\"\n";
    let tenant = practice(&house, rule).await;
    let phone = Phone::to(&house, NUMBER);
    let heard = phone.rings().await;
    let heard = phone.says(&heard, "J'ai une réclamation, passez-moi quelqu'un").await;
    assert!(heard.0.contains("<Number>+33199004567</Number>"), "{heard:?}");
    // An agent that cannot ring anybody has Twilio take the call back for it.
    let ring = phone.document("/api/webhooks/call/dial?ring=1", &[]).await;
    assert!(ring.0.contains("<Number>+33199004567</Number>"), "{ring:?}");
    let heard = phone.document(&heard.action("Dial"), &[("DialCallStatus", "busy")]).await;
    assert!(heard.says("Personne n'a pu répondre."), "{heard:?}");
    assert_eq!(heard.action("Gather"), "/api/webhooks/call/gather?turn=2");
    assert_eq!(tickets(&house, tenant).await.len(), 1);
}

on_both_backends!(
    a_number_without_an_agent_is_answered_by_ourselves,
    silence_and_keys_are_turns_too,
    the_test_number_is_answered_and_nobody_is_rung_for_it,
    a_number_that_is_nobodys_takes_messages_or_is_refused,
    a_number_whose_tenant_has_a_human_rings_there,
    when_nobody_picks_up_the_caller_comes_back_and_a_callback_waits,
    a_caller_who_asks_for_somebody_is_passed_on_and_comes_back,
);
