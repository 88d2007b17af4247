//! What can be booked, and on whose calendar. Slugs stay when names change, so
//! that appointments keep what they are for.

use super::draft::{Draft, Field, Typed, rows, some, text};
use crate::typo;
use domain::tenant::Profile;
use domain::tenant::settings::{CalendarEntry, ServiceEntry, Settings};
use leptos::prelude::*;

pub(super) fn typed(profile: &Profile) -> Typed {
    let mut typed = Typed::new();
    for (row, service) in profile.services.iter().enumerate() {
        typed.insert(format!("s{row}_id"), service.id.0.clone());
        typed.insert(format!("s{row}_nom"), service.name.clone());
        typed.insert(format!("s{row}_minutes"), service.minutes.to_string());
        let price = service.price_cents.map(price);
        typed.insert(format!("s{row}_prix"), price.unwrap_or_default());
    }
    for (row, calendar) in profile.calendars.iter().enumerate() {
        typed.insert(format!("a{row}_id"), calendar.id.0.clone());
        typed.insert(format!("a{row}_nom"), calendar.name.clone());
    }
    typed
}

/// `45`, `45,50`.
fn price(cents: u32) -> String {
    match cents % 100 {
        0 => (cents / 100).to_string(),
        rest => format!("{},{rest:02}", cents / 100),
    }
}

/// Reads `45`, `45,5`, `45.50 €`.
fn cents(raw: &str) -> Option<u32> {
    let plain: String =
        raw.chars().filter(|letter| !letter.is_whitespace() && *letter != '€').collect();
    let (euros, cents) = plain.split_once([',', '.']).unwrap_or((&plain, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if euros.is_empty() || cents.len() > 2 || !digits(euros) || !digits(cents) {
        return None;
    }
    format!("{euros}{cents:0<2}").parse().ok()
}

pub(super) fn read(typed: &Typed, settings: &mut Settings, problems: &mut Typed) {
    settings.service = (0..rows(typed, "s")).map(|row| service(typed, row, problems)).collect();
    let calendar = |row| CalendarEntry {
        id: some(typed, &format!("a{row}_id")),
        name: text(typed, &format!("a{row}_nom")).to_owned(),
    };
    settings.calendar = (0..rows(typed, "a")).map(calendar).collect();
}

fn service(typed: &Typed, row: usize, problems: &mut Typed) -> ServiceEntry {
    let (minutes, amount) = (format!("s{row}_minutes"), format!("s{row}_prix"));
    let read = text(typed, &minutes).parse();
    if read.is_err() {
        problems.insert(minutes, "Un nombre de minutes, de 5 en 5.".to_owned());
    }
    let price_cents = match text(typed, &amount) {
        "" => None,
        raw => match cents(raw) {
            Some(cents) => Some(cents),
            None => {
                problems.insert(amount, "Un prix comme 45 ou 45,50.".to_owned());
                None
            }
        },
    };
    ServiceEntry {
        id: some(typed, &format!("s{row}_id")),
        name: text(typed, &format!("s{row}_nom")).to_owned(),
        minutes: read.unwrap_or_default(),
        price_cents,
    }
}

pub(super) fn field(head: &str, row: usize, leaf: &str) -> String {
    match (head, leaf) {
        ("calendar", _) => format!("a{row}_nom"),
        (_, "minutes") => format!("s{row}_minutes"),
        (_, "price_cents") => format!("s{row}_prix"),
        ("service", "name") => format!("s{row}_nom"),
        _ => String::new(),
    }
}

pub(super) fn shown(profile: &Profile) -> AnyView {
    let services = profile
        .services
        .iter()
        .map(|service| {
            let price = service.price_cents.map_or("tarif non communiqué".to_owned(), typo::euros);
            view! { <div><dt>{service.name.clone()}</dt><dd>{service.minutes}"\u{a0}min, "{price}</dd></div> }
        })
        .collect_view();
    let calendars = profile
        .calendars
        .iter()
        .map(|calendar| view! { <li>{calendar.name.clone()}</li> })
        .collect_view();
    view! {
        <dl class="facts wide">{services}</dl>
        <section class="panel"><header><h2>"Agendas"</h2></header><ul class="lines">{calendars}</ul></section>
    }
    .into_any()
}

pub(super) fn fields(draft: &Draft) -> AnyView {
    let services = (0..=rows(&draft.typed, "s")).map(|row| service_row(draft, row)).collect_view();
    let calendars =
        (0..=rows(&draft.typed, "a")).map(|row| calendar_row(draft, row)).collect_view();
    view! {
        {services}
        <h3>"Agendas"</h3>
        <p class="soft small">"Un agenda par personne ou par salle que l’on peut réserver."</p>
        {calendars}
    }
    .into_any()
}

fn kept(draft: &Draft, prefix: &str) -> AnyView {
    let name = format!("{prefix}id");
    let value = draft.value(&name);
    (!value.is_empty()).then(|| view! { <input type="hidden" name=name value=value/> }).into_any()
}

fn service_row(draft: &Draft, row: usize) -> AnyView {
    let (prefix, new) = (format!("s{row}_"), row == rows(&draft.typed, "s"));
    let title =
        if new { "Nouveau service".to_owned() } else { draft.value(&format!("{prefix}nom")) };
    let name = Field::line(format!("{prefix}nom"), "Nom, tel qu’il est dit", 80);
    let minutes = Field::line(format!("{prefix}minutes"), "Minutes", 3).kind("number");
    let price = Field::line(format!("{prefix}prix"), "Prix en euros", 12).hint("Vide : non dit.");
    let gone = (!new).then(|| draft.removal(&prefix, &title));
    view! { <fieldset class="entry"><legend>{title}</legend>{kept(draft, &prefix)}{draft.field(name)}<div class="pair">{draft.field(minutes)}{draft.field(price)}</div>{gone}</fieldset> }.into_any()
}

fn calendar_row(draft: &Draft, row: usize) -> AnyView {
    let (prefix, new) = (format!("a{row}_"), row == rows(&draft.typed, "a"));
    let title = if new { "Nouvel agenda".to_owned() } else { draft.value(&format!("{prefix}nom")) };
    let name = Field::line(format!("{prefix}nom"), "Nom, tel qu’il est dit", 80);
    let gone = (!new).then(|| draft.removal(&prefix, &title));
    view! { <fieldset class="entry"><legend>{title}</legend>{kept(draft, &prefix)}{draft.field(name)}{gone}</fieldset> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_read_as_people_write_them() {
        for (raw, read) in [
            ("45", Some(4_500)),
            ("45,5", Some(4_550)),
            ("45.50 €", Some(4_550)),
            ("1 200", Some(120_000)),
            ("0", Some(0)),
            ("gratuit", None),
            ("45,505", None),
            ("-5", None),
            ("99999999999", None),
            ("é", None),
        ] {
            assert_eq!(cents(raw), read, "{raw}");
        }
        assert_eq!((price(4_500), price(4_550)), ("45".to_owned(), "45,50".to_owned()));
    }
}
