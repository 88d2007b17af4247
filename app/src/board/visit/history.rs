//! What was done to an appointment, newest first.

use super::{VisitPage, author, calendar, made};
use crate::board::rows;
use crate::parts::{Icon, Look};
use crate::typo;
use jiff::civil::DateTime;
use leptos::prelude::*;
use serde_json::Value;
use store::appointments::history::ChangeRow;

/// Its changes, and at the end how it was made.
pub(super) fn view(page: &VisitPage) -> impl IntoView + use<> {
    let items = page.history.iter().map(|change| item(change, page).into_any()).collect_view();
    let made = made(&page.visit, &page.profile, page.now.date());
    let by = author(&page.visit.created_by);
    view! {
        <section class="panel">
            <header><h2>"Historique"</h2></header>
            <ol class="timeline">
                {items}
                <li class="event"><p class="at">{made}</p><p class="what"><Icon name="booked"/>"Inscrit par "{by}</p></li>
            </ol>
        </section>
    }
}

fn item(change: &ChangeRow, page: &VisitPage) -> impl IntoView + use<> {
    let Look { state, icon, word } = look(&change.change);
    let when = typo::when(rows::local(change.changed_at, &page.profile.zone), page.now.date());
    let by = match &change.by_whom {
        Some(email) if email.contains('@') => email.clone(),
        _ => author(&change.author).to_owned(),
    };
    let details = serde_json::from_str(&change.details).unwrap_or(Value::Null);
    let more = more(&details, page).map(|text| view! { <p class="soft">{text}</p> });
    view! {
        <li class=format!("event {state}")>
            <p class="at">{when}", par "{by}</p>
            <p class="what"><Icon name=icon/>{word}</p>
            {more}
        </li>
    }
}

fn look(change: &str) -> Look {
    let (state, icon, word) = match change {
        "moved" => ("note", "moved", "Déplacé"),
        "cancelled" => ("", "cancelled", "Annulé"),
        "completed" => ("good", "check", "Venu"),
        "no_show" => ("warn", "alert", "Absent"),
        "restored" => ("", "previous", "Repris : ni venu ni absent"),
        "rescheduled" => ("note", "swap", "Remplacé par un autre rendez-vous"),
        "corrected" => ("", "pen", "Corrigé"),
        _ => ("", "info", "Modifié"),
    };
    Look { state, icon, word }
}

/// From when to when, and whose calendar if that changed.
fn more(details: &Value, page: &VisitPage) -> Option<String> {
    let (from, to) = (details.get("from")?, details.get("to")?);
    let mut text = format!("Du {} au {}", moment(from)?, moment(to)?);
    if from["calendar"] != to["calendar"] {
        let name =
            |place: &Value| calendar(&page.profile, place["calendar"].as_str().unwrap_or(""));
        text += &format!(", de {} à {}", name(from), name(to));
    }
    Some(text)
}

fn moment(place: &Value) -> Option<String> {
    let text = format!("{}T{}", place["date"].as_str()?, place["time"].as_str()?);
    text.parse::<DateTime>().ok().map(typo::day_and_clock)
}
