//! Signing in, and what each person sees.

use crate::house::House;
use axum::body::Body;
use desk::tenants;
use domain::tenant::settings::Settings;
use http::{Request, StatusCode};

const STAFF: &str = "staff@localhost";
const MEMBER: &str = "camille@exemple.fr";

async fn with_second_tenant() -> House {
    let house = House::open().await;
    let file =
        format!("name = \"Cabinet Martin\"\n[[member]]\nemail = \"{MEMBER}\"\nrole = \"owner\"\n");
    tenants::apply(&house.office, &Settings::from_toml(&file).unwrap()).await.unwrap();
    house
}

#[tokio::test]
async fn opening_a_link_uses_nothing_up_and_its_button_does() {
    let house = House::open().await;
    let link = house.link(STAFF).await;
    for _ in 0..3 {
        let page = house.get(&link, "").await;
        assert_eq!(page.attribute("main form[method=post]", "action").unwrap(), link);
    }
    let entered = house.post(&link, "", "").await;
    assert_eq!((entered.status, entered.location()), (StatusCode::SEE_OTHER, "/app"));
    let set = entered.headers["set-cookie"].to_str().unwrap();
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax") && set.contains("Path=/"));
    assert_eq!(house.get("/app", &entered.cookie()).await.status, StatusCode::OK);
    assert_eq!(house.post(&link, "", "").await.status, StatusCode::GONE);
    assert_eq!(house.get(&link, "").await.status, StatusCode::GONE);
}

#[tokio::test]
async fn a_known_and_an_unknown_address_get_the_same_page() {
    let house = House::open().await;
    let known = house.post("/login", "", "email=staff%40localhost").await;
    let unknown = house.post("/login", "", "email=personne%40localhost").await;
    assert_eq!(known.status, unknown.status);
    assert_eq!(known.body.replace("staff@", "personne@"), unknown.body);
    let refused = house.post("/login", "", "email=pas+une+adresse").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.attribute("#email", "value").unwrap(), "pas une adresse");
    assert_eq!(refused.attribute("#email", "aria-invalid").unwrap(), "true");
}

#[tokio::test]
async fn nobody_sees_the_dashboard_without_signing_in() {
    let house = House::open().await;
    for path in ["/app", "/app/appels", "/app/live", "/app/reglages/sessions", "/admin"] {
        for cookie in ["", "uwi_session=AAAAAAAAAAAAAAAAAAAAAA", "uwi_session=é"] {
            let answer = house.get(path, cookie).await;
            assert_eq!(answer.location(), "/login", "{path}");
        }
    }
}

#[tokio::test]
async fn today_shows_the_call_its_booking_and_the_figures() {
    let house = House::open().await;
    house.books().await;
    let cookie = house.sign_in(STAFF).await;
    let page = house.get("/app", &cookie).await;
    assert_eq!(page.texts(".figure .value"), ["1", "1", "0", "0"]);
    assert_eq!(page.texts("#appels a.row"), ["Camille Lefèvre"]);
    assert_eq!(page.texts("#appels .chip"), ["Rendez-vous"]);
    assert_eq!(page.texts("#suite .hour"), ["9 h 00"]);
    assert!(page.texts(".calm")[0].starts_with("Rien ne vous attend"));
    assert!(page.body.len() < 70_000);
}

#[tokio::test]
async fn a_call_tells_what_was_heard_understood_decided_and_said() {
    let house = House::open().await;
    house.books().await;
    let cookie = house.sign_in(STAFF).await;
    let list = house.get("/app/appels?resultat=booking_confirmed", &cookie).await;
    let path = list.attribute("a.row", "href").unwrap();
    let page = house.get(&path, &cookie).await;
    let heard = page.texts(".voice.them > p:not(.label)");
    assert_eq!(heard[0], "je voudrais un rendez-vous");
    assert!(page.texts(".why dd").iter().any(|text| text.contains("prendre rendez-vous")));
    assert!(page.texts(".event").iter().any(|text| text.contains("inscrit")));
    assert!(page.texts(".results a")[0].contains("mardi 24 novembre à 9 h"));
    let shown = page.texts("main").join(" ");
    assert!(shown.contains("+33XXXXXX34") && !shown.contains("06 39 98 12 34"));
    let visit = page.attribute(".results a", "href").unwrap();
    assert_eq!(house.get(&visit, &cookie).await.texts("h1"), ["Camille Lefèvre"]);
    let agenda = house.get("/app/agenda?jour=2026-11-24", &cookie).await;
    assert_eq!(agenda.texts(".agenda .visit strong"), ["Camille Lefèvre"]);
    assert_eq!(agenda.attribute(".agenda .visit", "class").unwrap(), "visit at-0 for-6 of-1 col-1");
}

