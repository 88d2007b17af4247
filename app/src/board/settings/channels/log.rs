//! `/app/reglages/canaux/envois`: what was sent, what became of it, and how
//! much of it in thirty days.

use super::super::under;
use super::{CHANNELS, name};
use crate::board::frame::{Frame, Section};
use crate::board::{Answer, address, failed, pager, rows};
use crate::parts::{Chip, Empty, Look};
use crate::session::Member;
use crate::typo::{self, french};
use axum::extract::Query;
use desk::calls::Mark;
use domain::channel::Kind;
use domain::message::{Channel, Recipient, Status};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use leptos::prelude::*;
use serde::Deserialize;
use store::messages::log::{CountRow, LogRow};

const PATH: &str = "/app/reglages/canaux/envois";
/// How far back the figures go.
const DAYS: i64 = 30;

/// What the address says.
#[derive(Deserialize, Default)]
pub(super) struct Asked {
    #[serde(default)]
    canal: String,
    /// Where the page before ended.
    #[serde(default)]
    avant: String,
}

/// What a status means.
fn status(row: &LogRow) -> Look {
    let (state, icon, word) = match Status::parse(&row.status) {
        _ if row.direction == "inbound" => ("note", "message", "Reçu"),
        Some(Status::Pending) if row.error_code.is_some() => {
            ("warn", "clock", "Attend le prestataire")
        }
        Some(Status::Pending) => ("", "clock", "À envoyer"),
        Some(Status::Unknown) => ("warn", "question", "Sans nouvelles"),
        Some(Status::Sent) => ("", "forward", "Parti"),
        Some(Status::Delivered) => ("good", "check", "Arrivé"),
        Some(Status::Read) => ("good", "check", "Lu"),
        Some(Status::Failed) => ("bad", "alert", "Non remis"),
        Some(Status::Refused) | None => ("", "cancelled", "Non envoyé"),
    };
    Look { state, icon, word }
}

/// Why a message was not sent, in words; other codes are the provider's.
fn reason(code: &str) -> String {
    let words = match code {
        "tenant_inactive" => "compte fermé ou suspendu",
        "no_mailbox" => "cette adresse n’existe pas",
        "mail_refused" => "courriel refusé par le serveur",
        "sandbox" => "compte d’essai, rien ne part",
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
        "mail_later" => "le serveur demande de réessayer plus tard",
        "mail_off" => "aucun serveur de courriel",
        "bad_address" => "adresse inutilisable",
        "not_found" => "inconnu du prestataire",
        "no_answer" => "le prestataire n’a pas répondu",
        "21611" => "file d’attente du prestataire pleine",
        "21610" => "la personne a répondu STOP",
        "21614" => "ce n’est pas un mobile",
        other => return format!("code {other}"),
    };
    words.to_owned()
}

pub(super) async fn show(member: Member, Query(asked): Query<Asked>) -> Answer {
    let frame = Frame::of(&member, Section::Settings, "Messages envoyés").await?;
    let desk = &member.desk;
    let zone = desk.zone().await.map_err(failed)?;
    let today = desk.today(&zone);
    let chosen = Kind::parse(&asked.canal).filter(|kind| kind.messages().is_some());
    let before = Mark::parse(&asked.avant);
    let found = desk.messages(chosen.map(Kind::as_str), before).await.map_err(failed)?;
    let since = desk.now().saturating_sub(SignedDuration::from_hours(24 * DAYS));
    let counts = desk.messages_counts(since.unwrap_or(Timestamp::MIN)).await.map_err(failed)?;
    let there = |before: &str| {
        let canal = chosen.map(|kind| kind.as_str().to_owned()).unwrap_or_default();
        address(PATH, &[("canal", &canal), ("avant", &before.to_owned())])
    };
    let newest = (!asked.avant.is_empty()).then(|| there(""));
    let older = found.next.map(|mark| there(&mark.to_string()));
    let list = match found.rows.is_empty() {
        true => view! { <Empty icon="message" title="Aucun message" text="Confirmations, rappels et réponses s’inscrivent ici dès qu’ils partent, avec ce qu’ils deviennent."/> }.into_any(),
        false => table(&found.rows, &zone, today).into_any(),
    };
    let content = view! {
        {figures(&counts).into_any()}
        {choice(chosen).into_any()}
        {list}
        {pager(newest, older).into_any()}
    };
    let meaning = "Chaque message, et ce que le prestataire en dit.";
    Ok(frame.show(under(CHANNELS, "Messages envoyés", meaning, content)))
}

