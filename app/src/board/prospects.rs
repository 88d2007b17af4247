//! `/app/prospects`: those who may become customers, with their answers.

use super::frame::{Frame, Section};
use super::{Answer, failed, rows};
use crate::parts::{Chip, Empty, Icon, Look};
use crate::problem;
use crate::session::Member;
use crate::typo::{self, NBSP, french};
use axum::extract::{Path, Query};
use desk::calls::{Mark, Page};
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
    avant: String,
}

/// Shows them.
pub(super) async fn list(member: Member, Query(asked): Query<Asked>) -> Answer {
    let frame = Frame::of(&member, Section::Prospects, "Prospects").await?;
    let zone = member.desk.zone().await.map_err(failed)?;
    let today = member.desk.today(&zone);
    let status = Status::parse(&asked.statut);
    let name = status.map_or("", Status::as_str);
    let before = Mark::parse(&asked.avant);
    let page = member.desk.prospects(name, before.as_ref()).await.map_err(failed)?;
    Ok(frame.show(listed(page, status, before.is_some(), &zone, today)))
}

/// Shows one.
pub(super) async fn show(member: Member, Path(id): Path<String>) -> Answer {
    let row = member.desk.prospect(&id).await.map_err(failed)?;
    let Some(row) = row else { return Err(problem::missing()) };
    let zone = member.desk.zone().await.map_err(failed)?;
    let today = member.desk.today(&zone);
    let frame = Frame::of(&member, Section::Prospects, format!("Prospect : {}", who(&row))).await?;
    Ok(frame.show(one(row, &zone, today)))
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
    rows::caller(row.name.as_deref(), row.phone.as_deref())
}

fn listed(
    page: Page<ProspectRow>,
    chosen: Option<Status>,
    paged: bool,
    zone: &TimeZone,
    today: Date,
) -> impl IntoView + use<> {
    let name = chosen.map_or("", Status::as_str).to_owned();
    let there = |mark: &str| {
        super::address("/app/prospects", &[("statut", &name), ("avant", &mark.to_owned())])
    };
    let newest = paged.then(|| there(""));
    let older = page.next.as_ref().map(|mark| there(&mark.to_string()));
    let list = if page.rows.is_empty() {
        view! { <Empty icon="person" title="Aucun prospect pour l’instant" text="Quand l’assistant pose vos questions à quelqu’un, ses réponses arrivent ici avec un score."/> }.into_any()
    } else {
        table(page.rows, zone, today).into_any()
    };
    view! {
        <header class="page-head"><h1>"Prospects"</h1><p class="soft">"Celles et ceux à qui l’assistant a posé vos questions."</p></header>
        {filter(chosen).into_any()}
        <section id="prospects" data-live="">{list}</section>
        {super::pager(newest, older).into_any()}
    }
}

