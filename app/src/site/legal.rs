//! Legal notice and privacy: only what is true of this software.

use super::shell::shell;
use crate::page::{Head, Script, render};
use crate::typo::french;
use axum::http::StatusCode;
use axum::response::Response;
use domain::phone::E164;
use leptos::prelude::*;

/// The legal notice. `contact`: the operator's mail address, when it is configured.
pub fn notice(number: &E164, contact: Option<&str>) -> Response {
    let whom = match contact {
        Some(address) => format!("Pour joindre l’exploitant de ce site : {address}."),
        None => "L’exploitant de cette installation n’a pas encore renseigné d’adresse de contact."
            .to_owned(),
    };
    let body = view! {
        <main id="contenu" class="prose">
            <h1>"Mentions légales"</h1>
            <h2>"Éditeur et contact"</h2>
            <p>{french("UWi est un service d’accueil téléphonique automatique. Il est publié et hébergé par son exploitant.")}</p>
            <p>{french(&whom)}</p>
            <h2>"Numéro de démonstration"</h2>
            <p>{french("Le numéro de démonstration est public. Un assistant automatique y répond pour un cabinet d’essai, qui ne reçoit aucun patient. En cas d’urgence, n’appelez pas ce numéro : composez le 15 ou le 112.")}</p>
            <h2>"Contenu"</h2>
            <p>"Les exemples de ce site montrent des personnes et des cabinets inventés."</p>
        </main>
    };
    render(StatusCode::OK, head("Mentions légales"), shell(body, number))
}

/// The privacy page.
pub fn privacy(number: &E164, contact: Option<&str>) -> Response {
    let rights = match contact {
        Some(address) => format!("Pour demander une copie, une correction ou un effacement : {address}, ou le cabinet que vous avez appelé."),
        None => "Pour demander une copie, une correction ou un effacement, adressez-vous au cabinet que vous avez appelé.".to_owned(),
    };
    let body = view! {
        <main id="contenu" class="prose">
            <h1>"Confidentialité"</h1>
            <h2>"Quand vous visitez ce site"</h2>
            <p>{french("Aucune mesure d’audience, aucune publicité, aucun contenu venu d’ailleurs. Deux cookies existent, tous deux nécessaires : l’un garde votre connexion, l’autre votre conversation d’essai. Le premier n’est posé que si vous vous connectez, le second que si vous écrivez.")}</p>
            <h2>"Quand vous appelez un cabinet"</h2>
            <p>{french("L’appel passe par un opérateur de téléphonie et de voix, qui le transcrit. UWi note votre numéro s’il n’est pas masqué, ce qui a été dit, et ce que vous avez demandé : un rendez-vous, un message, une place sur la liste d’attente. Cela sert à vous répondre et à montrer au cabinet ce qui s’est passé.")}</p>
            <p>{french("Le son de l’appel n’est pas enregistré, sauf si le cabinet l’a choisi ; l’assistant le dit alors au décroché, ou vous demande votre accord. Vous pouvez refuser à tout moment, en le disant, et rester servi : à partir de là vos mots ne sont plus gardés. L’adresse de l’enregistrement n’est pas conservée non plus, et la demande de le supprimer est transmise à l’opérateur après l’appel.")}</p>
            <p>{french("Si l’assistant reconnaît une urgence, il dit la conduite à tenir et prévient le cabinet ; les mots de cette phrase ne sont pas conservés.")}</p>
            <h3>"Combien de temps"</h3>
            <p>{french("Sauf réglage différent du cabinet : les conversations sont effacées après 30 jours, les messages traités et les numéros des appelants après 365 jours, les événements, qui ne nomment personne, après 730 jours. Une demande qui attend encore le cabinet reste jusqu’à ce qu’il l’ait traitée.")}</p>
            <p>{french("Seules les personnes inscrites par ce cabinet y ont accès. Les journaux techniques ne contiennent ni nom, ni conversation, ni numéro entier.")}</p>
            <h2>"Quand vous essayez par écrit"</h2>
            <p>{french("Vos phrases sont enregistrées avec le cabinet d’essai ; nos équipes peuvent les lire. N’y mettez pas de vraies données de santé.")}</p>
            <h2>"Vos droits"</h2>
            <p>{french(&rights)}</p>
        </main>
    };
    render(StatusCode::OK, head("Confidentialité"), shell(body, number))
}

fn head(title: &str) -> Head {
    Head {
        title: title.to_owned(),
        description: Some("UWi, accueil téléphonique automatique."),
        script: Script::No,
        class: "site",
    }
}
