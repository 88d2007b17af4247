//! `/app/messages`: requests that wait for the practice.

use super::frame::{Frame, Section};
use super::{Answer, failed, rows};
use crate::parts::{Chip, Empty, Icon, Look, Notice, Tone};
use crate::problem;
use crate::session::Member;
use crate::typo::{self, french};
use axum::Form;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse as _, Redirect};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use leptos::prelude::*;
use serde::Deserialize;
use store::dashboard::tickets::TicketRow;

/// What the address says.
#[derive(Deserialize, Default)]
pub(super) struct Asked {
    #[serde(default)]
    fait: String,
}

/// Where to go afterwards.
#[derive(Deserialize, Default)]
pub(super) struct Back {
    #[serde(default)]
    retour: String,
}

/// Shows them.
pub(super) async fn show(member: Member, Query(asked): Query<Asked>) -> Answer {
    let frame = Frame::of(&member, Section::Messages, "Messages").await?;
    let zone = member.desk.zone().await.map_err(failed)?;
    let today = member.desk.today(&zone);
    let waiting = member.desk.waiting().await.map_err(failed)?;
    let done = member.desk.dealt_with().await.map_err(failed)?;
    let notice = match asked.fait.as_str() {
        "traite" => Some("C’est noté comme traité."),
        "a-traiter" => Some("C’est de nouveau à traiter."),
        _ => None,
    };
    Ok(frame.show(content(waiting, done, notice, &zone, today)))
}

/// Marks one as dealt with.
pub(super) async fn deal_with(
    member: Member,
    Path(id): Path<String>,
    Form(back): Form<Back>,
) -> Answer {
    match member.desk.deal_with(&id).await.map_err(failed)? {
        true if back.retour == "/app" => Ok(Redirect::to("/app").into_response()),
        true => Ok(Redirect::to("/app/messages?fait=traite").into_response()),
        false => Err(problem::missing()),
    }
}

/// Takes that back.
pub(super) async fn reopen(member: Member, Path(id): Path<String>) -> Answer {
    match member.desk.reopen(&id).await.map_err(failed)? {
        true => Ok(Redirect::to("/app/messages?fait=a-traiter").into_response()),
        false => Err(problem::missing()),
    }
}

fn content(
    waiting: Vec<TicketRow>,
    done: Vec<TicketRow>,
    notice: Option<&'static str>,
    zone: &TimeZone,
    today: Date,
) -> impl IntoView + use<> {
    let notice = notice.map(|text| view! { <Notice tone=Tone::Good text=text.to_owned()/> });
    let list = if waiting.is_empty() {
        view! { <Empty icon="message" title="Rien n’attend" text="Messages, demandes de rappel, transferts sans réponse, urgences et liste d’attente arrivent ici. Vous les cochez une fois traités."/> }.into_any()
    } else {
        let items = waiting
            .into_iter()
            .map(|ticket| waiting_item(ticket, zone, today, "/app/messages"))
            .collect_view();
        view! { <ul class="tickets">{items}</ul> }.into_any()
    };
    let done = (!done.is_empty()).then(|| {
        let items = done.into_iter().map(|ticket| done_item(ticket, zone, today)).collect_view();
        view! { <section class="panel"><header><h2>"Traités"</h2></header><ul class="tickets done">{items}</ul></section> }
    });
    view! {
        <header class="page-head"><h1>"Messages"</h1><p class="soft">"Ce que l’assistant a noté pour vous."</p></header>
        {notice}
        <div id="messages" data-live="" class="stack">
            <section class="panel"><header><h2>"En attente"</h2></header>{list}</section>
            {done}
        </div>
    }
}

/// What a request is: an icon and a word.
pub(super) fn category(ticket: &TicketRow) -> (&'static str, String) {
    let (icon, word) = match ticket.category.as_str() {
        "callback" if ticket.cause == "transfer_failed" => {
            ("forward", "À rappeler : transfert sans réponse")
        }
        "callback" if ticket.cause == "agent_failed" => ("alert", "À rappeler : souci technique"),
        "emergency" => ("alert", "Urgence reconnue"),
        "waiting_list" => ("clock", "Liste d’attente"),
        "message" => ("message", "Message"),
        "callback" => ("phone", "Rappel demandé"),
        "prescription" => ("pen", "Ordonnance"),
        "results" => ("list", "Résultats"),
        "complaint" | "reclamation" => ("alert", "Réclamation"),
        "technique" => ("settings", "Technique"),
        "facturation" => ("list", "Facturation"),
        "question" => ("question", "Question"),
        own => return ("message", named(own)),
    };
    (icon, word.to_owned())
}

/// A category of the tenant's own, by its slug.
fn named(slug: &str) -> String {
    let words = slug.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// How urgent a request is, unless it is as usual.
pub(super) fn priority(name: &str) -> Option<Look> {
    let (state, icon, word) = match name {
        "urgent" => ("bad", "alert", "Urgent"),
        "high" => ("warn", "alert", "Prioritaire"),
        "low" => ("", "clock", "Peu pressé"),
        _ => return None,
    };
    Some(Look { state, icon, word })
}

/// One request that waits, with its one action.
pub(super) fn waiting_item(
    ticket: TicketRow,
    zone: &TimeZone,
    today: Date,
    back: &'static str,
) -> impl IntoView + use<> {
    let action = format!("/app/messages/{}/traite", ticket.id);
    let call_back = ticket.customer_phone.clone().map(|number| {
        let shown = typo::phone_text(&number);
        view! { <a class="tel n" href=format!("tel:{number}")><Icon name="phone"/>{shown}</a> }
    });
    view! {
        <li data-key=ticket.id.clone()>
            {words(&ticket, zone, today).into_any()}
            <div class="act">
                {call_back}
                <form method="post" action=action>
                    <input type="hidden" name="retour" value=back/>
                    <button class="button" type="submit"><Icon name="check"/>"Traité"</button>
                </form>
            </div>
        </li>
    }
}

fn done_item(ticket: TicketRow, zone: &TimeZone, today: Date) -> impl IntoView + use<> {
    let action = format!("/app/messages/{}/a-traiter", ticket.id);
    view! {
        <li data-key=ticket.id.clone()>
            {words(&ticket, zone, today).into_any()}
            <form class="act" method="post" action=action>
                <button class="button plain" type="submit">"Remettre en attente"</button>
            </form>
        </li>
    }
}

fn words(ticket: &TicketRow, zone: &TimeZone, today: Date) -> impl IntoView + use<> {
    let (icon, kind) = category(ticket);
    let who = rows::caller(ticket.customer_name.as_deref(), ticket.customer_phone.as_deref());
    let when = typo::when(rows::local(ticket.created_at, zone), today);
    let reference = ticket
        .reference
        .clone()
        .map(|reference| view! { <span class="soft n">"réf. "{reference}</span> });
    let pressing = priority(&ticket.priority).map(|look| view! { <Chip look=look/> });
    let text = french(ticket.description.trim());
    let text = (!text.is_empty()).then(|| view! { <blockquote>{text}</blockquote> });
    let call = ticket.call_row.clone().map(|id| {
        view! { " · " <a href=format!("/app/appels/{id}")>"l’appel"</a> }
    });
    view! {
        <div class="words">
            <p class="kind"><Icon name=icon/><strong>{who}</strong><span class="soft">{kind}</span>{reference}{pressing}</p>
            {text}
            <p class="soft small">{when}{call}</p>
        </div>
    }
}
