//! Gathers what is read into groups, and what a denial makes of it.

use super::{
    atoms::Atom,
    clock::Time,
    days::{DaySpan, Days, next_of_month, plus, weekday_of},
    group::{Fit, Group, Link},
    lexicon::Lex::*,
    life::{self, LifeDays},
    reader::Reader,
};
use crate::understand::Grain;
use domain::time::Span;
use jiff::civil::Date;

/// How far a denial reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Denial {
    None,
    /// "pas": one expression and those linked to it.
    One,
    /// "je ne peux pas", "je travaille": the rest of the clause.
    Clause,
    /// "sauf": until another clause begins.
    Except,
}

impl Reader<'_> {
    /// "mardi je ne peux pas" denies what was said in this clause; "je ne peux
    /// pas mardi" what comes.
    pub(super) fn unavailable(&mut self) {
        match self.groups.last_mut() {
            Some(group) if group.clause == self.clause && !group.negative => {
                group.negative = true;
                self.clause += 1;
            }
            Some(group)
                if group.clause + 1 == self.clause && group.negative && self.link != Link::Near => {
            }
            _ => self.denial = Denial::Clause,
        }
    }

    /// A denial of one expression ends when the next one is not linked to it.
    pub(super) fn settle_denial(&mut self, atom: &Atom) {
        let group =
            self.groups.last().filter(|group| group.negative && group.clause == self.clause);
        let Some(group) = group.filter(|_| self.denial == Denial::One && self.link == Link::Near)
        else {
            return;
        };
        // "pas mardi, jeudi" asks for Thursday, "pas cette semaine, la semaine
        // prochaine" for the next.
        let another = match atom {
            Atom::Days(days) if days.is_wide() => {
                let bound = days.turned().is_some();
                let apart = |last: &Days| last.is_apart(days) || bound && !last.is_wide();
                group.days.last().is_some_and(apart)
            }
            Atom::Days(_) => !group.days.is_empty(),
            Atom::Life(life) => life.days.is_none() && group.is_away_from(life.time),
            _ => false,
        };
        if another || self.last_end != self.at {
            self.denial = Denial::None;
            self.clause += 1;
        }
    }

    pub(super) fn life(&mut self, life: life::Life) {
        // "pas avant ce soir" denies the time, not the day.
        let bounds = matches!(life.time, Time::Before(_) | Time::After(_));
        if bounds {
            self.time(life.time);
        }
        let soon = life.days == Some(LifeDays::Soon)
            && self.target().is_none_or(|group| group.days.is_empty());
        if (life.days == Some(LifeDays::Today) || soon)
            && let Some(today) = Days::day(self.now.date())
        {
            self.days(today);
        }
        if !bounds {
            self.time(life.time);
        }
        if let (Some(LifeDays::Week(mask)), Some(group)) = (life.days, self.groups.last_mut())
            && group.days.is_empty()
        {
            group.mask = mask;
        }
    }

    pub(super) fn days(&mut self, days: Days) {
        let days = self.next_week(days);
        let (days, link, today) = (self.denied(days), self.link, self.now.date());
        self.same_month(&days);
        let clause = self.clause;
        let fit = self.target().map(|group| {
            // Days of another clause stand for themselves, unless they are one story.
            let link = if group.clause == clause { link } else { Link::Or };
            let part = group.times.is_empty() || group.days.is_empty();
            if link == Link::Or && group.clause != clause {
                if part && group.narrow(&days, today) {
                    group.clause = clause;
                    Fit::Taken
                } else {
                    Fit::Apart
                }
            } else {
                group.take_days(&days, link, today)
            }
        });
        if fit != Some(Fit::Taken) {
            let framed = self.target().and_then(|group| group.framed(&days, today));
            let days = framed.unwrap_or(days);
            self.open_group().take_days(&days, Link::Near, today);
        }
    }

    pub(super) fn time(&mut self, time: Time) {
        let time = match (self.denial, time) {
            // "pas avant dix heures".
            (Denial::One | Denial::Clause, Time::Before(clock)) => {
                self.denial = Denial::None;
                Time::After(clock)
            }
            (Denial::One | Denial::Clause, Time::After(clock)) => {
                self.denial = Denial::None;
                Time::Before(clock)
            }
            // "mardi midi" are the lunch hours.
            (_, Time::Point(clock))
                if clock.minute == 720 && clock.grain == Grain::Hour && self.lunch() =>
            {
                Time::Part(720, 840)
            }
            _ => time,
        };
        let link = self.link;
        if let Some(own) = self.target().and_then(|group| group.last_alone()) {
            self.groups.push(own);
        }
        let fit = self.target().map(|group| group.take_time(time, link));
        if fit != Some(Fit::Taken) {
            self.open_group().take_time(time, Link::Near);
        }
    }

    /// "pas avant jeudi midi" is from Thursday noon on.
    pub(super) fn limit(&mut self, limit: Span) {
        let denied = std::mem::replace(&mut self.denial, Denial::None) != Denial::None;
        let limit = match (denied, limit.to) {
            (true, Some(to)) => Span { from: Some(to), to: None },
            (true, None) => Span { from: Some(self.now), to: limit.from },
            (false, _) => limit,
        };
        self.limits.push(limit);
    }

    fn lunch(&self) -> bool {
        self.last_end == self.at && self.lex.get(self.at) == Some(&Midi)
    }

    /// "samedi, sinon lundi", said on a Monday, is the Monday after.
    fn next_week(&self, days: Days) -> Days {
        let today = self.now.date();
        let later = |days: &Days| {
            days.settle(today, false).first().and_then(|span| span.from) > Some(today)
        };
        let groups = self.groups.iter().filter(|group| !group.negative);
        let after = groups.flat_map(|group| &group.days).any(later);
        let otherwise = self.lex[self.at.saturating_sub(2)..self.at].contains(&Sinon);
        match days {
            Days::Weekday(weekday) if weekday == weekday_of(today) && otherwise && after => {
                plus(today, 7).and_then(Days::day).unwrap_or(days)
            }
            days => days,
        }
    }

    /// "après le 10 décembre mais avant le 20": the number is of a day after the
    /// first bound.
    pub(super) fn later_bound(&self, days: &Days, end: usize) -> Option<Days> {
        let (Days::Spans(spans), Number(n) | Padded(n)) = (days, self.lex[end - 1]) else {
            return None;
        };
        let number = i8::try_from(n).ok()?;
        let group = self.groups.last().filter(|group| !group.negative)?;
        let Days::Spans(said) = group.days.last()? else { return None };
        let first = said.first().filter(|span| span.to.is_none())?.from?;
        let [DaySpan { from: None, to: Some(to), .. }] = spans[..] else { return None };
        let day = next_of_month(first, number).filter(|_| to <= first)?;
        let to = if to.day() == number { day } else { plus(day, 1)? };
        Some(Days::Spans(vec![DaySpan { to: Some(to), ..spans[0] }]))
    }

    /// "pas avant mardi" is from Tuesday on, "pas après mardi" until then;
    /// "sauf mercredi" is any Wednesday.
    fn denied(&mut self, days: Days) -> Days {
        let one = matches!(self.denial, Denial::One | Denial::Clause);
        // "pas la semaine prochaine avant mercredi" denies a part of it.
        let part = self.groups.last().is_some_and(|group| {
            let own = group.negative && group.clause == self.clause && self.link == Link::Near;
            own && group.days.iter().any(|days| matches!(days, Days::Spans(_)))
        });
        let turned = if one && !part { days.turned() } else { None };
        if let Some(turned) = turned {
            self.denial = Denial::None;
            return turned;
        }
        match (self.denial, days) {
            (Denial::One | Denial::Except, Days::Weekday(weekday)) => Days::Every(1 << weekday),
            (_, days) => days,
        }
    }

    /// "le 24 ou le 25 novembre": the first takes the month of the second.
    fn same_month(&mut self, days: &Days) {
        let Days::Spans(spans) = days else { return };
        let (Some(day), Some(group)) =
            (spans.first().and_then(|span| span.from), self.groups.last_mut())
        else {
            return;
        };
        if !spans.iter().all(DaySpan::is_day) || self.link == Link::Near {
            return;
        }
        for other in &mut group.days {
            if let Days::OfMonth(number) = other
                && let Ok(date) = Date::new(day.year(), day.month(), *number)
                && let Some(settled) = Days::day(date)
            {
                *other = settled;
            }
        }
    }

    /// The group that the next expression may join.
    fn target(&mut self) -> Option<&mut Group> {
        let (negative, clause) = (self.denial != Denial::None, self.clause);
        if negative {
            return self.groups.last_mut().filter(|group| group.negative && group.clause == clause);
        }
        self.groups.iter_mut().rev().find(|group| !group.negative)
    }

    fn open_group(&mut self) -> &mut Group {
        let mut group = Group::new(self.clause);
        group.negative = self.denial != Denial::None;
        self.groups.push(group);
        let last = self.groups.len() - 1;
        &mut self.groups[last]
    }
}
