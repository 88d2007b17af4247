//! Numbers, addresses and bundles to be asked for.

use domain::phone::E164;
use serde_json::json;
use vendors::twilio::client::Twilio;
use vendors::twilio::number::{AreaCode, Country, Hooks, Kind, Purchase, Search};
use vendors::twilio::regulatory::{Holder, NewAddress, NewBundle, Part};
use vendors::twilio::sid::BundleSid;

pub fn hooks(path: &str) -> Hooks {
    let url = |name: &str| format!("https://voice.example.fr/{path}/{name}").parse().unwrap();
    Hooks {
        voice: url("incoming"),
        voice_fallback: Some(url("fallback")),
        status: url("status"),
        sms: Some(url("sms")),
    }
}

pub fn purchase(number: &E164) -> Purchase {
    Purchase {
        number: number.clone(),
        tag: "uwi:7:saga-1".to_owned(),
        hooks: hooks("call"),
        address: None,
        bundle: None,
    }
}

pub fn american() -> Search {
    let area = AreaCode::parse("212");
    Search { area, ..Search::voice(Country::UNITED_STATES, Kind::Local) }
}

pub async fn first(twilio: &Twilio, search: &Search) -> E164 {
    twilio.available(search).await.unwrap().remove(0).number
}

pub fn practice(country: Country) -> NewAddress {
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

pub fn french_bundle(kind: Kind) -> NewBundle {
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
pub async fn handed_in(twilio: &Twilio, kind: Kind) -> BundleSid {
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
