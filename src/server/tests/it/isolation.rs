//! Every route of the router, called by another tenant's people and programs
//! with the first tenant's identifiers, and by nobody.
//!
//! The routes come from the table that the router is built from: one that is
//! new needs a line here when it names an object or is open to everybody.

mod ended;
mod objects;
mod rooms;

use crate::conforms;
use crate::house::{Answer, House, request};
use app::table::Row;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use futures::StreamExt as _;
use rooms::{Rooms, rooms};
use store::on_both_backends;
use store::testing::Bench;

/// What everybody may open; what it shows is looked at all the same.
const PUBLIC: [&str; 18] = [
    "/calendrier/{secret}/agenda.ics",
    "/api/openapi.json",
    "/r/{token}",
    "/",
    "/essayer",
    "/essayer/nouveau",
    "/contact/{tenant}",
    "/mentions-legales",
    "/confidentialite",
    "/login",
    "/login/mot-de-passe",
    "/login/{token}",
    "/deconnexion",
    "/favicon.svg",
    "/favicon.ico",
    "/robots.txt",
    "/health/live",
    "/health/ready",
];

fn is_public(path: &str) -> bool {
    PUBLIC.contains(&path) || path.starts_with("/assets/")
}

/// Who calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Caller {
    Nobody,
    Program,
    Owner,
    Secretary,
    /// The first tenant's own owner: what must work, so that the others'
    /// refusals say something.
    Victim,
}

/// One request that a caller makes.
struct Try<'a> {
    row: &'a Row,
    caller: Caller,
    path: String,
}

/// True for what ends sessions, also the one that is used.
fn ends_sessions(path: &str) -> bool {
    path == "/deconnexion" || path.contains("/sessions/")
}

/// True for what removes an object that other routes name (a wish for a number
/// that is gone on with ends when no provider can be reached).
fn removes(row: &Row) -> bool {
    let by_form = row.path.ends_with("/suppression") || row.path.ends_with("/liberation");
    let by_form = by_form || row.path.ends_with("/phone-number");
    row.method == Method::DELETE || (row.method == Method::POST && by_form)
}

/// The headers by which a caller is known.
async fn pass(rooms: &Rooms, caller: Caller, path: &str) -> Vec<(&'static str, String)> {
    let (email, cookie) = match caller {
        Caller::Nobody => return Vec::new(),
        Caller::Program => return vec![("authorization", rooms.other_token.clone())],
        Caller::Owner => (rooms::OTHER_OWNER, &rooms.other_owner),
        Caller::Secretary => (rooms::OTHER_SECRETARY, &rooms.other_secretary),
        Caller::Victim => (rooms::OWNER, &rooms.cookie),
    };
    let cookie = if ends_sessions(path) { rooms.sign_in(email).await } else { cookie.clone() };
    vec![("cookie", cookie)]
}

async fn make(rooms: &Rooms, tried: &Try<'_>, body: &str, kind: &str) -> Answer {
    let pass = pass(rooms, tried.caller, tried.row.path).await;
    let mut headers = vec![("content-type", kind)];
    headers.extend(pass.iter().map(|(name, value)| (*name, value.as_str())));
    let method = tried.row.method.as_str();
    let sent = request(method, &tried.path, &headers, body.to_owned());
    let answer = rooms.house.begin(sent).await;
    if answer.headers().get("content-type").is_some_and(|kind| kind == "text/event-stream") {
        // It never ends; what it tells is looked at below.
        return Answer::of_head(answer);
    }
    let answer = House::read(answer).await;
    conforms::check(method, &tried.path, &answer);
    answer
}

/// The same request in each form in which it may carry the other's tenant.
async fn all_forms(rooms: &Rooms, row: &Row, caller: Caller) {
    let path = rooms.path(row.path);
    let tenant = rooms.tenant.0;
    let form = format!("tenant={tenant}&tenant_id={tenant}&client_id={tenant}");
    let (body, kind) = match path.starts_with("/api/") {
        true => (rooms.body(row.path), "application/json"),
        false => (form, "application/x-www-form-urlencoded"),
    };
    for asked in [path.clone(), format!("{path}?tenant_id={tenant}&client_id={tenant}")] {
        let tried = Try { row, caller, path: asked };
        let answer = make(rooms, &tried, &body, kind).await;
        judge(rooms, &tried, &answer);
    }
}

