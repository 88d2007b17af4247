//! Numbers, addresses and bundles: our client against the simulated Twilio,
//! every request against Twilio's own description.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use domain::phone::E164;
use serde_json::json;
use std::time::Duration;
use support::openapi::Description;
use support::{fixture, setup, twilio, world, world_of};
use vendors::fault::{Fault, Outcome, Reason};
use vendors::simulator::{Misbehaviour, Review, Setup, Trouble, World};
use vendors::twilio::client::Twilio;
use vendors::twilio::number::{AreaCode, Change, Country, Hooks, Kind, Purchase, Search};
use vendors::twilio::numbers::{Released, Which};
use vendors::twilio::price::Price;
use vendors::twilio::regulatory::{BundleStatus, Holder, NewAddress, NewBundle, Part};
use vendors::twilio::sid::{AddressSid, BundleSid, NumberSid};

fn hooks(path: &str) -> Hooks {
    let url = |name: &str| format!("https://voice.example.fr/{path}/{name}").parse().unwrap();
    Hooks {
        voice: url("incoming"),
        voice_fallback: Some(url("fallback")),
        status: url("status"),
        sms: Some(url("sms")),
    }
}

fn purchase(number: &E164) -> Purchase {
    Purchase {
        number: number.clone(),
        tag: "uwi:7:saga-1".to_owned(),
        hooks: hooks("call"),
        address: None,
        bundle: None,
    }
}

fn american() -> Search {
    let area = AreaCode::parse("212");
    Search { area, ..Search::voice(Country::UNITED_STATES, Kind::Local) }
}

async fn first(twilio: &Twilio, search: &Search) -> E164 {
    twilio.available(search).await.unwrap().remove(0).number
}

fn practice(country: Country) -> NewAddress {
    NewAddress {
        tag: "uwi:7".to_owned(),
        customer: "Cabinet Demo".to_owned(),
        street: "1 rue de l'Exemple".to_owned(),
        city: "Paris".to_owned(),
        region: "Paris".to_owned(),
        postal_code: "75001".to_owned(),
        country,
    }
}

fn french_bundle(kind: Kind) -> NewBundle {
    NewBundle {
        tag: "uwi:7".to_owned(),
        email: "conformite@example.fr".to_owned(),
        country: Country::FRANCE,
        kind,
        holder: Holder::Business,
        status_callback: None,
    }
}

/// A bundle with everything in it, handed in.
async fn handed_in(twilio: &Twilio, kind: Kind) -> BundleSid {
    let bundle = twilio.create_bundle(&french_bundle(kind)).await.unwrap().sid;
    let business = json!({ "business_name": "Cabinet Demo" });
    let business = business.as_object().unwrap();
    let user = twilio.create_end_user("uwi:7", Holder::Business, business).await.unwrap();
    let kbis = twilio.create_document("Kbis", "business_registration", business).await.unwrap();
    for part in [Part::EndUser(user), Part::Document(kbis)] {
        twilio.assign(&bundle, &part).await.unwrap();
    }
    twilio.submit_bundle(&bundle).await.unwrap();
    bundle
}

async fn by_hand() -> (World, Twilio) {
    let (world, base) = world_of(Setup { review: Review::ByHand, ..setup() }).await;
    let twilio = twilio(&world, &base);
    (world, twilio)
}

#[tokio::test]
async fn a_number_is_found_bought_changed_and_given_back() {
    let (world, base) = world().await;
    let twilio = twilio(&world, &base);
    let offers = twilio.available(&american()).await.unwrap();
    assert_eq!(offers.len(), 10);
    assert!(offers.iter().all(|offer| offer.number.as_str().starts_with("+121255501")));
    let bought = twilio.buy(&purchase(&offers[0].number)).await.unwrap();
    assert_eq!((&bought.number, bought.tag.as_str()), (&offers[0].number, "uwi:7:saga-1"));
    assert_eq!(bought.bought_at, Some(support::now()));
    assert!(!twilio.available(&american()).await.unwrap().contains(&offers[0]));
    let moved = Change { hooks: Some(hooks("other")), ..Change::default() };
    let moved = twilio.configure(&bought.sid, &moved).await.unwrap();
    assert_eq!(moved.voice_url, "https://voice.example.fr/other/incoming");
    assert_eq!(moved.tag, bought.tag);
    assert_eq!(twilio.number(&bought.sid).await.unwrap(), Some(moved));
    assert_eq!(twilio.release(&bought.sid).await.unwrap(), Released::Now);
    assert_eq!(twilio.release(&bought.sid).await.unwrap(), Released::Already);
    assert_eq!(twilio.number(&bought.sid).await.unwrap(), None);
    assert_eq!((world.books().purchases, world.books().releases, world.books().owned), (1, 1, 0));
}

