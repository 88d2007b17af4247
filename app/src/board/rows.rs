//! How calls and people are named in lists.

use crate::parts::{Chip, Ended, outcome};
use crate::typo;
use domain::phone::E164;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use leptos::prelude::*;
use store::dashboard::calls::CallRow;

/// Whoever calls: the name they gave, else the masked number.
pub(super) fn caller(name: Option<&str>, number: Option<&str>) -> String {
    match (name.filter(|name| !name.trim().is_empty()), number) {
        (Some(name), _) => name.to_owned(),
        (None, Some(number)) => masked(number),
        (None, None) => "Numéro masqué".to_owned(),
    }
}

/// Whoever left a request or may become a customer: by name, else by number.
pub(super) fn writer(name: Option<&str>, number: Option<&str>) -> String {
    match (name, number) {
        (None, None) => "Sans nom".to_owned(),
        _ => caller(name, number),
    }
}

/// As much of a stored number as lists show.
pub(super) fn masked(number: &str) -> String {
    E164::parse(number, "FR").map_or_else(|_| "Numéro inconnu".to_owned(), |number| number.masked())
}

/// The wall time of a stored instant.
pub(crate) fn local(milliseconds: i64, zone: &TimeZone) -> DateTime {
    zone.to_datetime(Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH))
}

/// What came of a call, in a few words.
fn made(call: &CallRow) -> String {
    let start = call.made.as_deref().and_then(|text| text.parse::<DateTime>().ok());
    match start {
        Some(start) => format!("{} à {}", short_day(start.date()), typo::clock(start.time())),
        None if call.unrouted == 1 => "Numéro appelé non attribué".to_owned(),
        None => String::new(),
    }
}

/// A list of calls.
pub(super) fn calls(rows: Vec<CallRow>, zone: &TimeZone, today: Date) -> impl IntoView + use<> {
    let rows = rows.into_iter().map(|call| row(call, zone, today)).collect_view();
    view! {
        <table class="rows">
            <thead><tr><th scope="col">"Quand"</th><th scope="col">"Qui"</th><th scope="col">"Résultat"</th><th scope="col">"Suite"</th><th scope="col" class="num">"Durée"</th></tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn row(call: CallRow, zone: &TimeZone, today: Date) -> impl IntoView + use<> {
    let at = local(call.started_at, zone);
    let when = if at.date() == today {
        typo::clock_full(at.time())
    } else {
        format!("{} à {}", short_day(at.date()), typo::clock_full(at.time()))
    };
    let ended = if call.ended_at.is_some() { Ended::Yes } else { Ended::No };
    let look = outcome(call.outcome.as_deref(), ended);
    let who = caller(call.caller_name.as_deref(), call.from_number.as_deref());
    let length = call.duration_seconds.filter(|_| call.ended_at.is_some()).map(typo::duration);
    let href = format!("/app/appels/{}", call.id);
    let suite = made(&call);
    view! {
        <tr data-key=call.id>
            <td class="soft n">{when}</td>
            <td class="lead"><a class="row" href=href>{who}</a></td>
            <td><Chip look=look/></td>
            <td class="soft wide">{suite}</td>
            <td class="soft num">{length}</td>
        </tr>
    }
}

/// `mar. 24 nov.`
pub(super) fn short_day(date: Date) -> String {
    let weekday: String = typo::weekday(date.weekday()).chars().take(3).collect();
    let month = match date.month() {
        1 => "janv.",
        2 => "févr.",
        3 => "mars",
        4 => "avr.",
        5 => "mai",
        6 => "juin",
        7 => "juil.",
        8 => "août",
        9 => "sept.",
        10 => "oct.",
        11 => "nov.",
        _ => "déc.",
    };
    format!("{weekday}. {}{}{month}", date.day(), typo::NBSP)
}
