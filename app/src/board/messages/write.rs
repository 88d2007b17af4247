//! The forms of a request's page: an answer to the customer, a note of one's own.

use crate::parts::Icon;
use crate::typo::french;
use desk::tickets::ways;
use domain::message::Channel;
use leptos::prelude::*;
use serde::Deserialize;
use store::dashboard::tickets::TicketRow;

/// Words that are written about it.
#[derive(Deserialize, Default)]
pub(in crate::board) struct Words {
    #[serde(default)]
    pub texte: String,
}

/// An answer that is written.
#[derive(Deserialize, Default)]
pub(in crate::board) struct Answer {
    #[serde(default)]
    pub version: String,
    #[serde(default)]
    pub par: String,
    #[serde(default)]
    pub reponse: String,
}

/// A form of this page that was refused: what was typed, and why.
#[derive(Default)]
pub(super) struct Refused {
    pub comment: Option<(String, &'static str)>,
    pub answer: Option<(Answer, &'static str)>,
}

/// The form that writes to them, when there is an address to write to.
pub(super) fn answer_form(
    ticket: &TicketRow,
    refused: Option<(Answer, &'static str)>,
) -> impl IntoView + use<> {
    let ways = ways(ticket);
    let none = ways.is_empty();
    let (typed, why) = refused.map_or((Answer::default(), None), |(typed, why)| (typed, Some(why)));
    let options = ways
        .into_iter()
        .map(|way| {
            let word = match way {
                Channel::Sms => "SMS",
                Channel::Email => "Courriel",
                Channel::WhatsApp => "WhatsApp",
            };
            let chosen = typed.par == way.as_str();
            view! { <option value=way.as_str() selected=chosen>{word}</option> }
        })
        .collect_view();
    let error = why.map(|why| {
        view! { <p class="error" id="reponse-erreur" role="alert"><Icon name="alert"/>{french(why)}</p> }
    });
    if none {
        return view! { <p class="soft small">{french("Sans numéro ni courriel, on ne peut pas lui répondre par écrit.")}</p> }.into_any();
    }
    let action = format!("/app/messages/{}/reponses", ticket.id);
    view! {
        <form class="form" method="post" action=action>
            <input type="hidden" name="version" value=ticket.version.to_string()/>
            <div class="field">
                <label for="reponse">"Répondre au client"</label>
                <textarea id="reponse" name="reponse" required maxlength="4000" aria-invalid=why.map(|_| "true") aria-describedby=why.map(|_| "reponse-erreur")>{typed.reponse}</textarea>
                {error}
            </div>
            <div class="field"><label for="par">"Par"</label><select id="par" name="par">{options}</select></div>
            <button class="button" type="submit"><Icon name="mail"/>"Envoyer la réponse"</button>
        </form>
    }
    .into_any()
}

/// The form that adds a note.
pub(super) fn comment_form(
    id: &str,
    refused: Option<(String, &'static str)>,
) -> impl IntoView + use<> {
    let (typed, why) = refused.map_or((String::new(), None), |(typed, why)| (typed, Some(why)));
    let error = why.map(|why| {
        view! { <p class="error" id="texte-erreur" role="alert"><Icon name="alert"/>{french(why)}</p> }
    });
    let described = if error.is_some() { "texte-aide texte-erreur" } else { "texte-aide" };
    view! {
        <form class="form" method="post" action=format!("/app/messages/{id}/commentaires")>
            <div class="field">
                <label for="texte">"Ajouter une note"</label>
                <textarea id="texte" name="texte" required maxlength="5000" aria-describedby=described aria-invalid=why.map(|_| "true")>{typed}</textarea>
                <p class="hint" id="texte-aide">{french("Pour vous et vos collègues : le client ne la voit pas.")}</p>
                {error}
            </div>
            <button class="button" type="submit">"Ajouter la note"</button>
        </form>
    }
}
