//! Written addresses among the words: "jean tiret baptiste arobase exemple" is
//! nobody's name.

use crate::understand::words::Word;

const SIGNS: [&str; 9] = [
    "arobase", "arobas", "robase", "arobaz", "arobaze", "arrobase", "arobace", "robas", "arobasse",
];
const JOINERS: [&str; 6] = ["point", "tiret", "underscore", "bas", "dot", "slash"];
const MAILS: [&str; 6] = ["mail", "email", "mails", "courriel", "mel", "adresse"];

/// The same words without those of addresses; `None` when there are none.
pub(super) fn hidden(words: &[Word]) -> Option<Vec<Word>> {
    let is = |at: usize, list: &[&str]| list.contains(&words[at].folded.as_str());
    let signs: Vec<usize> = (0..words.len()).filter(|at| is(*at, &SIGNS)).collect();
    if signs.is_empty() {
        return None;
    }
    let mut hidden = words.to_vec();
    for sign in signs {
        for word in &mut hidden[start(words, sign)..end(words, sign)] {
            word.folded = "arobase".to_owned();
            word.raw = "arobase".to_owned();
        }
    }
    Some(hidden)
}

/// Where an address begins: after "mon mail", else with what is joined to its sign.
fn start(words: &[Word], sign: usize) -> usize {
    let is = |at: usize, list: &[&str]| list.contains(&words[at].folded.as_str());
    if let Some(mail) = (0..sign).rev().find(|at| is(*at, &MAILS)) {
        return mail + 1;
    }
    let mut at = sign.saturating_sub(1);
    while at > 0 {
        let letter = words[at - 1].raw.chars().count() == 1;
        if at > 1 && is(at - 1, &JOINERS) {
            at -= 2;
        } else if letter && words[at - 1].stop.is_none() || is(at, &JOINERS) {
            at -= 1;
        } else {
            break;
        }
    }
    at
}

fn end(words: &[Word], sign: usize) -> usize {
    let mut at = (sign + 2).min(words.len());
    while at + 1 < words.len() && JOINERS.contains(&words[at].folded.as_str()) {
        at += 2;
    }
    at
}
