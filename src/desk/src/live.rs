//! Live updates: who looks at a tenant's pages is told when something changes.

use domain::id::TenantId;
use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};
use tokio::sync::broadcast;

/// What changed, so that a page knows which parts to fetch again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// A call began, went on or ended.
    Calls,
    /// An appointment was made, moved or cancelled.
    Appointments,
    /// A message waits or was dealt with.
    Tickets,
    /// A prospect was brought or changed.
    Prospects,
}

/// The hub of one process; other instances' changes are fed into it.
pub struct Live {
    sender: broadcast::Sender<(TenantId, Change)>,
    talking: Mutex<HashSet<TenantId>>,
    touched: Mutex<HashSet<TenantId>>,
}

impl Default for Live {
    fn default() -> Self {
        Self {
            sender: broadcast::channel(1_024).0,
            talking: Mutex::default(),
            touched: Mutex::default(),
        }
    }
}

impl Live {
    /// Tells every listener; nobody listening is fine.
    pub fn publish(&self, tenant: TenantId, change: Change) {
        if change == Change::Appointments {
            self.touched.lock().unwrap_or_else(PoisonError::into_inner).insert(tenant);
        }
        let _ = self.sender.send((tenant, change));
    }

    /// Tells every listener that a call went on by a turn, and keeps it to be
    /// told to other instances.
    pub(crate) fn publish_turn(&self, tenant: TenantId) {
        self.publish(tenant, Change::Calls);
        self.talking.lock().unwrap_or_else(PoisonError::into_inner).insert(tenant);
    }

    /// The tenants whose calls went on since this was last asked.
    pub(crate) fn take_talking(&self) -> HashSet<TenantId> {
        std::mem::take(&mut *self.talking.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The tenants whose appointments changed since this was last asked.
    pub(crate) fn take_touched(&self) -> HashSet<TenantId> {
        std::mem::take(&mut *self.touched.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Every change of every tenant; the receiver filters by its own.
    pub fn subscribe(&self) -> broadcast::Receiver<(TenantId, Change)> {
        self.sender.subscribe()
    }
}
