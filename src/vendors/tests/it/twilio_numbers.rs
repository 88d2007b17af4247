//! Numbers: our client against the simulated Twilio, also when it misbehaves.

use crate::support::office::{Office, Received, json_answer};
use crate::support::shop::{american, first, hooks, purchase};
use crate::support::{fixture, twilio, world};
use axum::http::StatusCode;
use serde_json::json;
use std::time::Duration;
use vendors::fault::{Fault, Outcome, Reason};
use vendors::simulator::{Misbehaviour, Trouble};
use vendors::twilio::client::Twilio;
use vendors::twilio::number::{AreaCode, Change, Country, Kind, Search};
use vendors::twilio::numbers::{Released, Which};
use vendors::twilio::price::Price;

#[tokio::test]
async fn a_number_is_found_bought_changed_and_given_back() {
    let (world, base) = world().await;
    let twilio = twilio(&world, &base);
    let offers = twilio.available(&american()).await.unwrap();
    assert_eq!(offers.len(), 10);
    assert!(offers.iter().all(|offer| offer.number.as_str().starts_with("+121255501")));
    let bought = twilio.buy(&purchase(&offers[0].number)).await.unwrap();
    assert_eq!((&bought.number, bought.tag.as_str()), (&offers[0].number, "uwi:7:saga-1"));
    assert_eq!(bought.bought_at, Some(crate::support::now()));
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
    let nobody = crate::support::twilio(&world, &closed);
    assert_eq!(nobody.buy(&purchase(&number)).await.unwrap_err().outcome(), Outcome::NotDone);
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
    let stranger = Twilio::new(crate::support::client(), Some(&base), credentials);
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
    let (other, base) = crate::support::world().await;
    other.restore(&world.save()).unwrap();
    let twilio = twilio(&other, &base);
    assert!(twilio.number(&sid).await.unwrap().is_some());
    let next = first(&twilio, &american()).await;
    assert_ne!(twilio.buy(&purchase(&next)).await.unwrap().sid, sid);
}

/// Twilio, but with answers of our own making.
async fn odd(answer: fn(&Received) -> (StatusCode, &'static str, String)) -> (Twilio, Office) {
    let (world, _) = world().await;
    let (office, base) = Office::open(answer).await;
    (twilio(&world, &base), office)
}

#[tokio::test]
async fn a_next_page_outside_of_the_account_is_not_asked_for() {
    let (twilio, office) = odd(|_| {
        let elsewhere = "/2010-04-01/Accounts/ACffffffffffffffffffffffffffffffff/Messages.json";
        json_answer(&json!({ "incoming_phone_numbers": [], "next_page_uri": elsewhere }))
    })
    .await;
    assert!(twilio.owned(Which::All).await.is_err());
    assert_eq!(office.received().len(), 1);
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_leaves_the_outcome_of_a_purchase_unknown() {
    let purchase = purchase(&"+12125550134".to_owned().try_into().unwrap());
    let (nonsense, _office) = odd(|_| json_answer(&json!({ "sid": "../x" }))).await;
    assert_eq!(nonsense.buy(&purchase).await.unwrap_err().outcome(), Outcome::Unknown);
    let (endless, _office) = odd(|_| (StatusCode::OK, "text/plain", "x".repeat(9 << 20))).await;
    assert_eq!(endless.buy(&purchase).await.unwrap_err().outcome(), Outcome::Unknown);
    let (moved, _office) = odd(|_| (StatusCode::FOUND, "text/plain", String::new())).await;
    assert!(matches!(moved.buy(&purchase).await.unwrap_err(), Fault::Refused(_)));
}

#[tokio::test]
async fn an_entry_that_is_no_number_is_counted_not_hidden() {
    let (twilio, _office) = odd(|_| {
        json_answer(&json!({ "incoming_phone_numbers": [{ "sid": "PN1", "phone_number": "12" }] }))
    })
    .await;
    let owned = twilio.owned(Which::All).await.unwrap();
    assert_eq!((owned.numbers.len(), owned.unreadable), (0, 1));
}
