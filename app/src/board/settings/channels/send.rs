//! Trying a channel out, and writing to somebody by it.

use super::{kind, may_change, page};
use crate::board::{Answer, failed};
use crate::parts::Icon;
use crate::problem;
use crate::session::Member;
use crate::typo::{french, sentence};
use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect};
use desk::sending::TryError;
use domain::channel::Kind;
use leptos::prelude::*;
use serde::Deserialize;

/// Which of the two forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Trial,
    Words,
}

/// A form as it was filled in.
#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    to: String,
    #[serde(default)]
    message: String,
}

/// A form that was refused.
pub(super) struct Refused {
    sort: Sort,
    wanted: Wanted,
    at: String,
    why: String,
}

pub(super) async fn try_out(member: Member, path: Path<String>, form: Form<Wanted>) -> Answer {
    order(member, path, form, Sort::Trial).await
}

pub(super) async fn write(member: Member, path: Path<String>, form: Form<Wanted>) -> Answer {
    order(member, path, form, Sort::Words).await
}

async fn order(
    member: Member,
    Path(canal): Path<String>,
    Form(wanted): Form<Wanted>,
    sort: Sort,
) -> Answer {
    let kind = kind(&canal)?;
    if !may_change(&member) {
        return Err(problem::forbidden());
    }
    let ordered = match sort {
        Sort::Trial => member.desk.try_channel(kind, &wanted.to, None).await,
        Sort::Words => member.desk.send_words(kind, &wanted.to, &wanted.message, None).await,
    };
    let done = if sort == Sort::Trial { "essai" } else { "message" };
    match ordered {
        Ok(_) => {
            let back = format!("/app/reglages/canaux/{}?fait={done}", kind.as_str());
            Ok(Redirect::to(&back).into_response())
        }
        Err(TryError::Field(field)) => {
            let refused = Refused { sort, wanted, at: field.path, why: field.problem };
            page(&member, kind, None, super::form::Typed::default(), Some(refused)).await
        }
        Err(TryError::Forbidden) => Err(problem::forbidden()),
        Err(TryError::NoMessages) => Err(problem::missing()),
        Err(TryError::Store(error)) => Err(failed(error)),
    }
}

/// Both forms.
pub(super) fn view(kind: Kind, refused: Option<&Refused>) -> impl IntoView + use<> {
    let of = |sort: Sort| refused.filter(|refused| refused.sort == sort);
    let path = |what: &str| format!("/app/reglages/canaux/{}/{what}", kind.as_str());
    let trial = to(kind, "essai-a", of(Sort::Trial)).into_any();
    let recipient = to(kind, "message-a", of(Sort::Words)).into_any();
    let words = words(of(Sort::Words)).into_any();
    view! {
        <section class="panel"><header><h2>"Faire un essai"</h2></header>
        <form class="form" method="post" action=path("essai")>
            {trial}
            <button class="button" type="submit">"Envoyer un essai"</button>
        </form></section>
        <section class="panel"><header><h2>"Écrire à quelqu’un"</h2></header>
        <form class="form" method="post" action=path("message")>
            {recipient}
            {words}
            <button class="button" type="submit">"Envoyer le message"</button>
        </form></section>
    }
}

fn to(kind: Kind, id: &'static str, refused: Option<&Refused>) -> impl IntoView + use<> {
    let (label, input) = match kind {
        Kind::Email => ("Adresse", "email"),
        _ => ("Numéro de mobile", "tel"),
    };
    let value = refused.map(|refused| refused.wanted.to.clone()).unwrap_or_default();
    let why = refused.filter(|refused| refused.at == "to").map(|refused| refused.why.clone());
    let error = format!("{id}-erreur");
    let (invalid, described) =
        (why.is_some().then_some("true"), why.is_some().then(|| error.clone()));
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input id=id name="to" type=input required maxlength="254" autocomplete="off" value=value aria-invalid=invalid aria-describedby=described/>
            {why.map(|why| wrong(error, &why).into_any())}
        </div>
    }
}

fn words(refused: Option<&Refused>) -> impl IntoView + use<> {
    let value = refused.map(|refused| refused.wanted.message.clone()).unwrap_or_default();
    let why = refused.filter(|refused| refused.at != "to").map(|refused| refused.why.clone());
    let described = match why {
        Some(_) => "message-aide message-erreur",
        None => "message-aide",
    };
    let invalid = why.is_some().then_some("true");
    view! {
        <div class="field">
            <label for="message">"Votre message"</label>
            <textarea id="message" name="message" rows="4" required maxlength="1200" aria-invalid=invalid aria-describedby=described>{value}</textarea>
            {why.map(|why| wrong("message-erreur".to_owned(), &why).into_any())}
            <p class="hint" id="message-aide">{french("Rien qui touche à la santé : d’autres peuvent lire l’écran.")}</p>
        </div>
    }
}

fn wrong(id: String, why: &str) -> impl IntoView + use<> {
    view! { <p class="error" id=id role="alert"><Icon name="alert"/><span>{sentence(why)}</span></p> }
}
