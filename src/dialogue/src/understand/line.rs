//! An utterance prepared for the phrase patterns: fillers gone, lost
//! apostrophes restored, a few fixed expressions joined to one token.

use super::words::{Joint, Word};

/// One token of a [`Line`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'a> {
    /// Folded, canonical ("rendez-vous", "rende vous" and "rdv" are all `rdv`).
    pub text: &'a str,
    /// The index of the first word it comes from.
    pub word: usize,
    /// What separates it from the next token.
    pub stop: Stop,
}

/// What follows a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stop {
    /// Nothing.
    None,
    /// A comma.
    Soft,
    /// The end of a sentence.
    Hard,
    /// The end of a question.
    Question,
}

/// The tokens of one utterance.
#[derive(Debug, Clone, Default)]
pub struct Line<'a> {
    /// In order.
    pub tokens: Vec<Token<'a>>,
    /// Nothing was said but "hein".
    pub huh: bool,
}

/// Longest line that patterns look at; a caller never says more in a turn.
const MAX_TOKENS: usize = 400;

/// Sounds and padding that carry no meaning anywhere. Sorted.
const FILLERS: &[&str] = &[
    "ah", "bah", "beh", "ben", "bruit", "cough", "eh", "euh", "euhh", "euhm", "ha", "hein", "heu",
    "heuu", "hm", "hmm", "hu", "huh", "hum", "humm", "m", "mh", "mhm", "mm", "mmh", "mmm", "oh",
    "pff", "pfff", "roh", "silence", "toux", "uh", "uhm", "um",
];

/// Words that recognition glues together when it loses an apostrophe. Sorted.
const GLUED: &[(&str, &[&str])] = &[
    ("cest", &["c", "est"]),
    ("chuis", &["je", "suis"]),
    ("davoir", &["d", "avoir"]),
    ("dun", &["d", "un"]),
    ("dune", &["d", "une"]),
    ("jai", &["j", "ai"]),
    ("jaimerai", &["j", "aimerais"]),
    ("jappel", &["j", "appelle"]),
    ("jappele", &["j", "appelle"]),
    ("jaurai", &["j", "aurai"]),
    ("jaurais", &["j", "aurais"]),
    ("jaurrais", &["j", "aurais"]),
    ("javais", &["j", "avais"]),
    ("jen", &["j", "en"]),
    ("jetais", &["j", "etais"]),
    ("jpeux", &["je", "peux"]),
    ("jsais", &["je", "sais"]),
    ("jsuis", &["je", "suis"]),
    ("jveux", &["je", "veux"]),
    ("jvoudrai", &["je", "voudrais"]),
    ("jvoudrais", &["je", "voudrais"]),
    ("lon", &["l", "on"]),
    ("lun", &["l", "un"]),
    ("men", &["m", "en"]),
    ("mest", &["m", "est"]),
    ("nai", &["n", "ai"]),
    ("navais", &["n", "avais"]),
    ("navez", &["n", "avez"]),
    ("nen", &["n", "en"]),
    ("nest", &["n", "est"]),
    ("quelle", &["quelle"]),
    ("quest", &["qu", "est"]),
    ("quil", &["qu", "il"]),
    ("quon", &["qu", "on"]),
    ("sen", &["s", "en"]),
    ("sest", &["s", "est"]),
    ("setais", &["c", "etait"]),
    ("ya", &["il", "y", "a"]),
];

/// Words that are said after an elision: recognition glues the two. None of
/// them makes a word of its own with the letter before it. Sorted.
const AFTER_ELISION: &[&str] = &[
    "accepte",
    "accident",
    "accord",
    "accoucher",
    "accueil",
    "adore",
    "adresse",
    "agresser",
    "aimerais",
    "air",
    "annee",
    "anniversaire",
    "annule",
    "appelle",
    "apres",
    "arrange",
    "arrete",
    "arrive",
    "assurance",
    "asthme",
    "attends",
    "attente",
    "autre",
    "autres",
    "avance",
    "avis",
    "avril",
    "echelle",
    "ecole",
    "electricite",
    "energie",
    "entends",
    "entree",
    "envie",
    "epaule",
    "epilepsie",
    "espere",
    "essaie",
    "etage",
    "etais",
    "etait",
    "etouffe",
    "etouffent",
    "examen",
    "habite",
    "heure",
    "heures",
    "hiver",
    "hopital",
    "humain",
    "importe",
    "impression",
    "infarctus",
    "infirmiere",
    "interesse",
    "irm",
    "operation",
    "ordonnance",
    "oublie",
    "ouverture",
    "oxygene",
    "urgence",
];

/// Expressions that become one token, longest first.
const JOINED: &[(&[&str], &str)] = &[
    (&["s", "il", "vous", "plait"], ""),
    (&["s", "il", "te", "plait"], ""),
    (&["sil", "vous", "plait"], ""),
    (&["si", "vous", "plait"], ""),
    (&["s", "il", "vous", "plais"], ""),
    (&["s", "il", "vous", "plaie"], ""),
    (&["rendez", "vous"], "rdv"),
    (&["rende", "vous"], "rdv"),
    (&["rendes", "vous"], "rdv"),
    (&["rendais", "vous"], "rdv"),
    (&["rendait", "vous"], "rdv"),
    (&["rendre", "vous"], "rdv"),
    (&["randez", "vous"], "rdv"),
    (&["rande", "vous"], "rdv"),
    (&["rendu", "vous"], "rdv"),
    (&["rentre", "vous"], "rdv"),
    (&["rend", "vous"], "rdv"),
    (&["rends", "vous"], "rdv"),
    (&["r", "d", "v"], "rdv"),
    (&["est", "ce", "que"], "estceque"),
    (&["est", "ce", "qu"], "estceque"),
    (&["es", "ce", "que"], "estceque"),
    (&["esse", "que"], "estceque"),
    (&["quelqu", "un"], "quelquun"),
    (&["quelques", "uns"], "quelquun"),
    (&["peut", "etre"], "peutetre"),
    (&["parce", "que"], "parceque"),
    (&["parce", "qu"], "parceque"),
    (&["par", "ce", "que"], "parceque"),
];

