//! Sets of days, and how they are counted out on the calendar.

use super::bounds::{Bound, bounded, clipped};
use crate::understand::Grain;
use jiff::{Span as Length, civil::Date};

/// Days from the first to before the last; an open side is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DaySpan {
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub grain: Grain,
    /// 0 for the preferred reading.
    pub rank: u8,
}

/// What was said about days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Days {
    /// "mardi": the coming one, today included.
    Weekday(i8),
    /// "le mardi", "en semaine": these weekdays (bit 0 = Monday), again and again.
    Every(u8),
    /// "de mardi à jeudi": the coming ones, from the first to the last.
    Run(i8, i8),
    /// "en fin de semaine", the week not said: from the first to the last.
    Part(i8, i8),
    /// "avant mardi": the coming one, or the one in the period it is said of.
    Bound(Bound, i8),
    /// "le 15", the month not said.
    OfMonth(i8),
    /// Settled on the calendar.
    Spans(Vec<DaySpan>),
}

/// How far preferences without a date are listed.
pub(super) const HORIZON: i64 = 21;

impl DaySpan {
    pub fn new(from: Date, days: i64, grain: Grain) -> Option<Self> {
        Some(Self { from: Some(from), to: Some(plus(from, days)?), grain, rank: 0 })
    }

    pub fn ranked(self, rank: u8) -> Self {
        Self { rank, ..self }
    }

    /// True for exactly one day.
    pub fn is_day(&self) -> bool {
        self.from.is_some_and(|from| self.to.is_some() && self.to == plus(from, 1))
    }

    pub fn overlaps(&self, from: Date, to: Date) -> bool {
        self.from.is_none_or(|start| start < to) && self.to.is_none_or(|end| from < end)
    }

    /// The days within, from `today` on, at most `limit`.
    pub fn days(self, today: Date, limit: i64) -> impl Iterator<Item = Date> {
        let start = self.from.unwrap_or(today).max(today);
        // A span that is over keeps its own days.
        let start =
            if self.to.is_some_and(|to| to <= start) { self.from.unwrap_or(start) } else { start };
        let end = self.to;
        (0..limit)
            .map_while(move |n| plus(start, n))
            .take_while(move |day| end.is_none_or(|end| *day < end))
    }
}

impl Days {
    pub fn day(date: Date) -> Option<Self> {
        Some(Self::Spans(vec![DaySpan::new(date, 1, Grain::Day)?]))
    }

    /// True when it lasts longer than a day, so that a day can be picked in it.
    pub fn is_wide(&self) -> bool {
        match self {
            Self::Spans(spans) => spans.iter().any(|span| !span.is_day()),
            Self::Every(mask) => mask.count_ones() > 1,
            Self::Run(..) | Self::Part(..) | Self::Bound(..) => true,
            _ => false,
        }
    }

    /// The part of `self` that is in `wide`; `None` when there is none.
    pub fn within(&self, wide: &[DaySpan], today: Date) -> Option<Self> {
        if let Self::Bound(bound, weekday) = self {
            let clip = |span: &DaySpan| clipped(*bound, *weekday, *span, today);
            let found: Vec<_> = wide.iter().filter_map(clip).collect();
            return (!found.is_empty()).then_some(Self::Spans(found));
        }
        if let Self::Spans(spans) = self
            && let Some(ranked) = each_reading(spans, wide, today)
        {
            return Some(ranked);
        }
        let mut found = Vec::new();
        for span in wide {
            for day in span.days(today_or(span, today), 100) {
                let fits = match self {
                    Self::Weekday(weekday) => weekday_of(day) == *weekday,
                    Self::Every(mask) => mask & (1 << weekday_of(day)) != 0,
                    Self::Run(first, last) | Self::Part(first, last) => {
                        days_mask(*first, *last) & (1 << weekday_of(day)) != 0
                    }
                    Self::OfMonth(number) => day.day() == *number,
                    Self::Bound(..) => false,
                    Self::Spans(spans) => {
                        spans.iter().any(|narrow| narrow.overlaps(day, plus(day, 1).unwrap_or(day)))
                    }
                };
                if fits {
                    found.extend(DaySpan::new(day, 1, Grain::Day).map(|one| one.ranked(span.rank)));
                    if matches!(self, Self::Weekday(_) | Self::OfMonth(_)) {
                        break;
                    }
                }
            }
        }
        (!found.is_empty()).then_some(Self::Spans(join(found)))
    }

    /// Settles on the calendar. `over` tells whether a day of today's date is
    /// already over for what is wanted.
    pub fn settle(&self, today: Date, over: bool) -> Vec<DaySpan> {
        match self {
            Self::Spans(spans) => spans.clone(),
            Self::Weekday(weekday) => coming(today, *weekday, over),
            Self::Every(mask) => every(today, *mask, over),
            Self::Run(first, last) => run(today, *first, *last).into_iter().collect(),
            Self::Bound(bound, weekday) => bounded(*bound, &Self::Weekday(*weekday), today),
            Self::Part(first, last) => part(today, *first, *last).into_iter().collect(),
            Self::OfMonth(number) => next_of_month(today, *number)
                .and_then(|day| DaySpan::new(day, 1, Grain::Day))
                .into_iter()
                .collect(),
        }
    }
}

/// "cette semaine mardi" said on a Thursday looks back on purpose: a week is
/// searched whole, open spans from today.
fn today_or(span: &DaySpan, today: Date) -> Date {
    match (span.from, span.to) {
        (Some(from), Some(_)) => from.max(today),
        _ => today,
    }
}

