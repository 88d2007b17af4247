//! Customer businesses: making, changing, showing.

mod delete;
mod people;

pub(crate) use delete::wind_up;
pub use delete::{DeleteError, Deleted, delete};

use crate::office::Office;
use domain::id::TenantId;
use domain::phone::E164;
use domain::routing::Channel;
use domain::tenant::settings::{Settings, SettingsError};
use people::Rest;
use serde_json::{Map, Value};
use store::routes::{self, RouteRow};
use store::tenants::{self, TenantData, TenantRow};
use store::{StoreError, Tx};

/// The status of a tenant that is none any more.
pub(crate) const DELETED: &str = "deleted";

/// What is paid for does not go because a file leaves it out.
const STAYING: [&str; 2] = ["agent", "number"];

/// Why a tenant's file was not applied. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ApplyError {
    /// Something in it is wrong.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// A number of it is another tenant's.
    #[error("{number} is already the number of tenant {owner}")]
    NumberTaken {
        /// The number, masked.
        number: String,
        /// Whose it is.
        owner: TenantId,
    },
    /// The test number belongs to the test tenant, and the test tenant has no
    /// other.
    #[error("the test tenant has the test number and no other, and nobody else has it")]
    TestNumber,
    /// It was deleted; it does not come back by its file.
    #[error("tenant {0} was deleted")]
    Deleted(TenantId),
    /// It names people and nobody who is responsible, and somebody was.
    #[error("the file names people and no owner: the last owner stays one")]
    LastOwner,
    /// Two tenants have this name.
    #[error("several tenants are named {0:?}: say which with `id`")]
    AmbiguousName(String),
    /// The database refuses or does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What applying a file did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// Which tenant.
    pub tenant: TenantId,
    /// True when it is new.
    pub created: bool,
    /// What it had and the file does not say: `service: 2 -> 1 (Bilan)`. Numbers and
    /// agents are not taken away by that, and are marked so; nor are people by a
    /// file that names none.
    pub removed: Vec<String>,
}

/// A tenant with everything it has told us.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// Which.
    pub tenant: TenantId,
    /// `active`, `suspended` or `deleted`.
    pub status: String,
    /// Its settings.
    pub settings: Settings,
    /// Its routes.
    pub routes: Vec<RouteRow>,
}

/// Makes the test tenant unless it exists; again and again without harm.
pub async fn ensure_test_tenant_exists(office: &Office) -> Result<bool, StoreError> {
    let settings = Settings { number: Vec::new(), ..Settings::sandbox_demo() };
    let mut tx = office.db.begin_directory().await?;
    let now = office.world.clock.now();
    let json = settings.to_json();
    let made =
        tenants::insert(&mut tx, office.rules.test.tenant, &data(&settings, &json), now).await?;
    tx.commit().await?;
    Ok(made)
}

/// What is written of a tenant.
pub(crate) fn data<'a>(settings: &'a Settings, json: &'a str) -> TenantData<'a> {
    TenantData { name: settings.name.trim(), timezone: &settings.timezone, settings: json }
}

/// Makes or changes a tenant as its file says, all or nothing; applying the
/// same file again changes nothing.
pub async fn apply(office: &Office, settings: &Settings) -> Result<Applied, ApplyError> {
    keep(office, settings, Rest::Goes).await
}

/// The same for somebody who adds to what they have read: people who have come
/// since stay.
pub(crate) async fn add(office: &Office, settings: &Settings) -> Result<Applied, ApplyError> {
    keep(office, settings, Rest::Stays).await
}

async fn keep(office: &Office, settings: &Settings, rest: Rest) -> Result<Applied, ApplyError> {
    let (tx, applied) = applied(office, settings, rest).await?;
    tx.commit().await?;
    office.forget_tenant(applied.tenant);
    if !settings.number.is_empty() {
        office.forget_routes();
    }
    Ok(applied)
}

/// What [`apply`] would do; nothing is changed.
pub async fn rehearse(office: &Office, settings: &Settings) -> Result<Applied, ApplyError> {
    Ok(applied(office, settings, Rest::Goes).await?.1)
}

async fn applied(
    office: &Office,
    settings: &Settings,
    rest: Rest,
) -> Result<(Tx, Applied), ApplyError> {
    let numbers = settings.numbers()?;
    let mut tx = office.db.begin_directory().await?;
    let applied = write(office, &mut tx, settings).await?;
    check_test_number(office, applied.tenant, &numbers)?;
    for (number, channel) in &numbers {
        add_number(office, &mut tx, applied.tenant, (*channel, number)).await?;
    }
    people::write(office, &mut tx, applied.tenant, (&settings.member, rest)).await?;
    Ok((tx, applied))
}

