use crate::house::{House, request};
use axum::http::StatusCode;
use desk::sign_in::{self, Email};
use serde_json::json;
use store::on_both_backends;
use store::testing::Bench;

/// Signs our staff in by a link; gives the cookie.
async fn cookie(house: &House) -> String {
    let staff = Email::parse("staff@localhost").unwrap();
    let path = sign_in::login_link(&house.office, &staff, None).await.unwrap().unwrap();
    assert_eq!(house.get(&path, &[]).await.status, StatusCode::OK);
    let entered = house.post(&path, "", &[]).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER);
    assert_eq!(entered.headers["location"], "/app");
    let cookie = entered.headers["set-cookie"].to_str().unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

async fn whoever_is_signed_in_may_use_the_api_from_our_pages(bench: Bench) {
    let house = House::open(bench).await;
    let cookie = cookie(&house).await;
    let signed = [("cookie", cookie.as_str())];
    assert_eq!(house.get("/api/v1/snapshot", &signed).await.json()["tenant_id"], 1);
    assert_eq!(
        house.get("/api/v1/snapshot?tenant_id=2", &signed).await.status,
        StatusCode::NOT_FOUND
    );
    let body = json!({ "channel": "vocal", "key": "+33939240575", "tenant_id": 1 }).to_string();
    for (extra, status) in [
        (("sec-fetch-site", "same-origin"), StatusCode::OK),
        (("origin", "http://127.0.0.1:3000"), StatusCode::OK),
        (("sec-fetch-site", "cross-site"), StatusCode::FORBIDDEN),
        (("sec-fetch-site", "same-site"), StatusCode::FORBIDDEN),
        (("origin", "http://evil.example"), StatusCode::FORBIDDEN),
        (("origin", "null"), StatusCode::FORBIDDEN),
    ] {
        let headers = [("cookie", cookie.as_str()), extra];
        let sent = request("POST", "/api/admin/routing", &headers, body.clone());
        assert_eq!(house.send(sent).await.status, status, "{extra:?}");
    }
}

async fn an_invented_cookie_opens_nothing(bench: Bench) {
    let house = House::open(bench).await;
    for cookie in ["uwi_session=AAAAAAAAAAAAAAAAAAAAAA", "uwi_session=x", "x"] {
        let answer = house.get("/api/v1/calls", &[("cookie", cookie)]).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{cookie}");
    }
}

on_both_backends!(
    whoever_is_signed_in_may_use_the_api_from_our_pages,
    an_invented_cookie_opens_nothing,
);
