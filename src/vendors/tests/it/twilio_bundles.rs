//! French numbers: addresses and regulatory bundles.

use crate::support::office::{Office, json_answer};
use crate::support::shop::{first, french_bundle, handed_in, practice, purchase};
use crate::support::{client, setup, twilio, world_of};
use reqwest::Method;
use serde_json::{Value, json};
use vendors::fault::Reason;
use vendors::simulator::{Review, Setup, World};
use vendors::twilio::client::Twilio;
use vendors::twilio::form::Form;
use vendors::twilio::number::{Country, Kind, Purchase, Search};
use vendors::twilio::regulatory::{BundleReport, BundleStatus, Holder, NewBundle, Part, Scan};
use vendors::twilio::sid::{AddressSid, BundleSid};
use vendors::twilio::signature::{Signed, verify};

async fn by_hand() -> (World, Twilio) {
    let (world, base) = world_of(Setup { review: Review::ByHand, ..setup() }).await;
    let twilio = twilio(&world, &base);
    (world, twilio)
}

#[tokio::test]
async fn a_french_number_needs_an_approved_bundle_of_its_kind_and_a_french_address() {
    let (world, twilio) = by_hand().await;
    let number = first(&twilio, &Search::voice(Country::FRANCE, Kind::Local)).await;
    let refused = async |bundle: Option<&BundleSid>, address: Option<&AddressSid>| {
        let (bundle, address) = (bundle.cloned(), address.cloned());
        let purchase = Purchase { bundle, address, ..purchase(&number) };
        twilio.buy(&purchase).await.err().and_then(|fault| fault.reason())
    };
    assert_eq!(refused(None, None).await, Some(Reason::BundleRequired));
    let (local, mobile) =
        (handed_in(&twilio, Kind::Local).await, handed_in(&twilio, Kind::Mobile).await);
    assert_eq!(refused(Some(&local), None).await, Some(Reason::BundleRequired));
    for bundle in [&local, &mobile] {
        world.decide(bundle.as_str(), BundleStatus::Approved, "").await.unwrap();
    }
    assert_eq!(refused(Some(&mobile), None).await, Some(Reason::BundleRequired));
    assert_eq!(refused(Some(&local), None).await, Some(Reason::AddressRequired));
    let germany = practice(Country::parse("DE").unwrap());
    let abroad = twilio.create_address(&germany).await.unwrap().sid;
    assert_eq!(refused(Some(&local), Some(&abroad)).await, Some(Reason::LocalAddressRequired));
    let here = twilio.create_address(&practice(Country::FRANCE)).await.unwrap().sid;
    assert_eq!(refused(Some(&local), Some(&here)).await, None);
    let used = twilio.delete_bundle(&local).await.unwrap_err();
    assert_eq!(used.reason(), Some(Reason::Conflict));
    assert_eq!(world.books().purchases, 1);
}

