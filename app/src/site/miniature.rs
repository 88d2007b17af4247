//! A small dashboard in the homepage, made of the dashboard's own parts and invented calls.

use crate::parts::{Icon, bars};
use crate::typo;
use jiff::civil::Date;
use leptos::prelude::*;

/// What the practice sees.
pub fn section(today: Date) -> impl IntoView {
    view! {
        <section id="tableau" class="band">
            <header class="intro">
                <h2>"Ce que voit le cabinet"</h2>
                <p>{typo::french("Ce qui attend une réponse d’abord, puis les chiffres, puis chaque appel. Une secrétaire entre deux patients s’y retrouve en trois secondes.")}</p>
            </header>
            <figure class="miniature">
                <div class="screen">
                    <p class="screen-title"><strong>{typo::french("Aujourd’hui")}</strong><span class="soft">{typo::day(today)}</span></p>
                    <p class="waits"><Icon name="message"/><span><strong>"Hugo Bernard"</strong>" demande qu’on le rappelle"</span><span class="soft n">"9 h 12"</span></p>
                    {figures().into_any()}
                    {calls().into_any()}
                </div>
                <figcaption class="small soft">"Un exemple, avec des appels inventés."</figcaption>
            </figure>
        </section>
    }
}

fn figures() -> impl IntoView {
    let figures: [(&str, &str, [i64; 7]); 4] = [
        ("Appels", "24", [18, 22, 17, 25, 21, 9, 24]),
        ("Rendez-vous", "11", [7, 9, 8, 12, 9, 4, 11]),
        ("Transferts", "3", [2, 4, 1, 3, 2, 0, 3]),
        ("Abandons", "1", [2, 1, 3, 1, 2, 0, 1]),
    ];
    let items = figures
        .map(|(of, value, days)| {
            view! {
                <div class="figure">
                    <dt class="of">{of}</dt>
                    <dd class="value">{value}</dd>
                    <dd>{bars(&days).into_any()}</dd>
                </div>
            }
        })
        .collect_view();
    view! { <dl class="figures">{items}</dl> }
}

fn calls() -> impl IntoView {
    let calls = [
        ("10 h 41", "Camille Lefèvre", "good", "booked", "Rendez-vous", "mardi à 16 h 30"),
        (
            "10 h 26",
            "Numéro finissant par 52",
            "",
            "question",
            "Renseignement",
            "horaires du samedi",
        ),
        ("9 h 58", "Inès Moreau", "note", "moved", "Déplacé", "de jeudi à vendredi, 9 h"),
        ("9 h 12", "Hugo Bernard", "warn", "message", "Message", "à rappeler"),
    ];
    let rows = calls
        .map(|(at, who, state, icon, outcome, what)| {
            view! {
                <li>
                    <span class="soft n">{at}</span>
                    <span>{who}</span>
                    <span class=format!("chip {state}")><Icon name=icon/>{outcome}</span>
                    <span class="soft what">{what}</span>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="mini-rows">{rows}</ul> }
}
