//! Signing in and out.

pub mod pages;

use crate::session::key;
use crate::table::{Table, get, post};
use crate::visitor::Visitor;
use crate::web::Web;
use crate::{problem, sign::pages::LoginPage};
use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::sign_in::password::{self, Tried};
use desk::sign_in::{self, Asked, Email, Entered};
use http::HeaderMap;
use http::header::USER_AGENT;
use serde::Deserialize;
use store::StoreError;
use tower_sessions::Session;

const NOT_AN_ADDRESS: &str = "Cette adresse n’a pas la forme nom@domaine.fr.";

/// The routes of signing in and out.
pub fn routes() -> Table<Web> {
    Table::new()
        .route("/login", get(form).post(ask))
        .route("/login/mot-de-passe", post(by_password))
        .route("/login/{token}", get(confirm).post(enter))
        .route("/deconnexion", post(leave))
}

#[derive(Deserialize)]
struct Asking {
    #[serde(default)]
    email: String,
}

#[derive(Deserialize)]
struct Proving {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
}

async fn form() -> Response {
    pages::login(LoginPage::default())
}

async fn ask(State(web): State<Web>, visitor: Visitor, Form(form): Form<Asking>) -> Response {
    let Some(email) = Email::parse(&form.email) else {
        let page =
            LoginPage { email: form.email, refused: Some(NOT_AN_ADDRESS), ..LoginPage::default() };
        return pages::login(page);
    };
    let network = visitor.network().to_string();
    match sign_in::request_link(&web.office, &email, &network).await {
        Ok(Asked::Taken | Asked::EnoughForAddress) => pages::sent(email.as_str()),
        Ok(Asked::EnoughForNetwork) => pages::too_many(),
        Err(error) => failed(error),
    }
}

async fn by_password(
    State(web): State<Web>,
    visitor: Visitor,
    session: Session,
    headers: HeaderMap,
    Form(form): Form<Proving>,
) -> Response {
    let refuse = |email: String, why| {
        pages::login(LoginPage { email, password_refused: Some(why), ..LoginPage::default() })
    };
    let Some(email) = Email::parse(&form.email) else {
        return refuse(form.email, NOT_AN_ADDRESS);
    };
    let network = visitor.network().to_string();
    match password::password_login(&web.office, &email, form.password, &network).await {
        Ok(Tried::In(entered)) => welcome(&session, entered, visitor, &headers).await,
        Ok(Tried::Wrong) => refuse(
            form.email,
            "Adresse ou mot de passe inexact. Vous pouvez aussi recevoir un lien, ci-dessus.",
        ),
        Ok(Tried::TooMany) => pages::too_many(),
        Err(error) => failed(error),
    }
}

async fn confirm(State(web): State<Web>, Path(token): Path<String>) -> Response {
    match sign_in::link_works(&web.office, &token).await {
        Ok(true) => pages::confirm(format!("/login/{token}")),
        Ok(false) => pages::expired(),
        Err(error) => failed(error),
    }
}

async fn enter(
    State(web): State<Web>,
    Path(token): Path<String>,
    visitor: Visitor,
    session: Session,
    headers: HeaderMap,
) -> Response {
    match sign_in::consume_link(&web.office, &token).await {
        Ok(Some(entered)) => welcome(&session, entered, visitor, &headers).await,
        Ok(None) => pages::expired(),
        Err(error) => failed(error),
    }
}

/// A new session, whatever the browser had before.
async fn welcome(
    session: &Session,
    entered: Entered,
    visitor: Visitor,
    headers: &HeaderMap,
) -> Response {
    let agent = headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    let fill = async {
        session.flush().await?;
        session.insert(key::EMAIL, entered.email.as_str()).await?;
        session.insert(key::TENANT, entered.tenant.0).await?;
        session.insert(key::AGENT, browser(agent)).await?;
        session.insert(key::NETWORK, visitor.shortened()).await
    };
    match fill.await {
        Ok(()) => Redirect::to("/app").into_response(),
        Err(error) => failed(StoreError::Unavailable(error.to_string())),
    }
}

async fn leave(session: Session) -> Response {
    match session.flush().await {
        Ok(()) => Redirect::to("/").into_response(),
        Err(error) => failed(StoreError::Unavailable(error.to_string())),
    }
}

fn failed(error: StoreError) -> Response {
    tracing::error!(%error, "signing in failed");
    problem::unavailable()
}

/// A browser in three words, for the list of sessions.
fn browser(agent: &str) -> String {
    let named = |names: &[(&'static str, &'static str)], unknown: &'static str| {
        names.iter().find(|(mark, _)| agent.contains(mark)).map_or(unknown, |(_, name)| *name)
    };
    let browsers =
        [("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];
    let systems = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    ];
    format!("{} sur {}", named(&browsers, "Navigateur"), named(&systems, "appareil inconnu"))
}

#[cfg(test)]
mod tests {
    use super::browser;

    #[test]
    fn a_browser_is_named_in_a_few_words() {
        let agent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36";
        assert_eq!(browser(agent), "Chrome sur Linux");
        assert_eq!(browser(""), "Navigateur sur appareil inconnu");
    }
}
