//! Numbers, assistants and what went wrong with them, in words.

use crate::board::rows;
use crate::parts::Look;
use crate::typo::{self, NBSP};
use desk::numbers::{Alternative, NumberError, Pending};
use domain::numbers::{PlaceError, Stage};
use domain::phone::E164;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use store::agents::AgentRow;
use store::numbers::NumberRow;
use store::provisionings::ProvisioningRow;

/// What an assistant does.
pub(crate) const KINDS: [(&str, &str); 3] = [
    ("appointment", "Prend les rendez-vous"),
    ("qualification", "Qualifie les demandes"),
    ("support", "Ouvre des tickets"),
];

/// The languages that may be chosen.
pub(crate) const LANGUAGES: [(&str, &str); 2] = [("fr", "Français"), ("en", "Anglais")];

/// The words of a value among choices; the value itself when it is none.
pub(crate) fn choice<'a>(choices: &[(&str, &'a str)], value: &'a str) -> &'a str {
    choices.iter().find(|(known, _)| *known == value).map_or(value, |(_, words)| words)
}

/// How an assistant is.
pub(crate) fn agent(row: &AgentRow) -> Look {
    let (state, icon, word) = match (row.status.as_str(), &row.provider_agent_id) {
        ("active", _) => ("good", "check", "En service"),
        ("suspended", _) => ("bad", "alert", "Suspendu"),
        (_, None) => ("warn", "clock", "Pas encore prêt"),
        _ => ("", "pause", "En pause"),
    };
    Look { state, icon, word }
}

/// How a number is.
pub(crate) fn number(row: &NumberRow) -> Look {
    match row.status.as_str() {
        "active" => Look { state: "good", icon: "check", word: "En service" },
        "inactive" => Look { state: "warn", icon: "clock", word: "Libéré, récupérable" },
        _ => Look { state: "note", icon: "clock", word: "Mise en service" },
    }
}

/// How far a wish is.
pub(crate) fn wish(row: &ProvisioningRow) -> Look {
    let (state, icon, word) = match Stage::parse(&row.state) {
        Some(Stage::Requested) => ("note", "clock", "Demandé"),
        Some(Stage::DocumentsMissing) => ("warn", "alert", "Documents manquants"),
        Some(Stage::InReview) => ("note", "clock", "Documents en cours d’examen"),
        Some(Stage::Rejected) => ("bad", "alert", "Documents refusés"),
        Some(Stage::Failed) | None => ("bad", "alert", "Abandonné"),
        Some(_) => ("note", "clock", "Mise en service"),
    };
    Look { state, icon, word }
}

/// What a wish waits for, and what can be done.
pub(crate) fn waiting(row: &ProvisioningRow, zone: &TimeZone, today: Date) -> String {
    let again = typo::when(rows::local(row.next_at, zone), today);
    match Stage::parse(&row.state) {
        Some(Stage::DocumentsMissing) => {
            "Le pays demande une adresse et un justificatif avant de vendre un numéro.".to_owned()
        }
        Some(Stage::InReview) => {
            "L’opérateur examine les documents ; cela prend d’ordinaire un à trois jours. Le numéro viendra ensuite de lui-même.".to_owned()
        }
        Some(Stage::Rejected) => {
            let why = row.error.as_deref().filter(|why| !why.is_empty() && *why != "rejected");
            why.map_or_else(
                || "L’opérateur a refusé les documents sans dire pourquoi.".to_owned(),
                |why| format!("Motif donné par l’opérateur : « {why} »."),
            )
        }
        _ if row.error.is_some() => format!(
            "L’opérateur n’a pas pu répondre. Rien n’est perdu : un nouvel essai aura lieu {again}."
        ),
        _ => "Cela prend d’ordinaire moins d’une minute.".to_owned(),
    }
}

/// `1,15 € par mois`.
pub(crate) fn cost(row: &NumberRow) -> String {
    let Some(cents) = row.monthly_cost.and_then(|cents| u32::try_from(cents).ok()) else {
        return "prix non communiqué".to_owned();
    };
    let amount = typo::euros(cents);
    let sign = match row.currency.as_deref() {
        None | Some("EUR") => "€",
        Some("USD") => "$US",
        Some(other) => other,
    };
    format!("{} par mois", amount.replace('€', sign))
}

/// A number as its country reads it.
pub(crate) fn spelled(row: &NumberRow) -> String {
    match row.phone_number.starts_with("+1") && row.friendly_name.starts_with('(') {
        true => format!("+1{NBSP}{}", row.friendly_name.replace(' ', &NBSP.to_string())),
        false => typo::phone_text(&row.phone_number),
    }
}

fn others(alternatives: &[Alternative]) -> String {
    let shown = |other: &Alternative| match &other.area {
        Some(area) => area.clone(),
        None => typo::phone(&other.number).chars().take(2).collect(),
    };
    let mut areas: Vec<String> = alternatives.iter().map(shown).collect();
    areas.sort();
    areas.dedup();
    match areas.as_slice() {
        [] => "Aucun numéro n’est à vendre à cet endroit. Choisissez-en un autre.".to_owned(),
        areas => format!(
            "Aucun numéro n’est à vendre à cet endroit. Il y en a sous l’indicatif {}.",
            areas.join(", ")
        ),
    }
}

/// Why it was not done and what to do; `None`: a page says it instead.
pub(crate) fn sentence(error: &NumberError) -> Option<String> {
    let text = match error {
        NumberError::BadField("language") => "Cette langue n’est pas connue.",
        NumberError::BadField(_) => "Donnez un nom, de 80 caractères au plus.",
        NumberError::HasNumber => "Cet assistant a déjà un numéro.",
        NumberError::InProgress => {
            "Un numéro est déjà en cours de mise en service pour cet assistant. Rechargez la page dans une minute."
        }
        NumberError::Ambiguous => "Cet assistant a plusieurs numéros : dites lequel.",
        NumberError::Taken => {
            "Le numéro obtenu appartient déjà à un autre cabinet ici : il est rendu. Recommencez."
        }
        NumberError::NotOwned => "Notre compte chez l’opérateur n’a pas ce numéro.",
        NumberError::Place(PlaceError::Area) => {
            "Cet indicatif n’existe pas : trois chiffres aux États-Unis et au Canada."
        }
        NumberError::Place(PlaceError::Country) => "Aucun numéro n’est vendu dans ce pays.",
        NumberError::Limit => {
            "La limite de votre contrat est atteinte. Libérez un numéro ou écrivez-nous."
        }
        NumberError::Sandbox => "Le cabinet d’essai n’achète rien.",
        NumberError::NotConfigured(_) => {
            "Aucun opérateur n’est relié à cette installation : écrivez-nous, nous le ferons."
        }
        NumberError::NoneAvailable(found) => return Some(others(found)),
        NumberError::Documents(..) => {
            "Le pays demande des documents : le numéro viendra quand ils seront acceptés."
        }
        NumberError::Provider { pending: Pending::Later, .. } => {
            "L’opérateur ne répond pas. Votre demande est gardée et sera reprise d’elle-même."
        }
        NumberError::Provider { pending: Pending::Never, .. } => {
            "L’opérateur a refusé ou ne répond pas. Rien n’a été acheté ni changé ; réessayez dans quelques minutes."
        }
        NumberError::Forbidden
        | NumberError::NoAgent
        | NumberError::NoNumber
        | NumberError::Store(_) => return None,
    };
    Some(text.to_owned())
}

/// A stored number, to name it to the desk.
pub(crate) fn e164(row: &NumberRow) -> Option<E164> {
    E164::try_from(row.phone_number.clone()).ok()
}
