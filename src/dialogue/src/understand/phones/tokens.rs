//! From the words of an utterance to runs of dictated digits.

use super::atoms::{self, Atom};
use super::denial;
use super::nature::{self, Nature};
use crate::understand::words::{Joint, Word};

/// One thing that counts in a dictation; fillers are gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A number word.
    Atom {
        /// Which.
        atom: Atom,
        /// Tied to the token before it by a hyphen.
        bound: bool,
        /// Whether it may be another word.
        doubt: Doubt,
    },
    /// Written digits.
    Figure(String),
    /// "plus", before a country code.
    Plus,
    /// "double", "trois fois": what follows counts so many times.
    Times(u8),
    /// "non pardon": what was just said is wrong.
    Undo,
    /// "je recommence": all that was said is wrong.
    Restart,
    /// The end of a turn or of a repeated group: no number goes across.
    Cut,
}

/// Whether a number word may be another word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doubt {
    /// It is a number.
    None,
    /// "un", which is also an article: before and after the digits.
    Article,
    /// It only sounds like one ("de", "si").
    Homophone,
}

/// Digits said without anything else between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    /// What counts.
    pub tokens: Vec<Token>,
    /// What the words around say about it.
    pub nature: Nature,
    /// The first of its words, and the one after the last.
    pub words: (usize, usize),
    /// It begins with what is not the number: "pas le 06 …".
    pub denied: bool,
}

/// The runs of an utterance, in order.
pub(super) fn runs(words: &[Word]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut tokens: Vec<Token> = Vec::new();
    let mut start = 0;
    let mut at = 0;
    let mut denied = false;
    while at <= words.len() {
        let read = if at < words.len() { read(words, at) } else { Read::Break };
        match read {
            Read::Token(token, used) => {
                if tokens.is_empty() {
                    start = at;
                }
                push(&mut tokens, token);
                at += used;
                continue;
            }
            Read::Filler => {}
            Read::Break => {
                let said = without_fillers(std::mem::take(&mut tokens));
                let none = said.is_empty();
                if said.iter().any(|token| matches!(token, Token::Atom { .. } | Token::Figure(_))) {
                    let nature = nature::of(words, start, at, &said);
                    runs.push(Run { nature, tokens: said, words: (start, at), denied });
                }
                let led = denied && none && denial::leads(words, at);
                denied = led || denial::denies(words, at);
            }
        }
        at += 1;
    }
    runs
}

fn push(tokens: &mut Vec<Token>, token: Token) {
    // "non, pardon" is one correction.
    if token != Token::Undo || tokens.last() != Some(&Token::Undo) {
        tokens.push(token);
    }
}

/// "et" counts only inside "vingt et un", "soixante et onze", "plus" only
/// where a number begins.
fn without_fillers(tokens: Vec<Token>) -> Vec<Token> {
    let atom = |at: Option<usize>| match at.and_then(|at| tokens.get(at)) {
        Some(Token::Atom { atom, .. }) => Some(*atom),
        _ => None,
    };
    let counts = |at: &usize| match &tokens[*at] {
        Token::Atom { atom: Atom::Et, .. } => {
            matches!(atom(at.checked_sub(1)), Some(Atom::Value(20..=90)))
                && matches!(atom(Some(at + 1)), Some(Atom::Value(1 | 11)))
        }
        Token::Plus => at
            .checked_sub(1)
            .is_none_or(|before| matches!(tokens[before], Token::Undo | Token::Restart)),
        _ => true,
    };
    (0..tokens.len()).filter(counts).map(|at| tokens[at].clone()).collect()
}

enum Read {
    Token(Token, usize),
    Filler,
    Break,
}

