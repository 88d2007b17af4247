//! The short English path.

use crate::Script;
use crate::ask::Receipt;
use crate::state::{Pending, State};
use crate::understand::emergency::Category;
use domain::id::TicketId;

/// What can be done in English.
pub fn sorry() -> &'static str {
    "I'm sorry, I speak very little English, but I can take a message."
}

/// Not understood.
pub fn pardon(times: u8) -> &'static str {
    match times {
        1 => "Sorry, I didn't get that.",
        _ => "Sorry, the line is not very good.",
    }
}

/// The pending question in English.
pub fn question(state: &State, pending: Pending) -> String {
    let dictated = state.contact.dictated.as_ref().map(|dictated| &dictated.value);
    let last_two = dictated.or(state.caller.as_ref()).map_or("", |number| number.last_two());
    match pending {
        Pending::QualifName => "What is your name, please?".to_owned(),
        Pending::ContactConfirm => {
            format!("I have a number ending in {last_two}. Is it yours? Please say yes or no.")
        }
        Pending::QualifContact => "What is your phone number, digit by digit?".to_owned(),
        Pending::MessageText => "What would you like us to know?".to_owned(),
        _ => "Is there anything else?".to_owned(),
    }
}

/// The message is written.
pub fn taken(_receipt: &Receipt<TicketId>) -> String {
    "Thank you, your message has been passed on. Goodbye.".to_owned()
}

/// Goodbye.
pub fn goodbye() -> &'static str {
    "Thank you for calling. Goodbye."
}

/// What to do in an emergency, first words of the reply.
pub fn what_to_do(script: &Script<'_>, category: Category) -> String {
    let sentence = match (script.profile.country.as_str(), category) {
        ("FR", Category::Suicide) => {
            "Please call 3114 right now, day or night, or 15 if you are in danger. You are not alone."
        }
        ("US", Category::Suicide) => {
            "Please call 988 right now, or 911 if you are in danger. You are not alone."
        }
        ("FR", _) => "Please hang up and call 15 or 112 right now.",
        ("US", _) => "Please hang up and call 911 right now.",
        _ => "Please hang up and call 112 right now.",
    };
    sentence.to_owned()
}

/// After what to do: the call may go on.
pub fn then() -> &'static str {
    "I can't handle an emergency. If it isn't one, tell me what you need."
}
