//! Cases that an operator must see.

use crate::office::Office;
use jiff::SignedDuration;
use store::StoreError;
use store::hooks::{self, IncidentRow};

/// How far back they are shown.
const DAYS: i64 = 30;

/// The incidents of the last days, newest first.
pub async fn list(office: &Office, limit: i64) -> Result<Vec<IncidentRow>, StoreError> {
    let now = office.world.clock.now();
    let since = now.saturating_sub(SignedDuration::from_hours(24 * DAYS)).unwrap_or(now);
    let day = since.strftime("%Y-%m-%d").to_string();
    hooks::incidents(&mut office.db.read_directory().await?, &day, limit).await
}
