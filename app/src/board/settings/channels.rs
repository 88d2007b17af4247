//! `/app/reglages/canaux` and `/app/reglages/modeles`: how the practice writes
//! to people, and in which words.

mod form;
mod log;
mod words;

use super::super::frame::{Frame, Section};
use super::super::{Answer, failed};
use super::subject;
use crate::parts::{Icon, Notice, Tone};
use crate::problem;
use crate::session::Member;
use crate::table::{Table, get, post};
use crate::typo::french;
use crate::web::Web;
use axum::Form;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect};
use desk::channels::health::{Health, State};
use desk::channels::{Change, ChannelError, Shown, Switch};
use desk::sending::TryError;
use domain::channel::Kind;
use leptos::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The routes of channels and words.
pub(crate) fn routes() -> Table<Web> {
    Table::new()
        .route("/app/reglages/canaux", get(list))
        .route("/app/reglages/canaux/envois", get(log::show))
        .route("/app/reglages/canaux/{canal}", get(show).post(save))
        .route("/app/reglages/canaux/{canal}/etat", post(switch))
        .route("/app/reglages/canaux/{canal}/essai", post(try_out))
        .route("/app/reglages/modeles", get(words::list))
        .route("/app/reglages/modeles/{canal}", get(words::show).post(words::save))
}

/// A channel's name in words.
pub(super) fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Phone => "Téléphone",
        Kind::Sms => "SMS",
        Kind::Email => "Courriel",
        Kind::WhatsApp => "WhatsApp",
    }
}

fn kind(text: &str) -> Result<Kind, axum::response::Response> {
    Kind::parse(text).ok_or_else(problem::missing)
}

/// What somebody reads who may not change them.
const NOT_YOURS: &str = "Seul le responsable du cabinet peut faire cela.";

/// Who may change channels.
fn may_change(member: &Member) -> bool {
    member.desk.may_manage("channels")
}

fn health(health: &Health) -> impl IntoView + use<> {
    let (class, icon, words) = match health.state {
        State::Ok => ("chip good", "check", "En service"),
        State::Untried => ("chip", "info", "À essayer"),
        State::Failing => ("chip bad", "alert", "En échec"),
        State::Locked => ("chip bad", "alert", "Verrouillé"),
        State::NotConfigured => ("chip", "info", "Non configuré"),
        State::Off => ("chip", "info", "Désactivé"),
    };
    let reason = french(&health.reason);
    view! { <span class=class><Icon name=icon/>{words}</span>" "<span class="soft">{reason}</span> }
}

async fn list(member: Member) -> Answer {
    let frame = Frame::of(&member, Section::Settings, "Canaux").await?;
    let channels = member.desk.channels().await.map_err(failed)?;
    let items = channels
        .iter()
        .map(|shown| {
            let href = format!("/app/reglages/canaux/{}", shown.kind.as_str());
            view! {
                <div><dt><a href=href>{name(shown.kind)}</a></dt><dd>{health(&shown.health)}</dd></div>
            }
        })
        .collect_view();
    let content = view! {
        <dl class="facts wide">{items}</dl>
        <p class="ways">
            <a class="button" href="/app/reglages/modeles">"Modèles de messages"</a>
            <a class="button" href="/app/reglages/canaux/envois">"Messages envoyés"</a>
        </p>
    };
    let meaning = "Par où vos confirmations et vos rappels partent. Rien ne part d’un canal qui n’est pas en service.";
    Ok(frame.show(subject("Canaux", meaning, content)))
}

/// What the address says.
#[derive(Deserialize, Default)]
struct Asked {
    #[serde(default)]
    fait: String,
}

async fn show(member: Member, Path(canal): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let kind = kind(&canal)?;
    let done = match asked.fait.as_str() {
        "enregistre" => Some("C’est enregistré."),
        "active" => Some("Le canal est en service."),
        "desactive" => Some("Le canal est désactivé : plus rien n’en part."),
        "essai" => Some("L’essai part : regardez dans « Messages envoyés » ce qu’il devient."),
        _ => None,
    };
    let notice = done.map(|text| (Tone::Good, text.to_owned()));
    page(&member, kind, notice, form::Typed::default()).await
}

/// A channel's page; with what was typed when it was refused.
async fn page(
    member: &Member,
    kind: Kind,
    notice: Option<(Tone, String)>,
    typed: form::Typed,
) -> Answer {
    let frame = Frame::of(member, Section::Settings, name(kind)).await?;
    let shown = member.desk.channel(kind).await.map_err(failed)?;
    let status = match typed.refused {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let notice = notice.map(|(tone, text)| view! { <Notice tone=tone text=text/> });
    let editing = may_change(member).then(|| {
        view! {
            {form::view(&shown, &typed).into_any()}
            {state(&shown).into_any()}
            {(kind != Kind::Phone).then(|| trial(kind, &typed).into_any())}
        }
    });
    let content = view! { {notice} <p>{health(&shown.health)}</p> {editing} };
    Ok(frame.show_as(status, subject(name(kind), meaning(kind), content)))
}

fn meaning(kind: Kind) -> &'static str {
    match kind {
        Kind::Phone => {
            "Votre ligne, que vous renvoyez vers l’assistant. La changer ici ne déplace aucun numéro."
        }
        Kind::Sms => {
            "Un nom d’expéditeur ne reçoit pas de réponse : les messages portent alors un lien personnel."
        }
        Kind::Email => "Sans serveur à vous, les courriels partent du nôtre.",
        Kind::WhatsApp => {
            "Hors des 24 heures qui suivent un message de la personne, seul un modèle approuvé peut partir."
        }
    }
}

