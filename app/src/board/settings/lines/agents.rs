//! `/app/reglages/agents`: the tenant's assistants, and a new one.

use super::once::{Begin, Sent, fresh, to_the_end};
use super::{agent, parts, place, words};
use crate::board::frame::{Frame, Section};
use crate::board::settings::subject;
use crate::board::{Answer, JustDone, failed};
use crate::parts::{Chip, Empty, Icon};
use crate::problem;
use crate::session::Member;
use crate::typo::{self, french};
use crate::web::Web;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use desk::agents::{Line, NewAgent, agent_id};
use desk::numbers::NumberError;
use desk::providers::Providers;
use desk::{Desk, agents};
use domain::tenant::AgentKind;
use leptos::prelude::*;
use serde::Deserialize;
use std::sync::Arc;
use store::StoreError;
use store::agents::AgentRow;
use store::numbers::NumberRow;
use uuid::Uuid;

pub(crate) async fn list(
    State(web): State<Web>,
    member: Member,
    Query(asked): Query<JustDone>,
) -> Answer {
    let frame = Frame::of(&member, Section::Settings, "Assistants").await?;
    let desk = &member.desk;
    let (agents, numbers) =
        (desk.agents().await.map_err(failed)?, desk.numbers().await.map_err(failed)?);
    let done = (asked.fait == "supprime")
        .then_some("L’assistant est supprimé, son jeton ne vaut plus rien.");
    let may = desk.may_spend();
    let add = (may && !agents.is_empty()).then(new_one);
    let none = agents.is_empty().then(|| {
        let text = "Un assistant répond sur ses numéros, avec les réglages du cabinet.";
        view! { <Empty icon="assistant" title="Pas encore d’assistant." text=text/> {may.then(new_one)} }
    });
    let items = agents.iter().map(|row| item(row, &numbers).into_any()).collect_view();
    let content = view! {
        {parts::told(done, None).into_any()}
        {none}
        <ul class="subjects lines-of">{items}</ul>
        {add.map(|add| view! { <p>{add}</p> })}
        {(!may).then(parts::read_only)}
        {parts::simulated(&web).into_any()}
    };
    let meaning = "Un assistant est une voix qui répond pour le cabinet. Chacun a ses numéros ; tous suivent vos horaires, vos services et vos réponses.";
    Ok(frame.show(subject("Assistants", meaning, content)))
}

fn new_one() -> impl IntoView {
    view! { <a class="button primary" href="/app/reglages/agents/nouveau">"Nouvel assistant"</a> }
}

fn item(row: &AgentRow, numbers: &[NumberRow]) -> impl IntoView + use<> {
    let own = numbers.iter().filter(|number| number.agent_id == row.agent_id);
    let own: Vec<String> = own.map(words::spelled).collect();
    let own = if own.is_empty() { "aucun numéro".to_owned() } else { own.join(", ") };
    let says =
        format!("{}, {own}", words::choice(&words::KINDS, &row.agent_type).to_owned().as_str());
    view! {
        <li><a href=format!("/app/reglages/agents/{}", row.agent_id)>
            <Icon name="assistant"/>
            <span><strong>{row.agent_name.clone()}</strong><span class="soft">{says}</span></span>
            <Chip look=words::agent(row)/>
            <Icon name="next"/>
        </a></li>
    }
}

/// The form as it was filled in.
#[derive(Deserialize, Default, Clone)]
pub(crate) struct Typed {
    #[serde(default)]
    cle: String,
    #[serde(default)]
    nom: String,
    #[serde(default)]
    genre: String,
    #[serde(default)]
    langue: String,
    #[serde(default)]
    numero: String,
    #[serde(default)]
    lieu: String,
    #[serde(default)]
    indicatif: String,
}

impl Typed {
    fn sent(&self) -> Sent {
        let Self { nom, genre, langue, numero, lieu, indicatif, .. } = self;
        let request = [nom, genre, langue, numero, lieu, indicatif].map(String::as_str).join("\n");
        Sent::new(&self.cle, "/app/reglages/agents", request)
    }

    fn new_agent(&self) -> NewAgent {
        NewAgent {
            name: self.nom.clone(),
            language: self.langue.clone(),
            kind: kind(&self.genre).unwrap_or(AgentKind::Appointment),
            voice: None,
        }
    }
}

/// Reads the stored word of a kind.
pub(crate) fn kind(word: &str) -> Option<AgentKind> {
    match word {
        "appointment" => Some(AgentKind::Appointment),
        "qualification" => Some(AgentKind::Qualification),
        "support" => Some(AgentKind::Support),
        _ => None,
    }
}

pub(crate) async fn blank(State(web): State<Web>, member: Member) -> Answer {
    if !member.desk.may_spend() {
        return Err(problem::forbidden());
    }
    let typed = Typed { langue: "fr".to_owned(), numero: "oui".to_owned(), ..Typed::default() };
    form(&web, &member, typed, None).await
}

/// What became of a form.
enum Made {
    /// The assistant, its token, and what its number waits for.
    Agent(String, Option<String>, Option<String>),
    /// Nothing, and why.
    Refused(String),
}

