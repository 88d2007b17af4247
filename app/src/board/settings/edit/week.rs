//! The hours of a week as a form asks them: for each day, two periods or as
//! many as there are.

use super::draft::{Draft, Typed, text};
use crate::typo::{self, NBSP};
use domain::tenant::settings::{Hours, Moment};
use domain::time::hours::Opening;
use jiff::civil::{Time, Weekday, time};
use leptos::prelude::*;

/// The names of the days in files, Monday first.
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/// The periods of a day that a form shows at least, and at most.
const PERIODS: usize = 2;
const MOST: usize = 6;

fn day(index: usize) -> Weekday {
    let offset = i8::try_from(index).unwrap_or_default();
    Weekday::from_monday_zero_offset(offset).unwrap_or(Weekday::Monday)
}

fn written(at: Time) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// `9 h`, `14 h 30`, as it is typed.
fn spoken(at: Time) -> String {
    typo::clock(at).replace(NBSP, " ")
}

/// The fields that say these hours.
pub(super) fn write(typed: &mut Typed, kind: &str, week: &[Opening]) {
    for index in 0..DAYS.len() {
        let of_day = week.iter().filter(|opening| opening.day == day(index));
        for (period, opening) in of_day.enumerate() {
            typed.insert(format!("{kind}{index}_{period}_de"), spoken(opening.from));
            typed.insert(format!("{kind}{index}_{period}_a"), spoken(opening.to));
        }
    }
}

/// The hours that the fields say, and what is wrong with them.
pub(super) fn read(typed: &Typed, kind: &str, problems: &mut Typed) -> Vec<Hours> {
    let mut periods: Vec<(Time, Time, Vec<String>)> = Vec::new();
    for (index, name) in DAYS.iter().enumerate() {
        let mut before: Vec<(Time, Time)> = Vec::new();
        for period in 0..MOST {
            let field = format!("{kind}{index}_{period}");
            let (from, to) =
                (text(typed, &format!("{field}_de")), text(typed, &format!("{field}_a")));
            if from.is_empty() && to.is_empty() {
                continue;
            }
            match one(from, to, &before) {
                Ok(both) => {
                    before.push(both);
                    match periods.iter_mut().find(|known| (known.0, known.1) == both) {
                        Some(known) => known.2.push((*name).to_owned()),
                        None => periods.push((both.0, both.1, vec![(*name).to_owned()])),
                    }
                }
                Err(why) => {
                    problems.insert(format!("{kind}{index}"), why.to_owned());
                }
            }
        }
    }
    let entry = |(from, to, days): (Time, Time, Vec<String>)| Hours {
        days,
        from: Moment(written(from)),
        to: Moment(written(to)),
    };
    periods.into_iter().map(entry).collect()
}

fn one(from: &str, to: &str, before: &[(Time, Time)]) -> Result<(Time, Time), &'static str> {
    let (Some(from), Some(to)) = (clock(from), clock(to)) else {
        return Err("Il manque une heure, ou ce n’en est pas une : écrivez 9 h ou 14 h 30.");
    };
    if from >= to {
        return Err("La fin vient avant le début.");
    }
    if before.iter().any(|(other, end)| from < *end && *other < to) {
        return Err("Ces heures se chevauchent.");
    }
    Ok((from, to))
}

/// `09:00`, `9h`, `9 h 30`.
fn clock(raw: &str) -> Option<Time> {
    let compact: String = raw.chars().filter(|letter| !letter.is_whitespace()).collect();
    let (hour, minute) = compact.split_once([':', 'h', 'H'])?;
    let minute = if minute.is_empty() { "0" } else { minute.get(..2.min(minute.len()))? };
    match (hour.parse::<i8>().ok()?, minute.parse::<i8>().ok()?) {
        (24, 0) => Some(time(23, 59, 0, 0)),
        (hour @ 0..=23, minute @ 0..=59) => Some(time(hour, minute, 0, 0)),
        _ => None,
    }
}

/// The fields of a week.
pub(super) fn grid(draft: &Draft, kind: &str) -> AnyView {
    let days = (0..DAYS.len()).map(|index| row(draft, kind, index)).collect_view();
    view! { <div class="week">{days}</div> }.into_any()
}

fn row(draft: &Draft, kind: &str, index: usize) -> AnyView {
    let name = format!("{kind}{index}");
    let used = (0..MOST).rev().find(|period| {
        let field = format!("{name}_{period}_de");
        !text(&draft.typed, &field).is_empty()
    });
    let count = used.map_or(0, |last| last + 1).max(PERIODS);
    let word = typo::weekday(day(index));
    let error = draft.error(&name);
    let invalid = error.as_ref().map(|_| "true");
    let described = error.as_ref().map(|_| format!("{name}-erreur"));
    let periods = (0..count)
        .map(|period| {
            let (from, to) = (format!("{name}_{period}_de"), format!("{name}_{period}_a"));
            let (says_from, says_to) = (
                format!("{word}, ouverture {}", period + 1),
                format!("{word}, fermeture {}", period + 1),
            );
            let values = (draft.value(&from), draft.value(&to));
            view! {
                <span class="span">
                    <input name=from value=values.0 aria-label=says_from aria-invalid=invalid autocomplete="off" maxlength="8" aria-describedby=described.clone()/>
                    <span aria-hidden="true">"–"</span>
                    <input name=to value=values.1 aria-label=says_to aria-invalid=invalid autocomplete="off" maxlength="8" aria-describedby=described.clone()/>
                </span>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <fieldset class="field day"><legend>{word}</legend><div class="spans">{periods}</div>{error}</fieldset>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> Typed {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn days_with_the_same_hours_are_written_together() {
        let form = typed(&[
            ("h0_0_de", "09:00"),
            ("h0_0_a", "12:00"),
            ("h1_0_de", "9h"),
            ("h1_0_a", "12 h 00"),
            ("h1_1_de", "14:00:00"),
            ("h1_1_a", "24:00"),
        ]);
        let mut problems = Typed::new();
        let hours = read(&form, "h", &mut problems);
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(hours.len(), 2);
        assert_eq!(
            (hours[0].days.join(" "), hours[0].from.0.as_str()),
            ("mon tue".into(), "09:00")
        );
        assert_eq!(hours[1].to.0, "23:59");
    }

    #[test]
    fn what_is_wrong_is_said_beside_its_day() {
        for (from, to) in
            [("", "12:00"), ("25:00", "26:00"), ("12:00", "09:00"), ("é", "ü"), ("9:é", "10:00")]
        {
            let form = typed(&[("h2_0_de", from), ("h2_0_a", to)]);
            let mut problems = Typed::new();
            assert!(read(&form, "h", &mut problems).is_empty());
            assert!(problems.contains_key("h2"), "{from} {to}");
        }
        let form = typed(&[
            ("h2_0_de", "9:00"),
            ("h2_0_a", "12:00"),
            ("h2_1_de", "11:00"),
            ("h2_1_a", "13:00"),
        ]);
        let mut problems = Typed::new();
        read(&form, "h", &mut problems);
        assert_eq!(problems["h2"], "Ces heures se chevauchent.");
    }
}
