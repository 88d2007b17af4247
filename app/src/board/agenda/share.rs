//! `/app/agenda/partage`: secret addresses by which other programs show a
//! calendar, and the table for spreadsheets.

use super::super::frame::{Frame, Section};
use super::super::{Answer, JustDone, failed, rows};
use crate::parts::{Icon, Notice, Tone};
use crate::problem;
use crate::session::Member;
use crate::typo::{self, french};
use crate::web::Web;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Redirect};
use desk::export::Mark;
use desk::feeds::{FeedError, Listed, Shows};
use desk::snapshot::Days;
use domain::id::CalendarId;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use leptos::prelude::*;
use serde::Deserialize;

/// What a feed is to show.
#[derive(Deserialize, Default)]
pub(in super::super) struct Wanted {
    #[serde(default)]
    montre: String,
}

/// Which days a table is of.
#[derive(Deserialize, Default)]
pub(in super::super) struct Span {
    #[serde(default)]
    du: String,
    #[serde(default)]
    au: String,
    #[serde(default)]
    excel: String,
}

/// Shows it.
pub(in super::super) async fn show(member: Member, Query(asked): Query<JustDone>) -> Answer {
    let done = (asked.fait == "revoque")
        .then(|| notice(Tone::Good, "C’est fait : cette adresse n’ouvre plus rien."));
    page(&member, StatusCode::OK, done).await
}

/// Gives a calendar a new address, shown in this answer only.
pub(in super::super) async fn open(
    State(web): State<Web>,
    member: Member,
    Path(id): Path<String>,
    Form(wanted): Form<Wanted>,
) -> Answer {
    let shows = Shows::parse(&wanted.montre).unwrap_or(Shows::Names);
    match member.desk.open_feed(&CalendarId(id), shows).await {
        Err(FeedError::Forbidden) => {
            let why = "Seul le responsable du cabinet peut partager un agenda.";
            page(&member, StatusCode::FORBIDDEN, Some(notice(Tone::Warn, why))).await
        }
        Ok(path) => {
            let address = format!("{}{path}", web.config.home);
            page(&member, StatusCode::CREATED, Some(shown_once(address).into_any())).await
        }
        Err(FeedError::NoCalendar) => Err(problem::missing()),
        Err(FeedError::Sandbox) => {
            let why = "Rien ne sort du cabinet d’essai : son agenda ne peut pas être partagé.";
            page(&member, StatusCode::FORBIDDEN, Some(notice(Tone::Warn, why))).await
        }
        Err(FeedError::Store(error)) => Err(failed(error)),
    }
}

/// Ends the address of a calendar.
pub(in super::super) async fn close(member: Member, Path(id): Path<String>) -> Answer {
    match member.desk.close_feed(&CalendarId(id)).await {
        Ok(()) => Ok(Redirect::to("/app/agenda/partage?fait=revoque").into_response()),
        Err(FeedError::Store(error)) => Err(failed(error)),
        Err(_) => Err(problem::missing()),
    }
}

/// The table of some days; without dates those of the last and the next 30.
pub(in super::super) async fn table(member: Member, Query(span): Query<Span>) -> Answer {
    let zone = member.desk.zone().await.map_err(failed)?;
    let today = member.desk.today(&zone);
    let from = span.du.parse().unwrap_or_else(|_| super::back(today, 30));
    let to = span.au.parse().unwrap_or_else(|_| super::ahead(today, 30));
    let mark = if span.excel == "non" { Mark::No } else { Mark::Yes };
    let text = member.desk.table(&Days::between(from, to, &zone), mark).await.map_err(failed)?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"rendez-vous.csv\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, text).into_response())
}

fn notice(tone: Tone, text: &str) -> AnyView {
    view! { <Notice tone=tone text=text.to_owned()/> }.into_any()
}

