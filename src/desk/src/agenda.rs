//! Appointments for the agenda.

use crate::office::Desk;
use crate::snapshot::Days;
use store::StoreError;
use store::dashboard::agenda::{self, VisitRow};

/// The most appointments one view of the agenda shows.
const LIMIT: i64 = 1_000;

impl Desk {
    /// The appointments of some days, in order, cancelled ones included.
    pub async fn visits(&self, days: &Days) -> Result<Vec<VisitRow>, StoreError> {
        let (from, to) = (days.start.as_millisecond(), days.end.as_millisecond());
        agenda::between(&mut self.reader().await?, from, to, LIMIT).await
    }

    /// The next appointments.
    pub async fn next_visits(&self, limit: i64) -> Result<Vec<VisitRow>, StoreError> {
        let now = self.now().as_millisecond();
        agenda::coming(&mut self.reader().await?, now, limit).await
    }

    /// One appointment.
    pub async fn visit(&self, id: &str) -> Result<Option<VisitRow>, StoreError> {
        agenda::one(&mut self.reader().await?, id).await
    }
}
