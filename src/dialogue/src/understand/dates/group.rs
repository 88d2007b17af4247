//! Statements gathered while reading: which days go with which times.

use super::{
    clock::Time,
    days::{DaySpan, Days},
};
use crate::understand::Grain;
use jiff::civil::Date;

/// How an expression is linked to the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    /// Directly, or with words that do not matter.
    Near,
    /// "ou", "sinon".
    Or,
    /// "et".
    And,
    /// "non pardon", "enfin plutôt": what follows replaces.
    Correct,
}

/// What becomes of a point in time said before "donc avant".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    Until,
    After,
}

/// Days and times that belong together.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Group {
    /// Alternatives.
    pub days: Vec<Days>,
    /// Alternatives, each of them several constraints at once.
    pub times: Vec<Vec<Time>>,
    /// The weekdays meant when no day is said (bit 0 = Monday).
    pub mask: u8,
    /// What is said here does not suit.
    pub negative: bool,
    /// The clause it was said in.
    pub clause: u16,
    /// The period in which days were picked.
    frame: Vec<DaySpan>,
    timed_first: bool,
    stale: bool,
}

/// Whether a statement was taken in, or needs a group of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    Taken,
    Apart,
}

impl Group {
    pub fn new(clause: u16) -> Self {
        Self {
            days: Vec::new(),
            times: Vec::new(),
            mask: 0b111_1111,
            negative: false,
            clause,
            frame: Vec::new(),
            timed_first: false,
            stale: false,
        }
    }

    /// Takes days in, when they belong here.
    pub fn take_days(&mut self, days: &Days, link: Link, today: Date) -> Fit {
        if self.days.is_empty() {
            if link == Link::Or && !self.times.is_empty() {
                return Fit::Apart;
            }
            self.timed_first = !self.times.is_empty();
            self.days.push(days.clone());
            return Fit::Taken;
        }
        if self.days.contains(days) {
            return Fit::Taken;
        }
        if let [last] = &mut self.days[..]
            && matches!(link, Link::Near | Link::And)
            && let Some(both) = last.bounded_by(days, today)
        {
            *last = both;
            return Fit::Taken;
        }
        if link != Link::Or && self.refine(days, link, today) {
            return Fit::Taken;
        }
        if link == Link::Correct {
            self.days.pop();
            self.days.push(days.clone());
            self.stale = true;
            return Fit::Taken;
        }
        if !self.times.is_empty() && !self.timed_first {
            return Fit::Apart;
        }
        let framed = match days {
            Days::Part(..) => days.within(&self.frame, today),
            days if days.is_wide() => None,
            days => days.within(&self.frame, today),
        };
        self.days.push(framed.unwrap_or_else(|| days.clone()));
        Fit::Taken
    }

    /// A weekday in the period that was picked in before: "mercredi de la
    /// semaine prochaine à dix heures, ou jeudi".
    pub fn framed(&self, days: &Days, today: Date) -> Option<Days> {
        matches!(days, Days::Weekday(_)).then(|| days.within(&self.frame, today)).flatten()
    }

    /// Days said in a later clause: taken only when they narrow this down.
    pub fn narrow(&mut self, days: &Days, today: Date) -> bool {
        if self.days.is_empty() {
            self.timed_first = true;
            self.days.push(days.clone());
            return true;
        }
        self.days.contains(days) || self.refine(days, Link::Near, today)
    }

    /// A day within a period said before or after it.
    fn refine(&mut self, days: &Days, link: Link, today: Date) -> bool {
        let wide = self.days.iter().all(Days::is_wide);
        if wide && (!days.is_wide() || self.is_wider_than(days)) {
            let spans: Vec<_> =
                self.days.iter().flat_map(|days| days.settle(today, false)).collect();
            if let Some(inner) = days.within(&spans, today) {
                self.days = vec![inner];
                self.frame = spans;
                return true;
            }
            return false;
        }
        let linked = link == Link::Near || link == Link::And && self.is_open_against(days);
        if !linked || !days.is_wide() {
            return false;
        }
        let spans = days.settle(today, false);
        let inner: Option<Vec<Days>> =
            self.days.iter().map(|day| day.within(&spans, today)).collect();
        match inner {
            Some(inner) => {
                self.days = inner;
                self.frame = spans;
                true
            }
            None => false,
        }
    }

    /// "la semaine prochaine, du mardi au jeudi".
    fn is_wider_than(&self, days: &Days) -> bool {
        matches!(days, Days::Every(_) | Days::Run(..) | Days::Part(..) | Days::Bound(..))
            && self.days.iter().all(|days| matches!(days, Days::Spans(_)))
    }

