//! Appointments by the API: changed, shared, exported, closed out.

use crate::house::{Answer, House, request};
use axum::http::StatusCode;
use domain::id::TenantId;
use serde_json::{Value, json};
use store::on_both_backends;
use store::testing::Bench;

const APPOINTMENTS: &str = "/api/v1/appointments";

/// A practice of its own, with a token: nothing leaves the test tenant.
struct Practice {
    house: House,
    tenant: TenantId,
    token: String,
}

impl Practice {
    async fn open(bench: Bench) -> Self {
        let house = House::open(bench).await;
        let tenant = house.tenant("Cabinet Martin", "+33199001122").await;
        let token = house.token(tenant.0, "write").await;
        Self { house, tenant, token }
    }

    async fn send(&self, method: &str, path: &str, body: impl ToString) -> Answer {
        let auth = [("authorization", self.token.as_str())];
        self.house.send(request(method, path, &auth, body.to_string())).await
    }

    async fn book(&self, start: &str) -> Value {
        let wanted = json!({ "name": "Alix Martin", "phone": "06 39 98 12 35", "start": start });
        let made = self.send("POST", APPOINTMENTS, wanted).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
        made.json()
    }

    async fn texts(&self, sql: &'static str) -> Vec<String> {
        let mut reader = self.house.office.db.read(self.tenant).await.unwrap();
        let rows = store::fetch_all!(reader, sql => (String,)).unwrap();
        rows.into_iter().map(|(text,)| text).collect()
    }

    async fn patch(&self, id: &Value, body: Value) -> Answer {
        self.send("PATCH", &format!("{APPOINTMENTS}/{}", id.as_str().unwrap()), body).await
    }
}

fn path_of(url: &Value) -> String {
    url.as_str().unwrap().split_once("/calendrier").map(|(_, p)| format!("/calendrier{p}")).unwrap()
}

async fn an_appointment_is_moved_settled_and_taken_back(bench: Bench) {
    let practice = Practice::open(bench).await;
    let made = practice.book("2026-11-24T14:30").await;
    let id = &made["id"];
    let moved = practice.patch(id, json!({ "start": "2026-11-25T09:00", "version": 1 })).await;
    assert_eq!(moved.status, StatusCode::OK, "{}", moved.text);
    let moved = moved.json();
    assert_eq!((&moved["status"], &moved["date"]), (&json!("confirmed"), &json!("2026-11-25")));
    // The time it had is free again, the one it has is not.
    practice.book("2026-11-24T14:30").await;
    let other = practice.book("2026-11-24T16:00").await;
    let taken = practice.patch(&other["id"], json!({ "start": "2026-11-25T09:10" })).await;
    assert_eq!(taken.code(), "SLOT_TAKEN");
    let early = practice.patch(id, json!({ "status": "no_show" })).await;
    assert_eq!(early.code(), "NOT_BEGUN");
    practice.house.office.world.clock.set("2026-11-25T08:05:00Z".parse().unwrap());
    for status in ["no_show", "completed", "confirmed", "no_show", "confirmed"] {
        let settled = practice.patch(id, json!({ "status": status })).await;
        assert_eq!(settled.json()["status"], status, "{}", settled.text);
    }
    let story = practice.send("GET", &format!("{APPOINTMENTS}/{}", id.as_str().unwrap()), "").await;
    let history = story.json()["history"].as_array().unwrap().clone();
    let changes: Vec<_> = history.iter().map(|one| one["change"].as_str().unwrap()).collect();
    assert_eq!(changes, ["restored", "no_show", "restored", "completed", "no_show", "moved"]);
    assert_eq!(history[5]["details"]["from"]["time"], "14:30");
    assert_eq!(history[5]["author"], "web");
}