async fn page(member: &Member, status: StatusCode, told: Option<AnyView>) -> Answer {
    let frame = Frame::of(member, Section::Agenda, "Partager l’agenda").await?;
    let calendars = member.desk.feeds().await.map_err(failed)?;
    let zone = member.desk.zone().await.map_err(failed)?;
    let today = member.desk.today(&zone);
    let items = calendars
        .into_iter()
        .map(|listed| {
            let controls = member.desk.may_share().then(|| controls(&listed).into_any());
            item(&listed, &zone, today, controls).into_any()
        })
        .collect_view();
    let meaning = "Votre téléphone ou votre logiciel d’agenda peut montrer les rendez-vous : donnez-lui l’adresse secrète du calendrier (« s’abonner à un calendrier »). Qui a cette adresse lit le calendrier.";
    let content = view! {
        <p class="back"><a href="/app/agenda"><Icon name="previous"/>"Agenda"</a></p>
        <header class="page-head"><h1>"Partager l’agenda"</h1><p class="soft">{french(meaning)}</p></header>
        {told}
        <section class="panel"><header><h2>"Calendriers"</h2></header><ul class="sessions">{items}</ul></section>
        <section class="panel"><header><h2>"Tableau pour un tableur"</h2></header>{export(today).into_any()}</section>
    };
    Ok(frame.show_as(status, content))
}

/// The only time that an address is readable.
fn shown_once(address: String) -> impl IntoView {
    view! {
        <section class="panel once" role="status">
            <header><h2>"L’adresse du calendrier"</h2></header>
            <p>{french("Copiez-la maintenant : elle ne sera plus jamais affichée. L’adresse d’avant n’ouvre plus rien.")}</p>
            <div class="field"><label for="adresse">"À garder secrète"</label><input id="adresse" class="n" readonly value=address autocomplete="off" spellcheck="false"/></div>
        </section>
    }
}

fn item(
    listed: &Listed,
    zone: &TimeZone,
    today: Date,
    controls: Option<AnyView>,
) -> impl IntoView + use<> {
    let at = |milliseconds: i64| typo::when(rows::local(milliseconds, zone), today);
    let state = match &listed.feed {
        None => french("Pas d’adresse."),
        Some(feed) => {
            let shows = if feed.shows == "busy" { "heures occupées" } else { "noms" };
            let read =
                feed.last_used_at.map_or("jamais lue".to_owned(), |at_| format!("lue {}", at(at_)));
            format!("Adresse créée {} ({shows}), {read}.", at(feed.created_at))
        }
    };
    view! {
        <li>
            <Icon name="calendar"/>
            <div><p><strong>{listed.name.clone()}</strong></p><p class="soft small">{state}</p></div>
            {controls}
        </li>
    }
}

/// Makes and ends the address.
fn controls(listed: &Listed) -> impl IntoView + use<> {
    let base = format!("/app/agenda/partage/{}", listed.calendar.0);
    let make = if listed.feed.is_some() { "Remplacer l’adresse" } else { "Créer une adresse" };
    let confirm = format!(
        "Révoquer l’adresse de « {} » ? Les agendas abonnés ne recevront plus rien.",
        listed.name
    );
    let revoke = listed.feed.is_some().then(|| {
        let label = format!("Révoquer l’adresse de {}", listed.name);
        view! {
            <form method="post" action=format!("{base}/revoquer") data-confirm=french(&confirm)>
                <button class="button danger" type="submit" aria-label=label>"Révoquer"</button>
            </form>
        }
    });
    let choice = format!("Ce que montre l’adresse de {}", listed.name);
    view! {
            <form class="swap field" method="post" action=format!("{base}/adresse")>
                <select name="montre" aria-label=choice>
                    <option value="names">"Noms et numéros"</option>
                    <option value="busy">"Heures occupées seulement"</option>
                </select>
                <button class="button" type="submit">{make}</button>
            </form>
            {revoke}
    }
}

fn export(today: Date) -> impl IntoView {
    let (from, to) = (super::back(today, 30), super::ahead(today, 30));
    view! {
        <form class="form" method="get" action="/app/agenda/rendez-vous.csv">
            <div class="field"><label for="du">"Du"</label><input id="du" name="du" type="date" required value=from.to_string()/></div>
            <div class="field"><label for="au">"Au"</label><input id="au" name="au" type="date" required value=to.to_string()/></div>
            <div class="field"><label for="excel">"Pour"</label>
                <select id="excel" name="excel"><option value="oui">"Excel"</option><option value="non">"Un autre programme"</option></select>
            </div>
            <button class="button" type="submit">"Télécharger"</button>
        </form>
    }
}