async fn write(office: &Office, tx: &mut Tx, settings: &Settings) -> Result<Applied, ApplyError> {
    let now = office.world.clock.now();
    let known = match settings.id {
        Some(id) => Some(TenantId(id)),
        None => named(tx, settings.name.trim()).await?,
    };
    let tenant = match known {
        Some(tenant) => tenant,
        None => tenants::next_id(tx).await?,
    };
    // The id is the row's key, not a setting.
    let mut settings = Settings { id: None, ..settings.clone() };
    if settings.member.is_empty() {
        settings.member = people::stored(tx, tenant).await?;
    }
    let json = settings.to_json();
    let data = data(&settings, &json);
    let created = tenants::insert(tx, tenant, &data, now).await?;
    if !created && known.is_none() {
        // Somebody else made a tenant of this number just now.
        return Err(StoreError::Conflict.into());
    }
    let before = if created { None } else { tenants::get(tx, tenant).await? };
    if before.as_ref().is_some_and(|row| row.status == DELETED) {
        return Err(ApplyError::Deleted(tenant));
    }
    if !created {
        tenants::update(tx, tenant, &data, now).await?;
    }
    let removed = before.map_or_else(Vec::new, |row| removed(&row.settings, &json));
    Ok(Applied { tenant, created, removed })
}

/// The parts of stored settings of which others have fewer, or not the same.
fn removed(before: &str, after: &str) -> Vec<String> {
    let parts = |json: &str| serde_json::from_str::<Map<String, Value>>(json).unwrap_or_default();
    let (before, after) = (parts(before), parts(after));
    let count = |value: &Value| match value {
        Value::Null => 0,
        Value::Array(all) => all.len(),
        _ => 1,
    };
    before
        .iter()
        .filter_map(|(name, had)| {
            let has = after.get(name).unwrap_or(&Value::Null);
            let staying = STAYING.contains(&name.as_str());
            let gone = if staying { String::new() } else { gone(had, has) };
            if gone.is_empty() && count(has) >= count(had) {
                return None;
            }
            let which = if gone.is_empty() { gone } else { format!(" ({gone})") };
            let stays = if staying { " (they stay)" } else { "" };
            Some(format!("{name}: {} -> {}{which}{stays}", count(had), count(has)))
        })
        .collect()
}

/// The entries that are not there any more, by what they are known by.
fn gone(had: &Value, has: &Value) -> String {
    const KNOWN_BY: [&str; 4] = ["email", "name", "ask", "question"];
    let known = |entry: &Value| match entry {
        Value::String(text) => Some(text.clone()),
        entry => KNOWN_BY.iter().find_map(|key| entry[*key].as_str()).map(str::to_owned),
    };
    let all = |list: &Value| -> Vec<String> {
        list.as_array().into_iter().flatten().filter_map(known).collect()
    };
    let there: Vec<String> = all(has).iter().map(|one| one.to_lowercase()).collect();
    let gone = all(had).into_iter().filter(|one| !there.contains(&one.to_lowercase()));
    gone.collect::<Vec<_>>().join(", ")
}

async fn named(tx: &mut Tx, name: &str) -> Result<Option<TenantId>, ApplyError> {
    match tenants::named(tx, name).await?[..] {
        [] => Ok(None),
        [only] => Ok(Some(only)),
        _ => Err(ApplyError::AmbiguousName(name.to_owned())),
    }
}

fn check_test_number(
    office: &Office,
    tenant: TenantId,
    numbers: &[(E164, Channel)],
) -> Result<(), ApplyError> {
    let test = &office.rules.test;
    let allowed = |number: &E164| (tenant == test.tenant) == (*number == test.number);
    let allowed = numbers.iter().all(|(number, _)| allowed(number));
    if allowed { Ok(()) } else { Err(ApplyError::TestNumber) }
}

async fn add_number(
    office: &Office,
    tx: &mut Tx,
    tenant: TenantId,
    route: (Channel, &E164),
) -> Result<(), ApplyError> {
    match routes::resolve(tx, route.0, route.1).await? {
        Some(owner) if owner != tenant => {
            Err(ApplyError::NumberTaken { number: route.1.masked(), owner })
        }
        _ => {
            let now = office.world.clock.now();
            routes::add_route(tx, &office.rules.test, route, tenant, now).await?;
            Ok(())
        }
    }
}

/// The first tenants, by number.
pub async fn list(office: &Office, limit: i64) -> Result<Vec<TenantRow>, StoreError> {
    tenants::list(&mut office.db.read_directory().await?, limit).await
}

/// One tenant with its settings and routes.
pub async fn show(office: &Office, tenant: TenantId) -> Result<Option<Shown>, StoreError> {
    let mut reader = office.db.read_directory().await?;
    let Some(row) = tenants::get(&mut reader, tenant).await? else { return Ok(None) };
    let settings = Settings::from_json(&row.settings)
        .map_err(|error| StoreError::inconsistent("tenants", error))?;
    let routes = routes::of_tenant(&mut reader, tenant).await?;
    Ok(Some(Shown { tenant, status: row.status, settings, routes }))
}

/// Empties the sandbox: appointments, messages, transcripts and callers'
/// numbers of the test tenant go; events and counters stay.
pub async fn reset_sandbox(office: &Office) -> Result<(), StoreError> {
    let mut tx = office.db.begin(office.rules.test.tenant).await?;
    store::sandbox::reset(&mut tx).await?;
    tx.commit().await?;
    office.memories.forget_tenant(office.rules.test.tenant);
    Ok(())
}
