//! Settings that the practice edits itself: each subject shows its present
//! value first and opens a form below it. The same forms are the steps of the
//! guided opening of a client ([`crate::admin::opening`]).
//!
//! A subject reads the stored settings into fields ([`Subject::typed`]), fields
//! into settings ([`Subject::read`]) and shows both ([`Subject::shown`],
//! [`form`]); [`attempt`] writes.

mod closures;
pub(crate) mod draft;
mod hours;
mod practice;
mod questions;
mod services;
mod transfer;
mod week;
mod words;

pub(crate) use draft::{Draft, Typed};

use super::subject as page_of;
use crate::board::frame::{Frame, Section};
use crate::board::{Answer, failed};
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
use desk::settings::{EditError, Part};
use domain::tenant::Profile;
use domain::tenant::settings::Settings;
use jiff::civil::Date;
use leptos::prelude::*;
use serde::Deserialize;

/// What is edited on one page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
    Practice,
    Hours,
    Closures,
    Services,
    Questions,
    Transfer,
}

/// The routes of these subjects.
pub(crate) fn routes() -> Table<Web> {
    Table::new()
        .route("/app/reglages/cabinet", on(Subject::Practice))
        .route("/app/reglages/horaires", on(Subject::Hours))
        .route("/app/reglages/fermetures", on(Subject::Closures))
        .route("/app/reglages/services", on(Subject::Services))
        .route("/app/reglages/questions", on(Subject::Questions))
        .route("/app/reglages/transfert", on(Subject::Transfer))
}

fn on(subject: Subject) -> Methods<Web> {
    get(async move |member: Member, Query(asked): Query<Asked>| {
        let saved = asked.fait == "enregistre";
        page(&member, subject, None, saved.then_some(SAVED), StatusCode::OK).await
    })
    .post(async move |State(web): State<Web>, member: Member, Form(typed): Form<Typed>| {
        save(&web, &member, subject, typed).await
    })
}

const SAVED: &str = "C’est enregistré : l’appel suivant en tient compte.";

/// What the address says.
#[derive(Deserialize, Default)]
struct Asked {
    #[serde(default)]
    fait: String,
}

/// What became of a form.
pub(crate) enum Outcome {
    /// It is written.
    Saved,
    /// It is not: the form with what is wrong, and the answer's status.
    Refused(Draft, StatusCode),
}

impl Subject {
    /// The part of the settings that it changes.
    pub(crate) fn part(self) -> Part {
        match self {
            Self::Practice => Part::Practice,
            Self::Hours => Part::Hours,
            Self::Closures => Part::Closures,
            Self::Services => Part::Services,
            Self::Questions => Part::Questions,
            Self::Transfer => Part::Transfer,
        }
    }

