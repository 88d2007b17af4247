//! Sentences about what is booked, where a tenant has several services.

/// Two are wanted.
pub fn one_after_the_other(first: &str, second: &str) -> String {
    format!("Je prends les deux l'un après l'autre : {}, puis {}.", small(first), small(second))
}

/// Only one of the two, after all.
pub fn only(name: &str) -> String {
    format!("D'accord, un seul rendez-vous : {}.", small(name))
}

/// The second one's turn.
pub fn next(name: &str) -> String {
    format!("Voyons maintenant : {}.", small(name))
}

/// What is noted.
pub fn noted(name: &str) -> String {
    format!("Oui, j'ai bien noté : {}.", small(name))
}

/// Added to what confirms a booking.
pub fn booked(name: &str) -> String {
    format!("Type de rendez-vous : {}.", small(name))
}

/// Within a sentence; "EMDR" keeps its capitals.
fn small(name: &str) -> String {
    let mut letters = name.trim().chars();
    let first = letters.next().map(|first| first.to_lowercase().collect::<String>());
    match letters.clone().next().is_some_and(char::is_uppercase) {
        true => name.trim().to_owned(),
        false => first.unwrap_or_default() + letters.as_str(),
    }
}
