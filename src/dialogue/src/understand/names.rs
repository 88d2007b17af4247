//! Person names: introduced, bare, spelled, for somebody else.
//!
//! [`find`] looks for introductions anywhere in an utterance, [`answer`] reads
//! a reply to "à quel nom ?". `take` knows where a name ends, `spelled` reads
//! letters, `introductions` what announces a name.

mod civility;
mod common;
mod first;
mod introductions;
mod others;
mod pair;
mod reply;
pub(super) mod spelled;
mod take;
#[cfg(test)]
mod tests;

use super::words::Word;
pub(in crate::understand) use first::is_first_name;
pub use others::for_other;
pub use pair::pair;
use take::{Expectation, Taken};

/// Names said with an introduction ("je m'appelle", "au nom de", "madame") or spelled.
pub fn find(words: &[Word]) -> Vec<String> {
    let mut names: Vec<String> = full(words).or_else(|| alone(words)).into_iter().collect();
    let mut at = 0;
    while at < words.len() {
        match said_at(words, at) {
            Some((name, end)) => {
                merge(&mut names, name);
                at = end.max(at + 1);
            }
            None => at += 1,
        }
    }
    names
}

/// "Le nom c'est Petit et le prénom Julie", in either order.
fn full(words: &[Word]) -> Option<String> {
    let said = |what: &str| {
        let at = words.iter().position(|word| word.folded == what)?;
        let small = |word: &&Word| {
            matches!(
                word.folded.as_str(),
                "de" | "famille" | "c" | "est" | "cest" | "euh" | "alors"
            )
        };
        let start = at + 1 + words[at + 1..].iter().take_while(small).count();
        let taken = take::name_at(words, start, Expectation::Certain)?;
        Some(finish(words, taken).0)
    };
    let (first, last) = (said("prenom")?, said("nom")?);
    Some(format!("{first} {last}"))
}

/// Nothing but a first name ("Thomas").
fn alone(words: &[Word]) -> Option<String> {
    let filler =
        |word: &&Word| matches!(word.folded.as_str(), "euh" | "oui" | "heu" | "alors" | "ben");
    let start = words.iter().take_while(filler).count();
    let [only] = &words[start..] else { return None };
    let asked = only.stop == Some('?');
    (!asked && first::is_plainly_first_name(&only.folded)).then(|| take::written(&only.raw))
}

/// The name in an answer to "what is your name", where no introduction is
/// needed ("Camille Lefèvre", "Dupont D U P O N T"). `None` when the words
/// cannot be one.
pub fn answer(words: &[Word]) -> Option<String> {
    if let Some(found) = find(words).into_iter().next() {
        return Some(found);
    }
    let start = reply::skip_preamble(words);
    if let Some(spelled) = spelled::at(words, start) {
        return Some(title_case(&spelled.letters));
    }
    let taken = take::name_at(words, start, Expectation::Certain)?;
    reply::is_bare_name(words, start, &taken).then(|| finish(words, taken).0)
}

/// The name, when the words are nothing else and are plainly one: a known first
/// name, or capitals throughout.
pub fn plain(words: &[Word]) -> Option<String> {
    let start = reply::skip_preamble(words);
    let said = words.get(start..)?;
    let capital = |word: &Word| word.raw.chars().next().is_some_and(char::is_uppercase);
    let known = first::is_first_name(&said.first()?.folded);
    let lead = start == 0 && said.len() > 1;
    let likely = known || said.iter().all(capital) && (lead || start > 0);
    (said.len() <= 4 && likely).then(|| answer(words)).flatten()
}

/// The name introduced or spelled at a word, and where it ends.
fn said_at(words: &[Word], at: usize) -> Option<(String, usize)> {
    if let Some(spelled) = spelled::at(words, at) {
        return Some((title_case(&spelled.letters), spelled.end));
    }
    let (start, expectation) =
        introductions::at(words, at).or_else(|| introductions::bare(words, at))?;
    if let Some(spelled) = spelled::at(words, start) {
        return Some((title_case(&spelled.letters), spelled.end));
    }
    match take::name_at(words, start, expectation) {
        Some(taken) => Some(finish(words, taken)),
        // "C'est dupond avec un d" can only be a name.
        None => {
            let mut taken = take::name_at(words, start, Expectation::Certain)?;
            let end = with_letters(words, taken.end, &mut taken)?;
            Some((taken.text(), end))
        }
    }
}

