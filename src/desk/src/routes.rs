//! Which tenant answers a dialled number: a cached look-up, and writing routes.

use crate::office::{Office, UnknownDid};
use crate::tenants::DELETED;
use domain::id::TenantId;
use domain::phone::E164;
use domain::routing::{Channel, Resolution};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{PoisonError, RwLock};
use store::StoreError;
use store::routes::{self, RouteRow};
use store::tenants;

/// Parts of the cache, so that a writer does not stop every reader.
const SHARDS: usize = 16;
/// The most numbers in one part; a full part is emptied.
const SHARD_LIMIT: usize = 65_536;

/// Dialled numbers and who answers them, `None` for nobody's. Filled as
/// numbers are asked for; bounded; emptied when any route changes.
#[derive(Debug)]
pub struct RouteCache {
    generation: AtomicU64,
    shards: [RwLock<HashMap<u64, Option<TenantId>>>; SHARDS],
}

impl Default for RouteCache {
    fn default() -> Self {
        let shards = std::array::from_fn(|_| RwLock::new(HashMap::new()));
        Self { generation: AtomicU64::new(0), shards }
    }
}

/// A moment of the cache, to be named when inserting what was read since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Generation(u64);

impl RouteCache {
    /// What is known of a number: `None` when nothing is, `Some(None)` when it
    /// is known to be nobody's.
    pub fn get(&self, channel: Channel, number: &E164) -> Option<Option<TenantId>> {
        let key = key(channel, number)?;
        let shard = self.shard(key).read().unwrap_or_else(PoisonError::into_inner);
        shard.get(&key).copied()
    }

    /// The present moment, to be taken before the database is read.
    pub fn generation(&self) -> Generation {
        Generation(self.generation.load(Ordering::SeqCst))
    }

    /// Remembers what was read from the database, unless a route changed since
    /// `read_at`: what was read may then be the old one.
    pub fn insert(
        &self,
        (channel, number): (Channel, &E164),
        tenant: Option<TenantId>,
        read_at: Generation,
    ) {
        let Some(key) = key(channel, number) else { return };
        let mut shard = self.shard(key).write().unwrap_or_else(PoisonError::into_inner);
        // Checked under the lock that `clear` takes after it has counted.
        if self.generation() != read_at {
            return;
        }
        if shard.len() >= SHARD_LIMIT {
            shard.clear();
        }
        shard.insert(key, tenant);
    }

    /// Forgets everything: a route changed.
    pub fn clear(&self) {
        self.generation.fetch_add(1, Ordering::SeqCst);
        for shard in &self.shards {
            shard.write().unwrap_or_else(PoisonError::into_inner).clear();
        }
    }

    fn shard(&self, key: u64) -> &RwLock<HashMap<u64, Option<TenantId>>> {
        // The last digits are the ones that differ between a tenant's numbers.
        &self.shards[(key / 4 % SHARDS as u64) as usize]
    }
}

/// A number of at most fifteen digits and a channel in one word.
fn key(channel: Channel, number: &E164) -> Option<u64> {
    let digits: u64 = number.as_str().strip_prefix('+')?.parse().ok()?;
    let channel = match channel {
        Channel::Vocal => 0,
        Channel::Whatsapp => 1,
        Channel::Web => 2,
        Channel::Sms => 3,
    };
    digits.checked_mul(4).map(|digits| digits + channel)
}

impl Office {
    /// Which tenant a call to this number is for. (The name is that of the
    /// first documents.)
    pub async fn resolve_tenant_id_from_vocal_call(
        &self,
        number: &E164,
        channel: Channel,
    ) -> Result<Resolution, StoreError> {
        let known = match self.routes.get(channel, number) {
            Some(known) => known,
            None => self.look_up(channel, number).await?,
        };
        Ok(known.map_or_else(|| self.unrouted(), Resolution::Routed))
    }

    async fn look_up(
        &self,
        channel: Channel,
        number: &E164,
    ) -> Result<Option<TenantId>, StoreError> {
        let read_at = self.routes.generation();
        let mut reader = self.db.read_directory().await?;
        let tenant = routes::resolve(&mut reader, channel, number).await?;
        self.routes.insert((channel, number), tenant, read_at);
        Ok(tenant)
    }

    /// What becomes of a call to a number that is nobody's.
    pub(crate) fn unrouted(&self) -> Resolution {
        match self.rules.unknown_did {
            UnknownDid::Default => Resolution::Default(self.rules.default_tenant),
            UnknownDid::Refuse => Resolution::Refused,
        }
    }
}

/// Routes a number to a tenant; refuses to take the test number away from the
/// test tenant. True when something changed.
pub async fn add_route(
    office: &Office,
    channel: Channel,
    number: &E164,
    tenant: TenantId,
) -> Result<bool, StoreError> {
    let mut tx = office.db.begin_directory().await?;
    let row = tenants::get(&mut tx, tenant).await?;
    if row.is_some_and(|row| row.status == DELETED) {
        return Err(StoreError::Refused(format!("tenant {tenant} was deleted")));
    }
    let now = office.world.clock.now();
    let changed =
        routes::add_route(&mut tx, &office.rules.test, (channel, number), tenant, now).await?;
    tx.commit().await?;
    office.forget_routes();
    Ok(changed)
}

/// The first routes, by channel and number.
pub async fn list_routes(office: &Office, limit: i64) -> Result<Vec<RouteRow>, StoreError> {
    routes::list(&mut office.db.read_directory().await?, limit).await
}

/// Routes the test number to the test tenant; again and again without harm.
pub async fn ensure_test_number_route(office: &Office) -> Result<bool, StoreError> {
    let test = office.rules.test.clone();
    add_route(office, Channel::Vocal, &test.number, test.tenant).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(national: usize) -> E164 {
        E164::parse(&format!("+33{}", 100_000_000 + national), "FR").unwrap()
    }

    #[test]
    fn what_was_read_before_a_change_is_not_remembered() {
        let (cache, number) = (RouteCache::default(), number(1));
        let read_at = cache.generation();
        cache.clear();
        cache.insert((Channel::Vocal, &number), Some(TenantId(1)), read_at);
        assert_eq!(cache.get(Channel::Vocal, &number), None);
        cache.insert((Channel::Vocal, &number), None, cache.generation());
        assert_eq!(cache.get(Channel::Vocal, &number), Some(None));
    }

    #[test]
    fn a_number_is_known_per_channel() {
        let (cache, number) = (RouteCache::default(), number(1));
        cache.insert((Channel::Sms, &number), Some(TenantId(7)), cache.generation());
        assert_eq!(cache.get(Channel::Sms, &number), Some(Some(TenantId(7))));
        assert_eq!(cache.get(Channel::Vocal, &number), None);
    }

    #[test]
    fn the_cache_holds_a_million_numbers_and_never_many_more() {
        let cache = RouteCache::default();
        let shared = number(0);
        for national in 0..1_000_000 {
            let digits = key(Channel::Vocal, &shared).unwrap() + 4 * national;
            let mut shard = cache.shard(digits).write().unwrap();
            shard.insert(digits, Some(TenantId(1)));
        }
        let held = |cache: &RouteCache| -> usize {
            cache.shards.iter().map(|shard| shard.read().unwrap().len()).sum()
        };
        assert_eq!(held(&cache), 1_000_000);
        for national in 1_000_000..1_100_000 {
            let at = cache.generation();
            cache.insert((Channel::Vocal, &number(national)), None, at);
        }
        assert!(held(&cache) <= SHARDS * SHARD_LIMIT);
    }
}
