//! `/app/reglages/numeros`: every number with its state, its price and its
//! assistant; one more, one less.

use super::agent::instead;
use super::list::{May, Shown, lines};
use super::once::{Begin, Sent, fresh, to_the_end};
use super::{parts, place, words};
use crate::board::frame::{Frame, Section};
use crate::board::settings::subject;
use crate::board::{Answer, failed};
use crate::problem;
use crate::session::Member;
use crate::typo::{self, french};
use crate::web::Web;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::Desk;
use desk::numbers::provision::More;
use desk::numbers::release::When;
use desk::numbers::{NumberError, Pending};
use desk::providers::Providers;
use leptos::prelude::*;
use serde::Deserialize;
use std::sync::Arc;
use store::StoreError;
use store::agents::AgentRow;
use store::numbers::NumberRow;

const PATH: &str = "/app/reglages/numeros";

/// What the address says.
#[derive(Deserialize, Default)]
pub(crate) struct Asked {
    #[serde(default)]
    fait: String,
    #[serde(default)]
    assistant: String,
}

/// The form as it was filled in.
#[derive(Deserialize, Default, Clone)]
pub(crate) struct Typed {
    #[serde(default)]
    cle: String,
    #[serde(default)]
    assistant: String,
    #[serde(default)]
    lieu: String,
    #[serde(default)]
    indicatif: String,
}

pub(crate) async fn list(
    State(web): State<Web>,
    member: Member,
    Query(asked): Query<Asked>,
) -> Answer {
    let done = match asked.fait.as_str() {
        "numero" => Some("Le numéro est en service : appelez-le."),
        "libere" => Some("Le numéro est libéré. Vous avez 24 heures pour le reprendre."),
        "repris" => Some("Le numéro est repris : il répond de nouveau."),
        _ => None,
    };
    let waits = match asked.fait.as_str() {
        "documents" => {
            words::sentence(&NumberError::Documents(domain::numbers::Stage::DocumentsMissing, None))
        }
        "attente" => words::sentence(&NumberError::Provider {
            fault: String::new(),
            pending: Pending::Later,
        }),
        _ => None,
    };
    let typed = Typed { assistant: asked.assistant, ..Typed::default() };
    page(&web, &member, (done, waits), (typed, None)).await
}

/// What became of a form.
enum Got {
    /// It works, or waits; the word of the address.
    Yes(String),
    /// Nothing, and why.
    No(String),
}

pub(crate) async fn add(
    State(web): State<Web>,
    member: Member,
    Form(typed): Form<Typed>,
) -> Answer {
    let desk = member.desk.clone();
    if !desk.may_spend() {
        return Err(problem::forbidden());
    }
    let home = desk.office().profile(desk.tenant()).await.map_err(failed)?.country.clone();
    let work = got(desk, Arc::clone(&web.providers), typed.clone(), home);
    match to_the_end(work).await? {
        Got::Yes(word) => Ok(Redirect::to(&format!("{PATH}?fait={word}")).into_response()),
        Got::No(why) => page(&web, &member, (None, None), (typed, Some(why))).await,
    }
}

async fn got(
    desk: Desk,
    providers: Arc<Providers>,
    typed: Typed,
    home: String,
) -> Result<Got, StoreError> {
    let request = [&typed.assistant, &typed.lieu, &typed.indicatif].map(String::as_str).join("\n");
    let sent = Sent::new(&typed.cle, PATH, request);
    let id = match sent.begin(&desk).await? {
        Begin::Go(id) => id,
        Begin::Refused(why) => return Ok(Got::No(why)),
        Begin::Done(word, _) => return Ok(Got::Yes(word)),
        Begin::Used => return Ok(Got::No("Vérifiez ces choix, puis envoyez.".to_owned())),
        Begin::Running => {
            return Ok(Got::No("La première demande est encore en cours.".to_owned()));
        }
    };
    let told = match place::read(&typed.lieu, &typed.indicatif, &home) {
        Ok(place) => {
            let wish = (&place, More::Additional);
            desk.provision(&providers, &typed.assistant, wish, id).await.map(drop)
        }
        Err(error) => Err(error.into()),
    };
    let word = match told {
        Ok(()) => "numero",
        Err(NumberError::Documents(..)) => "documents",
        Err(NumberError::Provider { pending: Pending::Later, .. }) => "attente",
        Err(NumberError::Store(error)) => {
            sent.let_go(&desk).await?;
            return Err(error);
        }
        Err(error) => {
            let why = words::sentence(&error);
            let why = why.unwrap_or_else(|| "Choisissez un assistant.".to_owned());
            sent.end(&desk, Err(&why)).await?;
            return Ok(Got::No(why));
        }
    };
    sent.end(&desk, Ok(word)).await?;
    Ok(Got::Yes(word.to_owned()))
}

