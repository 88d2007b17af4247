//! What the pages of assistants and numbers share.

use crate::parts::{Icon, Notice, Tone};
use crate::typo::french;
use crate::web::Web;
use leptos::prelude::*;

/// That nothing is real, where it is not.
pub(crate) fn simulated(web: &Web) -> impl IntoView + use<> {
    web.is_simulated().then(|| {
        let text = "Opérateurs simulés sur cette machine : rien n’est acheté, rien n’est facturé.";
        view! { <p class="soft small aside"><Icon name="info"/>{french(text)}</p> }
    })
}

/// Why somebody sees and does not change.
pub(crate) fn read_only() -> impl IntoView {
    let text = "Ce qui engage une dépense est réservé aux responsables du cabinet. Vous voyez tout ; pour changer quelque chose, adressez-vous à eux.";
    view! { <p class="soft small aside"><Icon name="info"/>{french(text)}</p> }
}

/// What was done, or what became of it.
pub(crate) fn told(good: Option<&'static str>, warn: Option<String>) -> impl IntoView {
    let good = good.map(|text| view! { <Notice tone=Tone::Good text=text.to_owned()/> });
    let warn = warn.map(|text| view! { <Notice tone=Tone::Warn text/> });
    view! { {good}{warn} }
}

/// A page between a wish and what cannot be undone.
pub(crate) struct Question {
    /// Where it came from.
    pub(crate) back: String,
    /// What is asked.
    pub(crate) title: String,
    /// What it means, line by line.
    pub(crate) means: Vec<String>,
    /// Where yes is sent.
    pub(crate) action: String,
    /// What yes is called.
    pub(crate) yes: &'static str,
}

/// Shows it.
pub(crate) fn question(asked: Question) -> impl IntoView {
    let means = asked
        .means
        .into_iter()
        .map(|line| view! { <li><Icon name="next"/><span>{french(&line)}</span></li> })
        .collect_view();
    view! {
        <header class="page-head"><h1>{french(&asked.title)}</h1></header>
        <ul class="means">{means}</ul>
        <form class="choices" method="post" action=asked.action data-once="">
            <button class="button danger" type="submit">{asked.yes}</button>
            <a class="button" href=asked.back>"Ne rien changer"</a>
        </form>
    }
}

/// A choice among words.
pub(crate) fn choices(known: &[(&'static str, &'static str)], chosen: &str) -> AnyView {
    // A value from elsewhere stays choosable, so that saving does not change it.
    let foreign = (!chosen.is_empty() && !known.iter().any(|(value, _)| *value == chosen))
        .then(|| view! { <option value=chosen.to_owned() selected>{chosen.to_owned()}</option> });
    let known = known
        .iter()
        .map(|(value, words)| view! { <option value=*value selected=*value == chosen>{*words}</option> })
        .collect_view();
    view! { {known}{foreign} }.into_any()
}

/// The only time that a token is readable.
pub(crate) fn shown_once(token: Option<String>) -> impl IntoView {
    let text = "Un programme s’en sert pour agir au nom de cet assistant. Copiez-le maintenant : il ne sera plus jamais affiché.";
    token.map(|token| {
        view! {
            <section class="panel once" role="status">
                <header><h2>"Son jeton d’API"</h2></header>
                <p>{french(text)}</p>
                <div class="field"><label for="jeton">"À garder secret"</label><input id="jeton" class="n" readonly value=token autocomplete="off" spellcheck="false"/></div>
            </section>
        }
    })
}
