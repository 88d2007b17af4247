//! `/app/messages/{id}`: one request, what was done with it, what can be done.

use super::super::frame::{Frame, Section};
use super::super::{Answer as Page, JustDone, failed, rows};
use super::write::{Answer, Refused, Words, answer_form, comment_form};
use super::{Moment, history, words};
use crate::parts::{Chip, Icon, Notice, Tone};
use crate::problem;
use crate::session::Member;
use crate::typo::{self, french};
use axum::Form;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::tickets::{AnswerWanted, TicketChange, TicketError, TicketStory};
use domain::message::Channel;
use domain::ticket::Status;
use leptos::prelude::*;
use serde::Deserialize;
use store::dashboard::tickets::TicketRow;

/// What it shall become.
#[derive(Deserialize, Default)]
pub(in crate::board) struct Turn {
    #[serde(default)]
    statut: String,
}

/// Shows it.
pub(in crate::board) async fn show(
    member: Member,
    Path(id): Path<String>,
    Query(done): Query<JustDone>,
) -> Page {
    let notice = match done.fait.as_str() {
        "cree" => Some("Le ticket est ouvert."),
        "modifie" => Some("C’est enregistré."),
        "commente" => Some("Votre note est ajoutée."),
        "repondu" => Some("Votre réponse part. Le suivi dit ce qu’elle devient."),
        "statut" => Some("Le statut est changé."),
        "devance" => Some(
            "Quelqu’un vient de changer ce ticket : voici où il en est. Rien d’autre n’a été fait.",
        ),
        _ => None,
    };
    page(&member, &id, notice, Refused::default(), StatusCode::OK).await
}

