//! From words to [`Lex`]: fillers dropped, numbers and compounds put together.

use super::{
    cardinals, doubts,
    lexicon::{Lex, look_up},
    phrases,
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
    scan.join_months();
    scan.hush_dictation();
    scan
}

/// What begins at `at` (`None` for a filler) and where the next begins.
fn one(words: &[Word], at: usize) -> (Option<Lex>, usize) {
    let folded = words[at].folded.as_str();
    if FILLERS.contains(&folded) {
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
    let filler = |word: &&Word| !FILLERS.contains(&word.folded.as_str());
    let Some(after) = words[next..].iter().find(filler).filter(|_| words[at].stop.is_none()) else {
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

    /// "douze zéro un deux mille vingt-sept", "le 12 01": a zero said apart
    /// belongs to its month.
    fn join_months(&mut self) {
        let mut at = 1;
        while at + 1 < self.lex.len() {
            let month = match (self.lex[at], self.lex[at + 1]) {
                (Lex::Number(0), Lex::Number(month @ 1..=9)) => month,
                _ => {
                    at += 1;
                    continue;
                }
            };
            let year = matches!(self.lex.get(at + 2), Some(Lex::Number(2000..=2099)));
            let introduced = at >= 2 && matches!(self.lex[at - 2], Lex::Le | Lex::Weekday(_));
            if matches!(self.lex[at - 1], Lex::Number(1..=31)) && (year || introduced) {
                self.lex[at] = Lex::Padded(month);
                self.words[at].1 = self.words[at + 1].1;
                self.lex.remove(at + 1);
                self.words.remove(at + 1);
            }
            at += 1;
        }
    }

    /// How many tokens at `start` are a date in figures alone: with its year,
    /// or introduced and with a month like "01".
    fn date_in_figures(&self, start: usize, run: usize) -> usize {
        let before = start.checked_sub(1).map(|before| self.lex[before]);
        match self.lex[start..] {
            [
                Lex::Number(1..=31) | Lex::Padded(1..=31),
                Lex::Number(1..=12) | Lex::Padded(1..=12),
                Lex::Number(2000..=2099),
                ..,
            ] => 3,
            [Lex::Number(1..=31), Lex::Padded(1..=9), ..]
                if run == 2 && matches!(before, Some(Lex::Le | Lex::Weekday(_))) =>
            {
                2
            }
            _ => 0,
        }
    }

    /// Numbers in a row that cannot be a date or a time are dictation.
    fn hush_dictation(&mut self) {
        let mut start = 0;
        while start < self.lex.len() {
            let run = self.lex[start..].iter().take_while(|lex| is_number(**lex)).count();
            let date = self.date_in_figures(start, run);
            if date > 0 {
                start += date;
                continue;
            }
            let padded = self.lex[start..start + run]
                .iter()
                .any(|lex| matches!(lex, Lex::Padded(n) if *n < 10));
            let before = start.checked_sub(1).map(|before| self.lex[before]);
            let numbered = matches!(before, Some(Lex::Plus));
            let padded = padded && !matches!(before, Some(Lex::Colon | Lex::Slash));
            if run >= 4
                || (run >= 2 && padded && self.lex.get(start + run) != Some(&Lex::Heure))
                || numbered
            {
                self.lex[start..start + run].fill(Lex::Other);
            }
            start += run.max(1);
        }
    }
}

fn is_number(lex: Lex) -> bool {
    matches!(lex, Lex::Number(_) | Lex::Padded(_))
}
