//! `/app/reglages/membres`: who may sign in for the practice, and as what.

use super::super::frame::{Frame, Section};
use super::super::{Answer, JustDone, failed};
use super::{role_name, subject};
use crate::parts::{Icon, Notice, Tone};
use crate::problem;
use crate::session::Member;
use crate::table::{Table, get, post};
use crate::typo::french;
use crate::visitor::Visitor;
use crate::web::Web;
use axum::Form;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect};
use desk::members::{self, MemberError};
use domain::email::EmailAddress;
use domain::role::Role;
use leptos::prelude::*;
use serde::Deserialize;

const PATH: &str = "/app/reglages/membres";
const ROLES: [Role; 3] = [Role::Owner, Role::Practitioner, Role::Secretary];

/// The routes of the people.
pub(crate) fn routes() -> Table<Web> {
    Table::new()
        .route(PATH, get(show).post(put))
        .route("/app/reglages/membres/retirer", post(remove))
}

/// A person as they were filled in.
#[derive(Deserialize, Default)]
struct Typed {
    #[serde(default)]
    email: String,
    #[serde(default)]
    role: String,
    /// The people that the page showed.
    #[serde(default)]
    etat: String,
    /// Anything: this is somebody new, and not somebody of the list.
    #[serde(default)]
    nouveau: String,
}

/// What the page says, and where.
#[derive(Default)]
struct Told {
    done: Option<&'static str>,
    /// What is wrong with the list.
    refused: Option<&'static str>,
    /// What is wrong with the address.
    wrong: Option<&'static str>,
    /// What was typed, and not done.
    typed: Typed,
}

async fn show(member: Member, Query(asked): Query<JustDone>) -> Answer {
    let done = match asked.fait.as_str() {
        "ajoute" => Some("C’est enregistré."),
        "retire" => Some("C’est fait : cette personne ne peut plus se connecter."),
        _ => None,
    };
    page(&member, StatusCode::OK, Told { done, ..Told::default() }).await
}

/// Adds somebody, or changes what somebody may do.
async fn put(member: Member, visitor: Visitor, Form(typed): Form<Typed>) -> Answer {
    if !member.desk.may_change_members() {
        return Err(problem::forbidden());
    }
    let (Ok(email), Some(role)) = (EmailAddress::parse(&typed.email), Role::parse(&typed.role))
    else {
        let wrong = Some("Cette adresse n’a pas la forme nom@domaine.fr.");
        let told = Told { wrong, typed, ..Told::default() };
        return page(&member, StatusCode::UNPROCESSABLE_ENTITY, told).await;
    };
    let network = visitor.network().to_string();
    let written = member.desk.put_member(email, role, (&typed.etat, &network)).await;
    answer(&member, written, "ajoute", typed).await
}

/// Takes somebody out.
async fn remove(member: Member, Form(typed): Form<Typed>) -> Answer {
    let written = member.desk.remove_member(&typed.email, &typed.etat).await;
    answer(&member, written, "retire", Typed::default()).await
}

async fn answer(
    member: &Member,
    written: Result<(), MemberError>,
    done: &str,
    typed: Typed,
) -> Answer {
    let (status, why) = match written {
        Ok(()) => return Ok(Redirect::to(&format!("{PATH}?fait={done}")).into_response()),
        Err(MemberError::Forbidden) => return Err(problem::forbidden()),
        Err(MemberError::Missing) => return Err(problem::missing()),
        Err(MemberError::Store(error)) => return Err(failed(error)),
        Err(MemberError::Changed) => (
            StatusCode::CONFLICT,
            "Quelqu’un a changé cette liste entre-temps : la voici. Rien n’a été modifié.",
        ),
        Err(MemberError::LastOwner) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            "Il faut toujours une personne responsable : nommez-en d’abord une autre.",
        ),
        Err(MemberError::Settings(_)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, "Il y a déjà trop de personnes.")
        }
    };
    page(member, status, Told { refused: Some(why), typed, ..Told::default() }).await
}

