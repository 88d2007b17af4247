//! What is said of a number without dictating it: that there is none, that the
//! one shown will do or will not, that two digits of it were misheard.

use crate::decide::ending;
use crate::decide::turn::{Heard, Turn};
use crate::state::Pending;
use crate::understand::cues;
use crate::understand::intents::Intent;
use crate::understand::polarity::Polarity;
use crate::understand::words::Word;

/// "Je n'ai pas de téléphone", "je ne le connais pas", "laissez comme ça".
pub(super) fn has_none(turn: &Turn<'_>) -> bool {
    const NONE: [&str; 21] = [
        "sais pas",
        "sais plus",
        "connais pas",
        "connais plus",
        "rappelle plus",
        "rappelle pas",
        "souviens pas",
        "souviens plus",
        "retiens pas",
        "ai pas de telephone",
        "ai plus de telephone",
        "ai pas de portable",
        "ai pas de numero",
        "ai pas de mobile",
        "ai pas de fixe",
        "ai pas d autre",
        "ai aucun",
        "en ai pas",
        "l ai pas",
        "laiss* comme",
        "avez deja",
    ];
    const LOOKS: [&str; 9] = [
        "attend*",
        "cherche*",
        "regard*",
        "seconde",
        "minute",
        "instant",
        "sais pas si",
        "sais plus si",
        "demand*",
    ];
    let Some(heard) = &turn.heard else { return false };
    let (words, understood) = (&heard.words, &heard.understood);
    let silent = understood.phones.is_empty() && understood.digits.is_none();
    // "C'est pas grave, laissez comme ça" denies nothing of it.
    let none = NONE.iter().any(|cue| cues::place(words, cue).is_some());
    none && !cues::any(words, &LOOKS) && silent && !super::elsewhere(understood)
}

/// "C'est celui de mon fils, mais vous pouvez le garder", "laissez comme ça".
pub(super) fn will_do(words: &[Word]) -> bool {
    const KEEPS: [&str; 16] = [
        "laiss* comme ca",
        "gard* comme ca",
        "pouvez le garder",
        "pouvez le prendre",
        "pouvez le noter",
        "pouvez le mettre",
        "pouvez l utiliser",
        "pouvez le laisser",
        "pouvez appeler dessus",
        "pouvez m appeler dessus",
        "mais gardez le",
        "mais prenez le",
        "mais laissez le",
        "mais c est bon",
        "mais ca va",
        "mais ca ira",
    ];
    KEEPS.iter().any(|cue| cues::place(words, cue).is_some())
}

/// "C'est mon fixe, je préfère le portable"; `mobile`: what the number shown is.
pub(super) fn prefers_another(words: &[Word], mobile: bool) -> bool {
    let says = |list: &[&str]| cues::any(words, list);
    let prefers = says(&["prefer*", "plutot", "mieux"]) && !says(&["que le", "que mon"]);
    let (cell, fixed) = (says(&["portable", "mobile"]), says(&["fixe"]));
    let other = if mobile { fixed } else { cell };
    prefers && (other || cell && fixed)
}

/// Yes or no to a number, "je me suis trompé de numéro" being a no.
pub(super) fn polarity(turn: &Turn<'_>, heard: &Heard) -> Option<Polarity> {
    let wrong = heard.understood.intents.contains(&Intent::WrongNumber);
    match wrong && !ending::takes_leave(turn) {
        true => Some(Polarity::No),
        false => heard.understood.polarity,
    }
}

/// True when a wrong number is one that was given, not the one that was dialled.
pub(in crate::decide) fn is_about_it(turn: &Turn<'_>) -> bool {
    let asked =
        matches!(turn.state.pending, None | Some(Pending::ContactConfirm | Pending::QualifContact));
    asked && !turn.state.goals.is_empty() && !ending::takes_leave(turn)
}

/// "Non, trente-quatre à la fin": the number with these last two digits.
pub(super) fn ending_otherwise(turn: &Turn<'_>) -> Option<String> {
    /// More words tell something else.
    const MOST_WORDS: usize = 12;
    const ENDS: [&str; 5] = ["a la fin", "finit par", "fini par", "termine par", "dernier*"];
    let heard = turn.heard.as_ref()?;
    let (words, understood) = (&heard.words, &heard.understood);
    let number = turn.state.contact.dictated.as_ref()?.value.as_str();
    let before = number.get(number.len().checked_sub(2)?..)?;
    // "C'est cinquante-trois, pas trente-cinq".
    let mut others = understood.numbers.iter().filter(|one| one.to_string() != before);
    let (Some(last), None) = (others.next(), others.next()) else { return None };
    let refuses = understood.polarity == Some(Polarity::No) || understood.numbers.len() > 1;
    let corrects = cues::any(words, &ENDS) || refuses && cues::any(words, &["c est", "cest"]);
    let short = words.len() <= MOST_WORDS && understood.phones.is_empty();
    if !(short && corrects && (10..100).contains(last)) || super::elsewhere(understood) {
        return None;
    }
    Some(format!("{}{last}", number.strip_suffix(before)?))
}
