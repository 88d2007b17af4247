//! Numbers in a list: those that are paid for, and those that are on their way.

use super::{place, words};
use crate::board::rows;
use crate::parts::{Chip, Empty, Icon};
use crate::typo::{self, french};
use domain::numbers::Stage;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use leptos::prelude::*;
use store::agents::AgentRow;
use store::numbers::NumberRow;
use store::provisionings::ProvisioningRow;

const PATH: &str = "/app/reglages/numeros";

/// Whose numbers are shown.
pub(crate) enum Shown {
    /// Everybody's.
    OfAll(Vec<AgentRow>, May),
    /// One assistant's, on its page.
    OfOne,
}

/// What whoever looks may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum May {
    Change,
    See,
}

/// Numbers, and those that are on their way.
pub(crate) fn lines(
    numbers: Vec<NumberRow>,
    wishes: Vec<ProvisioningRow>,
    shown: Shown,
    (zone, today): (&TimeZone, Date),
) -> AnyView {
    if numbers.is_empty() && wishes.is_empty() {
        let text = "Un numéro se prend en moins d’une minute ; il répond aussitôt.";
        return match shown {
            Shown::OfAll(..) => {
                view! { <Empty icon="number" title="Aucun numéro pour l’instant." text=text/> }
                    .into_any()
            }
            Shown::OfOne => view! { <p class="soft">"Aucun numéro."</p> }.into_any(),
        };
    }
    let coming = wishes
        .iter()
        .filter(|wish| !numbers.iter().any(|number| number.id == wish.id))
        .map(|wish| wished(wish, &shown, (zone, today)))
        .collect_view();
    let numbers = numbers.iter().map(|number| line(number, &shown, (zone, today))).collect_view();
    view! { <ul class="sessions numbers" id="numeros" data-live="">{coming}{numbers}</ul> }
        .into_any()
}

fn of(shown: &Shown, agent: &str) -> Option<String> {
    let Shown::OfAll(agents, _) = shown else { return None };
    let known = agents.iter().find(|row| row.agent_id == agent);
    Some(known.map_or("assistant supprimé".to_owned(), |row| row.agent_name.clone()))
}

fn line(row: &NumberRow, shown: &Shown, (zone, today): (&TimeZone, Date)) -> AnyView {
    let since = typo::when(rows::local(row.provisioned_at, zone), today);
    let whose = of(shown, &row.agent_id).map(|name| format!("{name}, "));
    let facts = format!("{}{}, depuis {since}", whose.unwrap_or_default(), words::cost(row));
    let until = row.release_at.map(|at| {
        let end = typo::when(rows::local(at, zone), today);
        let text = format!("Il ne répond plus. Il sera rendu à l’opérateur {end}, et pourra alors être vendu à n’importe qui.");
        view! { <p class="small">{french(&text)}</p> }
    });
    let action = match shown {
        Shown::OfAll(agents, May::Change) => {
            // Without its assistant it cannot be taken back.
            let kept = agents.iter().any(|agent| agent.agent_id == row.agent_id);
            kept.then(|| action(row))
        }
        _ => None,
    };
    view! {
        <li>
            <Icon name="number"/>
            <div><p><strong class="n">{words::spelled(row)}</strong>" "<Chip look=words::number(row)/></p><p class="soft small">{facts}</p>{until}</div>
            {action}
        </li>
    }
    .into_any()
}

fn action(row: &NumberRow) -> AnyView {
    let spelled = words::spelled(row);
    if row.status == "inactive" {
        let label = format!("Annuler la libération du {spelled}");
        return view! {
            <form method="post" action=format!("{PATH}/{}/reprise", row.id)><button class="button" type="submit" aria-label=label>"Annuler la libération"</button></form>
        }
        .into_any();
    }
    let label = format!("Libérer le {spelled}");
    view! { <a class="button danger" href=format!("{PATH}/{}/liberation", row.id) aria-label=label>"Libérer…"</a> }
        .into_any()
}

fn wished(row: &ProvisioningRow, shown: &Shown, (zone, today): (&TimeZone, Date)) -> AnyView {
    let title =
        format!("Numéro à venir : {}", place::words(&row.country_code, row.area_code.as_deref()));
    let whose = of(shown, &row.agent_id).map(|name| format!("{name}, "));
    let since = typo::when(rows::local(row.created_at, zone), today);
    let facts = format!("{}demandé {since}", whose.unwrap_or_default());
    let waits = Stage::parse(&row.state).is_some_and(Stage::waits_for_documents);
    let dossier = (waits && row.country_code == "FR").then(|| {
        let to = format!("/app/reglages/numeros/{}/dossier", row.id);
        view! { <p><a href=to>"Ouvrir le dossier"</a></p> }
    });
    view! {
        <li>
            <Icon name="clock"/>
            <div><p><strong>{french(&title)}</strong>" "<Chip look=words::wish(row)/></p><p class="small">{french(&words::waiting(row, zone, today))}</p><p class="soft small">{facts}</p>{dossier}</div>
        </li>
    }
    .into_any()
}
