//! A bare reply to "à quel nom ?": what is said before and after the name, and
//! what is no name at all.

use super::civility::title;
use super::first::is_first_name;
use super::introductions::follows;
use super::take::Taken;
use crate::understand::words::Word;

/// Past what people say before their name when asked for it.
pub(super) fn skip_preamble(words: &[Word]) -> usize {
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let filler = matches!(
            word.folded.as_str(),
            "euh"
                | "heu"
                | "alors"
                | "oui"
                | "bonjour"
                | "bonsoir"
                | "c"
                | "est"
                | "cest"
                | "ben"
                | "bah"
                | "eh"
                | "bien"
                | "donc"
                | "ouais"
                | "voila"
                | "moi"
                | "je"
                | "suis"
                | "pour"
                | "au"
                | "nom"
                | "ah"
                | "oh"
                | "hum"
                | "mettez"
                | "ce"
                | "sera"
                | "serait"
                | "a"
                | "ok"
                | "d"
                | "accord"
                | "allo"
                | "notez"
                | "ici"
                | "vous"
                | "pouvez"
                | "noter"
                | "marquer"
                | "marquez"
                | "toujours"
        );
        let mine = word.folded == "mon"
            && words
                .get(at + 1)
                .is_some_and(|next| matches!(next.folded.as_str(), "nom" | "prenom"));
        let well = word.folded == "bon"
            && words.get(at + 1).is_some_and(|next| is_first_name(&next.folded));
        if well {
            at += 1;
            continue;
        }
        if super::first::is_ben(words, at) {
            break;
        }
        let elided = word.folded == "d" && !follows(words, at, &["d", "accord"]);
        if !(filler || mine) || elided {
            break;
        }
        at += 1;
    }
    title(words, at).unwrap_or(at)
}

/// False for "je reviendrai", "régler une facture": a verb with what belongs to
/// it; and for a part of an e-mail address.
pub(super) fn is_bare_name(words: &[Word], start: usize, taken: &Taken) -> bool {
    let before = start.checked_sub(1).map_or("", |place| words[place].folded.as_str());
    let conjugated =
        matches!(before, "je" | "j" | "il" | "elle" | "on" | "tu" | "vous" | "nous" | "ca" | "ils");
    let closed = words[taken.end - 1].stop.is_some() || is_first_name(&words[start].folded);
    let object = !closed
        && words.get(taken.end).is_some_and(|word| {
            matches!(
                word.folded.as_str(),
                "un" | "une"
                    | "le"
                    | "la"
                    | "les"
                    | "des"
                    | "du"
                    | "de"
                    | "d"
                    | "que"
                    | "qu"
                    | "ma"
                    | "mes"
                    | "ce"
                    | "cette"
                    | "cet"
                    | "pas"
                    | "son"
                    | "sa"
                    | "votre"
                    | "vos"
                    | "me"
                    | "te"
                    | "se"
                    | "vous"
                    | "nous"
                    | "y"
            )
        });
    let address =
        words.iter().any(|word| matches!(word.folded.as_str(), "arobase" | "arobas" | "robase"));
    !(conjugated || object || address)
}

/// What stands before "comme": "Petit, comme petit", "Rose comme la fleur".
pub(super) fn before_comparison(words: &[Word]) -> Option<&[Word]> {
    let like = words.iter().position(|word| word.folded == "comme")?;
    let name = words.get(..like)?;
    // "D comme Daniel" spells.
    let whole = name.last().is_some_and(|word| word.raw.chars().count() > 1);
    (whole && words.len() > like + 1).then_some(name)
}

/// A surname that is also a word, said with nothing else: "Petit".
pub(super) fn also_a_word(words: &[Word]) -> Option<String> {
    const NAMES: [&str; 15] = [
        "petit", "grand", "gros", "fort", "beau", "long", "avril", "mars", "mai", "bon", "salle",
        "maison", "neveu", "belle", "parfait",
    ];
    let start = skip_preamble(words);
    let [only] = words.get(start..)? else { return None };
    let name = NAMES.contains(&only.folded.as_str());
    // "C'est bon", "parfait" agree; "Bon comme bon" is a name.
    let agrees = ["bon", "parfait", "belle", "beau", "long"].contains(&only.folded.as_str());
    let upper = only.raw.chars().next().is_some_and(char::is_uppercase) && start > 0;
    (name && (!agrees || upper)).then(|| super::take::written(&only.raw))
}

/// Past "ça s'écrit", "j'épelle", "je vous l'épelle", "donc".
pub(super) fn skip_announcement(words: &[Word], at: usize) -> usize {
    let announces = |at: usize| match words[at].folded.as_str() {
        "s" | "j" | "l" => words
            .get(at + 1)
            .is_some_and(|next| matches!(next.folded.as_str(), "ecrit" | "epelle" | "epele")),
        "ca" | "ecrit" | "epelle" | "epele" | "je" | "vous" | "cela" | "euh" | "alors" | "donc"
        | "qui" | "soit" => true,
        _ => false,
    };
    (at..words.len()).find(|at| !announces(*at)).unwrap_or(words.len())
}
