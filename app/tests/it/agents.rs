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
