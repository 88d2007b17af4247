//! Assistants and numbers on their pages, with simulated providers.

use crate::house::{Answer, House};
use desk::providers::{Account, Providers, Telephony};
use desk::{tenants, tokens};
use domain::tenant::settings::Settings;
use http::StatusCode;
use std::sync::Arc;
use vendors::simulator::{Misbehaviour, Review, Setup, Trouble, World};
use vendors::twilio::client::Twilio;
use vendors::vapi::api::Api;

const AGENTS: &str = "/app/reglages/agents";
const NUMBERS: &str = "/app/reglages/numeros";
const OWNER: &str = "camille@exemple.fr";
const SECRETARY: &str = "alix@exemple.fr";

/// A practice whose providers are simulated.
struct Exchange {
    house: House,
    world: World,
    cookie: String,
}

impl Exchange {
    async fn open(review: Review) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let now = || "2026-11-23T09:00:00Z".parse().unwrap();
        let setup = Setup { review, ..Setup::demo(Arc::new(now)) };
        let world = World::new(setup, reqwest::Client::new());
        let (base, _serving) = world.listen(([127, 0, 0, 1], 0).into()).await.unwrap();
        let credentials = world.setup().twilio.clone();
        let client = reqwest::Client::new();
        let providers = Providers {
            twilio: Some(Telephony {
                client: Twilio::new(client.clone(), Some(&base), credentials.clone()),
                credentials,
            }),
            vapi: Some(Api::new(client, Some(&base), world.setup().vapi_key.clone())),
            elevenlabs: None,
            secret: None,
            home: "https://uwi.example".to_owned(),
            account: Account::Simulated,
        };
        let house = House::with(providers).await;
        let file = format!(
            "name = \"Cabinet Martin\"\n[[member]]\nemail = \"{OWNER}\"\nrole = \"owner\"\n\
             [[member]]\nemail = \"{SECRETARY}\"\nrole = \"secretary\"\n"
        );
        tenants::apply(&house.office, &Settings::from_toml(&file).unwrap()).await.unwrap();
        let cookie = house.sign_in(OWNER).await;
        Self { house, world, cookie }
    }

    async fn get(&self, path: &str) -> Answer {
        self.house.get(path, &self.cookie).await
    }

    async fn post(&self, path: &str, form: &str) -> Answer {
        self.house.post(path, &self.cookie, form).await
    }

    /// The form of a page with these fields and its own key.
    async fn keyed(&self, path: &str, fields: &str) -> String {
        let key = self.get(path).await.attribute("[name=cle]", "value").unwrap();
        format!("cle={key}&{fields}")
    }

    async fn create(&self, fields: &str) -> Answer {
        let form = self.keyed(&format!("{AGENTS}/nouveau"), fields).await;
        self.post(AGENTS, &form).await
    }

    /// The page of the assistant.
    async fn agent(&self) -> String {
        self.get(AGENTS).await.attribute("ul.lines-of a", "href").unwrap()
    }
}

const PARIS: &str = "nom=Accueil&genre=appointment&langue=fr&numero=oui&lieu=FR-01";

#[tokio::test]
async fn an_assistant_comes_with_its_number_and_its_token_once() {
    let exchange = Exchange::open(Review::Approve).await;
    let made = exchange.create(PARIS).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    let token = made.attribute("#jeton", "value").unwrap();
    assert!(tokens::check(&exchange.house.office, &token).await.unwrap().is_some());
    assert_eq!(made.texts(".numbers .chip"), ["En service"]);
    assert_eq!(exchange.world.books().owned, 1);
    let path = exchange.agent().await;
    let again = exchange.get(&path).await;
    assert_eq!(again.texts("h1"), ["Accueil"]);
    assert!(!again.body.contains(token.rsplit('_').next().unwrap()));
    let numbers = exchange.get(NUMBERS).await;
    assert!(numbers.texts(".numbers strong")[0].starts_with("01 "), "{}", numbers.body);
    assert!(numbers.texts(".numbers .soft")[0].contains("par mois, depuis aujourd’hui"));
    assert!(numbers.body.contains("rien n’est facturé"));
}

