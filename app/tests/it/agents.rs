//! What the qualification and the support agents leave, on the pages.

use crate::house::House;
use desk::tenants;
use domain::id::TenantId;
use domain::tenant::settings::Settings;
use http::StatusCode;

const STAFF: &str = "staff@localhost";

const AGENTS: &str = r#"
name = "Agence d'essai"
agents = ["qualification", "support"]
[[question]]
id = "projet"
ask = "Souhaitez-vous acheter ou louer ?"
kind = "choice"
options = [{ label = "Acheter", points = 50 }, "Louer"]
[[question]]
ask = "Quel est votre budget ?"
kind = "amount"
ranges = [{ from = 200000, points = 50 }]
"#;

/// The test tenant as an estate agency, with a prospect and a ticket.
async fn agency() -> House {
    let house = House::open().await;
    let mut settings = Settings::from_toml(AGENTS).unwrap();
    settings.id = Some(TenantId(1).0);
    tenants::apply(&house.office, &settings).await.unwrap();
    let project = ["je veux acheter <b>une maison</b>", "je ne sais pas", "Camille Lefèvre", "oui"];
    house.call("call-1", &project).await;
    house.call("call-2", &["ma chaudière est en panne", "Hugo Perrin", "oui"]).await;
    house
}

#[tokio::test]
async fn a_prospect_is_listed_and_shown_with_every_answer() {
    let house = agency().await;
    let cookie = house.sign_in(STAFF).await;
    let list = house.get("/app/prospects", &cookie).await;
    assert_eq!(list.texts("#prospects a.row"), ["Camille Lefèvre"]);
    assert_eq!(list.texts("#prospects .chip"), ["À relancer"]);
    assert_eq!(list.texts("nav [aria-current=page]"), ["Prospects"]);
    let href = list.attribute("#prospects a.row", "href").unwrap();
    let one = house.get(&href, &cookie).await;
    let facts = one.texts("main dl dt").into_iter().zip(one.texts("main dl dd"));
    let facts: Vec<(String, String)> = facts.collect();
    let fact = |name: &str| facts.iter().find(|(term, _)| term == name).unwrap().1.clone();
    assert_eq!(fact("Téléphone"), "06 39 98 12 34");
    assert_eq!(fact("Score"), "50 / 100");
    assert_eq!(fact("Souhaitez-vous acheter ou louer ?"), "Acheter");
    assert_eq!(fact("Quel est votre budget ?"), "Sans réponse");
}

#[tokio::test]
async fn the_list_is_filtered_by_status() {
    let house = agency().await;
    let cookie = house.sign_in(STAFF).await;
    let some = house.get("/app/prospects?statut=follow_up", &cookie).await;
    assert_eq!(some.texts("#prospects a.row").len(), 1);
    let none = house.get("/app/prospects?statut=qualified", &cookie).await;
    assert!(none.texts("#prospects a.row").is_empty());
    for odd in ["statut=%00", "statut=hot", "avant=x", "avant=9_%27"] {
        let page = house.get(&format!("/app/prospects?{odd}"), &cookie).await;
        assert_eq!(page.status, StatusCode::OK, "{odd}");
    }
}

#[tokio::test]
async fn an_unknown_prospect_is_not_there() {
    let house = agency().await;
    let cookie = house.sign_in(STAFF).await;
    for id in ["x", "00000000-0000-7000-8000-000000000001"] {
        let answer = house.get(&format!("/app/prospects/{id}"), &cookie).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(house.get("/app/prospects", "").await.location(), "/login");
}

#[tokio::test]
async fn a_call_shows_what_it_made() {
    let house = agency().await;
    let cookie = house.sign_in(STAFF).await;
    let made = |outcome: &'static str| {
        let (house, cookie) = (&house, &cookie);
        async move {
            let list = house.get(&format!("/app/appels?resultat={outcome}"), cookie).await;
            let href = list.attribute("#appels a.row", "href").unwrap();
            house.get(&href, cookie).await.texts(".results li").remove(0)
        }
    };
    assert!(made("prospect_created").await.starts_with("Camille Lefèvre"));
    let ticket = made("ticket_created").await;
    assert!(ticket.contains("Ticket T4821, Technique, à traiter"), "{ticket}");
    assert!(ticket.ends_with("Prioritaire"), "{ticket}");
}

