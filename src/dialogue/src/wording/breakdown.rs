//! When whoever was to speak cannot.

/// The apology; the question for a message follows.
pub fn sorry() -> &'static str {
    "Je suis désolé, nous avons un souci technique. Je note votre message, et on vous rappelle."
}

/// The same for English callers.
pub fn sorry_in_english() -> &'static str {
    "I'm sorry, we have a technical problem. I'll take a message and somebody will call you back."
}

/// Nothing can be noted either: the database does not answer.
pub fn out_of_order() -> &'static str {
    "Bonjour. Nous rencontrons un problème technique. Merci de rappeler dans quelques minutes."
}

/// The dialled number is nobody's.
pub fn not_in_service() -> &'static str {
    "Bonjour. Ce numéro n'est pas attribué. Au revoir."
}
