//! The homepage's sections that never change.

use crate::parts::Icon;
use crate::typo::french;
use leptos::prelude::*;

/// What the caller lives.
pub fn steps() -> impl IntoView {
    let steps = [
        (
            "On décroche, et on se présente",
            "Dès la première phrase, l’appelant sait qu’il parle à un assistant automatique, et de quel cabinet.",
        ),
        (
            "On écoute, on propose",
            "« Plutôt jeudi, en fin de journée. » Il comprend la phrase telle qu’elle est dite et ne propose que des horaires libres, selon vos règles.",
        ),
        (
            "On écrit, puis on confirme",
            "Le rendez-vous est d’abord inscrit, ensuite confirmé à voix haute. Si ce n’est pas possible, il prend un message ou passe l’appel.",
        ),
    ];
    let items = steps
        .map(|(title, text)| view! { <li><h3>{title}</h3><p>{french(text)}</p></li> })
        .collect_view();
    view! {
        <section id="etapes" class="band">
            <h2>"Ce que vit la personne qui appelle"</h2>
            <ol class="steps">{items}</ol>
        </section>
    }
}

/// What UWi never does.
pub fn never() -> impl IntoView {
    let promises = [
        (
            "Inventer",
            "Horaires, adresse, tarifs : il lit vos réglages. Ce qui n’y est pas, il ne le dit pas ; il prend un message.",
        ),
        (
            "Lire un numéro à voix haute",
            "Pour vérifier, il ne prononce que les deux derniers chiffres.",
        ),
        (
            "Se faire passer pour quelqu’un",
            "Il dit qu’il est un assistant automatique, dès le début de l’appel.",
        ),
        ("Retenir une urgence", "Avant toute autre chose, il dit d’appeler le 15 ou le 112."),
        (
            "Confirmer ce qui n’est pas écrit",
            "Aucun « c’est noté » sans rendez-vous enregistré. Deux appelants n’obtiennent jamais le même horaire.",
        ),
    ];
    let items = promises
        .map(|(title, text)| view! { <div><dt>{title}</dt><dd>{french(text)}</dd></div> })
        .collect_view();
    view! {
        <section id="jamais" class="band never">
            <header>
                <span class="seal"><Icon name="shield"/></span>
                <h2>"Ce que UWi ne fait jamais"</h2>
            </header>
            <dl>{items}</dl>
        </section>
    }
}

/// Questions and answers.
pub fn questions() -> impl IntoView {
    let entries = [
        (
            "Dois-je changer de numéro ?",
            "Non. Votre opérateur renvoie vos appels vers le numéro qui vous est attribué : toujours, la nuit, ou seulement quand vous ne répondez pas. C’est vous qui décidez.",
        ),
        (
            "Et s’il ne comprend pas ?",
            "Il le dit, repose la question autrement, puis propose de prendre un message ou de passer l’appel à une personne, selon vos réglages.",
        ),
        (
            "Comment savoir pourquoi il a répondu cela ?",
            "Chaque appel a sa page : ce qui a été entendu, ce qui a été compris, la règle qui a décidé et ce qui a été dit.",
        ),
        (
            "Qui peut voir mes appels ?",
            "Les personnes que votre cabinet a inscrites, et elles seules. Chaque cabinet a ses données à part.",
        ),
        (
            "Que devient ce que je dis à la démonstration ?",
            "Le numéro public répond pour un cabinet d’essai. Les rendez-vous pris là ne sont envoyés à personne.",
        ),
    ];
    let items = entries
        .map(|(question, answer)| {
            view! { <details><summary>{french(question)}</summary><p>{french(answer)}</p></details> }
        })
        .collect_view();
    view! {
        <section id="questions" class="band questions">
            <h2>"Questions et réponses"</h2>
            <div>{items}</div>
        </section>
    }
}
