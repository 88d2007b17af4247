//! Two people of one name: "Lucas et Emma Morel".

use super::common::is_common;
use super::first::is_first_name;
use crate::understand::words::{Word, capitalised};

/// Their full names, in order.
pub fn pair(words: &[Word]) -> Option<(String, String)> {
    let and = (1..words.len()).find(|at| {
        words[*at].folded == "et"
            && words.get(*at + 1).is_some_and(first)
            && first(&words[*at - 1])
            && words[*at - 1].stop.is_none()
    })?;
    let family: Vec<&Word> =
        words[and + 2..].iter().take(2).take_while(|word| last(word)).collect();
    let family: String = family.iter().map(|word| format!(" {}", capitalised(&word.raw))).collect();
    let full = |first: &Word| capitalised(&first.raw) + &family;
    Some((full(&words[and - 1]), full(&words[and + 1])))
}

fn first(word: &Word) -> bool {
    is_first_name(&word.folded)
}

fn last(word: &Word) -> bool {
    let letters = word.folded.chars().all(char::is_alphabetic) && word.folded.chars().count() > 1;
    letters && !is_common(&word.folded)
}
