//! The inputs of a channel's form.

use super::{Field, Takes};
use crate::parts::Icon;
use crate::typo::{french, sentence};
use leptos::prelude::*;

/// A field with what it holds, and what is wrong with it.
pub(super) fn line(field: &Field, value: String, refused: Option<String>) -> impl IntoView + use<> {
    let id = format!("champ-{}", field.path.replace('.', "-"));
    let invalid = refused.as_ref().map(|_| "true");
    let help = (!field.hint.is_empty()).then(|| format!("{id}-aide"));
    let described = match (&refused, &help) {
        (Some(_), Some(help)) => Some(format!("{help} {id}-erreur")),
        (Some(_), None) => Some(format!("{id}-erreur")),
        (None, help) => help.clone(),
    };
    let (name, takes) = (field.path, field.takes);
    let control = match takes {
        Takes::Line(kind) => view! { <input id=id.clone() name=name type=kind value=value maxlength="2000" autocomplete="off" aria-invalid=invalid aria-describedby=described/> }.into_any(),
        Takes::Lines => view! { <textarea id=id.clone() name=name rows="5" maxlength="2000" aria-invalid=invalid aria-describedby=described>{value}</textarea> }.into_any(),
        Takes::OneOf(choices) => {
            let options = choices.iter().map(|(kept, shown)| {
                view! { <option value=*kept selected=*kept == value>{*shown}</option> }.into_any()
            });
            view! { <select id=id.clone() name=name aria-invalid=invalid aria-describedby=described>{options.collect_view()}</select> }.into_any()
        }
    };
    let error = refused.map(|why| {
        let id = format!("{id}-erreur");
        view! { <p class="error" id=id role="alert"><Icon name="alert"/><span>{sentence(&why)}</span></p> }
    });
    let hint = help.map(|id| view! { <p class="hint" id=id>{french(field.hint)}</p> });
    view! {
        <div class="field">
            <label for=id>{field.label}</label>
            {control}
            {error}
            {hint}
        </div>
    }
}

/// A secret: it goes in, and never comes out.
pub(super) fn secret(
    name: &'static str,
    (there, removed): (bool, bool),
    refused: Option<String>,
) -> impl IntoView + use<> {
    let id = format!("secret-{name}");
    let (help, wrong) = (format!("{id}-aide"), format!("{id}-erreur"));
    let invalid = refused.as_ref().map(|_| "true");
    let described = match refused {
        Some(_) => format!("{help} {wrong}"),
        None => help.clone(),
    };
    let error = refused.map(|why| {
        view! { <p class="error" id=wrong role="alert"><Icon name="alert"/><span>{sentence(&why)}</span></p> }
    });
    let hint = match there {
        true => "Enregistré et scellé ; il ne se relit pas. Laissez vide pour le garder.",
        false => "Il sera scellé, et ne se relira pas.",
    };
    let removal = there.then(|| {
        view! {
            <label class="tick"><input name=format!("retirer.{name}") type="checkbox" value="oui" checked=removed/><span>"Le retirer"</span></label>
        }
    });
    view! {
        <div class="field">
            <label for=id.clone()>{secret_label(name)}</label>
            <input id=id name=format!("secret.{name}") type="password" autocomplete="new-password" maxlength="4096" aria-invalid=invalid aria-describedby=described/>
            {error}
            <p class="hint" id=help>{french(hint)}</p>
            {removal}
        </div>
    }
}

fn secret_label(name: &str) -> &'static str {
    match name {
        "password" => "Mot de passe du serveur",
        _ => "Jeton d’accès",
    }
}
