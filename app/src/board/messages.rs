//! `/app/messages`: requests that wait for the practice. Without a filter what
//! waits, each with its one action; with one, a table.

mod filter;
mod form;
mod history;
mod one;
mod words;
mod write;

pub(super) use form::{add, blank, change, edit};
pub(super) use one::{answer, comment, show as show_one, turn};
pub(super) use words::{category, priority, state};

use super::frame::{Frame, Section};
use super::{Answer, failed, rows};
use crate::parts::{Chip, Empty, Icon, Notice, Tone};
use crate::problem;
use crate::session::Member;
use crate::typo::{self, french};
use axum::Form;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse as _, Redirect};
use filter::Asked;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use leptos::prelude::*;
use serde::Deserialize;
use store::dashboard::tickets::TicketRow;

/// Where to go afterwards.
#[derive(Deserialize, Default)]
pub(super) struct Back {
    #[serde(default)]
    retour: String,
}

/// What a line needs besides its request.
#[derive(Clone)]
pub(super) struct Moment {
    /// Where local times are.
    pub zone: TimeZone,
    /// Now.
    pub now: Timestamp,
}

impl Moment {
    /// Of a person who looks at it.
    pub(super) async fn of(member: &Member) -> Result<Self, axum::response::Response> {
        let zone = member.desk.zone().await.map_err(failed)?;
        Ok(Self { zone, now: member.desk.now() })
    }

    fn today(&self) -> Date {
        self.zone.to_datetime(self.now).date()
    }

    /// A stored instant, as it is said.
    fn when(&self, at: i64) -> String {
        typo::when(rows::local(at, &self.zone), self.today())
    }
}

/// Shows them.
pub(super) async fn show(member: Member, Query(asked): Query<Asked>) -> Answer {
    let frame = Frame::of(&member, Section::Messages, "Messages").await?;
    let moment = Moment::of(&member).await?;
    let filters = filter::bar(&member, &asked).await?.into_any();
    let notice = match asked.fait.as_str() {
        "traite" => Some("C’est noté comme traité."),
        "a-traiter" => Some("C’est de nouveau à traiter."),
        _ => None,
    };
    let list = match asked.wanted() {
        Some(wanted) => {
            let page = member.desk.tickets(&wanted).await.map_err(failed)?;
            filter::found(page, &asked, &moment).into_any()
        }
        None => {
            let waiting = member.desk.waiting().await.map_err(failed)?;
            let done = member.desk.dealt_with().await.map_err(failed)?;
            waiting_and_done(waiting, done, &moment).into_any()
        }
    };
    let notice = notice.map(|text| view! { <Notice tone=Tone::Good text=text.to_owned()/> });
    Ok(frame.show(view! {
        <header class="page-head with-action">
            <h1>"Messages"</h1>
            <p class="soft">"Ce que l’assistant a noté pour vous, et vos tickets."</p>
            <a class="button" href="/app/messages/nouveau"><Icon name="pen"/>"Nouveau ticket"</a>
        </header>
        {notice}
        {filters}
        <div id="messages" data-live="" class="stack">{list}</div>
    }))
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

fn waiting_and_done(
    waiting: Vec<TicketRow>,
    done: Vec<TicketRow>,
    moment: &Moment,
) -> impl IntoView + use<> {
    let list = if waiting.is_empty() {
        view! { <Empty icon="message" title="Rien n’attend" text="Messages, demandes de rappel, transferts sans réponse, urgences et liste d’attente arrivent ici. Vous les cochez une fois traités."/> }.into_any()
    } else {
        let items = waiting
            .into_iter()
            .map(|ticket| waiting_item(ticket, moment, "/app/messages"))
            .collect_view();
        view! { <ul class="tickets">{items}</ul> }.into_any()
    };
    let done = (!done.is_empty()).then(|| {
        let items = done.into_iter().map(|ticket| done_item(ticket, moment)).collect_view();
        view! { <section class="panel"><header><h2>"Traités"</h2></header><ul class="tickets done">{items}</ul></section> }
    });
    view! {
        <section class="panel"><header><h2>"En attente"</h2></header>{list}</section>
        {done}
    }
}

/// One request that waits, with its one action.
pub(super) fn waiting_item(
    ticket: TicketRow,
    moment: &Moment,
    back: &'static str,
) -> impl IntoView + use<> {
    let action = format!("/app/messages/{}/traite", ticket.id);
    let call_back = ticket.customer_phone.clone().map(|number| {
        let shown = typo::phone_text(&number);
        view! { <a class="tel n" href=format!("tel:{number}")><Icon name="phone"/>{shown}</a> }
    });
    view! {
        <li data-key=ticket.id.clone()>
            {told(&ticket, moment).into_any()}
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

fn done_item(ticket: TicketRow, moment: &Moment) -> impl IntoView + use<> {
    let action = format!("/app/messages/{}/a-traiter", ticket.id);
    view! {
        <li data-key=ticket.id.clone()>
            {told(&ticket, moment).into_any()}
            <form class="act" method="post" action=action>
                <button class="button plain" type="submit">"Remettre en attente"</button>
            </form>
        </li>
    }
}

fn told(ticket: &TicketRow, moment: &Moment) -> impl IntoView + use<> {
    let (icon, kind) = category(ticket);
    let who = rows::writer(ticket.customer_name.as_deref(), ticket.customer_phone.as_deref());
    let when = moment.when(ticket.created_at);
    let reference = ticket
        .reference
        .clone()
        .map(|reference| view! { <span class="soft n">"réf. "{reference}</span> });
    let pressing = priority(&ticket.priority).map(|look| view! { <Chip look=look/> });
    let late =
        ticket.is_overdue(moment.now.as_millisecond()).then(|| view! { <Chip look=words::LATE/> });
    let text = french(ticket.description.trim());
    let text = (!text.is_empty()).then(|| view! { <blockquote>{text}</blockquote> });
    let call = ticket.call_row.clone().map(|id| {
        view! { " · " <a href=format!("/app/appels/{id}")>"l’appel"</a> }
    });
    let href = format!("/app/messages/{}", ticket.id);
    view! {
        <div class="words">
            <p class="kind"><Icon name=icon/><a class="strong" href=href>{who}</a><span class="soft">{kind}</span>{reference}{pressing}{late}</p>
            {text}
            <p class="soft small">{when}{call}</p>
        </div>
    }
}
