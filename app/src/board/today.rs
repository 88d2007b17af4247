//! `/app`: what waits, the figures, the calls, what comes next.

use super::figures::{self, Figures};
use super::frame::{Frame, Section};
use super::period::{self, Span};
use super::{Answer, failed, messages, rows};
use crate::parts::{Empty, Icon};
use crate::session::Member;
use crate::typo;
use axum::extract::Query;
use desk::Desk;
use desk::snapshot::{Days, Period};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use leptos::prelude::*;
use serde::Deserialize;
use store::StoreError;
use store::dashboard::agenda::VisitRow;
use store::dashboard::calls::CallRow;
use store::dashboard::figures::Counters;
use store::dashboard::tickets::TicketRow;

/// What the address says.
#[derive(Deserialize, Default)]
pub(super) struct Asked {
    #[serde(default)]
    periode: String,
}

/// Everything the page shows.
struct TodayPage {
    zone: TimeZone,
    at: Timestamp,
    now: DateTime,
    waiting: Vec<TicketRow>,
    figures: Figures,
    open: Vec<CallRow>,
    last: Vec<CallRow>,
    next: Vec<VisitRow>,
}

/// Shows it.
pub(super) async fn show(member: Member, Query(asked): Query<Asked>) -> Answer {
    let frame = Frame::of(&member, Section::Today, "Aujourd’hui").await?;
    let span = Span::read(&asked.periode, "", "", Period::Today);
    let page = load(&member.desk, span).await.map_err(failed)?;
    Ok(frame.show(content(page)))
}

async fn load(desk: &Desk, span: Span) -> Result<TodayPage, StoreError> {
    let zone = desk.zone().await?;
    let now = zone.to_datetime(desk.now());
    Ok(TodayPage {
        at: desk.now(),
        now,
        waiting: desk.waiting().await?,
        figures: load_figures(desk, span, now.date(), &zone).await?,
        open: desk.open_calls().await?,
        last: desk.last_calls(10).await?,
        next: desk.next_visits(6).await?,
        zone,
    })
}

async fn load_figures(
    desk: &Desk,
    span: Span,
    today: Date,
    zone: &TimeZone,
) -> Result<Figures, StoreError> {
    let days = span.days(today, zone);
    let before = desk.totals(&days.before(zone)).await?;
    let now = desk.snapshot_of(days).await?;
    let week = match now.each.len() {
        1 => desk.snapshot_of(Days::of(Period::SevenDays, today, zone)).await?.each,
        _ => now.each.clone(),
    };
    let bars: Vec<Counters> = week.into_iter().map(|(_, day)| day).collect();
    Ok(Figures { span, now, bars, before })
}

fn content(page: TodayPage) -> impl IntoView {
    let (zone, today) = (page.zone, page.now.date());
    let moment = messages::Moment { zone: zone.clone(), now: page.at };
    let day = typo::day(today);
    let picker =
        period::picker(&page.figures.span, |period| format!("/app?periode={}", period.as_str()));
    view! {
        <header class="page-head">
            <h1>"Aujourd’hui"</h1>
            <p class="soft">{day}</p>
        </header>
        <section id="attente" data-live="" class="panel waiting">{waiting(page.waiting, &moment).into_any()}</section>
        <section class="panel">
            <header><h2>"En chiffres"</h2>{picker.into_any()}</header>
            <div id="chiffres" data-live="">{figures::view(page.figures).into_any()}</div>
        </section>
        <div class="two">
            <section class="panel" id="appels" data-live="">{calls(page.open, page.last, &zone, today).into_any()}</section>
            <section class="panel" id="suite" data-live="">{next(page.next, today).into_any()}</section>
        </div>
    }
}

fn waiting(tickets: Vec<TicketRow>, moment: &messages::Moment) -> impl IntoView + use<> {
    if tickets.is_empty() {
        return view! {
            <p class="calm"><Icon name="check"/>{typo::french("Rien ne vous attend. Bonne journée !")}</p>
        }
        .into_any();
    }
    let more = tickets.len().saturating_sub(5);
    let rest = (more > 0).then(|| {
        view! { <p><a href="/app/messages">"Et " {typo::count(more as i64, "autre demande", "autres demandes")}</a></p> }
    });
    let items = tickets
        .into_iter()
        .take(5)
        .map(|ticket| messages::waiting_item(ticket, moment, "/app"))
        .collect_view();
    view! {
        <header><h2>"Vous attendent"</h2><a href="/app/messages">"Tous les messages"</a></header>
        <ul class="tickets">{items}</ul>
        {rest}
    }
    .into_any()
}

fn calls(
    open: Vec<CallRow>,
    last: Vec<CallRow>,
    zone: &TimeZone,
    today: Date,
) -> impl IntoView + use<> {
    let now = (!open.is_empty()).then(|| {
        let count = typo::count(open.len() as i64, "appel en cours", "appels en cours");
        view! { <p class="ongoing"><span class="pulse"></span><strong>{count}</strong></p> }
    });
    let list = if last.is_empty() {
        view! { <Empty icon="phone" title="Pas encore d’appel" text="Chaque appel apparaîtra ici à l’instant où il arrive, avec ce qu’il a donné."/> }.into_any()
    } else {
        rows::calls(last, zone, today).into_any()
    };
    view! {
        <header><h2>"Derniers appels"</h2><a href="/app/appels">"Tous les appels"</a></header>
        {now}
        {list}
    }
}

fn next(visits: Vec<VisitRow>, today: Date) -> impl IntoView {
    let list = if visits.is_empty() {
        view! { <Empty icon="calendar" title="Aucun rendez-vous à venir" text="Les prochains s’afficheront ici, qu’ils soient pris par l’assistant ou par vous."/> }.into_any()
    } else {
        let items = visits.into_iter().map(|visit| visit_item(visit, today)).collect_view();
        view! { <ul class="visits">{items}</ul> }.into_any()
    };
    view! {
        <header><h2>"Prochains rendez-vous"</h2><a href="/app/agenda">"Agenda"</a></header>
        {list}
    }
}

fn visit_item(visit: VisitRow, today: Date) -> impl IntoView {
    let start = format!("{}T{}", visit.rdv_date, visit.rdv_time).parse::<DateTime>().ok();
    let hour = start.map(|start| typo::clock_full(start.time()));
    let day = start.map(|start| {
        if start.date() == today {
            "aujourd’hui".to_owned()
        } else {
            rows::short_day(start.date())
        }
    });
    let href = format!("/app/rendez-vous/{}", visit.id);
    view! {
        <li data-key=visit.id>
            <a href=href>
                <span class="hour">{hour}</span>
                <span class="who">{visit.customer_name}</span>
                <span class="soft small">{day}</span>
            </a>
        </li>
    }
}
