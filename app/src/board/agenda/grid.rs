//! The grid of hours and days.

use super::{AgendaPage, block_label, day_label};
use crate::parts::Icon;
use domain::tenant::{ClosedDay, Profile};
use jiff::civil::{Date, DateTime};
use leptos::prelude::*;
use store::dashboard::agenda::VisitRow;

/// Minutes in one row of the grid.
const STEP: i32 = 5;

/// The hours that the grid shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Hours {
    from: i32,
    to: i32,
}

impl Hours {
    /// The practice's own hours, wide enough for every appointment; 8 to 19 at least by default.
    fn of(profile: &Profile, visits: &[VisitRow]) -> Self {
        let opens = profile.hours.iter().map(|opening| opening.from_minute());
        let closes = profile.hours.iter().map(|opening| opening.to_minute());
        let (mut from, mut to) = (opens.min().unwrap_or(8 * 60), closes.max().unwrap_or(19 * 60));
        for visit in visits {
            let start = minute(&visit.rdv_time);
            from = from.min(start);
            to = to.max((start + length(visit)).min(24 * 60));
        }
        Self { from: from.div_euclid(60) * 60, to: ((to + 59).div_euclid(60) * 60).min(24 * 60) }
    }

    /// The class that begins something at a minute of the day.
    fn at(self, minute: i32) -> String {
        format!("at-{}", (minute.clamp(self.from, self.to) - self.from) / STEP)
    }

    /// The class that lets it last.
    fn lasting(self, from: i32, to: i32) -> String {
        let (from, to) = (from.clamp(self.from, self.to), to.clamp(self.from, self.to));
        format!("for-{}", ((to - from) / STEP).max(1))
    }
}

/// `HH:MM` in minutes; midnight when it is unreadable.
fn minute(time: &str) -> i32 {
    let (hour, minute) = time.split_once(':').unwrap_or((time, "0"));
    hour.parse().unwrap_or(0) * 60 + minute.parse().unwrap_or(0)
}

fn length(visit: &VisitRow) -> i32 {
    i32::try_from(visit.rdv_duration_minutes).unwrap_or(30).clamp(STEP, 24 * 60)
}

/// The whole week.
pub(super) fn view(page: &AgendaPage) -> impl IntoView + use<> {
    let hours = Hours::of(&page.profile, &page.visits);
    let labels = (hours.from / 60..hours.to / 60)
        .map(|hour| {
            let class = hours.at(hour * 60);
            view! { <li class=class>{hour}"\u{a0}h"</li> }
        })
        .collect_view();
    let days = page.days.each().map(|date| day(page, date, hours).into_any()).collect_view();
    view! {
        <div class="agenda">
            <ol class="hours" aria-hidden="true">{labels}</ol>
            {days}
        </div>
    }
}

fn day(page: &AgendaPage, date: Date, hours: Hours) -> impl IntoView + use<> {
    let class = match (date == page.day, date == page.now.date()) {
        (true, true) => "day chosen today",
        (true, false) => "day chosen",
        (false, true) => "day today",
        (false, false) => "day",
    };
    let text = date.to_string();
    let of_day = page.visits.iter().filter(|visit| visit.rdv_date == text);
    let blocks = of_day.map(|visit| block(visit, &page.profile, hours).into_any()).collect_view();
    let closed = closed(&page.profile, date)
        .into_iter()
        .filter(|(from, to)| *from < hours.to && *to > hours.from)
        .map(|(from, to)| {
            let class = format!("closed {} {}", hours.at(from), hours.lasting(from, to));
            view! { <li class=class aria-hidden="true"></li> }
        })
        .collect_view();
    let why = page.profile.closed_on(date).map(why_closed);
    let why = why.map(|text| view! { <span class="small soft">{text}</span> });
    let line = now_line(page.now, date, hours);
    view! {
        <section class=class>
            <h2>{day_label(date)}{why}</h2>
            <ol class="slots">{closed}{line}{blocks}</ol>
        </section>
    }
}

fn why_closed(closed: ClosedDay<'_>) -> String {
    match closed {
        ClosedDay::Holiday(name) => name.to_owned(),
        ClosedDay::Closure(reason) => reason.unwrap_or("fermé").to_owned(),
    }
}

/// The minutes of a day in which the doors are closed.
fn closed(profile: &Profile, date: Date) -> Vec<(i32, i32)> {
    let mut from = 0;
    let mut gaps = Vec::new();
    for opening in profile.openings_on(date) {
        gaps.push((from, opening.from_minute()));
        from = opening.to_minute();
    }
    gaps.push((from, 24 * 60));
    gaps.retain(|(from, to)| from < to);
    gaps
}

fn now_line(now: DateTime, date: Date, hours: Hours) -> Option<impl IntoView + use<>> {
    let minute = i32::from(now.hour()) * 60 + i32::from(now.minute());
    let shown = now.date() == date && (hours.from..hours.to).contains(&minute);
    shown.then(|| {
        let class = format!("now {}", hours.at(minute));
        view! { <li class=class><span class="unseen">"Maintenant"</span></li> }
    })
}

fn block(visit: &VisitRow, profile: &Profile, hours: Hours) -> impl IntoView + use<> {
    let start = minute(&visit.rdv_time);
    let column = profile.calendars.iter().position(|calendar| calendar.id.0 == visit.calendar_id);
    let columns = profile.calendars.len().clamp(1, 4);
    let column = column.unwrap_or(0).min(3) + 1;
    let class = format!(
        "visit {} {} of-{columns} col-{column}",
        hours.at(start),
        hours.lasting(start, start + length(visit))
    );
    let href = format!("/app/rendez-vous/{}", visit.id);
    let mark = (visit.created_by == "sara").then(|| {
        view! { <span class="mark-by" title="Pris par l’assistant"><Icon name="assistant"/><span class="unseen">", pris par l’assistant"</span></span> }
    });
    view! {
        <li class=class data-key=visit.id.clone()>
            <a href=href><span class="hour">{block_label(visit)}</span>" "<strong>{visit.customer_name.clone()}</strong>{mark}</a>
        </li>
    }
}

/// The rules for the positions, made once: five-minute rows of one day.
pub(crate) fn position_rules() -> String {
    let rows = 24 * 60 / STEP;
    let begins = (0..rows).map(|row| format!(".at-{row}{{grid-row-start:{}}}", row + 1));
    let lasts = (1..=rows).map(|rows| format!(".for-{rows}{{grid-row-end:span {rows}}}"));
    let rules: String = begins.chain(lasts).collect();
    format!("@layer pages{{{rules}}}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_stay_in_the_grid_whatever_is_stored() {
        let hours = Hours { from: 8 * 60, to: 19 * 60 };
        assert_eq!(hours.at(9 * 60 + 30), "at-18");
        assert_eq!(hours.at(0), "at-0");
        assert_eq!(hours.lasting(9 * 60, 9 * 60 + 20), "for-4");
        assert_eq!(hours.lasting(18 * 60 + 55, 30 * 60), "for-1");
        assert_eq!(minute("nonsense"), 0);
        assert_eq!(minute("16:30"), 990);
        assert!(position_rules().contains(".at-287{grid-row-start:288}"));
    }
}
