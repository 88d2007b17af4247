//! The dossier of a French number on its page, without scripts.

use crate::house::{Answer, House};
use axum::body::Body;
use desk::agents::NewAgent;
use desk::numbers::NumberError;
use desk::numbers::provision::More;
use desk::providers::{Account, Providers, Telephony};
use desk::{Desk, Who, tenants};
use domain::id::TenantId;
use domain::numbers::Place;
use domain::tenant::AgentKind;
use domain::tenant::settings::Settings;
use http::header::{CONTENT_TYPE, COOKIE};
use http::{Request, StatusCode};
use std::sync::Arc;
use uuid::Uuid;
use vendors::simulator::{Review, Setup, World};
use vendors::twilio::client::Twilio;
use vendors::twilio::regulatory::BundleStatus;
use vendors::vapi::api::Api;

const OWNER: &str = "camille@exemple.fr";
const SECRETARY: &str = "alix@exemple.fr";
const RIGHT: [(&str, &str); 8] = [
    ("raison", "Cabinet Martin"),
    ("siret", "123 456 782"),
    ("prenom", "Camille"),
    ("nom", "Martin"),
    ("courriel", "camille@exemple.fr"),
    ("rue", "12 rue des Lilas"),
    ("code", "75001"),
    ("ville", "Paris"),
];

/// A practice whose French number waits for its documents.
struct Waiting {
    house: House,
    world: World,
    tenant: TenantId,
    path: String,
}

async fn waiting(review: Review) -> Waiting {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let now = || "2026-11-23T09:00:00Z".parse().unwrap();
    let setup = Setup { review, ..Setup::demo(Arc::new(now)) };
    let world = World::new(setup, reqwest::Client::new());
    let (base, _serving) = world.listen(([127, 0, 0, 1], 0).into()).await.unwrap();
    let credentials = world.setup().twilio.clone();
    let client = reqwest::Client::new();
    let telephony = Telephony {
        client: Twilio::new(client.clone(), Some(&base), credentials.clone()),
        credentials,
    };
    let providers = Providers {
        twilio: Some(telephony),
        vapi: Some(Api::new(client, Some(&base), world.setup().vapi_key.clone())),
        account: Account::Real,
        ..Providers::none("https://uwi.example")
    };
    let house = House::with(providers.clone()).await;
    let file = format!(
        "name = \"Cabinet Martin\"\n[[member]]\nemail = \"{OWNER}\"\nrole = \"owner\"\n\
         [[member]]\nemail = \"{SECRETARY}\"\nrole = \"secretary\"\n"
    );
    let settings = Settings::from_toml(&file).unwrap();
    let tenant = tenants::apply(&house.office, &settings).await.unwrap().tenant;
    let desk = Desk::new(Arc::clone(&house.office), tenant, Who::Operator);
    let new = NewAgent {
        name: "Accueil".to_owned(),
        language: "fr".to_owned(),
        kind: AgentKind::Appointment,
        voice: None,
    };
    let agent = desk.create_agent(&providers, &new, Uuid::from_u128(7)).await.unwrap().agent_id;
    let place = Place::read(Some("FR"), Some("01"), "FR").unwrap();
    let told = desk.provision(&providers, &agent, (&place, More::First), Uuid::from_u128(8)).await;
    assert!(matches!(told, Err(NumberError::Documents(..))), "{told:?}");
    let path = format!("/app/reglages/numeros/{}/dossier", Uuid::from_u128(8));
    Waiting { house, world, tenant, path }
}

/// The form as a browser sends it.
fn form(fields: &[(&str, &str)], file: Option<&str>) -> String {
    let mut body = String::new();
    for (name, value) in fields {
        body +=
            &format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    }
    let file = file.unwrap_or_default();
    body + &format!(
        "--x\r\nContent-Disposition: form-data; name=\"kbis\"; filename=\"kbis.pdf\"\r\n\
         Content-Type: application/pdf\r\n\r\n{file}\r\n--x--\r\n"
    )
}

