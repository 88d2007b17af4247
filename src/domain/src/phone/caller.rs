//! What the network announces as the caller's number.

use super::{E164, scan};

/// A caller's number as a provider gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallerId {
    /// A number, French or foreign.
    Known(E164),
    /// The caller hides it, or the network has none.
    Withheld,
    /// Something else that nobody can be called back on.
    Unusable,
}

/// Words that stand in the place of a number.
const WITHHELD: &[&str] = &[
    "anonymous",
    "anonyme",
    "unavailable",
    "not available",
    "restricted",
    "private",
    "privé",
    "prive",
    "private number",
    "numéro privé",
    "unknown",
    "inconnu",
    "numéro inconnu",
    "blocked",
    "withheld",
    "hidden",
    "masqué",
    "masque",
    "numéro masqué",
    "no caller id",
    "no-caller-id",
    "caller id unavailable",
    "null",
    "none",
    "undefined",
];

/// Words spelt on a keypad (ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN,
/// UNAVAILABLE), which Twilio sends as if they were numbers.
const NETWORK_CODES: &[&str] = &["266696687", "7378742833", "2562533", "8656696", "86282452253"];

/// True for digits that spell "no number" on a keypad.
pub(super) fn is_network_code(digits: &str) -> bool {
    NETWORK_CODES.contains(&digits)
}

impl CallerId {
    /// Reads a provider's text; `country` is the tenant's, for national forms.
    pub fn read(raw: &str, country: &str) -> Self {
        let (subscriber, _) = scan::address(raw);
        let text = subscriber.trim().trim_matches('"').to_lowercase();
        let digits = text.strip_prefix('+').unwrap_or(&text);
        let silent = !text.chars().any(char::is_alphanumeric);
        if silent || WITHHELD.contains(&text.as_str()) || is_network_code(digits) {
            return Self::Withheld;
        }
        E164::parse(raw, country).map_or(Self::Unusable, Self::Known)
    }

    /// The number, when there is one.
    pub fn known(self) -> Option<E164> {
        match self {
            Self::Known(number) => Some(number),
            Self::Withheld | Self::Unusable => None,
        }
    }
}