async fn what_somebody_else_changed_is_not_overwritten(bench: Bench) {
    let practice = Practice::open(bench).await;
    let made = practice.book("2026-11-24T14:30").await;
    let id = &made["id"];
    let noted = practice.patch(id, json!({ "internal_notes": "Rappeler.", "version": 1 })).await;
    assert_eq!((noted.json()["version"].as_i64(), noted.status), (Some(2), StatusCode::OK));
    let path = format!("{APPOINTMENTS}/{}", id.as_str().unwrap());
    for (method, path, body) in [
        ("PATCH", path.clone(), json!({ "start": "2026-11-25T09:00", "version": 1 })),
        ("PATCH", path.clone(), json!({ "status": "cancelled", "version": 1 })),
        ("DELETE", format!("{path}?version=1"), Value::Null),
    ] {
        let refused = practice.send(method, &path, &body).await;
        assert_eq!(refused.code(), "VERSION_CONFLICT", "{body}");
        assert_eq!(refused.status, StatusCode::CONFLICT);
    }
    let kept = practice.send("GET", &path, "").await.json();
    assert_eq!(
        (&kept["status"], &kept["internal_notes"]),
        (&json!("confirmed"), &json!("Rappeler."))
    );
    let cancelled = practice.send("DELETE", &format!("{path}?version=2"), "").await;
    assert_eq!(cancelled.json()["status"], "cancelled");
    assert_eq!(practice.send("DELETE", &path, "").await.status, StatusCode::NOT_FOUND);
    let raised = practice.patch(id, json!({ "status": "confirmed" })).await;
    assert_eq!(raised.code(), "STATUS_REFUSED");
    let moved = practice.patch(id, json!({ "start": "2026-11-25T09:00" })).await;
    assert_eq!(moved.code(), "STATUS_REFUSED");
}

async fn of_one_request_all_or_nothing_happens(bench: Bench) {
    let practice = Practice::open(bench).await;
    let made = practice.book("2026-11-24T14:30").await;
    let body = json!({ "start": "2026-11-25T09:00", "name": "Alix Bernard", "email": "x@" });
    let refused = practice.patch(&made["id"], body).await;
    assert_eq!(refused.code(), "BAD_EMAIL");
    practice.book("2026-11-25T09:00").await;
    let listed = practice.send("GET", APPOINTMENTS, "").await.json();
    let first = &listed["appointments"][0];
    assert_eq!((&first["time"], &first["name"]), (&json!("14:30"), &json!("Alix Martin")));
}

async fn texts_are_bounded_and_can_be_removed(bench: Bench) {
    let practice = Practice::open(bench).await;
    let start = "2026-11-24T14:30";
    for (field, longest) in [("name", 200), ("motive", 500), ("email", 254)] {
        let mut body = json!({ "name": "Alix Martin", "start": start });
        body[field] = json!("a".repeat(longest + 1));
        let refused = practice.send("POST", APPOINTMENTS, &body).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
    }
    let made = practice.book(start).await;
    let long = json!({ "notes": "a".repeat(4_001) });
    let refused = practice.patch(&made["id"], long).await;
    assert_eq!(refused.json()["error"]["field"], "notes");
    let body = json!({ "phone": null, "email": "alix@exemple.fr", "motive": "é".repeat(500) });
    let changed = practice.patch(&made["id"], body).await.json();
    assert_eq!((&changed["phone"], &changed["email"]), (&Value::Null, &json!("alix@exemple.fr")));
    let same = practice.patch(&made["id"], json!({ "name": "Alix Bernard" })).await.json();
    assert_eq!(
        (&same["email"], &same["name"]),
        (&json!("alix@exemple.fr"), &json!("Alix Bernard"))
    );
}

