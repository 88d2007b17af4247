//! Person names: introduced, bare, spelled, for somebody else.
//!
//! [`find`] looks for introductions anywhere in an utterance, [`answer`] reads
//! a reply to "à quel nom ?". `take` knows where a name ends, `spelled` reads
//! letters, `introductions` what announces a name.

mod addresses;
mod civility;
mod common;
mod first;
mod introductions;
mod letters;
mod others;
mod pair;
mod repair;
mod reply;
pub(super) mod spelled;
mod take;
#[cfg(test)]
mod tests;

use super::words::{Word, fold};
pub(in crate::understand) use first::is_first_name;
pub use letters::respelled;
use letters::with_letters;
pub use others::for_other;
pub use pair::pair;
use take::{Expectation, Taken};

/// Names said with an introduction ("je m'appelle", "au nom de", "madame") or spelled.
pub fn find(words: &[Word]) -> Vec<String> {
    let hidden = addresses::hidden(words);
    let words = hidden.as_deref().unwrap_or(words);
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
    let filler = |at: &usize| {
        matches!(words[*at].folded.as_str(), "euh" | "oui" | "heu" | "alors")
            || words[*at].folded == "ben" && !first::is_ben(words, *at)
    };
    let start = (0..words.len()).take_while(filler).count();
    let [only] = &words[start..] else { return None };
    let asked = only.stop == Some('?');
    (!asked && first::is_plainly_first_name(&only.folded)).then(|| take::written(&only.raw))
}

/// The name in an answer to "what is your name", where no introduction is
/// needed ("Camille Lefèvre", "Dupont D U P O N T"). `None` when the words
/// cannot be one.
pub fn answer(words: &[Word]) -> Option<String> {
    if let Some(like) = reply::before_comparison(words) {
        return answer(like).or_else(|| reply::also_a_word(like));
    }
    if let Some(found) = find(words).into_iter().next() {
        return Some(found);
    }
    if let Some(only) = reply::also_a_word(words) {
        return Some(only);
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

/// "Caron", after "Enzo" alone: both.
pub fn completed(name: &str, words: &[Word]) -> Option<String> {
    let given = |name: &str| first::is_first_name(&fold(name));
    let alone = !name.contains([' ', '-']) && given(name) && words.len() <= 2;
    let family = answer(words).filter(|said| !said.contains(' ') && !given(said))?;
    alone.then(|| format!("{name} {family}"))
}

/// The name introduced or spelled at a word, and where it ends.
fn said_at(words: &[Word], at: usize) -> Option<(String, usize)> {
    if let Some(spelled) = spelled::at(words, at) {
        let name = as_said(words, at, &spelled.letters);
        return Some((name.unwrap_or_else(|| title_case(&spelled.letters)), spelled.end));
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
    if let Some(repaired) = repair::repaired(words, &taken) {
        return finish(words, repaired);
    }
    let at = reply::skip_announcement(words, taken.end);
    if let Some(spelled) = spelled::at(words, at) {
        let name = title_case(&spelled.letters);
        if taken.parts.iter().any(|part| together(part) == together(&name)) {
            return (taken.text(), spelled.end);
        }
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

/// "Da Silva, D A S I L V A": the words before a spelling, where they are what
/// is spelled.
fn as_said(words: &[Word], at: usize, letters: &str) -> Option<String> {
    (2..=3).find_map(|count| {
        let said = &words[at.checked_sub(count)?..at];
        let text: String = said.iter().map(|word| word.folded.as_str()).collect();
        let same = text == together(letters) && said.iter().all(|word| word.raw.len() > 1);
        let parts = || said.iter().map(|word| take::written(&word.raw)).collect::<Vec<_>>();
        same.then(|| parts().join(" "))
    })
}

/// A name without what separates its parts, and without accents.
pub(crate) fn together(name: &str) -> String {
    super::words::fold(name).chars().filter(|c| c.is_alphabetic()).collect()
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
