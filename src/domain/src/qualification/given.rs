//! Answers that somebody writes: in a form, or a program in JSON.

use super::{Answered, Kind, Question, Questionnaire, Value};
use jiff::civil::Date;
use serde_json::Value as Json;

/// The longest answer in words that is kept.
const LONGEST: usize = 500;

impl Questionnaire {
    /// Every question with what was given to it, in order; the slug of the
    /// first one whose answer cannot be one.
    pub fn answered(&self, given: impl Fn(&str) -> Option<Json>) -> Result<Vec<Answered>, &str> {
        let mut answers = Vec::new();
        for question in &self.questions {
            let value = match given(&question.id) {
                None | Some(Json::Null) => None,
                Some(Json::String(text)) if text.trim().is_empty() => None,
                Some(given) => Some(question.read(&given).ok_or(question.id.as_str())?),
            };
            answers.push(Answered { id: question.id.clone(), ask: question.ask.clone(), value });
        }
        Ok(answers)
    }
}

impl Question {
    /// An answer as it is written: a text, a number, a yes, or `{from, to}`.
    pub fn read(&self, given: &Json) -> Option<Value> {
        match self.kind {
            Kind::Text => words(given).map(Value::Text),
            Kind::Place => words(given).map(Value::Place),
            Kind::YesNo => yes(given).map(Value::YesNo),
            Kind::Number => number(given).map(Value::Number),
            Kind::Amount => span(given, number).map(|(from, to)| Value::Amount { from, to }),
            Kind::Date => span(given, day).map(|(from, to)| Value::Date { from, to }),
            Kind::Choice => {
                let label = words(given)?.to_lowercase();
                let chosen = self.options.iter().find(|o| o.label.to_lowercase() == label)?;
                Some(Value::Choice(chosen.label.clone()))
            }
        }
    }
}

fn words(given: &Json) -> Option<String> {
    let text = given.as_str()?.trim();
    let plain = !text.chars().any(|c| c.is_control() && !c.is_whitespace());
    (plain && !text.is_empty() && text.chars().count() <= LONGEST).then(|| text.to_owned())
}

fn yes(given: &Json) -> Option<bool> {
    match given {
        Json::Bool(yes) => Some(*yes),
        Json::String(text) => match text.trim().to_lowercase().as_str() {
            "oui" | "yes" | "true" | "1" => Some(true),
            "non" | "no" | "false" | "0" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// A whole number of any use to a practice.
fn number(given: &Json) -> Option<i64> {
    let number = match given {
        Json::Number(number) => number.as_i64()?,
        Json::String(text) => {
            let digits: String = text.chars().filter(|c| !c.is_whitespace() && *c != '€').collect();
            digits.parse().ok()?
        }
        _ => return None,
    };
    (0..=1_000_000_000_000).contains(&number).then_some(number)
}

fn day(given: &Json) -> Option<Date> {
    let text = given.as_str()?.trim();
    if text.len() == 10 { text.parse().ok() } else { None }
}

/// Both ends of a span; a single value is both.
fn span<T: Copy + PartialOrd>(
    given: &Json,
    read: impl Fn(&Json) -> Option<T>,
) -> Option<(Option<T>, Option<T>)> {
    let Json::Object(ends) = given else {
        return read(given).map(|value| (Some(value), Some(value)));
    };
    let end = |name: &str| match ends.get(name) {
        None | Some(Json::Null) => Some(None),
        Some(given) => read(given).map(Some),
    };
    let (from, to) = (end("from")?, end("to")?);
    let known = ends.keys().all(|name| name == "from" || name == "to");
    let ordered = from.zip(to).is_none_or(|(from, to)| from <= to);
    (known && ordered && (from.is_some() || to.is_some())).then_some((from, to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::TenantId;
    use crate::tenant::settings::Settings;
    use serde_json::json;

    const FILE: &str = "name = \"Agence\"\nagents = [\"qualification\"]\n\
        [[question]]\nid = \"projet\"\nask = \"Acheter ou louer ?\"\nkind = \"choice\"\noptions = [\"Acheter\", \"Louer\"]\n\
        [[question]]\nid = \"budget\"\nask = \"Quel budget ?\"\nkind = \"amount\"\n\
        [[question]]\nid = \"accord\"\nask = \"Un accord ?\"\nkind = \"yes_no\"\n\
        [[question]]\nid = \"quand\"\nask = \"Quand ?\"\nkind = \"date\"\n";

    fn questionnaire() -> Questionnaire {
        Settings::from_toml(FILE).unwrap().profile(TenantId(1)).unwrap().questionnaire
    }

    #[test]
    fn a_form_and_a_program_answer_the_same_questions() {
        let questions = questionnaire();
        let read = |id: &str, given: Json| questions.question(id).unwrap().read(&given);
        let amount = |from, to| Some(Value::Amount { from, to });
        assert_eq!(read("projet", json!("acheter")), Some(Value::Choice("Acheter".into())));
        assert_eq!(read("budget", json!("300 000 €")), amount(Some(300_000), Some(300_000)));
        assert_eq!(read("budget", json!({ "to": 5 })), amount(None, Some(5)));
        assert_eq!(read("accord", json!(true)), read("accord", json!("oui")));
        let from = Some(jiff::civil::date(2027, 1, 4));
        assert_eq!(read("quand", json!("2027-01-04")), Some(Value::Date { from, to: from }));
        for (id, odd) in [
            ("projet", json!("vendre")),
            ("budget", json!(-1)),
            ("budget", json!({ "from": 9, "to": 1 })),
            ("budget", json!({})),
            ("budget", json!({ "about": 1 })),
            ("accord", json!("peut-être")),
            ("quand", json!("2027-13-01")),
            ("quand", json!(7)),
        ] {
            assert_eq!(read(id, odd.clone()), None, "{id} {odd}");
        }
    }

    #[test]
    fn what_is_left_out_is_kept_as_open() {
        let questions = questionnaire();
        let answers = questions.answered(|id| (id == "projet").then(|| json!("Louer"))).unwrap();
        assert_eq!(answers.len(), 4);
        assert_eq!(answers[1].value, None);
        assert_eq!(questions.answered(|_| Some(json!("x"))), Err("projet"));
        assert!(
            questions.answered(|_| Some(json!(" "))).unwrap().iter().all(|a| a.value.is_none())
        );
    }
}
