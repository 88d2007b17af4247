//! Notices and empty states.

use super::Icon;
use crate::typo::french;
use leptos::prelude::*;

/// What a notice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something to know.
    Info,
    /// Something worked.
    Good,
    /// Something to look at.
    Warn,
}

/// A sentence in a box.
#[component]
pub fn Notice(
    /// What it is about.
    tone: Tone,
    /// The sentence.
    text: String,
) -> impl IntoView {
    let (class, icon) = match tone {
        Tone::Info => ("notice", "info"),
        Tone::Good => ("notice good", "check"),
        Tone::Warn => ("notice warn", "alert"),
    };
    view! { <p class=class role="status"><Icon name=icon/><span>{french(&text)}</span></p> }
}

/// What will come here, and what to do.
#[component]
pub fn Empty(
    /// An icon's name.
    icon: &'static str,
    /// In a few words.
    title: &'static str,
    /// In a sentence.
    text: &'static str,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon name=icon/>
            <p><strong>{french(title)}</strong></p>
            <p>{french(text)}</p>
        </div>
    }
}
