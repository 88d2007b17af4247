//! What was done with a request, as it is read.

use super::{Moment, words};
use crate::typo::french;
use domain::support::Priority;
use leptos::prelude::*;
use serde_json::{Map, Value};
use store::dashboard::tickets::EntryRow;

/// The whole, in order.
pub(super) fn view(history: Vec<EntryRow>, moment: &Moment) -> impl IntoView + use<> {
    if history.is_empty() {
        return view! { <p class="soft">"Rien n’a encore été fait."</p> }.into_any();
    }
    let items = history.into_iter().map(|entry| item(entry, moment).into_any()).collect_view();
    view! { <ol class="trail">{items}</ol> }.into_any()
}

fn item(entry: EntryRow, moment: &Moment) -> impl IntoView + use<> {
    let what = match entry.kind.as_str() {
        "created" => "a ouvert le ticket".to_owned(),
        "comment" => "a noté :".to_owned(),
        "answer" => "a répondu :".to_owned(),
        _ => changes(&entry.detail),
    };
    let fate = entry
        .message_status
        .as_deref()
        .map(|status| format!(" · {}", fate(status, entry.message_error.as_deref())))
        .map(|text| french(&text));
    let body =
        (!entry.body.is_empty()).then(|| view! { <blockquote>{french(&entry.body)}</blockquote> });
    view! {
        <li>
            <p><strong>{author(&entry.author)}</strong>" "{french(&what)}</p>
            {body}
            <p class="soft small">{moment.when(entry.created_at)}{fate}</p>
        </li>
    }
}

/// What became of the message that carries an answer.
fn fate(status: &str, error: Option<&str>) -> String {
    let word = match status {
        "pending" => "en attente d’envoi",
        "sent" => "envoyé",
        "delivered" => "reçu",
        "read" => "lu",
        "failed" => "non distribué",
        "refused" => "non envoyé",
        _ => "sort inconnu",
    };
    let why = match error {
        Some("sandbox") => " : rien ne part du cabinet d’essai",
        Some("channel_off" | "not_configured") => " : ce canal n’est pas configuré",
        Some("stopped") => " : la personne ne veut plus de messages",
        Some("health_word") => " : un SMS ne dit rien de la santé",
        _ => "",
    };
    format!("{word}{why}")
}

fn author(name: &str) -> String {
    match name {
        "operator" => "L’exploitant".to_owned(),
        token if token.starts_with("token:") => "Un programme".to_owned(),
        email => email.to_owned(),
    }
}

/// What changed, in words.
fn changes(detail: &str) -> String {
    let changed: Map<String, Value> = serde_json::from_str(detail).unwrap_or_default();
    let parts: Vec<String> = changed.iter().map(|(name, value)| change(name, value)).collect();
    match parts.is_empty() {
        true => "a modifié le ticket".to_owned(),
        false => format!("a changé {}", parts.join(", ")),
    }
}

fn change(name: &str, value: &Value) -> String {
    let new = value[1].as_str();
    match (name, new) {
        ("status", Some(status)) => format!("le statut : {}", words::status(status).word),
        ("priority", Some(priority)) => {
            let word = Priority::parse(priority).map_or("", words::priority_word);
            format!("la priorité : {word}")
        }
        ("assigned_to", Some(email)) => format!("la personne : {email}"),
        ("assigned_to", None) => "la personne : personne".to_owned(),
        ("category", _) => "la catégorie".to_owned(),
        ("name", _) => "le nom".to_owned(),
        ("phone", _) => "le téléphone".to_owned(),
        ("email", _) => "le courriel".to_owned(),
        ("subject", _) => "le sujet".to_owned(),
        ("description", _) => "le texte".to_owned(),
        ("resolution", _) => "la résolution".to_owned(),
        (other, _) => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_told_in_words() {
        let told = changes(r#"{"assigned_to":["a@b.fr",null],"status":["open","resolved"]}"#);
        assert_eq!(told, "a changé la personne : personne, le statut : Traité");
        assert_eq!(changes("odd"), "a modifié le ticket");
        assert_eq!(author("token:abc"), "Un programme");
    }
}
