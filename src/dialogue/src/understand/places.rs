//! Somewhere: towns and quarters, as they are said.

use super::words::{self, Joint, Word};

/// Longest place kept, in words.
const LONGEST: usize = 8;

/// Words that lead to a place and are no part of it.
const OPENERS: [&str; 52] = [
    "elle",
    "il",
    "se",
    "trouve",
    "situe",
    "situee",
    "ma",
    "mon",
    "notre",
    "maison",
    "appartement",
    "habite",
    "habitons",
    "disons",
    "a",
    "au",
    "aux",
    "en",
    "sur",
    "dans",
    "vers",
    "plutot",
    "je",
    "j",
    "nous",
    "on",
    "cherche",
    "cherchons",
    "voudrais",
    "voudrait",
    "aimerais",
    "souhaite",
    "veux",
    "c",
    "ce",
    "est",
    "serait",
    "euh",
    "alors",
    "bah",
    "ben",
    "idealement",
    "si",
    "possible",
    "du",
    "cote",
    "de",
    "pres",
    "autour",
    "d",
    "ca",
    "oui",
];

/// The place in an answer to "where?": the words without what leads to them.
pub fn answer(words: &[Word]) -> Option<String> {
    let start = words.iter().position(|word| !OPENERS.contains(&word.folded.as_str()))?;
    let rest = &words[start..];
    let end = rest.iter().position(|word| matches!(word.stop, Some(',' | '.' | '?' | '!' | ';')));
    let end = end.map_or(rest.len(), |at| at + 1).min(LONGEST);
    let letters = rest[..end].iter().any(|word| word.folded.chars().any(char::is_alphabetic));
    (letters || rest[..end].iter().any(Word::is_figure)).then(|| words::text(&rest[..end]))
}

/// A place that is named without having been asked for: behind a word that
/// leads to places, with a capital letter or well known.
pub fn named(words: &[Word]) -> Option<String> {
    const BEFORE: [&str; 9] =
        ["a", "sur", "vers", "secteur", "quartier", "de", "d", "centre", "cote"];
    (1..words.len()).find_map(|at| {
        let led = BEFORE.contains(&words[at - 1].folded.as_str());
        let strictly =
            !["de", "d"].contains(&words[at - 1].folded.as_str()) || behind(words, at - 1);
        (led && strictly).then(|| from(words, at)).flatten()
    })
}

/// "Près de", "autour de", "du côté de", "centre de".
fn behind(words: &[Word], of: usize) -> bool {
    of.checked_sub(1).is_some_and(|before| {
        ["pres", "autour", "cote", "centre", "secteur", "quartier", "proche"]
            .contains(&words[before].folded.as_str())
    })
}

fn from(words: &[Word], at: usize) -> Option<String> {
    let capital = |word: &Word| word.raw.chars().next().is_some_and(char::is_uppercase);
    let known = TOWNS.contains(&words[at].folded.as_str());
    if !known && !capital(&words[at]) {
        return None;
    }
    let mut end = at + 1;
    while end < words.len() && words[end - 1].stop.is_none() {
        let tied = words[end].joint == Joint::Hyphen;
        let bridge = ["la", "le", "les", "en", "sur"].contains(&words[end].folded.as_str())
            && words.get(end + 1).is_some_and(capital);
        if !(tied || bridge || capital(&words[end])) {
            break;
        }
        end += 1;
    }
    Some(words::text(&words[at..end]))
}

/// Towns that are known without their capital letter.
const TOWNS: [&str; 62] = [
    "paris",
    "marseille",
    "lyon",
    "toulouse",
    "nice",
    "nantes",
    "montpellier",
    "strasbourg",
    "bordeaux",
    "lille",
    "rennes",
    "reims",
    "toulon",
    "grenoble",
    "dijon",
    "angers",
    "nimes",
    "villeurbanne",
    "clermont",
    "aix",
    "brest",
    "tours",
    "amiens",
    "limoges",
    "annecy",
    "perpignan",
    "besancon",
    "metz",
    "orleans",
    "rouen",
    "mulhouse",
    "caen",
    "nancy",
    "avignon",
    "poitiers",
    "versailles",
    "pau",
    "cannes",
    "antibes",
    "bourges",
    "quimper",
    "vannes",
    "lorient",
    "bayonne",
    "biarritz",
    "chambery",
    "valence",
    "troyes",
    "niort",
    "laval",
    "cholet",
    "arles",
    "colmar",
    "beziers",
    "ajaccio",
    "bastia",
    "cergy",
    "creteil",
    "bruxelles",
    "geneve",
    "lausanne",
    "dunkerque",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::understand::words::words;

    #[test]
    fn an_answer_keeps_the_place_alone() {
        for (text, place) in [
            ("à Rennes", "Rennes"),
            ("plutôt du côté de Cesson-Sévigné", "Cesson-Sévigné"),
            ("dans le centre de Rennes, c'est mieux", "le centre de Rennes"),
            ("35000", "35000"),
            ("je cherche sur rennes", "rennes"),
        ] {
            assert_eq!(answer(&words(text)).as_deref(), Some(place), "{text}");
        }
        assert_eq!(answer(&words("euh")), None);
    }

    #[test]
    fn a_place_named_on_the_way_is_found() {
        let named = |text: &str| super::named(&words(text));
        assert_eq!(named("je cherche une maison à Rennes"), Some("Rennes".into()));
        assert_eq!(named("une maison a rennes pour cet été"), Some("rennes".into()));
        assert_eq!(named("un studio près de Saint-Malo"), Some("Saint-Malo".into()));
        assert_eq!(named("j'ai une maison à vendre"), None);
        assert_eq!(named("de la part de Camille"), None);
    }
}
