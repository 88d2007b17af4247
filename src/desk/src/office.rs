//! The running product and a person's place in it.

use crate::live::Live;
use crate::outbox::Troubles;
use crate::practice::Mornings;
use crate::profiles::Profiles;
use crate::reminders::Looks;
use crate::routes::RouteCache;
use crate::sending::carriers::Carriers;
use crate::switchboard::memory::Memories;
use crate::world::World;
use crate::{jobs, routes, tenants};
use domain::scope::{self, Wish};
use domain::{id::TenantId, role::Role, routing::TestRoute};
use jiff::civil::Date;
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};
use store::{Db, StoreError};

/// The running product: one per process.
pub struct Office {
    /// Where everything is kept.
    pub db: Db,
    /// Time and chance.
    pub world: World,
    /// What the operator decided.
    pub rules: HouseRules,
    /// Who is told when something of a tenant changes.
    pub live: Live,
    /// Who answers which number.
    pub routes: RouteCache,
    pub(crate) profiles: Profiles,
    pub(crate) memories: Memories,
    pub(crate) nights: Nights,
    pub(crate) mornings: Mornings,
    pub(crate) looks: Looks,
    pub(crate) troubles: Troubles,
    carriers: OnceLock<Carriers>,
}

/// What an office has whom nobody has told who carries its messages.
static NOBODY: LazyLock<Carriers> = LazyLock::new(|| Carriers::none(""));

/// The last night whose work this process has looked at, so that the database
/// is asked once a day only.
#[derive(Debug, Default)]
pub(crate) struct Nights(Mutex<Option<Date>>);

impl Nights {
    /// True when this night was seen to.
    pub(crate) fn is_done(&self, night: Date) -> bool {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) == Some(night)
    }

    /// Notes that it was.
    pub(crate) fn done(&self, night: Date) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(night);
    }
}

/// Why the product cannot start.
#[derive(Debug, thiserror::Error)]
pub enum OfficeError {
    /// The database does not answer or refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Another test number or test tenant is locked in the database.
    #[error(
        "the database is locked to test number {locked} and test tenant {tenant}: \
         set TEST_VOCAL_NUMBER and TEST_TENANT_ID to these"
    )]
    OtherTestRoute {
        /// The number it is locked to.
        locked: String,
        /// The tenant it is locked to.
        tenant: TenantId,
    },
}

impl Office {
    /// Prepares the database (schema, test tenant, test route) and takes up
    /// work: every start, again and again without harm.
    pub async fn open(db: Db, world: World, rules: HouseRules) -> Result<Arc<Self>, OfficeError> {
        db.migrate().await?;
        let office = Arc::new(Self {
            db,
            world,
            rules,
            live: Live::default(),
            routes: RouteCache::default(),
            profiles: Profiles::default(),
            memories: Memories::default(),
            nights: Nights::default(),
            mornings: Mornings::default(),
            looks: Looks::default(),
            troubles: Troubles::default(),
            carriers: OnceLock::new(),
        });
        if tenants::ensure_test_tenant_exists(&office).await? {
            jobs::skip_first_night(&office).await?;
        }
        office.lock_test_route().await?;
        routes::ensure_test_number_route(&office).await?;
        Ok(office)
    }

    /// Tells who carries messages, once: before that nothing leaves.
    pub fn employ(&self, carriers: Carriers) {
        // Whoever comes second is the same, from the same configuration.
        let _ = self.carriers.set(carriers);
    }

    /// Who carries messages.
    pub fn carriers(&self) -> &Carriers {
        self.carriers.get().unwrap_or(&NOBODY)
    }

    async fn lock_test_route(&self) -> Result<(), OfficeError> {
        let mut tx = self.db.begin_directory().await?;
        let (locked, tenant) = store::routes::lock_guard(&mut tx, &self.rules.test).await?;
        tx.commit().await?;
        let same = locked == self.rules.test.number.as_str() && tenant == self.rules.test.tenant;
        if same { Ok(()) } else { Err(OfficeError::OtherTestRoute { locked, tenant }) }
    }
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

impl Who {
    /// True for those who answer for the practice: its owner, our staff, the
    /// operator. A token does what its scopes say, and no more.
    pub fn manages(&self) -> bool {
        match self {
            Self::Member { role, .. } => *role == Role::Owner,
            Self::Staff { .. } | Self::Operator => true,
            Self::Token { .. } => false,
        }
    }
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

    /// True when whoever works here may decide on what costs money, opens a
    /// door or speaks in the practice's name; a token needs the resource's scope.
    pub fn may_manage(&self, resource: &str) -> bool {
        match &self.who {
            Who::Token { scopes, .. } => scope::allows(scopes, resource, Wish::Write),
            who => who.manages(),
        }
    }

    /// The product it belongs to.
    pub fn office(&self) -> &Arc<Office> {
        &self.office
    }
}
