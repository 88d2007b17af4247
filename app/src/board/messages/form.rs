//! Opening a request by hand, and correcting one: the same fields.

use super::super::fields::{Why, choice, long, short};
use super::super::frame::{Frame, Section};
use super::super::{Answer, failed};
use super::{one, words};
use crate::parts::{Icon, Notice, Tone};
use crate::problem;
use crate::session::Member;
use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::tickets::{TicketChange, TicketError, TicketWanted};
use domain::support::Priority;
use leptos::prelude::*;
use serde::Deserialize;
use store::dashboard::tickets::TicketRow;

/// The form as it was filled in.
#[derive(Deserialize, Default, Clone)]
pub(in crate::board) struct Typed {
    #[serde(default)]
    version: String,
    #[serde(default)]
    nom: String,
    #[serde(default)]
    telephone: String,
    #[serde(default)]
    courriel: String,
    #[serde(default)]
    sujet: String,
    #[serde(default)]
    texte: String,
    #[serde(default)]
    categorie: String,
    #[serde(default)]
    priorite: String,
    #[serde(default)]
    qui: String,
    #[serde(default)]
    resolution: String,
}

impl Typed {
    fn of(row: &TicketRow) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            version: row.version.to_string(),
            nom: text(&row.customer_name),
            telephone: text(&row.customer_phone),
            courriel: text(&row.customer_email),
            sujet: row.subject.clone(),
            texte: row.description.clone(),
            categorie: row.category.clone(),
            priorite: row.priority.clone(),
            qui: text(&row.assigned_to),
            resolution: text(&row.resolution_notes),
        }
    }

    fn wanted(&self) -> TicketWanted {
        TicketWanted {
            name: Some(self.nom.clone()),
            phone: Some(self.telephone.clone()),
            email: Some(self.courriel.clone()),
            subject: self.sujet.clone(),
            description: self.texte.clone(),
            category: self.categorie.clone(),
            priority: Priority::parse(&self.priorite),
            assigned_to: Some(self.qui.clone()),
        }
    }

    fn change(&self) -> TicketChange {
        TicketChange {
            name: Some(Some(self.nom.clone())),
            phone: Some(Some(self.telephone.clone())),
            email: Some(Some(self.courriel.clone())),
            subject: Some(self.sujet.clone()),
            description: Some(self.texte.clone()),
            category: Some(self.categorie.clone()),
            priority: Priority::parse(&self.priorite),
            status: None,
            assigned_to: Some(Some(self.qui.clone())),
            resolution: Some(Some(self.resolution.clone())),
        }
    }
}

fn why(error: TicketError) -> Result<Why, Response> {
    let (field, text) = match error {
        TicketError::Field("subject") => ("sujet", "Dites en une ligne de quoi il s’agit."),
        TicketError::Field("phone") => ("telephone", "Ce numéro n’en est pas un."),
        TicketError::Field("email") => ("courriel", "Cette adresse n’en est pas une."),
        TicketError::Field("name") => {
            ("nom", "Un nom tient sur une ligne, 200 caractères au plus.")
        }
        TicketError::Field("description") => ("texte", "5 000 caractères au plus."),
        TicketError::Field("resolution") => ("resolution", "5 000 caractères au plus."),
        TicketError::Field("category") => ("categorie", "Choisissez une catégorie de la liste."),
        TicketError::Field("assigned_to") => ("qui", "Cette personne n’est pas du cabinet."),
        TicketError::Field(_) | TicketError::Move => ("", "Cela n’a pas pu être enregistré."),
        TicketError::Changed => (
            "",
            "Quelqu’un a modifié ce ticket entre-temps : voici ce qu’il est maintenant. Refaites votre changement.",
        ),
        other => return Err(one::instead(other)),
    };
    Ok(Why { field, text })
}

/// The empty form.
pub(in crate::board) async fn blank(member: Member) -> Answer {
    let typed = Typed { priorite: "medium".to_owned(), ..Typed::default() };
    page(&member, None, typed, None).await
}

/// Opens a request.
pub(in crate::board) async fn add(member: Member, Form(typed): Form<Typed>) -> Answer {
    match member.desk.create_ticket(&typed.wanted()).await {
        Ok(row) => Ok(Redirect::to(&format!("/app/messages/{}?fait=cree", row.id)).into_response()),
        Err(error) => page(&member, None, typed, Some(why(error)?)).await,
    }
}

