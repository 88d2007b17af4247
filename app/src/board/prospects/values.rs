//! Answers as a person writes them.

use crate::typo::{self, NBSP};
use domain::qualification::Value;
use jiff::civil::Date;

/// An answer as it is read.
pub(super) fn shown(value: &Value) -> String {
    let money = |amount: i64| format!("{}{NBSP}€", typo::thousands(amount));
    let day = |date: &Date| format!("{} {}", typo::day(*date), date.year());
    match value {
        Value::Text(text) | Value::Choice(text) | Value::Place(text) => text.clone(),
        Value::YesNo(true) => "Oui".to_owned(),
        Value::YesNo(false) => "Non".to_owned(),
        Value::Number(number) => typo::thousands(*number),
        Value::Amount { from: Some(from), to: Some(to) } if from == to => money(*from),
        Value::Amount { from: Some(from), to: Some(to) } => {
            format!("de {} à {}", money(*from), money(*to))
        }
        Value::Amount { from: None, to: Some(to) } => format!("jusqu’à {}", money(*to)),
        Value::Amount { from: Some(from), to: None } => format!("à partir de {}", money(*from)),
        Value::Amount { from: None, to: None } | Value::Date { from: None, to: None } => {
            "Sans précision".to_owned()
        }
        Value::Date { from: Some(from), to: Some(to) } if from == to => day(from),
        Value::Date { from: Some(from), to: Some(to) } => {
            format!("du {} au {}", day(from), day(to))
        }
        Value::Date { from: Some(from), to: None } => format!("à partir du {}", day(from)),
        Value::Date { from: None, to: Some(to) } => format!("avant le {}", day(to)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn answers_read_as_a_person_writes_them() {
        let plain = |value: Value| shown(&value).replace([NBSP, typo::NNBSP], " ");
        let amount = |from, to| plain(Value::Amount { from, to });
        assert_eq!(amount(Some(300_000), Some(300_000)), "300 000 €");
        assert_eq!(amount(Some(200_000), Some(250_000)), "de 200 000 € à 250 000 €");
        assert_eq!(amount(None, Some(900)), "jusqu’à 900 €");
        assert_eq!(amount(Some(900), None), "à partir de 900 €");
        assert_eq!(plain(Value::YesNo(false)), "Non");
        let from = Some(date(2027, 1, 1));
        assert_eq!(plain(Value::Date { from, to: from }), "vendredi 1er janvier 2027");
        assert_eq!(plain(Value::Date { from, to: None }), "à partir du vendredi 1er janvier 2027");
    }
}