/// Adds what follows a name: letters that spell it, "avec deux p".
fn finish(words: &[Word], mut taken: Taken) -> (String, usize) {
    let at = reply::skip_announcement(words, taken.end);
    if let Some(spelled) = spelled::at(words, at) {
        let name = title_case(&spelled.letters);
        match closest(&taken.parts, &name) {
            Some(place) => taken.parts[place] = name,
            None => taken.parts.push(name),
        }
        return (taken.text(), spelled.end);
    }
    if let Some(end) = with_letters(words, at, &mut taken) {
        return (taken.text(), end);
    }
    let end = taken.end;
    (taken.text(), end)
}

/// The part that a spelling is of: the one that begins alike, else the last;
/// none when only the first name was said ("Nadia, B E N A L I").
fn closest(parts: &[String], spelled: &str) -> Option<usize> {
    let alike = |part: &String| {
        let (part, spelled) = (super::words::fold(part), super::words::fold(spelled));
        part.chars().zip(spelled.chars()).take_while(|(a, b)| a == b).count()
    };
    let same = (0..parts.len()).rev().find(|place| alike(&parts[*place]) >= 2);
    let only_first = |part: &String| first::is_first_name(&super::words::fold(part));
    same.or(match parts {
        [part] if only_first(part) => None,
        _ => parts.len().checked_sub(1),
    })
}

/// "Philippe avec deux p", "Lefevre avec un seul f".
fn with_letters(words: &[Word], at: usize, taken: &mut Taken) -> Option<usize> {
    let with = words.get(at)?;
    if with.folded != "avec" {
        return None;
    }
    let (times, letter_at) = match words.get(at + 1)?.folded.as_str() {
        "un" | "1" => (1, at + if words.get(at + 2)?.folded == "seul" { 3 } else { 2 }),
        count => (spelled::count(count)?, at + 2),
    };
    let (letter, used) = spelled::letter(words, letter_at, 1)?;
    let part = taken.parts.iter_mut().rev().find(|part| super::words::fold(part).contains(letter));
    if let Some(part) = part {
        *part = doubled(part, letter, times);
    }
    Some(letter_at + used)
}

/// The name with a letter so many times in a row where it has it; the last
/// place, but not the initial.
fn doubled(name: &str, letter: char, times: usize) -> String {
    let chars: Vec<char> = name.chars().collect();
    let is_letter = |c: &char| c.to_lowercase().next() == Some(letter);
    let Some(last) = chars.iter().rposition(is_letter).filter(|place| *place > 0) else {
        return name.to_owned();
    };
    let pair = (1..chars.len())
        .rev()
        .find(|place| is_letter(&chars[*place]) && is_letter(&chars[place - 1]));
    let (from, to) = match pair {
        Some(second) => (second - 1, second + 1),
        None => (last, last + 1),
    };
    let mut out: String = chars[..from].iter().collect();
    out.push(chars[from]);
    out.extend(std::iter::repeat_n(letter, times - 1));
    out.extend(&chars[to..]);
    out
}

/// A name from small letters: "jean-pierre" → "Jean-Pierre".
fn title_case(letters: &str) -> String {
    let mut out = String::with_capacity(letters.len());
    let mut initial = true;
    for c in letters.chars() {
        if initial {
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
        initial = !c.is_alphabetic();
    }
    out
}

/// Keeps a name once, in its longest form ("Dupont", then "Camille Dupont").
fn merge(names: &mut Vec<String>, name: String) {
    let known = names.iter_mut().find(|known| {
        known.as_str() == name
            || format!(" {known} ").contains(&format!(" {name} "))
            || name.split(' ').any(|part| part == known.as_str())
    });
    match known {
        Some(known) if known.len() < name.len() => *known = name,
        Some(_) => {}
        None => names.push(name),
    }
}