fn judge(rooms: &Rooms, tried: &Try<'_>, answer: &Answer) {
    let Try { row, caller, path } = tried;
    let what = format!("{caller:?}: {} {path}: {}\n{}", row.method, answer.status, answer.text);
    assert!(!answer.status.is_server_error(), "{what}");
    let told = format!("{:?} {}", answer.headers, answer.text);
    for secret in rooms.secrets() {
        assert!(!told.contains(&secret), "{secret} is told to {what}");
    }
    if is_public(row.path) {
        return;
    }
    let login = answer.headers.get("location").is_some_and(|place| place == "/login");
    let stranger = answer.status == StatusCode::UNAUTHORIZED || login;
    let is_page = !row.path.starts_with("/api/") && row.path != "/metrics";
    let hook = row.path.starts_with("/api/vapi/");
    if row.path.starts_with("/api/webhooks/") {
        // For those who sign with its secret.
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{what}");
        return;
    }
    // A channel is named by its kind: everybody has their own.
    let own_channel = row.path.contains("/{channel}") || row.path.contains("/{canal}");
    match caller {
        Caller::Nobody => assert!(stranger, "{what}"),
        // Pages are for people, hooks and figures for those who have their secret.
        Caller::Program if is_page => assert!(stranger, "{what}"),
        _ if hook || row.path == "/metrics" => assert!(stranger, "{what}"),
        // Not for secretaries, whatever they name.
        Caller::Secretary if answer.status == StatusCode::FORBIDDEN => {}
        // Pages of our staff are nobody else's, whatever they name.
        _ if row.path.starts_with("/admin") => {
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{what}");
        }
        _ if (row.path.contains('{') && !own_channel) || row.path == "/app/cabinet" => {
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{what}");
        }
        _ if path.contains("tenant_id") && !is_page => {
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{what}");
        }
        _ if row.path.contains("/admin") => {
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{what}");
        }
        _ => {}
    }
}

async fn no_route_tells_or_changes_what_is_another_tenants(bench: Bench) {
    let rooms = rooms(bench).await;
    let before = rooms.everything().await;
    assert!(before.len() >= 8 && before.iter().any(|row| row.contains(rooms::NAME)), "{before:?}");
    let mut rows = rooms.house.rows.clone();
    rows.sort_by_key(|row| ends_sessions(row.path));
    for row in &rows {
        for caller in [Caller::Nobody, Caller::Program, Caller::Owner, Caller::Secretary] {
            all_forms(&rooms, row, caller).await;
        }
    }
    assert_eq!(rooms.everything().await, before);
    // The same objects exist for those whose they are; what removes them comes last.
    rows.sort_by_key(removes);
    for row in rows.iter().filter(|row| row.path.contains('{')) {
        if is_public(row.path) || row.path.starts_with("/admin") {
            continue;
        }
        let tried = Try { row, caller: Caller::Victim, path: rooms.path(row.path) };
        let kind = "application/x-www-form-urlencoded";
        let answer = make(&rooms, &tried, "", kind).await;
        assert_ne!(answer.status, StatusCode::NOT_FOUND, "{} {}", row.method, tried.path);
    }
}

async fn a_page_that_is_open_hears_of_its_own_tenant_only(bench: Bench) {
    use desk::live::Change;
    let rooms = rooms(bench).await;
    let cookie = rooms.sign_in(rooms::OTHER_OWNER).await;
    let asked = Request::get("/app/live").header("cookie", &cookie).header("host", "127.0.0.1");
    let mut stream =
        rooms.house.begin(asked.body(Body::empty()).unwrap()).await.into_body().into_data_stream();
    rooms.house.office.live.publish(rooms.tenant, Change::Calls);
    rooms.house.office.live.publish(rooms.other, Change::Tickets);
    let first = stream.next().await.unwrap().unwrap();
    assert!(String::from_utf8_lossy(&first).contains("data: tickets"), "{first:?}");
}

on_both_backends!(
    no_route_tells_or_changes_what_is_another_tenants,
    a_page_that_is_open_hears_of_its_own_tenant_only,
);