/// Writes a comment.
pub(in crate::board) async fn comment(
    member: Member,
    Path(id): Path<String>,
    Form(words): Form<Words>,
) -> Page {
    match member.desk.comment_ticket(&id, &words.texte).await {
        Ok(()) => back(&id, "commente"),
        Err(TicketError::Field(_)) => {
            let why = "Écrivez quelques mots, 5 000 caractères au plus.";
            let refused = Refused { comment: Some((words.texte, why)), ..Refused::default() };
            page(&member, &id, None, refused, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(error) => Err(instead(error)),
    }
}

/// Writes to whoever left it.
pub(in crate::board) async fn answer(
    member: Member,
    Path(id): Path<String>,
    Form(typed): Form<Answer>,
) -> Page {
    let wanted = AnswerWanted {
        version: typed.version.parse().unwrap_or_default(),
        by: Channel::parse(&typed.par).unwrap_or(Channel::Email),
        text: typed.reponse.clone(),
    };
    let why = match member.desk.answer_ticket(&id, &wanted).await {
        Ok(_) => return back(&id, "repondu"),
        Err(TicketError::Field("channel")) => "On ne peut pas lui écrire ainsi.",
        Err(TicketError::Field(_)) => {
            "Écrivez votre réponse, sans accolades : 900 caractères au plus par SMS ou WhatsApp, 4 000 par courriel."
        }
        Err(TicketError::Changed) => {
            "Ce ticket a changé entre-temps : relisez le suivi, puis renvoyez votre réponse."
        }
        Err(error) => return Err(instead(error)),
    };
    let refused = Refused { answer: Some((typed, why)), ..Refused::default() };
    page(&member, &id, None, refused, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// Changes how far it is.
pub(in crate::board) async fn turn(
    member: Member,
    Path(id): Path<String>,
    Form(turn): Form<Turn>,
) -> Page {
    let change = TicketChange { status: Status::parse(&turn.statut), ..TicketChange::default() };
    match member.desk.change_ticket(&id, None, &change).await {
        // Somebody else was quicker: the page shows what it is now.
        Err(TicketError::Move | TicketError::Changed) => back(&id, "devance"),
        Ok(_) => back(&id, "statut"),
        Err(error) => Err(instead(error)),
    }
}

fn back(id: &str, done: &str) -> Page {
    Ok(Redirect::to(&format!("/app/messages/{id}?fait={done}")).into_response())
}

/// The page that is shown in its place.
pub(super) fn instead(error: TicketError) -> Response {
    match error {
        TicketError::Store(error) => failed(error),
        _ => problem::missing(),
    }
}

async fn page(
    member: &Member,
    id: &str,
    notice: Option<&'static str>,
    refused: Refused,
    status: StatusCode,
) -> Page {
    let story = member.desk.ticket(id).await.map_err(failed)?;
    let Some(story) = story else { return Err(problem::missing()) };
    let moment = Moment::of(member).await?;
    let frame = Frame::of(member, Section::Messages, story.ticket.subject.clone()).await?;
    let notice = notice.map(|text| view! { <Notice tone=Tone::Good text=text.to_owned()/> });
    let content = content(story, refused, &moment).into_any();
    Ok(frame.show_as(status, view! {
        <p class="back"><a href="/app/messages"><Icon name="previous"/>"Tous les messages"</a></p>
        {notice}
        {content}
    }))
}

fn content(story: TicketStory, refused: Refused, moment: &Moment) -> impl IntoView + use<> {
    let TicketStory { ticket, history } = story;
    let head = head(&ticket, moment).into_any();
    let facts = facts(&ticket, moment).into_any();
    let actions = actions(&ticket).into_any();
    let text = french(ticket.description.trim());
    let text = (!text.is_empty() && text != french(&ticket.subject))
        .then(|| view! { <blockquote class="quote">{text}</blockquote> });
    let told = history::view(history, moment).into_any();
    let comment = comment_form(&ticket.id, refused.comment).into_any();
    let answer = answer_form(&ticket, refused.answer).into_any();
    view! {
        {head}
        <div class="told">
            <div class="stack">
                {text}
                {actions}
                <section class="panel"><header><h2>"Suivi"</h2></header>{told}{answer}{comment}</section>
            </div>
            <aside class="beside">{facts}</aside>
        </div>
    }
}

fn head(ticket: &TicketRow, moment: &Moment) -> impl IntoView + use<> {
    let (_, kind) = words::category(ticket);
    let who = rows::writer(ticket.customer_name.as_deref(), ticket.customer_phone.as_deref());
    let reference = ticket.reference.as_deref().map(|reference| format!(", réf. {reference}"));
    let line = format!(
        "{kind} de {who}, {}{}.",
        moment.when(ticket.created_at),
        reference.unwrap_or_default()
    );
    let pressing = words::priority(&ticket.priority).map(|look| view! { <Chip look=look/> });
    let late =
        ticket.is_overdue(moment.now.as_millisecond()).then(|| view! { <Chip look=words::LATE/> });
    view! {
        <header class="page-head">
            <h1>{french(&ticket.subject)}</h1>
            <p class="soft">{french(&line)}</p>
            <p class="chips"><Chip look=words::status(&ticket.status)/>{pressing}{late}</p>
        </header>
    }
}

/// What it may become, the usual next step first.
fn actions(ticket: &TicketRow) -> impl IntoView + use<> {
    let from = Status::parse(&ticket.status).unwrap_or(Status::Open);
    let steps = [
        (Status::Resolved, "Marquer comme traité", "button primary"),
        (Status::Open, "Remettre en attente", "button"),
        (Status::InProgress, "Je m’en occupe", "button"),
        (Status::WaitingCustomer, "Attend le client", "button"),
        (Status::Closed, "Clore", "button plain"),
    ];
    let buttons = steps
        .into_iter()
        .filter(|(to, ..)| from.may_become(*to))
        .map(|(to, word, class)| {
            view! { <button class=class type="submit" name="statut" value=to.as_str()>{word}</button> }
        })
        .collect_view();
    let edit = format!("/app/messages/{}/modifier", ticket.id);
    view! {
        <form class="steps-row" method="post" action=format!("/app/messages/{}/statut", ticket.id)>
            {buttons}
            <a class="button plain" href=edit><Icon name="pen"/>"Modifier"</a>
        </form>
    }
}

fn facts(ticket: &TicketRow, moment: &Moment) -> impl IntoView + use<> {
    let phone = ticket.customer_phone.clone().map(|number| {
        let shown = typo::phone_text(&number);
        view! { <div><dt>"Téléphone"</dt><dd><a class="n" href=format!("tel:{number}")>{shown}</a></dd></div> }
    });
    let email = ticket.customer_email.clone().map(|address| {
        view! { <div><dt>"Courriel"</dt><dd><a href=format!("mailto:{address}")>{address.clone()}</a></dd></div> }
    });
    let due = ticket.due_at.map(|at| {
        view! { <div><dt>{french("À traiter avant")}</dt><dd>{moment.when(at)}</dd></div> }
    });
    let resolved = ticket
        .resolved_at
        .map(|at| view! { <div><dt>"Traité"</dt><dd>{moment.when(at)}</dd></div> });
    let notes = ticket.resolution_notes.as_deref().map(|notes| {
        view! { <div><dt>"Résolution"</dt><dd>{french(notes)}</dd></div> }
    });
    let assigned = match ticket.assigned_to.clone() {
        Some(email) => view! { <dd>{email}</dd> }.into_any(),
        None => view! { <dd class="soft">"Personne"</dd> }.into_any(),
    };
    let call = ticket.call_row.clone().map(|id| {
        view! { <p><a class="button" href=format!("/app/appels/{id}")><Icon name="phone"/>{french("Voir l’appel")}</a></p> }
    });
    view! {
        <section class="panel">
            <header><h2>"Repères"</h2></header>
            <dl class="facts">
                {phone}{email}
                <div><dt>{french("Confié à")}</dt>{assigned}</div>
                {due}{resolved}{notes}
            </dl>
            {call}
        </section>
    }
}
