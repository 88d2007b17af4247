//! Settings that the practice edits itself: each subject shows its present
//! value first and opens a form below it. The same forms are the steps of the
//! guided opening of a client ([`crate::admin::opening`]).
//!
//! A subject reads the stored settings into fields ([`Subject`]), fields
//! into settings, and shows both ([`form`]); [`attempt`] writes.

pub(crate) mod draft;
mod hours;
mod practice;
mod questions;
mod services;
mod subject;
mod transfer;
mod week;
pub(super) mod welcome;
mod words;

pub(crate) use draft::{Draft, Typed};
pub(crate) use subject::Subject;

use super::subject as page_of;
use crate::board::frame::{Frame, Section};
use crate::board::{Answer, JustDone, failed};
use crate::parts::{Icon, Notice, Tone};
use crate::problem;
use crate::session::Member;
use crate::table::{Methods, Table, get};
use crate::typo::french;
use crate::web::Web;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::Desk;
use desk::settings::EditError;
use domain::tenant::settings::Settings;
use leptos::prelude::*;

/// The routes of these subjects.
pub(crate) fn routes() -> Table<Web> {
    Table::new()
        .route("/app/reglages/cabinet", on(Subject::Practice))
        .route("/app/reglages/horaires", on(Subject::Hours))
        .route("/app/reglages/services", on(Subject::Services))
        .route("/app/reglages/questions", on(Subject::Questions))
        .route("/app/reglages/transfert", on(Subject::Transfer))
        .route("/app/reglages/accueil", on(Subject::Welcome))
}

fn on(subject: Subject) -> Methods<Web> {
    get(async move |member: Member, Query(asked): Query<JustDone>| {
        let saved = asked.fait == "enregistre";
        page(&member, subject, None, saved.then_some(SAVED), StatusCode::OK).await
    })
    .post(async move |State(web): State<Web>, member: Member, Form(typed): Form<Typed>| {
        save(&web, &member, subject, typed).await
    })
}

const SAVED: &str = "C’est enregistré : l’appel suivant en tient compte.";

/// What became of a form.
pub(crate) enum Outcome {
    /// It is written.
    Saved,
    /// It is not: the form with what is wrong, and the answer's status.
    Refused(Draft, StatusCode),
}

/// Writes what was typed, if it can be.
pub(crate) async fn attempt(
    desk: &Desk,
    subject: Subject,
    mut typed: Typed,
) -> Result<Outcome, Response> {
    if !desk.may_edit() {
        return Err(problem::forbidden());
    }
    subject.tidy(&mut typed);
    let mut settings = desk.settings().await.map_err(failed)?;
    let problems = subject.read(&typed, &mut settings);
    let unreadable = StatusCode::UNPROCESSABLE_ENTITY;
    if !problems.is_empty() {
        return Ok(Outcome::Refused(Draft { typed, problems }, unreadable));
    }
    let seen = draft::some(&typed, "etat").unwrap_or_default();
    let written = desk.edit(subject.part(), &seen, |settings| {
        subject.read(&typed, settings);
    });
    let (name, why, status) = match written.await {
        Ok(()) => return Ok(Outcome::Saved),
        Err(EditError::Forbidden) => return Err(problem::forbidden()),
        Err(EditError::Store(error)) => return Err(failed(error)),
        Err(EditError::Changed) => {
            let why = "Quelqu’un a changé ces réglages pendant que vous écriviez : ils sont affichés au-dessus. Rien n’a été remplacé. Comparez, puis enregistrez si votre version est la bonne.";
            (String::new(), why.to_owned(), StatusCode::CONFLICT)
        }
        Err(EditError::Settings(error)) => {
            let name = subject.field(&error.path);
            let why = words::french(&name, &error.problem);
            (name, why, unreadable)
        }
    };
    let problems = Typed::from([(name, why)]);
    Ok(Outcome::Refused(Draft { typed, problems }, status))
}

/// The form of a subject.
pub(crate) fn form(
    subject: Subject,
    settings: &Settings,
    draft: &Draft,
    (action, send): (String, &'static str),
) -> AnyView {
    let state = subject.part().state(settings);
    let said = draft.problems.get("").cloned();
    let some = (!draft.problems.is_empty() && said.is_none()).then(|| {
        let many = draft.problems.len() > 1;
        if many {
            "Rien n’est enregistré : des champs sont à revoir."
        } else {
            "Rien n’est enregistré : un champ est à revoir."
        }
        .to_owned()
    });
    let told = said.or(some).map(|text| {
        view! { <p class="notice bad" role="alert"><Icon name="alert"/><span>{french(&text)}</span></p> }
    });
    view! {
        <form class="form wide" method="post" action=action novalidate>
            {told}
            <input type="hidden" name="etat" value=state/>
            {subject.fields(draft)}
            <button class="button primary" type="submit">{send}</button>
        </form>
    }
    .into_any()
}

async fn save(web: &Web, member: &Member, subject: Subject, typed: Typed) -> Answer {
    match attempt(&member.desk, subject, typed).await? {
        Outcome::Saved => {
            if subject.is_told_to_voices() {
                tell_voices(web, member.desk.clone());
            }
            let path = format!("{}?fait=enregistre", subject.path());
            Ok(Redirect::to(&path).into_response())
        }
        Outcome::Refused(draft, status) => page(member, subject, Some(draft), None, status).await,
    }
}

/// Goes on behind the answer: a provider may take its time.
pub(crate) fn tell_voices(web: &Web, desk: Desk) {
    let providers = web.providers.clone();
    tokio::spawn(async move {
        if let Err(error) = desk.refresh_agents(&providers).await {
            tracing::warn!(%error, "assistants do not know the new settings yet");
        }
    });
}

async fn page(
    member: &Member,
    subject: Subject,
    draft: Option<Draft>,
    saved: Option<&'static str>,
    status: StatusCode,
) -> Answer {
    let (title, meaning) = subject.words();
    let frame = Frame::of(member, Section::Settings, title).await?;
    let desk = &member.desk;
    let settings = desk.settings().await.map_err(failed)?;
    let profile = desk.office().profile(desk.tenant()).await.map_err(failed)?;
    let saved = saved.map(|text| view! { <Notice tone=Tone::Good text=text.to_owned()/> });
    let open = draft.is_some();
    let editing = if desk.may_edit() {
        let draft = draft.unwrap_or_else(|| Draft {
            typed: subject.typed(&settings, &profile),
            problems: Typed::new(),
        });
        let form = form(subject, &settings, &draft, (subject.path().to_owned(), "Enregistrer"));
        view! { <details class="edit" id="modifier" open=open><summary class="button"><Icon name="pen"/>"Modifier"</summary>{form}</details> }.into_any()
    } else {
        view! { <p class="soft small aside"><Icon name="info"/>{french("Réservé aux responsables du cabinet : vous voyez tout, eux peuvent changer.")}</p> }.into_any()
    };
    let content = view! { {saved} {subject.shown(&settings, &profile)} {editing} };
    Ok(frame.show_as(status, page_of(title, meaning, content)))
}
