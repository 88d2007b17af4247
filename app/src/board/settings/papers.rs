//! `/app/reglages/numeros/{id}/dossier`: the documents that France wants before
//! it lets a number go. How they stand, and the form that hands them in.

mod form;
mod upload;

use super::subject;
use crate::board::frame::{Frame, Section};
use crate::board::{Answer, failed};
use crate::parts::{Icon, Notice, Tone};
use crate::problem;
use crate::session::Member;
use crate::table::{Table, get};
use crate::typo::french;
use crate::web::Web;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::numbers::dossier::{DossierError, Filed, Standing};
use desk::numbers::{NumberError, Pending};
use domain::numbers::Place;
use form::Typed;
use leptos::prelude::*;
use std::sync::Arc;
use store::provisionings::ProvisioningRow;

/// The largest form: a scan of 5 MB and its fields.
const LARGEST: usize = 6 << 20;

/// The routes of dossiers.
pub(crate) fn routes() -> Table<Web> {
    Table::new().route("/app/reglages/numeros/{id}/dossier", get(show).post(hand_in))
}

async fn wish(member: &Member, id: &str) -> Result<(ProvisioningRow, Place), Response> {
    let all = member.desk.wishes().await.map_err(failed)?;
    let wish = all.into_iter().find(|wish| wish.id == id).ok_or_else(problem::missing)?;
    let place = Place { country: wish.country_code.clone(), area: wish.area_code.clone() };
    Ok((wish, place))
}

async fn show(State(web): State<Web>, member: Member, Path(id): Path<String>) -> Answer {
    let (wish, place) = wish(&member, &id).await?;
    let filed = member.desk.dossier(&web.providers, &place).await;
    page(&member, &wish, filed, None).await
}

/// The form as it was sent, with what is wrong.
struct Refused {
    typed: Typed,
    why: Option<String>,
}

