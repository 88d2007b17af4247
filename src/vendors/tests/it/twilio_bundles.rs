//! French numbers: addresses and regulatory bundles.

use crate::support::shop::{first, french_bundle, handed_in, practice, purchase};
use crate::support::{setup, twilio, world_of};
use vendors::fault::Reason;
use vendors::simulator::{Review, Setup, World};
use vendors::twilio::client::Twilio;
use vendors::twilio::number::{Country, Kind, Purchase, Search};
use vendors::twilio::regulatory::BundleStatus;
use vendors::twilio::sid::{AddressSid, BundleSid};

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
