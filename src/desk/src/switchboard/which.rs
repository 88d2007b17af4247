//! Which turn is this? A provider repeats requests, corrects transcripts and
//! sends two at once; the pair (number of user messages, text of the last)
//! decides.

use super::memory::LastTurn;
use sha2::{Digest as _, Sha256};

/// What a request is to the turns already answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// A new turn.
    New,
    /// The last one again: the stored answer.
    Repeat,
    /// The last one with other words (barge-in, a corrected transcript): again,
    /// from before it where that is possible.
    Reworded,
    /// An earlier one: the answer it got.
    Earlier,
}

/// Compares a request with the last answered turn.
pub(crate) fn which(last: Option<&LastTurn>, turn: i64, heard_key: &str) -> Which {
    match last {
        None => Which::New,
        Some(last) if turn > last.turn => Which::New,
        Some(last) if turn < last.turn => Which::Earlier,
        Some(last) if last.heard_key == heard_key => Which::Repeat,
        Some(_) => Which::Reworded,
    }
}

/// What is kept of heard words to recognise them again, also when the words
/// themselves are redacted.
pub(crate) fn heard_key(heard: &str) -> String {
    hex::encode(&Sha256::digest(heard.trim().as_bytes())[..16])
}
