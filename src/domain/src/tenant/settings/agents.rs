//! `[[question]]`, `[scoring]`, `[support]`: what the qualification and the
//! support agents need to know.

use crate::qualification::{
    Choice, Kind, ProspectField, Question, Questionnaire, Range, Thresholds, Worth,
};
use crate::support::{Category, Priority, Support};
use crate::tenant::slug::unique_slugs;
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// `[[question]]`: asked of a prospect, in this order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionEntry {
    /// Stable slug; absent: made from the words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// As it is said.
    pub ask: String,
    /// What answers it; absent: anything.
    #[serde(default = "text")]
    pub kind: Kind,
    /// What may be chosen: names, or tables with words and points.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<OptionEntry>,
    /// Words beside which an answer given unasked is meant for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    /// True: a prospect who does not answer it is not qualified.
    #[serde(default)]
    pub required: bool,
    /// The prospect's column that it fills.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<ProspectField>,
    /// What a yes, or any answer, is worth.
    #[serde(default)]
    pub points: i32,
    /// What a no is worth.
    #[serde(default)]
    pub points_no: i32,
    /// What numbers and amounts are worth.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ranges: Vec<RangeEntry>,
}

/// An option: `"maison"`, or `{ label = "maison", words = ["villa"], points = 20 }`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OptionEntry {
    /// As it is said and stored.
    pub label: String,
    /// More words that choose it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    /// What it is worth.
    pub points: i32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WholeOption {
    label: String,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    points: i32,
}

impl<'de> Deserialize<'de> for OptionEntry {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(OptionVisitor)
    }
}

struct OptionVisitor;

impl<'de> Visitor<'de> for OptionVisitor {
    type Value = OptionEntry;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name or a table with `label`")
    }

    fn visit_str<E: serde::de::Error>(self, label: &str) -> Result<OptionEntry, E> {
        Ok(OptionEntry { label: label.to_owned(), words: Vec::new(), points: 0 })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<OptionEntry, A::Error> {
        let whole = WholeOption::deserialize(MapAccessDeserializer::new(map))?;
        Ok(OptionEntry { label: whole.label, words: whole.words, points: whole.points })
    }
}

/// `{ from = 200000, to = 400000, points = 30 }`; both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RangeEntry {
    /// The least; absent: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<i64>,
    /// The greatest; absent: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<i64>,
    /// What it is worth.
    pub points: i32,
}

/// `[scoring]`: from which score, of 100, a prospect is what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Scoring {
    /// Qualified from here on.
    pub qualified: u8,
    /// To be followed up from here on; below: not qualified.
    pub follow_up: u8,
}

impl Default for Scoring {
    fn default() -> Self {
        let Thresholds { qualified, follow_up } = Thresholds::default();
        Self { qualified, follow_up }
    }
}

/// `[support]`: absent parts are the usual ones.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SupportEntry {
    /// `[[support.category]]`: what a request may be about; the last is what
    /// one is that fits none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub category: Vec<CategoryEntry>,
    /// `[[support.urgency]]`: what makes a request so urgent.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub urgency: Vec<UrgencyEntry>,
}

/// `[[support.category]]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CategoryEntry {
    /// Its name; one of the usual ones keeps its usual words.
    pub name: String,
    /// As it is said in "c'est pour … ?"; absent: the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Words that tell it; `factur*` begins with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    /// Whether how urgent it is is asked when the words do not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask_urgency: Option<bool>,
}

/// `[[support.urgency]]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UrgencyEntry {
    /// How urgent.
    pub priority: Priority,
    /// Words that tell it, besides the usual ones.
    pub words: Vec<String>,
}

fn text() -> Kind {
    Kind::Text
}

/// Lower case without accents, signs as spaces: as cues are compared.
fn folded(words: &str) -> String {
    let plain = |c: char| match c {
        'à' | 'â' | 'ä' => 'a',
        'ç' => 'c',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' => 'i',
        'ô' | 'ö' => 'o',
        'ù' | 'û' | 'ü' => 'u',
        '*' => '*',
        c if c.is_alphanumeric() => c,
        _ => ' ',
    };
    let text: String = words.to_lowercase().replace('œ', "oe").chars().map(plain).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl QuestionEntry {
    fn ready(&self, id: String) -> Question {
        Question {
            id,
            ask: self.ask.trim().to_owned(),
            kind: self.kind,
            options: self.options.iter().map(OptionEntry::ready).collect(),
            words: self.words.iter().map(|word| folded(word)).collect(),
            required: self.required,
            field: self.field,
            worth: Worth {
                points: self.points,
                points_no: self.points_no,
                ranges: self.ranges.iter().map(RangeEntry::ready).collect(),
            },
        }
    }
}

impl OptionEntry {
    fn ready(&self) -> Choice {
        let words = std::iter::once(&self.label).chain(&self.words).map(|word| folded(word));
        Choice { label: self.label.trim().to_owned(), words: words.collect(), points: self.points }
    }
}

impl RangeEntry {
    fn ready(&self) -> Range {
        Range { from: self.from, to: self.to, points: self.points }
    }
}

impl super::Settings {
    /// The tenant's questions, ready to be asked.
    pub(super) fn questionnaire(&self) -> Questionnaire {
        let labels = self.question.iter().map(|entry| entry.id.as_deref().unwrap_or(&entry.ask));
        let slugs = unique_slugs(labels, "question");
        let questions = slugs.into_iter().zip(&self.question).map(|(id, entry)| entry.ready(id));
        let Scoring { qualified, follow_up } = self.scoring;
        Questionnaire {
            questions: questions.collect(),
            thresholds: Thresholds { qualified, follow_up },
        }
    }

    /// The tenant's support, with what is usual where it says nothing.
    pub(super) fn supported(&self) -> Support {
        let usual = Support::usual_categories();
        let mut support = Support::default();
        if !self.support.category.is_empty() {
            let names = self.support.category.iter().map(|entry| entry.name.as_str());
            let slugs = unique_slugs(names, "categorie");
            let entries = slugs.into_iter().zip(&self.support.category);
            support.categories = entries.map(|(id, entry)| entry.ready(id, &usual)).collect();
        }
        for entry in &self.support.urgency {
            let cues = support.urgency.iter_mut().find(|(known, _)| *known == entry.priority);
            if let Some((_, cues)) = cues {
                cues.extend(entry.words.iter().map(|word| folded(word)));
            }
        }
        support
    }
}

impl CategoryEntry {
    fn ready(&self, id: String, usual: &[Category]) -> Category {
        let known = usual.iter().find(|category| category.id == id);
        let label = self.label.clone().or_else(|| known.map(|category| category.label.clone()));
        let mut words: Vec<String> = self.words.iter().map(|word| folded(word)).collect();
        match known {
            Some(category) => words.extend(category.words.iter().cloned()),
            None => words.push(folded(&self.name)),
        }
        Category {
            label: label.unwrap_or_else(|| self.name.trim().to_owned()),
            words,
            ask_urgency: self
                .ask_urgency
                .unwrap_or_else(|| known.is_some_and(|category| category.ask_urgency)),
            id,
        }
    }
}