#[tokio::test]
async fn a_number_is_sold_once_even_to_many_at_the_same_time() {
    let (world, base) = world().await;
    let twilio = twilio(&world, &base);
    let number = first(&twilio, &american()).await;
    let purchase = purchase(&number);
    let buying = futures::future::join_all((0..20).map(|_| twilio.buy(&purchase))).await;
    let (bought, refused): (Vec<_>, Vec<_>) = buying.into_iter().partition(Result::is_ok);
    assert_eq!((bought.len(), refused.len()), (1, 19));
    let gone = |answer: &Result<_, Fault>| {
        answer.as_ref().err().and_then(Fault::reason) == Some(Reason::NumberGone)
    };
    assert!(refused.iter().all(gone));
}

#[tokio::test]
async fn an_area_without_numbers_and_a_country_without_sales_are_empty_lists() {
    let (world, base) = world().await;
    let twilio = twilio(&world, &base);
    let empty = Search { area: AreaCode::parse("533"), ..american() };
    assert!(twilio.available(&empty).await.unwrap().is_empty());
    let germany = Search::voice(Country::parse("de").unwrap(), Kind::Local);
    assert!(twilio.available(&germany).await.unwrap().is_empty());
    let paris =
        Search { starting: Some("331".to_owned()), ..Search::voice(Country::FRANCE, Kind::Local) };
    assert_eq!(twilio.available(&paris).await.unwrap().len(), 10);
    let lyon = Search { starting: Some("334".to_owned()), ..paris };
    assert!(twilio.available(&lyon).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_purchase_whose_answer_is_lost_is_found_by_its_mark() {
    for trouble in [Trouble::CutAfter, Trouble::ErrorAfter { status: 502 }] {
        let (world, base) = world().await;
        let twilio = twilio(&world, &base);
        let number = first(&twilio, &american()).await;
        world.misbehave(Misbehaviour::once("POST /2010-04-01", trouble));
        let fault = twilio.buy(&purchase(&number)).await.unwrap_err();
        assert_eq!(fault.outcome(), Outcome::Unknown, "{fault}");
        let found = twilio.owned(Which::Tag("uwi:7:saga-1")).await.unwrap().numbers;
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].number, number);
        assert!(twilio.owned(Which::Tag("uwi:7:saga")).await.unwrap().numbers.is_empty());
        assert_eq!(twilio.owned(Which::Number(&number)).await.unwrap().numbers, found);
    }
}

#[tokio::test]
async fn a_purchase_that_never_began_leaves_nothing() {
    let troubles = [
        (Trouble::Error { status: 503 }, Outcome::Unknown),
        (Trouble::CutBefore, Outcome::Unknown),
        (Trouble::RateLimited { seconds: Some(7) }, Outcome::NotDone),
        (Trouble::Unauthorised, Outcome::NotDone),
        (Trouble::Refuse { status: 400, code: 21404 }, Outcome::NotDone),
    ];
    let (world, base) = world().await;
    let twilio = twilio(&world, &base);
    let number = first(&twilio, &american()).await;
    for (trouble, outcome) in troubles {
        world.misbehave(Misbehaviour::once("POST", trouble.clone()));
        let fault = twilio.buy(&purchase(&number)).await.unwrap_err();
        assert_eq!(fault.outcome(), outcome, "{trouble:?}");
        match trouble {
            Trouble::RateLimited { .. } => assert_eq!(fault.wait(), Some(Duration::from_secs(7))),
            Trouble::Refuse { .. } => assert_eq!(fault.reason(), Some(Reason::TrialAccount)),
            Trouble::Unauthorised => assert!(matches!(fault, Fault::Unauthorised)),
            _ => assert!(fault.is_passing()),
        }
        assert!(twilio.owned(Which::All).await.unwrap().numbers.is_empty());
    }
}

