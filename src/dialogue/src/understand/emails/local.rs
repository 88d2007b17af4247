//! What is before the sign.

use super::super::names::spelled;
use super::super::numbers;
use super::super::words::Word;
use super::written_joint;

/// No part before the sign is longer.
const MOST_CHARS: usize = 64;
/// No one says it with more words.
const MOST_WORDS: usize = 60;

/// The part before the sign, from the words that lead to it.
pub(super) fn before(words: &[Word], sign: &Word) -> Option<String> {
    let words = &words[words.len().saturating_sub(MOST_WORDS)..];
    let text = spell(&words[start(words, sign)..]);
    let text = text.trim_matches(['.', '-']);
    let valid = !text.is_empty() && text.len() <= MOST_CHARS && !text.contains("..");
    valid.then(|| text.to_owned())
}

/// Where the address begins: after the last word that cannot belong to it.
fn start(words: &[Word], sign: &Word) -> usize {
    (0..words.len()).rev().find(|at| leads(words, *at, sign)).map_or(0, |at| at + 1)
}

/// True for a word that is said before an address and not in it.
fn leads(words: &[Word], at: usize, sign: &Word) -> bool {
    let word = &words[at];
    let next = words.get(at + 1).or(Some(sign));
    if word.stop.is_some_and(|stop| {
        matches!(stop, ':' | '?' | '!' | ';') || (stop == '.' && word.raw.len() > 1)
    }) {
        return true;
    }
    let tied =
        next.is_some_and(|next| written_joint(next).is_some()) || written_joint(word).is_some();
    match word.folded.as_str() {
        "est" if next.is_some_and(|next| begins_remark(&next.folded)) => false,
        "c" if next.is_some_and(|next| next.folded == "est")
            && words.get(at + 2).is_some_and(|after| begins_remark(&after.folded)) =>
        {
            false
        }
        "est" | "mail" | "email" | "mails" | "adresse" | "courriel" | "mel" | "cest" => true,
        "c" => next.is_some_and(|next| next.folded == "est"),
        "a" if next.is_some_and(|next| next.folded == "comme") => false,
        "j" if !tied => next.is_some_and(|next| {
            matches!(next.folded.as_str(), "ai" | "epelle" | "epele" | "utilise" | "ecris")
        }),
        "a" => !tied && (word.raw == "à" || !among_letters(words, at)),
        "mon" | "ma" | "le" | "la" | "je" | "vous" | "pouvez" | "notez" | "noter" | "ecrire"
        | "ecrivez" | "envoyez" | "envoyer" | "oui" | "non" | "bonjour" | "alors" | "donc"
        | "voila" | "sur" | "pour" | "et" | "est-ce" | "ou" | "serait" | "sera" | "ben" | "bah"
        | "bon" | "dis" | "me" | "suis" | "son" | "sa" | "votre" | "notre" | "ce" | "ca"
        | "merci" | "plutot" | "pardon" | "electronique" | "perso" | "personnelle" | "que"
        | "qui" | "ai" | "moi" | "epelle" | "epele" | "contacter" | "joindre" | "repondre"
        | "suivante" | "au" => !tied,
        // Also words of an address, behind a sign.
        "fait" | "donne" | "mari" | "femme" | "fille" | "fils" | "mere" | "pere" | "maman"
        | "boite" | "marquez" | "marquer" | "mettez" | "prenez" | "ecoutez" | "attendez"
        | "allez" | "toujours" | "aussi" | "madame" | "monsieur" | "boulot" | "travail"
        | "professionnel" | "professionnelle" | "pro" | "personnel" | "internet" => {
            !tied && !after_sign(words, at)
        }
        _ => false,
    }
}

/// "… c'est tout attaché", "… c'est en un mot".
fn begins_remark(folded: &str) -> bool {
    matches!(folded, "tout" | "en" | "attache" | "colle" | "sans")
}

fn after_sign(words: &[Word], at: usize) -> bool {
    at > 0
        && matches!(words[at - 1].folded.as_str(), "point" | "tiret" | "bas" | "underscore" | "dot")
}

fn among_letters(words: &[Word], at: usize) -> bool {
    let short = |at: Option<usize>| {
        at.and_then(|at| words.get(at)).is_some_and(|word| {
            word.folded.chars().count() == 1
                || matches!(word.folded.as_str(), "point" | "tiret" | "deux" | "underscore")
        })
    };
    short(at.checked_sub(1)) || (short(Some(at + 1)) && at > 0) || (at == 0 && short(Some(1)))
}

/// The characters that words stand for.
pub(super) fn spell(words: &[Word]) -> String {
    let mut text = String::new();
    let mut at = 0;
    while at < words.len() {
        if at > 0
            && let Some(joint) = written_joint(&words[at])
        {
            text.push_str(joint);
        }
        let (piece, used) = piece(words, at);
        at += used;
        // "Dubois, D U B O I S" is said twice.
        if piece.len() >= 3
            && let Some(again) = spelled::at(words, at)
            && super::super::words::fold(&again.letters) == piece
        {
            at = again.end;
        }
        text.push_str(&piece);
    }
    text
}