/// Words with one spelling for the patterns. Sorted.
const SPELLINGS: &[(&str, &str)] = &[
    ("allo", "allo"),
    ("alo", "allo"),
    ("docs", "doc"),
    ("dr", "docteur"),
    ("duocteur", "docteur"),
    ("okay", "ok"),
    ("okey", "ok"),
    ("oki", "ok"),
    ("quelqun", "quelquun"),
    ("rdvs", "rdv"),
    ("rendevous", "rdv"),
    ("rendezvous", "rdv"),
    ("svp", ""),
];

impl<'a> Line<'a> {
    /// Prepares an utterance.
    pub fn new(words: &'a [Word]) -> Self {
        let mut line = Self { tokens: Vec::with_capacity(words.len() + 4), huh: false };
        let mut at = 0;
        while at < words.len() && line.tokens.len() < MAX_TOKENS {
            at += line.take(words, at);
        }
        line.huh = line.tokens.is_empty() && words.iter().any(|word| word.folded == "hein");
        line
    }

    /// The text of a token, empty outside the line.
    pub fn text(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| token.text)
    }

    /// True when the token is one of these.
    pub fn is(&self, at: usize, any: &[&str]) -> bool {
        self.tokens.get(at).is_some_and(|token| any.contains(&token.text))
    }

    fn take(&mut self, words: &'a [Word], at: usize) -> usize {
        if let Some((length, text)) = joined(&words[at..]) {
            self.push(text, at, stop(&words[at + length - 1]));
            return length;
        }
        let folded = words[at].folded.as_str();
        let after = stop(&words[at]);
        if let Ok(found) = GLUED.binary_search_by_key(&folded, |entry| entry.0) {
            let parts = GLUED[found].1;
            for (index, part) in parts.iter().enumerate() {
                let last = index + 1 == parts.len();
                self.push(part, at, if last { after } else { Stop::None });
            }
        } else if let Some(rest) = after_elision(folded) {
            self.push(&folded[..folded.len() - rest.len()], at, Stop::None);
            self.push(rest, at, after);
        } else if FILLERS.binary_search(&folded).is_ok() && !elided(words, at) {
            self.push("", at, after);
        } else {
            let text = SPELLINGS
                .binary_search_by_key(&folded, |entry| entry.0)
                .map_or(folded, |found| SPELLINGS[found].1);
            self.push(text, at, after);
        }
        1
    }

    /// An empty text leaves no token, but its punctuation stays.
    fn push(&mut self, text: &'a str, word: usize, stop: Stop) {
        if !text.is_empty() {
            self.tokens.push(Token { text, word, stop });
        } else if let Some(last) = self.tokens.last_mut() {
            last.stop = last.stop.max(stop);
        }
    }
}

/// "m" before an apostrophe is a pronoun, not a hum.
fn elided(words: &[Word], at: usize) -> bool {
    words[at].folded == "m"
        && words.get(at + 1).is_some_and(|next| {
            next.joint == Joint::Apostrophe
                || next.folded.starts_with(['a', 'e', 'i', 'o', 'u', 'h'])
        })
}

fn after_elision(folded: &str) -> Option<&str> {
    let rest = folded
        .strip_prefix("qu")
        .or_else(|| folded.strip_prefix(['c', 'd', 'j', 'l', 'm', 'n', 's', 't']))?;
    AFTER_ELISION.binary_search(&rest).is_ok().then_some(rest)
}

fn joined(words: &[Word]) -> Option<(usize, &'static str)> {
    let first = words.first()?.folded.as_str();
    JOINED.iter().find_map(|(parts, text)| {
        let fits = parts[0] == first
            && parts.len() <= words.len()
            && parts.iter().zip(words).all(|(part, word)| *part == word.folded);
        fits.then_some((parts.len(), *text))
    })
}

fn stop(word: &Word) -> Stop {
    match word.stop {
        None => Stop::None,
        Some(',' | ';' | ':') => Stop::Soft,
        Some('?') => Stop::Question,
        Some(_) => Stop::Hard,
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::words;
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        let words = words(text);
        Line::new(&words).tokens.iter().map(|token| token.text.to_owned()).collect()
    }

    #[test]
    fn tables_are_sorted_for_binary_search() {
        assert!(FILLERS.is_sorted());
        assert!(AFTER_ELISION.is_sorted());
        assert!(GLUED.is_sorted_by_key(|entry| entry.0));
        assert!(SPELLINGS.is_sorted_by_key(|entry| entry.0));
    }

    #[test]
    fn one_form_for_what_recognition_writes_in_many() {
        for text in [
            "un rendez-vous",
            "un rende vous",
            "un RDV",
            "un rendezvous",
            "euh un, hum, rendez vous s'il vous plaît",
        ] {
            assert_eq!(texts(text), ["un", "rdv"], "{text}");
        }
        assert_eq!(texts("jai m'appelle"), ["j", "ai", "m", "appelle"]);
    }
}
