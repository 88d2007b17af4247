//! The running product and a person's place in it.

use crate::live::Live;
use domain::{id::TenantId, role::Role, routing::TestRoute};
use std::sync::Arc;

/// The running product: one per process.
pub struct Office {
    /// What the operator decided.
    pub rules: HouseRules,
    /// Who is told when something of a tenant changes.
    pub live: Live,
}

/// What the operator decided, from the environment.
#[derive(Debug, Clone)]
pub struct HouseRules {
    /// The test number and its tenant.
    pub test: TestRoute,
    /// Who keeps calls to numbers that are nobody's.
    pub default_tenant: TenantId,
    /// What happens to such calls.
    pub unknown_did: UnknownDid,
    /// Addresses of our staff, lower case.
    pub staff: Vec<String>,
}

/// `UWI_UNKNOWN_DID`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnknownDid {
    /// The default tenant keeps the call: neutral wording, messages only.
    Default,
    /// The call is refused with a sentence.
    Refuse,
}

/// One request of a known person or program, for one tenant. The only way to
/// a tenant's data; no page or handler ever passes a tenant id of its own.
#[derive(Clone)]
pub struct Desk {
    office: Arc<Office>,
    tenant: TenantId,
    who: Who,
}

/// On whose behalf a [`Desk`] acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// A member of the tenant.
    Member {
        /// Lower case.
        email: String,
        /// What they may do.
        role: Role,
    },
    /// Our staff.
    Staff {
        /// Lower case.
        email: String,
    },
    /// An API token, by its public prefix.
    Token {
        /// The public part.
        prefix: String,
        /// What it may do.
        scopes: Vec<String>,
    },
    /// The operator at the command line.
    Operator,
}

impl Desk {
    /// Only for code that has checked that `who` may work for `tenant`:
    /// sessions, tokens and the command line.
    pub fn new(office: Arc<Office>, tenant: TenantId, who: Who) -> Self {
        Self { office, tenant, who }
    }

    /// The tenant it works for.
    pub fn tenant(&self) -> TenantId {
        self.tenant
    }

    /// On whose behalf.
    pub fn who(&self) -> &Who {
        &self.who
    }

    /// The product it belongs to.
    pub fn office(&self) -> &Arc<Office> {
        &self.office
    }
}