#[tokio::test]
async fn another_tenants_call_does_not_exist() {
    let house = with_second_tenant().await;
    house.books().await;
    let staff = house.sign_in(STAFF).await;
    let member = house.sign_in(MEMBER).await;
    let path = house.get("/app", &staff).await.attribute("a.row", "href").unwrap();
    assert_eq!(house.get(&path, &staff).await.status, StatusCode::OK);
    assert_eq!(house.get(&path, &member).await.status, StatusCode::NOT_FOUND);
    let today = house.get("/app", &member).await;
    assert!(today.texts("#appels a.row").is_empty());
    assert_eq!(house.post("/app/cabinet", &member, "tenant=1").await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.get("/admin", &member).await.status, StatusCode::FORBIDDEN);
    let forbidden = house.post("/admin/routes", &member, "number=0199000001&tenant=2").await;
    assert_eq!(forbidden.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_request_waits_until_it_is_dealt_with() {
    let house = House::open().await;
    let texts = ["je voudrais qu'on me rappelle pour mes analyses", "Hugo Bernard", "oui", "merci"];
    house.call("call-2", &texts).await;
    let cookie = house.sign_in(STAFF).await;
    let page = house.get("/app/messages", &cookie).await;
    let waiting = page.texts("#messages .tickets:not(.done) > li").len();
    assert!(waiting >= 1);
    let action = page.attribute("#messages .tickets form", "action").unwrap();
    let done = house.post(&action, &cookie, "retour=/app/messages").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let after = house.get(done.location(), &cookie).await;
    assert_eq!(after.texts("#messages .tickets.done > li").len(), 1);
    assert_eq!(house.post(&action, &cookie, "").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_session_is_ended_from_another_browser() {
    let house = House::open().await;
    let (one, two) = (house.sign_in(STAFF).await, house.sign_in(STAFF).await);
    let list = house.get("/app/reglages/sessions", &one).await;
    assert_eq!(list.texts(".sessions li").len(), 2);
    let action = list.attribute(".sessions form", "action").unwrap();
    assert_eq!(house.post(&action, &one, "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.get("/app", &two).await.location(), "/login");
    assert_eq!(house.get("/app", &one).await.status, StatusCode::OK);
    house.post("/deconnexion", &one, "").await;
    assert_eq!(house.get("/app", &one).await.location(), "/login");
}

#[tokio::test]
async fn a_form_of_another_site_is_refused() {
    let house = House::open().await;
    let cookie = house.sign_in(STAFF).await;
    let request = Request::post("/deconnexion")
        .header("cookie", &cookie)
        .header("host", "uwi.example")
        .header("origin", "https://evil.example")
        .header("sec-fetch-site", "cross-site")
        .body(Body::empty());
    assert_eq!(house.send(request.unwrap()).await.status, StatusCode::FORBIDDEN);
    assert_eq!(house.get("/app", &cookie).await.status, StatusCode::OK);
}

#[tokio::test]
async fn every_page_of_the_dashboard_opens_empty_and_full() {
    let house = House::open().await;
    let cookie = house.sign_in(STAFF).await;
    let paths = [
        "/app",
        "/app?periode=30d",
        "/app?periode=x",
        "/app/appels",
        "/app/evenements",
        "/app/appels?q=%25%27&du=2026-13-99&au=x&avant=9_%C3%A9&numero=x&resultat=x",
        "/app/appels?du=-009999-01-01&au=9999-12-31",
        "/app/agenda",
        "/app/agenda?jour=9999-12-31",
        "/app/messages",
        "/app/reglages",
        "/app/reglages/cabinet",
        "/app/reglages/horaires",
        "/app/reglages/services",
        "/app/reglages/questions",
        "/app/reglages/transfert",
        "/app/reglages/membres",
        "/app/reglages/jetons",
        "/app/reglages/sessions",
        "/app/reglages/mot-de-passe",
        "/admin",
    ];
    for _ in 0..2 {
        for path in paths {
            let page = house.get(path, &cookie).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert_eq!(page.texts("h1").len(), 1, "{path}");
            assert_eq!(page.texts("[style], style, script:not([src])").len(), 0, "{path}");
        }
        house.books().await;
    }
    assert_eq!(house.get("/app/appels/x", &cookie).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.get("/app/rendez-vous/x", &cookie).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn staff_adds_a_route_but_never_moves_the_test_number() {
    let house = with_second_tenant().await;
    let cookie = house.sign_in(STAFF).await;
    let added = house.post("/admin/routes", &cookie, "number=01+99+00+00+01&tenant=2").await;
    assert_eq!(added.status, StatusCode::SEE_OTHER);
    let page = house.get("/admin", &cookie).await;
    assert!(page.texts("td").contains(&"01 99 00 00 01".to_owned()));
    for form in ["number=0939240575&tenant=2", "number=x&tenant=2", "number=0199000002&tenant=99"] {
        let refused = house.post("/admin/routes", &cookie, form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        assert_eq!(refused.texts("#route-erreur").len(), 1);
    }
}

#[tokio::test]
async fn a_new_password_is_checked_and_then_opens() {
    let house = House::open().await;
    let cookie = house.sign_in(STAFF).await;
    let short =
        house.post("/app/reglages/mot-de-passe", &cookie, "password=court&again=court").await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    let set = "password=une+phrase+longue&again=une+phrase+longue";
    let saved = house.post("/app/reglages/mot-de-passe", &cookie, set).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    let wrong = "email=staff%40localhost&password=autre+chose";
    assert_eq!(
        house.post("/login/mot-de-passe", "", wrong).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let right = "email=staff%40localhost&password=une+phrase+longue";
    assert_eq!(house.post("/login/mot-de-passe", "", right).await.location(), "/app");
}
