//! The homepage.

use super::demo::Demo;
use super::{demo, miniature, sections, shell};
use crate::page::{Head, Script, render};
use crate::parts::Icon;
use crate::typo;
use axum::http::StatusCode;
use axum::response::Response;
use domain::phone::E164;
use jiff::civil::{Date, Weekday};
use leptos::prelude::*;

/// Everything the homepage shows.
pub struct HomePage {
    /// The demonstration number.
    pub number: E164,
    /// Today, for the dates of the examples.
    pub today: Date,
    /// The visitor's written conversation.
    pub demo: Demo,
}

/// Renders it.
pub fn show(page: HomePage) -> Response {
    let head = Head {
        title: "Chaque appel reçoit une réponse".to_owned(),
        description: Some(
            "UWi répond au téléphone de votre cabinet, en français : il prend les rendez-vous, \
             note les messages et vous montre chaque appel.",
        ),
        script: Script::Yes,
        class: "site",
    };
    let number = page.number.clone();
    render(StatusCode::OK, head, shell::shell(content(page), &number))
}

fn content(page: HomePage) -> impl IntoView {
    let example = example_day(page.today);
    view! {
        <main id="contenu">
            {hero(&page.number, example).into_any()}
            {sections::steps().into_any()}
            {miniature::section(page.today).into_any()}
            {sections::never().into_any()}
            {demo::section(page.demo).into_any()}
            {sections::questions().into_any()}
        </main>
    }
}

/// A weekday soon enough to be offered: the Tuesday that follows in two days or more.
fn example_day(today: Date) -> Date {
    let from = today.saturating_add(jiff::Span::new().days(2));
    from.nth_weekday(1, Weekday::Tuesday).unwrap_or(from)
}

fn hero(number: &E164, day: Date) -> impl IntoView + use<> {
    let telephone = format!("tel:{}", number.as_str());
    let call = format!("📞 Écouter la démo vocale{}: {}", typo::NBSP, typo::phone(number));
    view! {
        <section class="hero">
            <div class="promise">
                <h1>"Chaque appel reçoit une réponse."</h1>
                <p class="lead">
                    "UWi répond au téléphone de votre cabinet, propose un horaire vraiment libre et l’inscrit à l’agenda. Vous retrouvez chaque appel, mot pour mot, sur une page claire."
                </p>
                <div class="call">
                    <a class="button primary big" href=telephone>{call}</a>
                    <p class="small soft">"Numéro de démonstration (public)."</p>
                </div>
                <p><a class="onward" href="#essayer"><Icon name="pen"/>"Essayer par écrit"</a></p>
            </div>
            {example(day).into_any()}
        </section>
    }
}

fn example(day: Date) -> impl IntoView {
    let named = typo::day(day);
    let offer =
        format!("{} après-midi, j’ai 16 h 30 ou 17 h. Lequel vous convient ?", capital(&named));
    let done =
        format!("C’est noté : {named} à 16 h 30, au nom de Camille Lefèvre. Bonne journée !");
    view! {
        <figure class="example" aria-label="Exemple d’appel">
            <ol class="speech">
                <li class="us"><span class="unseen">"UWi : "</span>{typo::french("Bonjour, cabinet Martin. Je suis l’assistant automatique. Que puis-je faire pour vous ?")}</li>
                <li class="them"><span class="unseen">"L’appelante : "</span>"Je voudrais voir le docteur mardi, plutôt en fin d’après-midi."</li>
                <li class="us"><span class="unseen">"UWi : "</span>{typo::french(&offer)}</li>
                <li class="them"><span class="unseen">"L’appelante : "</span>"Seize heures trente. Camille Lefèvre, sur ce numéro."</li>
                <li class="us"><span class="unseen">"UWi : "</span>{typo::french(&done)}</li>
            </ol>
            <figcaption class="seen">
                <p class="small soft">"Au même instant, dans l’agenda du cabinet"</p>
                <div class="made">
                    <p class="hour">{typo::clock_full(jiff::civil::time(16, 30, 0, 0))}<span class="soft small">{named}</span></p>
                    <p><strong>"Camille Lefèvre"</strong><br/><span class="soft">"Consultation, 20" "\u{a0}" "min"</span></p>
                    <span class="chip good"><Icon name="booked"/>"Rendez-vous"</span>
                </div>
            </figcaption>
        </figure>
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
