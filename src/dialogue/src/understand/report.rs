//! An understanding in the shape that `uwi understand` promises.

use super::{Grain, Understanding, Window};
use domain::time::Span;
use jiff::civil::DateTime;
use serde_json::{Value, json};

/// The contract's JSON of one utterance: every key always, local wall time to
/// the minute, `null` for what is open or absent.
pub fn contract_json(understood: &Understanding) -> Value {
    json!({
        "intents": understood.intents,
        "polarity": understood.polarity,
        "choice": understood.choice,
        "when": understood.when.iter().map(window).collect::<Vec<_>>(),
        "except": understood.except.iter().map(span).collect::<Vec<_>>(),
        "earliest": understood.earliest,
        "phones": understood.phones,
        "ambiguous": understood.ambiguous,
        "emails": understood.emails,
        "names": understood.names,
        "number": understood.number,
        "numbers": understood.numbers,
        "emergency": understood.emergency,
    })
}

fn window(window: &Window) -> Value {
    json!({
        "from": minute(window.span.from),
        "to": minute(window.span.to),
        "grain": grain(window),
    })
}

/// "Avant vendredi midi" counts whole days and is told to the hour.
fn grain(window: &Window) -> Grain {
    let ends = || [window.span.from, window.span.to].into_iter().flatten();
    let finest = match window.grain {
        Grain::Minute | Grain::Hour => return window.grain,
        _ if ends().any(|at| at.minute() != 0) => Grain::Minute,
        _ if ends().any(|at| at.hour() != 0) => Grain::Hour,
        grain => grain,
    };
    finest.min(window.grain)
}

fn span(span: &Span) -> Value {
    json!({ "from": minute(span.from), "to": minute(span.to) })
}

fn minute(at: Option<DateTime>) -> Option<String> {
    at.map(|at| at.strftime("%Y-%m-%dT%H:%M").to_string())
}

#[cfg(test)]
mod tests {
    use super::super::{choice::Choice, intents::Intent, polarity::Polarity, understand};
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_empty_utterance_has_every_key() {
        assert_eq!(
            contract_json(&Understanding::default()),
            json!({
                "intents": [], "polarity": null, "choice": null, "when": [], "except": [],
                "earliest": false, "phones": [], "ambiguous": false, "emails": [], "names": [],
                "number": null, "numbers": [], "emergency": null,
            })
        );
    }

    #[test]
    fn times_are_told_to_the_minute_and_open_sides_are_null() {
        let from = date(2026, 11, 24).at(14, 0, 0, 0);
        let understood = Understanding {
            intents: vec![Intent::Book, Intent::OtherLanguage],
            polarity: Some(Polarity::Yes),
            choice: Some(Choice { ordinal: Some(2), ..Choice::default() }),
            when: vec![Window { span: Span { from: Some(from), to: None }, grain: Grain::Hour }],
            ..Understanding::default()
        };
        let json = contract_json(&understood);
        assert_eq!(json["intents"], json!(["book", "other_language"]));
        assert_eq!(json["polarity"], "yes");
        assert_eq!(json["choice"], json!({ "ordinal": 2 }));
        assert_eq!(
            json["when"],
            json!([{ "from": "2026-11-24T14:00", "to": null, "grain": "hour" }])
        );
    }

    #[test]
    fn days_that_end_within_a_day_are_told_to_the_hour() {
        let told = |said: &str| {
            let found = understand(said, date(2026, 11, 23).at(9, 0, 0, 0));
            contract_json(&found)["when"].clone()
        };
        let noon = json!([{ "from": null, "to": "2026-11-27T12:00", "grain": "hour" }]);
        assert_eq!(told("avant vendredi midi"), noon);
        let half = json!([{ "from": null, "to": "2026-11-27T12:30", "grain": "minute" }]);
        assert_eq!(told("avant vendredi midi trente"), half);
        let day = json!([{ "from": null, "to": "2026-11-27T00:00", "grain": "day" }]);
        assert_eq!(told("avant vendredi"), day);
    }
}
