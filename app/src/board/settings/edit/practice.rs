//! Name, trade, address.

use super::draft::{Draft, Field, Typed, some, text};
use crate::board::settings::facts;
use crate::typo;
use domain::tenant::Profile;
use domain::tenant::settings::Settings;
use leptos::prelude::*;

pub(super) fn typed(settings: &Settings) -> Typed {
    let optional = |value: &Option<String>| value.clone().unwrap_or_default();
    Typed::from([
        ("nom".to_owned(), settings.name.clone()),
        ("metier".to_owned(), optional(&settings.trade)),
        ("adresse".to_owned(), optional(&settings.address)),
    ])
}

pub(super) fn read(typed: &Typed, settings: &mut Settings) {
    settings.name = text(typed, "nom").to_owned();
    settings.trade = some(typed, "metier");
    settings.address = some(typed, "adresse");
}

pub(super) fn field(head: &str) -> &'static str {
    match head {
        "name" => "nom",
        "trade" => "metier",
        "address" => "adresse",
        _ => "",
    }
}

pub(super) fn shown(profile: &Profile) -> AnyView {
    let missing = || "Non renseigné".to_owned();
    let numbers: Vec<String> = profile.numbers.iter().map(typo::phone).collect();
    let zone = profile.zone.iana_name().unwrap_or("UTC").to_owned();
    facts(vec![
        ("Nom", profile.name.clone()),
        ("Métier", profile.trade.clone().unwrap_or_else(missing)),
        ("Adresse", profile.address.clone().unwrap_or_else(missing)),
        ("Numéros", if numbers.is_empty() { missing() } else { numbers.join(", ") }),
        ("Fuseau horaire", zone),
    ])
    .into_any()
}

pub(super) fn fields(draft: &Draft) -> AnyView {
    let name = Field::line("nom", "Nom", 80).hint("Tel qu’il est dit : « Cabinet Martin ».");
    let trade = Field::line("metier", "Métier", 80).hint("« Ostéopathe », « plombier ».");
    let address = Field::line("adresse", "Adresse", 300).hint("Dite à qui la demande.");
    view! { {draft.field(name)} {draft.field(trade)} {draft.field(address)} }.into_any()
}
