//! `/app/agenda`: a week, of which a phone shows one day.
//!
//! Positions are classes (`at-N`, `for-N`, in steps of five minutes) because
//! the pages allow no inline style.

mod closures;
mod grid;
mod share;

pub(crate) use grid::position_rules;

use super::frame::{Frame, Section};
use super::{Answer, failed, rows};
use crate::parts::{Empty, Icon};
use crate::session::Member;
use crate::table::{Table, get, post};
use crate::typo;
use crate::web::Web;
use axum::extract::Query;
use desk::snapshot::Days;
use domain::tenant::Profile;
use jiff::civil::{Date, DateTime};
use jiff::{Span, ToSpan as _};
use leptos::prelude::*;
use serde::Deserialize;
use std::sync::Arc;
use store::dashboard::agenda::VisitRow;

/// The agenda's routes.
pub(super) fn routes() -> Table<Web> {
    Table::new()
        .route("/app/agenda", get(show))
        .route("/app/agenda/partage", get(share::show))
        .route("/app/agenda/partage/{id}/adresse", post(share::open))
        .route("/app/agenda/partage/{id}/revoquer", post(share::close))
        .route("/app/agenda/rendez-vous.csv", get(share::table))
        .route("/app/agenda/fermetures", get(closures::show).post(closures::add))
        .route("/app/agenda/fermetures/{id}/retirer", post(closures::remove))
}

/// What the address says.
#[derive(Deserialize, Default)]
pub(super) struct Asked {
    #[serde(default)]
    jour: String,
}

/// Everything the page shows.
pub(super) struct AgendaPage {
    profile: Arc<Profile>,
    now: DateTime,
    /// The day asked for.
    day: Date,
    /// Its week.
    days: Days,
    visits: Vec<VisitRow>,
}

/// Shows it.
pub(super) async fn show(member: Member, Query(asked): Query<Asked>) -> Answer {
    let frame = Frame::of(&member, Section::Agenda, "Agenda").await?;
    let desk = &member.desk;
    let profile = desk.office().profile(desk.tenant()).await.map_err(failed)?;
    let now = profile.zone.to_datetime(desk.now());
    let day = asked.jour.parse().ok().filter(|day| in_reach(*day, now.date()));
    let day = day.unwrap_or(now.date());
    let monday = back(day, i64::from(day.weekday().to_monday_zero_offset()));
    let days = Days::between(monday, ahead(monday, 6), &profile.zone);
    let mut visits = desk.visits(&days).await.map_err(failed)?;
    visits.retain(|visit| !["cancelled", "rescheduled"].contains(&visit.status.as_str()));
    Ok(frame.show(content(AgendaPage { profile, now, day, days, visits })))
}

/// Within ten years: nobody has an agenda further away.
fn in_reach(day: Date, today: Date) -> bool {
    (i32::from(day.year()) - i32::from(today.year())).abs() <= 10
}

fn back(day: Date, days: i64) -> Date {
    day.saturating_sub(Span::new().days(days))
}

fn ahead(day: Date, days: i64) -> Date {
    day.saturating_add(days.days())
}

fn content(page: AgendaPage) -> impl IntoView {
    let title = format!(
        "du {} au {} {}",
        typo::day_month(page.days.from),
        typo::day_month(page.days.to),
        page.days.to.year()
    );
    let bar = bar(page.day, page.now.date()).into_any();
    let none = page.visits.is_empty().then(|| {
        view! { <Empty icon="calendar" title="Aucun rendez-vous cette semaine" text="Ceux que l’assistant prend s’inscrivent ici pendant l’appel."/> }
    });
    let new = format!("/app/rendez-vous/nouveau?jour={}", page.day.max(page.now.date()));
    view! {
        <header class="page-head"><h1>"Agenda"</h1><p class="soft">{title}</p></header>
        <p class="ways">
            <a class="button primary" href=new><Icon name="booked"/>"Nouveau rendez-vous"</a>
            <a class="button" href="/app/agenda/fermetures">"Fermetures"</a>
            <a class="button" href="/app/agenda/partage">"Partager"</a>
        </p>
        {bar}
        <div id="agenda" data-live="">
            {grid::view(&page).into_any()}
            {none}
        </div>
    }
}

/// Steps to other days and weeks.
fn bar(day: Date, today: Date) -> impl IntoView {
    let to = |day: Date| format!("/app/agenda?jour={day}");
    let picked = (day == today).then_some("true");
    view! {
        <div class="filters">
            <nav class="segments wide-only" aria-label="Semaine">
                <a href=to(back(day, 7)) aria-label="Semaine précédente"><Icon name="previous"/></a>
                <a href="/app/agenda" aria-current=picked>"Aujourd’hui"</a>
                <a href=to(ahead(day, 7)) aria-label="Semaine suivante"><Icon name="next"/></a>
            </nav>
            <nav class="segments narrow-only" aria-label="Jour">
                <a href=to(back(day, 1)) aria-label="Jour précédent"><Icon name="previous"/></a>
                <a href="/app/agenda" aria-current=picked>"Aujourd’hui"</a>
                <a href=to(ahead(day, 1)) aria-label="Jour suivant"><Icon name="next"/></a>
            </nav>
            <form class="filter field" method="get" action="/app/agenda" data-auto="">
                <label class="unseen" for="jour">"Aller au jour"</label>
                <input id="jour" name="jour" type="date" value=day.to_string()/>
                <button class="button" type="submit" data-without-script="">"Aller"</button>
            </form>
        </div>
    }
}

/// The hour on a block, and the name; the rest is on its page.
fn block_label(visit: &VisitRow) -> String {
    let start = format!("{}T{}", visit.rdv_date, visit.rdv_time).parse::<DateTime>().ok();
    start.map(|start| typo::clock_full(start.time())).unwrap_or_default()
}

/// `lun. 24 nov.`
fn day_label(day: Date) -> String {
    rows::short_day(day)
}
