//! A channel's form: its fields by their paths, secrets write-only.

mod inputs;

use crate::parts::Icon;
use crate::typo::sentence;
use desk::channels::{Change, Shown};
use domain::channel::{FieldError, Kind};
use leptos::prelude::*;
use secrecy::SecretString;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What was typed, and what was wrong with it.
#[derive(Default)]
pub(super) struct Typed {
    /// Why it was refused.
    pub refused: Option<String>,
    /// Which field: its path.
    pub at: String,
    /// The fields by their names.
    pub fields: BTreeMap<String, String>,
    /// Somebody else has saved meanwhile: what differs says so.
    overtaken: bool,
}

impl Typed {
    /// Refused as a whole.
    pub(super) fn general(why: &str, fields: BTreeMap<String, String>) -> Self {
        Self { refused: Some(why.to_owned()), fields, ..Self::default() }
    }

    /// Refused for one of its fields.
    pub(super) fn beside(field: FieldError, fields: BTreeMap<String, String>) -> Self {
        Self { refused: Some(field.problem), at: field.path, fields, overtaken: false }
    }

    /// Somebody else has saved meanwhile: whoever sees what is there now may
    /// replace it.
    pub(super) fn overtaken(why: &str, mut fields: BTreeMap<String, String>) -> Self {
        fields.remove("version");
        Self { overtaken: true, ..Self::general(why, fields) }
    }

    /// What is wrong with a field that holds `value` where `stored` is kept.
    fn wrong(&self, field: &Field, value: &str, stored: &str) -> Option<String> {
        if self.overtaken && value.trim() != stored {
            return Some(match stored {
                "" => "vide, dans ce qui est enregistré".to_owned(),
                stored => format!("« {stored} », dans ce qui est enregistré"),
            });
        }
        self.refused.clone().filter(|_| self.at == field.at())
    }
}

/// A field of the form.
struct Field {
    /// The path in what may be shown, without `public.`.
    path: &'static str,
    label: &'static str,
    hint: &'static str,
    takes: Takes,
}

