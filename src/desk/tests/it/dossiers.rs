//! Documents for French numbers, from the form to the number.

use crate::exchange::Exchange;
use desk::numbers::dossier::{DossierError, Standing};
use desk::numbers::provision::More;
use desk::numbers::{NumberError, Pending};
use desk::providers::Account;
use desk::tenants;
use domain::dossier::Draft;
use domain::numbers::{Place, Stage};
use store::testing::Bench;
use store::{fetch_all, on_both_backends};
use vendors::simulator::{Misbehaviour, Review, Trouble};
use vendors::twilio::regulatory::{BundleStatus, Scan};

fn draft() -> Draft {
    Draft {
        business_name: "Cabinet Martin".to_owned(),
        registration: "123 456 782".to_owned(),
        first_name: "Camille".to_owned(),
        last_name: "Martin".to_owned(),
        email: "camille@example.fr".to_owned(),
        street: "12 rue des Lilas".to_owned(),
        postal_code: "75001".to_owned(),
        city: "Paris".to_owned(),
    }
}

fn scan() -> Option<Scan> {
    Scan::read("kbis.pdf", b"%PDF-1.7 scan".to_vec())
}

fn paris() -> Place {
    Place::read(Some("FR"), Some("01"), "FR").unwrap()
}

/// An account that is not simulated: nobody hands in a made-up dossier.
async fn real(bench: Bench, review: Review) -> (Exchange, String) {
    let mut exchange = Exchange::reviewed(bench, review).await;
    exchange.providers.account = Account::Real;
    let agent = exchange.agent().await;
    let (desk, place) = (exchange.desk(), paris());
    let wish = (&place, More::First);
    let told = desk.provision(&exchange.providers, &agent, wish, exchange.fresh()).await;
    let missing = Stage::DocumentsMissing;
    assert!(matches!(told, Err(NumberError::Documents(stage, _)) if stage == missing), "{told:?}");
    (exchange, agent)
}

async fn bundle(exchange: &Exchange) -> String {
    let twilio = &exchange.providers.twilio.as_ref().unwrap().client;
    let mark = format!("uwi:{}:FR:local", exchange.tenant);
    let mut all = twilio.bundles(&mark).await.unwrap();
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0).sid.to_string()
}

async fn what_is_handed_in_becomes_a_number_by_itself(bench: Bench) {
    let (exchange, agent) = real(bench, Review::ByHand).await;
    let (desk, place) = (exchange.desk(), exchange.desk().dossier_place(&agent).await.unwrap());
    assert_eq!(place.kind(), "local");
    let filed = desk.dossier(&exchange.providers, &place).await.unwrap();
    assert_eq!((filed.standing, filed.draft), (Standing::Missing, None));
    let handed = desk.hand_in(&exchange.providers, &place, (&draft(), scan())).await.unwrap();
    assert_eq!(handed.standing, Standing::InReview);
    assert_eq!(desk.wishes().await.unwrap()[0].state, "in_review");
    let closed = desk.hand_in(&exchange.providers, &place, (&draft(), None)).await;
    assert!(matches!(closed, Err(DossierError::Closed)), "{closed:?}");
    let bundle = bundle(&exchange).await;
    let reason = "The address could not be verified.";
    exchange.world.decide(&bundle, BundleStatus::Rejected, reason).await.unwrap();
    let filed = desk.dossier(&exchange.providers, &place).await.unwrap();
    assert_eq!((filed.standing, filed.reason.as_deref()), (Standing::Rejected, Some(reason)));
    assert_eq!(filed.draft, Some(draft()));
    let corrected = Draft { street: "14 rue des Lilas".to_owned(), ..draft() };
    desk.hand_in(&exchange.providers, &place, (&corrected, None)).await.unwrap();
    let second = self::bundle(&exchange).await;
    assert_ne!(second, bundle);
    exchange.world.decide(&second, BundleStatus::Approved, "").await.unwrap();
    exchange.restarted(1).await;
    exchange.books_balance(1).await;
}

async fn an_approved_dossier_gets_the_number_at_once(bench: Bench) {
    let (exchange, _) = real(bench, Review::Approve).await;
    let handed = exchange.desk().hand_in(&exchange.providers, &paris(), (&draft(), scan())).await;
    assert_eq!(handed.unwrap().standing, Standing::Approved);
    exchange.books_balance(1).await;
    // The proof says of which address.
    let kept = exchange.world.save()["twilio"].to_string();
    assert!(kept.contains("address_sids"), "{kept}");
}

