//! `/app/appels/{id}`: one call, told so that nobody has to ask a developer why.

use super::frame::{Frame, Section};
use super::rows::{caller, local, masked};
use super::{Answer, conversation, failed, messages, prospects};
use crate::parts::{Chip, Ended, Icon, Look, event_look, event_sentence, outcome};
use crate::problem;
use crate::session::Member;
use crate::typo::{self, french};
use axum::extract::Path;
use desk::calls::Story;
use domain::event::EventKind;
use domain::phone::E164;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use leptos::prelude::*;
use store::dashboard::agenda::VisitRow;
use store::dashboard::calls::{CallRow, TurnRow};
use store::dashboard::events::EventRow;
use store::dashboard::prospects::ProspectRow;
use store::dashboard::tickets::TicketRow;

/// Shows it.
pub(super) async fn show(member: Member, Path(id): Path<String>) -> Answer {
    let story = member.desk.call(&id).await.map_err(failed)?;
    let Some(story) = story else { return Err(problem::missing()) };
    let zone = member.desk.zone().await.map_err(failed)?;
    let today = member.desk.today(&zone);
    let who = caller(story.call.caller_name.as_deref(), story.call.from_number.as_deref());
    let frame = Frame::of(&member, Section::Calls, format!("Appel de {who}")).await?;
    Ok(frame.show(content(story, who, &zone, today)))
}

fn content(story: Story, who: String, zone: &TimeZone, today: Date) -> impl IntoView + use<> {
    let head = head(&story.call, who, zone, today).into_any();
    let facts = facts(&story.call, zone).into_any();
    let results = results(story.visits, story.tickets, story.prospects).into_any();
    view! {
        <p class="back"><a href="/app/appels"><Icon name="previous"/>"Tous les appels"</a></p>
        <div id="appel" data-live="">
            {head}
            <div class="told">
                <section class="panel">
                    <header><h2>"La conversation"</h2></header>
                    {timeline(story.turns, story.events, zone).into_any()}
                </section>
                <aside class="beside">{results}{facts}</aside>
            </div>
        </div>
    }
}

fn head(call: &CallRow, who: String, zone: &TimeZone, today: Date) -> impl IntoView + use<> {
    let ended = if call.ended_at.is_some() { Ended::Yes } else { Ended::No };
    let look = outcome(call.outcome.as_deref(), ended);
    let when = typo::when(local(call.started_at, zone), today);
    let length = match (call.duration_seconds, ended) {
        (Some(seconds), Ended::Yes) => format!(", pendant {}", typo::duration(seconds)),
        _ => String::new(),
    };
    view! {
        <header class="page-head">
            <h1>{who}</h1>
            <p class="soft">{format!("A appelé {when}{length}.")}</p>
            <Chip look=look/>
        </header>
    }
}

fn results(
    visits: Vec<VisitRow>,
    tickets: Vec<TicketRow>,
    prospects: Vec<ProspectRow>,
) -> impl IntoView {
    let nothing = (visits.is_empty() && tickets.is_empty() && prospects.is_empty())
        .then(|| view! { <li class="soft">"Rien à faire : cet appel n’a rien laissé."</li> });
    let visits = visits.into_iter().map(visit).collect_view();
    let tickets = tickets.into_iter().map(ticket).collect_view();
    let prospects = prospects.into_iter().map(prospect).collect_view();
    view! {
        <section class="panel">
            <header><h2>"Ce que l’appel a donné"</h2></header>
            <ul class="results">{nothing}{visits}{prospects}{tickets}</ul>
        </section>
    }
}

fn visit(visit: VisitRow) -> impl IntoView {
    let start = format!("{}T{}", visit.rdv_date, visit.rdv_time).parse::<DateTime>().ok();
    let when = start.map(typo::day_and_clock).unwrap_or_default();
    let state = match visit.status.as_str() {
        "cancelled" => " (annulé)",
        _ => "",
    };
    let href = format!("/app/rendez-vous/{}", visit.id);
    view! { <li><Icon name="booked"/><span><a href=href>{when}</a>{state}<br/><span class="soft">{visit.customer_name}</span></span></li> }
}

fn ticket(ticket: TicketRow) -> impl IntoView {
    let (icon, kind) = messages::category(&ticket);
    let state = messages::state(&ticket.status);
    let state = match &ticket.reference {
        Some(reference) => format!("Ticket {reference}, {kind}, {state}"),
        None => format!("{kind}, {state}"),
    };
    let pressing =
        messages::priority(&ticket.priority).map(|look| view! { <br/><Chip look=look/> });
    view! { <li><Icon name=icon/><span><a href=format!("/app/messages/{}", ticket.id)>{french(&ticket.subject)}</a><br/><span class="soft">{state}</span>{pressing}</span></li> }
}

fn prospect(row: ProspectRow) -> impl IntoView {
    let href = format!("/app/prospects/{}", row.id);
    let look = prospects::status(&row.qualification_status);
    let score = format!("score {} sur 100", row.qualification_score);
    let who = prospects::who(&row);
    view! { <li><Icon name="person"/><span><a href=href>{who}</a><br/><span class="soft">{score}</span><br/><Chip look=look/></span></li> }
}

