//! The public pages' handlers.

use super::demo::{Demo, LONGEST, Line, Voice};
use super::{contact, home, legal};
use crate::problem;
use crate::table::{Table, get, post};
use crate::visitor::Visitor;
use crate::web::{Cookies, Web};
use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::demo::{self, Written};
use domain::id::CallId;
use http::header::{COOKIE, SET_COOKIE};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::Deserialize;
use store::StoreError;
use store::dashboard::calls::TurnRow;

const COOKIE_NAME: &str = "uwi_demo";
const TOO_MUCH: &str = "Vous écrivez beaucoup ! Réessayez dans un quart d’heure, ou appelez le numéro de démonstration.";
const TOO_LONG: &str = "Cette conversation est déjà longue : recommencez-en une.";
const TOO_WORDY: &str = "Une phrase plus courte, s’il vous plaît : 500 caractères au plus.";

/// The public pages.
pub fn routes() -> Table<Web> {
    Table::new()
        .route("/", get(show))
        .route("/essayer", post(write).get(|| async { Redirect::to("/#essayer") }))
        .route("/essayer/nouveau", post(again))
        .route("/contact/{tenant}", get(contact::show).post(contact::send))
        .route("/mentions-legales", get(notice))
        .route("/confidentialite", get(privacy))
}

#[derive(Deserialize)]
struct Sentence {
    #[serde(default)]
    text: String,
}

async fn notice(State(web): State<Web>) -> Response {
    legal::notice(&web.office.rules.test.number, web.config.contact.as_deref())
}

async fn privacy(State(web): State<Web>) -> Response {
    legal::privacy(&web.office.rules.test.number, web.config.contact.as_deref())
}

async fn show(State(web): State<Web>, headers: HeaderMap) -> Response {
    let said = match conversation(&headers) {
        Some(conversation) => demo::said(&web.office, &conversation).await,
        None => Ok(Vec::new()),
    };
    match said {
        Ok(said) => page(&web, shown(&said), StatusCode::OK).await,
        Err(error) => failed(error),
    }
}

async fn write(
    State(web): State<Web>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(form): Form<Sentence>,
) -> Response {
    let known = conversation(&headers);
    if form.text.len() > LONGEST {
        return refused(&web, known.as_ref(), form.text, TOO_WORDY).await;
    }
    let conversation = match known {
        Some(known) => known,
        None => demo::new_conversation(&web.office),
    };
    let network = visitor.network().to_string();
    match demo::write(&web.office, &conversation, form.text.clone(), &network).await {
        Ok(Written::Answered(_)) => {
            with_cookie(&web, Redirect::to("/#essayer").into_response(), Some(&conversation))
        }
        Ok(Written::TooMuch) => refused(&web, Some(&conversation), form.text, TOO_MUCH).await,
        Ok(Written::TooLong) => refused(&web, Some(&conversation), form.text, TOO_LONG).await,
        Err(error) => failed(error),
    }
}

async fn again(State(web): State<Web>) -> Response {
    with_cookie(&web, Redirect::to("/#essayer").into_response(), None)
}

/// The page again, with what was typed and why it was refused.
async fn refused(
    web: &Web,
    conversation: Option<&CallId>,
    typed: String,
    why: &'static str,
) -> Response {
    let said = match conversation {
        Some(conversation) => demo::said(&web.office, conversation).await.unwrap_or_default(),
        None => Vec::new(),
    };
    let demo = Demo { typed, refused: Some(why), ..shown(&said) };
    let status = match why {
        TOO_MUCH => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    page(web, demo, status).await
}

async fn page(web: &Web, demo: Demo, status: StatusCode) -> Response {
    let rules = &web.office.rules;
    let zone = match web.office.profile(rules.test.tenant).await {
        Ok(profile) => profile.zone.clone(),
        Err(error) => return failed(error),
    };
    let today = zone.to_datetime(web.office.world.clock.now()).date();
    let page = home::HomePage { number: rules.test.number.clone(), today, demo };
    let mut response = home::show(page);
    *response.status_mut() = status;
    response
}

fn shown(said: &[TurnRow]) -> Demo {
    let lines = said.iter().flat_map(|turn| {
        let them = Line { voice: Voice::Them, text: turn.heard.clone() };
        let us = Line { voice: Voice::Us, text: turn.said.clone() };
        [them, us].into_iter().filter(|line| !line.text.is_empty())
    });
    Demo { lines: lines.collect(), over: demo::is_over(said), ..Demo::default() }
}

/// The conversation that the visitor's cookie names: only ours begin so.
fn conversation(headers: &HeaderMap) -> Option<CallId> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs =
        cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.split_once('='));
    let (_, value) = pairs.find(|(name, _)| name.trim() == COOKIE_NAME)?;
    let secret = value.trim().strip_prefix("web-")?;
    let ours = secret.len() == 32 && secret.bytes().all(|b| b.is_ascii_hexdigit());
    ours.then(|| CallId::parse(value)).flatten()
}

fn with_cookie(web: &Web, mut response: Response, conversation: Option<&CallId>) -> Response {
    let secure = match web.config.cookies {
        Cookies::Secure => "; Secure",
        Cookies::Plain => "",
    };
    let (value, age) = conversation.map_or(("", 0), |conversation| (conversation.as_str(), 7_200));
    let cookie =
        format!("{COOKIE_NAME}={value}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{secure}");
    if let Ok(cookie) = HeaderValue::try_from(cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

fn failed(error: StoreError) -> Response {
    tracing::error!(%error, "a public page cannot be shown");
    problem::unavailable()
}
