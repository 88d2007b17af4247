//! `/app/reglages/canaux` and `/app/reglages/modeles`: how the practice writes
//! to people, and in which words.

mod form;
mod log;
mod send;
mod words;

use super::super::frame::{Frame, Section};
use super::super::{Answer, JustDone, failed};
use super::under;
use crate::parts::{Chip, Icon, Look, Notice, Tone};
use crate::problem;
use crate::session::Member;
use crate::table::{Table, get, post};
use crate::typo::{french, sentence};
use crate::web::Web;
use axum::Form;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect};
use desk::channels::health::{Health, State};
use desk::channels::{Change, ChannelError, Shown, Switch};
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
        .route("/app/reglages/canaux/{canal}/essai", post(send::try_out))
        .route("/app/reglages/canaux/{canal}/message", post(send::write))
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

fn look(health: &Health) -> Look {
    let (state, icon, word) = match health.state {
        State::Ok => ("good", "check", "En service"),
        State::Untried => ("note", "info", "À essayer"),
        State::Failing => ("bad", "alert", "En échec"),
        State::Locked => ("bad", "alert", "Verrouillé"),
        State::NotConfigured => ("", "info", "À configurer"),
        State::Off => ("", "pause", "Désactivé"),
    };
    Look { state, icon, word }
}

/// Why a channel is as it is, as a sentence.
fn reason(health: &Health) -> String {
    sentence(&health.reason)
}

fn icon(kind: Kind) -> &'static str {
    match kind {
        Kind::Phone => "phone",
        Kind::Email => "mail",
        Kind::Sms | Kind::WhatsApp => "message",
    }
}

async fn list(member: Member) -> Answer {
    let frame = Frame::of(&member, Section::Settings, "Canaux").await?;
    let channels = member.desk.channels().await.map_err(failed)?;
    let items = channels
        .iter()
        .map(|shown| {
            let href = format!("/app/reglages/canaux/{}", shown.kind.as_str());
            view! {
                <li><a href=href>
                    <Icon name=icon(shown.kind)/>
                    <span><strong>{name(shown.kind)}</strong><span class="soft">{reason(&shown.health)}</span></span>
                    <Chip look=look(&shown.health)/><Icon name="next"/>
                </a></li>
            }
        })
        .collect_view();
    let content = view! {
        <ul class="subjects lines-of">{items}</ul>
        <p class="ways">
            <a class="button" href="/app/reglages/canaux/envois"><Icon name="list"/>"Messages envoyés"</a>
            <a class="button" href="/app/reglages/modeles"><Icon name="pen"/>"Modèles de messages"</a>
        </p>
    };
    let meaning =
        "Par où partent vos confirmations et vos rappels. Rien ne part d’un canal désactivé.";
    Ok(frame.show(under(SETTINGS, "Canaux", meaning, content)))
}

async fn show(member: Member, Path(canal): Path<String>, Query(asked): Query<JustDone>) -> Answer {
    let kind = kind(&canal)?;
    let done = match asked.fait.as_str() {
        "enregistre" => Some("C’est enregistré."),
        "active" => Some("Le canal est en service."),
        "desactive" => Some("Le canal est désactivé : plus rien n’en part."),
        "essai" => Some("L’essai part : « Messages envoyés » dit ce qu’il devient."),
        "message" => Some("Le message part : « Messages envoyés » dit ce qu’il devient."),
        _ => None,
    };
    let notice = done.map(|text| (Tone::Good, text.to_owned()));
    page(&member, kind, notice, form::Typed::default(), None).await
}

/// A channel's page; with what was typed when it was refused.
async fn page(
    member: &Member,
    kind: Kind,
    notice: Option<(Tone, String)>,
    typed: form::Typed,
    unsent: Option<send::Refused>,
) -> Answer {
    let frame = Frame::of(member, Section::Settings, name(kind)).await?;
    let shown = member.desk.channel(kind).await.map_err(failed)?;
    let status = match (&typed.refused, &unsent) {
        (None, None) => StatusCode::OK,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let notice = notice.map(|(tone, text)| view! { <Notice tone=tone text=text/> });
    let ready = matches!(shown.health.state, State::Ok | State::Untried | State::Failing);
    let writes = ready && kind != Kind::Phone;
    let editing = match may_change(member) {
        true => view! {
            <section class="panel"><header><h2>"Réglages du canal"</h2>{state(&shown).into_any()}</header>{form::view(&shown, &typed).into_any()}</section>
            {writes.then(|| send::view(kind, unsent.as_ref()).into_any())}
        }
        .into_any(),
        false => view! { <p class="soft">{french("Seule une personne responsable du cabinet change ce canal.")}</p> }
            .into_any(),
    };
    let content = view! {
        {notice}
        <p class="health"><Chip look=look(&shown.health)/><span class="soft">{reason(&shown.health)}</span></p>
        {editing}
    };
    Ok(frame.show_as(status, under(CHANNELS, name(kind), meaning(kind), content)))
}

/// Where the pages of this subject lie.
const SETTINGS: (&str, &str) = ("/app/reglages", "Réglages");
const CHANNELS: (&str, &str) = ("/app/reglages/canaux", "Canaux");

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
    let question = format!("Désactiver le canal {} ? Plus rien n’en partira.", name(shown.kind));
    let question = shown.enabled.then(|| french(&question));
    view! {
        <form method="post" action=path data-confirm=question>
            <button class=class type="submit" name="etat" value=value>{words}</button>
        </form>
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
        ChannelError::Field(field) => form::Typed::beside(field, fields),
        ChannelError::Changed => form::Typed::overtaken(
            "Quelqu’un a changé ce canal entre-temps ; rien n’a été enregistré. Relisez, puis enregistrez à nouveau.",
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
    page(member, kind, None, typed, None).await
}
