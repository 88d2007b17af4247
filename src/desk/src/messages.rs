//! Messages, callbacks and other requests that wait for the practice.

use crate::live::Change;
use crate::office::Desk;
use store::StoreError;
use store::dashboard::tickets::{self, TicketRow};

/// The most requests one list shows.
const LIMIT: i64 = 200;

impl Desk {
    /// What waits, newest first.
    pub async fn waiting(&self) -> Result<Vec<TicketRow>, StoreError> {
        tickets::waiting(&mut self.reader().await?, LIMIT).await
    }

    /// How many wait.
    pub async fn count_waiting(&self) -> Result<i64, StoreError> {
        tickets::count_waiting(&mut self.reader().await?).await
    }

    /// The last ones that were dealt with.
    pub async fn dealt_with(&self) -> Result<Vec<TicketRow>, StoreError> {
        tickets::done(&mut self.reader().await?, 30).await
    }

    /// Marks one as dealt with; false when none of that id waits.
    pub async fn deal_with(&self, id: &str) -> Result<bool, StoreError> {
        let mut tx = self.office().db.begin(self.tenant()).await?;
        let by = self.who().email().unwrap_or_default();
        let changed = tickets::resolve(&mut tx, id, by, self.now()).await?;
        tx.commit().await?;
        self.office().live.publish(self.tenant(), Change::Tickets);
        Ok(changed)
    }

    /// Takes that back; false when it was not dealt with.
    pub async fn reopen(&self, id: &str) -> Result<bool, StoreError> {
        let mut tx = self.office().db.begin(self.tenant()).await?;
        let changed = tickets::reopen(&mut tx, id, self.now()).await?;
        tx.commit().await?;
        self.office().live.publish(self.tenant(), Change::Tickets);
        Ok(changed)
    }
}
