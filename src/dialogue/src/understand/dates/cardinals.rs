//! Cardinals below ten thousand in words, as they occur in dates and times.

use crate::understand::words::{Joint, Word};

/// A cardinal that begins at `at`, and the index after it. Homophones count
/// only beside "heures" ("cat heures").
pub(super) fn read(words: &[Word], at: usize) -> Option<(u16, usize)> {
    let (first, mut next) = below_hundred(words, at)?;
    let mut value = first;
    if is(words, next, &["cent", "cents"]) && (2..=9).contains(&first) {
        value = first * 100;
        next += 1;
        if let Some((rest, after)) = below_hundred(words, next) {
            value += rest;
            next = after;
        }
    }
    if is(words, next, &["mille", "mil"]) && value <= 9 {
        let (rest, after) = below_thousand(words, next + 1).unwrap_or((0, next + 1));
        return Some((value * 1000 + rest, after));
    }
    Some((value, next))
}

fn below_thousand(words: &[Word], at: usize) -> Option<(u16, usize)> {
    below_hundred(words, at)
}

fn below_hundred(words: &[Word], at: usize) -> Option<(u16, usize)> {
    let folded = words.get(at)?.folded.as_str();
    if let Some(unit) = unit(folded).or_else(|| homophone(words, at)) {
        if unit == 4 && is(words, at + 1, &["vingt", "vingts"]) {
            return Some(after_tens(words, at + 2, 80));
        }
        if unit == 10
            && let Some(more @ 7..=9) =
                words.get(at + 1).and_then(|next| small(words, at + 1, next))
        {
            return Some((10 + more, at + 2));
        }
        return Some((unit, at + 1));
    }
    let tens = tens(folded).or_else(|| twenty(words, at))?;
    Some(after_tens(words, at + 1, tens))
}

fn small(words: &[Word], at: usize, word: &Word) -> Option<u16> {
    unit(&word.folded).or_else(|| homophone(words, at))
}

/// What follows a multiple of ten: "vingt | deux", "vingt | et un".
fn after_tens(words: &[Word], at: usize, tens: u16) -> (u16, usize) {
    let linked = is(words, at, &["et"]);
    let start = if linked { at + 1 } else { at };
    let Some(word) = words.get(start) else { return (tens, at) };
    let Some(more) = small(words, start, word) else { return (tens, at) };
    let teens = matches!(tens, 60 | 80);
    let fits = if linked {
        more == 1 || (more == 11 && tens == 60)
    } else {
        (1..=9).contains(&more) || (teens && more <= 16)
    };
    if !fits {
        return (tens, at);
    }
    // "soixante | dix | sept".
    if more == 10
        && let Some(last @ 7..=9) = words.get(start + 1).and_then(|next| unit(&next.folded))
    {
        return (tens + 10 + last, start + 2);
    }
    (tens + more, start + 1)
}

fn is(words: &[Word], at: usize, any: &[&str]) -> bool {
    words.get(at).is_some_and(|word| any.contains(&word.folded.as_str()))
}

fn unit(folded: &str) -> Option<u16> {
    const UNITS: [&str; 17] = [
        "zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix",
        "onze", "douze", "treize", "quatorze", "quinze", "seize",
    ];
    if folded == "une" {
        return Some(1);
    }
    let at = UNITS.iter().position(|unit| *unit == folded)?;
    u16::try_from(at).ok()
}

fn tens(folded: &str) -> Option<u16> {
    Some(match folded {
        "vingt" | "vingts" => 20,
        "trente" | "trante" => 30,
        "quarante" => 40,
        "cinquante" => 50,
        "soixante" => 60,
        "septante" => 70,
        "huitante" | "octante" => 80,
        "nonante" => 90,
        _ => return None,
    })
}

fn hours(words: &[Word], at: usize) -> bool {
    is(words, at, &["heure", "heures", "h"])
}

/// "vin heures", "le vin deux", "dix heures vin".
fn twenty(words: &[Word], at: usize) -> Option<u16> {
    if !is(words, at, &["vin", "vins", "vint", "vain", "vent"]) {
        return None;
    }
    let before = at.checked_sub(1).is_some_and(|before| hours(words, before));
    let more = words.get(at + 1).is_some_and(|next| unit(&next.folded).is_some());
    (before || hours(words, at + 1) || more).then_some(20)
}

/// Words that sound like a unit, heard directly before "heures".
fn homophone(words: &[Word], at: usize) -> Option<u16> {
    if !hours(words, at + 1) || words[at].joint == Joint::Apostrophe {
        return None;
    }
    Some(match words[at].folded.as_str() {
        "hune" => 1,
        "de" | "deu" | "deus" if is(words, at + 1, &["heures"]) => 2,
        "troi" | "troie" | "roi" => 3,
        "cat" | "katre" | "quatres" | "quat" => 4,
        "sink" | "sinq" | "saint" | "sein" | "cinque" | "sain" => 5,
        "si" | "sis" | "sise" | "scie" => 6,
        "set" | "cet" | "cette" | "ses" if is(words, at + 1, &["heures"]) => 7,
        "oui" | "huis" | "huite" | "wit" | "ouit" => 8,
        "neuve" | "neufs" | "neuves" => 9,
        "dis" | "diz" | "dise" | "dit" => 10,
        "onz" | "honze" => 11,
        "douse" => 12,
        "kinze" | "quinse" => 15,
        _ => return None,
    })
}