impl Waiting {
    async fn post(&self, email: &str, body: String) -> Answer {
        let request = Request::post(&self.path)
            .header(COOKIE, self.house.sign_in(email).await)
            .header(CONTENT_TYPE, "multipart/form-data; boundary=x")
            .body(Body::from(body));
        self.house.send(request.unwrap()).await
    }

    async fn get(&self, email: &str) -> Answer {
        self.house.get(&self.path, &self.house.sign_in(email).await).await
    }
}

#[tokio::test]
async fn a_dossier_is_handed_in_refused_and_corrected() {
    let waiting = waiting(Review::ByHand).await;
    let blank = waiting.get(OWNER).await;
    assert_eq!(blank.status, StatusCode::OK, "{}", blank.body);
    assert_eq!(blank.texts("h1"), ["Dossier du numéro"]);
    assert!(blank.texts(".notice")[0].contains("Aucun dossier"));
    let handed = waiting.post(OWNER, form(&RIGHT, Some("%PDF-1.7"))).await;
    assert_eq!(handed.location(), waiting.path);
    let seen = waiting.get(OWNER).await;
    assert!(seen.texts(".notice")[0].contains("examine le dossier"), "{}", seen.body);
    assert!(seen.texts("form.form").is_empty());
    let saved = waiting.world.save();
    let bundle = saved["twilio"]["bundles"][0][0].as_str().unwrap().to_owned();
    waiting.world.decide(&bundle, BundleStatus::Rejected, "Adresse inconnue").await.unwrap();
    let refused = waiting.get(OWNER).await;
    assert!(refused.texts(".notice")[0].contains("Adresse inconnue"), "{}", refused.body);
    assert_eq!(refused.attribute("#rue", "value").unwrap(), "12 rue des Lilas");
    let again = waiting.post(OWNER, form(&RIGHT, None)).await;
    assert_eq!(again.location(), waiting.path);
}

#[tokio::test]
async fn what_is_wrong_is_said_below_its_field_and_nothing_is_lost() {
    let waiting = waiting(Review::ByHand).await;
    let mut fields = RIGHT;
    fields[1].1 = "123 456 783";
    fields[6].1 = "";
    let refused = waiting.post(OWNER, form(&fields, Some("no scan"))).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.texts("#siret-erreur")[0].contains("ni un SIREN ni un SIRET"));
    assert_eq!(refused.texts("#code-erreur"), ["À remplir."]);
    assert!(refused.texts("#kbis-erreur")[0].contains("PDF"), "{}", refused.body);
    assert_eq!(refused.attribute("#ville", "value").unwrap(), "Paris");
    assert_eq!(refused.attribute("#siret", "aria-invalid").unwrap(), "true");
    let unreadable = waiting.post(OWNER, "nothing".to_owned()).await;
    assert_eq!(unreadable.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(waiting.world.save()["twilio"]["bundles"], serde_json::json!([]));
}

#[tokio::test]
async fn an_accepted_dossier_brings_the_number() {
    let waiting = waiting(Review::Approve).await;
    let handed = waiting.post(OWNER, form(&RIGHT, None)).await;
    assert_eq!(handed.location(), "/app/reglages/numeros", "{}", handed.body);
    assert_eq!(waiting.world.books().owned, 1);
    assert_eq!(waiting.get(OWNER).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_dossier_is_handed_in_by_owners() {
    let waiting = waiting(Review::ByHand).await;
    let seen = waiting.get(SECRETARY).await;
    assert_eq!((seen.status, seen.texts("form.form").len()), (StatusCode::OK, 0));
    let refused = waiting.post(SECRETARY, form(&RIGHT, None)).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let desk = Desk::new(Arc::clone(&waiting.house.office), waiting.tenant, Who::Operator);
    assert_eq!(desk.wishes().await.unwrap()[0].state, "documents_missing");
}
