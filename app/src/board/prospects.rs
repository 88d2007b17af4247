//! `/app/prospects`: those who may become customers, with their answers.

mod form;
mod one;
mod values;

pub(super) use form::{called, change, edit};
pub(super) use one::show;

use super::frame::{Frame, Section};
use super::{Answer, failed, rows};
use crate::parts::{Chip, Empty, Icon, Look};
use crate::session::Member;
use crate::typo::{self, NBSP, french};
use axum::extract::Query;
use desk::calls::{Mark, Page};
use desk::prospects::Wanted;
use domain::qualification::{Answered, Status, Value};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use leptos::prelude::*;
use serde::Deserialize;
use store::dashboard::prospects::ProspectRow;

/// Answers that a list shows of a prospect.
const SUMMED_UP: usize = 3;

/// What the address says.
#[derive(Deserialize, Default)]
pub(super) struct Asked {
    #[serde(default)]
    statut: String,
    #[serde(default)]
    rappel: String,
    #[serde(default)]
    q: String,
    #[serde(default)]
    avant: String,
}

impl Asked {
    fn there(&self, mark: &str) -> String {
        let pairs = [
            ("statut", &self.statut),
            ("rappel", &self.rappel),
            ("q", &self.q),
            ("avant", &mark.to_owned()),
        ];
        super::address("/app/prospects", &pairs)
    }
}

/// Shows them.
pub(super) async fn list(member: Member, Query(asked): Query<Asked>) -> Answer {
    let frame = Frame::of(&member, Section::Prospects, "Prospects").await?;
    let desk = &member.desk;
    let zone = desk.zone().await.map_err(failed)?;
    let today = desk.today(&zone);
    let wanted = Wanted {
        status: Status::parse(&asked.statut),
        search: asked.q.clone(),
        follow_up: (asked.rappel == "aujourdhui").then_some(today),
        before: Mark::parse(&asked.avant),
        ..Wanted::default()
    };
    let page = desk.prospects(&wanted).await.map_err(failed)?;
    let due = desk.count_follow_ups().await.map_err(failed)?;
    Ok(frame.show(listed(page, &asked, due, &zone, today)))
}

/// How a status looks.
pub(super) fn status(name: &str) -> Look {
    let (state, icon, word) = match Status::parse(name) {
        Some(Status::Qualified) => ("good", "check", "Qualifié"),
        Some(Status::FollowUp) => ("warn", "clock", "À relancer"),
        Some(Status::NotQualified) => ("", "cancelled", "Non qualifié"),
        Some(Status::Converted) => ("good", "booked", "Client"),
        Some(Status::Lost) => ("", "hangup", "Perdu"),
        Some(Status::New) | None => ("note", "person", "Nouveau"),
    };
    Look { state, icon, word }
}

/// The name they gave, else their number.
pub(super) fn who(row: &ProspectRow) -> String {
    rows::writer(row.name.as_deref().or(row.email.as_deref()), row.phone.as_deref())
}

fn listed(
    page: Page<ProspectRow>,
    asked: &Asked,
    due: i64,
    zone: &TimeZone,
    today: Date,
) -> impl IntoView + use<> {
    let newest = (!asked.avant.is_empty()).then(|| asked.there(""));
    let older = page.next.as_ref().map(|mark| asked.there(&mark.to_string()));
    let filtered = !asked.there("").ends_with("/prospects");
    let list = match (page.rows.is_empty(), filtered) {
        (true, true) => view! { <Empty icon="person" title="Personne ne correspond" text="Aucun prospect ne répond à ces critères : élargissez-les."/> }.into_any(),
        (true, false) => view! { <Empty icon="person" title="Aucun prospect pour l’instant" text="Quand l’assistant pose vos questions à quelqu’un, ses réponses arrivent ici avec un score."/> }.into_any(),
        (false, _) => table(page.rows, zone, today).into_any(),
    };
    let call_back = (due > 0 && asked.rappel.is_empty()).then(|| {
        let words = typo::count(due, "personne à rappeler aujourd’hui", "personnes à rappeler aujourd’hui");
        view! { <p class="notice warn"><Icon name="clock"/><a href="/app/prospects?rappel=aujourdhui">{words}</a></p> }
    });
    view! {
        <header class="page-head"><h1>"Prospects"</h1><p class="soft">"Celles et ceux à qui l’assistant a posé vos questions, ou qui vous ont écrit."</p></header>
        {call_back}
        {filter(asked).into_any()}
        <section id="prospects" data-live="">{list}</section>
        {super::pager(newest, older).into_any()}
    }
}

