//! The list with a filter: a form whose fields are in the address, a table.

use super::super::{failed, pager, rows};
use super::{Moment, words};
use crate::board::address;
use crate::parts::{Chip, Empty};
use crate::session::Member;
use crate::typo::french;
use axum::response::Response;
use desk::calls::{Mark, Page};
use desk::tickets::{Overdue, Wanted};
use domain::support::Priority;
use domain::ticket::Status;
use leptos::prelude::*;
use serde::Deserialize;
use store::dashboard::tickets::TicketRow;

/// What the address says.
#[derive(Deserialize, Default, Clone)]
pub(in crate::board) struct Asked {
    #[serde(default)]
    pub(super) fait: String,
    #[serde(default)]
    statut: String,
    #[serde(default)]
    priorite: String,
    #[serde(default)]
    qui: String,
    #[serde(default)]
    q: String,
    #[serde(default)]
    avant: String,
}

impl Asked {
    /// What is wanted; `None`: nothing in particular.
    pub(super) fn wanted(&self) -> Option<Wanted> {
        let chosen = [&self.statut, &self.priorite, &self.qui, &self.q, &self.avant];
        if chosen.iter().all(|text| text.trim().is_empty()) {
            return None;
        }
        let late = self.statut == "late";
        let known = Status::parse(&self.statut).is_some() || self.statut == "waiting";
        Some(Wanted {
            status: if known { self.statut.clone() } else { String::new() },
            priority: Priority::parse(&self.priorite),
            assigned_to: self.qui.clone(),
            search: self.q.clone(),
            overdue: if late { Overdue::Only } else { Overdue::Any },
            before: Mark::parse(&self.avant),
            ..Wanted::default()
        })
    }

    fn there(&self, mark: &str) -> String {
        let pairs = [
            ("statut", &self.statut),
            ("priorite", &self.priorite),
            ("qui", &self.qui),
            ("q", &self.q),
            ("avant", &mark.to_owned()),
        ];
        address("/app/messages", &pairs)
    }
}

/// The form.
pub(super) async fn bar(member: &Member, asked: &Asked) -> Result<impl IntoView + use<>, Response> {
    let members = member.desk.members().await.map_err(failed)?;
    let chosen = |value: &str, word: &str, present: &str| {
        let (value, word, selected) = (value.to_owned(), word.to_owned(), value == present);
        view! { <option value=value selected=selected>{word}</option> }
    };
    let special = [("waiting", "En attente"), ("late", "En retard")];
    let statuses = Status::ALL.map(|status| (status.as_str(), words::status(status.as_str()).word));
    let statuses = special
        .into_iter()
        .chain(statuses)
        .map(|(value, word)| chosen(value, word, &asked.statut))
        .collect_view();
    let priorities = Priority::ALL
        .iter()
        .rev()
        .map(|one| chosen(one.as_str(), words::priority_word(*one), &asked.priorite))
        .collect_view();
    let people = members.iter().map(|(email, _)| chosen(email, email, &asked.qui)).collect_view();
    let nobody = chosen("-", "Personne", &asked.qui);
    Ok(view! {
        <div class="filters">
            <form class="filter field" method="get" action="/app/messages" data-auto="">
                <label class="unseen" for="statut">"Statut"</label>
                <select id="statut" name="statut"><option value="">"Tous les statuts"</option>{statuses}</select>
                <label class="unseen" for="priorite">"Priorité"</label>
                <select id="priorite" name="priorite"><option value="">"Toutes les priorités"</option>{priorities}</select>
                <label class="unseen" for="qui">{french("Confié à")}</label>
                <select id="qui" name="qui"><option value="">{french("Confié à tous")}</option>{nobody}{people}</select>
                <label class="unseen" for="q">"Chercher"</label>
                <input id="q" type="search" name="q" placeholder="Nom, sujet, référence, numéro" value=asked.q.clone()/>
                <button class="button" type="submit" data-without-script="">"Filtrer"</button>
            </form>
        </div>
    })
}

/// What was found.
pub(super) fn found(
    page: Page<TicketRow>,
    asked: &Asked,
    moment: &Moment,
) -> impl IntoView + use<> {
    let newest = (!asked.avant.is_empty()).then(|| asked.there(""));
    let older = page.next.as_ref().map(|mark| asked.there(&mark.to_string()));
    if page.rows.is_empty() {
        return view! { <Empty icon="message" title="Rien ne correspond" text="Aucun message ni ticket ne répond à ces critères : élargissez-les."/> }.into_any();
    }
    let lines = page.rows.into_iter().map(|row| line(row, moment).into_any()).collect_view();
    view! {
        <table class="rows">
            <thead><tr><th scope="col">"Quand"</th><th scope="col">"Qui"</th><th scope="col">"Statut"</th><th scope="col">"Sujet"</th><th scope="col">"Réf."</th></tr></thead>
            <tbody>{lines}</tbody>
        </table>
        {pager(newest, older).into_any()}
    }
    .into_any()
}

fn line(ticket: TicketRow, moment: &Moment) -> impl IntoView + use<> {
    let who = rows::writer(ticket.customer_name.as_deref(), ticket.customer_phone.as_deref());
    let late = ticket
        .is_overdue(moment.now.as_millisecond())
        .then(|| view! { " " <Chip look=words::LATE/> });
    let pressing = words::priority(&ticket.priority).map(|look| view! { " " <Chip look=look/> });
    let href = format!("/app/messages/{}", ticket.id);
    let when = moment.when(ticket.created_at);
    view! {
        <tr data-key=ticket.id>
            <td class="soft n">{when}</td>
            <td class="lead"><a class="row" href=href>{who}</a></td>
            <td><Chip look=words::status(&ticket.status)/>{pressing}{late}</td>
            <td class="soft wide">{french(&ticket.subject)}</td>
            <td class="soft n">{ticket.reference}</td>
        </tr>
    }
}
