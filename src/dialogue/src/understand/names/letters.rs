//! Letters that are said of a name: "avec deux p", "avec un t à la fin", "sans h".

use super::spelled;
use super::take::Taken;
use crate::understand::words::{Joint, Word, fold};

/// Endings that the ear does not tell apart.
const SILENT: &str = "dtsxz";

/// The name written as these words say it is; `None` when they say nothing of
/// its letters.
pub fn respelled(name: &str, words: &[Word]) -> Option<String> {
    let mut parts: Vec<String> = name.split(' ').map(str::to_owned).collect();
    let mut said = false;
    for at in 0..words.len() {
        if let Some((letter, times, end)) = told_at(words, at) {
            change(&mut parts, letter, times, words[at].folded == "par" || at_the_end(words, end));
            said = true;
        } else if let Some(letter) = without_at(words, at) {
            drop_letter(&mut parts, letter);
            said = true;
        }
    }
    said.then(|| parts.join(" "))
}

/// "Philippe avec deux p", "Lefevre avec un seul f": where it ends.
pub(super) fn with_letters(words: &[Word], at: usize, taken: &mut Taken) -> Option<usize> {
    let (letter, times, end) = with_at(words, at)?;
    let last = at_the_end(words, end);
    change(&mut taken.parts, letter, times, last);
    Some(if last { end + 3 } else { end })
}

/// "Avec deux p": the letter, how often, and where it ends.
fn with_at(words: &[Word], at: usize) -> Option<(char, usize, usize)> {
    (words.get(at)?.folded == "avec").then(|| counted(words, at)).flatten()
}

/// "Avec un t", "vous avez mis un t", "ça finit par un t": of a name said before,
/// so only letters that are nothing else.
fn told_at(words: &[Word], at: usize) -> Option<(char, usize, usize)> {
    const LEADS: [&str; 11] =
        ["avec", "mis", "mettez", "mettre", "prend", "prends", "par", "a", "faut", "ecrit", "y"];
    let leads = LEADS.contains(&words[at].folded.as_str()) && !matches!(&*words[at].raw, "à" | "À");
    let told = leads.then(|| counted(words, at)).flatten()?;
    (words[told.2 - 1].raw.chars().count() == 1).then_some(told)
}

/// "… deux p": the letter, how often, and where it ends.
fn counted(words: &[Word], at: usize) -> Option<(char, usize, usize)> {
    let (times, letter_at) = match words.get(at + 1)?.folded.as_str() {
        "un" | "1" => (1, at + if words.get(at + 2)?.folded == "seul" { 3 } else { 2 }),
        count => (spelled::count(count)?, at + 2),
    };
    let (letter, used) = spelled::letter(words, letter_at, 1)?;
    (!is_hour(words, at, letter_at)).then_some((letter, times, letter_at + used))
}

/// "À 2h", "mettez 3 h", "le 2e": an hour or a rank. In figures only "avec 2 h"
/// and "il y a 2 h" count letters.
fn is_hour(words: &[Word], at: usize, letter_at: usize) -> bool {
    const HAS: [&str; 6] = ["y", "il", "elle", "ca", "nom", "prenom"];
    if !words[at + 1].is_figure() {
        return false;
    }
    let glued = words[letter_at].joint == Joint::Glued;
    let before = at.checked_sub(1).map_or("", |place| words[place].folded.as_str());
    let with = words[at].folded == "avec";
    let counts = with || words[at].folded == "a" && HAS.contains(&before);
    // "2 h 30", "2 h de retard".
    let goes_on = |next: &Word| next.is_figure() || ["d", "de"].contains(&&*next.folded);
    match words[letter_at].folded.as_str() {
        "h" => glued || !counts || words.get(letter_at + 1).is_some_and(goes_on),
        _ => glued && !with,
    }
}

/// "Sans h", "pas de h".
fn without_at(words: &[Word], at: usize) -> Option<char> {
    let before = at.checked_sub(1).map_or("", |place| words[place].folded.as_str());
    let without = match words[at].folded.as_str() {
        "sans" => true,
        "de" => before == "pas",
        _ => false,
    };
    let alone = words.get(at + 1).filter(|word| word.raw.chars().count() == 1)?;
    let letter = spelled::letter(words, at + 1, 1).filter(|_| without)?.0;
    (alone.folded != "a").then_some(letter)
}

fn at_the_end(words: &[Word], at: usize) -> bool {
    super::introductions::follows(words, at, &["a", "la", "fin"])
}

fn change(parts: &mut [String], letter: char, times: usize, last: bool) {
    let twice = String::from_iter([letter, letter]);
    let lacks = parts.last().is_some_and(|part| !fold(part).chars().skip(1).any(|c| c == letter));
    let single = times == 1 && !parts.iter().any(|part| fold(part).contains(&twice));
    if last || single && lacks {
        if let Some(part) = parts.last_mut() {
            *part = brought_in(part, letter, last);
        }
    } else if let Some(part) = parts.iter_mut().rev().find(|part| fold(part).contains(letter)) {
        *part = doubled(part, letter, times);
    }
}

/// The name with a letter that it lacks, where the ear puts it.
fn brought_in(name: &str, letter: char, last: bool) -> String {
    let folded = fold(name);
    let ending = folded.chars().next_back().unwrap_or(letter);
    if ending == letter {
        return name.to_owned();
    }
    if SILENT.contains(ending) && SILENT.contains(letter) {
        let kept = name.char_indices().next_back().map_or(0, |(at, _)| at);
        return format!("{}{letter}", &name[..kept]);
    }
    if last {
        return format!("{name}{letter}");
    }
    let (heard, written) = match letter {
        'b' => ("v", "bv"),
        'h' => ("t", "th"),
        'y' => ("i", "y"),
        'k' => ("c", "k"),
        'c' => ("k", "c"),
        'f' => ("ph", "f"),
        'z' => ("s", "z"),
        's' => ("z", "s"),
        'w' => ("v", "w"),
        _ if SILENT.contains(letter) || letter == 'e' => return format!("{name}{letter}"),
        _ => return name.to_owned(),
    };
    replaced(name, &folded, heard, written)
}

/// The place where `heard` is written becomes `written`, the first one for an h
/// and else the last; the initial keeps its capital.
fn replaced(name: &str, folded: &str, heard: &str, written: &str) -> String {
    // Ligatures have no place to count from.
    let same_length = folded.chars().count() == name.chars().count();
    let place = if written == "th" { folded.find(heard) } else { folded.rfind(heard) };
    let Some(at) = place.filter(|_| same_length) else { return name.to_owned() };
    let before = folded[..at].chars().count();
    let head: String = name.chars().take(before).collect();
    let tail: String = name.chars().skip(before + heard.chars().count()).collect();
    let whole = format!("{head}{written}{tail}");
    if before == 0 { super::title_case(&whole.to_lowercase()) } else { whole }
}

fn drop_letter(parts: &mut [String], letter: char) {
    for part in parts.iter_mut().rev() {
        let chars: Vec<char> = part.chars().collect();
        let place = chars.iter().rposition(|c| fold(&c.to_string()).starts_with(letter));
        if let Some(place) = place.filter(|place| *place > 0) {
            *part = chars[..place].iter().chain(&chars[place + 1..]).collect();
            return;
        }
    }
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
