//! What somebody has changed at a provider, told on the assistant's page, and
//! set right from there.

use super::agent::{self, Told, back, instead};
use super::list::May;
use super::{once, words};
use crate::board::Answer;
use crate::parts::Icon;
use crate::session::Member;
use crate::typo::{self, french};
use crate::web::Web;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use desk::numbers::drift::{Drift, Setting};
use leptos::prelude::*;
use std::sync::Arc;

/// A setting, in words.
fn setting(found: &Setting) -> String {
    let known = [
        ("/firstMessage", "les premiers mots"),
        ("/first_message", "les premiers mots"),
        ("/voice", "la voix"),
        ("/name", "le nom"),
        ("/server", "l’adresse où il nous prévient"),
        ("/model", "ce qui lui fait répondre"),
        ("/transcriber", "la reconnaissance de la parole"),
        ("/forwardingPhoneNumber", "le transfert"),
    ];
    if found.path.is_empty() {
        return "il n’y existe plus".to_owned();
    }
    let words = known.iter().find(|(start, _)| found.path.starts_with(start));
    words.map_or_else(|| format!("réglage {}", found.path), |(_, words)| (*words).to_owned())
}

/// What differs, and the button that sets it right.
pub(crate) fn told(drifts: &[Drift], id: &str, may: May) -> Option<AnyView> {
    let own: Vec<&Drift> = drifts.iter().filter(|drift| drift.agent_id == id).collect();
    if own.is_empty() {
        return None;
    }
    let lines = own
        .iter()
        .map(|drift| {
            let mut what: Vec<String> = drift.settings.iter().map(setting).collect();
            what.dedup();
            let who = match &drift.phone_number {
                Some(number) => {
                    format!("Le {} a été modifié chez l’opérateur", typo::phone_text(number))
                }
                None => "L’assistant a été modifié chez le fournisseur".to_owned(),
            };
            view! { <li>{french(&format!("{who} : {}.", what.join(", ")))}</li> }.into_any()
        })
        .collect_view();
    let repair = (may == May::Change).then(|| {
        let action = format!("/app/reglages/agents/{id}/retablissement");
        view! { <form method="post" action=action data-once=""><button class="button" type="submit">"Rétablir"</button></form> }
    });
    Some(
        view! {
            <div class="notice warn drift" role="status"><Icon name="alert"/><div><ul>{lines}</ul>{repair}</div></div>
        }
        .into_any(),
    )
}

/// Sets it right.
pub(crate) async fn repair(
    State(web): State<Web>,
    member: Member,
    Path(id): Path<String>,
) -> Answer {
    let (desk, providers, agent) = (member.desk.clone(), Arc::clone(&web.providers), id.clone());
    let work = async move { Ok(desk.repair_agent(&providers, &agent).await) };
    let why = match once::to_the_end(work).await? {
        Ok(left) if left.is_empty() => return Ok(back(&id, "retabli")),
        Ok(_) => "Tout n’a pas pu être rétabli : ce qui reste est dit plus bas.".to_owned(),
        Err(error) => words::sentence(&error).ok_or_else(|| instead(error))?,
    };
    let told = Told { waits: Some(why), ..Told::default() };
    agent::page(&web, &member, &id, told, StatusCode::BAD_GATEWAY).await
}
