//! `/app/reglages/agents/{id}`: one assistant; changed, paused, deleted.

use super::agents::{kind, since};
use super::list::{self, May};
use super::{drift, parts, words};
use crate::board::frame::{Frame, Section};
use crate::board::{Answer, JustDone, failed};
use crate::parts::{Chip, Icon};
use crate::problem;
use crate::session::Member;
use crate::typo::french;
use crate::web::Web;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::agents::{AgentChange, Duty};
use desk::numbers::NumberError;
use leptos::prelude::*;
use serde::Deserialize;
use store::agents::AgentRow;
use store::numbers::NumberRow;

/// What the page says above the assistant.
#[derive(Default)]
pub(crate) struct Told {
    pub(crate) done: Option<&'static str>,
    pub(crate) waits: Option<String>,
    pub(crate) made: Option<String>,
    pub(crate) refused: Option<String>,
    pub(crate) typed: Option<Changed>,
}

/// What may be changed, as it was typed.
#[derive(Deserialize, Default, Clone)]
pub(crate) struct Changed {
    #[serde(default)]
    nom: String,
    #[serde(default)]
    genre: String,
    #[serde(default)]
    langue: String,
}

/// The page in place of what cannot be said beside a form.
pub(crate) fn instead(error: NumberError) -> Response {
    match error {
        NumberError::Forbidden => problem::forbidden(),
        NumberError::Store(error) => failed(error),
        _ => problem::missing(),
    }
}

pub(crate) async fn show(
    State(web): State<Web>,
    member: Member,
    Path(id): Path<String>,
    Query(asked): Query<JustDone>,
) -> Answer {
    let done = match asked.fait.as_str() {
        "change" => Some("C’est enregistré, ici et chez le fournisseur de voix."),
        "pause" => Some("L’assistant est en pause : il ne répond plus."),
        "reprise" => Some("L’assistant répond de nouveau."),
        "retabli" => Some("C’est rétabli chez le fournisseur."),
        _ => None,
    };
    page(&web, &member, &id, Told { done, ..Told::default() }, StatusCode::OK).await
}

pub(crate) async fn change(
    State(web): State<Web>,
    member: Member,
    Path(id): Path<String>,
    Form(typed): Form<Changed>,
) -> Answer {
    let change = AgentChange {
        name: Some(typed.nom.clone()),
        language: Some(typed.langue.clone()),
        kind: kind(&typed.genre),
    };
    let told = match member.desk.change_agent(&web.providers, &id, &change).await {
        Ok(_) => return Ok(back(&id, "change")),
        Err(error) => {
            let why = words::sentence(&error).ok_or_else(|| instead(error))?;
            Told { refused: Some(why), typed: Some(typed), ..Told::default() }
        }
    };
    page(&web, &member, &id, told, StatusCode::UNPROCESSABLE_ENTITY).await
}

pub(crate) async fn pause(
    State(web): State<Web>,
    member: Member,
    Path(id): Path<String>,
) -> Answer {
    duty(&web, &member, &id, Duty::Rests).await
}

pub(crate) async fn resume(
    State(web): State<Web>,
    member: Member,
    Path(id): Path<String>,
) -> Answer {
    duty(&web, &member, &id, Duty::Works).await
}

async fn duty(web: &Web, member: &Member, id: &str, duty: Duty) -> Answer {
    let done = if duty == Duty::Works { "reprise" } else { "pause" };
    match member.desk.set_duty(&web.providers, id, duty).await {
        Ok(_) => Ok(back(id, done)),
        Err(error) => {
            let why = words::sentence(&error).ok_or_else(|| instead(error))?;
            let told = Told { waits: Some(why), ..Told::default() };
            page(web, member, id, told, StatusCode::BAD_GATEWAY).await
        }
    }
}

pub(crate) fn back(id: &str, done: &str) -> Response {
    Redirect::to(&format!("/app/reglages/agents/{id}?fait={done}")).into_response()
}

pub(crate) async fn page(
    web: &Web,
    member: &Member,
    id: &str,
    told: Told,
    status: StatusCode,
) -> Answer {
    let desk = &member.desk;
    let row = desk.agent(id).await.map_err(instead)?;
    let frame = Frame::of(member, Section::Settings, row.agent_name.clone()).await?;
    let own = own(member, id).await?;
    let wishes = desk.wishes().await.map_err(failed)?;
    let waits = wishes.into_iter().filter(|wish| wish.agent_id == id).collect::<Vec<_>>();
    let zone = desk.zone().await.map_err(failed)?;
    let today = desk.today(&zone);
    let meaning = format!("Assistant du cabinet depuis {}.", since(&row, &zone, today));
    let lines = list::lines(own, waits, list::Shown::OfOne, (&zone, today));
    let may = desk.may_spend();
    let drifts = desk.drifts().await.map_err(failed)?;
    let add = may.then(|| {
        let href = format!("/app/reglages/numeros?assistant={id}#ajouter");
        view! { <a class="button" href=href><Icon name="number"/>"Ajouter un numéro"</a> }
    });
    let settings = if may {
        settings(&row, told.typed, told.refused).into_any()
    } else {
        facts(&row).into_any()
    };
    Ok(frame.show_as(status, view! {
        <p class="back"><a href="/app/reglages/agents"><Icon name="previous"/>"Assistants"</a></p>
        <header class="page-head"><h1>{row.agent_name.clone()}</h1><Chip look=words::agent(&row)/><p class="soft">{french(&meaning)}</p></header>
        {parts::told(told.done, told.waits).into_any()}
        {drift::told(&drifts, id, if may { May::Change } else { May::See })}
        {parts::shown_once(told.made).into_any()}
        <section class="panel"><header><h2>"Ses numéros"</h2>{add}</header>{lines}</section>
        <section class="panel"><header><h2>"Réglages"</h2></header>{settings}</section>
        {may.then(|| resting(&row)).into_any()}
        {(!may).then(parts::read_only)}
        {parts::simulated(web).into_any()}
    }))
}