fn filter(chosen: Option<Status>) -> impl IntoView {
    let options = Status::ALL
        .map(|kind| {
            let (value, word) = (kind.as_str(), status(kind.as_str()).word);
            view! { <option value=value selected=chosen == Some(kind)>{word}</option> }
        })
        .collect_view();
    view! {
        <div class="filters">
            <form class="filter field" method="get" action="/app/prospects" data-auto="">
                <label class="unseen" for="statut">"Statut"</label>
                <select id="statut" name="statut"><option value="">"Tous les statuts"</option>{options}</select>
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
        given.filter(tells).take(SUMMED_UP).map(|value| shown(&value)).collect();
    let href = format!("/app/prospects/{}", prospect.id);
    let name = who(&prospect);
    view! {
        <tr data-key=prospect.id>
            <td class="soft n">{when}</td>
            <td class="lead"><a class="row" href=href>{name}</a></td>
            <td><Chip look=status(&prospect.qualification_status)/></td>
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

fn one(prospect: ProspectRow, zone: &TimeZone, today: Date) -> impl IntoView + use<> {
    let brought = typo::when(rows::local(prospect.created_at, zone), today);
    let source = match prospect.source.as_str() {
        "web" => "par écrit",
        _ => "au téléphone",
    };
    let asked = answers(&prospect)
        .into_iter()
        .map(|answer| {
            let given = match &answer.value {
                Some(value) => view! { <dd>{french(&shown(value))}</dd> }.into_any(),
                None => view! { <dd class="soft">"Sans réponse"</dd> }.into_any(),
            };
            view! { <div><dt>{french(&answer.ask)}</dt>{given}</div> }
        })
        .collect_view();
    let call = prospect.call_row.clone().map(|id| {
        view! { <p><a class="button" href=format!("/app/appels/{id}")><Icon name="phone"/>"Voir l’appel"</a></p> }
    });
    let notes = prospect.notes.clone().map(|notes| {
        view! { <div><dt>"Notes"</dt><dd>{french(&notes)}</dd></div> }
    });
    view! {
        <p class="back"><a href="/app/prospects"><Icon name="previous"/>"Tous les prospects"</a></p>
        <header class="page-head">
            <h1>{who(&prospect)}</h1>
            <p class="soft">{format!("A répondu {source} {brought}.")}</p>
            <Chip look=status(&prospect.qualification_status)/>
        </header>
        <section class="panel">
            <header><h2>"Repères"</h2></header>
            <dl class="facts wide">
                {reach(&prospect).into_any()}
                <div><dt>"Score"</dt><dd>{score(prospect.qualification_score)}</dd></div>
                {notes}
            </dl>
        </section>
        <section class="panel">
            <header><h2>"Vos questions, ses réponses"</h2></header>
            <dl class="facts wide">{asked}</dl>
        </section>
        {call}
    }
}

fn reach(prospect: &ProspectRow) -> impl IntoView + use<> {
    let phone = match prospect.phone.clone() {
        Some(number) => {
            let shown = typo::phone_text(&number);
            view! { <a class="n" href=format!("tel:{number}")>{shown}</a> }.into_any()
        }
        None => view! { <span class="soft">"Non donné"</span> }.into_any(),
    };
    let email = prospect.email.clone().map(|address| {
        let href = format!("mailto:{address}");
        view! { <div><dt>"Courriel"</dt><dd><a href=href>{address}</a></dd></div> }
    });
    view! { <div><dt>"Téléphone"</dt><dd>{phone}</dd></div> {email} }
}

/// An answer as it is read.
fn shown(value: &Value) -> String {
    let money = |amount: i64| format!("{}{NBSP}€", typo::thousands(amount));
    let day = |date: &Date| format!("{} {}", typo::day(*date), date.year());
    match value {
        Value::Text(text) | Value::Choice(text) | Value::Place(text) => text.clone(),
        Value::YesNo(true) => "Oui".to_owned(),
        Value::YesNo(false) => "Non".to_owned(),
        Value::Number(number) => typo::thousands(*number),
        Value::Amount { from: Some(from), to: Some(to) } if from == to => money(*from),
        Value::Amount { from: Some(from), to: Some(to) } => {
            format!("de {} à {}", money(*from), money(*to))
        }
        Value::Amount { from: None, to: Some(to) } => format!("jusqu’à {}", money(*to)),
        Value::Amount { from: Some(from), to: None } => format!("à partir de {}", money(*from)),
        Value::Amount { from: None, to: None } | Value::Date { from: None, to: None } => {
            "Sans précision".to_owned()
        }
        Value::Date { from: Some(from), to: Some(to) } if from == to => day(from),
        Value::Date { from: Some(from), to: Some(to) } => {
            format!("du {} au {}", day(from), day(to))
        }
        Value::Date { from: Some(from), to: None } => format!("à partir du {}", day(from)),
        Value::Date { from: None, to: Some(to) } => format!("avant le {}", day(to)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn answers_read_as_a_person_writes_them() {
        let plain = |value: Value| shown(&value).replace([NBSP, typo::NNBSP], " ");
        let amount = |from, to| plain(Value::Amount { from, to });
        assert_eq!(amount(Some(300_000), Some(300_000)), "300 000 €");
        assert_eq!(amount(Some(200_000), Some(250_000)), "de 200 000 € à 250 000 €");
        assert_eq!(amount(None, Some(900)), "jusqu’à 900 €");
        assert_eq!(amount(Some(900), None), "à partir de 900 €");
        assert_eq!(plain(Value::YesNo(false)), "Non");
        let from = Some(date(2027, 1, 1));
        assert_eq!(plain(Value::Date { from, to: from }), "vendredi 1er janvier 2027");
        assert_eq!(plain(Value::Date { from, to: None }), "à partir du vendredi 1er janvier 2027");
    }

    #[test]
    fn every_status_has_a_word_of_its_own() {
        let words: std::collections::BTreeSet<&str> =
            Status::ALL.map(|kind| status(kind.as_str()).word).into_iter().collect();
        assert_eq!(words.len(), Status::ALL.len());
        assert_eq!(status("hot").word, "Nouveau");
    }
}
