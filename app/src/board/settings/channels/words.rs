//! `/app/reglages/modeles`: the words of messages, and what they look like.

use super::super::super::frame::{Frame, Section};
use super::super::super::{Answer, failed};
use super::super::under;
use super::{SETTINGS, kind, may_change, name};
use crate::parts::{Icon, Notice, Tone};
use crate::problem;
use crate::session::Member;
use crate::typo::{self, french, sentence};
use axum::Form;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect};
use desk::channels::templates::Words;
use desk::channels::{Change, ChannelError};
use desk::sending::Preview;
use domain::channel::Kind;
use domain::message::segments::Encoding;
use domain::message::template::VARIABLES;
use domain::message::{Channel, Event};
use leptos::prelude::*;
use serde::Deserialize;
use serde_json::json;

/// The events whose words a practice chooses.
const EVENTS: &[(Event, &str)] = &[
    (Event::Confirmation, "Confirmation de rendez-vous"),
    (Event::Reminder24h, "Rappel de la veille"),
    (Event::Reminder1h, "Rappel dans l’heure"),
    (Event::Reminder, "Autre rappel"),
    (Event::Cancellation, "Annulation"),
    (Event::Moved, "Déplacement"),
    (Event::MissedCallback, "Appel manqué"),
    (Event::TicketReply, "Réponse à une demande"),
];

pub(super) async fn list(member: Member) -> Answer {
    let frame = Frame::of(&member, Section::Settings, "Modèles de messages").await?;
    let mut panels: Vec<AnyView> = Vec::new();
    for kind in [Kind::Sms, Kind::Email, Kind::WhatsApp] {
        let shown = member.desk.channel(kind).await.map_err(failed)?;
        let own = |event: Event| shown.templates.own(event, "fr").is_some();
        let items = EVENTS.iter().map(|(event, words)| {
                let whose = if own(*event) { "Votre texte" } else { "Texte d’origine" };
                let href = address(kind, *event);
                view! { <li><a href=href><span><strong>{*words}</strong><span class="soft small">{whose}</span></span><Icon name="next"/></a></li> }.into_any()
            });
        let items = items.collect_view();
        panels.push(view! { <section class="panel" id=kind.as_str()><header><h2>{name(kind)}</h2></header><ul class="subjects">{items}</ul></section> }.into_any());
    }
    let content = view! { <div class="columns">{panels}</div> };
    let meaning = "Les mots de vos messages. Sans texte à vous, les nôtres servent.";
    Ok(frame.show(under(SETTINGS, "Modèles de messages", meaning, content)))
}

const TEMPLATES: (&str, &str) = ("/app/reglages/modeles", "Modèles de messages");

fn address(kind: Kind, event: Event) -> String {
    format!("/app/reglages/modeles/{}?evenement={}", kind.as_str(), event.as_str())
}

#[derive(Deserialize, Default)]
pub(super) struct Asked {
    #[serde(default)]
    evenement: String,
    #[serde(default)]
    fait: String,
}

/// What was typed, and why it was refused.
#[derive(Default)]
struct Typed {
    words: Option<Words>,
    refused: Option<String>,
    preview: Option<Preview>,
    /// The version that was read before it was typed; `None`: the one there is now.
    version: Option<i64>,
    /// Somebody else's words are there meanwhile.
    overtaken: bool,
}

fn event(word: &str) -> Event {
    Event::parse(word)
        .filter(|event| EVENTS.iter().any(|(known, _)| known == event))
        .unwrap_or(Event::Confirmation)
}

pub(super) async fn show(
    member: Member,
    Path(canal): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let kind = kind(&canal)?;
    let notice = (asked.fait == "enregistre").then_some("C’est enregistré.");
    page(&member, kind, event(&asked.evenement), Typed::default(), notice).await
}

