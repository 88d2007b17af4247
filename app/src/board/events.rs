//! `/app/evenements`: every event, for whoever wants to count for themselves.

use super::frame::{Frame, Section};
use super::period::{self, Span};
use super::{Answer, address, failed, pager, rows};
use crate::parts::{Chip, Empty, event_look, event_sentence};
use crate::session::Member;
use crate::typo;
use axum::extract::Query;
use desk::calls::{Mark, Page};
use desk::snapshot::Period;
use domain::event::EventKind;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use leptos::prelude::*;
use serde::Deserialize;
use store::dashboard::events::EventRow;

/// What the address says.
#[derive(Deserialize, Default, Clone)]
pub(super) struct Asked {
    #[serde(default)]
    periode: String,
    #[serde(default)]
    evenement: String,
    #[serde(default)]
    avant: String,
}

impl Asked {
    fn href(&self) -> String {
        let pairs =
            [("periode", &self.periode), ("evenement", &self.evenement), ("avant", &self.avant)];
        address("/app/evenements", &pairs)
    }
}

/// Shows them.
pub(super) async fn show(member: Member, Query(asked): Query<Asked>) -> Answer {
    let frame = Frame::of(&member, Section::Events, "Événements").await?;
    let zone = member.desk.zone().await.map_err(failed)?;
    let today = member.desk.today(&zone);
    let span = Span::read(&asked.periode, "", "", Period::SevenDays);
    let days = span.days(today, &zone);
    let before = Mark::parse(&asked.avant);
    let page = member.desk.events(&days, &asked.evenement, before).await.map_err(failed)?;
    Ok(frame.show(content(asked, span, page, &zone, today)))
}

fn content(
    asked: Asked,
    span: Span,
    page: Page<EventRow>,
    zone: &TimeZone,
    today: Date,
) -> impl IntoView + use<> {
    let words = span.words();
    let list = if page.rows.is_empty() {
        view! { <Empty icon="list" title="Aucun événement" text="Chaque étape d’un appel laisse une trace ici : rendez-vous, transfert, message, abandon."/> }.into_any()
    } else {
        table(page.rows, zone, today).into_any()
    };
    let first = (!asked.avant.is_empty()).then(|| Asked { avant: String::new(), ..asked.clone() });
    let older = page.next.map(|mark| Asked { avant: mark.to_string(), ..asked.clone() });
    view! {
        <header class="page-head"><h1>"Événements"</h1><p class="soft">{words}</p></header>
        {filters(&asked, &span).into_any()}
        <section id="evenements" data-live="">{list}</section>
        {pager(first.map(|asked| asked.href()), older.map(|asked| asked.href())).into_any()}
    }
}

fn filters(asked: &Asked, span: &Span) -> impl IntoView + use<> {
    let picker = period::picker(span, |period| {
        let periode = period.as_str().to_owned();
        Asked { periode, avant: String::new(), ..asked.clone() }.href()
    });
    let kinds = EventKind::ALL
        .iter()
        .map(|kind| {
            let here = kind.as_str() == asked.evenement;
            view! { <option value=kind.as_str() selected=here>{event_look(*kind).word}</option> }
        })
        .collect_view();
    let period = (!asked.periode.is_empty())
        .then(|| view! { <input type="hidden" name="periode" value=asked.periode.clone()/> });
    view! {
        <div class="filters">
            {picker.into_any()}
            <form class="filter field" method="get" action="/app/evenements" data-auto="">
                {period}
                <label class="unseen" for="evenement">"Événement"</label>
                <select id="evenement" name="evenement"><option value="">"Tous les événements"</option>{kinds}</select>
                <button class="button" type="submit" data-without-script="">"Filtrer"</button>
            </form>
        </div>
    }
}

fn table(rows: Vec<EventRow>, zone: &TimeZone, today: Date) -> impl IntoView + use<> {
    let rows = rows.into_iter().map(|event| row(event, zone, today)).collect_view();
    view! {
        <table class="rows">
            <thead><tr><th scope="col">"Quand"</th><th scope="col">"Événement"</th><th scope="col">"Ce qui s’est passé"</th><th scope="col">"Appel"</th></tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn row(event: EventRow, zone: &TimeZone, today: Date) -> impl IntoView + use<> {
    let at = rows::local(event.created_at, zone);
    let clock = typo::clock_full(at.time());
    let when = if at.date() == today {
        clock
    } else {
        format!("{} à {clock}", rows::short_day(at.date()))
    };
    let kind = EventKind::parse(&event.event);
    let chip = kind.map(|kind| view! { <Chip look=event_look(kind)/> });
    let sentence = kind.map(event_sentence).unwrap_or_default();
    let who = rows::caller(event.caller_name.as_deref(), event.from_number.as_deref());
    let call = match event.call_row {
        Some(id) => view! { <a class="row" href=format!("/app/appels/{id}")>{who}</a> }.into_any(),
        None => view! { <span class="soft">"Essai par écrit"</span> }.into_any(),
    };
    view! {
        <tr data-key=event.id>
            <td class="soft n">{when}</td>
            <td>{chip}</td>
            <td class="wide">{sentence}</td>
            <td>{call}</td>
        </tr>
    }
}
