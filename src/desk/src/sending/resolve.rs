//! A message of which nobody has said what became of it: looked up at the
//! provider, never sent again before the provider has shown that it is not there.

use super::perform::Case;
use crate::outbox::{Done, after};
use domain::message::Status;
use jiff::{SignedDuration, Timestamp};
use store::messages::progress;
use store::messages::reports;
use store::{StoreError, hooks};
use vendors::twilio::messages::Message;

/// When an unknown message is first looked up: until then it may be on its way.
pub(super) const FIRST_LOOK: SignedDuration = SignedDuration::from_secs(45);
/// Between look-ups.
const AGAIN: SignedDuration = SignedDuration::from_mins(2);
/// How often the provider must not know it before it is believed.
const ABSENCES: i64 = 3;
/// A message's time at the provider may be a little before ours.
const SKEW: SignedDuration = SignedDuration::from_mins(5);

/// Looks an unknown message up.
pub(super) async fn look(case: &Case<'_>) -> Result<Done, StoreError> {
    let touched = Timestamp::from_millisecond(case.row.updated_at).unwrap_or(case.now);
    if after(touched, FIRST_LOOK) > case.now {
        return Ok(Done::At("it may be on its way", after(touched, FIRST_LOOK)));
    }
    let twilio = case.carriers.twilio.as_ref();
    let Some(twilio) = twilio.filter(|_| case.row.provider.as_deref() == Some("twilio")) else {
        return leave(case).await;
    };
    let to = match case.to.channel() {
        domain::message::Channel::WhatsApp => format!("whatsapp:{}", case.row.to_address),
        _ => case.row.to_address.clone(),
    };
    let since = touched.saturating_sub(SKEW).unwrap_or(touched);
    match twilio.messages_to(&to, since).await {
        Ok(messages) => match ours(case, messages, since).await? {
            Ours::One(message) => found(case, &message).await,
            Ours::Perhaps => leave(case).await,
            Ours::None => absent(case).await,
        },
        Err(_) => Ok(Done::At("the provider cannot be asked", after(case.now, AGAIN))),
    }
}

/// Which of a provider's messages is ours.
enum Ours {
    One(Message),
    /// One may be: a template's words are the provider's, so that nothing tells.
    Perhaps,
    None,
}

/// The message among the provider's that says the same and is nobody else's.
async fn ours(
    case: &Case<'_>,
    messages: Vec<Message>,
    since: Timestamp,
) -> Result<Ours, StoreError> {
    let by_template = case.row.approved_template.is_some();
    let mut reader = case.office.db.read(case.profile.tenant).await?;
    for message in messages {
        let same = Some(message.body.as_str()) == case.row.content.as_deref();
        let recent = message.made.is_none_or(|made| made >= since);
        let sid = message.sid.as_str();
        let fits = recent && (same || by_template);
        if fits && !progress::is_known(&mut reader, "twilio", sid).await? {
            return Ok(if same { Ours::One(message) } else { Ours::Perhaps });
        }
    }
    Ok(Ours::None)
}

async fn found(case: &Case<'_>, message: &Message) -> Result<Done, StoreError> {
    match note(case, message).await {
        // A report came in between: what it says is looked at again.
        Err(StoreError::Conflict) => Ok(Done::At("it was moved meanwhile", case.now)),
        noted => noted,
    }
}

async fn note(case: &Case<'_>, message: &Message) -> Result<Done, StoreError> {
    let (tenant, sid) = (case.profile.tenant, message.sid.as_str());
    let mut tx = case.office.db.begin(tenant).await?;
    progress::accepted(&mut tx, case.id, sid, case.now).await?;
    reports::name(&mut tx, ("twilio", sid), (tenant, case.id), case.now).await?;
    if Status::Sent.may_become(message.status) {
        let step = (Status::Sent, message.status);
        let told = (case.now, message.code.as_deref());
        progress::advance(&mut tx, case.id, step, told, case.now).await?;
    }
    case.commit(tx, Done::Finished).await
}

async fn absent(case: &Case<'_>) -> Result<Done, StoreError> {
    let mut tx = case.office.db.begin(case.profile.tenant).await?;
    let seen = case.row.absences + 1;
    if seen >= ABSENCES {
        progress::back(&mut tx, case.id, "never_arrived", case.now).await?;
    } else {
        progress::absent(&mut tx, case.id, case.now).await?;
    }
    let wait = if seen >= ABSENCES { SignedDuration::ZERO } else { AGAIN };
    case.commit(tx, Done::At("the provider does not know it", after(case.now, wait))).await
}

/// A provider that cannot be asked: only its report can tell. A person is told
/// that there is such a message.
async fn leave(case: &Case<'_>) -> Result<Done, StoreError> {
    let mut tx = case.office.db.begin(case.profile.tenant).await?;
    let channel = case.to.channel().as_str();
    hooks::count_incident(&mut tx, "message_unknown", channel, case.now).await?;
    case.commit(tx, Done::Finished).await
}