fn filter(asked: &Asked) -> impl IntoView + use<> {
    let chosen = Status::parse(&asked.statut);
    let options = Status::ALL
        .map(|kind| {
            let (value, word) = (kind.as_str(), status(kind.as_str()).word);
            view! { <option value=value selected=chosen == Some(kind)>{word}</option> }
        })
        .collect_view();
    let today = asked.rappel == "aujourdhui";
    view! {
        <div class="filters">
            <form class="filter field" method="get" action="/app/prospects" data-auto="">
                <label class="unseen" for="statut">"Statut"</label>
                <select id="statut" name="statut"><option value="">"Tous les statuts"</option>{options}</select>
                <label class="unseen" for="rappel">"Rappel"</label>
                <select id="rappel" name="rappel"><option value="">"Rappelés ou non"</option><option value="aujourdhui" selected=today>{french("À rappeler aujourd’hui")}</option></select>
                <label class="unseen" for="q">"Chercher"</label>
                <input id="q" type="search" name="q" placeholder="Nom, courriel, numéro" value=asked.q.clone()/>
                <button class="button" type="submit" data-without-script="">"Filtrer"</button>
            </form>
        </div>
    }
}

fn table(prospects: Vec<ProspectRow>, zone: &TimeZone, today: Date) -> impl IntoView + use<> {
    let rows = prospects.into_iter().map(|prospect| line(prospect, zone, today)).collect_view();
    view! {
        <table class="rows">
            <thead><tr><th scope="col">"Quand"</th><th scope="col">"Qui"</th><th scope="col">"Statut"</th><th scope="col">"Recherche"</th><th scope="col" class="num">"Score"</th></tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn line(prospect: ProspectRow, zone: &TimeZone, today: Date) -> impl IntoView + use<> {
    let at = rows::local(prospect.created_at, zone);
    let when = if at.date() == today {
        typo::clock_full(at.time())
    } else {
        format!("{} à {}", rows::short_day(at.date()), typo::clock_full(at.time()))
    };
    let given = answers(&prospect).into_iter().filter_map(|answer| answer.value);
    let summary: Vec<String> =
        given.filter(tells).take(SUMMED_UP).map(|value| values::shown(&value)).collect();
    let call_back = prospect.next_follow_up_at.map(|at| rows::local(at, zone).date());
    let call_back = call_back.filter(|day| *day <= today).map(|_| {
        let look = Look { state: "warn", icon: "phone", word: "À rappeler" };
        view! { " " <Chip look=look/> }
    });
    let href = format!("/app/prospects/{}", prospect.id);
    let name = who(&prospect);
    view! {
        <tr data-key=prospect.id>
            <td class="soft n">{when}</td>
            <td class="lead"><a class="row" href=href>{name}</a></td>
            <td><Chip look=status(&prospect.qualification_status)/>{call_back}</td>
            <td class="soft wide">{summary.join(", ")}</td>
            <td class="soft num">{score(prospect.qualification_score)}</td>
        </tr>
    }
}

/// True for an answer that says something without its question.
fn tells(value: &Value) -> bool {
    matches!(value, Value::Choice(_) | Value::Place(_) | Value::Amount { .. } | Value::Date { .. })
}

fn score(points: i64) -> String {
    format!("{points}{NBSP}/{NBSP}100")
}

/// What is stored of the answers; nothing when it cannot be read.
fn answers(prospect: &ProspectRow) -> Vec<Answered> {
    serde_json::from_str(&prospect.answers).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_has_a_word_of_its_own() {
        let words: std::collections::HashSet<_> =
            Status::ALL.map(|kind| status(kind.as_str()).word).into_iter().collect();
        assert_eq!(words.len(), Status::ALL.len());
        assert_eq!(status("hot").word, "Nouveau");
    }
}
