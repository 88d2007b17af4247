//! Letters to members: one job each, so that one that fails is tried again
//! without the others.

use super::{addresses, words};
use crate::office::Office;
use crate::outbox::{Done, Outside};
use crate::prospects::start_of;
use crate::sign_in::hash;
use domain::id::TenantId;
use domain::tenant::Profile;
use domain::ticket::Status;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::dashboard::tickets;
use store::outbox::{self, JobRow, Lane, NewJob};
use store::{Reader, StoreError, Tx, tenants};
use vendors::mail::Letter as Mail;

/// The kind of a letter's job.
pub(crate) const LETTER: &str = "practice_letter";

/// A letter to one member.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Letter {
    pub to: String,
    pub subject: String,
    /// Paragraphs.
    pub text: Vec<String>,
    /// The page where the rest is.
    pub path: String,
    /// What the page is called.
    pub page: String,
    /// Not sent any more once this request was dealt with.
    #[serde(default)]
    pub ticket: Option<String>,
}

#[derive(Deserialize)]
struct Alert {
    ticket: String,
}

/// Makes the letters of an alert: at once, or when the quiet hours end.
pub(crate) async fn alert(office: &Office, job: &JobRow) -> Result<Done, StoreError> {
    let (Some(tenant), Ok(Alert { ticket })) =
        (job.tenant_id.map(TenantId), serde_json::from_str(&job.payload))
    else {
        return Ok(Done::GivenUp("unreadable job"));
    };
    let profile = office.profile(tenant).await?;
    let now = office.world.clock.now();
    let mut tx = office.db.begin(tenant).await?;
    if profile.sandbox || !tenants::is_active(&mut tx).await? {
        return Ok(Done::Finished);
    }
    let row = tickets::one(&mut tx, &ticket).await?;
    let Some(row) = row.filter(|row| waits(&row.status)) else {
        return Ok(Done::Finished);
    };
    let (subject, text) = words::alert(&row, &profile);
    for to in addresses(&mut tx, |wishes| wishes.urgent).await? {
        let key = format!("{LETTER}:{ticket}:{}", hash(&to));
        let letter = Letter {
            to,
            subject: subject.clone(),
            text: text.clone(),
            path: format!("/app/messages/{ticket}"),
            page: "Voir la demande".to_owned(),
            ticket: Some(ticket.clone()),
        };
        write(office, &mut tx, (&key, &letter), quiet_end(&profile, now)).await?;
    }
    tx.commit().await?;
    Ok(Done::Finished)
}

fn waits(status: &str) -> bool {
    Status::parse(status).is_some_and(Status::waits)
}

/// Now, or the end of the quiet hours that `now` lies in.
fn quiet_end(profile: &Profile, now: Timestamp) -> Timestamp {
    let local = profile.zone.to_datetime(now);
    let end = profile.following.quiet.and_then(|quiet| quiet.ends_after(local));
    end.map_or(now, |end| {
        // A wall time that a clock change skips is the one after it.
        profile.zone.to_timestamp(end).unwrap_or_else(|_| start_of(end.date(), &profile.zone))
    })
}

/// Writes the job of a letter, once per key.
pub(super) async fn write(
    office: &Office,
    tx: &mut Tx,
    (key, letter): (&str, &Letter),
    due: Timestamp,
) -> Result<(), StoreError> {
    let now = office.world.clock.now();
    let payload =
        serde_json::to_string(letter).map_err(|error| StoreError::inconsistent("outbox", error))?;
    let (id, tenant) = (office.world.ids.uuid(now), Some(tx.tenant()));
    let lane = if letter.ticket.is_some() { Lane::Urgent } else { Lane::Letters };
    let job = NewJob { id, tenant, kind: LETTER, lane, payload: &payload, key, due };
    outbox::insert(tx, &job, now).await
}

/// Whether a letter still tells somebody something: its tenant is in use, and
/// what it is about waits.
async fn is_wanted(reader: &mut Reader, letter: &Letter) -> Result<bool, StoreError> {
    if !tenants::is_active(reader).await? {
        return Ok(false);
    }
    let Some(ticket) = &letter.ticket else { return Ok(true) };
    let row = tickets::one(reader, ticket).await?;
    Ok(row.is_some_and(|row| waits(&row.status)))
}

/// Sends a letter.
pub(crate) async fn send(
    office: &Office,
    outside: &Outside,
    job: &JobRow,
) -> Result<Done, StoreError> {
    let (Some(tenant), Ok(letter)) =
        (job.tenant_id.map(TenantId), serde_json::from_str::<Letter>(&job.payload))
    else {
        return Ok(Done::GivenUp("unreadable job"));
    };
    if !is_wanted(&mut office.db.read(tenant).await?, &letter).await? {
        return Ok(Done::Finished);
    }
    let url = format!("{}{}", outside.home, letter.path);
    let text = words::plain(&letter.text, &letter.page, &url);
    let html = words::html(&letter.text, &letter.page, &url);
    let id = format!("{}@uwi", job.id);
    let mail = Mail { to: &letter.to, subject: &letter.subject, text: &text, html: &html, id: &id };
    Ok(outside.mail.send(&mail).await)
}