async fn a_calendar_is_read_by_its_secret_address_until_it_is_revoked(bench: Bench) {
    let practice = Practice::open(bench).await;
    let made = practice.book("2026-11-24T14:30").await;
    let listed = practice.send("GET", "/api/v1/calendars", "").await.json();
    let calendar = listed["calendars"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(listed["calendars"][0]["feed"], Value::Null);
    let path = format!("/api/v1/calendars/{calendar}/feed");
    let feed = practice.send("POST", &path, "{}").await;
    assert_eq!(feed.status, StatusCode::CREATED, "{}", feed.text);
    let address = path_of(&feed.json()["url"]);
    let read = practice.house.get(&address, &[]).await;
    assert_eq!(read.headers["content-type"], "text/calendar; charset=utf-8");
    let text = read.text.replace("\r\n ", "");
    for line in
        ["DTSTART:20261124T133000Z", "DTEND:20261124T140000Z", "STATUS:CONFIRMED", "SEQUENCE:0"]
    {
        assert!(text.contains(&format!("\r\n{line}\r\n")), "{line}: {text}");
    }
    assert!(text.contains(&format!("UID:{}@uwi", made["id"].as_str().unwrap())));
    assert!(text.contains("SUMMARY:Alix Martin\\, Rendez-vous"));
    let etag = read.headers["etag"].to_str().unwrap().to_owned();
    let again = practice.house.get(&address, &[("if-none-match", &etag)]).await;
    assert_eq!((again.status, again.text.as_str()), (StatusCode::NOT_MODIFIED, ""));
    practice.patch(&made["id"], json!({ "status": "cancelled" })).await;
    let changed = practice.house.get(&address, &[("if-none-match", &etag)]).await;
    assert!(changed.text.contains("STATUS:CANCELLED") && changed.text.contains("SEQUENCE:1"));
    let other = practice.send("POST", &path, r#"{"shows":"busy"}"#).await.json();
    assert_eq!(practice.house.get(&address, &[]).await.status, StatusCode::NOT_FOUND);
    let address = path_of(&other["url"]);
    let busy = practice.house.get(&address, &[]).await.text;
    assert!(busy.contains("SUMMARY:Occupé") && !busy.contains("Alix") && !busy.contains("639"));
    assert_eq!(practice.send("DELETE", &path, "").await.status, StatusCode::OK);
    assert_eq!(practice.house.get(&address, &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(practice.send("DELETE", &path, "").await.status, StatusCode::OK);
    let unknown = practice.send("POST", "/api/v1/calendars/personne/feed", "{}").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

async fn a_request_that_comes_again_books_once(bench: Bench) {
    let practice = Practice::open(bench).await;
    let body = |start: &str| {
        json!({ "name": "Alix Martin", "phone": "06 39 98 12 35", "start": start }).to_string()
    };
    let ask = async |key: &str, start: &str| {
        let headers = [("authorization", practice.token.as_str()), ("idempotency-key", key)];
        practice.house.send(request("POST", APPOINTMENTS, &headers, body(start))).await
    };
    let first = ask("k-1", "2026-11-24T14:30").await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.text);
    let again = ask("k-1", "2026-11-24T14:30").await;
    assert_eq!((again.status, again.json()), (StatusCode::CREATED, first.json()));
    // Whom it is for is kept with the appointment alone, and goes with it.
    assert!(first.text.contains("Alix"));
    let kept = practice.texts("SELECT answer FROM idempotency_keys").await;
    assert_eq!(kept, ["null"]);
    let other = ask("k-1", "2026-11-24T15:30").await;
    assert_eq!((other.status.as_u16(), other.code().as_str()), (422, "IDEMPOTENCY_KEY_REUSED"));
    let taken = ask("k-2", "2026-11-24T14:30").await;
    assert_eq!(taken.status, StatusCode::CONFLICT, "{}", taken.text);
    // A refusal that may pass is no answer to keep.
    practice.patch(&first.json()["id"], json!({ "status": "cancelled" })).await;
    assert_eq!(ask("k-2", "2026-11-24T14:30").await.status, StatusCode::CREATED);
}

async fn nothing_of_the_test_tenant_is_shared(bench: Bench) {
    let house = House::open(bench).await;
    let token = house.token(1, "calendars").await;
    let auth = [("authorization", token.as_str())];
    let refused = house.post("/api/v1/calendars/docteur-delmas/feed", "{}", &auth).await;
    assert_eq!((refused.status, refused.code().as_str()), (StatusCode::FORBIDDEN, "SANDBOX"));
}

async fn appointments_go_into_a_spreadsheet(bench: Bench) {
    let practice = Practice::open(bench).await;
    let body = json!({ "name": "=1+1;\"Alix\"", "phone": "06 39 98 12 35",
        "start": "2026-11-24T14:30" });
    practice.send("POST", APPOINTMENTS, body).await;
    let table = practice.send("GET", "/api/v1/appointments.csv?from=2026-11-24", "").await;
    assert_eq!(table.headers["content-type"], "text/csv; charset=utf-8");
    let lines: Vec<_> = table.text.split("\r\n").collect();
    assert!(lines[0].starts_with("date;heure;minutes;nom;"), "{}", table.text);
    let begins = "2026-11-24;14:30;30;\"'=1+1;\"\"Alix\"\"\";06 39 98 12 35;;Rendez-vous;";
    assert!(lines[1].starts_with(begins), "{}", lines[1]);
    let marked = practice.send("GET", "/api/v1/appointments.csv?bom=1", "").await;
    assert!(marked.text.starts_with('\u{feff}'));
}

async fn a_closure_names_the_appointments_to_be_moved(bench: Bench) {
    let practice = Practice::open(bench).await;
    let made = practice.book("2026-11-24T14:30").await;
    practice.book("2026-11-26T14:30").await;
    let body = json!({ "from": "2026-11-24", "to": "2026-11-25", "reason": "Grève" });
    let closed = practice.send("POST", "/api/v1/closures", &body).await;
    assert_eq!(closed.status, StatusCode::CREATED, "{}", closed.text);
    let closed = closed.json();
    assert_eq!(closed["appointments"].as_array().unwrap().len(), 1);
    assert_eq!(closed["appointments"][0]["id"], made["id"]);
    assert_eq!(practice.send("POST", "/api/v1/closures", &body).await.code(), "CLOSURE_EXISTS");
    let refused = json!({ "name": "Bo Martin", "start": "2026-11-25T09:00" });
    assert_eq!(practice.send("POST", APPOINTMENTS, &refused).await.code(), "NOT_BOOKABLE");
    practice.patch(&made["id"], json!({ "start": "2026-11-27T09:00" })).await;
    let listed = practice.send("GET", "/api/v1/closures", "").await.json();
    assert_eq!(listed["closures"][0]["appointments"], json!([]));
    let path = format!("/api/v1/closures/{}", closed["id"].as_str().unwrap());
    assert_eq!(practice.send("DELETE", &path, "").await.status, StatusCode::OK);
    assert_eq!(practice.send("DELETE", &path, "").await.status, StatusCode::NOT_FOUND);
    practice.book("2026-11-25T09:00").await;
    for bad in [
        json!({ "from": "demain" }),
        json!({ "from": "2026-11-25", "to": "2026-11-24" }),
        json!({ "from": "2020-01-01" }),
        json!({ "from": "2026-12-01", "to": "9999-12-31" }),
    ] {
        assert_eq!(
            practice.send("POST", "/api/v1/closures", &bad).await.code(),
            "BAD_DATE",
            "{bad}"
        );
    }
}

on_both_backends!(
    an_appointment_is_moved_settled_and_taken_back,
    what_somebody_else_changed_is_not_overwritten,
    of_one_request_all_or_nothing_happens,
    texts_are_bounded_and_can_be_removed,
    a_calendar_is_read_by_its_secret_address_until_it_is_revoked,
    a_request_that_comes_again_books_once,
    nothing_of_the_test_tenant_is_shared,
    appointments_go_into_a_spreadsheet,
    a_closure_names_the_appointments_to_be_moved,
);
