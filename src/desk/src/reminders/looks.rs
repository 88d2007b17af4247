//! When to look at which tenant: at the next reminder of its appointments, at
//! once when one of these changed, and now and then in any case.

use domain::id::TenantId;
use jiff::{SignedDuration, Timestamp};
use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What other instances change is seen after so long at the latest, even when
/// their word of it was lost.
const AT_LATEST: SignedDuration = SignedDuration::from_hours(1);
/// How often the list of tenants is read.
const TENANTS: SignedDuration = SignedDuration::from_mins(10);

/// When each tenant is looked at next, by this process.
#[derive(Debug, Default)]
pub(crate) struct Looks(Mutex<Inner>);

#[derive(Debug, Default)]
struct Inner {
    next: HashMap<TenantId, Timestamp>,
    known_at: Option<Timestamp>,
    changed: HashSet<TenantId>,
}

impl Looks {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// True when the list of tenants is to be read again.
    pub(super) fn wants_tenants(&self, now: Timestamp) -> bool {
        let known = self.inner().known_at;
        // The clock may have been set back.
        known.is_none_or(|known| now.duration_since(known).abs() >= TENANTS)
    }

    /// Notes which tenants there are; new ones are looked at at once.
    pub(super) fn know(&self, tenants: impl Iterator<Item = TenantId>, now: Timestamp) {
        let mut inner = self.inner();
        let before = std::mem::take(&mut inner.next);
        inner.next = tenants
            .map(|tenant| (tenant, before.get(&tenant).copied().unwrap_or(Timestamp::MIN)))
            .collect();
        inner.known_at = Some(now);
    }

    /// Something of these has changed.
    pub(super) fn touched(&self, tenants: HashSet<TenantId>) {
        let mut inner = self.inner();
        for tenant in tenants {
            if let Some(next) = inner.next.get_mut(&tenant) {
                *next = Timestamp::MIN;
            }
        }
    }

    /// Its settings have changed; perhaps it is new, or is none any more.
    pub(crate) fn changed(&self, tenant: TenantId) {
        self.inner().changed.insert(tenant);
    }

    /// One whose settings have changed.
    pub(super) fn next_changed(&self) -> Option<TenantId> {
        self.inner().changed.iter().next().copied()
    }

    /// It is about to be seen how that one is now.
    pub(super) fn seen(&self, tenant: TenantId) {
        self.inner().changed.remove(&tenant);
    }

    /// It is looked at at once.
    pub(super) fn admit(&self, tenant: TenantId) {
        self.inner().next.insert(tenant, Timestamp::MIN);
    }

    /// Nobody needs to look at it any more.
    pub(super) fn dismiss(&self, tenant: TenantId) {
        self.inner().next.remove(&tenant);
    }

    /// Everything may have changed: everybody is looked at.
    pub(crate) fn forget(&self) {
        *self.inner() = Inner::default();
    }

    /// Whose turn it is, in order.
    pub(super) fn due(&self, now: Timestamp) -> Vec<TenantId> {
        let inner = self.inner();
        let late = |next: &Timestamp| *next <= now || next.duration_since(now) > AT_LATEST;
        let due = inner.next.iter().filter(|(_, next)| late(next));
        let mut tenants: Vec<TenantId> = due.map(|(tenant, _)| *tenant).collect();
        tenants.sort_unstable();
        tenants
    }

    /// Notes when a tenant is to be looked at again.
    pub(super) fn again(&self, tenant: TenantId, next: Timestamp, now: Timestamp) {
        let latest = now.saturating_add(AT_LATEST).unwrap_or(Timestamp::MAX);
        if let Some(known) = self.inner().next.get_mut(&tenant) {
            *known = next.min(latest);
        }
    }
}
