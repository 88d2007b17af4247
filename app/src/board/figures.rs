//! The four figures of a period.

use super::period::Span;
use crate::parts::bars;
use crate::typo;
use desk::snapshot::{Period, Snapshot};
use leptos::prelude::*;
use store::dashboard::figures::Counters;

/// What the figures show.
pub(super) struct Figures {
    /// Over which days.
    pub(super) span: Span,
    /// What happened.
    pub(super) now: Snapshot,
    /// The days of the bars, when they are not those of the period (today alone has one bar).
    pub(super) bars: Vec<Counters>,
    /// The days before, as many.
    pub(super) before: Counters,
}

/// Which of the counters a figure shows.
type Counter = fn(&Counters) -> i64;

/// Four figures in a row.
pub(super) fn view(figures: Figures) -> impl IntoView {
    let before = match figures.span {
        Span::Period(Period::Today) => "hier",
        _ => "avant",
    };
    let entries: [(&'static str, Counter); 4] = [
        ("Appels", |c| c.calls),
        ("Rendez-vous", |c| c.bookings),
        ("Transferts", |c| c.transfers),
        ("Abandons", |c| c.abandons),
    ];
    let items = entries
        .map(|(name, of)| {
            let days: Vec<i64> = figures.bars.iter().map(of).collect();
            figure(name, of(&figures.now.total), (before, of(&figures.before)), &days).into_any()
        })
        .collect_view();
    view! { <dl class="figures">{items}</dl> }
}

fn figure(
    name: &'static str,
    value: i64,
    (word, before): (&'static str, i64),
    days: &[i64],
) -> impl IntoView + use<> {
    let key = format!("figure-{name}");
    view! {
        <div class="figure" data-key=key>
            <dt class="of">{name}</dt>
            <dd class="value">{typo::thousands(value)}</dd>
            <dd class="than">{word}"\u{a0}: "{typo::thousands(before)}</dd>
            <dd>{bars(days).into_any()}</dd>
        </div>
    }
}
