//! What providers report of messages: kept, then applied. A report may come
//! before we know the message's name, twice, late, or in the wrong order.

use super::ride::read_tag;
use crate::office::Office;
use domain::id::{MessageId, TenantId};
use domain::message::{Channel, Recipient, Status};
use jiff::{SignedDuration, Timestamp};
use store::messages::progress::{self, MessageRow};
use store::messages::reports::{self, NewReport, ReportRow};
use store::messages::stops;
use store::{StoreError, Tx};

/// How long a report of a message that nobody knows is kept for it.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 7);
/// How many reports one round applies.
const ROUND: i64 = 200;

/// A report as a webhook brings it.
#[derive(Debug, Clone)]
pub struct Told<'a> {
    /// `twilio`, `whatsapp`.
    pub provider: &'a str,
    /// The provider's name of the message.
    pub external: &'a str,
    /// What became of it.
    pub status: Status,
    /// Why it was not delivered.
    pub code: Option<&'a str>,
    /// Our own mark on it, when it comes back.
    pub tag: Option<&'a str>,
    /// When, as the provider says.
    pub at: Option<Timestamp>,
}

/// Keeps a report and applies it if its message is known.
pub async fn receive(office: &Office, told: &Told<'_>) -> Result<(), StoreError> {
    let now = office.world.clock.now();
    // A provider's time sorts nothing and is not believed before our own.
    let at = told.at.map_or(now, |at| at.min(now));
    let tag = told.tag.filter(|tag| read_tag(tag).is_some());
    let Told { provider, external, status, code, .. } = *told;
    let new = NewReport { provider, external, status, code, tag, at };
    let mut tx = office.db.begin_directory().await?;
    reports::note(&mut tx, &new, now).await?;
    tx.commit().await?;
    let waiting = reports::of(&mut office.db.read_directory().await?, provider, external).await?;
    for report in &waiting {
        apply(office, report, now).await?;
    }
    Ok(())
}

/// Applies what waited for its message.
pub async fn apply_waiting(office: &Office) -> Result<(), StoreError> {
    let now = office.world.clock.now();
    let since = now.saturating_sub(KEPT).unwrap_or(now);
    let waiting = reports::waiting(&mut office.db.read_directory().await?, since, ROUND).await?;
    for report in &waiting {
        apply(office, report, now).await?;
    }
    Ok(())
}

async fn apply(office: &Office, report: &ReportRow, now: Timestamp) -> Result<(), StoreError> {
    let Some((tenant, id)) = owner(office, report).await? else { return Ok(()) };
    let row = progress::get(&mut office.db.read(tenant).await?, id).await?;
    match write(office, tenant, row.map(|row| (id, row)), report, now).await {
        // Moved since it was read: the next round looks again.
        Err(StoreError::Conflict) => Ok(()),
        written => written,
    }
}

/// In a transaction that only writes, and is committed together with others.
async fn write(
    office: &Office,
    tenant: TenantId,
    of: Option<(MessageId, MessageRow)>,
    report: &ReportRow,
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut tx = office.db.begin(tenant).await?;
    if let Some((id, row)) = of {
        step(&mut tx, (id, &row), report, now).await?;
    }
    reports::applied(&mut tx, report, now).await?;
    tx.commit().await
}

async fn owner(
    office: &Office,
    report: &ReportRow,
) -> Result<Option<(TenantId, MessageId)>, StoreError> {
    if let Some(owner) = report.tag.as_deref().and_then(read_tag) {
        return Ok(Some(owner));
    }
    let mut reader = office.db.read_directory().await?;
    reports::owner(&mut reader, &report.provider, &report.external_id).await
}

/// One step forward, if it is one.
async fn step(
    tx: &mut Tx,
    (id, row): (MessageId, &MessageRow),
    report: &ReportRow,
    now: Timestamp,
) -> Result<(), StoreError> {
    let (Some(from), Some(to)) = (Status::parse(&row.status), Status::parse(&report.status)) else {
        return Ok(());
    };
    // A mark on a message that was given to nobody is not ours.
    let ours = row.provider.as_deref() == Some(&*report.provider) && from != Status::Pending;
    let other = row.external_message_id.as_ref().is_some_and(|id| *id != report.external_id);
    if !ours || other {
        return Ok(());
    }
    let tenant = tx.tenant();
    progress::named(tx, id, &report.external_id).await?;
    reports::name(tx, (&report.provider, &report.external_id), (tenant, id), now).await?;
    if says_stop(&report.error_code)
        && let Some(channel) = Channel::parse(&row.channel_type)
        && let Some(to) = Recipient::parse(channel, &row.to_address)
    {
        learn_stop(tx, &to, now).await?;
    }
    if !from.may_become(to) {
        return Ok(());
    }
    let at = Timestamp::from_millisecond(report.at).unwrap_or(now);
    let code = Some(&*report.error_code).filter(|code| !code.is_empty());
    if report.provider == "twilio" && to == Status::Delivered {
        super::cost::order(tx, id, now).await?;
    }
    progress::advance(tx, id, (from, to), (at, code), now).await
}

/// True for a provider's code that says: this person does not want it.
pub(super) fn says_stop(code: &str) -> bool {
    vendors::twilio::messages::says_stop(code) || vendors::whatsapp::api::says_stop(code)
}

/// Notes that a provider knows somebody not to want messages.
pub(super) async fn learn_stop(
    tx: &mut Tx,
    to: &Recipient,
    now: Timestamp,
) -> Result<(), StoreError> {
    stops::put(tx, to, stops::Source::Provider, now).await
}
