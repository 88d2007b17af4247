//! What the caller wants. Start with [`find`]; the patterns are in the folder
//! `intents/`, one file per family, and [`settle`] decides between them.

mod appointments;
mod classes;
mod courtesy;
mod cues;
mod faqs;
mod requests;
mod topics;

use super::emergency::Emergency;
use super::line::Line;
use super::pattern::Grammar;
use super::words::Word;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

use cues::{Cue, Cues};
pub use faqs::{Index as Faqs, faq};

/// One thing a caller may want (`uwi understand`'s names).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names of the intents say it")]
pub enum Intent {
    Book,
    Cancel,
    Move,
    Lookup,
    Question,
    Prescription,
    Results,
    Message,
    Human,
    Callback,
    Abandon,
    Repeat,
    Slower,
    Complaint,
    Thanks,
    WrongNumber,
    Sales,
    OtherLanguage,
    Insult,
    Emergency,
}

/// What a question is about, of the things every tenant can answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// When it is open.
    Hours,
    /// Where it is.
    Address,
    /// How to get there, parking, lift.
    Access,
    /// What it costs.
    Price,
    /// What to bring.
    Documents,
    /// What to do should one be unable to come.
    Hindrance,
}

static GRAMMAR: LazyLock<Grammar<Cue>> = LazyLock::new(|| {
    let tables = [appointments::TABLE, requests::TABLE, courtesy::TABLE, topics::TABLE];
    Grammar::new(classes::CLASSES, tables.into_iter().flatten().copied())
});

/// What a caller wants and asks about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Wants {
    /// Every intent, in order of mention; an emergency comes first.
    pub intents: Vec<Intent>,
    /// The general topic of a question.
    pub topic: Option<Topic>,
}

/// Reads what the caller wants.
pub(super) fn find(line: &Line<'_>, emergency: Option<Emergency>) -> Wants {
    let cues = Cues::read(line);
    let mut intents: Vec<Intent> = emergency.iter().map(|_| Intent::Emergency).collect();
    for intent in settle(&cues) {
        if !intents.contains(&intent) {
            intents.push(intent);
        }
    }
    Wants { intents, topic: cues.topic() }
}

/// The general topic of a question.
pub fn topic(words: &[Word]) -> Option<Topic> {
    Cues::read(&Line::new(words)).topic()
}

fn settle(cues: &Cues<'_>) -> Vec<Intent> {
    // A lone "hein ?" is dropped from the line as a filler.
    if cues.line.huh {
        return vec![Intent::Repeat];
    }
    let mut told: Vec<(usize, Intent)> =
        cues.found.iter().filter_map(|cue| Some((cue.start, cues.intent(cue)?))).collect();
    if told.is_empty() && cues.foreign() {
        told.push((0, Intent::OtherLanguage));
    }
    told.sort_by_key(|(at, _)| *at);
    let works = told.iter().any(|(_, intent)| substantial(*intent));
    let keep = |intent: Intent| !(works && matches!(intent, Intent::Thanks | Intent::Abandon));
    told.into_iter().map(|(_, intent)| intent).filter(|intent| keep(*intent)).collect()
}

/// Intents beside which thanks and a goodbye are mere manners.
fn substantial(intent: Intent) -> bool {
    use Intent::*;
    matches!(
        intent,
        Book | Cancel
            | Move
            | Lookup
            | Question
            | Prescription
            | Results
            | Message
            | Human
            | Callback
            | Complaint
            | Sales
    )
}