async fn hand_in(
    State(web): State<Web>,
    member: Member,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Answer {
    if !member.desk.may_spend() {
        return Err(problem::forbidden());
    }
    let (wish, place) = wish(&member, &id).await?;
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let body = to_bytes(body, LARGEST).await.ok();
    let read = body.as_deref().and_then(|body| Typed::read(kind.unwrap_or_default(), body));
    let Some(mut typed) = read else {
        let typed = Typed::default();
        let why =
            "Ce formulaire ne peut pas être lu. Le fichier dépasse peut-être 5 Mo.".to_owned();
        let refused = Refused { typed, why: Some(why) };
        let filed = member.desk.dossier(&web.providers, &place).await;
        return page(&member, &wish, filed, Some(refused)).await;
    };
    let scan = typed.scan();
    let faults = typed.check(&scan);
    if !faults.is_empty() {
        typed.faults = faults;
        let filed = member.desk.dossier(&web.providers, &place).await;
        return page(&member, &wish, filed, Some(Refused { typed, why: None })).await;
    }
    let (desk, providers) = (member.desk.clone(), Arc::clone(&web.providers));
    let (draft, scan, wanted) = (typed.draft.clone(), scan.ok().flatten(), place.clone());
    // Goes on when the browser leaves: what is made must be written.
    let work = tokio::spawn(async move { desk.hand_in(&providers, &wanted, (&draft, scan)).await });
    match work.await.map_err(|_| problem::unavailable())? {
        Ok(filed) if filed.standing == Standing::Approved => {
            Ok(Redirect::to("/app/reglages/numeros").into_response())
        }
        Ok(_) => Ok(Redirect::to(&format!("/app/reglages/numeros/{id}/dossier")).into_response()),
        Err(DossierError::Faults(faults)) => {
            typed.faults = faults;
            let filed = member.desk.dossier(&web.providers, &place).await;
            page(&member, &wish, filed, Some(Refused { typed, why: None })).await
        }
        Err(error) => {
            let why = Some(sentence(error)?);
            let filed = member.desk.dossier(&web.providers, &place).await;
            page(&member, &wish, filed, Some(Refused { typed, why })).await
        }
    }
}

/// What went wrong, in words.
fn sentence(error: DossierError) -> Result<String, Response> {
    Ok(match error {
        DossierError::Closed => "Le dossier est en cours d’examen, ou accepté : il ne peut pas être changé maintenant.",
        DossierError::NotWanted => "Aucun dossier n’est demandé pour les numéros de ce pays.",
        DossierError::InProgress => "Le dossier est en train d’être transmis. Revenez dans une minute.",
        DossierError::Number(NumberError::Store(error)) => return Err(failed(error)),
        DossierError::Number(NumberError::Forbidden) => return Err(problem::forbidden()),
        DossierError::Number(NumberError::NotConfigured(_)) => "Aucun opérateur n’est configuré : rien n’a été transmis.",
        DossierError::Number(NumberError::Sandbox) => "Le cabinet d’essai ne prend pas de numéro : rien n’a été transmis.",
        DossierError::Number(NumberError::Provider { pending: Pending::Later, .. }) => "L’opérateur n’a pas pu répondre. Votre dossier est gardé et sera transmis de lui-même.",
        DossierError::Number(_) | DossierError::Faults(_) => "L’opérateur a refusé la transmission. Votre dossier est gardé : vérifiez-le, puis transmettez-le de nouveau.",
    }
    .to_owned())
}

async fn page(
    member: &Member,
    wish: &ProvisioningRow,
    filed: Result<Filed, DossierError>,
    refused: Option<Refused>,
) -> Answer {
    let frame = Frame::of(member, Section::Settings, "Dossier du numéro").await?;
    let (standing, reason, known) = match filed {
        Ok(filed) => (Some(filed.standing), filed.reason, filed.draft),
        Err(DossierError::Number(NumberError::Store(error))) => return Err(failed(error)),
        Err(DossierError::NotWanted) => return Err(problem::missing()),
        Err(_) => (None, None, None),
    };
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let closed = matches!(standing, Some(Standing::InReview | Standing::Approved));
    let stands = stands(standing, reason);
    let form = if closed {
        None
    } else if member.desk.may_spend() {
        let (typed, why) = match refused {
            Some(refused) => (refused.typed, refused.why),
            None => (Typed { draft: known.unwrap_or_default(), ..Typed::default() }, None),
        };
        Some(form::view(&wish.id, &typed, why))
    } else {
        let text = "Le dossier est transmis par un responsable du cabinet.";
        Some(view! { <p class="soft">{french(text)}</p> }.into_any())
    };
    let meaning = "L’opérateur ne vend un numéro français qu’à qui il connaît. Une fois le dossier accepté, le numéro arrive de lui-même.";
    let content = view! {
        <p class="back"><a href="/app/reglages/numeros"><Icon name="previous"/>"Numéros"</a></p>
        {stands}
        {form}
    };
    let shown = frame.show(subject("Dossier du numéro", meaning, content));
    Ok((status, shown).into_response())
}

/// How it stands.
fn stands(standing: Option<Standing>, reason: Option<String>) -> AnyView {
    let because = reason.map(|reason| format!(" Motif donné par l’opérateur : « {reason} »."));
    let because = because.unwrap_or_default();
    let (tone, text) = match standing {
        None => (Tone::Warn, "L’opérateur ne répond pas : l’état du dossier n’est pas connu pour l’instant.".to_owned()),
        Some(Standing::Missing) if because.is_empty() => (Tone::Info, "Aucun dossier n’a encore été transmis.".to_owned()),
        Some(Standing::Missing) => (Tone::Warn, format!("Le dossier est incomplet.{because}")),
        Some(Standing::HandingIn) => (Tone::Info, format!("Le dossier est en cours de transmission.{because}")),
        Some(Standing::InReview) => (Tone::Info, "L’opérateur examine le dossier ; cela prend d’ordinaire un à trois jours. Il n’y a rien à faire.".to_owned()),
        Some(Standing::Rejected) => (Tone::Warn, format!("L’opérateur a refusé le dossier.{because} Corrigez-le, puis transmettez-le de nouveau.")),
        Some(Standing::Approved) => (Tone::Good, "Le dossier est accepté. Le numéro arrive de lui-même.".to_owned()),
    };
    view! { <Notice tone=tone text=text/> }.into_any()
}
