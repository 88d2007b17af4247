//! Line icons, from one file of SVG symbols.

use crate::assets;
use leptos::prelude::*;

/// One icon of `public/icons.svg`; decoration beside a word, hidden from screen readers.
#[component]
pub fn Icon(
    /// The symbol's id.
    name: &'static str,
) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true">
            <use href=assets::icon_href(name)></use>
        </svg>
    }
}
