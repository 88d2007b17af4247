//! May this message be sent now? Is there still somebody in whose name it is;
//! then STOP list, consent, hours, caps: in this order, and closed on doubt.

use super::Refusal;
use super::perform::{Case, origin};
use domain::message::hours::{Place, first_allowed};
use domain::message::{Channel, Class, Origin};
use jiff::{SignedDuration, Timestamp};
use store::messages::{progress, stops};
use store::{Reader, StoreError, tenants};

/// What the rules say.
pub(super) enum Gate {
    /// It may.
    Open,
    /// Not before.
    At(&'static str, Timestamp),
    /// It may not.
    Shut(Refusal),
}

/// The most messages of a tenant by one channel within a day.
const PER_DAY: i64 = 2_000;

/// The most messages of an origin to one person by one channel within a day.
fn per_person(origin: Origin) -> i64 {
    match origin {
        Origin::Campaign => 1,
        Origin::Daily => 2,
        Origin::Reminder | Origin::Callback => 6,
        Origin::Confirmation | Origin::Change | Origin::Reply | Origin::Test => 10,
    }
}

/// Asks every rule. An error means that a rule could not be asked: the message
/// is not sent, and the job comes back.
pub(super) async fn pass(case: &Case<'_>) -> Result<Gate, StoreError> {
    if case.row.not_after.is_some_and(|end| end <= case.now.as_millisecond()) {
        return Ok(Gate::Shut(Refusal::TooLate));
    }
    let mut reader = case.office.db.read(case.profile.tenant).await?;
    // Asked of the database: what is kept in memory may be of a moment ago.
    if !tenants::is_active(&mut reader).await? {
        return Ok(Gate::Shut(Refusal::TenantInactive));
    }
    if stops::is_stopped(&mut reader, &case.to).await? {
        return Ok(Gate::Shut(Refusal::Stopped));
    }
    let row = &case.row;
    let Some(class) = Class::read(&row.message_class, row.consent.as_deref()) else {
        return Ok(Gate::Shut(Refusal::NoConsent));
    };
    let place = Place { zone: &case.profile.zone, territory: case.profile.territory };
    let first = first_allowed(&class, origin(row), case.to.channel(), case.now, place);
    if first > case.now {
        // What would come too late then is refused when it comes.
        return Ok(Gate::At("it may not ring now", first));
    }
    if !may_write(case, &mut reader).await? {
        return Ok(Gate::Shut(Refusal::TooManyToPerson));
    }
    let channel = case.to.channel();
    let counted = channel != Channel::Email;
    if counted && progress::count(&mut reader, channel.as_str(), a_day_ago(case)).await? >= PER_DAY
    {
        return Ok(Gate::Shut(Refusal::TooManyOfTenant));
    }
    Ok(Gate::Open)
}

/// Whether the person may still be written to today: asked again when a message
/// is about to be given away, one message to a person after the other. What is
/// on its way at the same time may take a tenant a little over its own limit.
pub(super) async fn may_write(case: &Case<'_>, reader: &mut Reader) -> Result<bool, StoreError> {
    let origin = origin(&case.row);
    let whom = (&*case.row.to_address, case.to.channel().as_str(), origin.as_str());
    Ok(progress::count_to(reader, whom, a_day_ago(case)).await? < per_person(origin))
}

fn a_day_ago(case: &Case<'_>) -> Timestamp {
    case.now.saturating_sub(SignedDuration::from_hours(24)).unwrap_or(Timestamp::MIN)
}