async fn page(
    member: &Member,
    kind: Kind,
    event: Event,
    typed: Typed,
    notice: Option<&'static str>,
) -> Answer {
    let Some(channel) = kind.messages() else { return Err(problem::missing()) };
    let frame = Frame::of(member, Section::Settings, "Modèle").await?;
    let shown = member.desk.channel(kind).await.map_err(failed)?;
    let own = shown.templates.own(event, "fr").is_some();
    let words = typed.words.unwrap_or_else(|| shown.templates.words(event, channel, "fr"));
    let preview = match (typed.preview, &typed.refused) {
        (Some(preview), _) => Some(preview),
        (None, Some(_)) if !typed.overtaken => None,
        // Words that were saved before a rule changed may not fit any more.
        (None, _) => member.desk.preview(kind, event, "fr", None).await.ok(),
    };
    let heading = if typed.overtaken { "Ce qui est enregistré" } else { "Aperçu" };
    let version = typed.version.unwrap_or(shown.version);
    let notice = notice.map(|text| view! { <Notice tone=Tone::Good text=text.to_owned()/> });
    let status =
        if typed.refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let title =
        EVENTS.iter().find(|(known, _)| *known == event).map_or("Modèle", |(_, words)| words);
    let form = may_change(member)
        .then(|| form(kind, channel, event, words, typed.refused, (own, version)).into_any());
    let reader = (!may_change(member)).then(|| {
        view! { <p class="soft">{french("Seule une personne responsable du cabinet change ces mots.")}</p> }
    });
    let content = view! { {notice} {preview.map(|preview| looks(heading, preview).into_any())} {form} {reader} };
    let meaning = match kind {
        Kind::Email => "Par courriel. Ce qui est entre accolades est remplacé à l’envoi.",
        Kind::WhatsApp => "Par WhatsApp. Ce qui est entre accolades est remplacé à l’envoi.",
        Kind::Sms | Kind::Phone => "Par SMS. Ce qui est entre accolades est remplacé à l’envoi.",
    };
    Ok(frame.show_as(status, under(TEMPLATES, title, meaning, content)))
}

/// What the message looks like, with invented values.
fn looks(heading: &'static str, preview: Preview) -> impl IntoView {
    let cost = preview.sms.as_ref().map(|sms| {
        let alphabet = match sms.encoding {
            Encoding::Gsm7 => "alphabet court".to_owned(),
            Encoding::Ucs2 => {
                let costly: Vec<String> = sms.costly.iter().map(|c| format!("« {c} »")).collect();
                format!("alphabet long à cause de {}", costly.join(", "))
            }
        };
        let segments = typo::count(i64::from(sms.segments), "SMS facturé", "SMS facturés");
        format!("{segments}, {alphabet}.")
    });
    let text = preview.sms.map_or(preview.text, |sms| sms.text);
    let subject = preview.subject.map(|line| view! { <p><strong>{line}</strong></p> });
    view! {
        <section class="panel preview"><header><h2>{heading}</h2></header>
            <div class="letter">{subject}<p class="lines">{text}</p></div>
            {cost.map(|cost| view! { <p class="soft small">{french(&cost)}</p> })}
        </section>
    }
}

