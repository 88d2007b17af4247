//! A speaker of telephone numbers and an oracle for what the words can mean;
//! the tests and the score both use them.

mod oracle;
pub mod speaker;

use dialogue::understand::phones::{self, Phones};
use dialogue::understand::words::words;
pub use speaker::{Dice, say};

/// What was heard in one or several turns.
pub fn heard(turns: &[String]) -> Phones {
    let mut phones = Phones::default();
    for turn in turns {
        let words = words(turn);
        let now = match &phones.dictation {
            Some(before) => phones::resume(before, &words),
            None => phones::find(&words),
        };
        // A turn without digits ("c'est ça") changes nothing.
        if !now.readings.is_empty() || now.dictation.is_some() {
            phones = now;
        }
    }
    phones
}
