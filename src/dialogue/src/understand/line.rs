//! An utterance prepared for the phrase patterns: fillers gone, lost
//! apostrophes restored, a few fixed expressions joined to one token.

mod tables;

use super::calendar;
use super::words::{Joint, Word};
use tables::{AFTER_ELISION, FILLERS, GLUED, JOINED, SPELLINGS};

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
const MAX_TOKENS: usize = 300;

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

    /// True when the token names a day of the week or a month.
    pub fn is_named_day(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| calendar::is_named(token.text))
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