async fn page(
    web: &Web,
    member: &Member,
    (done, waits): (Option<&'static str>, Option<String>),
    (typed, refused): (Typed, Option<String>),
) -> Answer {
    let frame = Frame::of(member, Section::Settings, "Numéros").await?;
    let desk = &member.desk;
    let agents = desk.agents().await.map_err(failed)?;
    let numbers = desk.numbers().await.map_err(failed)?;
    let wishes = desk.wishes().await.map_err(failed)?;
    let profile = desk.office().profile(desk.tenant()).await.map_err(failed)?;
    let today = desk.today(&profile.zone);
    let own = |number: &&domain::phone::E164| {
        !numbers.iter().any(|row| row.phone_number == number.as_str())
    };
    let linked: Vec<String> = profile.numbers.iter().filter(own).map(typo::phone).collect();
    let may = desk.may_spend();
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let add = match (may, web.providers.twilio.is_some()) {
        (false, _) => parts::read_only().into_any(),
        (true, false) => view! { <p class="soft">{french("L’achat de numéros n’est pas relié à cette installation : écrivez-nous, nous le ferons.")}</p> }.into_any(),
        (true, true) => adding(&agents, typed, refused, (fresh(desk), &profile.country)),
    };
    let shown = Shown::OfAll(agents, if may { May::Change } else { May::See });
    let content = view! {
        {parts::told(done, waits).into_any()}
        {lines(numbers, wishes, shown, (&profile.zone, today))}
        {(!linked.is_empty()).then(|| others(linked))}
        <section class="panel" id="ajouter"><header><h2>"Ajouter un numéro"</h2></header>{add}</section>
        {parts::simulated(web).into_any()}
    };
    let meaning = "Vos appelants composent ces numéros, ou y arrivent par un renvoi de votre ligne. Chacun est facturé chaque mois tant que vous le gardez.";
    Ok(frame.show_as(status, subject("Numéros", meaning, content)))
}

/// Numbers that lead here without being bought here.
fn others(linked: Vec<String>) -> impl IntoView {
    let items = linked
        .into_iter()
        .map(|number| view! { <li><strong class="n">{number}</strong></li> })
        .collect_view();
    view! {
        <section class="panel"><header><h2>"Reliés par notre équipe"</h2></header>
            <ul class="lines">{items}</ul>
            <p class="soft small">{french("Ces numéros répondent aussi ; ils ne se libèrent pas d’ici.")}</p>
        </section>
    }
}

fn adding(
    agents: &[AgentRow],
    typed: Typed,
    refused: Option<String>,
    (key, home): (String, &str),
) -> AnyView {
    if agents.is_empty() {
        return view! { <p>{french("Un numéro va à un assistant : ")}<a href="/app/reglages/agents/nouveau">"créez d’abord un assistant"</a>"."</p> }.into_any();
    }
    let options = agents
        .iter()
        .map(|row| {
            let selected = row.agent_id == typed.assistant;
            view! { <option value=row.agent_id.clone() selected=selected>{row.agent_name.clone()}</option> }
        })
        .collect_view();
    view! {
        <form class="form" method="post" action=PATH data-once="">
            <input type="hidden" name="cle" value=key/>
            <div class="field"><label for="assistant">"Pour"</label><select id="assistant" name="assistant">{options}</select></div>
            {place::fields(&typed.lieu, &typed.indicatif, home, refused)}
            <button class="button primary" type="submit">"Prendre un numéro"</button>
            <p class="hint soft small">{french("Facturé dès aujourd’hui, au prix de l’opérateur, affiché ensuite ici.")}</p>
        </form>
    }
    .into_any()
}

async fn find(member: &Member, id: &str) -> Result<NumberRow, Response> {
    let all = member.desk.numbers().await.map_err(failed)?;
    all.into_iter().find(|row| row.id == id).ok_or_else(problem::missing)
}

pub(crate) async fn ask(member: Member, Path(id): Path<String>) -> Answer {
    if !member.desk.may_spend() {
        return Err(problem::forbidden());
    }
    let row = find(&member, &id).await?;
    let frame = Frame::of(&member, Section::Settings, "Libérer un numéro").await?;
    let asked = parts::Question {
        back: PATH.to_owned(),
        title: format!("Libérer le {} ?", words::spelled(&row)),
        means: vec![
            "Il ne répond plus tout de suite : vos appelants n’entendront plus l’assistant.".to_owned(),
            "Pendant 24 heures, vous pouvez annuler, d’un bouton sur la page des numéros.".to_owned(),
            "Ensuite il est rendu à l’opérateur, la facturation s’arrête, et il peut être vendu à n’importe qui.".to_owned(),
            "Si votre ligne y est renvoyée, retirez d’abord le renvoi : composez #21# sur votre téléphone.".to_owned(),
        ],
        action: format!("{PATH}/{id}/liberation"),
        yes: "Libérer le numéro",
    };
    Ok(frame.show(parts::question(asked)))
}

pub(crate) async fn release(
    State(web): State<Web>,
    member: Member,
    Path(id): Path<String>,
) -> Answer {
    let row = find(&member, &id).await?;
    let number = words::e164(&row).ok_or_else(problem::missing)?;
    let desk = &member.desk;
    match desk.release(&web.providers, &row.agent_id, Some(&number), When::Later).await {
        Ok(_) => Ok(Redirect::to(&format!("{PATH}?fait=libere")).into_response()),
        Err(error) => Err(instead(error)),
    }
}

pub(crate) async fn take_back(member: Member, Path(id): Path<String>) -> Answer {
    let row = find(&member, &id).await?;
    let number = words::e164(&row).ok_or_else(problem::missing)?;
    match member.desk.undo_release(&number).await {
        Ok(_) => Ok(Redirect::to(&format!("{PATH}?fait=repris")).into_response()),
        // Its assistant is gone.
        Err(NumberError::NoAgent) => Err(problem::missing()),
        Err(error) => Err(instead(error)),
    }
}
