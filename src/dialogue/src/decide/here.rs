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
    let Some(at) = HERE.iter().filter_map(|cue| cues::said(words, cue)).min() else { return words };
    let small = |word: &&Word| ["au", "sur", "le", "a", "avec"].contains(&&*word.folded);
    let linked = words[..at].iter().rev().take_while(small).count();
    &words[..at - linked]
}

/// Keeps the number that the network shows; true when the caller said so.
pub(super) fn this_number(turn: &mut Turn<'_>) -> bool {
    let Some(heard) = &turn.heard else { return false };
    // Asked, it is a yes or a no.
    let asked =
        matches!(turn.state.pending, Some(Pending::ContactConfirm | Pending::QualifContact));
    let settled = turn.state.contact.settled() || turn.state.contact.not_caller;
    let books = turn.state.goals.contains(&Goal::Book);
    let another = !heard.understood.phones.is_empty();
    if asked || settled || another || !books || !cues::any(&heard.words, &HERE) {
        return false;
    }
    let Some(caller) = contact::usable(turn).cloned() else { return false };
    turn.state.contact.phone = Some(Field::sure(caller, Source::Network));
    true
}
