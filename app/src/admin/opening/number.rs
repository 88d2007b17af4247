//! The step of the number: bought here or linked, and the call forwarding from
//! the practice's own line.

use super::{after, client, page, path};
use crate::board::settings::lines::list::{Shown, lines};
use crate::board::settings::lines::once::{Begin, Sent, fresh, to_the_end};
use crate::board::settings::lines::{parts, place, words};
use crate::board::{Answer, failed};
use crate::parts::Icon;
use crate::session::Member;
use crate::table::{Table, get, post};
use crate::typo::{self, NBSP, french};
use crate::web::Web;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect};
use desk::Desk;
use desk::agents::{Line, NewAgent};
use desk::numbers::provision::More;
use desk::numbers::{NumberError, Pending};
use desk::onboarding::{OpeningError, Step};
use desk::providers::Providers;
use desk::tenants::ApplyError;
use domain::phone::E164;
use domain::tenant::AgentKind;
use leptos::prelude::*;
use serde::Deserialize;
use std::sync::Arc;
use store::StoreError;
use uuid::Uuid;

pub(super) fn routes() -> Table<Web> {
    Table::new()
        .route("/admin/clients/{id}/numero", get(show).post(take))
        .route("/admin/clients/{id}/numero/existant", post(link))
}

/// The two forms as they were filled in.
#[derive(Deserialize, Default, Clone)]
struct Asked {
    #[serde(default)]
    cle: String,
    #[serde(default)]
    lieu: String,
    #[serde(default)]
    indicatif: String,
    #[serde(default)]
    numero: String,
}

/// What is wrong with one of them.
#[derive(Default)]
struct Refused {
    take: Option<String>,
    link: Option<String>,
}

async fn show(State(web): State<Web>, member: Member, Path(id): Path<String>) -> Answer {
    let desk = client(&member, &id).await?;
    content(&web, &member, &desk, (Asked::default(), Refused::default())).await
}

async fn take(
    State(web): State<Web>,
    member: Member,
    Path(id): Path<String>,
    Form(asked): Form<Asked>,
) -> Answer {
    let desk = client(&member, &id).await?;
    let home = desk.office().profile(desk.tenant()).await.map_err(failed)?.country.clone();
    let work = got(desk.clone(), Arc::clone(&web.providers), asked.clone(), home);
    match to_the_end(work).await? {
        None => Ok(Redirect::to(&path(&desk, Step::Number)).into_response()),
        take => content(&web, &member, &desk, (asked, Refused { take, link: None })).await,
    }
}

/// Gets a number for the client; why not, when it will not come.
async fn got(
    desk: Desk,
    providers: Arc<Providers>,
    asked: Asked,
    home: String,
) -> Result<Option<String>, StoreError> {
    let request = [&asked.lieu, &asked.indicatif].map(String::as_str).join("\n");
    let sent = Sent::new(&asked.cle, "/admin/clients/numero", request);
    let id = match sent.begin(&desk).await? {
        Begin::Go(id) => id,
        Begin::Done(..) => return Ok(None),
        Begin::Refused(why) => return Ok(Some(why)),
        Begin::Used => return Ok(Some("Vérifiez ces choix, puis envoyez.".to_owned())),
        Begin::Running => return Ok(Some("La première demande est encore en cours.".to_owned())),
    };
    let why = match answering(&desk, &providers, (&asked, &home), id).await {
        Ok(())
        | Err(NumberError::Documents(..) | NumberError::Provider { pending: Pending::Later, .. }) => {
            None
        }
        Err(NumberError::Store(error)) => {
            sent.let_go(&desk).await?;
            return Err(error);
        }
        Err(error) => {
            Some(words::sentence(&error).unwrap_or_else(|| "Ce n’est pas possible.".to_owned()))
        }
    };
    sent.end(&desk, why.as_deref().map_or(Ok(""), Err)).await?;
    Ok(why)
}

/// An assistant with a number: the client's first one, or one that is made.
async fn answering(
    desk: &Desk,
    providers: &Providers,
    (asked, home): (&Asked, &str),
    id: Uuid,
) -> Result<(), NumberError> {
    let place = place::read(&asked.lieu, &asked.indicatif, home)?;
    desk.may_provision(providers).await?;
    if let Some(agent) = desk.agents().await?.pop() {
        let wish = (&place, More::Additional);
        return desk.provision(providers, &agent.agent_id, wish, id).await.map(drop);
    }
    let new = NewAgent {
        name: "Accueil".to_owned(),
        language: "fr".to_owned(),
        kind: AgentKind::Appointment,
        voice: None,
    };
    let agent = desk.create_agent(providers, &new, id).await?;
    match desk.first_line(providers, &agent.agent_id, &place, id).await? {
        Line::Works(_) => Ok(()),
        Line::Waits(error) => Err(error),
    }
}

