//! `/app/reglages/canaux/envois`: what was sent, and what became of it.

use super::super::super::frame::{Frame, Section};
use super::super::super::{Answer, failed, rows};
use super::super::subject;
use crate::session::Member;
use crate::typo::{self, french};
use domain::message::{Channel, Recipient, Status};
use leptos::prelude::*;
use store::messages::log::{Filter, LogRow};

/// What a status means, in words.
fn status(row: &LogRow) -> &'static str {
    match Status::parse(&row.status) {
        _ if row.direction == "inbound" => "reçu",
        Some(Status::Pending) if row.error_code.is_some() => "attend le prestataire",
        Some(Status::Pending) => "à envoyer",
        Some(Status::Unknown) => "sans nouvelles",
        Some(Status::Sent) => "parti",
        Some(Status::Delivered) => "arrivé",
        Some(Status::Read) => "lu",
        Some(Status::Failed) => "non remis",
        Some(Status::Refused) | None => "non envoyé",
    }
}

/// Why a message was not sent, in words; other codes are the provider's.
fn reason(code: &str) -> String {
    let words = match code {
        "tenant_inactive" => "compte fermé ou suspendu",
        "no_mailbox" => "cette adresse n’existe pas",
        "mail_refused" => "courriel refusé par le serveur",
        "sandbox" => "compte d’essai : rien ne part",
        "stopped" => "la personne ne veut plus de messages",
        "cancelled" => "annulé avant son départ",
        "too_late" => "trop tard pour être utile",
        "channel_off" => "canal désactivé",
        "not_configured" => "canal non configuré",
        "key_missing" | "key_wrong" | "secrets_damaged" => "secrets verrouillés",
        "no_consent" => "pas de consentement",
        "cap_person" | "cap_tenant" => "trop de messages en un jour",
        "bad_template" => "modèle à corriger",
        "missing_variable" => "il manque une information du modèle",
        "invites_answer" => "le texte invite à répondre, l’expéditeur ne reçoit rien",
        "health_word" => "le texte révèle une information de santé",
        "window_closed" => "plus de 24 heures, et pas de modèle approuvé",
        "rate_limited" => "le prestataire demande d’attendre",
        "unreachable" => "prestataire injoignable",
        "unauthorised" => "identifiants refusés par le prestataire",
        "21610" => "la personne a répondu STOP",
        "21614" => "ce n’est pas un mobile",
        other => return format!("code {other}"),
    };
    words.to_owned()
}

pub(super) async fn show(member: Member) -> Answer {
    let frame = Frame::of(&member, Section::Settings, "Messages envoyés").await?;
    let zone = member.desk.zone().await.map_err(failed)?;
    let today = member.desk.today(&zone);
    let found = member.desk.messages_log(&Filter::default()).await.map_err(failed)?;
    let none = found.is_empty().then(|| {
        view! { <p class="soft">"Aucun message pour l’instant."</p> }
    });
    let items = found
        .iter()
        .map(|row| {
            let at = typo::when(rows::local(row.created_at, &zone), today);
            let to = match row.direction.as_str() {
                "inbound" => row.from_address.as_deref().unwrap_or_default(),
                _ => &row.to_address,
            };
            let to = masked(&row.channel_type, to);
            let why = row.error_code.as_deref().map(|code| format!(" : {}", reason(code)));
            let words = row.content.clone().unwrap_or_default();
            view! {
                <div>
                    <dt>{at}", "{to}</dt>
                    <dd><strong>{status(row)}</strong>{french(&why.unwrap_or_default())}<br/><span class="soft">{words}</span></dd>
                </div>
            }
        })
        .collect_view();
    let content = view! { {none} <dl class="facts wide">{items}</dl> };
    let meaning = "Les derniers messages, et ce que le prestataire en dit.";
    Ok(frame.show(subject("Messages envoyés", meaning, content)))
}

fn masked(channel: &str, address: &str) -> String {
    let channel = Channel::parse(channel);
    let person = channel.and_then(|channel| Recipient::parse(channel, address));
    person.map_or_else(String::new, |person| person.masked())
}
