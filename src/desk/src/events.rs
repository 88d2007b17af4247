//! Events for the page that lists them.

use crate::calls::{Mark, PAGE, Page};
use crate::office::Desk;
use crate::snapshot::Days;
use store::StoreError;
use store::dashboard::events::{self, EventFilter, EventRow};

impl Desk {
    /// A page of events, newest first. An empty name means any.
    pub async fn events(
        &self,
        days: &Days,
        event: &str,
        before: Option<Mark>,
    ) -> Result<Page<EventRow>, StoreError> {
        let filter = EventFilter {
            from: days.start.as_millisecond(),
            to: days.end.as_millisecond(),
            event: event.to_owned(),
            before: before.map(|mark| (mark.at, mark.id)),
        };
        let rows = events::page(&mut self.reader().await?, &filter, PAGE + 1).await?;
        Ok(Page::of(rows, |event| Mark { at: event.created_at, id: event.id.clone() }))
    }
}