pub(crate) async fn create(
    State(web): State<Web>,
    member: Member,
    Form(typed): Form<Typed>,
) -> Answer {
    let desk = member.desk.clone();
    if !desk.may_spend() {
        return Err(problem::forbidden());
    }
    let home = desk.office().profile(desk.tenant()).await.map_err(failed)?.country.clone();
    let work = made(desk, Arc::clone(&web.providers), typed.clone(), home);
    match to_the_end(work).await? {
        Made::Agent(id, token, waits) => {
            let told = agent::Told { made: token, waits, ..agent::Told::default() };
            agent::page(&web, &member, &id, told, StatusCode::CREATED).await
        }
        Made::Refused(why) => form(&web, &member, typed, Some(why)).await,
    }
}

async fn made(
    desk: Desk,
    providers: Arc<Providers>,
    typed: Typed,
    home: String,
) -> Result<Made, StoreError> {
    let sent = typed.sent();
    let id = match sent.begin(&desk).await? {
        Begin::Go(id) => id,
        Begin::Refused(why) => return Ok(Made::Refused(why)),
        Begin::Done(_, id) => {
            let token = match sent.secret(id) {
                Some(secret) => desk.agent_token_again(id, secret).await?,
                None => None,
            };
            return Ok(Made::Agent(agent_id(id), token, None));
        }
        Begin::Used => return Ok(Made::Refused("Vérifiez ces choix, puis envoyez.".to_owned())),
        Begin::Running => {
            return Ok(Made::Refused("La première demande est encore en cours.".to_owned()));
        }
    };
    match attempt(&desk, &providers, &typed, &home, (id, &sent)).await {
        Ok((token, waits)) => {
            sent.end(&desk, Ok("")).await?;
            Ok(Made::Agent(agent_id(id), Some(token), waits))
        }
        Err(NumberError::Store(error)) => {
            sent.let_go(&desk).await?;
            Err(error)
        }
        Err(error) => {
            let why =
                words::sentence(&error).unwrap_or_else(|| "Ce n’est pas possible.".to_owned());
            sent.end(&desk, Err(&why)).await?;
            Ok(Made::Refused(why))
        }
    }
}

async fn attempt(
    desk: &Desk,
    providers: &Providers,
    typed: &Typed,
    home: &str,
    (id, sent): (Uuid, &Sent),
) -> Result<(String, Option<String>), NumberError> {
    let wanted = (typed.numero == "oui")
        .then(|| place::read(&typed.lieu, &typed.indicatif, home))
        .transpose()?;
    if wanted.is_some() {
        desk.may_provision(providers).await?;
    }
    let agent = desk.create_agent(providers, &typed.new_agent(), id).await?;
    let waits = match wanted {
        None => None,
        Some(place) => match desk.first_line(providers, &agent.agent_id, &place, id).await? {
            agents::Line::Works(_) => None,
            Line::Waits(error) => words::sentence(&error),
        },
    };
    Ok((desk.issue_agent_token(&agent, sent.secret(id)).await?, waits))
}

async fn form(web: &Web, member: &Member, typed: Typed, refused: Option<String>) -> Answer {
    let frame = Frame::of(member, Section::Settings, "Nouvel assistant").await?;
    let desk = &member.desk;
    let profile = desk.office().profile(desk.tenant()).await.map_err(failed)?;
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let error = refused.map(|why| {
        view! { <p class="error" id="agent-erreur" role="alert"><Icon name="alert"/>{french(&why)}</p> }
    });
    let (with, without) = (typed.numero == "oui", typed.numero != "oui");
    let key = fresh(desk);
    Ok(frame.show_as(status, view! {
        <p class="back"><a href="/app/reglages/agents"><Icon name="previous"/>"Assistants"</a></p>
        <header class="page-head"><h1>"Nouvel assistant"</h1><p class="soft">{french("Il répond dès que son numéro est en service : d’ordinaire, moins d’une minute.")}</p></header>
        <form class="form" method="post" action="/app/reglages/agents" data-once="">
            <input type="hidden" name="cle" value=key/>
            {error}
            <div class="field"><label for="nom">"Nom"</label><input id="nom" name="nom" required maxlength="80" autocomplete="off" value=typed.nom aria-describedby="nom-aide"/><p class="hint" id="nom-aide">{french("Pour vous y retrouver : « Accueil », « Prise de rendez-vous ».")}</p></div>
            <div class="field"><label for="genre">"Ce qu’il fait"</label><select id="genre" name="genre">{parts::choices(&words::KINDS, &typed.genre)}</select></div>
            <div class="field"><label for="langue">"Langue"</label><select id="langue" name="langue">{parts::choices(&words::LANGUAGES, &typed.langue)}</select></div>
            <fieldset class="either">
                <legend>"Numéro"</legend>
                <label class="radio"><input type="radio" name="numero" value="oui" checked=with/><span>"Prendre un numéro"<span class="hint">"Facturé chaque mois tant que vous le gardez."</span></span></label>
                <label class="radio"><input type="radio" name="numero" value="non" checked=without/><span>"Sans numéro pour l’instant"</span></label>
            </fieldset>
            <div class="where">{place::fields(&typed.lieu, &typed.indicatif, &profile.country, None)}</div>
            <button class="button primary" type="submit">"Créer l’assistant"</button>
        </form>
        {parts::simulated(web).into_any()}
    }))
}

/// When an assistant was made.
pub(crate) fn since(row: &AgentRow, zone: &jiff::tz::TimeZone, today: jiff::civil::Date) -> String {
    typo::when(crate::board::rows::local(row.created_at, zone), today)
}
