//! Answering whoever left a request: by the one path on which messages leave,
//! once, and kept in the history.

use super::{TicketError, change, fields};
use crate::office::Desk;
use crate::sending::{self, Order, Queued};
use domain::email::EmailAddress;
use domain::id::TicketId;
use domain::message::{Cause, Channel, Class, Event, Origin, Recipient};
use domain::phone::E164;
use domain::ticket::Status;
use std::collections::BTreeMap;
use store::dashboard::tickets::{self as shown, TicketRow};
use store::tickets;

/// The longest answer by text message or WhatsApp.
const LONGEST_RINGING: usize = 900;
/// The longest answer by mail.
const LONGEST_MAIL: usize = 4_000;

/// An answer to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerWanted {
    /// The version of the request that is answered: the same again is refused.
    pub version: i64,
    /// How it travels.
    pub by: Channel,
    /// In words.
    pub text: String,
}

/// How whoever left a request can be written to.
pub fn ways(row: &TicketRow) -> Vec<Channel> {
    let possible = |channel: &Channel| recipient(row, *channel).is_some();
    Channel::ALL.iter().copied().filter(possible).collect()
}

fn recipient(row: &TicketRow, by: Channel) -> Option<Recipient> {
    let number = || row.customer_phone.as_deref().and_then(|n| E164::parse(n, "FR").ok());
    match by {
        Channel::Sms => number().map(Recipient::Sms),
        Channel::WhatsApp => number().map(Recipient::WhatsApp),
        Channel::Email => {
            let address = row.customer_email.as_deref()?;
            EmailAddress::parse(address).ok().map(Recipient::Email)
        }
    }
}

impl Desk {
    /// Answers a request. Whether the message may leave is decided when it is
    /// due, and shown beside the answer; the request then waits for the customer.
    pub async fn answer_ticket(
        &self,
        id: &str,
        wanted: &AnswerWanted,
    ) -> Result<TicketRow, TicketError> {
        let text = fields::words("text", Some(&wanted.text))?.ok_or(TicketError::Field("text"))?;
        let longest = match wanted.by {
            Channel::Email => LONGEST_MAIL,
            Channel::Sms | Channel::WhatsApp => LONGEST_RINGING,
        };
        if text.chars().count() > longest || text.contains(['{', '}']) {
            return Err(TicketError::Field("text"));
        }
        let profile = self.office().profile(self.tenant()).await?;
        let mut tx = self.office().db.begin(self.tenant()).await?;
        let before = shown::one(&mut tx, id).await?.ok_or(TicketError::Missing)?;
        if before.version != wanted.version {
            return Err(TicketError::Changed);
        }
        let to = recipient(&before, wanted.by).ok_or(TicketError::Field("channel"))?;
        let ticket: TicketId = before.id.parse().map_err(|_| TicketError::Missing)?;
        let key = format!("ticket_reply:{id}:{}", before.version);
        let mut variables = BTreeMap::from([("reponse", text.clone())]);
        if let Some(reference) = &before.reference {
            variables.insert("reference", reference.clone());
        }
        let order = Order {
            key: &key,
            to,
            class: Class::Transactional,
            origin: Origin::Reply,
            event: Event::TicketReply,
            language: "fr",
            variables,
            not_before: None,
            not_after: None,
            cause: Cause::Ticket(ticket),
        };
        let queued = sending::queue(&mut tx, &profile, &order, self.now()).await?;
        let (Queued::New(message) | Queued::Known(message) | Queued::Refused(message, _)) = queued;
        let message = message.to_string();
        let after = answered(before);
        let key = (id, wanted.version);
        if !tickets::update(&mut tx, key, &change::data(&after), self.now()).await? {
            return Err(TicketError::Changed);
        }
        let detail = serde_json::json!({ "channel": wanted.by.as_str() }).to_string();
        self.note(&mut tx, (id, "answer"), &text, (&detail, Some(&message))).await?;
        let row = shown::one(&mut tx, id).await?.ok_or(TicketError::Missing)?;
        tx.commit().await?;
        self.tickets_changed();
        Ok(row)
    }
}

/// It is the customer's turn, unless it was dealt with.
fn answered(mut row: TicketRow) -> TicketRow {
    if Status::parse(&row.status).is_some_and(Status::waits) {
        Status::WaitingCustomer.as_str().clone_into(&mut row.status);
        row.due_at = None;
    }
    row
}
