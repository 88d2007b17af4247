//! The memory of the simulated providers, kept in the database: a number that
//! was "bought" before a restart is owned after it.

use crate::office::Office;
use store::StoreError;
use store::simulators::{self, MemoryRow};

/// What is kept: where they were, and what they knew (JSON).
pub async fn remembered(office: &Office) -> Result<Option<(String, String)>, StoreError> {
    let kept = simulators::load(&mut office.db.read_directory().await?).await?;
    Ok(kept.map(|kept| (kept.base_url, kept.state)))
}

/// Keeps it.
pub async fn remember(office: &Office, base_url: &str, state: String) -> Result<(), StoreError> {
    let memory = MemoryRow { base_url: base_url.to_owned(), state };
    let mut tx = office.db.begin_directory().await?;
    simulators::save(&mut tx, &memory, office.world.clock.now()).await?;
    tx.commit().await
}
