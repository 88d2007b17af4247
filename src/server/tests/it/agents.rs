//! Assistants and their numbers through the API, with simulated providers.

use crate::house::{Answer, House, request};
use axum::http::StatusCode;
use serde_json::{Value, json};
use std::sync::Arc;
use store::on_both_backends;
use store::testing::Bench;
use vendors::simulator::{Setup, World};

const AGENTS: &str = "/api/agents";

/// A house whose providers are simulated, over HTTP.
struct Exchange {
    house: House,
    world: World,
    token: String,
}

impl Exchange {
    async fn open(bench: Bench) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let now = crate::house::NOW.parse().unwrap();
        let world = World::new(Setup::demo(Arc::new(move || now)), reqwest::Client::new());
        let (base, _serving) = world.listen(([127, 0, 0, 1], 0).into()).await.unwrap();
        let env = [
            ("TWILIO_ACCOUNT_SID", "AC00000000000000000000000000000001"),
            ("TWILIO_AUTH_TOKEN", "simulated-twilio-token"),
            ("TWILIO_BASE_URL", base.as_str()),
            ("VAPI_API_KEY", "simulated-vapi-key"),
            ("VAPI_BASE_URL", base.as_str()),
        ];
        let house = House::with(bench, &env).await;
        let tenant = house.tenant("Cabinet Martin", "+33199001122").await;
        let token = house.token(tenant.0, "write").await;
        Self { house, world, token }
    }

    async fn post(&self, path: &str, body: impl ToString, key: Option<&str>) -> Answer {
        let mut headers = vec![("authorization", self.token.as_str())];
        headers.extend(key.map(|key| ("idempotency-key", key)));
        self.house.post(path, body, &headers).await
    }

    async fn ask(&self, method: &str, path: &str) -> Answer {
        let auth = [("authorization", self.token.as_str())];
        self.house.send(request(method, path, &auth, String::new())).await
    }

    async fn agent(&self, provision: bool) -> Value {
        let body = wanted(provision);
        let made = self.post(AGENTS, body, None).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
        made.json()
    }
}

fn wanted(provision: bool) -> Value {
    json!({ "agent_name": "Accueil du cabinet", "language": "fr", "area_code": "212",
        "provision_phone": provision })
}

fn path(agent: &Value) -> String {
    format!("{AGENTS}/{}", agent["agent_id"].as_str().unwrap())
}

async fn an_agent_comes_with_its_number_and_goes_with_it(bench: Bench) {
    let exchange = Exchange::open(bench).await;
    let agent = exchange.agent(true).await;
    let number = agent["phone_number"].as_str().unwrap();
    assert!(number.starts_with("+1212"), "{number}");
    assert_eq!(agent["phone_number_status"], "active");
    assert!(agent["agent_id"].as_str().unwrap().starts_with("agent_"));
    let token = agent["api_token"].as_str().unwrap();
    assert!(token.starts_with("uwi_agent_"));
    let bearer = format!("Bearer {token}");
    let own = exchange.house.get(AGENTS, &[("authorization", &bearer)]).await;
    assert_eq!(own.json()["total"], 1, "{}", own.text);
    assert!(own.json()["agents"][0].get("api_token").is_none());
    let listed = exchange.ask("GET", "/api/agents/phone-numbers").await.json();
    assert_eq!(
        (&listed["total"], &listed["phone_numbers"][0]["phone_number"]),
        (&json!(1), &json!(number))
    );
    let deleted = exchange.ask("DELETE", &path(&agent)).await;
    assert_eq!(deleted.json()["status"], "deleted", "{}", deleted.text);
    assert_eq!(exchange.ask("GET", &path(&agent)).await.status, StatusCode::NOT_FOUND);
    let own = exchange.house.get(AGENTS, &[("authorization", &bearer)]).await;
    assert_eq!(own.status, StatusCode::UNAUTHORIZED);
}

async fn a_number_is_added_and_released(bench: Bench) {
    let exchange = Exchange::open(bench).await;
    let agent = exchange.agent(false).await;
    assert_eq!(agent["phone_number"], Value::Null);
    let at = format!("{}/phone-number", path(&agent));
    let got = exchange.post(&at, json!({ "area_code": "415", "country": "US" }), None).await;
    assert_eq!(got.status, StatusCode::CREATED, "{}", got.text);
    let got = got.json();
    assert_eq!((&got["status"], &got["capabilities"]["voice"]), (&json!("active"), &json!(true)));
    assert!(got["phone_number_sid"].as_str().unwrap().starts_with("PN"));
    let again = exchange.post(&at, json!({}), None).await;
    assert_eq!((again.status, again.code().as_str()), (StatusCode::CONFLICT, "NUMBER_EXISTS"));
    let more = json!({ "area_code": "415", "additional": true });
    assert_eq!(exchange.post(&at, more, None).await.status, StatusCode::CREATED);
    let which = exchange.ask("DELETE", &at).await;
    assert_eq!((which.status, which.code().as_str()), (StatusCode::CONFLICT, "NUMBER_AMBIGUOUS"));
    let number = got["phone_number"].as_str().unwrap();
    let one = format!("{at}?phone_number=%2B{}", &number[1..]);
    for _ in 0..2 {
        let released = exchange.ask("DELETE", &one).await;
        assert_eq!(released.status, StatusCode::OK, "{}", released.text);
        let told = format!("Phone number {number} released successfully");
        assert_eq!(released.json()["message"], told.as_str());
    }
    assert_eq!(exchange.world.books().owned, 2);
    exchange.ask("DELETE", &format!("{one}&now=true")).await;
    assert_eq!(exchange.world.books().owned, 1);
}