    fn path(self) -> &'static str {
        match self {
            Self::Practice => "/app/reglages/cabinet",
            Self::Hours => "/app/reglages/horaires",
            Self::Closures => "/app/reglages/fermetures",
            Self::Services => "/app/reglages/services",
            Self::Questions => "/app/reglages/questions",
            Self::Transfer => "/app/reglages/transfert",
        }
    }

    /// Its title, and what callers notice of it.
    pub(crate) fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Practice => (
                "Cabinet",
                "Les appelants entendent ce nom au décroché, et l’adresse quand ils la demandent.",
            ),
            Self::Hours => (
                "Horaires",
                "Les appelants entendent ces heures, et ne se voient proposer que des horaires qui y tiennent.",
            ),
            Self::Closures => (
                "Fermetures",
                "Ces jours-là, l’assistant dit que vous êtes fermés, avec le motif s’il y en a un, et ne propose aucun horaire.",
            ),
            Self::Services => (
                "Rendez-vous proposés",
                "L’assistant propose ces rendez-vous, avec leur durée ; il ne donne un tarif que s’il est ici.",
            ),
            Self::Questions => (
                "Questions et réponses",
                "Les appelants qui posent ces questions entendent ces réponses, mot pour mot. Rien d’autre n’est inventé.",
            ),
            Self::Transfer => (
                "Transfert",
                "Qui demande une personne est passé à ces numéros, à ces heures. Si personne ne décroche, l’assistant reprend l’appel, propose de laisser un message, et un rappel vous attend dans tous les cas.",
            ),
        }
    }

    /// The fields that say what is stored.
    pub(crate) fn typed(self, settings: &Settings, profile: &Profile, today: Date) -> Typed {
        match self {
            Self::Practice => practice::typed(settings),
            Self::Hours => hours::typed(profile),
            Self::Closures => closures::typed(profile, today),
            Self::Services => services::typed(profile),
            Self::Questions => questions::typed(settings),
            Self::Transfer => transfer::typed(settings, profile),
        }
    }

    /// Writes the fields into the settings; says what cannot be read.
    fn read(self, typed: &Typed, settings: &mut Settings, today: Date) -> Typed {
        let mut problems = Typed::new();
        match self {
            Self::Practice => practice::read(typed, settings),
            Self::Hours => hours::read(typed, settings, &mut problems),
            Self::Closures => closures::read(typed, settings, today),
            Self::Services => services::read(typed, settings, &mut problems),
            Self::Questions => questions::read(typed, settings),
            Self::Transfer => transfer::read(typed, settings, &mut problems),
        }
        problems
    }

    /// The rows of the form, numbered without gaps.
    fn tidy(self, typed: &mut Typed) {
        match self {
            Self::Practice | Self::Hours => {}
            Self::Closures => draft::tidy(typed, "c", &["du", "au", "raison"]),
            Self::Services => {
                draft::tidy(typed, "s", &["nom", "minutes", "prix"]);
                draft::tidy(typed, "a", &["nom"]);
            }
            Self::Questions => draft::tidy(typed, "q", &["question", "reponse"]),
            Self::Transfer => draft::tidy(typed, "r", &["mots", "numero"]),
        }
    }

    /// The field that a path of the settings means: `service[1].name`, `s1_nom`.
    fn field(self, path: &str, settings: &Settings, today: Date) -> String {
        let (head, rest) = path.split_once('[').unwrap_or((path, ""));
        let (row, rest) = rest.split_once(']').unwrap_or((rest, ""));
        let row = row.parse::<usize>().unwrap_or_default();
        let leaf = rest.trim_start_matches('.').split(['[', '.']).next().unwrap_or_default();
        match self {
            Self::Practice => practice::field(head).to_owned(),
            Self::Hours => hours::field(head).to_owned(),
            Self::Closures => {
                format!(
                    "c{}_{}",
                    row.saturating_sub(closures::past(settings, today)),
                    closures::field(leaf)
                )
            }
            Self::Services => services::field(head, row, leaf),
            Self::Questions => questions::field(head, row, leaf),
            Self::Transfer => transfer::field(head, row, leaf),
        }
    }

    /// The present value.
    fn shown(self, settings: &Settings, profile: &Profile, today: Date) -> AnyView {
        match self {
            Self::Practice => practice::shown(profile),
            Self::Hours => hours::shown(profile),
            Self::Closures => closures::shown(profile, today),
            Self::Services => services::shown(profile),
            Self::Questions => questions::shown(settings),
            Self::Transfer => transfer::shown(profile),
        }
    }

    fn fields(self, draft: &Draft) -> AnyView {
        match self {
            Self::Practice => practice::fields(draft),
            Self::Hours => hours::fields(draft),
            Self::Closures => closures::fields(draft),
            Self::Services => services::fields(draft),
            Self::Questions => questions::fields(draft),
            Self::Transfer => transfer::fields(draft),
        }
    }

    /// True when the voice provider keeps a copy of what it says.
    fn is_told_to_voices(self) -> bool {
        matches!(self, Self::Practice | Self::Services | Self::Transfer)
    }
}

/// Writes what was typed, if it can be.
pub(crate) async fn attempt(
    desk: &Desk,
    subject: Subject,
    mut typed: Typed,
) -> Result<Outcome, Response> {
    if !desk.may_edit(subject.part()) {
        return Err(problem::forbidden());
    }
    subject.tidy(&mut typed);
    let mut settings = desk.settings().await.map_err(failed)?;
    let zone = desk.zone().await.map_err(failed)?;
    let today = desk.today(&zone);
    let problems = subject.read(&typed, &mut settings, today);
    let unreadable = StatusCode::UNPROCESSABLE_ENTITY;
    if !problems.is_empty() {
        return Ok(Outcome::Refused(Draft { typed, problems }, unreadable));
    }
    let seen = draft::some(&typed, "etat").unwrap_or_default();
    let written = desk.edit(subject.part(), &seen, |settings| {
        subject.read(&typed, settings, today);
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
            let name = subject.field(&error.path, &settings, today);
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
    let today = desk.today(&profile.zone);
    let saved = saved.map(|text| view! { <Notice tone=Tone::Good text=text.to_owned()/> });
    let open = draft.is_some();
    let editing = if desk.may_edit(subject.part()) {
        let draft = draft.unwrap_or_else(|| Draft {
            typed: subject.typed(&settings, &profile, today),
            problems: Typed::new(),
        });
        let form = form(subject, &settings, &draft, (subject.path().to_owned(), "Enregistrer"));
        view! { <details class="edit" id="modifier" open=open><summary class="button"><Icon name="pen"/>"Modifier"</summary>{form}</details> }.into_any()
    } else {
        view! { <p class="soft small aside"><Icon name="info"/>{french("Réservé aux responsables du cabinet : vous voyez tout, eux peuvent changer.")}</p> }.into_any()
    };
    let content = view! { {saved} {subject.shown(&settings, &profile, today)} {editing} };
    Ok(frame.show_as(status, page_of(title, meaning, content)))
}
