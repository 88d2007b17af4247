//! The week, and how early and late one can book.

use super::draft::{Draft, Field, Typed, text};
use super::week;
use crate::board::settings::{duration, facts, openings, week as days_of};
use crate::typo::{self, french};
use domain::tenant::Profile;
use domain::tenant::settings::Settings;
use leptos::prelude::*;

pub(super) fn typed(profile: &Profile) -> Typed {
    let mut typed = Typed::from([
        ("preavis".to_owned(), profile.booking.notice_minutes.to_string()),
        ("horizon".to_owned(), profile.booking.horizon_days.to_string()),
    ]);
    week::write(&mut typed, "h", &profile.hours);
    typed
}

pub(super) fn read(typed: &Typed, settings: &mut Settings, problems: &mut Typed) {
    settings.hours = week::read(typed, "h", problems);
    let mut number = |name: &str, place: &mut u32, why: &str| match text(typed, name).parse() {
        Ok(value) => *place = value,
        Err(_) => drop(problems.insert(name.to_owned(), why.to_owned())),
    };
    number("preavis", &mut settings.booking.notice_minutes, "Un nombre de minutes.");
    number("horizon", &mut settings.booking.horizon_days, "Un nombre de jours.");
}

pub(super) fn field(head: &str) -> &'static str {
    match head {
        "booking.notice_minutes" => "preavis",
        "booking.horizon_days" => "horizon",
        _ => "",
    }
}

pub(super) fn shown(profile: &Profile) -> AnyView {
    let days = days_of(&profile.hours)
        .into_iter()
        .map(|(day, hours)| (typo::weekday(day), openings(&hours)))
        .collect();
    let rules = profile.booking;
    let limits = format!(
        "Au plus tôt {} à l’avance, au plus tard {} à l’avance.",
        duration(rules.notice_minutes),
        typo::count(i64::from(rules.horizon_days), "jour", "jours")
    );
    view! {
        {facts(days).into_any()}
        <section class="panel"><header><h2>"Réservation"</h2></header><p>{limits}</p></section>
        <p class="soft small">{french("Les jours fériés sont fermés d’office. Vos congés se notent dans ")}<a href="/app/agenda/fermetures">"Fermetures"</a>"."</p>
    }
    .into_any()
}

pub(super) fn fields(draft: &Draft) -> AnyView {
    let notice = Field::line("preavis", "Préavis, en minutes", 5)
        .kind("number")
        .hint("Entre l’appel et le premier rendez-vous possible.");
    let horizon = Field::line("horizon", "Jours ouverts à la réservation", 3)
        .kind("number")
        .hint("Aujourd’hui compris.");
    view! {
        {week::grid(draft, "h")}
        <p class="soft small">{french("Écrivez « 9 h » ou « 14 h 30 ». Un jour sans heures est fermé.")}</p>
        <div class="pair">{draft.field(notice)} {draft.field(horizon)}</div>
    }
    .into_any()
}
