//! The waiting list: what is offered, what is noted, what is told of it.

use super::{Rung, practice};
use crate::Script;
use crate::ask::Receipt;
use crate::speak;
use crate::state::Preference;
use crate::understand::{Grain, Window};
use domain::id::TicketId;
use domain::time::Span;
use jiff::SignedDuration;
use jiff::civil::{Date, DateTime, Time, Weekday};

/// Windows told one by one; more are told by what they have in common.
const FEW: usize = 3;

/// Offers what is left when nothing suits: at most three things, one question.
pub fn offer(human: bool, rung: Rung) -> &'static str {
    match (rung, human) {
        (Rung::First, true) => {
            "Préférez-vous la liste d'attente, qu'on vous rappelle, ou parler à quelqu'un ?"
        }
        (Rung::First, false) => "Préférez-vous la liste d'attente, ou qu'on vous rappelle ?",
        (Rung::Rephrase, _) => "Dois-je vous inscrire sur la liste d'attente ?",
        (Rung::Example, _) => {
            "Dites par exemple : la liste d'attente, ou : rappelez-moi. Que préférez-vous ?"
        }
        _ => "Voulez-vous être sur la liste d'attente ? Dites oui ou non.",
    }
}

/// The place on the list is written. Nothing more is promised than a call.
pub fn enlisted(_receipt: &Receipt<TicketId>, script: &Script<'_>) -> String {
    let practice = practice(script);
    format!(
        "Vous êtes bien sur la liste d'attente. Si une place se libère, {practice} vous rappelle."
    )
}

/// The wish is written, without a way to reach who made it.
pub fn noted(_receipt: &Receipt<TicketId>) -> &'static str {
    "Votre souhait est bien transmis."
}

/// What is noted for somebody who wants to be called about a wish.
pub fn call_back(wish: &str) -> String {
    format!("Souhaite être rappelé, aucun créneau ne convenait. {wish}")
}

/// A wish as the practice reads it. `more`: for what and with whom, if that is
/// known (" (Bilan) avec le docteur Martin").
pub fn wish(
    wish: &Preference,
    more: &str,
    moving: Option<DateTime>,
    motive: Option<&str>,
) -> String {
    let what = match moving {
        Some(at) => format!("Souhaite déplacer son rendez-vous de {}{more}", speak::moment(at)),
        None => format!("Souhaite un rendez-vous{more}"),
    };
    let but = match except(&wish.except) {
        days if days.is_empty() => String::new(),
        days => format!(", sauf {days}"),
    };
    let motive = motive.map_or_else(String::new, |motive| format!(" Motif : {motive}."));
    format!("{what} : {}{but}.{motive}", when(wish))
}

fn when(wish: &Preference) -> String {
    if let Some(near) = wish.near {
        return format!("{}, vers {}", speak::day(near.date()), speak::time(near.time()));
    }
    match &wish.within[..] {
        [] => "dès que possible".to_owned(),
        few if few.len() <= FEW => speak::or(&few.iter().map(window).collect::<Vec<_>>()),
        many => habit(many),
    }
}

fn window(window: &Window) -> String {
    match (window.span.from, window.span.to) {
        (Some(from), Some(to)) => closed(from, to, window.grain),
        (Some(from), None) => format!("à partir de {}", speak::moment(from)),
        (None, Some(to)) => format!("avant {}", speak::moment(to)),
        (None, None) => "n'importe quand".to_owned(),
    }
}

fn closed(from: DateTime, to: DateTime, grain: Grain) -> String {
    let last = last_day(to);
    if grain == Grain::Minute || to.duration_since(from) <= SignedDuration::from_mins(15) {
        return speak::moment(from);
    }
    if whole_days(from, to) {
        return match from.date() == last {
            true => speak::day(from.date()),
            false => format!("du {} au {}", speak::day(from.date()), speak::day(last)),
        };
    }
    match from.date() == last {
        true => format!("{} {}", speak::day(from.date()), hours(from.time(), to.time())),
        false => format!("entre {} et {}", speak::moment(from), speak::moment(to)),
    }
}

