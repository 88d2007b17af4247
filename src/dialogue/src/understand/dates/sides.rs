//! Bounds together, bounds turned round, and days that have nothing in common.

use super::{
    bounds::Bound,
    days::{DaySpan, Days},
};
use crate::understand::Grain;
use jiff::civil::Date;

impl Days {
    /// "après le 15 et avant le 20", "au plus tôt lundi au plus tard mercredi":
    /// both together; a weekday is the one after the beginning.
    pub fn bounded_by(&self, other: &Self, today: Date) -> Option<Self> {
        let first = |days: &Self| days.settle(today, false).first().copied();
        let (one, two) = (first(self)?, first(other)?);
        let (from, upper) = match (one.from, one.to, two.from, two.to) {
            (Some(from), None, None, Some(_)) => (from, other),
            (None, Some(_), Some(from), None) => (from, self),
            _ => return None,
        };
        let to = match upper {
            Self::Bound(..) => upper.settle(from, false),
            _ => upper.settle(today, false),
        };
        let to = to.first()?.to.filter(|to| from < *to);
        let span = DaySpan { from: Some(from), to: Some(to?), grain: Grain::Day, rank: 0 };
        Some(Self::Spans(vec![span]))
    }

    /// The other side of a bound: "pas avant mardi" is from Tuesday on.
    pub fn turned(&self) -> Option<Self> {
        let spans = match self {
            Self::Bound(Bound::Before, weekday) => return Some(Self::Bound(Bound::From, *weekday)),
            Self::Bound(Bound::From, weekday) => return Some(Self::Bound(Bound::Before, *weekday)),
            Self::Bound(Bound::After, weekday) => return Some(Self::Bound(Bound::Until, *weekday)),
            Self::Bound(_, weekday) => return Some(Self::Bound(Bound::After, *weekday)),
            Self::Spans(spans) => spans,
            _ => return None,
        };
        let turn = |span: &DaySpan| DaySpan { from: span.to, to: span.from, ..*span };
        let open = spans.iter().all(|span| span.from.is_none() || span.to.is_none());
        // "après" has a second reading, its other side has none.
        open.then(|| Self::Spans(spans.iter().take(1).map(turn).collect()))
    }

    /// True when nothing of `other` lies in it, both settled on the calendar.
    pub fn is_apart(&self, other: &Self) -> bool {
        let (Self::Spans(own), Self::Spans(others)) = (self, other) else { return false };
        let ends = |end: Option<Date>, start: Option<Date>| {
            end.zip(start).is_some_and(|(end, start)| end <= start)
        };
        own.iter().all(|a| others.iter().all(|b| ends(a.to, b.from) || ends(b.to, a.from)))
    }
}