async fn whatever_answer_is_lost_the_dossier_is_handed_in_once(bench: Bench) {
    let (mut exchange, _) = real(bench, Review::ByHand).await;
    let calls = [
        "POST Addresses.json",
        "POST EndUsers",
        "POST SupportingDocuments",
        "POST RegulatoryCompliance/Bundles",
        "POST ItemAssignments",
        "POST Evaluations",
    ];
    for call in calls {
        for trouble in [Trouble::CutAfter, Trouble::ErrorAfter { status: 503 }, Trouble::CutBefore]
        {
            exchange.moves_to(&format!("{call} {trouble:?}")).await;
            exchange.world.misbehave(Misbehaviour::once(call, trouble.clone()));
            let desk = exchange.desk();
            let told = desk.hand_in(&exchange.providers, &paris(), (&draft(), scan())).await;
            let told = told.expect_err("the answer was lost");
            assert!(matches!(told, DossierError::Number(NumberError::Provider { .. })), "{told:?}");
            exchange.world.behave();
            let report = exchange.restarted(1).await;
            assert!(report.problems.is_empty(), "{call} {trouble:?}: {report:?}");
            let filed = desk.dossier(&exchange.providers, &paris()).await.unwrap();
            assert_eq!(filed.standing, Standing::InReview, "{call} {trouble:?}: {filed:?}");
            bundle(&exchange).await;
            let mut reader = exchange.house.office.db.read(exchange.tenant).await.unwrap();
            let scans = fetch_all!(reader, "SELECT state FROM dossiers WHERE scan IS NOT NULL" => (String,));
            assert!(scans.unwrap().is_empty(), "a scan is kept after it was uploaded");
        }
    }
}

async fn who_waits_for_documents_waits_for_the_provider_too(bench: Bench) {
    let (exchange, agent) = real(bench, Review::ByHand).await;
    let (desk, place) = (exchange.desk(), paris());
    desk.hand_in(&exchange.providers, &place, (&draft(), scan())).await.unwrap();
    let first = bundle(&exchange).await;
    let reason = "The address could not be verified.";
    exchange.world.decide(&first, BundleStatus::Rejected, reason).await.unwrap();
    exchange.restarted(1).await;
    let faults = [
        Trouble::Error { status: 503 },
        Trouble::CutBefore,
        Trouble::RateLimited { seconds: Some(1) },
        Trouble::Unauthorised,
    ];
    for trouble in faults {
        let call = "GET RegulatoryCompliance/Bundles";
        exchange.world.misbehave(Misbehaviour::once(call, trouble.clone()));
        let wish = (&place, More::First);
        let told = desk.provision(&exchange.providers, &agent, wish, exchange.fresh()).await;
        let later = matches!(told, Err(NumberError::Provider { pending: Pending::Later, .. }));
        assert!(later, "{trouble:?}: {told:?}");
        exchange.world.behave();
        let wishes = desk.wishes().await.unwrap();
        assert_eq!((wishes.len(), wishes[0].state.as_str()), (1, "rejected"), "{trouble:?}");
        assert_eq!(wishes[0].error.as_deref(), Some(reason), "{trouble:?}");
    }
    desk.hand_in(&exchange.providers, &place, (&draft(), scan())).await.unwrap();
    // However long it takes, and whatever fails once it is bought, it is not given back.
    exchange.restarted(30).await;
    let second = bundle(&exchange).await;
    exchange.world.misbehave(Misbehaviour::once("POST /phone-number", Trouble::CutBefore));
    exchange.world.decide(&second, BundleStatus::Approved, "").await.unwrap();
    exchange.restarted(1).await;
    assert_eq!(exchange.desk().wishes().await.unwrap().len(), 1, "bought, and not linked yet");
    exchange.restarted(1).await;
    exchange.books_balance(1).await;
    assert_eq!(exchange.world.books().purchases, 1);
}

async fn what_is_wrong_is_told_and_nothing_is_handed_in(bench: Bench) {
    let (exchange, _) = real(bench, Review::ByHand).await;
    let desk = exchange.desk();
    let wrong = Draft { registration: "123456783".to_owned(), city: String::new(), ..draft() };
    let told = desk.hand_in(&exchange.providers, &paris(), (&wrong, None)).await;
    let Err(DossierError::Faults(faults)) = told else { panic!("{told:?}") };
    let fields: Vec<_> = faults.iter().map(|fault| fault.field).collect();
    assert_eq!(fields, ["registration", "city"]);
    let american = Place::read(None, Some("212"), "FR").unwrap();
    let told = desk.hand_in(&exchange.providers, &american, (&draft(), None)).await;
    assert!(matches!(told, Err(DossierError::NotWanted)), "{told:?}");
    assert!(!exchange.world.recorded().iter().any(|request| request.path.contains("EndUsers")));
}

async fn the_documents_of_a_deleted_tenant_go(bench: Bench) {
    let (exchange, _) = real(bench, Review::Approve).await;
    exchange.desk().hand_in(&exchange.providers, &paris(), (&draft(), None)).await.unwrap();
    exchange.books_balance(1).await;
    tenants::delete(&exchange.house.office, exchange.tenant).await.unwrap();
    let report = exchange.restarted(26).await;
    assert!(report.is_clean(), "{report:?}");
    exchange.books_balance(0).await;
    let saved = exchange.world.save();
    for kept in ["bundles", "addresses"] {
        assert_eq!(saved["twilio"][kept], serde_json::json!([]), "{kept}");
    }
    let mut reader = exchange.house.office.db.read(exchange.tenant).await.unwrap();
    let rows = fetch_all!(reader, "SELECT state FROM dossiers" => (String,));
    assert!(rows.unwrap().is_empty());
}

on_both_backends!(
    what_is_handed_in_becomes_a_number_by_itself,
    an_approved_dossier_gets_the_number_at_once,
    whatever_answer_is_lost_the_dossier_is_handed_in_once,
    who_waits_for_documents_waits_for_the_provider_too,
    what_is_wrong_is_told_and_nothing_is_handed_in,
    the_documents_of_a_deleted_tenant_go,
);
