//! Telephone numbers of a tenant: got in persisted steps, given back with a
//! grace period, held against the provider's list.
//!
//! Start with [`Desk::provision`](crate::Desk::provision). [`provision`] takes
//! the steps that [`Stage::STEPS`](domain::numbers::Stage::STEPS) lists,
//! [`release`] gives back, [`reconcile`] finishes what was interrupted.

pub mod adopt;
mod balance;
mod compensate;
pub mod decided;
pub mod declared;
pub mod dossier;
pub mod drift;
mod papers;
pub mod provision;
mod purchase;
pub mod reconcile;
pub mod release;
mod steps;
pub(crate) mod voice;
mod wish;

use crate::office::Desk;
use domain::numbers::{PlaceError, Stage};
use domain::phone::E164;
use store::StoreError;
use store::numbers::NumberRow;
use store::provisionings::{self, ProvisioningRow};
use vendors::fault::Fault;

/// The most numbers that a list shows.
const LIMIT: i64 = 1000;

/// Why something about numbers and assistants was not done.
#[derive(Debug, thiserror::Error)]
pub enum NumberError {
    /// There is no such assistant here.
    #[error("there is no such agent")]
    NoAgent,
    /// The assistant has no such number.
    #[error("the agent has no such number")]
    NoNumber,
    /// It has a number already.
    #[error("the agent has a number already")]
    HasNumber,
    /// A number is being got for it.
    #[error("a number is being got for the agent")]
    InProgress,
    /// It has several numbers: which one?
    #[error("the agent has several numbers: say which")]
    Ambiguous,
    /// Nothing of the kind can be got.
    #[error(transparent)]
    Place(#[from] PlaceError),
    /// A name or a language that is none.
    #[error("{0} cannot be used")]
    BadField(&'static str),
    /// Buying and releasing is for owners, our staff, and tokens that say so.
    #[error("only an owner of the tenant may do this with its numbers and agents")]
    Forbidden,
    /// The number that was bought is routed to somebody else here; it goes back.
    #[error("the number is somebody else's here")]
    Taken,
    /// The account at the provider has no such number.
    #[error("the account has no such number")]
    NotOwned,
    /// The tenant has as many as it may have.
    #[error("the tenant has as many as it may have")]
    Limit,
    /// Nothing leaves the test tenant.
    #[error("the test tenant buys nothing")]
    Sandbox,
    /// A provider is not configured.
    #[error("{0} is not configured")]
    NotConfigured(&'static str),
    /// No number is for sale there; these are elsewhere.
    #[error("no number is for sale there")]
    NoneAvailable(Vec<Alternative>),
    /// The country wants documents; the wish stays open.
    #[error("the country's documents: {}", .0.as_str())]
    Documents(Stage, Option<String>),
    /// The provider failed; `pending`: the wish stays open.
    #[error("the provider failed: {fault}")]
    Provider {
        /// What it answered.
        fault: String,
        /// Whether it will be finished later.
        pending: Pending,
    },
    /// The database refuses or does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Whether something will still come of a failed wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pending {
    /// The reconciler goes on with it.
    Later,
    /// It was given up; nothing is paid for.
    Never,
}

/// A number that is for sale elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    /// The number.
    pub number: E164,
    /// Its area code, where there are any.
    pub area: Option<String>,
}

impl NumberError {
    /// A provider's fault, without what could name a number.
    pub(crate) fn fault(fault: &Fault, pending: Pending) -> Self {
        Self::Provider { fault: fault.to_string(), pending }
    }
}

impl Desk {
    /// True when whoever works here may buy and release numbers, and make and
    /// delete assistants.
    pub fn may_spend(&self) -> bool {
        self.may_manage("agents")
    }

    pub(crate) fn must_spend(&self) -> Result<(), NumberError> {
        if self.may_spend() { Ok(()) } else { Err(NumberError::Forbidden) }
    }

    /// The tenant's numbers that are paid for, newest first.
    pub async fn numbers(&self) -> Result<Vec<NumberRow>, StoreError> {
        store::numbers::of_tenant(&mut self.office().db.read(self.tenant()).await?, LIMIT).await
    }

    /// The wishes for numbers that are not decided.
    pub async fn wishes(&self) -> Result<Vec<ProvisioningRow>, StoreError> {
        provisionings::open(&mut self.office().db.read(self.tenant()).await?).await
    }
}

/// A number as people of its country write it.
pub(crate) fn pretty(number: &E164) -> String {
    let text = number.as_str();
    match text.strip_prefix("+1").filter(|rest| rest.len() == 10) {
        Some(rest) => format!("({}) {}-{}", &rest[..3], &rest[3..6], &rest[6..]),
        None => number.national_fr().unwrap_or_else(|| text.to_owned()),
    }
}