/// What a field takes.
#[derive(Clone, Copy)]
enum Takes {
    /// A line, typed as this kind of input.
    Line(&'static str),
    /// Several lines.
    Lines,
    /// One of these: what is kept, what is shown.
    OneOf(&'static [(&'static str, &'static str)]),
}

const fn field(path: &'static str, label: &'static str, hint: &'static str) -> Field {
    Field { path, label, hint, takes: Takes::Line("text") }
}

impl Field {
    const fn taking(self, takes: Takes) -> Self {
        Self { takes, ..self }
    }

    /// Its path as an error names it.
    fn at(&self) -> String {
        format!("public.{}", self.path)
    }
}

fn fields(kind: Kind) -> &'static [Field] {
    const PHONE: &[Field] = &[
        field("clientPhoneNumber", "Votre ligne", "Le numéro que vous renvoyez vers l’assistant.")
            .taking(Takes::Line("tel")),
        field("sara.assistantName", "Prénom de l’assistant", ""),
        field("sara.customInstructions", "Consignes", "Ce qu’il doit savoir de plus.")
            .taking(Takes::Lines),
    ];
    const SMS: &[Field] = &[field(
        "sender",
        "Expéditeur",
        "Un nom de 3 à 11 lettres ou chiffres, ou un de vos numéros qui peut écrire (pas un 06 ni un 07).",
    )];
    const EMAIL: &[Field] = &[
        field("smtp.host", "Serveur", "Laissez vide pour utiliser le nôtre."),
        field("smtp.port", "Port", "465, 587, 2525 ou 25."),
        field("smtp.username", "Compte", "Si ce n’est pas l’adresse de l’expéditeur."),
        field("smtp.fromEmail", "Adresse de l’expéditeur", "").taking(Takes::Line("email")),
        field("smtp.fromName", "Nom de l’expéditeur", ""),
    ];
    const WHATSAPP: &[Field] = &[
        field("carrier", "Passe par", "")
            .taking(Takes::OneOf(&[("meta", "Meta"), ("twilio", "Twilio")])),
        field("whatsappNumber", "Numéro WhatsApp", "").taking(Takes::Line("tel")),
        field("phoneNumberId", "Identifiant du numéro chez Meta", "Des chiffres."),
    ];
    match kind {
        Kind::Phone => PHONE,
        Kind::Sms => SMS,
        Kind::Email => EMAIL,
        Kind::WhatsApp => WHATSAPP,
    }
}

/// The change that a form asks for.
pub(super) fn read(kind: Kind, typed: &BTreeMap<String, String>) -> Change {
    let mut public = json!({});
    for field in fields(kind) {
        let Some(text) = typed.get(field.path) else { continue };
        set(&mut public, field.path, text.trim());
    }
    // A server without a name is none at all; one with a name has a port and an
    // address, and what was not typed is said in words.
    if kind == Kind::Email && public["smtp"].is_object() {
        let server = &mut public["smtp"];
        if server["host"].is_null() {
            *server = Value::Null;
        } else if server["fromEmail"].is_null() {
            server["fromEmail"] = Value::from("");
        }
        if server.is_object() && !server["port"].is_number() {
            server["port"] = Value::from(0);
        }
    }
    let secrets = kind.secrets().iter().filter_map(|name| {
        let value = typed.get(&format!("secret.{name}")).filter(|value| !value.is_empty());
        let removed = typed.contains_key(&format!("retirer.{name}"));
        match value {
            Some(value) => Some(((*name).to_owned(), Some(SecretString::from(value.clone())))),
            None => removed.then(|| ((*name).to_owned(), None)),
        }
    });
    Change {
        version: typed.get("version").and_then(|version| version.parse().ok()),
        public: Some(public),
        secrets: secrets.collect(),
        ..Change::default()
    }
}

/// Sets a value at a path; nothing typed removes it.
fn set(value: &mut Value, path: &str, text: &str) {
    let (first, rest) = path.split_once('.').map_or((path, None), |(a, b)| (a, Some(b)));
    if let Some(rest) = rest {
        if !value[first].is_object() {
            value[first] = json!({});
        }
        set(&mut value[first], rest, text);
    } else if text.is_empty() {
        value[first] = Value::Null;
    } else {
        // A port is a number, and nothing else here is.
        let number = (first == "port").then(|| text.parse::<u16>().ok()).flatten();
        value[first] = number.map_or_else(|| Value::from(text), Value::from);
    }
}

fn stored(public: &Value, path: &str) -> String {
    let found = path.split('.').fold(public, |value, name| &value[name]);
    match found {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// The form, with what was typed and why it was refused.
pub(super) fn view(shown: &Shown, typed: &Typed) -> impl IntoView + use<> {
    let path = format!("/app/reglages/canaux/{}", shown.kind.as_str());
    let public = shown.public.to_value();
    let known = |field: &Field| typed.at == field.at();
    let secret_at = typed.at.strip_prefix("secrets.").unwrap_or_default();
    let beside = |_: &String| {
        fields(shown.kind).iter().any(known)
            || shown.secrets.iter().any(|(name, _)| *name == secret_at)
    };
    let general = typed.refused.clone().filter(|why| !beside(why));
    let general = general.map(|why| {
        view! { <p class="error" role="alert"><Icon name="alert"/><span>{sentence(&why)}</span></p> }
    });
    let inputs = fields(shown.kind)
        .iter()
        .map(|field| {
            let stored = stored(&public, field.path);
            let value = typed.fields.get(field.path).cloned().unwrap_or_else(|| stored.clone());
            let wrong = typed.wrong(field, &value, &stored);
            inputs::line(field, value, wrong).into_any()
        })
        .collect_view();
    let secrets = shown.secrets.iter().map(|(name, there)| {
        let refused = typed.refused.clone().filter(|_| secret_at == *name);
        // A value that was typed wins over the box, and is never shown again.
        let retyped = typed.fields.get(&format!("secret.{name}")).is_some_and(|v| !v.is_empty());
        let removed = !retyped && typed.fields.contains_key(&format!("retirer.{name}"));
        let again = || "retapez-le : un secret ne se réaffiche pas".to_owned();
        let refused = refused.or_else(|| retyped.then(again));
        inputs::secret(name, (*there, removed), refused).into_any()
    });
    let secrets = secrets.collect_view();
    // What was typed over one version is never saved over another unseen.
    let version = typed.fields.get("version").cloned();
    let version = version.unwrap_or_else(|| shown.version.to_string());
    view! {
        <form class="form" method="post" action=path>
            {general}
            <input type="hidden" name="version" value=version/>
            {inputs}
            {secrets}
            <button class="button primary" type="submit">"Enregistrer"</button>
        </form>
    }
}
