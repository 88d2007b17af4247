//! Exceptional closures. Those that are over stay as they are.

use super::draft::{Draft, Field, Typed, rows, some, text};
use crate::typo::{self, french};
use domain::tenant::Profile;
use domain::tenant::settings::{ClosureEntry, Moment, Settings};
use jiff::civil::Date;
use leptos::prelude::*;

fn is_over(entry: &ClosureEntry, today: Date) -> bool {
    let end = entry.to.as_ref().unwrap_or(&entry.from);
    end.0.trim().parse::<Date>().is_ok_and(|end| end < today)
}

/// How many stay out of the form.
pub(super) fn past(settings: &Settings, today: Date) -> usize {
    settings.closure.iter().filter(|entry| is_over(entry, today)).count()
}

pub(super) fn typed(profile: &Profile, today: Date) -> Typed {
    let mut typed = Typed::new();
    let coming = profile.closures.iter().filter(|closure| closure.to >= today);
    for (row, closure) in coming.enumerate() {
        typed.insert(format!("c{row}_du"), closure.from.to_string());
        typed.insert(format!("c{row}_au"), closure.to.to_string());
        typed.insert(format!("c{row}_raison"), closure.reason.clone().unwrap_or_default());
    }
    typed
}

pub(super) fn read(typed: &Typed, settings: &mut Settings, today: Date) {
    settings.closure.retain(|entry| is_over(entry, today));
    settings.closure.extend((0..rows(typed, "c")).map(|row| ClosureEntry {
        from: Moment(text(typed, &format!("c{row}_du")).to_owned()),
        to: some(typed, &format!("c{row}_au")).map(Moment),
        reason: some(typed, &format!("c{row}_raison")),
    }));
}

pub(super) fn field(leaf: &str) -> &'static str {
    match leaf {
        "to" => "au",
        "reason" => "raison",
        _ => "du",
    }
}

pub(super) fn shown(profile: &Profile, today: Date) -> AnyView {
    let coming: Vec<_> =
        profile.closures.iter().filter(|closure| closure.to >= today).cloned().collect();
    let none =
        coming.is_empty().then(|| view! { <li class="soft">"Aucune fermeture prévue."</li> });
    let items = coming
        .into_iter()
        .map(|closure| {
            let days = match closure.from == closure.to {
                true => typo::day(closure.from),
                false => format!("du {} au {}", typo::day(closure.from), typo::day(closure.to)),
            };
            let reason = closure.reason.map(|reason| french(&format!(" : {reason}")));
            view! { <li>{days}{reason}</li> }
        })
        .collect_view();
    view! {
        <ul class="lines">{none}{items}</ul>
        <p class="soft small">{french("Les jours fériés sont fermés d’office.")}</p>
    }
    .into_any()
}

pub(super) fn fields(draft: &Draft) -> AnyView {
    let used = rows(&draft.typed, "c");
    (0..=used)
        .map(|row| {
            let prefix = format!("c{row}_");
            let title = if row == used { "Nouvelle fermeture" } else { "Fermeture" };
            let from = Field::line(format!("{prefix}du"), "Du", 10).kind("date");
            let to = Field::line(format!("{prefix}au"), "Au (compris)", 10).kind("date");
            let why = Field::line(format!("{prefix}raison"), "Motif, dit aux appelants", 300);
            let gone = (row < used).then(|| draft.removal(&prefix, "cette fermeture"));
            view! { <fieldset class="entry"><legend>{title}</legend><div class="pair">{draft.field(from)}{draft.field(to)}</div>{draft.field(why)}{gone}</fieldset> }.into_any()
        })
        .collect_view()
        .into_any()
}