/// The same hours on many days: "le mardi et le jeudi, de 8 h à 12 h".
fn habit(windows: &[Window]) -> String {
    let spans: Vec<(DateTime, DateTime)> =
        windows.iter().filter_map(|window| window.span.from.zip(window.span.to)).collect();
    let times = |(from, to): &(DateTime, DateTime)| (from.time(), to.time());
    let first = spans.first().map(times);
    let alike =
        spans.len() == windows.len() && spans.iter().map(times).all(|one| Some(one) == first);
    let (Some((from, to)), true) = (first, alike) else {
        let some: Vec<String> = windows.iter().take(FEW).map(window).collect();
        return format!("{}, ou plus tard", some.join(", "));
    };
    let days = weekdays(&spans);
    let days = match days.len() {
        5.. => "n'importe quel jour".to_owned(),
        _ => {
            let named: Vec<String> =
                days.iter().map(|day| format!("le {}", speak::weekday(*day))).collect();
            speak::and(&named)
        }
    };
    match from == to {
        true => days,
        false => format!("{days}, {}", hours(from, to)),
    }
}

fn weekdays(spans: &[(DateTime, DateTime)]) -> Vec<Weekday> {
    let mut days: Vec<Weekday> = spans.iter().map(|(from, _)| from.date().weekday()).collect();
    days.sort_by_key(|day| day.to_monday_zero_offset());
    days.dedup();
    days
}

fn hours(from: Time, to: Time) -> String {
    let midnight = Time::midnight();
    match (from == midnight, to == midnight) {
        (true, false) => format!("avant {}", speak::time(to)),
        (false, true) => format!("à partir de {}", speak::time(from)),
        _ => format!("de {} à {}", speak::time(from), speak::time(to)),
    }
}

fn except(spans: &[Span]) -> String {
    let told: Vec<String> = spans
        .iter()
        .take(FEW)
        .map(|span| window(&Window { span: *span, grain: Grain::Hour }))
        .collect();
    speak::and(&told)
}

fn whole_days(from: DateTime, to: DateTime) -> bool {
    from.time() == Time::midnight() && to.time() == Time::midnight() && from < to
}

/// The last day of a span that ends, exclusive, at `to`.
fn last_day(to: DateTime) -> Date {
    match to.time() == Time::midnight() {
        true => to.date().yesterday().unwrap_or(to.date()),
        false => to.date(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn told(windows: &[(DateTime, DateTime)], grain: Grain) -> String {
        let within = windows
            .iter()
            .map(|(from, to)| Window { span: Span { from: Some(*from), to: Some(*to) }, grain });
        let wish = Preference { within: within.collect(), ..Preference::default() };
        super::wish(&wish, "", None, None)
    }

    #[test]
    fn a_wish_is_told_as_the_practice_reads_it() {
        let tuesday = date(2026, 11, 24);
        let at = |hour: i8| tuesday.at(hour, 0, 0, 0);
        assert_eq!(told(&[], Grain::Day), "Souhaite un rendez-vous : dès que possible.");
        assert_eq!(
            told(&[(at(14), at(18))], Grain::Hour),
            "Souhaite un rendez-vous : mardi 24 novembre de 14 h à 18 h."
        );
        assert_eq!(
            told(&[(at(0), date(2026, 11, 25).at(0, 0, 0, 0))], Grain::Day),
            "Souhaite un rendez-vous : mardi 24 novembre."
        );
        assert_eq!(
            told(&[(at(0), date(2026, 11, 29).at(0, 0, 0, 0))], Grain::Week),
            "Souhaite un rendez-vous : du mardi 24 novembre au samedi 28 novembre."
        );
    }

    #[test]
    fn the_same_hours_on_many_days_are_told_once() {
        let mornings: Vec<(DateTime, DateTime)> = (0..20)
            .map(|later| {
                let day = date(2026, 11, 24).saturating_add(jiff::Span::new().days(later));
                (day.at(8, 0, 0, 0), day.at(12, 0, 0, 0))
            })
            .collect();
        assert_eq!(
            told(&mornings, Grain::Hour),
            "Souhaite un rendez-vous : n'importe quel jour, de 8 h à 12 h."
        );
        let tuesdays: Vec<_> = mornings.iter().step_by(7).copied().collect();
        let four = [tuesdays.clone(), tuesdays].concat();
        assert_eq!(told(&four, Grain::Hour), "Souhaite un rendez-vous : le mardi, de 8 h à 12 h.");
    }
}
