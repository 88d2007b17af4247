//! How often one may try, counted in the database for all instances.

use super::{Email, hash};
use jiff::{SignedDuration, Timestamp};
use store::identity::attempts;
use store::{StoreError, Tx};

/// The window in which tries count.
const WINDOW: SignedDuration = SignedDuration::from_mins(15);
/// Links one address may ask for in a window.
const LINKS_PER_ADDRESS: i64 = 5;
/// Links one network may ask for in a window.
const LINKS_PER_NETWORK: i64 = 30;
/// Wrong passwords for one address in a window.
const PASSWORDS_PER_ADDRESS: i64 = 8;
/// Wrong passwords from one network in a window.
const PASSWORDS_PER_NETWORK: i64 = 40;
/// Sentences one network may write to the demonstration in a window.
const SENTENCES_PER_NETWORK: i64 = 60;

/// Forms one network may send to practices in a window.
const FORMS_PER_NETWORK: i64 = 10;

/// What became of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// It is being done.
    Taken,
    /// This address was asked for too often: nothing is sent. Looks like
    /// [`Asked::Taken`] to whoever asks.
    EnoughForAddress,
    /// Too much comes from this network.
    EnoughForNetwork,
}

pub(super) async fn note_request(
    tx: &mut Tx,
    email: &Email,
    network: &str,
    now: Timestamp,
) -> Result<Asked, StoreError> {
    let limits = (LINKS_PER_ADDRESS, LINKS_PER_NETWORK);
    note(tx, "login", (email, network), limits, now).await
}

pub(super) async fn note_password(
    tx: &mut Tx,
    email: &Email,
    network: &str,
    now: Timestamp,
) -> Result<Asked, StoreError> {
    let limits = (PASSWORDS_PER_ADDRESS, PASSWORDS_PER_NETWORK);
    note(tx, "password", (email, network), limits, now).await
}

/// Counts a sentence written to the demonstration; false when it is one too many.
pub(crate) async fn note_sentence(
    tx: &mut Tx,
    network: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let count = attempts::note(tx, "demo_network", &hash(network), window(now)).await?;
    Ok(count <= SENTENCES_PER_NETWORK)
}

/// Counts a form sent to a practice; false when it is one too many.
pub(crate) async fn note_form(
    tx: &mut Tx,
    network: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let count = attempts::note(tx, "form_network", &hash(network), window(now)).await?;
    Ok(count <= FORMS_PER_NETWORK)
}

async fn note(
    tx: &mut Tx,
    kind: &str,
    (email, network): (&Email, &str),
    (per_address, per_network): (i64, i64),
    now: Timestamp,
) -> Result<Asked, StoreError> {
    let window = window(now);
    let a_day_ago = now.saturating_sub(SignedDuration::from_hours(24)).unwrap_or(now);
    attempts::sweep(tx, a_day_ago).await?;
    let from_network = format!("{kind}_network");
    let by_network = attempts::note(tx, &from_network, &hash(network), window).await?;
    let by_address = format!("{kind}_address");
    let by_address = attempts::note(tx, &by_address, &hash(email.as_str()), window).await?;
    Ok(if by_network > per_network {
        Asked::EnoughForNetwork
    } else if by_address > per_address {
        Asked::EnoughForAddress
    } else {
        Asked::Taken
    })
}

/// The start of the window that an instant lies in.
fn window(now: Timestamp) -> Timestamp {
    let length = WINDOW.as_millis() as i64;
    let start = now.as_millisecond().div_euclid(length) * length;
    Timestamp::from_millisecond(start).unwrap_or(now)
}