#[tokio::test]
async fn a_form_that_is_sent_twice_buys_once() {
    let exchange = Exchange::open(Review::Approve).await;
    let form = exchange.keyed(&format!("{AGENTS}/nouveau"), PARIS).await;
    let (first, second) = tokio::join!(exchange.post(AGENTS, &form), exchange.post(AGENTS, &form));
    assert_eq!((first.status, second.status), (StatusCode::CREATED, StatusCode::CREATED));
    let token = |answer: &Answer| answer.attribute("#jeton", "value").unwrap();
    assert_eq!(token(&first), token(&second));
    assert_eq!(exchange.world.books().purchases, 1);
    assert_eq!(exchange.get(AGENTS).await.texts("ul.lines-of li").len(), 1);
    let agent = exchange.agent().await.replace(&format!("{AGENTS}/"), "");
    let fields = format!("assistant={agent}&lieu=US&indicatif=212");
    let form = exchange.keyed(NUMBERS, &fields).await;
    for _ in 0..2 {
        let added = exchange.post(NUMBERS, &form).await;
        assert_eq!(added.location(), format!("{NUMBERS}?fait=numero"), "{}", added.body);
    }
    assert_eq!(exchange.world.books().purchases, 2);
    let other = exchange.post(NUMBERS, &form.replace("212", "415")).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(exchange.world.books().purchases, 2);
    let keyless = exchange.post(NUMBERS, &fields).await;
    assert_eq!(keyless.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_refusal_says_why_and_keeps_what_was_typed() {
    let exchange = Exchange::open(Review::Approve).await;
    let refused = exchange.create("nom=Accueil&langue=fr&numero=oui&lieu=US&indicatif=533").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    assert!(refused.texts("#agent-erreur")[0].contains("Aucun numéro n’est à vendre"));
    assert_eq!(refused.attribute("#nom", "value").unwrap(), "Accueil");
    assert_eq!(refused.attribute("#indicatif", "value").unwrap(), "533");
    exchange.world.misbehave(Misbehaviour::once("POST /assistant", Trouble::Unauthorised));
    let failed = exchange.create("nom=Accueil&langue=fr&numero=non").await;
    assert_eq!(failed.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(failed.texts("#agent-erreur")[0].contains("Rien n’a été acheté"));
    assert!(exchange.get(AGENTS).await.texts("ul.lines-of li").is_empty());
    assert_eq!(exchange.world.books().owned, 0);
}

#[tokio::test]
async fn documents_are_a_state_that_one_sees() {
    let exchange = Exchange::open(Review::ByHand).await;
    let made = exchange.create(PARIS).await;
    assert_eq!(made.status, StatusCode::CREATED);
    assert!(made.attribute("#jeton", "value").is_some());
    let numbers = exchange.get(NUMBERS).await;
    assert_eq!(numbers.texts(".numbers .chip"), ["Documents en cours d’examen"]);
    assert!(numbers.texts(".numbers strong")[0].contains("France, 01"), "{}", numbers.body);
}

#[tokio::test]
async fn a_number_is_released_after_a_question_and_taken_back() {
    let exchange = Exchange::open(Review::Approve).await;
    exchange.create(PARIS).await;
    let ask = exchange.get(NUMBERS).await.attribute(".numbers a.danger", "href").unwrap();
    let question = exchange.get(&ask).await;
    assert!(question.texts(".means li").len() >= 3);
    let released = exchange.post(&ask, "").await;
    assert_eq!(released.location(), format!("{NUMBERS}?fait=libere"));
    let grace = exchange.get(released.location()).await;
    assert_eq!(grace.texts(".numbers .chip"), ["Libéré, récupérable"]);
    assert!(grace.texts(".numbers p.small").join(" ").contains("demain à 10 h"), "{}", grace.body);
    let undo = grace.attribute(".numbers form", "action").unwrap();
    let back = exchange.post(&undo, "").await;
    assert_eq!(back.location(), format!("{NUMBERS}?fait=repris"));
    assert_eq!(exchange.get(NUMBERS).await.texts(".numbers .chip"), ["En service"]);
}

#[tokio::test]
async fn an_assistant_is_renamed_paused_resumed_and_deleted() {
    let exchange = Exchange::open(Review::Approve).await;
    exchange.create(PARIS).await;
    let path = exchange.agent().await;
    let renamed = exchange.post(&path, "nom=Standard&genre=support&langue=fr").await;
    assert_eq!(renamed.location(), format!("{path}?fait=change"));
    assert_eq!(exchange.get(&path).await.texts("h1"), ["Standard"]);
    let nameless = exchange.post(&path, "nom=+&genre=support&langue=fr").await;
    assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
    for (deed, state) in [("pause", "En pause"), ("reprise", "En service")] {
        let done = exchange.post(&format!("{path}/{deed}"), "").await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        assert_eq!(exchange.get(&path).await.texts(".page-head .chip"), [state]);
    }
    let question = exchange.get(&format!("{path}/suppression")).await;
    assert!(question.texts(".means li")[0].starts_with("Le 01 "), "{}", question.body);
    let gone = exchange.post(&format!("{path}/suppression"), "").await;
    assert_eq!(gone.location(), format!("{AGENTS}?fait=supprime"));
    assert_eq!(exchange.get(&path).await.status, StatusCode::NOT_FOUND);
    let numbers = exchange.get(NUMBERS).await;
    assert_eq!(numbers.texts(".numbers .chip"), ["Libéré, récupérable"]);
}

#[tokio::test]
async fn what_was_changed_at_the_provider_is_told_and_set_right() {
    let exchange = Exchange::open(Review::Approve).await;
    exchange.create(PARIS).await;
    let path = exchange.agent().await;
    assert!(exchange.get(&path).await.texts(".drift").is_empty());
    let agent = path.rsplit('/').next().unwrap().to_owned();
    let row = store::drifts::DriftRow {
        subject: agent.clone(),
        agent_id: agent,
        phone_number: None,
        found: r#"[{"path":"/firstMessage","wanted":"Bonjour","found":"Allô"}]"#.to_owned(),
        checked_at: 1_000,
    };
    let db = &exchange.house.office.db;
    let mut tx = db.begin(domain::id::TenantId(2)).await.unwrap();
    store::drifts::put(&mut tx, &row).await.unwrap();
    tx.commit().await.unwrap();
    let told = exchange.get(&path).await;
    assert!(told.texts(".drift li")[0].contains("chez le fournisseur : les premiers mots."));
    let action = told.attribute(".drift form", "action").unwrap();
    let secretary = exchange.house.sign_in(SECRETARY).await;
    let refused = exchange.house.post(&action, &secretary, "").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let repaired = exchange.post(&action, "").await;
    assert_eq!(repaired.location(), format!("{path}?fait=retabli"), "{}", repaired.body);
    assert!(exchange.get(&path).await.texts(".drift").is_empty());
}

#[tokio::test]
async fn others_than_owners_see_and_change_nothing() {
    let exchange = Exchange::open(Review::Approve).await;
    exchange.create(PARIS).await;
    let cookie = exchange.house.sign_in(SECRETARY).await;
    let path = exchange.agent().await;
    for page in [AGENTS, NUMBERS, &path] {
        let seen = exchange.house.get(page, &cookie).await;
        assert_eq!(seen.status, StatusCode::OK);
        assert!(seen.body.contains("réservé aux responsables"), "{page}");
        assert!(seen.texts("main form").is_empty(), "{page}");
    }
    let number = exchange.get(NUMBERS).await.attribute(".numbers a.danger", "href").unwrap();
    let deeds = [
        AGENTS.to_owned(),
        path.clone(),
        format!("{path}/pause"),
        format!("{path}/suppression"),
        NUMBERS.to_owned(),
        number.clone(),
        number.replace("liberation", "reprise"),
    ];
    for deed in deeds {
        let refused = exchange.house.post(&deed, &cookie, "nom=x&langue=fr").await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{deed}");
    }
    assert_eq!(exchange.world.books().owned, 1);
}