    /// "à partir du 10 et avant le 20": one bound on each side.
    fn is_open_against(&self, days: &Days) -> bool {
        let sides = |own: &Days| (open_side(own), open_side(days));
        self.days.iter().all(|own| {
            matches!(
                sides(own),
                (Some(Side::After), Some(Side::Before)) | (Some(Side::Before), Some(Side::After))
            )
        })
    }

    /// An exception to what was asked for: "mardi mais pas le matin", "la
    /// semaine prochaine sauf mercredi".
    pub fn inside(&self, asked: &Group, today: Date) -> Option<Group> {
        let mut inside = self.clone();
        if self.days.is_empty() {
            inside.days.clone_from(&asked.days);
            return Some(inside);
        }
        if !asked.days.iter().all(Days::is_wide) {
            return None;
        }
        let frame: Vec<_> = asked.days.iter().flat_map(|days| days.settle(today, false)).collect();
        inside.days =
            self.days.iter().map(|days| days.within(&frame, today)).collect::<Option<_>>()?;
        Some(inside)
    }

    /// Exceptions of several days: a time belongs to the last one only ("sauf
    /// le mercredi et le vendredi après-midi").
    pub fn last_alone(&mut self) -> Option<Group> {
        if !self.negative || self.days.len() < 2 || !self.times.is_empty() {
            return None;
        }
        let mut own = Group::new(self.clause);
        own.negative = true;
        own.days.extend(self.days.pop());
        Some(own)
    }

    /// True when a part of the day has nothing in common with those said.
    pub fn is_away_from(&self, time: Time) -> bool {
        let Time::Part(from, to) = time else { return false };
        let apart =
            |time: &Time| matches!(time, Time::Part(start, end) if to <= *start || *end <= from);
        !self.times.is_empty() && self.times.iter().flatten().all(apart)
    }

    /// Makes a bound of the last point or day; false when there is none.
    pub fn turn(&mut self, side: Side, today: Date) -> bool {
        if let Some(time) = self.times.last_mut().and_then(|all| all.last_mut()) {
            let Time::Point(clock) = *time else { return false };
            *time = if side == Side::After { Time::After(clock) } else { Time::Before(clock) };
            return true;
        }
        let Some(day) =
            self.days.last().and_then(|days| days.settle(today, false).first().copied())
        else {
            return false;
        };
        if day.from.is_none() || day.to.is_none() {
            return false;
        }
        let open = DaySpan { from: None, to: None, grain: Grain::Day, rank: 0 };
        let bound = match side {
            Side::Before => DaySpan { to: day.from, ..open },
            Side::Until => DaySpan { to: day.to, ..open },
            Side::After => DaySpan { from: day.to, ..open },
        };
        self.days.pop();
        self.days.push(Days::Spans(vec![bound]));
        true
    }

    /// Takes a time in, when it belongs here.
    pub fn take_time(&mut self, time: Time, link: Link) -> Fit {
        if link == Link::Correct || std::mem::take(&mut self.stale) {
            self.times.pop();
        }
        let Some(last) = self.times.last_mut() else {
            self.times.push(vec![time]);
            return Fit::Taken;
        };
        let bounds = matches!(
            (last.last(), time),
            (Some(Time::After(_)), Time::Before(_)) | (Some(Time::Before(_)), Time::After(_))
        );
        if bounds && link != Link::Or {
            last.push(time);
            return Fit::Taken;
        }
        match link {
            Link::Or | Link::And if self.timed_first && !self.days.is_empty() => Fit::Apart,
            Link::Or | Link::And => {
                let part = last.iter().copied().find(|time| matches!(time, Time::Part(..)));
                let inherited = part.filter(|_| last.len() > 1 && matches!(time, Time::Point(_)));
                self.times.push(inherited.into_iter().chain([time]).collect());
                Fit::Taken
            }
            _ if meets(last, time) => {
                last.push(time);
                Fit::Taken
            }
            _ => {
                self.times.push(vec![time]);
                Fit::Taken
            }
        }
    }
}

/// Where days with one open side are: before or after the other.
fn open_side(days: &Days) -> Option<Side> {
    let Days::Spans(spans) = days else { return None };
    let before = spans.iter().all(|span| span.from.is_none());
    let after = spans.iter().all(|span| span.to.is_none());
    if before { Some(Side::Before) } else { after.then_some(Side::After) }
}

/// True when two times said one after the other narrow each other down.
fn meets(last: &[Time], time: Time) -> bool {
    let exact = |time: &Time| matches!(time, Time::Point(_) | Time::Range(..));
    if exact(&time) && last.iter().any(exact) {
        return false;
    }
    match time {
        Time::Part(from, to) => last.iter().all(|other| match other {
            Time::Part(start, end) => from < *end && *start < to,
            _ => true,
        }),
        _ => true,
    }
}