async fn the_same_key_buys_once_and_answers_the_same(bench: Bench) {
    let exchange = Exchange::open(bench).await;
    let key = Some("0d6f0a3e-8f51-4d0e-9b6e-2f3f5f0c1a77");
    let first = exchange.post(AGENTS, wanted(true), key).await;
    let second = exchange.post(AGENTS, wanted(true), key).await;
    assert_eq!((second.status, second.json()), (StatusCode::CREATED, first.json()));
    assert_eq!(exchange.world.books().purchases, 1);
    let other = exchange.post(AGENTS, wanted(false), key).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(other.code(), "IDEMPOTENCY_KEY_REUSED");
}

async fn what_cannot_be_is_refused_and_nothing_is_bought(bench: Bench) {
    let exchange = Exchange::open(bench).await;
    for (more, status, code) in [
        (json!({ "area_code": "21" }), 422, "BAD_AREA_CODE"),
        (json!({ "country": "ZZ" }), 422, "BAD_COUNTRY"),
        (json!({ "agent_name": " " }), 422, "BAD_PARAMETER"),
        (json!({ "area_code": "533" }), 404, "NO_NUMBERS_AVAILABLE"),
    ] {
        let mut body = wanted(true);
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let told = exchange.post(AGENTS, body, None).await;
        assert_eq!((told.status.as_u16(), told.code().as_str()), (status, code), "{}", told.text);
    }
    assert_eq!(exchange.world.books().owned, 0);
    assert_eq!(exchange.ask("GET", AGENTS).await.json()["total"], 0);
}

async fn another_tenants_agent_is_not_there(bench: Bench) {
    let exchange = Exchange::open(bench).await;
    let agent = exchange.agent(true).await;
    let other = exchange.house.tenant("Garage Durand", "+33199001133").await;
    let foreign = exchange.house.token(other.0, "write").await;
    let auth = [("authorization", foreign.as_str())];
    let at = path(&agent);
    let number = format!("{at}/phone-number");
    for (method, path) in
        [("GET", &at), ("PATCH", &at), ("DELETE", &at), ("POST", &number), ("DELETE", &number)]
    {
        let told = exchange.house.send(request(method, path, &auth, "{}".to_owned())).await;
        assert_eq!(told.status, StatusCode::NOT_FOUND, "{method} {path}: {}", told.text);
    }
    assert_eq!(exchange.house.get(AGENTS, &auth).await.json()["total"], 0);
    let own = exchange.ask("GET", &at).await.json();
    assert_eq!(own["phone_number_status"], "active");
}

async fn a_secretary_buys_and_releases_nothing(bench: Bench) {
    let exchange = Exchange::open(bench).await;
    let agent = exchange.agent(true).await;
    let file = "id = 2\nname = \"Cabinet Martin\"\n\
        [[member]]\nemail = \"alix@example.fr\"\nrole = \"secretary\"\n";
    let settings = domain::tenant::settings::Settings::from_toml(file).unwrap();
    desk::tenants::apply(&exchange.house.office, &settings).await.unwrap();
    let cookie = exchange.house.sign_in("alix@example.fr").await;
    let auth = [("cookie", cookie.as_str())];
    let at = path(&agent);
    let number = format!("{at}/phone-number");
    for (method, path) in
        [("POST", AGENTS), ("DELETE", at.as_str()), ("POST", &number), ("DELETE", &number)]
    {
        let body = wanted(false).to_string();
        let told = exchange.house.send(request(method, path, &auth, body)).await;
        assert_eq!(told.status, StatusCode::FORBIDDEN, "{method} {path}: {}", told.text);
    }
    assert_eq!(exchange.house.get(&at, &auth).await.status, StatusCode::OK);
    assert_eq!(exchange.world.books().owned, 1);
}

