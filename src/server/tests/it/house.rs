//! A server of its own for each test: a database, a fixed clock, no network.

use crate::conforms;
use app::table::Row;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode, header};
use desk::sign_in::{self, Email};
use desk::{Office, World, tokens};
use domain::id::TenantId;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::testing::Bench;
use tower::ServiceExt as _;
use uwi::config::Config;
use uwi::http::router;

pub const TEST_NUMBER: &str = "+33939240575";
pub const CALLER: &str = "+33639981234";
/// Monday morning in Paris.
pub const NOW: &str = "2026-11-23T08:00:00Z";

/// A running server without a socket.
pub struct House {
    pub office: Arc<Office>,
    /// Every route, from the table that the router is built from.
    pub rows: Vec<Row>,
    router: Router,
    _bench: Bench,
}

/// An answer, read to its end.
pub struct Answer {
    pub status: StatusCode,
    pub headers: axum::http::HeaderMap,
    pub text: String,
}

impl Answer {
    /// What came before the body.
    pub fn of_head(response: Response<Body>) -> Self {
        let (parts, _) = response.into_parts();
        Self { status: parts.status, headers: parts.headers, text: String::new() }
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {}", self.text))
    }

    pub fn code(&self) -> String {
        self.json()["error"]["code"].as_str().unwrap_or_default().to_owned()
    }
}

impl House {
    /// A private server with nothing configured.
    pub async fn open(bench: Bench) -> Self {
        Self::with(bench, &[]).await
    }

    /// A server with these variables.
    pub async fn with(bench: Bench, env: &[(&str, &str)]) -> Self {
        let lookup = |name: &str| {
            env.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        let config = Config::read(&lookup).unwrap();
        let world = World::fixed(NOW.parse().unwrap());
        let db = bench.another().await;
        let office = Office::open(db, world, config.rules.clone()).await.unwrap();
        let site = uwi::serve::site(config, Arc::clone(&office)).ok().unwrap();
        let table = router::table(site);
        let rows = table.rows().to_vec();
        Self { office, rows, router: table.into_router(), _bench: bench }
    }

    /// Sends a request as it is.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let (method, path) = (request.method().to_string(), request.uri().to_string());
        let answer = Self::read(self.begin(request).await).await;
        conforms::check(&method, &path, &answer);
        answer
    }

    /// Reads an answer to its end.
    pub async fn read(response: Response<Body>) -> Answer {
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status, headers: parts.headers, text }
    }

    /// Sends a request whose answer may never end.
    pub async fn begin(&self, request: Request<Body>) -> Response<Body> {
        self.router.clone().oneshot(request).await.unwrap()
    }

    /// Posts to this machine, with these headers.
    pub async fn post(&self, path: &str, body: impl ToString, headers: &[(&str, &str)]) -> Answer {
        self.send(request("POST", path, headers, body.to_string())).await
    }

    pub async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(request("GET", path, headers, String::new())).await
    }

    pub async fn patch(&self, path: &str, body: &Value, headers: &[(&str, &str)]) -> Answer {
        self.send(request("PATCH", path, headers, body.to_string())).await
    }

    pub async fn hook(&self, body: &Value) -> Answer {
        self.post("/api/vapi/webhook", body, &[]).await
    }

    /// A bearer header for a tenant.
    pub async fn token(&self, tenant: i64, scope: &str) -> String {
        let scopes = [scope.to_owned()];
        let made = tokens::create(&self.office, TenantId(tenant), "test", &scopes, None).await;
        format!("Bearer {}", made.unwrap())
    }

    /// Signs somebody in by a link; gives the cookie.
    pub async fn sign_in(&self, email: &str) -> String {
        let email = Email::parse(email).unwrap();
        let path = sign_in::login_link(&self.office, &email, None).await.unwrap().unwrap();
        let entered = self.post(&path, "", &[]).await;
        let cookie = entered.headers["set-cookie"].to_str().unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }

    /// Another tenant, with this number.
    pub async fn tenant(&self, name: &str, number: &str) -> TenantId {
        let file = format!(
            "name = \"{name}\"\n[[hours]]\ndays = [\"mon-fri\"]\nfrom = \"09:00\"\nto = \"18:00\"\n\
             [[number]]\ne164 = \"{number}\"\nchannel = \"vocal\"\n"
        );
        let settings = domain::tenant::settings::Settings::from_toml(&file).unwrap();
        desk::tenants::apply(&self.office, &settings).await.unwrap().tenant
    }
}

/// A request as a program on this machine sends it.
pub fn request(method: &str, path: &str, headers: &[(&str, &str)], body: String) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path);
    if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
        request = request.header(header::HOST, "127.0.0.1:3000");
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::from(body)).unwrap()
}

/// Where Vapi's fixtures are.
pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../vendors/tests/fixtures/vapi")
}

pub fn fixture(name: &str) -> Value {
    serde_json::from_slice(&std::fs::read(fixtures().join(name)).unwrap()).unwrap()
}

/// A conversation as Vapi's model requests tell it.
pub struct Conversation {
    pub body: Value,
}

impl Conversation {
    /// A call that has heard our first message.
    pub fn new(call: &str) -> Self {
        let body = json!({
            "model": "receptionist-fr",
            "stream": true,
            "messages": [{ "role": "assistant", "content": "Bonjour." }],
            "call": { "id": call, "customer": { "number": CALLER } },
            "phoneNumber": { "number": TEST_NUMBER },
        });
        Self { body }
    }

    /// With the built-in tools declared.
    pub fn offering(mut self, names: &[&str]) -> Self {
        let tool = |name: &&str| json!({ "type": "function", "function": { "name": name } });
        self.body["tools"] = names.iter().map(tool).collect();
        self
    }

    /// Says something; gives the spoken answer.
    pub async fn says(&mut self, house: &House, text: &str) -> String {
        self.push("user", text);
        let answer = house.post("/api/vapi/chat/completions", &self.body, &[]).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let said = spoken(&answer.text);
        self.push("assistant", &said);
        said
    }

    pub fn push(&mut self, role: &str, text: &str) {
        let messages = self.body["messages"].as_array_mut().unwrap();
        messages.push(json!({ "role": role, "content": text }));
    }

    /// Books the first slot that is offered.
    pub async fn books(&mut self, house: &House) -> String {
        let mut said = self.says(house, "Bonjour, je voudrais un rendez-vous").await;
        for _ in 0..8 {
            let reply = match said.as_str() {
                s if s.contains("confirmé") => return said,
                s if s.contains("se termine par") => "oui",
                s if s.contains("nom") => "Camille Lefèvre",
                s if s.contains("convient ?") || s.contains("proposer") => "le premier",
                _ => "le plus tôt possible",
            };
            said = self.says(house, reply).await;
        }
        panic!("not booked: {said}")
    }
}

/// The frames of a stream.
pub fn frames(stream: &str) -> Vec<Value> {
    let data = stream.split("\n\n").filter_map(|event| event.strip_prefix("data: "));
    data.filter(|data| *data != "[DONE]").map(|data| serde_json::from_str(data).unwrap()).collect()
}

/// What a voice makes of a stream.
pub fn spoken(stream: &str) -> String {
    let frames = frames(stream);
    let deltas = frames.iter().map(|frame| &frame["choices"][0]["delta"]);
    deltas.filter_map(|delta| delta["content"].as_str()).collect()
}
