//! Writing to people: the one path for every message that leaves.
//!
//! [`queue`] is called within the transaction of the cause (a booking, an
//! answer to a request); it writes the message and its job, once per key.
//! [`cancel`] takes back what no provider has been given. Everything else —
//! STOP list, consent, legal hours, caps, wording, the provider — is decided
//! when the message is due, by the job.

pub mod carriers;
pub(crate) mod cost;
mod gate;
pub mod incoming;
pub mod links;
mod perform;
pub mod reports;
mod resolve;
mod ride;
mod try_out;
mod words;

pub(crate) use perform::{give_up, perform};
pub use try_out::{Preview, TryError};

use domain::id::MessageId;
use domain::message::{Cause, Channel, Class, Event, Origin, Recipient, Status};
use domain::tenant::Profile;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use store::messages::{self, NewMessage};
use store::outbox::{self, Lane, NewJob};
use store::{StoreError, Tx};

/// The outbox kind of a message.
pub(crate) const JOB: &str = "message";

/// A message that somebody wants to be sent.
#[derive(Debug, Clone)]
pub struct Order<'a> {
    /// What makes it the same message as another of the tenant
    /// (`reminder_24h:APPOINTMENT:VERSION`): ordered again, nothing happens.
    pub key: &'a str,
    /// To whom, and on which channel.
    pub to: Recipient,
    /// What it is by law.
    pub class: Class,
    /// Why it is sent. [`Origin::Confirmation`] and [`Origin::Test`] go at any
    /// hour; the others wait for the morning.
    pub origin: Origin,
    /// What it says: the template of the tenant, or the usual one.
    pub event: Event,
    /// ISO 639-1, `fr`.
    pub language: &'a str,
    /// What the template is filled with, by the names of `domain::message::template`.
    pub variables: BTreeMap<&'a str, String>,
    /// Not before; `None`: at once.
    pub not_before: Option<Timestamp>,
    /// Useless afterwards: then it is refused (`too_late`) and not sent.
    pub not_after: Option<Timestamp>,
    /// What it is about: [`cancel`] takes it back with it.
    pub cause: Cause,
}

/// What became of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Queued {
    /// It will be sent, unless a rule is against it when it is due.
    New(MessageId),
    /// It was ordered before.
    Known(MessageId),
    /// It will not be sent; the log says so too.
    Refused(MessageId, Refusal),
}

/// Why a message is not sent (`channel_messages_log.error_code`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The tenant is deleted or suspended: nothing is sent in its name.
    TenantInactive,
    /// Its time is over.
    TooLate,
    /// The test tenant's messages are kept and shown, and never leave.
    Sandbox,
    /// The tenant has no such channel, or it is switched off.
    ChannelOff,
    /// The channel lacks something that it needs.
    NotConfigured,
    /// The channel's secrets cannot be opened, for this code.
    Locked(&'static str),
    /// The person does not want to be written to.
    Stopped,
    /// A commercial message without a consent that can be shown.
    NoConsent,
    /// The person was written to often enough for a day.
    TooManyToPerson,
    /// The tenant has written often enough for a day.
    TooManyOfTenant,
    /// The template cannot be used with this sender and channel.
    BadTemplate,
    /// Nothing fills a place of the template.
    MissingVariable,
    /// It asks for an answer that nobody would get.
    InvitesAnswer,
    /// A text message of a health practice says something of health.
    HealthWord,
    /// WhatsApp: more than a day since the person wrote, and no approved template.
    WindowClosed,
    /// No provider took it for days.
    Unreachable,
}

impl Refusal {
    /// The stored code.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::TenantInactive => "tenant_inactive",
            Self::TooLate => "too_late",
            Self::Sandbox => "sandbox",
            Self::ChannelOff => "channel_off",
            Self::NotConfigured => "not_configured",
            Self::Locked(code) => code,
            Self::Stopped => "stopped",
            Self::NoConsent => "no_consent",
            Self::TooManyToPerson => "cap_person",
            Self::TooManyOfTenant => "cap_tenant",
            Self::BadTemplate => "bad_template",
            Self::MissingVariable => "missing_variable",
            Self::InvitesAnswer => "invites_answer",
            Self::HealthWord => "health_word",
            Self::WindowClosed => "window_closed",
            Self::Unreachable => "unreachable",
        }
    }

    /// The code when the channel is at fault and not the message.
    fn of_the_channel(self) -> Option<&'static str> {
        matches!(self, Self::Locked(_)).then(|| self.as_str())
    }
}

/// Which messages to take back.
#[derive(Debug, Clone, Copy)]
pub enum Which<'a> {
    /// The one of a key.
    Key(&'a str),
    /// All of a cause.
    Of(&'a Cause),
}

/// Orders a message for the tenant of `tx`, which is `profile`'s, within the
/// transaction that makes it necessary. Once per key, however often it is
/// called and from wherever; nothing leaves before the commit.
pub async fn queue(
    tx: &mut Tx,
    profile: &Profile,
    order: &Order<'_>,
    now: Timestamp,
) -> Result<Queued, StoreError> {
    let id = message_id(profile, order.key, now);
    let late = order.not_after.is_some_and(|end| end <= now);
    let refusal = late.then_some(Refusal::TooLate);
    let variables = serde_json::to_string(&order.variables).expect("texts by name are JSON");
    let new = NewMessage {
        id,
        key: order.key,
        to: &order.to,
        class: &order.class,
        origin: order.origin,
        event: order.event,
        language: order.language,
        variables: &variables,
        cause: &order.cause,
        not_before: order.not_before,
        not_after: order.not_after,
        status: if late { Status::Refused } else { Status::Pending },
        code: refusal.map(Refusal::as_str),
    };
    if !messages::insert(tx, &new, now).await? {
        let known = messages::of_key(tx, order.key).await?.ok_or(StoreError::Conflict)?;
        return Ok(Queued::Known(known));
    }
    if let Some(refusal) = refusal {
        return Ok(Queued::Refused(id, refusal));
    }
    let due = order.not_before.map_or(now, |start| start.max(now));
    write_job(tx, (id, order.to.channel()), due, now).await?;
    Ok(Queued::New(id))
}

/// Takes back messages that no provider has been given; gives how many. What
/// is on its way stays.
pub async fn cancel(tx: &mut Tx, which: Which<'_>, now: Timestamp) -> Result<u64, StoreError> {
    match which {
        Which::Key(key) => messages::cancel_key(tx, key, now).await.map(u64::from),
        Which::Of(cause) => messages::cancel_cause(tx, cause, now).await,
    }
}

async fn write_job(
    tx: &mut Tx,
    (id, channel): (MessageId, Channel),
    due: Timestamp,
    now: Timestamp,
) -> Result<(), StoreError> {
    let payload = serde_json::json!({ "message": id }).to_string();
    let (tenant, key) = (Some(tx.tenant()), format!("{JOB}:{id}"));
    let lane = Lane::from(channel);
    let job = NewJob { id: id.0, tenant, kind: JOB, lane, payload: &payload, key: &key, due };
    outbox::insert(tx, &job, now).await
}

/// The id of what a key writes now. Made of the key, so that nobody needs a
/// generator; a key that was used at another time has its first id.
fn message_id(profile: &Profile, key: &str, now: Timestamp) -> MessageId {
    MessageId(id_of(&format!("{}\n{key}", profile.tenant), now))
}

fn id_of(text: &str, now: Timestamp) -> uuid::Uuid {
    let digest = Sha256::digest(text.as_bytes());
    domain::id::uuid_v7(now.as_millisecond(), std::array::from_fn(|at| digest[at]))
}
