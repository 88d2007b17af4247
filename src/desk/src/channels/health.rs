//! What a channel can do now, from evidence: what is set, whether the secrets
//! open, what happened last.

use super::Ready;
use crate::sending::carriers::Carriers;
use domain::channel::{Carrier, Kind, Public};
use jiff::{SignedDuration, Timestamp};

/// How long a success speaks for a channel.
const FRESH: SignedDuration = SignedDuration::from_hours(24 * 7);

/// What a channel can do now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// In a word.
    pub state: State,
    /// Why, for a person.
    pub reason: String,
}

/// How a channel is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It worked lately.
    Ok,
    /// Everything is there; nobody has seen it work lately.
    Untried,
    /// The last attempt failed.
    Failing,
    /// Its secrets cannot be opened: nothing is sent.
    Locked,
    /// Something that it needs is not there.
    NotConfigured,
    /// Switched off.
    Off,
}

impl State {
    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Untried => "untried",
            Self::Failing => "failing",
            Self::Locked => "locked",
            Self::NotConfigured => "not_configured",
            Self::Off => "off",
        }
    }
}

/// What a channel lacks, for a person; `None`: nothing.
pub(crate) fn missing(carriers: &Carriers, ready: &Ready) -> Option<String> {
    let lacks = |text: &str| Some(text.to_owned());
    match &ready.public {
        Public::Phone(_) => None,
        Public::Sms(sms) => {
            if carriers.twilio.is_none() {
                return lacks("aucun compte Twilio n’est configuré sur ce serveur");
            }
            let none = sms.sender().is_none() && carriers.sender.is_none();
            if none { lacks("l’expéditeur des SMS manque") } else { None }
        }
        Public::Email(email) => match &email.smtp {
            Some(_) if !has(ready, "password") => {
                lacks("le mot de passe du serveur de courriel manque")
            }
            Some(_) => None,
            None if carriers.mail.is_off() => lacks("aucun serveur de courriel n’est configuré"),
            None => None,
        },
        Public::WhatsApp(whatsapp) if whatsapp.carrier == Carrier::Twilio => {
            if carriers.twilio.is_none() {
                return lacks("aucun compte Twilio n’est configuré sur ce serveur");
            }
            let none = whatsapp.number().is_none();
            if none { lacks("le numéro WhatsApp manque") } else { None }
        }
        Public::WhatsApp(whatsapp) => {
            let Some(house) = &carriers.whatsapp else {
                return lacks("WhatsApp n’est pas configuré sur ce serveur");
            };
            let number = whatsapp.phone_number_id.is_some() || house.number.is_some();
            if !number {
                return lacks("l’identifiant du numéro WhatsApp manque");
            }
            // Without a token of its own a tenant speaks with ours, by our number.
            let own = whatsapp.phone_number_id.is_some() && !has(ready, "accessToken");
            if own { lacks("le jeton d’accès WhatsApp manque") } else { None }
        }
    }
}

fn has(ready: &Ready, name: &str) -> bool {
    match &ready.secrets {
        Ok(secrets) => secrets.contains_key(name),
        Err(_) => ready.row.as_ref().is_some_and(|row| row.config_encrypted.is_some()),
    }
}

/// What a channel can do now, and why.
pub(crate) fn of(carriers: &Carriers, kind: Kind, ready: &Ready, now: Timestamp) -> Health {
    let say = |state: State, reason: &str| Health { state, reason: reason.to_owned() };
    if let Some(missing) = missing(carriers, ready) {
        return Health { state: State::NotConfigured, reason: missing };
    }
    if let Err(error) = &ready.secrets {
        return say(
            State::Locked,
            match error.code() {
                "key_missing" => {
                    "la clé ENCRYPTION_KEY manque : les secrets ne peuvent pas être ouverts, rien ne part"
                }
                "key_wrong" => "les secrets ont été scellés avec une autre clé : rien ne part",
                _ => "les secrets enregistrés sont illisibles : rien ne part",
            },
        );
    }
    if !ready.enabled {
        return say(State::Off, "le canal est désactivé");
    }
    if kind == Kind::Phone {
        return say(State::Ok, "les appels sont pris par vos numéros");
    }
    let row = ready.row.as_ref();
    let success = row.and_then(|row| row.last_success_at);
    let failure = row.and_then(|row| row.last_failure_at);
    if failure.is_some_and(|failed| success.is_none_or(|worked| failed >= worked)) {
        let code = row.and_then(|row| row.last_failure.as_deref()).unwrap_or("inconnu");
        return Health {
            state: State::Failing,
            reason: format!("le dernier envoi a échoué ({code})"),
        };
    }
    let since = now.saturating_sub(FRESH).map_or(0, Timestamp::as_millisecond);
    match success {
        Some(worked) if worked >= since => say(State::Ok, "le dernier envoi est bien parti"),
        Some(_) => say(State::Untried, "aucun envoi depuis une semaine"),
        None => say(State::Untried, "aucun envoi pour l’instant : faites un essai"),
    }
}

/// True for a channel that works before anybody has touched it: calls, and
/// mail by our own server.
pub(crate) fn is_on_untouched(carriers: &Carriers, kind: Kind) -> bool {
    match kind {
        Kind::Phone => true,
        Kind::Email => !carriers.mail.is_off(),
        Kind::Sms | Kind::WhatsApp => false,
    }
}