fn state(shown: &Shown) -> impl IntoView + use<> {
    let path = format!("/app/reglages/canaux/{}/etat", shown.kind.as_str());
    let (value, words, class) = match shown.enabled {
        true => ("off", "Désactiver", "button danger"),
        false => ("on", "Activer", "button"),
    };
    view! {
        <form method="post" action=path>
            <button class=class type="submit" name="etat" value=value>{words}</button>
        </form>
    }
}

fn trial(kind: Kind, typed: &form::Typed) -> impl IntoView + use<> {
    let path = format!("/app/reglages/canaux/{}/essai", kind.as_str());
    let (label, input) = match kind {
        Kind::Email => ("Adresse", "email"),
        _ => ("Numéro de mobile", "tel"),
    };
    let error = typed.trial.clone().map(|why| {
        view! { <p class="error" id="essai-erreur" role="alert"><Icon name="alert"/>{french(&why)}</p> }
    });
    let invalid = typed.trial.as_ref().map(|_| "true");
    view! {
        <section class="panel"><header><h2>"Faire un essai"</h2></header>
        <form class="form" method="post" action=path>
            <div class="field">
                <label for="essai-a">{label}</label>
                <input id="essai-a" name="to" type=input required maxlength="254" aria-invalid=invalid aria-describedby=invalid.map(|_| "essai-erreur")/>
                {error}
            </div>
            <button class="button" type="submit">"Envoyer un essai"</button>
        </form></section>
    }
}

async fn save(
    member: Member,
    Path(canal): Path<String>,
    Form(fields): Form<BTreeMap<String, String>>,
) -> Answer {
    let kind = kind(&canal)?;
    if !may_change(&member) {
        return Err(problem::forbidden());
    }
    let change = form::read(kind, &fields);
    match member.desk.change_channel(kind, &change).await {
        Ok(_) => {
            Ok(Redirect::to(&format!("/app/reglages/canaux/{canal}?fait=enregistre"))
                .into_response())
        }
        Err(error) => refused(&member, kind, error, fields).await,
    }
}

#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    etat: String,
}

async fn switch(member: Member, Path(canal): Path<String>, Form(wanted): Form<Wanted>) -> Answer {
    let kind = kind(&canal)?;
    if !may_change(&member) {
        return Err(problem::forbidden());
    }
    let (to, done) = match wanted.etat.as_str() {
        "on" => (Switch::On, "active"),
        _ => (Switch::Off, "desactive"),
    };
    let change = Change { enabled: Some(to), ..Change::default() };
    match member.desk.change_channel(kind, &change).await {
        Ok(_) => {
            Ok(Redirect::to(&format!("/app/reglages/canaux/{canal}?fait={done}")).into_response())
        }
        Err(error) => refused(&member, kind, error, BTreeMap::new()).await,
    }
}

#[derive(Deserialize)]
struct Trial {
    #[serde(default)]
    to: String,
}

async fn try_out(member: Member, Path(canal): Path<String>, Form(trial): Form<Trial>) -> Answer {
    let kind = kind(&canal)?;
    if !may_change(&member) {
        return Err(problem::forbidden());
    }
    match member.desk.try_channel(kind, &trial.to, None).await {
        Ok(_) => {
            Ok(Redirect::to(&format!("/app/reglages/canaux/{canal}?fait=essai")).into_response())
        }
        Err(TryError::Field(field)) => {
            let typed = form::Typed { trial: Some(field.problem), ..form::Typed::default() };
            page(&member, kind, None, typed).await
        }
        Err(TryError::Forbidden) => Err(problem::forbidden()),
        Err(TryError::NoMessages) => Err(problem::missing()),
        Err(TryError::Store(error)) => Err(failed(error)),
    }
}

/// The same page, saying what is wrong.
async fn refused(
    member: &Member,
    kind: Kind,
    error: ChannelError,
    fields: BTreeMap<String, String>,
) -> Answer {
    let typed = match error {
        ChannelError::Store(error) => return Err(failed(error)),
        ChannelError::Forbidden => form::Typed::general(NOT_YOURS, fields),
        ChannelError::Field(field) => {
            form::Typed { refused: Some(field.problem), at: field.path, fields, trial: None }
        }
        ChannelError::Changed => form::Typed::general(
            "Quelqu’un a changé ce canal entre-temps : relisez, puis enregistrez à nouveau.",
            fields,
        ),
        ChannelError::NotConfigured(what) => {
            form::Typed::general(&format!("Il n’est pas prêt : {what}."), fields)
        }
        ChannelError::Vault(_) => form::Typed::general(
            "Les secrets ne peuvent pas être scellés : la clé de chiffrement du serveur manque ou a changé. Rien n’a été enregistré.",
            fields,
        ),
    };
    page(member, kind, None, typed).await
}
