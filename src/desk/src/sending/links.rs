//! The links of messages that nobody can answer: `/r/{token}`, signed, bound to
//! the tenant and the message, for a while. Looking at one changes nothing.

use crate::book::{self, By};
use crate::channels::vault::Vault;
use crate::live::Change;
use crate::office::Office;
use crate::sending::carriers::Carriers;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::appointment::Author;
use domain::id::{AppointmentId, MessageId, TenantId};
use domain::message::{Channel, Recipient};
use domain::phone::E164;
use domain::support::Priority;
use domain::tenant::Profile;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use serde_json::json;
use sha2::Sha256;
use std::sync::Arc;
use store::messages::{log, progress, stops};
use store::{StoreError, Tx, appointments, tickets};

/// Bytes of a signature: 80 bits, which nobody tries out over HTTP.
const MAC: usize = 10;
/// Bytes of what is signed: tenant, message, hour of expiry.
const BODY: usize = 4 + 16 + 4;
const HOUR: i64 = 3_600_000;

/// What a token says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// Whose message it came with.
    pub tenant: TenantId,
    /// The message.
    pub message: MessageId,
}

/// The address of a link; `None`: no key signs, or the tenant has no room in it.
pub(super) fn url(
    carriers: &Carriers,
    (tenant, message): (TenantId, MessageId),
    until: Timestamp,
) -> Option<String> {
    let token = token(&carriers.vault, Link { tenant, message }, until)?;
    Some(format!("{}/r/{token}", carriers.home))
}

fn token(vault: &Vault, link: Link, until: Timestamp) -> Option<String> {
    let key = vault.link_keys().next()?;
    let tenant = u32::try_from(link.tenant.0).ok()?;
    // Rounded up: it works at least as long as it says.
    let hours = u32::try_from(until.as_millisecond() / HOUR + 1).ok()?;
    let mut body = Vec::with_capacity(BODY + MAC);
    body.extend(tenant.to_be_bytes());
    body.extend(link.message.0.as_bytes());
    body.extend(hours.to_be_bytes());
    let mac = mac(key, &body).finalize().into_bytes();
    body.extend(&mac[..MAC]);
    Some(URL_SAFE_NO_PAD.encode(body))
}

/// Reads a token; `None`: not ours, bent, or over.
pub fn read(vault: &Vault, token: &str, now: Timestamp) -> Option<Link> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let (body, signature) = bytes.split_at_checked(BODY)?;
    if signature.len() != MAC {
        return None;
    }
    // Every key is tried, so that the time does not tell which one fits.
    let fits = vault
        .link_keys()
        .fold(false, |found, key| found | mac(key, body).verify_truncated_left(signature).is_ok());
    let tenant = u32::from_be_bytes(body[..4].try_into().ok()?);
    let message = uuid::Uuid::from_slice(&body[4..20]).ok()?;
    let hours = u32::from_be_bytes(body[20..].try_into().ok()?);
    let over = i64::from(hours).saturating_mul(HOUR) <= now.as_millisecond();
    let link = Link { tenant: TenantId(tenant.into()), message: MessageId(message) };
    (fits && !over).then_some(link)
}

fn mac(key: &[u8; 32], body: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(body);
    mac
}

/// What a person may do with the link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// They will come.
    Confirm,
    /// They want another time: the practice calls back.
    Move,
    /// They will not come.
    Cancel,
    /// No more messages.
    Stop,
}

impl Action {
    /// Reads the form's word.
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "confirmer" => Self::Confirm,
            "deplacer" => Self::Move,
            "annuler" => Self::Cancel,
            "stop" => Self::Stop,
            _ => return None,
        })
    }
}

/// What the page behind a link shows.
#[derive(Debug, Clone)]
pub struct Page {
    /// The practice.
    pub profile: Arc<Profile>,
    /// What the message was about.
    pub subject: Subject,
}