async fn page(member: &Member, status: StatusCode, told: Told) -> Answer {
    let frame = Frame::of(member, Section::Settings, "Personnes").await?;
    let people = member.desk.members().await.map_err(failed)?;
    let state = members::state(&people);
    let may = member.desk.may_change_members();
    let none =
        people.is_empty().then(|| view! { <p class="soft">"Personne n’est encore inscrit."</p> });
    let items: Vec<_> = people
        .iter()
        .map(|(email, role)| {
            let mine = email == member.email.as_str();
            let act = may.then(|| change(email, *role, &state).into_any());
            item(email, *role, mine.then_some("C’est vous"), act).into_any()
        })
        .collect();
    let done = told.done.map(|text| view! { <Notice tone=Tone::Good text=text.to_owned()/> });
    let refused = told.refused.map(|text| view! { <Notice tone=Tone::Warn text=text.to_owned()/> });
    // Somebody of the list is changed there, and not in the form below it; whoever was
    // taken out meanwhile is not offered back.
    let listed = people.iter().any(|(email, _)| *email == told.typed.email.trim().to_lowercase());
    let kept = !told.typed.nouveau.is_empty() && !listed;
    let typed = if kept { told.typed } else { Typed::default() };
    let more = if may {
        view! { <section class="panel"><header><h2>"Ajouter une personne"</h2></header>{form(told.wrong, typed, &state).into_any()}</section> }.into_any()
    } else {
        view! { <p class="soft small aside"><Icon name="info"/>{french(not_yours(member))}</p> }
            .into_any()
    };
    let content = view! { {done} {refused} {none} <ul class="sessions">{items}</ul> {more} };
    let meaning = "Ces personnes reçoivent un lien de connexion quand elles le demandent. Elles voient les appels de ce cabinet, et d’aucun autre.";
    Ok(frame.show_as(status, subject("Personnes", meaning, content)))
}

/// Why somebody may not change the people.
fn not_yours(member: &Member) -> &'static str {
    match member.desk.may_edit() {
        true => "Sur le compte d’essai, la liste des personnes ne change pas.",
        false => "Réservé aux responsables du cabinet : vous voyez tout, eux peuvent changer.",
    }
}

fn item(
    email: &str,
    role: Role,
    mine: Option<&'static str>,
    act: Option<AnyView>,
) -> impl IntoView + use<> {
    let mine = mine.map(|words| format!(" · {words}"));
    view! {
        <li>
            <Icon name="person"/>
            <div><p><strong>{email.to_owned()}</strong></p><p class="soft small">{role_name(role)}{mine}</p></div>
            {act}
        </li>
    }
}

/// The two forms beside a person.
fn change(email: &str, role: Role, state: &str) -> impl IntoView + use<> {
    let label = format!("Rôle de {email}");
    let changing = format!("Changer le rôle de {email}");
    let removing = format!("Retirer {email}");
    let question = french(&format!(
        "Retirer {email} ? Cette personne est déconnectée et ne peut plus entrer."
    ));
    let hidden = || {
        let (email, state) = (email.to_owned(), state.to_owned());
        view! { <input type="hidden" name="email" value=email/><input type="hidden" name="etat" value=state/> }.into_any()
    };
    view! {
        <form class="swap field" method="post" action=PATH>
            {hidden()}
            <select name="role" aria-label=label>{options(role)}</select>
            <button class="button" type="submit" aria-label=changing>"Changer"</button>
        </form>
        <form method="post" action="/app/reglages/membres/retirer" data-confirm=question>
            {hidden()}
            <button class="button danger" type="submit" aria-label=removing>"Retirer"</button>
        </form>
    }
}

fn options(chosen: Role) -> AnyView {
    let options = ROLES.map(|role| {
        view! { <option value=role.as_str() selected=role == chosen>{role_name(role)}</option> }
            .into_any()
    });
    options.into_iter().collect_view().into_any()
}

fn form(why: Option<&'static str>, typed: Typed, state: &str) -> impl IntoView + use<> {
    let role = Role::parse(&typed.role).unwrap_or(Role::Secretary);
    let invalid = why.map(|_| "true");
    let described = if why.is_some() { "email-aide email-erreur" } else { "email-aide" };
    let error = why.map(|why| {
        view! { <p class="error" id="email-erreur" role="alert"><Icon name="alert"/>{french(why)}</p> }
    });
    view! {
        <form class="form" method="post" action=PATH>
            <input type="hidden" name="etat" value=state.to_owned()/>
            <input type="hidden" name="nouveau" value="oui"/>
            <div class="field"><label for="email">"Adresse de courriel"</label><input id="email" name="email" type="email" required maxlength="254" autocomplete="off" value=typed.email aria-invalid=invalid aria-describedby=described/>{error}<p class="hint" id="email-aide">{french("Cette personne reçoit un lien de connexion ; elle en redemande un quand elle veut.")}</p></div>
            <div class="field"><label for="role">"Rôle"</label><select id="role" name="role" aria-describedby="role-aide">{options(role)}</select><p class="hint" id="role-aide">{french("Seuls les responsables changent les réglages.")}</p></div>
            <button class="button primary" type="submit">"Ajouter"</button>
        </form>
    }
}
