//! What a negation covers.

use super::line::{Line, Stop};

/// Words that end the reach of a negation said before them.
const BREAKS: &[&str] = &[
    "mais",
    "et",
    "donc",
    "alors",
    "car",
    "parceque",
    "sinon",
    "puis",
    "je",
    "j",
    "tu",
    "il",
    "elle",
    "on",
    "c",
    "plutot",
    "compris",
    "entendu",
    "comprends",
    "entends",
    "rien",
    "quand",
    "si",
    "bonjour",
    "oui",
];

/// Verbs whose negation is a polite question ("vous n'avez pas une place ?",
/// "on pourrait pas décaler ?").
const POLITE: &[&str] = &[
    "avez", "auriez", "aurait", "reste", "a", "peux", "peut", "pourrais", "pourrait", "pouvez",
    "pourriez", "pouvais", "peuvent", "possible", "vous", "t", "on", "serait", "sais", "savais",
    "sait", "pourquoi", "aviez", "etes", "arrive", "arrivais",
];

/// Verbs whose negation tells what is missing ("je n'ai pas mes résultats").
const HAVE: &[&str] = &[
    "ai", "as", "avons", "ont", "avais", "avait", "est", "sont", "recois", "recu", "encore",
    "toujours", "trouve",
];

/// After "vous" they begin a clause ("je serai pas prêt vous pouvez reculer ?").
const ASKS: &[&str] = &["pouvez", "pourriez", "pouviez", "auriez", "voulez", "me", "m"];

/// Verbs of the wishes: each takes the negation before it for itself ("pas
/// annuler, décaler").
const VERBS: &[&str] = &["annul", "decal", "deplac", "report", "repouss"];

/// What is denied, which decides what counts as a mere polite "pas".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// A wish: "on ne pourrait pas décaler ?" asks for it.
    Wish,
    /// A thing: "je n'ai plus d'ordonnance" asks for one.
    Thing,
    /// A fact: "il n'a pas saigné" denies it.
    Fact,
}

/// True when what was matched at `start..end` is denied: "je ne veux pas
/// annuler", "n'annulez pas", "sans rendez-vous".
pub fn negated(line: &Line<'_>, said: Said, start: usize, end: usize) -> bool {
    before(line, said, start) || within(line, said, start, end) || after(line, said, start, end)
}

fn before(line: &Line<'_>, said: Said, start: usize) -> bool {
    if commands(line, start) {
        return false;
    }
    for at in (start.saturating_sub(5)..start).rev() {
        let token = line.tokens[at];
        let verb = VERBS.iter().any(|verb| token.text.starts_with(verb)) || commands(line, at);
        let asks = token.text == "vous" && line.is(at + 1, ASKS);
        if token.stop != Stop::None || verb || asks || BREAKS.contains(&token.text) {
            return false;
        }
        if denies(line, said, at) {
            return true;
        }
    }
    false
}

/// "Je veux pas attendre passez-moi la secrétaire": a command begins a clause
/// of its own, unless it is itself denied.
fn commands(line: &Line<'_>, at: usize) -> bool {
    const OTHERS: &[&str] = &["chez", "assez", "nez", "avez", "etes", "savez"];
    let text = line.text(at);
    let led = at.checked_sub(1).is_some_and(|before| {
        line.is(before, &["vous", "ne", "n", "pas", "que", "qu", "me", "m", "nous", "si"])
            && !(line.is(before, &["pas"]) && line.is(at + 1, &["le", "la", "les", "moi", "nous"]))
    });
    text.len() > 4 && text.ends_with("ez") && !OTHERS.contains(&text) && !led
}

fn within(line: &Line<'_>, said: Said, start: usize, end: usize) -> bool {
    (start + 1..end).any(|at| denies(line, said, at) && !restarts(line, at, end))
}

fn restarts(line: &Line<'_>, at: usize, end: usize) -> bool {
    (at..end).any(|at| line.is(at, &["mais", "et", "plutot"]))
}

fn after(line: &Line<'_>, said: Said, start: usize, end: usize) -> bool {
    match said {
        Said::Wish | Said::Thing => imperative(line, start, end),
        // A verb alone ("il saigne pas"); "pas" after a noun belongs to what follows.
        Said::Fact => {
            end - start == 1
                && line.tokens[start].stop == Stop::None
                && line.is(end, &["pas", "jamais"])
        }
    }
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
    // "J'annule pas, je décale".
    let own = end == start + 1
        && start > 0
        && line.is(start - 1, &["j", "je", "on", "nous"])
        && line.is(pas + 1, &["j", "je", "on", "nous", "mais"]);
    if own {
        return true;
    }
    let last = line.tokens[pas].stop >= Stop::Hard || pas + 1 == line.tokens.len();
    ne || last || line.is(pas + 1, &["mon", "ma", "mes", "le", "la", "l", "notre", "ce", "rdv"])
}

/// True when the token says no to what follows it.
fn denies(line: &Line<'_>, said: Said, at: usize) -> bool {
    let verb = at.checked_sub(1).map_or("", |at| line.text(at));
    let other = match said {
        Said::Wish => POLITE.contains(&verb),
        Said::Thing => POLITE.contains(&verb) || HAVE.contains(&verb),
        Said::Fact => {
            verb.starts_with("arret")
                || verb.starts_with("cess")
                || line.is(at + 1, &["bien", "normal"])
        }
    };
    match line.text(at) {
        "pas" => {
            let many = line.is(at + 1, &["mal"]) && line.is(at + 2, &["de", "d"]);
            !other && !many
        }
        "jamais" | "guere" => !other,
        "sans" | "ni" | "aucun" | "aucune" | "aucunement" => true,
        "plus" => !other && (at.saturating_sub(3)..at).any(|at| line.is(at, &["ne", "n"])),
        _ => false,
    }
}
