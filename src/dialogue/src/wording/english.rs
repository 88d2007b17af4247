//! The short English path.

use crate::ask::Receipt;
use crate::state::{Pending, State};
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
