//! Changing a prospect.

use super::super::fields::{Why, choice, long, short};
use super::super::frame::{Frame, Section};
use super::super::{Answer, failed, rows};
use super::{status, who};
use crate::parts::{Icon, Notice, Tone};
use crate::problem;
use crate::session::Member;
use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::prospects::{ProspectChange, ProspectError};
use domain::qualification::Status;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use leptos::prelude::*;
use serde::Deserialize;
use store::dashboard::prospects::ProspectRow;

/// The form as it was filled in.
#[derive(Deserialize, Default, Clone)]
pub(in crate::board) struct Typed {
    #[serde(default)]
    version: String,
    #[serde(default)]
    statut: String,
    #[serde(default)]
    rappel: String,
    #[serde(default)]
    notes: String,
    #[serde(default)]
    appreciation: String,
    #[serde(default)]
    nom: String,
    #[serde(default)]
    telephone: String,
    #[serde(default)]
    courriel: String,
}

impl Typed {
    fn of(row: &ProspectRow, zone: &TimeZone) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let day = row.next_follow_up_at.map(|at| rows::local(at, zone).date().to_string());
        Self {
            version: row.version.to_string(),
            statut: row.qualification_status.clone(),
            rappel: day.unwrap_or_default(),
            notes: text(&row.notes),
            appreciation: text(&row.qualification_notes),
            nom: text(&row.name),
            telephone: text(&row.phone),
            courriel: text(&row.email),
        }
    }

    fn change(&self) -> Result<ProspectChange, Why> {
        let day = match self.rappel.trim() {
            "" => None,
            text => Some(
                text.parse::<Date>()
                    .map_err(|_| Why { field: "rappel", text: "Une date comme 2026-11-24." })?,
            ),
        };
        Ok(ProspectChange {
            name: Some(Some(self.nom.clone())),
            phone: Some(Some(self.telephone.clone())),
            email: Some(Some(self.courriel.clone())),
            status: Status::parse(&self.statut),
            notes: Some(Some(self.notes.clone())),
            qualification_notes: Some(Some(self.appreciation.clone())),
            next_follow_up: Some(day),
            last_contact: None,
        })
    }
}

fn why(error: ProspectError) -> Result<Why, Response> {
    let (field, text) = match error {
        ProspectError::Field(field) => match field.as_str() {
            "phone" => ("telephone", "Ce numéro n’en est pas un."),
            "email" => ("courriel", "Cette adresse n’en est pas une."),
            "name" => ("nom", "Un nom tient sur une ligne, 200 caractères au plus."),
            "notes" => ("notes", "5 000 caractères au plus."),
            _ => ("appreciation", "5 000 caractères au plus."),
        },
        ProspectError::Move => ("statut", "De là, ce statut n’est pas possible."),
        ProspectError::Changed => (
            "",
            "Quelqu’un a modifié cette fiche entre-temps : voici ce qu’elle est maintenant. Refaites votre changement.",
        ),
        ProspectError::Missing => return Err(problem::missing()),
        ProspectError::Store(error) => return Err(failed(error)),
    };
    Ok(Why { field, text })
}

/// The form with what is there.
pub(in crate::board) async fn edit(member: Member, Path(id): Path<String>) -> Answer {
    let row = present(&member, &id).await?;
    let zone = member.desk.zone().await.map_err(failed)?;
    page(&member, &row, Typed::of(&row, &zone), None).await
}

/// Changes one.
pub(in crate::board) async fn change(
    member: Member,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Answer {
    let row = present(&member, &id).await?;
    let wanted = match typed.change() {
        Ok(wanted) => wanted,
        Err(why) => return page(&member, &row, typed, Some(why)).await,
    };
    let version = typed.version.parse().unwrap_or_default();
    match member.desk.change_prospect(&id, Some(version), &wanted).await {
        Ok(_) => Ok(Redirect::to(&format!("/app/prospects/{id}?fait=modifie")).into_response()),
        Err(ProspectError::Changed) => {
            let zone = member.desk.zone().await.map_err(failed)?;
            page(&member, &row, Typed::of(&row, &zone), Some(why(ProspectError::Changed)?)).await
        }
        Err(error) => page(&member, &row, typed, Some(why(error)?)).await,
    }
}

/// They were called back: nothing is planned any more.
pub(in crate::board) async fn called(member: Member, Path(id): Path<String>) -> Answer {
    let change = ProspectChange {
        last_contact: Some(member.desk.now()),
        next_follow_up: Some(None),
        ..ProspectChange::default()
    };
    match member.desk.change_prospect(&id, None, &change).await {
        Ok(_) | Err(ProspectError::Changed) => {
            Ok(Redirect::to(&format!("/app/prospects/{id}?fait=rappele")).into_response())
        }
        Err(ProspectError::Store(error)) => Err(failed(error)),
        Err(_) => Err(problem::missing()),
    }
}

async fn present(member: &Member, id: &str) -> Result<ProspectRow, Response> {
    member.desk.prospect(id).await.map_err(failed)?.ok_or_else(problem::missing)
}

async fn page(member: &Member, row: &ProspectRow, typed: Typed, why: Option<Why>) -> Answer {
    let name = who(row);
    let frame = Frame::of(member, Section::Prospects, format!("Prospect : {name}")).await?;
    let present = Status::parse(&row.qualification_status).unwrap_or(Status::New);
    let statuses = Status::ALL
        .into_iter()
        .filter(|to| *to == present || present.may_become(*to))
        .map(|one| (one.as_str().to_owned(), status(one.as_str()).word.to_owned()))
        .collect();
    let above = why.filter(|why| why.field.is_empty());
    let above = above.map(|why| view! { <Notice tone=Tone::Warn text=why.text.to_owned()/> });
    let answer = if why.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let there = format!("/app/prospects/{}", row.id);
    Ok(frame.show_as(
        answer,
        view! {
            <p class="back"><a href=there.clone()><Icon name="previous"/>"Retour"</a></p>
            <header class="page-head"><h1>{name}</h1></header>
            {above}
            <form class="form wide" method="post" action=there>
                <input type="hidden" name="version" value=typed.version/>
                <div class="pair">
                    {choice(("statut", "Statut"), typed.statut, statuses, why).into_any()}
                    {short(("rappel", "À rappeler le"), "date", typed.rappel, why).into_any()}
                </div>
                {long(("notes", "Notes"), typed.notes, why).into_any()}
                {long(("appreciation", "Appréciation"), typed.appreciation, why).into_any()}
                {short(("nom", "Nom"), "text", typed.nom, why).into_any()}
                <div class="pair">
                    {short(("telephone", "Téléphone"), "tel", typed.telephone, why).into_any()}
                    {short(("courriel", "Courriel"), "email", typed.courriel, why).into_any()}
                </div>
                <button class="button primary" type="submit">"Enregistrer"</button>
            </form>
        },
    ))
}
