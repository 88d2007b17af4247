//! How an assistant ends: deleted by a person, or taken back because it could
//! not be finished.

use super::rewrite;
use crate::numbers::voice;
use crate::numbers::{NumberError, release};
use crate::office::Desk;
use crate::providers::Providers;
use jiff::Timestamp;
use store::agents::{self, AgentRow};
use store::identity::tokens::revoke_line;
use store::{StoreError, Tx, numbers};

/// Why an assistant ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// A person wants it so.
    Deleted,
    /// It could not be finished: the same request may make it anew.
    TakenBack,
}

impl Desk {
    /// Takes an assistant back that could not be finished.
    pub(super) async fn drop_agent(&self, row: &AgentRow) -> Result<(), StoreError> {
        let mut tx = self.office().db.begin(self.tenant()).await?;
        let now = self.office().world.clock.now();
        rewrite(&mut tx, &row.agent_id, now, |row| {
            "deleted".clone_into(&mut row.status);
            row.taken_back = 1;
        })
        .await?;
        tx.commit().await
    }

    /// Deletes an assistant: its token ends, the release of its numbers begins,
    /// and its provider forgets it, now or with the next reconciliation.
    pub async fn delete_agent(
        &self,
        providers: &Providers,
        id: &str,
    ) -> Result<AgentRow, NumberError> {
        self.end_agent(providers, id, End::Deleted).await
    }

    pub(super) async fn end_agent(
        &self,
        providers: &Providers,
        id: &str,
        end: End,
    ) -> Result<AgentRow, NumberError> {
        self.must_spend()?;
        let (office, now) = (self.office(), self.office().world.clock.now());
        let mut tx = office.db.begin(self.tenant()).await?;
        let mut row = retire(&mut tx, id, now).await?.ok_or(NumberError::NoAgent)?;
        if end == End::TakenBack {
            row.taken_back = 1;
            agents::update(&mut tx, &row, now).await?;
        }
        tx.commit().await?;
        office.forget_routes();
        if let Err(fault) = voice::remove(providers, &row).await {
            tracing::warn!(%fault, "an assistant is removed later");
        }
        Ok(row)
    }
}

/// Ends an assistant: its token, and the grace period of its numbers begins.
/// `None` when it has ended already.
pub(crate) async fn retire(
    tx: &mut Tx,
    id: &str,
    now: Timestamp,
) -> Result<Option<AgentRow>, StoreError> {
    if !agents::lock(tx, id).await? {
        return Ok(None);
    }
    let Some(row) = agents::get(tx, id).await? else { return Ok(None) };
    if let Some(prefix) = &row.token_prefix {
        revoke_line(tx, prefix, now).await?;
    }
    for number in numbers::of_agent(tx, id).await? {
        release::give_up(tx, number, now).await?;
    }
    let row = AgentRow { status: "deleted".to_owned(), ..row };
    agents::update(tx, &row, now).await?;
    Ok(Some(row))
}