fn facts(call: &CallRow, zone: &TimeZone) -> impl IntoView + use<> {
    let number = call.from_number.as_deref().map_or("Masqué".to_owned(), masked);
    let call_back = call.from_number.as_deref().map(|number| {
        view! { <p><a class="button" href=format!("tel:{number}")><Icon name="phone"/>"Rappeler"</a></p> }
    });
    let dialled = call.to_number.as_deref().and_then(|number| E164::parse(number, "FR").ok());
    let dialled = dialled.map_or("Inconnu".to_owned(), |number| typo::phone(&number));
    let dialled = if call.unrouted == 1 { format!("{dialled} (non attribué)") } else { dialled };
    let start = local(call.started_at, zone);
    let end = call.ended_at.map(|at| typo::clock_full(local(at, zone).time()));
    view! {
        <section class="panel">
            <header><h2>"Repères"</h2></header>
            <dl class="facts">
                <div><dt>"Numéro"</dt><dd>{number}</dd></div>
                <div><dt>"A composé"</dt><dd>{dialled}</dd></div>
                <div><dt>"Début"</dt><dd>{typo::day(start.date())}", "{typo::clock_full(start.time())}</dd></div>
                <div><dt>"Fin"</dt><dd>{end.unwrap_or_else(|| "en cours".to_owned())}</dd></div>
                <div><dt>"Référence"</dt><dd><code>{call.call_sid.clone()}</code></dd></div>
            </dl>
            {call_back}
        </section>
    }
}

/// Something in the flow of a call.
enum Moment {
    Turn(TurnRow),
    Event(EventRow, EventKind),
}

/// Turns and events by their time; a turn before the events it caused.
fn timeline(turns: Vec<TurnRow>, events: Vec<EventRow>, zone: &TimeZone) -> impl IntoView + use<> {
    let mut moments: Vec<(i64, u8, Moment)> =
        turns.into_iter().map(|turn| (turn.created_at, 1, Moment::Turn(turn))).collect();
    moments.extend(events.into_iter().filter_map(|event| {
        let kind = EventKind::parse(&event.event)?;
        let order = if kind == EventKind::CallStarted { 0 } else { 2 };
        Some((event.created_at, order, Moment::Event(event, kind)))
    }));
    moments.sort_by_key(|(at, order, _)| (*at, *order));
    if moments.is_empty() {
        return view! { <p class="soft">"Rien n’a encore été dit."</p> }.into_any();
    }
    let items = moments
        .into_iter()
        .map(|(at, _, moment)| {
            let clock = second(local(at, zone));
            match moment {
                Moment::Turn(turn) => said(turn, clock).into_any(),
                Moment::Event(event, kind) => happened(event, kind, clock).into_any(),
            }
        })
        .collect_view();
    view! { <ol class="timeline">{items}</ol> }.into_any()
}

fn second(at: DateTime) -> String {
    format!(
        "{}{nbsp}h{nbsp}{:02}{nbsp}min{nbsp}{:02}{nbsp}s",
        at.hour(),
        at.minute(),
        at.second(),
        nbsp = typo::NBSP
    )
}

fn said(turn: TurnRow, clock: String) -> impl IntoView {
    let again = (turn.revision > 0)
        .then(|| view! { <span class="soft small">"entendu de nouveau, autrement"</span> });
    let news =
        ["transfer_failed", "agent_failed"].contains(&turn.rule.as_str()) && turn.heard.is_empty();
    let heard = match turn.heard.trim() {
        "" => view! { <p class="soft"><em>"(silence)"</em></p> }.into_any(),
        heard => view! { <p>{french(heard)}</p> }.into_any(),
    };
    let why = why(&turn).into_any();
    let them = (turn.turn > 0 && !news).then(|| {
        view! { <div class="voice them"><p class="label">"Entendu" {again}</p>{heard}{why}</div> }
    });
    let after = match turn.action.as_deref() {
        Some("hang_up") => Some("Puis a raccroché."),
        Some(action) if action.starts_with("transfer:") => Some("Puis a passé l’appel."),
        _ => None,
    };
    let after = after.map(|text| view! { <p class="soft small">{text}</p> });
    view! {
        <li>
            <p class="at">{clock}</p>
            {them}
            <div class="voice us"><p class="label">"Dit"</p><p>{french(&turn.said)}</p>{after}</div>
        </li>
    }
}

/// What was understood, the rule that decided, how long it took: folded under the words.
fn why(turn: &TurnRow) -> impl IntoView + use<> {
    let understood = conversation::understood(turn.understood.as_deref().unwrap_or_default());
    let understood = match understood.is_empty() {
        true => view! { <li class="soft">"rien de reconnu"</li> }.into_any(),
        false => understood
            .into_iter()
            .map(|line| view! { <li>{french(&line)}</li> })
            .collect_view()
            .into_any(),
    };
    let took = match turn.took_us {
        micros if micros < 1_000 => format!("moins d’une{}milliseconde", typo::NBSP),
        micros => format!("{}{}ms", micros / 1_000, typo::NBSP),
    };
    view! {
        <details class="why">
            <summary>{french("Pourquoi cette réponse ?")}</summary>
            <dl>
                <div><dt>"Compris"</dt><dd><ul>{understood}</ul></dd></div>
                <div><dt>"Décidé"</dt><dd>{conversation::rule(&turn.rule)}" "<code>{turn.rule.clone()}</code></dd></div>
                <div><dt>"En"</dt><dd>{took}</dd></div>
            </dl>
        </details>
    }
}

fn happened(event: EventRow, kind: EventKind, clock: String) -> impl IntoView {
    let Look { state, icon, .. } = event_look(kind);
    let reason =
        event.reason.map(|reason| view! { <span class="soft small">" ("{reason}")"</span> });
    view! {
        <li class=format!("event {state}")>
            <p class="at">{clock}</p>
            <p class="what"><Icon name=icon/><span>{event_sentence(kind)}{reason}</span></p>
        </li>
    }
}
