//! From words to [`Lex`]: fillers dropped, numbers and compounds put together.

use super::{
    cardinals, doubts, first,
    lexicon::{Lex, look_up},
    phrases, sizes,
};
use crate::understand::words::{Joint, Word};

/// An utterance as a sequence of what its words stand for.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// What stands where.
    pub lex: Vec<Lex>,
    /// The words that each stands for: the first, and the one after the last.
    pub words: Vec<(usize, usize)>,
}

pub(super) const FILLERS: &[&str] = &[
    "euh",
    "heu",
    "hum",
    "hmm",
    "mmm",
    "ben",
    "bah",
    "bein",
    "eh",
    "ah",
    "oh",
    "alors",
    "voila",
    "hein",
    "genre",
    "quoi",
    "bref",
    "plait",
    "svp",
    "eventuellement",
    "meme",
    "pile",
    "precises",
    "juste",
];

/// Reads the words once.
pub(super) fn scan(words: &[Word]) -> Scan {
    let mut scan = Scan {
        lex: Vec::with_capacity(words.len() + 4),
        words: Vec::with_capacity(words.len() + 4),
    };
    let mut at = 0;
    while at < words.len() {
        scan.joint(words, at);
        let (lex, next) = one(words, at);
        if let Some(lex) = lex {
            scan.push(lex, (at, next));
        }
        at = next;
        scan.stop(&words[at - 1], words.get(at), at - 1);
    }
    scan.join_zeros();
    scan.join_minutes();
    scan.hush_dictation();
    first::settle(&mut scan, words);
    scan
}

/// What begins at `at` (`None` for a filler) and where the next begins.
fn one(words: &[Word], at: usize) -> (Option<Lex>, usize) {
    let folded = words[at].folded.as_str();
    if FILLERS.contains(&folded) || sizes::is_size(words, at) {
        return (None, at + 1);
    }
    if let Some((lex, next)) =
        figure(words, at).or_else(|| phrases::phrase(words, at)).or_else(|| compound(words, at))
    {
        return (Some(lex), next);
    }
    if let Some((value, next)) = cardinals::read(words, at) {
        let lex = if is_article(words, at, next) { Lex::Other } else { Lex::Number(value) };
        return (Some(lex), next);
    }
    (Some(look_up(folded)), at + 1)
}

/// "Un rendez-vous", "une consultation", "un pour ma mère": no number. "Un
/// lundi", "une semaine", "le un" are counted.
fn is_article(words: &[Word], at: usize, next: usize) -> bool {
    if next != at + 1 || !["un", "une"].contains(&words[at].folded.as_str()) {
        return false;
    }
    let before = at.checked_sub(1).map(|before| &words[before]);
    let numbered = before.is_some_and(|word| {
        word.stop.is_none()
            && (word.is_figure()
                || ["le", "du", "au", "les"].contains(&word.folded.as_str())
                || cardinals::read(words, at - 1).is_some())
    });
    let counts =
        |at: &usize| !FILLERS.contains(&words[*at].folded.as_str()) && !sizes::is_size(words, *at);
    let after = (next..words.len()).find(counts).map(|at| &words[at]);
    let Some(after) = after.filter(|_| words[at].stop.is_none()) else {
        return !numbered;
    };
    let figure = after.is_figure() || cardinals::read(words, next).is_some();
    match look_up(&after.folded) {
        Lex::Creneau => true,
        lex if is_counted(lex) => false,
        _ => !numbered && !figure,
    }
}

/// What "un" and "une" count or point at.
fn is_counted(lex: Lex) -> bool {
    use Lex::*;
    matches!(
        lex,
        Heure
            | Minute
            | Demi
            | Quart
            | Jour
            | Journee
            | Semaine
            | Mois
            | An
            | Quinzaine
            | Huitaine
            | Dizaine
            | Weekend
            | Matin
            | Soir
            | ApresMidi
            | Nuit
            | Weekday(_)
            | Month(_)
            | Enfant
            | Unit
    )
}

fn figure(words: &[Word], at: usize) -> Option<(Lex, usize)> {
    let word = &words[at];
    if !word.is_figure() {
        return None;
    }
    let Ok(value) = word.folded.parse::<u16>() else { return Some((Lex::Other, at + 1)) };
    if let Some(suffix) = words.get(at + 1)
        && suffix.joint == Joint::Glued
        && matches!(
            suffix.folded.as_str(),
            "er" | "re" | "ere" | "e" | "eme" | "ieme" | "nd" | "nde"
        )
    {
        return Some((Lex::Ordinal(value), at + 2));
    }
    let padded = word.folded.len() > 1 && word.folded.starts_with('0');
    Some((if padded { Lex::Padded(value) } else { Lex::Number(value) }, at + 1))
}

/// Compounds whose hyphens the recogniser may have lost.
fn compound(words: &[Word], at: usize) -> Option<(Lex, usize)> {
    let folded = |ahead: usize| words.get(at + ahead).map_or("", |word| word.folded.as_str());
    let lex = match (folded(0), folded(1)) {
        ("apres" | "pres" | "aprez", "midi" | "midis") if !fraction(folded(2), folded(3)) => {
            Lex::ApresMidi
        }
        ("apres" | "pres" | "aprez", "demain") => Lex::ApresDemain,
        ("apres", "de" | "deux") if folded(2).starts_with("main") => {
            return Some((Lex::ApresDemain, at + 3));
        }
        ("de" | "deux", "main" | "mains") => Lex::Demain,
        // The day that was spoken of, not today.
        ("ce" | "ces", "jour" | "jours") if folded(2) == "la" => return Some((Lex::Other, at + 3)),
        ("a", "peu") if folded(2) == "pres" => return Some((Lex::Vers, at + 3)),
        ("plus", "ou") if folded(2) == "moins" => return Some((Lex::Vers, at + 3)),
        ("week", "end" | "ends") => Lex::Weekend,
        ("nouvel", "an") => Lex::Nouvel,
        ("qui", "vient" | "viennent" | "arrive" | "suit") => Lex::Prochain,
        _ => return None,
    };
    Some((lex, at + 2))
}

/// "après midi et demi" is after half past twelve, not an afternoon.
fn fraction(next: &str, then: &str) -> bool {
    matches!((next, then), ("et", "demi" | "demie" | "quart"))
        || matches!(next, "trente" | "quinze")
}

impl Scan {
    fn push(&mut self, lex: Lex, words: (usize, usize)) {
        self.lex.push(lex);
        self.words.push(words);
    }

    /// The sign that binds `word` to the one before it.
    fn joint(&mut self, words: &[Word], at: usize) {
        let word = &words[at];
        let sign = match word.joint {
            Joint::Sign('.') if doubts::dotted(words, at) => Lex::Slash,
            Joint::Sign('.') if self.is_dotted_hour(words, at) => Lex::Colon,
            Joint::Sign('/') => Lex::Slash,
            Joint::Sign(':') => Lex::Colon,
            Joint::Sign('.' | ',' | '_') => Lex::Other,
            Joint::Hyphen if word.is_figure() => Lex::Dash,
            _ => return,
        };
        self.push(sign, (at, at + 1));
    }

    fn stop(&mut self, word: &Word, next: Option<&Word>, at: usize) {
        let Some(stop) = word.stop else { return };
        let abbreviated = matches!(self.lex.last(), Some(Lex::Month(_))) && word.folded.len() <= 5;
        let lex = match stop {
            ',' | ':' => Lex::Comma,
            '.' if abbreviated && next.is_some() => return,
            _ => Lex::Stop,
        };
        self.push(lex, (at, at + 1));
    }
}
