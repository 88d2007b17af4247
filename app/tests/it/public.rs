//! The homepage and its written demonstration.

use crate::house::House;
use http::StatusCode;

#[tokio::test]
async fn the_homepage_rings_the_demonstration_number() {
    let house = House::open().await;
    let page = house.get("/", "").await;
    assert_eq!(page.status, StatusCode::OK);
    let words = page.texts("a.primary[href='tel:+33939240575']");
    assert_eq!(words, ["📞 Écouter la démo vocale : 09 39 24 05 75"]);
    assert!(page.body.contains("Numéro de démonstration (public)."));
    assert_eq!(page.texts("h1").len(), 1);
}

#[tokio::test]
async fn public_pages_are_whole_light_and_without_inline_script() {
    let house = House::open().await;
    for path in ["/", "/login", "/mentions-legales", "/confidentialite"] {
        let page = house.get(path, "").await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(page.body.starts_with("<!DOCTYPE html>") && page.body.ends_with("</html>"));
        assert!(page.body.len() < 70_000, "{path}");
        assert_eq!(page.texts("script:not([src])").len(), 0, "{path}");
        assert_eq!(page.texts("[style], style").len(), 0, "{path}");
        let policy = page.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"));
        for marker in ["__RESOLVED", "leptos", "wasm"] {
            assert!(!page.body.contains(marker), "{path} {marker}");
        }
    }
}

#[tokio::test]
async fn what_pages_load_exists_and_is_kept_for_ever() {
    let house = House::open().await;
    let page = house.get("/", "").await;
    let style = page.attribute("link[rel=stylesheet]", "href").unwrap();
    let script = page.attribute("script[src]", "src").unwrap();
    let icons = page.attribute("use", "href").unwrap();
    for path in [style, script, icons.split('#').next().unwrap().to_owned()] {
        let file = house.get(&path, "").await;
        assert_eq!(file.status, StatusCode::OK, "{path}");
        assert!(file.headers["cache-control"].to_str().unwrap().contains("immutable"));
    }
    assert_eq!(house.get("/robots.txt", "").await.status, StatusCode::OK);
}

#[tokio::test]
async fn every_icon_that_is_used_is_drawn() {
    let house = House::open().await;
    let page = house.get("/", "").await;
    let icons = page.attribute("use", "href").unwrap();
    let drawn = house.get(icons.split('#').next().unwrap(), "").await.body;
    for piece in page.body.split("icons-").skip(1) {
        let name = piece.split('#').nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        assert!(drawn.contains(&format!("id=\"{name}\"")), "{name}");
    }
}

#[tokio::test]
async fn somebody_writes_to_the_demonstration_without_script() {
    let house = House::open().await;
    let sent = house.post("/essayer", "", "text=Je+voudrais+un+rendez-vous").await;
    assert_eq!((sent.status, sent.location()), (StatusCode::SEE_OTHER, "/#essayer"));
    let cookie = sent.cookie();
    let said = house.get("/", &cookie).await.texts("#essayer .speech li");
    assert_eq!(said.len(), 3);
    assert!(said[1].contains("Je voudrais un rendez-vous"));
    assert_eq!(house.get("/", "").await.texts("#essayer .speech li").len(), 1);
    let again = house.post("/essayer/nouveau", &cookie, "").await;
    assert_eq!(again.cookie(), "uwi_demo=");
}

#[tokio::test]
async fn a_refused_sentence_is_kept_and_explained() {
    let house = House::open().await;
    let long = "a".repeat(600);
    let refused = house.post("/essayer", "", &format!("text={long}")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.attribute("#essai", "value").unwrap(), long);
    assert_eq!(refused.texts("#essai-erreur").len(), 1);
    for odd in ["web-zz", "call-1", "web-<script>", ""] {
        let page = house.get("/", &format!("uwi_demo={odd}")).await;
        assert_eq!(page.status, StatusCode::OK, "{odd}");
    }
}

#[tokio::test]
async fn too_many_sentences_from_one_network_wait() {
    let house = House::open().await;
    let mut last = house.post("/essayer", "", "text=bonjour").await;
    for _ in 0..60 {
        last = house.post("/essayer", "", "text=bonjour").await;
    }
    assert_eq!(last.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn an_address_that_does_not_exist_is_answered_in_kind() {
    let house = House::open().await;
    let page = house.get("/nulle-part", "").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert_eq!(page.texts("h1"), ["Page introuvable"]);
    let api = house.get("/api/nulle-part", "").await;
    assert_eq!(api.status, StatusCode::NOT_FOUND);
    assert!(api.body.contains("\"NOT_FOUND\""));
}

const FORM: &str = r#"
id = 1
name = "Agence d'essai"
agents = ["qualification"]
[[question]]
id = "projet"
ask = "Souhaitez-vous acheter ou louer ?"
kind = "choice"
options = ["Acheter", "Louer"]
[form]
enabled = true
"#;

#[tokio::test]
async fn a_tenants_form_is_there_only_when_it_is_switched_on() {
    let house = House::open().await;
    for path in
        ["/contact/1", "/contact/2", "/contact/x", "/contact/-1", "/contact/99999999999999999999"]
    {
        assert_eq!(house.get(path, "").await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let settings = domain::tenant::settings::Settings::from_toml(FORM).unwrap();
    desk::tenants::apply(&house.office, &settings).await.unwrap();
    let page = house.get("/contact/1", "").await;
    assert_eq!(page.status, StatusCode::OK);
    let words = page.attribute("input[name=mots]", "value").unwrap();
    let refused = house.post("/contact/1", "", "nom=%3Cb%3ECamille&telephone=0639981234").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.texts("#accord-erreur").len(), 1);
    assert_eq!(refused.attribute("#nom", "value").unwrap(), "<b>Camille");
    let agreed = format!("accord=oui&mots={}", words.replace(' ', "+").replace('’', "%E2%80%99"));
    let odd = format!("telephone=12&{agreed}");
    assert_eq!(house.post("/contact/1", "", &odd).await.texts("#telephone-erreur").len(), 1);
    let robot = format!("telephone=0639981234&site=spam&{agreed}");
    assert_eq!(house.post("/contact/1", "", &robot).await.status, StatusCode::OK);
    let sent = format!("nom=Camille&telephone=0639981234&q-projet=Louer&{agreed}");
    let thanks = house.post("/contact/1", "", &sent).await;
    assert_eq!((thanks.status, thanks.texts("h1")), (StatusCode::OK, vec!["Merci".to_owned()]));
    let cookie = house.sign_in("staff@localhost").await;
    let list = house.get("/app/prospects", &cookie).await;
    assert_eq!(list.texts("#prospects a.row"), ["Camille"], "the robot left nothing");
}
