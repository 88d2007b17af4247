//! Person names: introduced, bare, spelled, for somebody else.

use super::words::Word;

/// Names said with an introduction ("je m'appelle", "au nom de", "madame") or spelled.
pub fn find(words: &[Word]) -> Vec<String> {
    let _ = words;
    Vec::new()
}

/// The name in an answer to "what is your name", where no introduction is
/// needed ("Camille Lefèvre", "Dupont D U P O N T"). `None` when the words
/// cannot be one.
pub fn answer(words: &[Word]) -> Option<String> {
    find(words).into_iter().next()
}
