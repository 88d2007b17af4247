//! What a tenant wants to know of a prospect: its questions, the answers, and
//! what they are worth. Start with [`Questionnaire`].

mod given;
mod rules;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A tenant's questions, in the order they are asked.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Questionnaire {
    /// In order; each id once.
    pub questions: Vec<Question>,
    /// From which score on a prospect is what.
    pub thresholds: Thresholds,
}

/// One question.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Stable slug.
    pub id: String,
    /// As it is said.
    pub ask: String,
    /// What answers it.
    pub kind: Kind,
    /// What may be chosen; only for [`Kind::Choice`].
    pub options: Vec<Choice>,
    /// Words beside which an answer given unasked is meant for it.
    pub words: Vec<String>,
    /// False: who would rather not answer is not asked again.
    pub required: bool,
    /// The prospect's column that the answer is readable under.
    pub field: Option<ProspectField>,
    /// What the answer is worth.
    pub worth: Worth,
}

/// What answers a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Anything, in the caller's words.
    Text,
    /// Yes or no.
    YesNo,
    /// A count or a measure.
    Number,
    /// An amount of money or a span of them.
    Amount,
    /// One of the options.
    Choice,
    /// A day or a span of days.
    Date,
    /// Somewhere.
    Place,
}

/// One of the options of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// As it is said and stored.
    pub label: String,
    /// Words that choose it, folded; those of the label included.
    pub words: Vec<String>,
    /// What it is worth.
    pub points: i32,
}

/// The columns of `prospects` that a tenant's questions may fill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names of the columns")]
pub enum ProspectField {
    InterestType,
    BudgetMin,
    BudgetMax,
    LocationPreference,
    PropertyType,
}

/// What an answer that is no option is worth.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Worth {
    /// A yes, or any answer.
    pub points: i32,
    /// A no.
    pub points_no: i32,
    /// Numbers and amounts, by where they lie; the first that holds it counts.
    pub ranges: Vec<Range>,
}

/// Numbers from one to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// The least; `None`: any.
    pub from: Option<i64>,
    /// The greatest; `None`: any.
    pub to: Option<i64>,
    /// What a number in it is worth.
    pub points: i32,
}

/// From which score, of 100, a prospect is what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thresholds {
    /// Qualified from here on.
    pub qualified: u8,
    /// To be followed up from here on; below: not qualified.
    pub follow_up: u8,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { qualified: 60, follow_up: 30 }
    }
}

/// The value of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// The caller's words.
    Text(String),
    /// Yes or no.
    YesNo(bool),
    /// A number.
    Number(i64),
    /// Whole units of the tenant's currency; an open side is `None`, and a
    /// single amount is both sides.
    Amount {
        /// At least.
        from: Option<i64>,
        /// At most.
        to: Option<i64>,
    },
    /// The label of the chosen option.
    Choice(String),
    /// Days; an open side is `None`.
    Date {
        /// The first.
        from: Option<Date>,
        /// The last.
        to: Option<Date>,
    },
    /// Somewhere, as said.
    Place(String),
}

/// A question with its answer, as kept: readable when the question has changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// The question's slug.
    pub id: String,
    /// The question as it was asked.
    pub ask: String,
    /// `None`: the caller would not or could not say.
    pub value: Option<Value>,
}

/// `prospects.qualification_status`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names of the statuses say it")]
pub enum Status {
    New,
    Qualified,
    NotQualified,
    FollowUp,
    Converted,
    Lost,
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 6] = [
        Self::New,
        Self::Qualified,
        Self::NotQualified,
        Self::FollowUp,
        Self::Converted,
        Self::Lost,
    ];

    /// The stored name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Qualified => "qualified",
            Self::NotQualified => "not_qualified",
            Self::FollowUp => "follow_up",
            Self::Converted => "converted",
            Self::Lost => "lost",
        }
    }

    /// Reads [`Status::as_str`] back.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }

    /// True when it may become `to`. A customer and somebody lost only go back
    /// by the way they came.
    pub fn may_become(self, to: Self) -> bool {
        match self {
            Self::New | Self::Qualified | Self::FollowUp | Self::NotQualified => {
                self != to && to != Self::New
            }
            Self::Converted => to == Self::Qualified,
            Self::Lost => to == Self::FollowUp,
        }
    }

    /// True when nobody calls them back any more.
    pub fn is_over(self) -> bool {
        matches!(self, Self::NotQualified | Self::Converted | Self::Lost)
    }
}

/// What the answers are worth together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// 0 to 100.
    pub points: u8,
    /// What it makes of the prospect.
    pub status: Status,
}

/// The answers that are readable under columns of their own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    /// What they are interested in.
    pub interest_type: Option<String>,
    /// What they would spend at least, whole units of money.
    pub budget_min: Option<i64>,
    /// What they would spend at most, whole units of money.
    pub budget_max: Option<i64>,
    /// Where.
    pub location_preference: Option<String>,
    /// What kind of property.
    pub property_type: Option<String>,
}
