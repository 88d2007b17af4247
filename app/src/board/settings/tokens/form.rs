//! The form that makes a token: a name, one choice per family of data, a life.

use crate::parts::Icon;
use crate::typo::french;
use desk::tokens::Wanted;
use domain::scope::RESOURCES;
use jiff::SignedDuration;
use leptos::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The form as it was filled in; the rights by the name of their family.
#[derive(Deserialize, Default, Clone)]
pub(super) struct Typed {
    #[serde(default)]
    nom: String,
    #[serde(default)]
    jours: String,
    #[serde(flatten)]
    rights: BTreeMap<String, String>,
}

impl Typed {
    /// The token that it asks for.
    pub(super) fn wanted(&self) -> Wanted {
        let scope = |name: &&str| {
            let wish = self.right(name);
            ["read", "write"].contains(&wish).then(|| format!("{name}:{wish}"))
        };
        let days = self.jours.parse::<u16>().ok().filter(|days| *days > 0);
        Wanted {
            name: self.nom.clone(),
            scopes: RESOURCES.iter().filter_map(scope).collect(),
            life: days.map(|days| SignedDuration::from_hours(24 * i64::from(days))),
        }
    }

    fn right(&self, name: &str) -> &str {
        self.rights.get(&field(name)).map_or("", String::as_str)
    }
}

/// What the choice of a family is called in the form.
fn field(name: &str) -> String {
    format!("acces_{name}")
}

/// A family of data, in words.
fn family(name: &str) -> String {
    match name {
        "tenants" => "Nom du cabinet",
        "appointments" => "Rendez-vous",
        "calendars" => "Adresses des agendas",
        "calls" => "Appels et conversations",
        "events" => "Événements",
        "snapshot" => "Chiffres",
        "tickets" => "Messages et tickets",
        "prospects" => "Prospects",
        "agents" => "Assistants et numéros",
        "channels" => "Canaux et messages envoyés",
        other => other,
    }
    .to_owned()
}

/// A scope, in words.
pub(super) fn words(scope: &str) -> String {
    let (name, wish) = scope.split_once(':').unwrap_or((scope, ""));
    match (name, wish) {
        ("read", "") => "Tout lire".to_owned(),
        ("write", "") => "Tout lire et modifier".to_owned(),
        ("admin", "") => "Administration".to_owned(),
        ("metrics", "") => "Mesures du service".to_owned(),
        (name, "read") => format!("{} : lire", family(name)),
        (name, _) => format!("{} : lire et modifier", family(name)),
    }
}

/// Families in which a program can change something.
fn can_change(name: &str) -> bool {
    !["tenants", "calls", "events", "snapshot"].contains(&name)
}

/// The form, with what was typed and why it was refused.
pub(super) fn view(typed: Typed, refused: Option<&'static str>) -> impl IntoView {
    let error = refused.map(|why| {
        view! { <p class="error" id="jeton-erreur" role="alert"><Icon name="alert"/>{french(why)}</p> }
    });
    let families =
        RESOURCES.iter().map(|name| choice(name, typed.right(name)).into_any()).collect_view();
    let lives = [("365", "un an"), ("90", "90 jours"), ("30", "30 jours"), ("0", "sans fin")];
    let lives = lives
        .map(|(days, words)| view! { <option value=days selected=typed.jours == days>{french(words)}</option> })
        .collect_view();
    view! {
        <form class="form" method="post" action="/app/reglages/jetons">
            {error}
            <div class="field">
                <label for="nom">"Nom"</label>
                <input id="nom" name="nom" required maxlength="80" autocomplete="off" value=typed.nom aria-describedby=refused.map_or("nom-aide", |_| "nom-aide jeton-erreur")/>
                <p class="hint" id="nom-aide">{french("Ce qui s’en servira : « Site du cabinet ».")}</p>
            </div>
            <fieldset class="rights"><legend>"Ce qu’il peut faire"</legend>{families}</fieldset>
            <div class="field"><label for="jours">"Durée"</label><select id="jours" name="jours">{lives}</select></div>
            <button class="button primary" type="submit">"Créer le jeton"</button>
        </form>
    }
}

fn choice(name: &'static str, chosen: &str) -> impl IntoView + use<> {
    let mut choices = vec![("", "Aucun accès"), ("read", "Lire")];
    if can_change(name) {
        choices.push(("write", "Lire et modifier"));
    }
    let options = choices
        .into_iter()
        .map(|(value, words)| view! { <option value=value selected=value == chosen>{words}</option> })
        .collect_view();
    let id = field(name);
    view! {
        <div class="field"><label for=id.clone()>{family(name)}</label><select id=id.clone() name=id>{options}</select></div>
    }
}
