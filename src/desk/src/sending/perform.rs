//! One message that is due: may it be sent, in which words, by whom; and what
//! became of it.

use super::carriers::Carriers;
use super::gate::{self, Gate};
use super::ride::{self, Ride, Taken};
use super::words::{self, Draft, Written};
use super::{Refusal, resolve};
use crate::channels;
use crate::office::Office;
use crate::outbox::{self, Done, after};
use domain::channel::Kind;
use domain::id::{MessageId, TenantId};
use domain::message::sender::Reach;
use domain::message::{Channel, Event, Origin, Recipient, Status};
use domain::tenant::Profile;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::messages::progress::{self, Attempt, MessageRow};
use store::messages::reports;
use store::outbox::JobRow;
use store::{StoreError, Tx, channels as rows, hooks};

/// Waits before the same message is offered to a provider again.
const WAITS: [i64; 5] = [5, 15, 30, 60, 120];
/// When somebody must see that messages wait.
const ALARM: SignedDuration = SignedDuration::from_mins(5);
/// When a message that no provider takes is given up.
const PATIENCE: SignedDuration = SignedDuration::from_hours(72);
/// How long a link works when the appointment's time is not known.
const LINK_LIFE: SignedDuration = SignedDuration::from_hours(24 * 30);

#[derive(Deserialize)]
pub(super) struct Payload {
    pub message: MessageId,
}

/// A message and everything around it.
pub(super) struct Case<'a> {
    pub office: &'a Office,
    pub carriers: &'a Carriers,
    pub profile: Arc<Profile>,
    pub id: MessageId,
    pub to: Recipient,
    pub row: MessageRow,
    pub job: &'a JobRow,
    pub now: Timestamp,
}

impl Case<'_> {
    /// Commits what became of the message, and with it what becomes of its job.
    pub(super) async fn commit(&self, mut tx: Tx, done: Done) -> Result<Done, StoreError> {
        let now = self.office.world.clock.now();
        outbox::note(&mut tx, (self.office, self.job), done, now).await?;
        tx.commit().await?;
        Ok(Done::Noted)
    }
}

/// Does what is to be done about a message now.
pub(crate) async fn perform(office: &Office, job: &JobRow) -> Result<Done, StoreError> {
    let (Some(tenant), Ok(payload)) = (job.tenant_id, serde_json::from_str(&job.payload)) else {
        return Ok(Done::GivenUp("unreadable job"));
    };
    let (tenant, Payload { message }) = (TenantId(tenant), payload);
    let row = progress::get(&mut office.db.read(tenant).await?, message).await?;
    let Some(row) = row else { return Ok(Done::Finished) };
    let (profile, now) = (office.profile(tenant).await?, office.world.clock.now());
    let channel = Channel::parse(&row.channel_type);
    let to = channel.and_then(|channel| Recipient::parse(channel, &row.to_address));
    let Some(to) = to else { return Ok(Done::GivenUp("unreadable recipient")) };
    let carriers = office.carriers();
    let case = Case { office, carriers, profile, id: message, to, row, job, now };
    match Status::parse(&case.row.status) {
        Some(Status::Pending) => offer(&case).await,
        Some(Status::Unknown) => resolve::look(&case).await,
        _ => Ok(Done::Finished),
    }
}

/// Refuses a message that could not be made for days: nobody waits for it.
pub(crate) async fn give_up(office: &Office, job: &JobRow) -> Result<(), StoreError> {
    let (Some(tenant), Ok(payload)) = (job.tenant_id, serde_json::from_str(&job.payload)) else {
        return Ok(());
    };
    let (Payload { message }, now) = (payload, office.world.clock.now());
    let mut tx = office.db.begin(TenantId(tenant)).await?;
    progress::refuse(&mut tx, message, (Refusal::Unreachable.as_str(), None), now).await?;
    tx.commit().await
}

async fn offer(case: &Case<'_>) -> Result<Done, StoreError> {
    match gate::pass(case).await? {
        Gate::Open => {}
        Gate::At(why, when) => return Ok(Done::At(why, when)),
        Gate::Shut(refusal) => return refuse(case, refusal, None).await,
    }
    let kind = Kind::parse(&case.row.channel_type).unwrap_or(Kind::Sms);
    let ready = {
        let mut reader = case.office.db.read(case.profile.tenant).await?;
        channels::ready(&mut reader, case.carriers, kind).await?
    };
    let ride = ride::choose(case, &ready).await?;
    let reach = match &ride {
        Ok(ride) => ride.reach(),
        Err(_) => channels::templates::reach(&ready.public),
    };
    let written = match words::write(case.carriers, &case.profile, Some(&ready), draft(case, reach))
    {
        Ok(written) => written,
        Err(refusal) => return refuse(case, refusal, None).await,
    };
    if case.profile.sandbox {
        return refuse(case, Refusal::Sandbox, Some(&written.text)).await;
    }
    match ride {
        Ok(ride) => send(case, ride, &written).await,
        Err(refusal) => refuse(case, refusal, Some(&written.text)).await,
    }
}

