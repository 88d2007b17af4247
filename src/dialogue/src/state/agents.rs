//! What a call remembers of the tenant's questions and of a support request.

use domain::qualification::Value;
use domain::support::Priority;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The tenant's questions, as far as they are answered.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Interview {
    /// By the question's slug; `None`: they would not or could not say.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, Option<Value>>,
    /// The question being asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asking: Option<String>,
    /// They would rather not answer it, and it was asked again all the same.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub insisted: bool,
}

impl Interview {
    /// True while nothing is answered or asked.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What was answered to a question.
    pub fn value(&self, id: &str) -> Option<&Value> {
        self.answers.get(id)?.as_ref()
    }
}

/// The support request being taken.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Trouble {
    /// The caller's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// The tenant's category, by its slug.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// How urgent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
}

impl Trouble {
    /// True while nothing is known of it.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