/// "après le 10 mais avant le 20": each reading by itself, in its rank.
fn each_reading(spans: &[DaySpan], wide: &[DaySpan], today: Date) -> Option<Days> {
    let most = spans.iter().map(|span| span.rank).max().filter(|most| *most > 0)?;
    let mut found = Vec::new();
    for rank in 0..=most {
        let same = spans.iter().filter(|span| span.rank == rank).map(|span| span.ranked(0));
        let inner = Days::Spans(same.collect()).within(wide, today);
        if let Some(Days::Spans(inner)) = inner {
            found.extend(inner.iter().map(|span| span.ranked(span.rank.saturating_add(rank))));
        }
    }
    (!found.is_empty()).then_some(Days::Spans(found))
}

/// Neighbouring days become one span.
fn join(days: Vec<DaySpan>) -> Vec<DaySpan> {
    let mut joined: Vec<DaySpan> = Vec::with_capacity(days.len());
    for day in days {
        match joined.last_mut() {
            Some(last) if last.to == day.from && last.rank == day.rank => last.to = day.to,
            _ => joined.push(day),
        }
    }
    joined
}

fn coming(today: Date, weekday: i8, over: bool) -> Vec<DaySpan> {
    let mut readings = Vec::new();
    let away = i64::from((weekday - weekday_of(today)).rem_euclid(7));
    let aways: &[i64] = match (away, over) {
        (0, false) => &[0, 7],
        (0, true) => &[7, 0],
        _ => &[away],
    };
    for (rank, away) in (0..).zip(aways) {
        let day = plus(today, *away).and_then(|day| DaySpan::new(day, 1, Grain::Day));
        readings.extend(day.map(|day| day.ranked(rank)));
    }
    readings
}

fn run(today: Date, first: i8, last: i8) -> Option<DaySpan> {
    let from = plus(today, i64::from((first - weekday_of(today)).rem_euclid(7)))?;
    DaySpan::new(from, 1 + i64::from((last - first).rem_euclid(7)), Grain::Day)
}

/// Part of this week, or of the next when it is over.
fn part(today: Date, first: i8, last: i8) -> Option<DaySpan> {
    let this = DaySpan::new(
        plus(monday(today)?, i64::from(first))?,
        i64::from(1 + last - first),
        Grain::Day,
    )?;
    let over = this.to.is_some_and(|to| to <= today);
    if over {
        DaySpan::new(plus(this.from?, 7)?, i64::from(1 + last - first), Grain::Day)
    } else {
        Some(this)
    }
}

/// The weekdays from the first to the last, as bits.
pub(super) fn days_mask(first: i8, last: i8) -> u8 {
    (0..=(last - first).rem_euclid(7)).fold(0, |mask, n| mask | 1 << ((first + n) % 7))
}

fn every(today: Date, mask: u8, over: bool) -> Vec<DaySpan> {
    let skipped = i64::from(over && mask.count_ones() == 1);
    (skipped..HORIZON)
        .filter_map(|n| plus(today, n))
        .filter(|day| mask & (1 << weekday_of(*day)) != 0)
        .filter_map(|day| DaySpan::new(day, 1, Grain::Day))
        .collect()
}

/// The next day with this number, today included.
pub(super) fn next_of_month(today: Date, number: i8) -> Option<Date> {
    let mut month = today.first_of_month();
    for _ in 0..13 {
        if let Ok(day) = Date::new(month.year(), month.month(), number)
            && day >= today
        {
            return Some(day);
        }
        month = plus_months(month, 1)?;
    }
    None
}

/// The next day with this number and month, today included.
pub(super) fn next_yearly(today: Date, number: i8, month: i8) -> Option<Date> {
    (0..9).find_map(|years| {
        let day = Date::new(today.year().checked_add(years)?, month, number).ok()?;
        (day >= today).then_some(day)
    })
}

/// The next day with this number that is this weekday, within the next years.
pub(super) fn next_matching(today: Date, number: i8, weekday: i8) -> Option<Date> {
    let mut month = today.first_of_month();
    for _ in 0..36 {
        if let Ok(day) = Date::new(month.year(), month.month(), number)
            && day >= today
            && weekday_of(day) == weekday
        {
            return Some(day);
        }
        month = plus_months(month, 1)?;
    }
    None
}

/// "le dernier vendredi de novembre".
pub fn last_weekday(first: Date, weekday: i8) -> Option<Date> {
    let last = plus(plus_months(first, 1)?, -1)?;
    plus(last, -i64::from((weekday_of(last) - weekday).rem_euclid(7)))
}

/// The `nth` such weekday of the month of `first`.
pub(super) fn nth_weekday(first: Date, nth: i64, weekday: i8) -> Option<Date> {
    let ahead = i64::from((weekday - weekday_of(first)).rem_euclid(7));
    let day = plus(first, ahead + 7 * (nth - 1))?;
    (day.month() == first.month()).then_some(day)
}

pub(super) fn weekday_of(day: Date) -> i8 {
    day.weekday().to_monday_zero_offset()
}

pub(super) fn plus(day: Date, days: i64) -> Option<Date> {
    day.checked_add(Length::new().try_days(days).ok()?).ok()
}

pub(super) fn plus_months(day: Date, months: i64) -> Option<Date> {
    day.checked_add(Length::new().try_months(months).ok()?).ok()
}

/// Monday of the week of `day`.
pub(super) fn monday(day: Date) -> Option<Date> {
    plus(day, -i64::from(weekday_of(day)))
}
