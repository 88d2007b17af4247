//! What answers are worth, and which columns they fill.

use super::{
    Answered, Columns, ProspectField, Question, Questionnaire, Range, Score, Status, Value,
};

impl Range {
    fn holds(&self, number: i64) -> bool {
        self.from.is_none_or(|from| from <= number) && self.to.is_none_or(|to| number <= to)
    }
}

impl Questionnaire {
    /// The question of that slug.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == id)
    }

    /// What answers are worth, in hundredths of the most they could be. A
    /// prospect who left a required question open is to be followed up at
    /// best; without any points in the questions nobody is judged, and the
    /// score is the share of the questions answered.
    pub fn score(&self, value: impl Fn(&str) -> Option<Value>) -> Score {
        let most: i64 = self.questions.iter().map(|question| question.most()).sum();
        let values: Vec<Option<Value>> =
            self.questions.iter().map(|question| value(&question.id)).collect();
        if most == 0 {
            let answered = values.iter().flatten().count();
            return Score {
                points: hundredths(answered as i64, values.len() as i64),
                status: Status::New,
            };
        }
        let pairs = self.questions.iter().zip(&values);
        let sum: i64 = pairs
            .clone()
            .filter_map(|(question, value)| Some(question.points(value.as_ref()?)))
            .sum();
        let points = hundredths(sum, most);
        let open = pairs.clone().any(|(question, value)| question.required && value.is_none());
        let status = match points {
            points if points >= self.thresholds.qualified && !open => Status::Qualified,
            points if points >= self.thresholds.follow_up => Status::FollowUp,
            _ => Status::NotQualified,
        };
        Score { points, status }
    }
}

fn hundredths(part: i64, whole: i64) -> u8 {
    let share = part.max(0).saturating_mul(100).checked_div(whole).unwrap_or(0);
    u8::try_from(share.min(100)).unwrap_or(100)
}

impl Question {
    /// What an answer is worth.
    fn points(&self, value: &Value) -> i64 {
        i64::from(match value {
            Value::Choice(label) => self
                .options
                .iter()
                .find(|option| option.label == *label)
                .map_or(0, |option| option.points),
            Value::YesNo(false) => self.worth.points_no,
            Value::Number(number) => self.in_ranges(*number),
            Value::Amount { from, to } => to.or(*from).map_or(0, |most| self.in_ranges(most)),
            Value::Text(_) | Value::YesNo(true) | Value::Date { .. } | Value::Place(_) => {
                self.worth.points
            }
        })
    }

    fn in_ranges(&self, number: i64) -> i32 {
        if self.worth.ranges.is_empty() {
            return self.worth.points;
        }
        let found = self.worth.ranges.iter().find(|range| range.holds(number));
        found.map_or(0, |range| range.points)
    }

    /// The most that any answer is worth.
    fn most(&self) -> i64 {
        let options = self.options.iter().map(|option| option.points);
        let ranges = self.worth.ranges.iter().map(|range| range.points);
        let own = [self.worth.points, self.worth.points_no];
        i64::from(options.chain(ranges).chain(own).max().unwrap_or(0).max(0))
    }
}

impl Questionnaire {
    /// The columns that answers fill. The lower end of a span of money is the
    /// least budget where no question of its own asks for that.
    pub fn columns(&self, answers: &[Answered]) -> Columns {
        let mut columns = Columns::default();
        for question in &self.questions {
            let answer = answers.iter().find(|answer| answer.id == question.id);
            let value = answer.and_then(|answer| answer.value.as_ref());
            if let Some((field, value)) = question.field.zip(value) {
                columns.fill(field, value);
            }
        }
        columns
    }
}

impl Columns {
    fn fill(&mut self, field: ProspectField, value: &Value) {
        match (field, value) {
            (ProspectField::BudgetMax, Value::Amount { from, to }) => {
                self.budget_max = *to;
                self.budget_min = self.budget_min.or(from.filter(|_| from != to));
            }
            (ProspectField::BudgetMin, Value::Amount { from, to }) => {
                self.budget_min = from.or(*to);
                self.budget_max = self.budget_max.or(to.filter(|_| from != to));
            }
            (ProspectField::InterestType, value) => self.interest_type = value.words(),
            (ProspectField::LocationPreference, value) => {
                self.location_preference = value.words();
            }
            (ProspectField::PropertyType, value) => self.property_type = value.words(),
            (ProspectField::BudgetMin | ProspectField::BudgetMax, _) => {}
        }
    }
}

impl Value {
    /// The answer as one text; `None` for amounts and dates, which have parts.
    fn words(&self) -> Option<String> {
        Some(match self {
            Self::Text(text) | Self::Choice(text) | Self::Place(text) => text.clone(),
            Self::YesNo(yes) => if *yes { "oui" } else { "non" }.to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Amount { .. } | Self::Date { .. } => return None,
        })
    }
}