/// What one or several words stand for, and how many they are.
fn piece(words: &[Word], at: usize) -> (String, usize) {
    let word = &words[at];
    let follows = |n: usize, text: &str| words.get(at + n).is_some_and(|word| word.folded == text);
    let nothing = |used: usize| (String::new(), used);
    let sign = |text: &str, used: usize| (text.to_owned(), used);
    match word.folded.as_str() {
        "point" | "dot" | "points" => sign(".", 1),
        "underscore" | "souligne" | "underscor" | "andersecore" | "anderscore" => sign("_", 1),
        "tiret" if follows(1, "bas") => sign("_", 2),
        "tiret" if follows(1, "du") && follows(2, "bas") => sign("_", 3),
        "tiret" if follows(1, "du") && (follows(2, "six") || follows(2, "6")) => sign("-", 3),
        "tiret" if follows(1, "du") && (follows(2, "huit") || follows(2, "8")) => sign("_", 3),
        "tiret" if follows(1, "du") && follows(2, "milieu") => sign("-", 3),
        "tiret" if follows(1, "haut") => sign("-", 2),
        "tiret" | "moins" => sign("-", 1),
        "trait" if follows(1, "d") && follows(2, "union") => sign("-", 3),
        "trait" => sign("-", 1),
        "plus" => sign("+", 1),
        "apostrophe" => nothing(1),
        "c" if follows(1, "est") => nothing(2),
        "accent" if words.get(at + 1).is_some_and(is_accent) => nothing(2),
        "comme" if !text_is_empty(words, at) => nothing(2),
        "avec" => nothing(with_letter(words, at)),
        _ if is_remark(words, at) => nothing(1),
        _ => number(words, at).or_else(|| letters(words, at)).unwrap_or_else(|| (plain(word), 1)),
    }
}

fn text_is_empty(words: &[Word], at: usize) -> bool {
    at == 0 || at + 1 >= words.len()
}

fn is_accent(word: &Word) -> bool {
    matches!(word.folded.as_str(), "aigu" | "grave" | "circonflexe")
}

/// "avec deux p", said about the word before.
fn with_letter(words: &[Word], at: usize) -> usize {
    let one = |word: &Word| matches!(word.folded.as_str(), "un" | "une" | "1").then_some(1);
    let count =
        words.get(at + 1).and_then(|word| spelled::count(&word.folded).or_else(|| one(word)));
    match (count, spelled::letter(words, at + 2, 1)) {
        (Some(_), Some((_, used))) => 2 + used,
        _ => 1,
    }
}

/// "tout attaché", "en minuscules", "sans accent": how to write, not what.
fn is_remark(words: &[Word], at: usize) -> bool {
    let next = words.get(at + 1).map_or("", |word| word.folded.as_str());
    match words[at].folded.as_str() {
        "euh" | "heu" | "hum" | "ensuite" | "puis" | "minuscule" | "minuscules" | "majuscule"
        | "majuscules" | "attache" | "attaches" | "attachee" | "colle" | "colles" | "accent"
        | "accents" | "espace" | "espaces" | "cedille" | "trema" => true,
        "tout" => matches!(
            next,
            "attache"
                | "attaches"
                | "attachee"
                | "colle"
                | "en"
                | "minuscule"
                | "minuscules"
                | "ensemble"
        ),
        "en" => {
            matches!(next, "minuscule" | "minuscules" | "majuscule" | "majuscules" | "un" | "seul")
        }
        "un" => matches!(next, "seul" | "mot"),
        "seul" => next == "mot",
        "mot" | "ensemble" => {
            at > 0 && matches!(words[at - 1].folded.as_str(), "un" | "seul" | "tout")
        }
        "sans" => matches!(next, "accent" | "accents" | "espace" | "espaces" | "s"),
        _ => false,
    }
}

/// Digits in words: "quatre-vingt-deux" → 82, "zéro six" → 06.
fn number(words: &[Word], at: usize) -> Option<(String, usize)> {
    let word = &words[at];
    if word.is_figure() {
        return Some((word.folded.clone(), 1));
    }
    // "deux m" is two letters.
    if let Some(times) = spelled::count(&word.folded)
        && let Some((letter, used)) = spelled::letter(words, at + 1, 0)
    {
        return Some((std::iter::repeat_n(letter, times).collect(), 1 + used));
    }
    let (value, end) = numbers::cardinal_at(words, at)?;
    Some((value.to_string(), end - at))
}

/// A letter, alone or by its name.
fn letters(words: &[Word], at: usize) -> Option<(String, usize)> {
    let after_letter = at > 0 && words[at - 1].folded.chars().count() == 1;
    let (letter, used) = spelled::letter(words, at, usize::from(after_letter))?;
    Some((super::super::words::fold(&letter.to_string()), used))
}

fn plain(word: &Word) -> String {
    word.folded.chars().filter(char::is_ascii_alphanumeric).collect()
}