#[tokio::test]
async fn a_ticket_waits_with_its_reference_and_priority() {
    let house = agency().await;
    let cookie = house.sign_in(STAFF).await;
    let page = house.get("/app/messages", &cookie).await;
    assert_eq!(page.texts("#messages .kind"), ["Hugo PerrinTechniqueréf. T4821Prioritaire"]);
}

#[tokio::test]
async fn who_asks_no_questions_has_no_prospects_in_the_menu() {
    let house = House::open().await;
    let cookie = house.sign_in(STAFF).await;
    let page = house.get("/app", &cookie).await;
    assert!(!page.texts("nav a").iter().any(|word| word == "Prospects"));
}

#[tokio::test]
async fn a_ticket_is_opened_by_hand_edited_and_followed() {
    let house = agency().await;
    let cookie = house.sign_in(STAFF).await;
    let refused = house.post("/app/messages/nouveau", &cookie, "sujet=&nom=Alix").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.attribute("#nom", "value").unwrap(), "Alix");
    assert_eq!(refused.attribute("#sujet", "aria-invalid").unwrap(), "true");
    let form = "sujet=Un+devis&priorite=high&categorie=question&nom=Alix+Martin";
    let made = house.post("/app/messages/nouveau", &cookie, form).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let path = made.location().split('?').next().unwrap().to_owned();
    let page = house.get(&path, &cookie).await;
    assert_eq!(page.texts("h1"), ["Un devis"]);
    assert_eq!(page.texts(".chips .chip"), ["À traiter", "Prioritaire"]);
    let comment = house.post(&format!("{path}/commentaires"), &cookie, "texte=%3Cb%3EVu").await;
    assert_eq!(comment.status, StatusCode::SEE_OTHER);
    let empty = house.post(&format!("{path}/commentaires"), &cookie, "texte=+").await;
    assert_eq!(empty.texts("#texte-erreur").len(), 1);
    house.post(&format!("{path}/statut"), &cookie, "statut=resolved").await;
    let stale = house.post(&path, &cookie, "version=1&sujet=Autre&categorie=question").await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(stale.texts(".notice")[0].contains("entre-temps"));
    let told = house.get(&path, &cookie).await.texts(".trail > li");
    assert_eq!(told.len(), 3);
    assert!(told[1].contains("<b>Vu") && told[2].contains("le statut"), "{told:?}");
    let list = house.get("/app/messages?statut=resolved", &cookie).await;
    assert_eq!(list.texts("#messages a.row"), ["Alix Martin"]);
    assert!(house.get("/app/messages?statut=late", &cookie).await.texts("a.row").is_empty());
}

#[tokio::test]
async fn a_prospect_is_edited_and_called_back() {
    let house = agency().await;
    let cookie = house.sign_in(STAFF).await;
    let list = house.get("/app/prospects", &cookie).await;
    let path = list.attribute("#prospects a.row", "href").unwrap();
    let edit = house.get(&format!("{path}/modifier"), &cookie).await;
    assert_eq!(edit.attribute("#nom", "value").unwrap(), "Camille Lefèvre");
    let odd = house.post(&path, &cookie, "version=1&rappel=demain&nom=Camille").await;
    assert_eq!(odd.attribute("#rappel", "aria-invalid").unwrap(), "true");
    let form = "version=1&statut=qualified&rappel=2026-11-23&notes=Rappeler&nom=Camille";
    assert_eq!(house.post(&path, &cookie, form).await.status, StatusCode::SEE_OTHER);
    let today = house.get("/app/prospects?rappel=aujourdhui", &cookie).await;
    assert_eq!(today.texts("#prospects a.row"), ["Camille"]);
    assert_eq!(house.get("/app/prospects", &cookie).await.texts(".notice a").len(), 1);
    let done = house.post(&format!("{path}/rappele"), &cookie, "").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let today = house.get("/app/prospects?rappel=aujourdhui", &cookie).await;
    assert!(today.texts("#prospects a.row").is_empty());
}