/// What a message with a link was about.
#[derive(Debug, Clone)]
pub enum Subject {
    /// An appointment that can still be changed.
    Appointment(Box<appointments::AppointmentRow>),
    /// An appointment that is over, or was cancelled or moved.
    Over,
    /// No appointment.
    Other,
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acted {
    /// It is.
    Done,
    /// The appointment is over, or was cancelled or moved meanwhile.
    TooLate,
}

/// What stands behind a token; `None`: nothing (any more).
pub async fn open(office: &Office, token: &str) -> Result<Option<Page>, StoreError> {
    let now = office.world.clock.now();
    let Some(link) = read(&office.carriers().vault, token, now) else { return Ok(None) };
    let mut reader = office.db.read(link.tenant).await?;
    let Some(row) = progress::get(&mut reader, link.message).await? else { return Ok(None) };
    let subject = match appointment_of(&row) {
        None => Subject::Other,
        Some(id) => appointments::get(&mut reader, id)
            .await?
            .filter(|a| a.status == "confirmed" && a.starts_at > now.as_millisecond())
            .map_or(Subject::Over, |row| Subject::Appointment(Box::new(row))),
    };
    drop(reader);
    Ok(Some(Page { profile: office.profile(link.tenant).await?, subject }))
}

/// Does what the person asks for; `None`: the token opens nothing.
pub async fn act(
    office: &Arc<Office>,
    token: &str,
    action: Action,
) -> Result<Option<Acted>, StoreError> {
    let now = office.world.clock.now();
    let Some(link) = read(&office.carriers().vault, token, now) else { return Ok(None) };
    let profile = office.profile(link.tenant).await?;
    let mut tx = office.db.begin(link.tenant).await?;
    let Some(row) = progress::get(&mut tx, link.message).await? else { return Ok(None) };
    let channel = Channel::parse(&row.channel_type);
    let Some(person) = channel.and_then(|channel| Recipient::parse(channel, &row.to_address))
    else {
        return Ok(None);
    };
    if action == Action::Stop {
        for to in stops::siblings(&person) {
            stops::put(&mut tx, &to, stops::Source::Link, now).await?;
        }
        tx.commit().await?;
        return Ok(Some(Acted::Done));
    }
    let Some(id) = appointment_of(&row) else { return Ok(None) };
    let found = appointments::get(&mut tx, id).await?;
    let open = found.filter(|a| a.status == "confirmed" && a.starts_at > now.as_millisecond());
    let Some(appointment) = open else { return Ok(Some(Acted::TooLate)) };
    answered(office, &mut tx, (link, &person), action, now).await?;
    let change = match action {
        Action::Move => {
            wants_another_time((office, &profile), &mut tx, (id, &appointment), now).await?;
            Some(Change::Tickets)
        }
        Action::Cancel => {
            let (by, chance) = (By::caller(Author::Web, None), (&office.world, now));
            if !book::cancel(&mut tx, id, by, chance).await? {
                return Ok(Some(Acted::TooLate));
            }
            Some(Change::Appointments)
        }
        // What is kept is the answer, among the messages.
        Action::Confirm | Action::Stop => None,
    };
    tx.commit().await?;
    if let Some(change) = change {
        office.live.publish(link.tenant, change);
    }
    Ok(Some(Acted::Done))
}

/// Keeps the answer among the messages, once for each action.
async fn answered(
    office: &Office,
    tx: &mut Tx,
    (link, person): (Link, &Recipient),
    action: Action,
    now: Timestamp,
) -> Result<(), StoreError> {
    let words = match action {
        Action::Confirm => "Confirmé par le lien",
        Action::Move => "Demande un autre horaire par le lien",
        Action::Cancel => "Annulé par le lien",
        Action::Stop => "Ne veut plus de messages",
    };
    let external = format!("link:{}:{action:?}", link.message);
    let received = log::Received {
        id: MessageId(office.world.ids.uuid(now)),
        from: person,
        to: "lien",
        words,
        provider: None,
        external: &external,
    };
    log::receive(tx, &received, now).await.map(drop)
}

/// A ticket for each appointment, however often it is asked.
async fn wants_another_time(
    (office, profile): (&Office, &Profile),
    tx: &mut Tx,
    (id, appointment): (AppointmentId, &appointments::AppointmentRow),
    now: Timestamp,
) -> Result<(), StoreError> {
    let words = format!(
        "Souhaite déplacer son rendez-vous du {} à {} (demandé par le lien du message).",
        appointment.rdv_date, appointment.rdv_time
    );
    let details = json!({ "appointment": id }).to_string();
    if tickets::is_waiting(tx, &details).await? {
        return Ok(());
    }
    let phone = appointment.customer_phone.as_deref().and_then(|p| E164::parse(p, "FR").ok());
    let ticket = tickets::NewTicket {
        id: office.world.ids.ticket(now),
        name: Some(&appointment.customer_name),
        phone: phone.as_ref(),
        subject: "Déplacer un rendez-vous",
        description: &words,
        category: "callback",
        priority: Priority::Medium,
        reference: None,
        email: appointment.customer_email.as_deref(),
        details: &details,
        call: None,
        author: "web",
        due: profile.due(Priority::Medium, now),
        now,
    };
    tickets::insert(tx, &ticket).await
}

fn appointment_of(row: &progress::MessageRow) -> Option<AppointmentId> {
    (row.cause_kind == "appointment").then(|| row.cause_id.parse().ok())?
}

#[cfg(test)]
mod tests;
