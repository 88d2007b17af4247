//! Fields of forms: a label above, what is wrong beside.

use crate::parts::Icon;
use crate::typo::french;
use leptos::prelude::*;

/// What a refused form says: beside a field, or above all.
#[derive(Clone, Copy)]
pub(super) struct Why {
    /// The field's name; empty: none in particular.
    pub field: &'static str,
    /// In a sentence.
    pub text: &'static str,
}

/// The sentence beside a field, with the id by which the field names it.
fn beside(name: &str, why: Option<Why>) -> Option<(String, &'static str)> {
    why.filter(|why| why.field == name).map(|why| (format!("{name}-erreur"), why.text))
}

fn error(found: &Option<(String, &'static str)>) -> impl IntoView + use<> {
    found.clone().map(|(id, text)| {
        view! { <p class="error" id=id role="alert"><Icon name="alert"/>{french(text)}</p> }
    })
}

/// A field of one line; a subject must be there.
pub(super) fn short(
    (name, label): (&'static str, &'static str),
    kind: &'static str,
    value: String,
    why: Option<Why>,
) -> impl IntoView {
    let found = beside(name, why);
    let (invalid, told) =
        (found.as_ref().map(|_| "true"), found.as_ref().map(|(id, _)| id.clone()));
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <input id=name name=name type=kind value=value autocomplete="off" required=name == "sujet" aria-invalid=invalid aria-describedby=told/>
            {error(&found)}
        </div>
    }
}

/// A field of several lines.
pub(super) fn long(
    (name, label): (&'static str, &'static str),
    value: String,
    why: Option<Why>,
) -> impl IntoView {
    let found = beside(name, why);
    let (invalid, told) =
        (found.as_ref().map(|_| "true"), found.as_ref().map(|(id, _)| id.clone()));
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <textarea id=name name=name maxlength="5000" aria-invalid=invalid aria-describedby=told>{value}</textarea>
            {error(&found)}
        </div>
    }
}

/// A choice: values and words.
pub(super) fn choice(
    (name, label): (&'static str, &'static str),
    chosen: String,
    options: Vec<(String, String)>,
    why: Option<Why>,
) -> impl IntoView {
    let found = beside(name, why);
    let options = options
        .into_iter()
        .map(|(value, word)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{word}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=name>{french(label)}</label>
            <select id=name name=name>{options}</select>
            {error(&found)}
        </div>
    }
}