#[tokio::test]
async fn a_slow_answer_is_an_unknown_outcome_and_a_closed_door_is_none() {
    let (world, base) = world().await;
    let twilio = twilio(&world, &base).with_timeout(Duration::from_millis(200));
    let number = first(&twilio, &american()).await;
    world.misbehave(Misbehaviour::once("POST", Trouble::Slow { millis: 60_000 }));
    let fault = twilio.buy(&purchase(&number)).await.unwrap_err();
    assert_eq!(fault.outcome(), Outcome::Unknown);
    assert_eq!(twilio.owned(Which::Number(&number)).await.unwrap().numbers.len(), 1);
    let closed = "http://127.0.0.1:9/".parse().unwrap();
    let nobody = support::twilio(&world, &closed);
    assert_eq!(nobody.buy(&purchase(&number)).await.unwrap_err().outcome(), Outcome::NotDone);
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

#[tokio::test]
async fn the_list_of_numbers_is_read_to_its_last_page() {
    let (world, base) = world().await;
    let twilio = twilio(&world, &base);
    let search = Search { limit: 100, ..american() };
    let offers = twilio.available(&search).await.unwrap();
    for offer in &offers[..5] {
        twilio.buy(&purchase(&offer.number)).await.unwrap();
    }
    let mut saved = world.save();
    let bought = saved["twilio"]["numbers"].as_array().unwrap().clone();
    let many: Vec<_> = (0..2100)
        .map(|i| {
            let (name, mut number) = (format!("PN{i:032}"), bought[0][1].clone());
            number["sid"] = name.clone().into();
            json!([name, number])
        })
        .collect();
    saved["twilio"]["numbers"] = many.into();
    world.restore(&saved).unwrap();
    assert_eq!(twilio.owned(Which::All).await.unwrap().numbers.len(), 2100);
}

#[tokio::test]
async fn what_a_number_costs_is_known_in_cents() {
    let (world, base) = world().await;
    let twilio = twilio(&world, &base);
    let price = twilio.monthly_price(Country::FRANCE, Kind::Mobile).await.unwrap();
    assert_eq!(price, Price::parse("4.00", "USD"));
    let nowhere = twilio.monthly_price(Country::parse("DE").unwrap(), Kind::Local).await.unwrap();
    assert_eq!(nowhere, None);
}

#[tokio::test]
async fn only_the_accounts_own_token_opens_it() {
    let (world, base) = world().await;
    let mut credentials = world.setup().twilio.clone();
    credentials.token = "another".into();
    let stranger = Twilio::new(support::client(), Some(&base), credentials);
    let fault = stranger.owned(Which::All).await.unwrap_err();
    assert!(matches!(fault, Fault::Unauthorised));
}

#[tokio::test]
async fn every_refusal_in_the_documentation_has_its_meaning() {
    let reasons = [
        ("error.21422.not-available", Reason::NumberGone),
        ("error.21421.invalid", Reason::NumberInvalid),
        ("error.21404.trial", Reason::TrialAccount),
        ("error.21451.invalid-area-code", Reason::AreaCodeInvalid),
        ("error.21452.no-numbers", Reason::NoNumbers),
        ("error.21631.requires-address", Reason::AddressRequired),
        ("error.21649.requires-bundle", Reason::BundleRequired),
    ];
    for (name, reason) in reasons {
        let answer = &fixture(&format!("twilio/rest/{name}.json"))["response"];
        let status = u16::try_from(answer["status"].as_u64().unwrap()).unwrap();
        let refusal = vendors::twilio::refusal::read(status, &answer["json"]);
        assert_eq!(refusal.reason, reason, "{name}");
    }
}

#[tokio::test]
async fn what_was_saved_is_brought_back_and_names_go_on() {
    let (world, base) = world().await;
    let before = twilio(&world, &base);
    let number = first(&before, &american()).await;
    let sid = before.buy(&purchase(&number)).await.unwrap().sid;
    let (other, base) = support::world().await;
    other.restore(&world.save()).unwrap();
    let twilio = twilio(&other, &base);
    assert!(twilio.number(&sid).await.unwrap().is_some());
    let next = first(&twilio, &american()).await;
    assert_ne!(twilio.buy(&purchase(&next)).await.unwrap().sid, sid);
}

/// Calls every function of the client once.
async fn everything(world: &World, twilio: &Twilio) {
    for kind in Kind::ALL {
        let search =
            Search { starting: Some("33".to_owned()), ..Search::voice(Country::FRANCE, kind) };
        twilio.available(&search).await.unwrap();
    }
    let number = first(twilio, &american()).await;
    let address = twilio.create_address(&practice(Country::FRANCE)).await.unwrap().sid;
    twilio.addresses("uwi:7").await.unwrap();
    let bundle = handed_in(twilio, Kind::Local).await;
    twilio.assign(&bundle, &Part::Address(address.clone())).await.unwrap();
    twilio.bundle(&bundle).await.unwrap();
    twilio.bundles("uwi:7").await.unwrap();
    let purchase = Purchase {
        address: Some(address.clone()),
        bundle: Some(bundle.clone()),
        ..purchase(&number)
    };
    let sid: NumberSid = twilio.buy(&purchase).await.unwrap().sid;
    let change = Change { tag: Some("uwi:8".to_owned()), hooks: Some(hooks("new")) };
    twilio.configure(&sid, &change).await.unwrap();
    twilio.number(&sid).await.unwrap();
    for which in [Which::All, Which::Number(&number), Which::Tag("uwi:8")] {
        assert_eq!(twilio.owned(which).await.unwrap().numbers.len(), 1);
    }
    twilio.release(&sid).await.unwrap();
    twilio.delete_bundle(&bundle).await.unwrap();
    twilio.delete_address(&address).await.unwrap();
    assert_eq!(world.books().owned, 0);
}

#[tokio::test]
async fn every_request_is_one_that_twilio_describes() {
    let (world, base) = world().await;
    everything(&world, &twilio(&world, &base)).await;
    let described =
        [Description::open("twilio-api.json"), Description::open("twilio-regulatory.json")];
    let recorded = world.recorded();
    assert!(recorded.len() >= 22, "{}", recorded.len());
    for request in recorded {
        let description = described.iter().find(|d| d.knows(&request));
        let description = description.unwrap_or_else(|| panic!("{request:?}"));
        assert_eq!(description.check(&request), Vec::<String>::new(), "{request:?}");
    }
}

#[tokio::test]
async fn the_simulator_answers_as_the_real_one_in_the_documentation() {
    let (world, base) = world().await;
    let twilio = twilio(&world, &base);
    world.sell("+33939240575");
    let real = fixture("twilio/rest/available-phone-numbers.FR.National.json");
    let offer = &real["response"]["json"]["available_phone_numbers"][0];
    let found = twilio.available(&Search::voice(Country::FRANCE, Kind::National)).await.unwrap();
    assert_eq!(found[0].number.as_str(), offer["phone_number"].as_str().unwrap());
    let number = first(&twilio, &american()).await;
    twilio.buy(&purchase(&number)).await.unwrap();
    let saved = world.save();
    let simulated = saved["twilio"]["numbers"][0][1].as_object().unwrap().clone();
    let real = fixture("twilio/rest/incoming-phone-numbers.create.json");
    for (field, value) in real["response"]["json"].as_object().unwrap() {
        if !["subresource_uris", "sms_fallback_method", "sms_fallback_url"]
            .contains(&field.as_str())
        {
            assert!(simulated.contains_key(field), "{field}: {value}");
        }
    }
}
