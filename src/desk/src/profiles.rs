//! Tenants ready to be used: parsed once, kept until they change.

use crate::office::Office;
use dialogue::Mode;
use domain::id::TenantId;
use domain::phone::E164;
use domain::tenant::Profile;
use domain::tenant::following::Confirmation;
use domain::tenant::settings::Settings;
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use store::StoreError;
use store::tenants::TenantRow;

/// The most profiles kept; a full cache is emptied.
const LIMIT: usize = 10_000;

/// Profiles in memory.
#[derive(Debug, Default)]
pub(crate) struct Profiles {
    generation: AtomicU64,
    known: RwLock<HashMap<TenantId, Ready>>,
}

/// A tenant's profile, and what tells it from what it was at other times.
#[derive(Debug, Clone)]
pub(crate) struct Ready {
    pub profile: Arc<Profile>,
    /// Everything that the profile is made of, hashed.
    pub version: Arc<str>,
    /// Neither suspended nor deleted.
    in_use: bool,
}

impl Ready {
    /// How far its assistant may go now, whatever a call was begun with: for a
    /// tenant that is not in use messages are taken, no more.
    pub(crate) fn limit(&self, mode: Mode) -> Mode {
        if self.in_use { mode } else { Mode::MessageOnly }
    }
}

impl Profiles {
    fn get(&self, tenant: TenantId) -> Option<Ready> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).get(&tenant).cloned()
    }

    fn insert(&self, ready: &Ready, read_at: u64) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        // What was read before a change may be the old one.
        if self.generation.load(Ordering::SeqCst) != read_at {
            return;
        }
        if known.len() >= LIMIT {
            known.clear();
        }
        known.insert(ready.profile.tenant, ready.clone());
    }

    /// Forgets one: it changed.
    fn forget(&self, tenant: TenantId) {
        self.generation.fetch_add(1, Ordering::SeqCst);
        self.known.write().unwrap_or_else(PoisonError::into_inner).remove(&tenant);
    }

    /// Forgets everything: a route changed, and with it the numbers of some.
    pub(crate) fn clear(&self) {
        self.generation.fetch_add(1, Ordering::SeqCst);
        self.known.write().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

impl Office {
    /// Forgets what is kept of one tenant: something of it changed. Everybody
    /// else's is kept; one tenant's work is not everybody's.
    pub(crate) fn forget_tenant(&self, tenant: TenantId) {
        self.profiles.forget(tenant);
        self.looks.changed(tenant);
    }

    /// Forgets who answers which number: a route changed.
    pub(crate) fn forget_routes(&self) {
        self.profiles.clear();
        self.routes.clear();
    }

    /// Forgets everything that others may have changed.
    pub(crate) fn forget_everything(&self) {
        self.forget_routes();
        self.looks.forget();
    }

    /// A tenant's profile.
    pub async fn profile(&self, tenant: TenantId) -> Result<Arc<Profile>, StoreError> {
        self.ready(tenant).await.map(|ready| ready.profile)
    }

    /// A tenant's profile with its version.
    pub(crate) async fn ready(&self, tenant: TenantId) -> Result<Ready, StoreError> {
        if let Some(known) = self.profiles.get(tenant) {
            return Ok(known);
        }
        let read_at = self.profiles.generation.load(Ordering::SeqCst);
        let mut reader = self.db.read_directory().await?;
        let row = store::tenants::get(&mut reader, tenant)
            .await?
            .ok_or_else(|| StoreError::inconsistent("tenants", format!("no tenant {tenant}")))?;
        let numbers = store::routes::of_tenant(&mut reader, tenant).await?;
        // Whoever waits for a second connection with one in hand may wait for good.
        drop(reader);
        let numbers = numbers.into_iter().filter_map(|route| E164::try_from(route.key).ok());
        let mut ready = ready(&row, numbers.collect(), self.rules.test.tenant)?;
        if wants_texts(&ready.profile) {
            let mut reader = self.db.read(tenant).await?;
            if store::notices::can_text(&mut reader).await? {
                ready = with_texts(&ready);
            }
        }
        self.profiles.insert(&ready, read_at);
        Ok(ready)
    }
}

fn ready(row: &TenantRow, numbers: Vec<E164>, test: TenantId) -> Result<Ready, StoreError> {
    let tenant = TenantId(row.tenant_id);
    let settings = Settings::from_json(&row.settings);
    let profile = settings
        .and_then(|settings| settings.profile(tenant))
        .map_err(|error| StoreError::inconsistent("tenants", error))?;
    // The routes say which numbers it has; the file may be older.
    let profile = Profile { sandbox: tenant == test, numbers, ..profile };
    let version = version(&row.settings, &profile);
    Ok(Ready { profile: Arc::new(profile), version, in_use: row.status == "active" })
}

/// True where a caller would be offered a confirmation by text message.
fn wants_texts(profile: &Profile) -> bool {
    profile.following.confirmation == Confirmation::Wanted && !profile.sandbox
}

/// The same tenant, which can send text messages.
fn with_texts(ready: &Ready) -> Ready {
    let mut profile = Profile::clone(&ready.profile);
    profile.following.confirmation = Confirmation::Ready;
    let version = format!("{}t", ready.version).into();
    Ready { profile: Arc::new(profile), version, in_use: ready.in_use }
}

/// A hash of everything that a profile is made of.
fn version(settings: &str, profile: &Profile) -> Arc<str> {
    let mut numbers: Vec<&str> = profile.numbers.iter().map(E164::as_str).collect();
    numbers.sort_unstable();
    let mut hash = Sha256::new();
    for part in std::iter::once(settings).chain(numbers) {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.update([u8::from(profile.sandbox)]);
    hex::encode(&hash.finalize()[..6]).into()
}
