//! The page where an owner gives programs access.

use crate::house::House;
use desk::{tenants, tokens};
use domain::tenant::settings::Settings;
use http::StatusCode;

const PATH: &str = "/app/reglages/jetons";
const OWNER: &str = "camille@exemple.fr";
const SECRETARY: &str = "alix@exemple.fr";

async fn practice() -> House {
    let house = House::open().await;
    let file = format!(
        "name = \"Cabinet Martin\"\n[[member]]\nemail = \"{OWNER}\"\nrole = \"owner\"\n\
         [[member]]\nemail = \"{SECRETARY}\"\nrole = \"secretary\"\n"
    );
    tenants::apply(&house.office, &Settings::from_toml(&file).unwrap()).await.unwrap();
    house
}

async fn opens(house: &House, token: &str) -> bool {
    tokens::check(&house.office, token).await.unwrap().is_some()
}

#[tokio::test]
async fn a_token_is_made_shown_once_replaced_and_revoked() {
    let house = practice().await;
    let cookie = house.sign_in(OWNER).await;
    let form = "nom=Site+%3Cb%3E&acces_appointments=write&acces_calls=read&jours=90";
    let made = house.post(PATH, &cookie, form).await;
    assert_eq!(made.status, StatusCode::CREATED);
    let token = made.attribute("#jeton", "value").unwrap();
    let desk = tokens::check(&house.office, &token).await.unwrap().unwrap();
    assert!(format!("{:?}", desk.who()).contains("appointments:write\", \"calls:read"));
    let list = house.get(PATH, &cookie).await;
    assert!(!list.body.contains(token.rsplit('_').next().unwrap()));
    assert_eq!(list.texts(".sessions strong"), ["Site <b>"]);
    let shown = list.texts(".sessions li").join(" ");
    assert!(shown.contains("Rendez-vous : lire et modifier"), "{shown}");
    let replace = list.attribute(".sessions form.swap", "action").unwrap();
    let replaced = house.post(&replace, &cookie, "heures=24").await;
    let second = replaced.attribute("#jeton", "value").unwrap();
    assert!(opens(&house, &token).await && opens(&house, &second).await);
    assert_eq!(replaced.texts(".sessions .chip"), ["Remplacé"]);
    let again = house.post(&replace, &cookie, "heures=24").await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    let revoke = replace.replace("remplacer", "revoquer");
    let revoked = house.post(&revoke, &cookie, "").await;
    assert_eq!(revoked.status, StatusCode::SEE_OTHER);
    assert!(house.get(revoked.location(), &cookie).await.body.contains("n’ouvre plus rien"));
    assert!(!opens(&house, &token).await && opens(&house, &second).await);
    assert_eq!(house.post(&revoke, &cookie, "").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_refused_form_keeps_what_was_typed_and_says_why() {
    let house = practice().await;
    let cookie = house.sign_in(OWNER).await;
    let refused = house.post(PATH, &cookie, "nom=Site&jours=30").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.attribute("#nom", "value").unwrap(), "Site");
    assert_eq!(refused.attribute("#jours [selected]", "value").unwrap(), "30");
    assert_eq!(refused.texts("#jeton-erreur"), ["Choisissez au moins un accès."]);
    let unknown = "nom=Site&acces_admin=write&acces_calls=delete&acces_metrics=read";
    let refused = house.post(PATH, &cookie, unknown).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_page_is_for_owners() {
    let house = practice().await;
    let cookie = house.sign_in(SECRETARY).await;
    assert_eq!(house.get(PATH, &cookie).await.status, StatusCode::FORBIDDEN);
    let form = "nom=Site&acces_calls=read";
    assert_eq!(house.post(PATH, &cookie, form).await.status, StatusCode::FORBIDDEN);
    let settings = house.get("/app/reglages", &cookie).await;
    assert!(!settings.body.contains(PATH));
}