fn form(
    kind: Kind,
    channel: Channel,
    event: Event,
    words: Words,
    refused: Option<String>,
    (own, version): (bool, i64),
) -> impl IntoView {
    let path = format!("/app/reglages/modeles/{}", kind.as_str());
    let invalid = refused.as_ref().map(|_| "true");
    let error = refused.map(|why| {
        view! { <p class="error" id="texte-erreur" role="alert"><Icon name="alert"/><span>{sentence(&why)}</span></p> }
    });
    let subject = (channel == Channel::Email).then(|| {
        let line = words.subject.clone().unwrap_or_default();
        view! {
            <div class="field"><label for="objet">"Objet"</label><input id="objet" name="objet" value=line maxlength="150"/></div>
        }
    });
    let back = own.then(|| {
        view! { <button class="button plain" type="submit" name="geste" value="usuel">"Revenir au texte d’origine"</button> }
    });
    let names = VARIABLES
        .iter()
        .map(|(name, what)| view! { <div><dt><code>{format!("{{{name}}}")}</code></dt><dd>{french(what)}</dd></div> })
        .collect_view();
    view! {
        <form class="form wide" method="post" action=path>
            <input type="hidden" name="evenement" value=event.as_str()/>
            <input type="hidden" name="version" value=version.to_string()/>
            {subject}
            <div class="field">
                <label for="texte">"Texte"</label>
                <textarea id="texte" name="texte" rows="6" maxlength="1600" required aria-invalid=invalid aria-describedby=invalid.map(|_| "texte-erreur")>{words.text}</textarea>
                {error}
            </div>
            <p class="ways">
                <button class="button primary" type="submit" name="geste" value="enregistrer">"Enregistrer"</button>
                <button class="button" type="submit" name="geste" value="apercu">"Voir l’aperçu"</button>
                {back}
            </p>
        </form>
        <details class="more"><summary>"Accolades possibles"</summary><dl class="facts wide">{names}</dl></details>
    }
}

#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    evenement: String,
    #[serde(default)]
    version: String,
    #[serde(default)]
    objet: String,
    #[serde(default)]
    texte: String,
    #[serde(default)]
    geste: String,
}

pub(super) async fn save(
    member: Member,
    Path(canal): Path<String>,
    Form(wanted): Form<Wanted>,
) -> Answer {
    let kind = kind(&canal)?;
    if !may_change(&member) {
        return Err(problem::forbidden());
    }
    let event = event(&wanted.evenement);
    // Browsers send lines with two characters at their ends.
    let text = wanted.texte.replace("\r\n", "\n");
    let subject = (kind == Kind::Email).then(|| wanted.objet.clone());
    let words = Words { subject, text };
    let version = wanted.version.parse().ok();
    if wanted.geste == "apercu" {
        let preview = member.desk.preview(kind, event, "fr", Some(words.clone())).await;
        let (preview, refused) = match preview {
            Ok(preview) => (Some(preview), None),
            Err(error) => (None, Some(why(error)?)),
        };
        let typed = Typed { words: Some(words), refused, preview, version, overtaken: false };
        return page(&member, kind, event, typed, None).await;
    }
    let value = match wanted.geste.as_str() {
        "usuel" => serde_json::Value::Null,
        _ => json!({ "subject": words.subject, "text": words.text }),
    };
    let change = Change {
        version,
        templates: Some(json!({ event.as_str(): { "fr": value } })),
        ..Change::default()
    };
    match member.desk.change_channel(kind, &change).await {
        Ok(_) => {
            let to = format!("{}&fait=enregistre", address(kind, event));
            Ok(Redirect::to(&to).into_response())
        }
        Err(error) => {
            let overtaken = matches!(error, ChannelError::Changed);
            // Whoever sees what is there now may replace it.
            let version = version.filter(|_| !overtaken);
            let refused = Some(why(error)?);
            let typed = Typed { words: Some(words), refused, preview: None, version, overtaken };
            page(&member, kind, event, typed, None).await
        }
    }
}

/// What is wrong, in words.
fn why(error: ChannelError) -> Result<String, axum::response::Response> {
    Ok(match error {
        ChannelError::Forbidden => super::NOT_YOURS.to_owned(),
        ChannelError::Field(field) => field.problem,
        ChannelError::Changed => {
            "Quelqu’un a changé ce canal entre-temps : relisez ce qui est enregistré, puis enregistrez à nouveau si votre texte doit le remplacer."
                .to_owned()
        }
        ChannelError::NotConfigured(what) => what,
        ChannelError::Vault(_) => "La clé de chiffrement du serveur manque ou a changé.".to_owned(),
        ChannelError::Store(error) => return Err(failed(error)),
    })
}
