//! Live updates: who looks at a tenant's pages is told when something changes.

use domain::id::TenantId;
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
}

/// The hub of one process; other instances' changes are fed into it.
pub struct Live {
    sender: broadcast::Sender<(TenantId, Change)>,
}

impl Default for Live {
    fn default() -> Self {
        Self { sender: broadcast::channel(1_024).0 }
    }
}

impl Live {
    /// Tells every listener; nobody listening is fine.
    pub fn publish(&self, tenant: TenantId, change: Change) {
        let _ = self.sender.send((tenant, change));
    }

    /// Every change of every tenant; the receiver filters by its own.
    pub fn subscribe(&self) -> broadcast::Receiver<(TenantId, Change)> {
        self.sender.subscribe()
    }
}
