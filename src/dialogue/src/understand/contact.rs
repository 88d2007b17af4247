//! What is said about the line itself: "allô ?", noise, no recording.

use super::line::Line;
use super::pattern::Grammar;
use std::sync::LazyLock;

/// What an utterance says about the line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Contact {
    /// "Allô ?", "vous m'entendez ?": the caller doubts that anybody is there.
    pub hello: bool,
    /// Nothing but fillers and noise; silence is not noise.
    pub noise: bool,
    /// The caller does not want to be recorded.
    pub refuses_recording: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cue {
    Hello,
    NoRecording,
}

static GRAMMAR: LazyLock<Grammar<Cue>> =
    LazyLock::new(|| Grammar::new(CLASSES, TABLE.iter().copied()));

const CLASSES: super::pattern::Classes = &[("record", "enregistr*|enregitr*")];

const TABLE: &[(Cue, &[&str])] = &[
    (
        Cue::Hello,
        &[
            "allo",
            "vous|tu m|me entend*",
            "m|me entendez|entends vous|tu",
            "y|t a il? quelquun $",
            "y a pas? personne",
            "vous|tu etes|es la|encore|toujours $",
            "etes|es vous|tu la|encore|toujours",
            "quelquun m|est la|entend",
            "on|vous est|etes coupe|coupes",
        ],
    ),
    (
        Cue::NoRecording,
        &[
            "pas|plus|sans|jamais|ni|non .. @record",
            "@record pas|surtout|jamais",
            "n @record",
            "refus*|oppos*|interdi*|arret*|coup*|stopp*|desactiv* .. @record",
            "contre .. @record",
            "@record .. refus*|interdi*|derange|gene",
            "desaccord .. @record",
        ],
    ),
];

/// Reads what is said about the line. `text` tells silence from noise.
pub(super) fn find(text: &str, line: &Line<'_>) -> Contact {
    let cues = GRAMMAR.find(line);
    let has = |cue: Cue| cues.iter().any(|found| found.means == cue);
    Contact {
        hello: has(Cue::Hello),
        noise: line.tokens.is_empty() && !line.huh && !text.trim().is_empty(),
        refuses_recording: has(Cue::NoRecording),
    }
}