/// The form with what is there.
pub(in crate::board) async fn edit(member: Member, Path(id): Path<String>) -> Answer {
    let row = present(&member, &id).await?;
    page(&member, Some(&id), Typed::of(&row), None).await
}

/// Corrects one.
pub(in crate::board) async fn change(
    member: Member,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Answer {
    let version = typed.version.parse().unwrap_or_default();
    match member.desk.change_ticket(&id, Some(version), &typed.change()).await {
        Ok(_) => Ok(Redirect::to(&format!("/app/messages/{id}?fait=modifie")).into_response()),
        Err(TicketError::Changed) => {
            let row = present(&member, &id).await?;
            let why = why(TicketError::Changed)?;
            page(&member, Some(&id), Typed::of(&row), Some(why)).await
        }
        Err(error) => page(&member, Some(&id), typed, Some(why(error)?)).await,
    }
}

async fn present(member: &Member, id: &str) -> Result<TicketRow, Response> {
    let story = member.desk.ticket(id).await.map_err(failed)?;
    story.map(|story| story.ticket).ok_or_else(problem::missing)
}

async fn page(member: &Member, id: Option<&str>, typed: Typed, why: Option<Why>) -> Answer {
    let title = if id.is_some() { "Modifier le ticket" } else { "Nouveau ticket" };
    let frame = Frame::of(member, Section::Messages, title).await?;
    let desk = &member.desk;
    let profile = desk.office().profile(desk.tenant()).await.map_err(failed)?;
    let people = desk.members().await.map_err(failed)?;
    let people: Vec<String> = people.into_iter().map(|(email, _)| email).collect();
    let categories = words::categories(&profile.support, &typed.categorie);
    let above = why.filter(|why| why.field.is_empty());
    let above = above.map(|why| view! { <Notice tone=Tone::Warn text=why.text.to_owned()/> });
    let status = if why.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (action, back, word) = match id {
        Some(id) => (format!("/app/messages/{id}"), format!("/app/messages/{id}"), "Enregistrer"),
        None => {
            let list = "/app/messages".to_owned();
            ("/app/messages/nouveau".to_owned(), list, "Ouvrir le ticket")
        }
    };
    let resolution = id
        .is_some()
        .then(|| long(("resolution", "Résolution"), typed.resolution.clone(), why).into_any());
    let fields = fields(typed, categories, people, why).into_any();
    Ok(frame.show_as(
        status,
        view! {
            <p class="back"><a href=back><Icon name="previous"/>"Retour"</a></p>
            <header class="page-head"><h1>{title}</h1></header>
            {above}
            <form class="form wide" method="post" action=action>
                {fields}
                {resolution}
                <button class="button primary" type="submit">{word}</button>
            </form>
        },
    ))
}

fn fields(
    typed: Typed,
    categories: Vec<(String, String)>,
    people: Vec<String>,
    why: Option<Why>,
) -> impl IntoView {
    let priorities = Priority::ALL
        .iter()
        .map(|one| (one.as_str().to_owned(), words::priority_word(*one).to_owned()))
        .collect();
    let nobody = (String::new(), "Personne".to_owned());
    let people = std::iter::once(nobody)
        .chain(people.into_iter().map(|email| (email.clone(), email)))
        .collect();
    view! {
        <input type="hidden" name="version" value=typed.version/>
        {short(("sujet", "Sujet"), "text", typed.sujet, why).into_any()}
        {long(("texte", "Texte"), typed.texte, why).into_any()}
        <div class="pair">
            {choice(("categorie", "Catégorie"), typed.categorie, categories, why).into_any()}
            {choice(("priorite", "Priorité"), typed.priorite, priorities, why).into_any()}
        </div>
        {choice(("qui", "Confié à"), typed.qui, people, why).into_any()}
        {short(("nom", "Nom du client"), "text", typed.nom, why).into_any()}
        <div class="pair">
            {short(("telephone", "Téléphone"), "tel", typed.telephone, why).into_any()}
            {short(("courriel", "Courriel"), "email", typed.courriel, why).into_any()}
        </div>
    }
}