fn read(words: &[Word], at: usize) -> Read {
    if denial::denies(words, at) {
        return Read::Break;
    }
    let word = &words[at];
    let text = word.folded.as_str();
    let next = words.get(at + 1).map_or("", |next| next.folded.as_str());
    if text == "o" && words.get(at + 1).is_some_and(Word::is_figure) {
        // The letter where the digit is meant: "O6 39".
        return Read::Token(Token::Figure("0".into()), 1);
    }
    if word.is_figure() {
        let sign = matches!(word.joint, Joint::Sign('/' | ':')) && !is_slashed(words, at);
        return match sign || text.len() > 15 {
            true => Read::Break,
            false => Read::Token(Token::Figure(text.into()), 1),
        };
    }
    if next == "fois" {
        let times = match text {
            "deux" | "2" | "de" => 2,
            "trois" | "3" => 3,
            "quatre" | "4" => 4,
            _ => 0,
        };
        if times > 0 {
            return Read::Token(Token::Times(times), 2);
        }
    }
    let bound = word.joint == Joint::Hyphen;
    if let Some(atom) = atoms::plain(text) {
        let article = matches!(text, "un" | "une");
        let doubt = if article { Doubt::Article } else { Doubt::None };
        return Read::Token(Token::Atom { atom, bound, doubt }, 1);
    }
    let before = at.checked_sub(1).map_or("", |before| words[before].folded.as_str());
    match text {
        // "… et enfin trente-quatre" corrects nothing.
        "enfin" if before == "et" => Read::Filler,
        "double" => Read::Token(Token::Times(2), 1),
        "triple" => Read::Token(Token::Times(3), 1),
        "plus" if country_follows(words, at + 1) => Read::Token(Token::Plus, 1),
        "plus" => Read::Filler,
        "non" | "pardon" | "excusez" | "excuse" | "plutot" | "enfin" | "erreur" | "trompe"
        | "trompee" | "desole" | "desolee" | "corrige" | "rectifie" => Read::Token(Token::Undo, 1),
        "recommence" | "recommencer" | "reprends" | "reprend" | "reprendre" | "repete"
        | "redis" => Read::Token(Token::Restart, 1),
        _ if is_filler(text) => Read::Filler,
        _ => match atoms::homophone(text) {
            Some(atom) => {
                Read::Token(Token::Atom { atom, bound: false, doubt: Doubt::Homophone }, 1)
            }
            None => Read::Break,
        },
    }
}

/// "plus trente-trois"; but "en plus, le zéro six".
fn country_follows(words: &[Word], at: usize) -> bool {
    let said = words.get(at..).unwrap_or_default().iter();
    let first = said.map(|word| word.folded.as_str()).find(|text| !is_filler(text));
    first.is_none_or(|text| !text.starts_with('0') && text != "zero")
}

/// "06/39/98/12/34": more figures than a date has.
fn is_slashed(words: &[Word], at: usize) -> bool {
    let tied = |word: &&Word| word.joint == Joint::Sign('/') && word.is_figure();
    let before = words[..=at].iter().rev().take_while(tied).count();
    let after = words[at + 1..].iter().take_while(tied).count();
    before + after >= 4
}

fn is_filler(text: &str) -> bool {
    matches!(
        text,
        "euh"
            | "heu"
            | "eh"
            | "hum"
            | "hmm"
            | "mm"
            | "mmh"
            | "ah"
            | "oh"
            | "ben"
            | "bah"
            | "bon"
            | "bien"
            | "alors"
            | "donc"
            | "puis"
            | "ensuite"
            | "apres"
            | "attendez"
            | "attends"
            | "voila"
            | "ok"
            | "oui"
            | "ouais"
            | "c"
            | "est"
            | "le"
            | "la"
            | "les"
            | "s"
            | "il"
            | "vous"
            | "te"
            | "plait"
            | "merci"
            | "ca"
            | "je"
            | "j"
            | "me"
            | "suis"
            | "moi"
            | "on"
            | "mais"
            | "tiret"
            | "tirets"
            | "point"
            | "points"
            | "espace"
            | "virgule"
            | "slash"
            | "trait"
            | "barre"
            | "parenthese"
            | "au"
            | "ai"
            | "a"
            | "vais"
            | "numero"
            | "suite"
            | "fait"
    )
}
