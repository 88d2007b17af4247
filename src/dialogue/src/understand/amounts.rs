//! Amounts of money as they are said: "trois cent mille euros", "250 k",
//! "entre deux cents et deux cent cinquante mille", "un million deux".

#[cfg(test)]
mod tests;

use super::numbers;
use super::words::{Joint, Word};
use std::borrow::Cow;
use std::ops::Range;

/// One number that may be an amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// Whole units of money, or the bare number.
    pub value: i64,
    /// True when it can be nothing but money: a currency, or thousands.
    pub money: bool,
    /// True when a scale was said ("mille", "k"), so that it stands as it is.
    pub scaled: bool,
    /// The words that say it.
    pub at: Range<usize>,
}

/// "Quatre vin" for "quatre-vingt": without its last part a price is another one.
fn restored(words: &[Word]) -> Cow<'_, [Word]> {
    let vin = |two: &[Word]| {
        two[0].folded == "quatre" && ["vin", "vins"].contains(&two[1].folded.as_str())
    };
    if !words.windows(2).any(vin) {
        return Cow::Borrowed(words);
    }
    let mut words = words.to_vec();
    for at in 1..words.len() {
        if vin(&words[at - 1..=at]) {
            words[at].folded = "vingt".to_owned();
        }
    }
    Cow::Owned(words)
}

/// Every number of an utterance that may be an amount.
pub fn find(words: &[Word]) -> Vec<Amount> {
    let words = &*restored(words);
    let mut found: Vec<Amount> = Vec::new();
    for (value, at) in numbers::spans(words) {
        if found.last().is_some_and(|last| at.start < last.at.end) {
            continue;
        }
        found.extend(amount(words, value, at));
    }
    found
}

fn amount(words: &[Word], value: i64, at: Range<usize>) -> Option<Amount> {
    let (value, at) = decimal(words, value, at);
    let folded = |place: usize| words.get(place).map_or("", |word| word.folded.as_str());
    let (mut value, mut end) = (value, at.end);
    let mut scaled = false;
    if let Some(factor) = factor(folded(end)) {
        value = value.checked_mul(factor)?;
        end += 1;
        scaled = true;
    }
    // Decimals were counted in thousandths.
    let value = value / 1_000;
    let value = colloquial(words, &at, value);
    let euros =
        matches!(folded(end), "euro" | "euros" | "balles" | "dollar" | "dollars" | "francs");
    let said_scale = words[at.clone()].iter().any(|word| factor_word(&word.folded));
    let scaled = scaled || said_scale || value >= 10_000;
    let money = euros || scaled && value >= 1_000;
    Some(Amount { value, money, scaled: scaled || euros, at: at.start..end + usize::from(euros) })
}

/// "2,5" and "2.5", in thousandths; "300.000" and "300 000" are read whole.
fn decimal(words: &[Word], value: i64, at: Range<usize>) -> (i64, Range<usize>) {
    let whole = value.saturating_mul(1_000);
    let next = words.get(at.end).filter(|word| word.is_figure());
    let Some(next) = next else { return (whole, at) };
    match next.joint {
        Joint::Sign('.' | ',') if (1..=2).contains(&next.folded.len()) => {
            let part: i64 = next.folded.parse().unwrap_or(0);
            let part = if next.folded.len() == 1 { part * 100 } else { part * 10 };
            (whole.saturating_add(part), at.start..at.end + 1)
        }
        _ if next.folded.len() == 3 && words[at.end - 1].is_figure() => {
            let rest: i64 = next.folded.parse().unwrap_or(0);
            decimal(words, value.saturating_mul(1_000).saturating_add(rest), at.start..at.end + 1)
        }
        _ => (whole, at),
    }
}

fn factor(word: &str) -> Option<i64> {
    match word {
        "k" | "ke" | "keuros" | "mille" | "mil" => Some(1_000),
        "million" | "millions" => Some(1_000_000),
        _ => None,
    }
}

fn factor_word(word: &str) -> bool {
    matches!(word, "k" | "mille" | "mil" | "million" | "millions")
}

/// "Un million deux" is one million two hundred thousand.
fn colloquial(words: &[Word], at: &Range<usize>, value: i64) -> i64 {
    let said = &words[at.clone()];
    let [.., scale, _] = said else { return value };
    let millions = matches!(scale.folded.as_str(), "million" | "millions");
    match value % 1_000_000 {
        tenths @ 1..=9 if millions => value - tenths + tenths * 100_000,
        _ => value,
    }
}