/// One figure a channel that has sent something.
fn figures(counts: &[CountRow]) -> impl IntoView + use<> {
    let of = |kind: Kind| -> Vec<&CountRow> {
        counts.iter().filter(|row| row.channel_type == kind.as_str()).collect()
    };
    let kinds = [Kind::Sms, Kind::Email, Kind::WhatsApp].into_iter();
    let figures: Vec<_> = kinds
        .map(|kind| (kind, of(kind)))
        .filter(|(_, counts)| !counts.is_empty())
        .map(|(kind, counts)| figure(kind, &counts).into_any())
        .collect();
    (!figures.is_empty()).then(|| {
        view! { <section class="panel"><header><h2>"Ces 30 derniers jours"</h2></header><div class="figures">{figures}</div></section> }
    })
}

fn figure(kind: Kind, counts: &[&CountRow]) -> impl IntoView + use<> {
    let sum = |wanted: &[Status]| -> i64 {
        let among = |row: &&&CountRow| {
            Status::parse(&row.status).is_some_and(|status| wanted.contains(&status))
        };
        counts.iter().filter(among).map(|row| row.count).sum()
    };
    let total: i64 = counts.iter().map(|row| row.count).sum();
    let arrived = typo::count(sum(&[Status::Delivered, Status::Read]), "arrivé", "arrivés");
    let mut told = vec![arrived];
    let lost = sum(&[Status::Failed, Status::Refused]);
    if lost > 0 {
        told.push(typo::count(lost, "non remis", "non remis"));
    }
    let cents: i64 = counts.iter().map(|row| row.cost_cents).sum();
    if let Ok(cents) = u32::try_from(cents)
        && cents > 0
    {
        told.push(typo::euros(cents));
    }
    view! {
        <div class="figure"><p class="of">{name(kind)}</p><p class="value">{typo::thousands(total)}</p><p class="than">{told.join(", ")}</p></div>
    }
}

fn choice(chosen: Option<Kind>) -> impl IntoView {
    let kinds = [None, Some(Kind::Sms), Some(Kind::Email), Some(Kind::WhatsApp)];
    let links = kinds.map(|kind| {
        let canal = kind.map(|kind| kind.as_str().to_owned()).unwrap_or_default();
        let current = (kind == chosen).then_some("true");
        let href = address(PATH, &[("canal", &canal)]);
        view! { <a href=href aria-current=current>{kind.map_or("Tous", name)}</a> }.into_any()
    });
    view! { <nav class="filters" aria-label="Canal"><div class="segments">{links.into_iter().collect_view()}</div></nav> }
}

fn table(found: &[LogRow], zone: &TimeZone, today: Date) -> impl IntoView + use<> {
    let lines = found.iter().map(|row| line(row, zone, today).into_any()).collect_view();
    view! {
        <table class="rows outbox">
            <thead><tr><th scope="col">"Quand"</th><th scope="col">"Qui"</th><th scope="col">"Par"</th><th scope="col">"Message"</th><th scope="col">"État"</th></tr></thead>
            <tbody>{lines}</tbody>
        </table>
    }
}

fn line(row: &LogRow, zone: &TimeZone, today: Date) -> impl IntoView + use<> {
    let at = typo::when(rows::local(row.created_at, zone), today);
    let who = match row.direction.as_str() {
        "inbound" => row.from_address.as_deref().unwrap_or_default(),
        _ => &row.to_address,
    };
    let channel = Kind::parse(&row.channel_type).map_or("", name);
    let why = row.error_code.as_deref().map(|code| {
        let why = french(&reason(code));
        view! { <span class="soft small">{why}</span> }
    });
    let words = row.content.clone().unwrap_or_default();
    view! {
        <tr>
            <td class="soft n">{at}</td>
            <td class="lead n">{masked(&row.channel_type, who)}</td>
            <td class="soft">{channel}</td>
            <td class="wide words">{words}</td>
            <td class="state"><Chip look=status(row)/>{why}</td>
        </tr>
    }
}

fn masked(channel: &str, address: &str) -> String {
    let channel = Channel::parse(channel);
    let person = channel.and_then(|channel| Recipient::parse(channel, address));
    person.map_or_else(String::new, |person| person.masked())
}