fn draft<'a>(case: &'a Case<'_>, reach: Reach) -> Draft<'a> {
    let row = &case.row;
    let values: BTreeMap<String, String> =
        serde_json::from_str(&row.template_variables).unwrap_or_default();
    let event = row.template_name.as_deref().and_then(Event::parse).unwrap_or(Event::Free);
    // Nobody can answer a name; its messages say how to stop them.
    let one_way = reach == Reach::OneWay && case.to.channel() == Channel::Sms;
    let links = (one_way && event != Event::Test) || row.cause_kind == "appointment";
    let until = row.not_after.and_then(|at| Timestamp::from_millisecond(at).ok());
    let until = until.unwrap_or_else(|| after(case.now, LINK_LIFE));
    Draft {
        id: case.id,
        event,
        channel: case.to.channel(),
        language: &row.language,
        values,
        reach,
        link_until: links.then_some(until.max(case.now)),
    }
}

async fn refuse(case: &Case<'_>, refusal: Refusal, text: Option<&str>) -> Result<Done, StoreError> {
    let mut tx = case.office.db.begin(case.profile.tenant).await?;
    progress::refuse(&mut tx, case.id, (refusal.as_str(), text), case.now).await?;
    if let Some(code) = refusal.of_the_channel() {
        rows::failed(&mut tx, case.to.channel().as_str(), code, case.now).await?;
    }
    case.commit(tx, Done::Finished).await
}

async fn send(case: &Case<'_>, ride: Ride, written: &Written) -> Result<Done, StoreError> {
    let from = ride.from();
    let attempt = Attempt {
        provider: ride.provider(),
        from: &from,
        subject: Some(&*written.subject).filter(|subject| !subject.is_empty()),
        content: &written.text,
        segments: written.segments,
        encoding: written.encoding,
        template: ride.template(),
    };
    let mut tx = case.office.db.begin(case.profile.tenant).await?;
    // Several messages to one person may have come this far at once.
    progress::one_by_one(&mut tx, &case.row.to_address).await?;
    if !gate::may_write(case, &mut tx).await? {
        let refusal = Refusal::TooManyToPerson.as_str();
        progress::refuse(&mut tx, case.id, (refusal, None), case.now).await?;
        return case.commit(tx, Done::Finished).await;
    }
    let begun = progress::begin(&mut tx, case.id, &attempt, case.now).await?;
    tx.commit().await?;
    if !begun {
        return Ok(Done::Finished);
    }
    let taken = ride.carry(case, written).await;
    settle(case, ride.provider(), taken).await
}

/// Writes down what the provider said.
async fn settle(case: &Case<'_>, provider: &str, taken: Taken) -> Result<Done, StoreError> {
    // The provider may have taken its time.
    let (now, tenant) = (case.office.world.clock.now(), case.profile.tenant);
    let channel = case.to.channel().as_str();
    let mut tx = case.office.db.begin(tenant).await?;
    let done = match taken {
        Taken::Accepted(external) => {
            progress::accepted(&mut tx, case.id, &external, now).await?;
            reports::name(&mut tx, (provider, &external), (tenant, case.id), now).await?;
            rows::worked(&mut tx, channel, now).await?;
            Done::Finished
        }
        Taken::Refused(code) => {
            // Nothing else would arrive at a mailbox that there is not.
            if super::reports::says_stop(&code) || code == ride::NO_MAILBOX {
                super::reports::learn_stop(&mut tx, &case.to, now).await?;
            }
            progress::refuse(&mut tx, case.id, (&code, None), now).await?;
            Done::Finished
        }
        Taken::NotNow(code) => {
            progress::back(&mut tx, case.id, &code, now).await?;
            rows::failed(&mut tx, channel, &code, now).await?;
            waits(&mut tx, case, &code, now).await?
        }
        Taken::Unknown => {
            rows::failed(&mut tx, channel, "no_answer", now).await?;
            Done::Away("nobody has said what became of it", after(now, resolve::FIRST_LOOK))
        }
    };
    case.commit(tx, done).await
}

/// When a message that nobody takes is offered again; an alarm after five minutes.
async fn waits(
    tx: &mut Tx,
    case: &Case<'_>,
    code: &str,
    now: Timestamp,
) -> Result<Done, StoreError> {
    let channel = case.to.channel().as_str();
    let at = |millis: i64| Timestamp::from_millisecond(millis).unwrap_or(now);
    let since = case.row.waiting_since.map_or(now, at);
    let alarm = after(since, ALARM);
    // Told once for each message: the try before came earlier.
    if case.row.waiting_since.is_some() && alarm <= now && at(case.row.updated_at) < alarm {
        hooks::count_incident(tx, "messages_waiting", channel, now).await?;
        tracing::error!(channel, "MESSAGES_WAIT for more than five minutes");
    }
    if after(since, PATIENCE) <= now {
        progress::refuse(tx, case.id, (Refusal::Unreachable.as_str(), None), now).await?;
        return Ok(Done::Finished);
    }
    // Any other says something of who carries it, and not of this message.
    if code != ride::GREYLISTED {
        return Ok(Done::Away("no provider takes it", now));
    }
    let place =
        usize::try_from(case.job.attempts.saturating_sub(1)).unwrap_or(0).min(WAITS.len() - 1);
    let wait = SignedDuration::from_secs(WAITS[place]);
    Ok(Done::At("the mailbox does not take it now", after(now, wait)))
}

/// Whether the message is one that its origin sends at any hour.
pub(super) fn origin(row: &MessageRow) -> Origin {
    Origin::parse(&row.origin).unwrap_or(Origin::Campaign)
}
