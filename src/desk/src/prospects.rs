//! Those who may become customers, for the pages.

use crate::calls::{Mark, PAGE, Page};
use crate::office::Desk;
use store::StoreError;
use store::dashboard::prospects::{self, ProspectRow};

impl Desk {
    /// A page of prospects, newest first; an empty `status` means any.
    pub async fn prospects(
        &self,
        status: &str,
        before: Option<&Mark>,
    ) -> Result<Page<ProspectRow>, StoreError> {
        let before = before.map(|mark| (mark.at, mark.id.as_str()));
        let mut reader = self.reader().await?;
        let rows = prospects::page(&mut reader, status, before, PAGE + 1).await?;
        Ok(Page::of(rows, |row| Mark { at: row.created_at, id: row.id.clone() }))
    }

    /// One prospect.
    pub async fn prospect(&self, id: &str) -> Result<Option<ProspectRow>, StoreError> {
        prospects::one(&mut self.reader().await?, id).await
    }
}
