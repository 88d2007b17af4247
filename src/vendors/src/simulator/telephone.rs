//! A person who calls: what is said and pressed, and what is heard.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, VecDeque};

/// A call to be placed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Script {
    /// The called number, E.164.
    pub to: String,
    /// The caller's number, E.164; `None`: withheld.
    pub from: Option<String>,
    /// The number that passed the call on, if one did.
    pub forwarded_from: Option<String>,
    /// What the caller says or presses, in turn; then the caller hangs up.
    pub says: Vec<Words>,
    /// Whom a call can be passed to and what happens there, `*`: everybody
    /// else; others do not answer.
    pub reach: BTreeMap<String, Reach>,
    /// How the end of the call is reported.
    pub reports: Reporting,
    /// Where the calls of the called number go, when it was not bought here.
    pub line: Option<OwnLine>,
}

/// A number that a tenant has brought, as its carrier is set up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnLine {
    /// Asked for the documents.
    pub voice_url: String,
    /// Told how calls end.
    pub status_callback: String,
}

/// How status callbacks come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reporting {
    /// One, at the end.
    #[default]
    Once,
    /// The same one twice, as when our answer to the first was lost.
    Twice,
    /// Every status, the last one first.
    OutOfOrder,
    /// A while after the call.
    Late,
}

/// One thing that a caller does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Words {
    /// Says something.
    Speech(String),
    /// Presses keys.
    Keys {
        /// Digits, `*`, `#`.
        keys: String,
    },
    /// Says something upon which a hosted model calls one of our functions
    /// (the simulator has no model of its own).
    Tool {
        /// The function.
        tool: String,
        /// Its arguments.
        #[serde(default)]
        arguments: Map<String, Value>,
    },
}

impl From<&str> for Words {
    fn from(text: &str) -> Self {
        Self::Speech(text.to_owned())
    }
}

/// What happens when a number is dialled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// Somebody answers and talks.
    Completed,
    /// It is engaged.
    Busy,
    /// Nobody answers.
    #[default]
    NoAnswer,
    /// The call cannot be set up.
    Failed,
}

impl Reach {
    /// The providers' word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::Busy => "busy",
            Self::NoAnswer => "no-answer",
            Self::Failed => "failed",
        }
    }
}

/// What happened in a call, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Line {
    /// The caller heard this.
    Heard {
        /// The words.
        text: String,
    },
    /// The caller said this.
    Said {
        /// The words.
        text: String,
    },
    /// The caller pressed keys.
    Pressed {
        /// Digits, `*`, `#`.
        keys: String,
    },
    /// The call was passed on.
    Dialled {
        /// To whom.
        to: String,
        /// How that went.
        reach: Reach,
    },
    /// The caller's words were recorded.
    Recorded,
    /// A voice agent took the call.
    Agent {
        /// `vapi` or `elevenlabs`.
        provider: String,
    },
    /// One of our webhooks failed; the caller hears the provider's apology.
    Failed {
        /// Which, and how.
        why: String,
    },
}

/// A call that is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Telephoned {
    /// The provider's name for the call.
    pub call: String,
    /// What happened in it.
    pub lines: Vec<Line>,
    /// How it ended, in the provider's words (`completed`, `customer-ended-call`).
    pub ended: String,
    /// How long it took, in invented seconds: three for each line.
    pub seconds: i64,
}

impl Telephoned {
    /// Everything the caller heard.
    pub fn heard(&self) -> Vec<&str> {
        let heard = self.lines.iter().filter_map(|line| match line {
            Line::Heard { text } => Some(text.as_str()),
            _ => None,
        });
        heard.collect()
    }
}

/// A call that is going on.
#[derive(Debug, Default)]
pub(crate) struct Talk {
    pub(crate) lines: Vec<Line>,
    words: VecDeque<Words>,
    reach: BTreeMap<String, Reach>,
    /// Whether the caller has nothing more to say.
    pub(crate) hung_up: bool,
}

impl Talk {
    pub(crate) fn of(script: &Script) -> Self {
        let (words, reach) = (script.says.iter().cloned().collect(), script.reach.clone());
        Self { lines: Vec::new(), words, reach, hung_up: false }
    }

    pub(crate) fn hear(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.lines.push(Line::Heard { text: text.trim().to_owned() });
        }
    }

    pub(crate) fn fail(&mut self, why: impl Into<String>) {
        self.lines.push(Line::Failed { why: why.into() });
    }

    /// What the caller does next.
    pub(crate) fn next(&mut self) -> Option<Words> {
        let Some(words) = self.words.pop_front() else {
            self.hung_up = true;
            return None;
        };
        self.lines.push(match &words {
            Words::Speech(text) => Line::Said { text: text.clone() },
            Words::Keys { keys } => Line::Pressed { keys: keys.clone() },
            Words::Tool { tool, .. } => Line::Said { text: format!("({tool})") },
        });
        Some(words)
    }

    pub(crate) fn dial(&mut self, to: &str) -> Reach {
        let reach = self.reach.get(to).or_else(|| self.reach.get("*")).copied().unwrap_or_default();
        self.lines.push(Line::Dialled { to: to.to_owned(), reach });
        reach
    }

    pub(crate) fn seconds(&self) -> i64 {
        i64::try_from(self.lines.len()).unwrap_or(i64::MAX / 3) * 3
    }

    pub(crate) fn over(self, call: &str, ended: &str) -> Telephoned {
        let (call, ended, seconds) = (call.to_owned(), ended.to_owned(), self.seconds());
        Telephoned { call, lines: self.lines, ended, seconds }
    }
}