/// The amount or span of amounts that an utterance gives: each side in whole
/// units of money, an open one `None`. `asked`: bare numbers count too.
pub fn span(words: &[Word], asked: Asked) -> Option<(Option<i64>, Option<i64>, Amount)> {
    if let Some((from, to)) = between(words) {
        let low = same_scale(from.value, to.value);
        let counts = asked == Asked::Yes || to.money || from.money;
        return counts.then_some((Some(low), Some(to.value), to));
    }
    let all = find(words);
    let last = all.iter().rfind(|amount| amount.money);
    let last = last.or_else(|| match asked {
        Asked::Yes => all.iter().rfind(|amount| !counted(words, amount)),
        Asked::No => None,
    })?;
    Some(match bound(words, last) {
        Bound::Least => (Some(last.value), None, last.clone()),
        Bound::Most => (None, Some(last.value), last.clone()),
        Bound::Exact => (Some(last.value), Some(last.value), last.clone()),
    })
}

/// Whether an amount was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// It was.
    Yes,
    /// It was not: only what can be nothing else counts.
    No,
}

/// "Entre A et B", "de A à B", each side read by itself: "deux cents et deux"
/// would be a number of its own.
fn between(words: &[Word]) -> Option<(Amount, Amount)> {
    for (from, to) in [("entre", "et"), ("de", "a"), ("entre", "a")] {
        for start in (0..words.len()).filter(|at| words[*at].folded == from) {
            for middle in (start + 2..words.len()).filter(|at| words[*at].folded == to) {
                let high = find(&words[middle + 1..]);
                let low = low_side(&words[start + 1..middle], &words[middle + 1..], &high);
                if let ([low], [high, ..]) = (&low[..], &high[..])
                    && low.at == (0..middle - start - 1)
                    && high.at.start <= 1
                {
                    return Some((low.clone(), high.clone()));
                }
            }
        }
    }
    None
}

/// "Entre 1,2 et 1,5 million": the scale is said once for both.
fn low_side(words: &[Word], after: &[Word], high: &[Amount]) -> Vec<Amount> {
    let low = find(words);
    let ([one], [high, ..]) = (&low[..], high) else { return low };
    let scale = after[high.at.clone()].iter().rfind(|word| factor(&word.folded).is_some());
    let Some(scale) = scale.filter(|_| !one.scaled && one.at == (0..words.len())) else {
        return low;
    };
    let scaled = find(&[words, std::slice::from_ref(scale)].concat());
    match &scaled[..] {
        [more] if more.value < high.value => vec![Amount { value: more.value, ..one.clone() }],
        _ => low,
    }
}

/// "Entre 200 et 250 000 euros": the first is in thousands too.
fn same_scale(low: i64, high: i64) -> i64 {
    let thousands = low.saturating_mul(1_000);
    if low < 1_000 && high >= 10_000 && thousands <= high { thousands } else { low }
}

enum Bound {
    Least,
    Most,
    Exact,
}

fn bound(words: &[Word], amount: &Amount) -> Bound {
    let near = |range: Range<usize>| {
        let start = range.start.min(words.len());
        let end = range.end.min(words.len());
        words[start..end].iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ")
    };
    let before = near(amount.at.start.saturating_sub(4)..amount.at.start);
    let after = near(amount.at.end..amount.at.end + 3);
    let says = |list: &[&str]| list.iter().any(|cue| before.contains(cue) || after.contains(cue));
    if before.contains("au moins") || says(&["minimum", "mini ", "a partir de"]) {
        return Bound::Least;
    }
    // "Pas plus de" before "plus de".
    if says(&["maximum", "maxi", "jusqu", "pas plus", "moins de", "depasse", "au max", "plafond"]) {
        return Bound::Most;
    }
    if before.contains("plus de") { Bound::Least } else { Bound::Exact }
}

/// "Trois pièces", "80 mètres carrés", "dans six mois": no money.
fn counted(words: &[Word], amount: &Amount) -> bool {
    const UNITS: [&str; 26] = [
        "piece",
        "pieces",
        "chambre",
        "chambres",
        "m",
        "m2",
        "metre",
        "metres",
        "personne",
        "personnes",
        "an",
        "ans",
        "mois",
        "jour",
        "jours",
        "semaine",
        "semaines",
        "heure",
        "heures",
        "h",
        "enfants",
        "enfant",
        "minutes",
        "etage",
        "km",
        "kilometres",
    ];
    words.get(amount.at.end).is_some_and(|word| UNITS.contains(&word.folded.as_str()))
}

/// Every number that is no money, with the words that say it.
pub fn counts(words: &[Word]) -> Vec<(i64, Range<usize>)> {
    let words = &*restored(words);
    let money: Vec<Range<usize>> =
        find(words).into_iter().filter(|amount| amount.money).map(|amount| amount.at).collect();
    let apart = |at: &Range<usize>| !money.iter().any(|one| one.contains(&at.start));
    numbers::spans(words).into_iter().filter(|(_, at)| apart(at)).collect()
}