async fn link(
    State(web): State<Web>,
    member: Member,
    Path(id): Path<String>,
    Form(asked): Form<Asked>,
) -> Answer {
    let desk = client(&member, &id).await?;
    let why = match desk.link_number(&asked.numero).await {
        Ok(()) => return Ok(Redirect::to(&path(&desk, Step::Number)).into_response()),
        Err(OpeningError::Apply(ApplyError::NumberTaken { owner, .. })) => {
            format!("Ce numéro est déjà celui du client n° {owner}.")
        }
        Err(OpeningError::Apply(ApplyError::TestNumber)) => {
            "Le numéro de démonstration ne peut mener qu’au cabinet d’essai.".to_owned()
        }
        Err(OpeningError::Store(error) | OpeningError::Apply(ApplyError::Store(error))) => {
            return Err(failed(error));
        }
        Err(_) => "Ce numéro n’en est pas un, ou il est déjà relié.".to_owned(),
    };
    let refused = Refused { take: None, link: Some(why) };
    content(&web, &member, &desk, (asked, refused)).await
}

async fn content(
    web: &Web,
    member: &Member,
    desk: &Desk,
    (asked, refused): (Asked, Refused),
) -> Answer {
    let profile = desk.office().profile(desk.tenant()).await.map_err(failed)?;
    let numbers = desk.numbers().await.map_err(failed)?;
    let wishes = desk.wishes().await.map_err(failed)?;
    let today = desk.today(&profile.zone);
    let any = refused.take.is_some() || refused.link.is_some();
    let status = if any { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let linked = (numbers.is_empty()).then(|| {
        let linked: Vec<String> = profile.numbers.iter().map(typo::phone).collect();
        let said = format!("Relié : {}.", linked.join(", "));
        (!linked.is_empty()).then(|| view! { <p><strong>{french(&said)}</strong></p> })
    });
    let bought = (!numbers.is_empty() || !wishes.is_empty())
        .then(|| lines(numbers, wishes, Shown::OfOne, (&profile.zone, today)));
    let forwarding =
        profile.numbers.first().map(|number| forwarding(number, &after(desk, Step::Number)));
    let open = profile.numbers.is_empty() || any;
    let base = path(desk, Step::Number);
    let taking = (web.providers.twilio.is_some())
        .then(|| taking(&base, fresh(desk), (&asked, refused.take, &profile.country)));
    let content = view! {
        {linked.into_any()}
        {bought}
        {forwarding}
        <details class="edit" open=open>
            <summary class="button"><Icon name="number"/>{if profile.numbers.is_empty() { "Choisir le numéro" } else { "Ajouter un numéro" }}</summary>
            <div class="ways-in">{taking}{linking(&base, asked.numero, refused.link)}</div>
        </details>
        {parts::simulated(web).into_any()}
    };
    page(member, desk, Some(Step::Number), (status, content.into_any())).await
}

fn taking(
    base: &str,
    key: String,
    (asked, refused, home): (&Asked, Option<String>, &str),
) -> AnyView {
    view! {
        <form class="form" method="post" action=base.to_owned() data-once="">
            <h3>"Prendre un numéro"</h3>
            <p class="soft small">{french("Chez l’opérateur, au nom du client ; facturé chaque mois.")}</p>
            <input type="hidden" name="cle" value=key/>
            {place::fields(&asked.lieu, &asked.indicatif, home, refused)}
            <button class="button primary" type="submit">"Prendre ce numéro"</button>
        </form>
    }
    .into_any()
}

fn linking(base: &str, typed: String, refused: Option<String>) -> AnyView {
    let invalid = refused.as_ref().map(|_| "true");
    let error = refused.map(|why| {
        view! { <p class="error" id="numero-erreur" role="alert"><Icon name="alert"/>{french(&why)}</p> }
    });
    view! {
        <form class="form" method="post" action=format!("{base}/existant")>
            <h3>"Relier un numéro"</h3>
            <p class="soft small">{french("Il arrive déjà chez nous, par l’opérateur ou par un renvoi.")}</p>
            <div class="field"><label for="numero">"Numéro"</label><input id="numero" name="numero" type="tel" required maxlength="40" autocomplete="off" value=typed aria-invalid=invalid aria-describedby="numero-erreur"/>{error}</div>
            <button class="button" type="submit">"Relier ce numéro"</button>
        </form>
    }
    .into_any()
}

/// What the practice types on its own line.
fn forwarding(number: &E164, next: &str) -> AnyView {
    let digits = typo::phone(number).replace(NBSP, "");
    let digits = match digits.strip_prefix('+') {
        Some(abroad) => format!("00{abroad}"),
        None => digits,
    };
    let codes = [
        ("Tous les appels", "21"),
        ("Si personne ne décroche", "61"),
        ("Si la ligne est occupée", "67"),
    ];
    let rows = codes
        .map(|(when, code)| {
            view! { <tr><td class="lead">{when}</td><td><code>{format!("*{code}*{digits}#")}</code></td><td><code>{format!("#{code}#")}</code></td></tr> }
        })
        .into_iter()
        .collect_view();
    view! {
        <div class="panel"><header><h3>"Renvoyer la ligne du cabinet"</h3></header>
            <p>{french("Sur le téléphone du cabinet, composer le code, puis la touche d’appel. L’opérateur confirme par une voix ou un bip.")}</p>
            <table class="rows codes"><thead><tr><th scope="col">"Quand renvoyer"</th><th scope="col">"Activer"</th><th scope="col">"Arrêter"</th></tr></thead><tbody>{rows}</tbody></table>
            <p class="soft small">{french("Ces codes valent chez la plupart des opérateurs ; une box ou un standard a aussi ce réglage dans son espace client.")}</p>
        </div>
        <p><a class="button primary" href=next.to_owned()>"Continuer"</a></p>
    }
    .into_any()
}
