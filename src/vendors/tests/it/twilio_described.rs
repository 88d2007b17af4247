//! Every request of the client is one that Twilio describes.

use crate::support::openapi::Description;
use crate::support::shop::{american, first, handed_in, hooks, practice, purchase};
use crate::support::{fixture, twilio, world};
use vendors::simulator::World;
use vendors::twilio::client::Twilio;
use vendors::twilio::number::{Change, Country, Kind, Purchase, Search};
use vendors::twilio::numbers::Which;
use vendors::twilio::regulatory::Part;
use vendors::twilio::sid::NumberSid;

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
    twilio.evaluate(&bundle).await.unwrap();
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
    assert!(recorded.len() >= 23, "{}", recorded.len());
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