async fn staff_deletes_a_tenant_and_nobody_else(bench: Bench) {
    let exchange = Exchange::open(bench).await;
    let agent = exchange.agent(true).await;
    let own = exchange.ask("DELETE", "/api/v1/tenants/2").await;
    assert_eq!(own.status, StatusCode::FORBIDDEN, "{}", own.text);
    assert_eq!(exchange.ask("DELETE", "/api/v1/tenants/1").await.status, StatusCode::NOT_FOUND);
    let staff = exchange.house.token(1, "admin").await;
    let auth = [("authorization", staff.as_str())];
    let delete =
        |path: &'static str| exchange.house.send(request("DELETE", path, &auth, String::new()));
    let told = delete("/api/v1/tenants/1").await;
    assert_eq!((told.status, told.code().as_str()), (StatusCode::CONFLICT, "TENANT_NEEDED"));
    assert_eq!(delete("/api/v1/tenants/99").await.status, StatusCode::NOT_FOUND);
    for _ in 0..2 {
        let told = delete("/api/v1/tenants/2").await;
        assert_eq!(told.status, StatusCode::OK, "{}", told.text);
        assert_eq!(told.json()["phone_numbers"], 1);
    }
    assert_eq!(exchange.ask("GET", &path(&agent)).await.status, StatusCode::UNAUTHORIZED);
}

async fn documents_are_handed_in_and_stand(bench: Bench) {
    let exchange = Exchange::open(bench).await;
    let agent = exchange.agent(false).await;
    let got = exchange.post(&format!("{}/phone-number", path(&agent)), json!({}), None).await;
    assert_eq!((got.status, got.code().as_str()), (StatusCode::CONFLICT, "DOCUMENTS_MISSING"));
    let at = format!("{}/phone-number/documents", path(&agent));
    let stands = exchange.ask("GET", &at).await.json();
    assert_eq!((&stands["status"], &stands["dossier"]), (&json!("missing"), &Value::Null));
    let mut dossier = json!({ "business_name": "Cabinet Martin", "registration": "123456783",
        "first_name": "Camille", "last_name": "Martin", "email": "camille@example.fr",
        "street": "12 rue des Lilas", "postal_code": "75001", "city": "Paris",
        "kbis": "JVBERi0xLjcgc2Nhbg==", "kbis_name": "kbis.pdf" });
    let told = exchange.post(&at, dossier.clone(), None).await;
    assert_eq!(told.code(), "BAD_DOCUMENTS", "{}", told.text);
    assert_eq!(told.json()["error"]["fields"][0]["field"], "registration");
    dossier["registration"] = json!("123456782");
    dossier["kbis"] = json!("bm8gc2Nhbg==");
    let told = exchange.post(&at, dossier.clone(), None).await;
    assert_eq!(told.json()["error"]["fields"][0]["field"], "kbis", "{}", told.text);
    dossier["kbis"] = json!("JVBERi0xLjcgc2Nhbg==");
    let handed = exchange.post(&at, dossier.clone(), None).await;
    assert_eq!(handed.status, StatusCode::CREATED, "{}", handed.text);
    assert_eq!(handed.json()["status"], "approved");
    // The number that waited for it was got by itself.
    let number = exchange.ask("GET", &path(&agent)).await.json();
    assert_eq!(number["phone_number_status"], "active", "{number}");
    let again = exchange.post(&at, dossier, None).await;
    assert_eq!((again.status, again.code().as_str()), (StatusCode::CONFLICT, "DOCUMENTS_CLOSED"));
}

async fn what_a_provider_has_otherwise_is_shown_and_repaired(bench: Bench) {
    let exchange = Exchange::open(bench).await;
    let agent = exchange.agent(true).await;
    assert_eq!(agent["drift"], json!([]));
    let mut saved = exchange.world.save();
    let assistant = &mut saved["vapi"]["assistants"][0][1];
    assistant["firstMessage"] = json!("Bonsoir.");
    exchange.world.restore(&saved).unwrap();
    // Looked at by the hourly round; here by the repair itself, which finds none left.
    let repaired = exchange.post(&format!("{}/repair", path(&agent)), "", None).await;
    assert_eq!(repaired.status, StatusCode::OK, "{}", repaired.text);
    assert_eq!(repaired.json()["drift"], json!([]));
    let saved = exchange.world.save();
    assert_ne!(saved["vapi"]["assistants"][0][1]["firstMessage"], "Bonsoir.");
}

on_both_backends!(
    documents_are_handed_in_and_stand,
    what_a_provider_has_otherwise_is_shown_and_repaired,
    a_secretary_buys_and_releases_nothing,
    staff_deletes_a_tenant_and_nobody_else,
    an_agent_comes_with_its_number_and_goes_with_it,
    a_number_is_added_and_released,
    the_same_key_buys_once_and_answers_the_same,
    what_cannot_be_is_refused_and_nothing_is_bought,
    another_tenants_agent_is_not_there,
);
