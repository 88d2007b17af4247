//! Dictated e-mail addresses.
//!
//! Everything turns around the sign: what is before it is read by `local`,
//! what follows by `domain`. An address that was written rather than said
//! ("camille@example.fr") goes the same way, its signs being in the joints.

mod domain;
mod local;
#[cfg(test)]
mod tests;

use super::words::{Joint, Word};

/// Every address said or spelled, lower case.
pub fn find(words: &[Word]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut free_from = 0;
    for at in 0..words.len() {
        let Some(sign) = sign_at(words, at) else { continue };
        let Some((domain, end)) = domain::at(words, sign.end) else { continue };
        if let Some(local) =
            local::before(&words[free_from.min(sign.start)..sign.start], &words[sign.start])
        {
            let address = format!("{local}@{domain}");
            if !found.contains(&address) {
                found.push(address);
            }
            free_from = end;
        }
    }
    found
}

/// Where the sign is said.
struct Sign {
    start: usize,
    end: usize,
}

fn sign_at(words: &[Word], at: usize) -> Option<Sign> {
    let text = words[at].folded.as_str();
    let before = at.checked_sub(1).map_or("", |place| words[place].folded.as_str());
    let sign = |back: usize| Some(Sign { start: at - back, end: at + 1 });
    match text {
        "arobase" | "arobas" | "arobaz" | "arobaze" | "arrobase" | "arrobas" | "arobasse"
        | "aerobase" | "arobace" | "arobases" => sign(0),
        "robase" | "robas" | "robaz" | "robasse" | "rodbase" => {
            sign(usize::from(matches!(before, "a" | "la" | "ar" | "une")))
        }
        "base" if matches!(before, "aro" | "haro" | "arro") => sign(1),
        "commercial" if before == "a" => sign(1),
        // Said by some, but words of their own: only before a known mail house.
        "at" | "chez" | "ate" | "hat" if domain::is_house(words, at + 1) => sign(0),
        _ => None,
    }
}

/// What stands between two words that were written together.
fn written_joint(word: &Word) -> Option<&'static str> {
    match word.joint {
        Joint::Hyphen => Some("-"),
        Joint::Sign('.') => Some("."),
        Joint::Sign('_') => Some("_"),
        Joint::Glued | Joint::Apostrophe => Some(""),
        _ => None,
    }
}
