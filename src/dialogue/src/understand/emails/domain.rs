//! What follows the sign.

use super::local::spell;
use super::written_joint;
use crate::understand::words::Word;

/// Mail houses and the ending they have when only their name is said.
const HOUSES: [(&str, &str); 34] = [
    ("gmail", "com"),
    ("orange", "fr"),
    ("wanadoo", "fr"),
    ("free", "fr"),
    ("sfr", "fr"),
    ("laposte", "net"),
    ("hotmail", "com"),
    ("outlook", "com"),
    ("yahoo", "fr"),
    ("icloud", "com"),
    ("live", "fr"),
    ("msn", "com"),
    ("bbox", "fr"),
    ("neuf", "fr"),
    ("numericable", "fr"),
    ("aol", "com"),
    ("gmx", "fr"),
    ("protonmail", "com"),
    ("proton", "me"),
    ("club-internet", "fr"),
    ("me", "com"),
    ("mac", "com"),
    ("aliceadsl", "fr"),
    ("cegetel", "net"),
    ("noos", "fr"),
    ("dbmail", "com"),
    ("mailo", "com"),
    ("ymail", "com"),
    ("skynet", "be"),
    ("bluewin", "ch"),
    ("netcourrier", "com"),
    ("tiscali", "fr"),
    ("voila", "fr"),
    ("googlemail", "com"),
];

/// Endings that close an address.
const ENDINGS: [&str; 36] = [
    "fr", "com", "net", "org", "eu", "be", "ch", "lu", "de", "es", "it", "pt", "uk", "ca", "io",
    "co", "info", "pro", "biz", "me", "bzh", "paris", "re", "mc", "sante", "edu", "gouv", "us",
    "nl", "ma", "tn", "dz", "sn", "ci", "app", "dev",
];

/// No address has more labels after the sign; it bounds what a sign costs.
const MOST_LABELS: usize = 6;

/// The domain that begins at a word, and the index after it.
pub(super) fn at(words: &[Word], start: usize) -> Option<(String, usize)> {
    let (mut labels, mut end) = match house(words, start) {
        Some((name, end)) => (vec![name.to_owned()], end),
        None => label(words, start)?,
    };
    while is_point(words, end) && labels.len() < MOST_LABELS {
        let after = end + usize::from(words[end].folded == "point" || words[end].folded == "dot");
        let Some((label, next)) = ending(words, after)
            .or_else(|| label(words, after).map(|(labels, end)| (labels.concat(), end)))
        else {
            break;
        };
        labels.push(label);
        end = next;
    }
    complete(labels).map(|domain| (domain, end))
}

/// True when a known mail house is named here.
pub(super) fn is_house(words: &[Word], at: usize) -> bool {
    house(words, at)
        .is_some_and(|(name, _)| !matches!(name, "me" | "free" | "live" | "neuf" | "voila" | "mac"))
        || house(words, at).is_some_and(|(_, end)| is_point(words, end))
}

fn complete(mut labels: Vec<String>) -> Option<String> {
    let last = labels.last()?.clone();
    let ended = labels.len() > 1 && ENDINGS.contains(&last.as_str());
    if !ended {
        let only = labels.len() == 1;
        let (_, usual) = HOUSES.iter().find(|(name, _)| only && *name == last)?;
        labels.push((*usual).to_owned());
    }
    let valid = labels
        .iter()
        .all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'));
    let domain = labels.join(".");
    (valid && domain.len() <= 100).then_some(domain)
}

fn is_point(words: &[Word], at: usize) -> bool {
    words.get(at).is_some_and(|word| {
        let said = matches!(word.folded.as_str(), "point" | "dot");
        said || word.joint == crate::understand::words::Joint::Sign('.')
    })
}

/// A mail house, said in up to three words ("la poste", "hot mail", "s f r").
fn house(words: &[Word], at: usize) -> Option<(&'static str, usize)> {
    (1..=4).rev().find_map(|count| {
        let said: String =
            words.get(at..at + count)?.iter().map(|word| word.folded.as_str()).collect();
        let name = HOUSES
            .iter()
            .map(|(name, _)| *name)
            .find(|name| *name == said)
            .or_else(|| misheard(&said))?;
        Some((name, at + count))
    })
}

/// Mail houses as recognisers write them.
fn misheard(said: &str) -> Option<&'static str> {
    Some(match said {
        "jmail" | "gemail" | "jemail" | "gimail" | "jimail" | "geemail" | "gmel" | "jimel"
        | "gmails" | "googlemail" => "gmail",
        "hotmel" | "hotmaille" | "otmail" | "hotmails" | "automail" => "hotmail",
        "outlouk" | "outlooke" | "autlook" | "aoutlook" | "outlouc" => "outlook",
        "yaou" | "yaho" | "yahou" | "iahoo" | "yaoo" | "yahooo" => "yahoo",
        "aicloud" | "iclaoud" | "ecloud" | "icloude" | "hicloud" => "icloud",
        "wanado" | "ouanadoo" | "wanadou" | "ouanadou" | "vanadoo" | "wanadu" => "wanadoo",
        "laposste" | "postenet" => "laposte",
        "fri" | "frie" | "frii" => "free",
        "esseeffeerre" | "esseffer" | "sefer" => "sfr",
        "oranges" | "auranges" => "orange",
        "clubinternet" => "club-internet",
        "laive" => "live",
        "protonmel" => "protonmail",
        _ => return None,
    })
}

/// The ending after a "point", in one word or in letters ("f r").
fn ending(words: &[Word], at: usize) -> Option<(String, usize)> {
    let word = words.get(at)?;
    if let Some(known) = known_ending(&word.folded) {
        return Some((known.to_owned(), at + 1));
    }
    (2..=4).rev().find_map(|count| {
        let letters = words.get(at..at + count)?;
        let text = spell(letters).replace('-', "");
        let short = letters.iter().all(|word| word.folded.chars().count() <= 5);
        (short && ENDINGS.contains(&text.as_str())).then_some((text, at + count))
    })
}

fn known_ending(folded: &str) -> Option<&'static str> {
    let folded = match folded {
        "effer" | "efer" | "effere" | "eferre" | "effeerre" | "efr" => "fr",
        "comme" | "come" | "kom" | "coms" => "com",
        "nette" | "nets" => "net",
        "orgue" => "org",
        other => other,
    };
    ENDINGS.iter().find(|known| **known == folded).copied()
}

/// A label that is no known house: words up to the next "point".
fn label(words: &[Word], at: usize) -> Option<(Vec<String>, usize)> {
    let longest = words.len().min(at + 8);
    let written =
        |at: usize| words.get(at).is_some_and(|word| matches!(written_joint(word), Some("-" | "")));
    let end = (at + 1..=longest).find(|end| is_point(words, *end) || ((*end) == words.len()))?;
    // Written in one piece: it ends where the writing does.
    let end = (at + 1..end).find(|place| written(at + 1) && !written(*place)).unwrap_or(end);
    let text = spell(words.get(at..end)?);
    let valid = !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    valid.then(|| (vec![text], end))
}