async fn own(member: &Member, id: &str) -> Result<Vec<NumberRow>, Response> {
    let all = member.desk.numbers().await.map_err(failed)?;
    Ok(all.into_iter().filter(|number| number.agent_id == id).collect())
}

fn facts(row: &AgentRow) -> impl IntoView + use<> {
    view! {
        <dl class="facts wide">
            <div><dt>"Ce qu’il fait"</dt><dd>{words::choice(&words::KINDS, &row.agent_type).to_owned()}</dd></div>
            <div><dt>"Langue"</dt><dd>{words::choice(&words::LANGUAGES, &row.language).to_owned()}</dd></div>
        </dl>
    }
}

fn settings(
    row: &AgentRow,
    typed: Option<Changed>,
    refused: Option<String>,
) -> impl IntoView + use<> {
    let typed = typed.unwrap_or_else(|| Changed {
        nom: row.agent_name.clone(),
        genre: row.agent_type.clone(),
        langue: row.language.clone(),
    });
    let error = refused.map(|why| {
        view! { <p class="error" id="agent-erreur" role="alert"><Icon name="alert"/>{french(&why)}</p> }
    });
    view! {
        <form class="form" method="post" action=format!("/app/reglages/agents/{}", row.agent_id)>
            {error}
            <div class="field"><label for="nom">"Nom"</label><input id="nom" name="nom" required maxlength="80" autocomplete="off" value=typed.nom/></div>
            <div class="field"><label for="genre">"Ce qu’il fait"</label><select id="genre" name="genre">{parts::choices(&words::KINDS, &typed.genre)}</select></div>
            <div class="field"><label for="langue">"Langue"</label><select id="langue" name="langue">{parts::choices(&words::LANGUAGES, &typed.langue)}</select></div>
            <button class="button primary" type="submit">"Enregistrer"</button>
        </form>
    }
}

/// Pausing and deleting.
fn resting(row: &AgentRow) -> impl IntoView + use<> {
    let base = format!("/app/reglages/agents/{}", row.agent_id);
    let (path, word, means) = if row.status == "active" {
        (
            "pause",
            "Mettre en pause",
            "En pause, il ne répond plus ; ses numéros et ses réglages restent.",
        )
    } else {
        ("reprise", "Remettre en service", "Il répondra de nouveau à l’appel suivant.")
    };
    view! {
        <section class="panel">
            <header><h2>"Pause et suppression"</h2></header>
            <div class="deeds">
                <form method="post" action=format!("{base}/{path}")><button class="button" type="submit">{word}</button></form>
                <p class="soft small">{french(means)}</p>
            </div>
            <div class="deeds">
                <a class="button danger" href=format!("{base}/suppression")>"Supprimer…"</a>
                <p class="soft small">{french("Ce qui sera libéré est dit d’abord.")}</p>
            </div>
        </section>
    }
}

pub(crate) async fn ask(member: Member, Path(id): Path<String>) -> Answer {
    if !member.desk.may_spend() {
        return Err(problem::forbidden());
    }
    let row = member.desk.agent(&id).await.map_err(instead)?;
    let frame = Frame::of(&member, Section::Settings, "Supprimer un assistant").await?;
    let lost = own(&member, &id).await?;
    let lost = lost.iter().filter(|number| number.status != "inactive").map(|number| {
        format!(
            "Le {} ne répond plus tout de suite ; dans 24 heures il est rendu à l’opérateur, et peut ensuite être vendu à n’importe qui.",
            words::spelled(number)
        )
    });
    let mut means: Vec<String> = lost.collect();
    if means.is_empty() {
        means.push("Il n’a aucun numéro : rien n’est libéré.".to_owned());
    }
    means.push("Son jeton d’API ne vaut plus rien.".to_owned());
    means.push("Les appels passés, les rendez-vous et les messages restent.".to_owned());
    let asked = parts::Question {
        back: format!("/app/reglages/agents/{id}"),
        title: format!("Supprimer « {} » ?", row.agent_name),
        means,
        action: format!("/app/reglages/agents/{id}/suppression"),
        yes: "Supprimer l’assistant",
    };
    Ok(frame.show(parts::question(asked)))
}

pub(crate) async fn delete(
    State(web): State<Web>,
    member: Member,
    Path(id): Path<String>,
) -> Answer {
    match member.desk.delete_agent(&web.providers, &id).await {
        Ok(_) => Ok(Redirect::to("/app/reglages/agents?fait=supprime").into_response()),
        Err(error) => Err(instead(error)),
    }
}
