//! STOP and START, as people write them. Closed on words that are an answer to
//! something else: « arrêt de travail » is an illness, not a wish.

use super::text::fold;

/// What a message wants of us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Not to be written to any more.
    Stop,
    /// To be written to again.
    Start,
}

/// Words that mean it when they stand alone.
const STOP: &[&str] = &[
    "stop",
    "stopp",
    "stopall",
    "stope",
    "stopez",
    "stopper",
    "stoppe",
    "stoppez",
    "arret",
    "arrete",
    "arretez",
    "arreter",
    "desabonner",
    "desabonnement",
    "desabonnez",
    "desabonne",
    "desinscrire",
    "desinscription",
    "desinscrivez",
    "unsubscribe",
];
const START: &[&str] =
    &["start", "unstop", "reabonner", "reabonnement", "reabonnez", "reinscrire", "reinscription"];

/// Words that add nothing to them.
const AROUND: &[&str] = &[
    "sms",
    "message",
    "messages",
    "texto",
    "textos",
    "pub",
    "pubs",
    "publicite",
    "rappel",
    "rappels",
    "whatsapp",
    "svp",
    "stp",
    "merci",
    "bonjour",
    "bonsoir",
    "please",
    "tout",
    "tous",
    "a",
    "au",
    "aux",
    "les",
    "le",
    "des",
    "de",
    "vos",
    "ces",
    "moi",
    "me",
    "maintenant",
    "definitivement",
];

/// Whole sentences, folded, without what stands in [`AROUND`].
const STOP_SENTENCES: &[&str] = &[
    "ne m envoyez plus",
    "ne m envoyez plus rien",
    "arretez m envoyer",
    "arrete m envoyer",
    "arreter m envoyer",
    "ne m envoyer plus",
    "ne plus m envoyer",
    "ne pas m envoyer",
    "n envoyez plus",
    "je ne veux plus recevoir",
    "je veux plus recevoir",
    "je ne souhaite plus recevoir",
    "je souhaite plus recevoir",
    "je ne desire plus recevoir",
    "ne plus recevoir",
    "retirez liste",
    "retirez votre liste",
    "je veux desabonner",
    "je souhaite desabonner",
    "je veux desinscrire",
    "je souhaite desinscrire",
];
/// Likewise, which mean it only with the noun that they are about: « plus de
/// messages » has it, « plus » alone says nothing.
const STOP_WITH_NOUN: &[&str] =
    &["plus", "je ne veux plus", "je ne souhaite plus", "je ne desire plus"];
const START_SENTENCES: &[&str] = &["je veux recevoir nouveau", "je souhaite recevoir nouveau"];

/// What such sentences are about.
const MESSAGES: &[&str] =
    &["sms", "message", "messages", "texto", "textos", "rappel", "rappels", "pub", "publicite"];

/// The most words of such a message; longer ones tell something else.
const MOST: usize = 12;

/// What a whole message wants; `None` when it is about anything else.
pub fn wish(text: &str) -> Option<Wish> {
    let folded = fold(text);
    // « Stop ou encore ? » asks something.
    if text.contains('?') {
        return None;
    }
    let words: Vec<&str> = folded.split_whitespace().take(MOST + 1).collect();
    if words.is_empty() || words.len() > MOST {
        return None;
    }
    if let Some(wish) = alone(&words) {
        return Some(wish);
    }
    let kept: Vec<&str> = words.iter().copied().filter(|word| !AROUND.contains(word)).collect();
    sentence(&words, &kept.join(" "))
}

/// One of the words, repeated or with words that add nothing, or with the
/// short code of a sender.
fn alone(words: &[&str]) -> Option<Wish> {
    let politely = words.join(" ").replace("s il vous plait", "").replace("s il te plait", "");
    let kept: Vec<&str> =
        politely.split_whitespace().filter(|word| !AROUND.contains(word)).collect();
    let (first, rest) = kept.split_first()?;
    let is_code = |word: &str| word.len() == 5 && word.bytes().all(|b| b.is_ascii_digit());
    // « Arrêt des rappels » is a wish, « arrêt de travail » is not: nothing else may follow.
    if STOP.contains(first) && rest.iter().all(|word| STOP.contains(word) || is_code(word)) {
        return Some(Wish::Stop);
    }
    (START.contains(first) && rest.iter().all(|word| START.contains(word))).then_some(Wish::Start)
}

fn sentence(words: &[&str], kept: &str) -> Option<Wish> {
    let names_messages = words.iter().any(|word| MESSAGES.contains(word));
    if START_SENTENCES.contains(&kept) {
        return Some(Wish::Start);
    }
    let about_us = names_messages || kept.starts_with("je ") || kept.contains("envoye");
    let stop = STOP_SENTENCES.contains(&kept) && about_us
        || STOP_WITH_NOUN.contains(&kept) && names_messages;
    stop.then_some(Wish::Stop)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(corpus: &str) -> impl Iterator<Item = &str> {
        corpus.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
    }

    #[test]
    fn every_way_to_say_stop_is_heard() {
        for line in lines(include_str!("../../tests/stop/accept.txt")) {
            assert_eq!(wish(line), Some(Wish::Stop), "{line}");
        }
    }

    #[test]
    fn every_way_to_say_start_is_heard() {
        for line in lines(include_str!("../../tests/stop/start.txt")) {
            assert_eq!(wish(line), Some(Wish::Start), "{line}");
        }
    }

    #[test]
    fn what_is_about_something_else_is_no_wish() {
        for line in lines(include_str!("../../tests/stop/refuse.txt")) {
            assert_eq!(wish(line), None, "{line}");
        }
    }

    #[test]
    fn no_text_makes_it_panic() {
        for text in ["", " ", "\u{0}", "🙂", "st\u{301}op", &"stop ".repeat(100_000)] {
            let _ = wish(text);
        }
    }
}
