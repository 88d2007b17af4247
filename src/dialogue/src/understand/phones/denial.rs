//! Numbers said only to say that they are not the one: "06 … et non pas 06 …".

use super::atoms;
use crate::understand::words::Word;

/// Verbs whose negation denies no number: "vous n'avez pas le 06 …", "je sais pas".
const ASKS: [&str; 10] =
    ["avez", "aviez", "auriez", "a", "as", "sais", "pourquoi", "peux", "pouvez", "connaissez"];

/// True for the last word of "et non pas", "c'est pas", "et non" and the like
/// directly before digits.
pub(super) fn denies(words: &[Word], at: usize) -> bool {
    let Some(word) = words.get(at).filter(|word| word.stop.is_none()) else { return false };
    let before = at.checked_sub(1).map(|before| &words[before]);
    let text = before.map_or("", |before| before.folded.as_str());
    match word.folded.as_str() {
        // "je n'ai plus le 06 …", but "en plus, le 06 …".
        "plus" => {
            let verb = words[at.saturating_sub(3)..at].iter();
            let no = verb.clone().any(|word| matches!(word.folded.as_str(), "n" | "ne"));
            (no || matches!(text, "est" | "ai")) && said_after(words, at + 1, Article::Needed)
        }
        "pas" => {
            let bare = before.is_none_or(|before| {
                before.is_figure() || is_word(before) || before.stop.is_some()
            });
            let linked = bare || matches!(text, "non" | "et" | "est" | "mais" | "etait");
            !ASKS.contains(&text)
                && (said_after(words, at + 1, Article::Needed)
                    || linked && said_after(words, at + 1, Article::Maybe))
        }
        // "06 … et non 35".
        "non" => text == "et" && said_after(words, at + 1, Article::Maybe),
        _ => false,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Article {
    Needed,
    Maybe,
}

/// True when digits come next, after "le", "au", "sur le".
fn said_after(words: &[Word], at: usize, article: Article) -> bool {
    let rest = words.get(at..).unwrap_or_default();
    let skipped = rest.iter().take(3).take_while(|word| is_small(word)).count();
    (skipped > 0 || article == Article::Maybe)
        && rest.get(skipped).is_some_and(|word| word.is_figure() || is_word(word))
}

/// Words between "pas" and the digits.
pub(super) fn leads(words: &[Word], at: usize) -> bool {
    words.get(at).is_some_and(is_small)
}

fn is_small(word: &Word) -> bool {
    matches!(word.folded.as_str(), "le" | "au" | "sur" | "du" | "euh") && word.stop.is_none()
}

fn is_word(word: &Word) -> bool {
    word.folded != "et" && atoms::plain(&word.folded).is_some()
}
