//! A tiny bar chart: one bar per day, the last one strong.

use leptos::prelude::*;

const HEIGHT: f64 = 32.0;

/// Bars for `days`, oldest first; decoration beside the figure that says the same in words.
pub fn bars(days: &[i64]) -> impl IntoView + use<> {
    let count = days.len().max(1);
    let most = days.iter().copied().max().unwrap_or(0).max(1);
    let bars = days
        .iter()
        .enumerate()
        .map(|(index, value)| {
            let height = (*value.max(&0) as f64 / most as f64 * (HEIGHT - 2.0)).max(1.0);
            let class = (index + 1 == days.len()).then_some("last");
            view! {
                <rect class=class x=format!("{}", index * 10 + 1) y=format!("{:.1}", HEIGHT - height)
                    width="8" height=format!("{height:.1}")/>
            }
        })
        .collect_view();
    view! {
        <svg class="bars" viewBox=format!("0 0 {} {HEIGHT}", count * 10) preserveAspectRatio="none" aria-hidden="true">
            {bars}
        </svg>
    }
}
