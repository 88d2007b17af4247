//! "Sur ce numéro": the caller says, without being asked, that the number they
//! call from is the right one.

use super::contact;
use super::turn::Turn;
use crate::state::{Field, Goal, Pending, Source};
use crate::understand::cues;
use crate::understand::words::Word;

const HERE: [&str; 14] = [
    "sur ce numero",
    "a ce numero",
    "au meme numero",
    "avec ce numero",
    "sur ce telephone",
    "sur ce portable",
    "c est ce numero",
    "numero qui s affiche",
    "celui qui s affiche",
    "numero que vous voyez",
    "numero d ou j appelle",
    "numero d ou je vous appelle",
    "numero avec lequel j",
    "numero avec lequel je",
];

/// The words without "sur ce numéro" and what follows: what is said before may
/// end with a name.
pub(super) fn before(words: &[Word]) -> &[Word] {
    if !may_name_it(words) {
        return words;
    }
    let Some(at) = HERE.iter().filter_map(|cue| cues::said(words, cue)).min() else { return words };
    let small = |word: &&Word| ["au", "sur", "le", "a", "avec"].contains(&&*word.folded);
    let linked = words[..at].iter().rev().take_while(small).count();
    &words[..at - linked]
}

/// False for nearly all words, at little cost.
fn may_name_it(words: &[Word]) -> bool {
    let one_of = ["numero", "affiche", "telephone", "portable"];
    words.iter().any(|word| one_of.iter().any(|one| word.folded.starts_with(one)))
}

/// How the number that shows is spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spoken {
    Wanted,
    /// "Je ne suis plus joignable sur ce numéro".
    Refused,
    /// A denial that may be about something else: it is asked.
    Doubtful,
}

fn spoken(words: &[Word]) -> Option<Spoken> {
    /// What may stand between a denial and the number that it denies.
    const REACHING: [&str; 27] = [
        "appel*", "rappel*", "join*", "joig*", "contact*", "utilis*", "prendre", "prenez", "noter",
        "notez", "mettre", "mettez", "garder", "me", "m", "nous", "de", "du", "tout", "surtout",
        "y", "a", "etre", "au", "le", "sur", "celui",
    ];
    if !may_name_it(words) {
        return None;
    }
    let place = |cue: &&str| Some((cues::place(words, cue)?, cue.split(' ').count()));
    let (at, long) = HERE.iter().filter_map(place).min()?;
    let Some(no) = (0..at).rev().find(|no| denies(words, *no)) else {
        let refused = unreachable(&words[at + long..]);
        return Some(if refused { Spoken::Refused } else { Spoken::Wanted });
    };
    let between = &words[no + 1..at];
    let turns = |word: &Word| {
        word.stop.is_some() || ["mais", "et", "donc", "alors"].contains(&&*word.folded)
    };
    if words[no].stop.is_some() || between.iter().any(turns) {
        return Some(Spoken::Wanted);
    }
    let reaching =
        between.iter().all(|word| REACHING.iter().any(|one| cues::is(&word.folded, one)));
    // "Vous ne m'avez pas rappelé sur ce numéro" complains, and refuses nothing.
    let past = no > 0 && ["avez", "a", "ont"].contains(&words[no - 1].folded.as_str());
    Some(if reaching && !past { Spoken::Refused } else { Spoken::Doubtful })
}

/// "Sur ce numéro, je ne suis plus joignable", "… il ne faut pas me rappeler".
fn unreachable(after: &[Word]) -> bool {
    const REACHES: [&str; 6] = ["join*", "joig*", "appel*", "rappel*", "contact*", "repond*"];
    const SMALL: [&str; 6] = ["me", "m", "nous", "du", "tout", "toujours"];
    let Some(no) = after.iter().position(|word| ["pas", "plus", "jamais"].contains(&&*word.folded))
    else {
        return false;
    };
    // Another clause may bound the hours: "…, ne m'appelez pas avant midi".
    let clause = after[..no].iter().all(|word| word.stop.is_none());
    let reached = after[no + 1..]
        .iter()
        .find(|word| !SMALL.contains(&&*word.folded))
        .is_some_and(|word| REACHES.iter().any(|one| cues::is(&word.folded, one)));
    let on = ["ne", "n"].contains(&&*after[no.saturating_sub(2)].folded)
        || ["suis", "reponds", "peux", "peut", "faut"]
            .contains(&&*after[no.saturating_sub(1)].folded);
    clause && reached && on
}

/// "Pas", "plus", "évitez"; not "au plus vite", "pas de souci", "n'hésitez pas".
fn denies(words: &[Word], at: usize) -> bool {
    const MORE: [&str; 8] =
        ["tot", "tard", "vite", "rapidement", "rapide", "simple", "pratique", "facile"];
    let said = |at: usize| words.get(at).map_or("", |word| word.folded.as_str());
    let before = at.checked_sub(1).map_or("", said);
    match said(at) {
        "jamais" | "sauf" | "ni" | "aucun" => true,
        "plus" => !MORE.contains(&said(at + 1)) && before != "en",
        "pas" => {
            let fine = said(at + 1) == "de" && ["souci", "probleme"].contains(&said(at + 2));
            !fine && !before.starts_with("hesit") && before != "pourquoi"
        }
        word => word.starts_with("evit"),
    }
}

/// Keeps the number that the network shows, or refuses it; true when the caller
/// said so.
pub(super) fn this_number(turn: &mut Turn<'_>) -> bool {
    let Some(heard) = &turn.heard else { return false };
    let another = !heard.understood.phones.is_empty();
    match spoken(&heard.words).filter(|_| !another) {
        Some(Spoken::Wanted) => keep(turn),
        Some(Spoken::Refused) => refuse(turn),
        Some(Spoken::Doubtful) | None => false,
    }
}

fn keep(turn: &mut Turn<'_>) -> bool {
    // Asked, it is a yes or a no.
    let asked =
        matches!(turn.state.pending, Some(Pending::ContactConfirm | Pending::QualifContact));
    let settled = turn.state.contact.settled() || turn.state.contact.not_caller;
    let books = turn.state.goals.contains(&Goal::Book);
    if asked || settled || !books {
        return false;
    }
    let Some(caller) = contact::usable(turn).cloned() else { return false };
    turn.state.contact.phone = Some(Field::sure(caller, Source::Network));
    true
}

/// Another number is asked for.
fn refuse(turn: &mut Turn<'_>) -> bool {
    let (contact, shown) = (&mut turn.state.contact, turn.state.caller.as_ref());
    if turn.state.goals.is_empty() || shown.is_none() || contact.dictated.is_some() {
        return false;
    }
    contact.phone.take_if(|phone| Some(&phone.value) == shown);
    contact.not_caller = true;
    if turn.state.pending == Some(Pending::ContactConfirm) {
        // "Oui c'est le mien, mais pas sur ce numéro".
        turn.state.pending = None;
    }
    true
}