#[tokio::test]
async fn what_a_bundle_lacks_is_told_before_anybody_reviews_it() {
    let (_world, twilio) = by_hand().await;
    let bundle = twilio.create_bundle(&french_bundle(Kind::Local)).await.unwrap().sid;
    let lacks = twilio.evaluate(&bundle).await.unwrap();
    assert_eq!(lacks.len(), 3, "{lacks:?}");
    let business = json!({ "business_name": "Cabinet Demo",
        "business_registration_number": "123456782" });
    let business = business.as_object().unwrap();
    let holder = twilio.create_end_user("uwi:7", Holder::Business, business).await.unwrap();
    let scan = Scan::read("kbis.pdf", b"%PDF-1.7\r\n\xff\xfe--uwi".to_vec()).unwrap();
    let proof = twilio.upload_document("uwi:7", "business_registration", business, &scan).await;
    for part in [Part::EndUser(holder), Part::Document(proof.unwrap())] {
        twilio.assign(&bundle, &part).await.unwrap();
    }
    assert_eq!(twilio.evaluate(&bundle).await.unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn a_bundle_goes_from_draft_through_rejection_to_approval() {
    let (world, twilio) = by_hand().await;
    let bundle = twilio.create_bundle(&french_bundle(Kind::Local)).await.unwrap();
    assert_eq!(bundle.status, BundleStatus::Draft);
    let missing = twilio.submit_bundle(&bundle.sid).await.unwrap_err();
    assert_eq!(missing.reason(), Some(Reason::DocumentRequired));
    let sid = handed_in(&twilio, Kind::Local).await;
    let seen = async || twilio.bundle(&sid).await.unwrap().unwrap();
    assert_eq!(seen().await.status, BundleStatus::PendingReview);
    world.decide(sid.as_str(), BundleStatus::InReview, "").await.unwrap();
    assert_eq!(seen().await.status, BundleStatus::InReview);
    world.decide(sid.as_str(), BundleStatus::Rejected, "Kbis illisible").await.unwrap();
    assert_eq!(seen().await.reason.as_deref(), Some("Kbis illisible"));
    assert!(!seen().await.status.permits());
    twilio.submit_bundle(&sid).await.unwrap();
    world.decide(sid.as_str(), BundleStatus::Approved, "").await.unwrap();
    assert!(seen().await.status.permits() && seen().await.reason.is_none());
    assert_eq!(twilio.bundles("uwi:7").await.unwrap().len(), 2);
    twilio.delete_bundle(&sid).await.unwrap();
    twilio.delete_bundle(&sid).await.unwrap();
    assert_eq!(twilio.bundle(&sid).await.unwrap(), None);
}

#[tokio::test]
async fn a_decision_is_reported_signed_to_the_bundles_callback() {
    let (world, twilio) = by_hand().await;
    let (office, base) = Office::open(|_| json_answer(&json!({}))).await;
    let callback = base.join("api/webhooks/bundle/status").unwrap();
    let bundle =
        NewBundle { status_callback: Some(callback.clone()), ..french_bundle(Kind::Local) };
    let sid = twilio.create_bundle(&bundle).await.unwrap().sid;
    world.decide(sid.as_str(), BundleStatus::Rejected, "Kbis illisible").await.unwrap();
    let told = office.received().remove(0);
    let form = Form::decode(&told.body);
    let tokens = [world.setup().twilio.token.clone()];
    let signature = told.header("x-twilio-signature");
    assert!(verify(&tokens, callback.as_str(), Signed::Form(&form), signature));
    let report = BundleReport::read(&form).unwrap();
    assert_eq!((report.bundle, report.status), (sid, BundleStatus::Rejected));
    assert_eq!(report.reason.as_deref(), Some("Kbis illisible"));
}

#[tokio::test]
async fn the_control_door_does_what_the_world_does() {
    let (world, base) = world_of(Setup { review: Review::ByHand, ..setup() }).await;
    let twilio = twilio(&world, &base);
    let tell = async |method: Method, path: &str, body: Value| {
        let url = base.join(&format!("_sim/{path}")).unwrap();
        let answer = client().request(method, url).json(&body).send().await.unwrap();
        answer.status().as_u16()
    };
    let post = async |path: &str, body: Value| tell(Method::POST, path, body).await;
    let cut = json!({ "do": "rate_limited", "seconds": 3, "on": "Bundles", "times": 5 });
    assert_eq!(post("troubles", cut).await, 204);
    assert!(twilio.bundles("uwi:7").await.unwrap_err().wait().is_some());
    assert_eq!(tell(Method::DELETE, "troubles", json!({})).await, 204);
    let sid = handed_in(&twilio, Kind::Local).await;
    let decision = json!({ "status": "twilio-approved" });
    assert_eq!(post(&format!("bundles/{sid}"), decision.clone()).await, 204);
    assert!(twilio.bundle(&sid).await.unwrap().unwrap().status.permits());
    assert_eq!(post("bundles/BU0", decision).await, 404);
    assert_eq!(post(&format!("bundles/{sid}"), json!({ "status": "x" })).await, 422);
    let national = Search::voice(Country::FRANCE, Kind::National);
    assert!(twilio.available(&national).await.unwrap().is_empty());
    let stock = |for_sale: bool| json!({ "number": "+33939240575", "for_sale": for_sale });
    assert_eq!(post("stock", stock(true)).await, 204);
    assert_eq!(twilio.available(&national).await.unwrap().len(), 1);
    assert_eq!(post("stock", stock(false)).await, 204);
    assert!(twilio.available(&national).await.unwrap().is_empty());
    assert_eq!(tell(Method::PUT, "state", json!({ "twilio": 3 })).await, 422);
    assert_eq!(tell(Method::PUT, "state", json!({})).await, 204);
    assert_eq!(twilio.bundle(&sid).await.unwrap(), None);
}
