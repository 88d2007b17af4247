//! What a negation covers.

use super::line::{Line, Stop};

/// Words that end the reach of a negation said before them.
const BREAKS: &[&str] = &[
    "mais", "et", "donc", "alors", "car", "parceque", "sinon", "puis", "je", "j", "tu", "il",
    "elle", "on", "c", "plutot", "quand", "si", "bonjour", "oui",
];

/// Verbs whose negation is a polite question ("vous n'avez pas une place ?",
/// "on pourrait pas décaler ?").
const POLITE: &[&str] = &[
    "avez", "auriez", "aurait", "reste", "a", "peux", "peut", "pourrais", "pourrait", "pouvez",
    "pourriez", "pouvais", "peuvent", "possible", "vous", "t", "on", "serait", "sais", "savais",
    "sait", "pourquoi", "aviez", "etes", "arrive", "arrivais",
];

/// True when what was matched at `start..end` is denied: "je ne veux pas
/// annuler", "n'annulez pas", "sans rendez-vous".
pub fn negated(line: &Line<'_>, start: usize, end: usize) -> bool {
    before(line, start) || within(line, start, end) || imperative(line, start, end)
}

fn before(line: &Line<'_>, start: usize) -> bool {
    for at in (start.saturating_sub(5)..start).rev() {
        let token = line.tokens[at];
        if token.stop != Stop::None || BREAKS.contains(&token.text) {
            return false;
        }
        if denies(line, at) {
            return true;
        }
    }
    false
}

fn within(line: &Line<'_>, start: usize, end: usize) -> bool {
    (start + 1..end).any(|at| denies(line, at) && !restarts(line, at, end))
}

fn restarts(line: &Line<'_>, at: usize, end: usize) -> bool {
    (at..end).any(|at| line.is(at, &["mais", "et", "plutot"]))
}

fn imperative(line: &Line<'_>, start: usize, end: usize) -> bool {
    let pas = (end..end + 2).find(|at| line.is(*at, &["pas", "jamais"]));
    let Some(pas) = pas else { return false };
    if line.tokens[end - 1].stop != Stop::None
        || (pas > end && !line.is(end, &["surtout", "le", "la", "les", "l"]))
    {
        return false;
    }
    let ne = (start.saturating_sub(2)..start).any(|at| line.is(at, &["ne", "n"]));
    ne || line.is(pas + 1, &["mon", "ma", "mes", "le", "la", "l", "notre", "ce", "rdv"])
}

/// True when the token says no to what follows it.
fn denies(line: &Line<'_>, at: usize) -> bool {
    let polite = at > 0 && line.is(at - 1, POLITE);
    match line.text(at) {
        "pas" | "jamais" | "guere" => {
            !polite && !(line.is(at + 1, &["mal"]) && line.is(at + 2, &["de", "d"]))
        }
        "sans" | "ni" | "aucun" | "aucune" | "aucunement" => true,
        "plus" => !polite && (at.saturating_sub(3)..at).any(|at| line.is(at, &["ne", "n"])),
        _ => false,
    }
}
