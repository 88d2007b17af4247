//! `/r/{token}`: what somebody may do who was sent a message that cannot be
//! answered. Looking changes nothing: programs open links too.

use crate::page::{Head, Script, render};
use crate::parts::Icon;
use crate::problem;
use crate::table::{Table, get};
use crate::typo::{self, french};
use crate::web::Web;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use desk::sending::links::{self, Acted, Action, Page, Subject};
use jiff::Timestamp;
use leptos::prelude::*;
use serde::Deserialize;

/// The page and what its buttons post.
pub fn routes() -> Table<Web> {
    Table::new().route("/r/{token}", get(show).post(act))
}

async fn show(State(web): State<Web>, Path(token): Path<String>) -> Response {
    match links::open(&web.office, &token).await {
        Ok(Some(page)) => choices(&token, &page),
        Ok(None) => over(),
        Err(error) => failed(&error),
    }
}

#[derive(Deserialize)]
struct Chosen {
    #[serde(default)]
    action: String,
}

async fn act(
    State(web): State<Web>,
    Path(token): Path<String>,
    Form(form): Form<Chosen>,
) -> Response {
    let Some(action) = Action::parse(&form.action) else {
        return show(State(web), Path(token)).await;
    };
    match links::act(&web.office, &token, action).await {
        Ok(Some(Acted::Done)) => done(action),
        Ok(Some(Acted::TooLate)) => too_late(),
        Ok(None) => over(),
        Err(error) => failed(&error),
    }
}

fn failed(error: &store::StoreError) -> Response {
    tracing::error!(%error, "a link cannot be followed");
    problem::unavailable()
}

/// When the appointment is, and what can be done.
fn choices(token: &str, page: &Page) -> Response {
    let subject = match &page.subject {
        Subject::Appointment(appointment) => {
            let at = Timestamp::from_millisecond(appointment.starts_at).unwrap_or_default();
            let when = typo::day_and_clock(typo::local(at, &page.profile.zone));
            let buttons = [
                ("confirmer", "Je viendrai", "button primary"),
                ("deplacer", "Demander un autre horaire", "button"),
                ("annuler", "Annuler le rendez-vous", "button danger"),
            ];
            let buttons =
                buttons.map(|(value, words, class)| button(token, value, words, class).into_any());
            view! {
                <p>{french("Votre rendez-vous : ")}<strong>{when}</strong>"."</p>
                <div class="ways">{buttons.into_iter().collect_view()}</div>
            }
            .into_any()
        }
        Subject::Over => view! {
            <p>{french("Ce rendez-vous est passé, ou il a été annulé ou déplacé.")}</p>
        }
        .into_any(),
        Subject::Other => ().into_any(),
    };
    let stop = button(token, "stop", "Ne plus recevoir de messages", "button plain");
    let content = view! {
        <h1>{page.profile.name.clone()}</h1>
        {subject}
        <hr/>
        <p class="soft small">{french("Vous pouvez aussi ne plus recevoir aucun message de ce cabinet, rappels compris.")}</p>
        {stop}
    };
    page_of(StatusCode::OK, "Votre message", content)
}

fn button(
    token: &str,
    value: &'static str,
    words: &'static str,
    class: &'static str,
) -> impl IntoView + use<> {
    let path = format!("/r/{token}");
    view! {
        <form method="post" action=path>
            <button class=class type="submit" name="action" value=value>{french(words)}</button>
        </form>
    }
}

fn done(action: Action) -> Response {
    let (title, text) = match action {
        Action::Confirm => ("Merci", "C’est noté : nous vous attendons."),
        Action::Move => (
            "C’est transmis",
            "Le cabinet vous rappelle pour convenir d’un autre horaire. D’ici là, votre rendez-vous reste prévu.",
        ),
        Action::Cancel => {
            ("Rendez-vous annulé", "C’est fait. Pour en prendre un autre, appelez le cabinet.")
        }
        Action::Stop => ("C’est noté", "Vous ne recevrez plus de messages de ce cabinet."),
    };
    said(StatusCode::OK, title, text)
}

fn too_late() -> Response {
    said(
        StatusCode::CONFLICT,
        "Trop tard",
        "Ce rendez-vous est passé, ou il a été annulé ou déplacé. Appelez le cabinet si besoin.",
    )
}

/// A token that opens nothing, or nothing any more.
fn over() -> Response {
    said(
        StatusCode::GONE,
        "Ce lien ne fonctionne plus",
        "Il a expiré, ou l’adresse est incomplète. Appelez le cabinet si besoin.",
    )
}

fn said(status: StatusCode, title: &'static str, text: &'static str) -> Response {
    page_of(status, title, view! { <h1>{title}</h1><p>{french(text)}</p> })
}

fn page_of(status: StatusCode, title: &str, content: impl IntoView + 'static) -> Response {
    let head = Head { title: title.to_owned(), description: None, script: Script::No, class: "" };
    let body = view! {
        <div class="door">
            <a class="brand" href="/"><span class="mark"><Icon name="assistant"/></span>"UWi"</a>
            <main id="contenu">{content}</main>
        </div>
    };
    render(status, head, body)
}
