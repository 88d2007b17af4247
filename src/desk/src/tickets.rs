//! Requests that wait for the practice: lists, one with its history, and what
//! can be done with one. Messages, callbacks and tickets are all of them.

mod answer;
mod change;
pub(crate) mod fields;
mod history;
mod make;

pub use answer::{AnswerWanted, ways};
pub use change::TicketChange;
pub use make::TicketWanted;

use crate::calls::{Mark, PAGE, Page};
use crate::live::Change;
use crate::office::{Desk, Who};
use domain::support::Priority;
use domain::ticket::Status;
use store::StoreError;
use store::dashboard::tickets::{self, EntryRow, TicketFilter, TicketRow};

/// The most requests one list shows.
const LIMIT: i64 = 200;

/// Why something was not done with a request. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum TicketError {
    /// There is none, or it is another tenant's.
    #[error("there is no such ticket")]
    Missing,
    /// Somebody else changed it since it was read.
    #[error("the ticket was changed meanwhile")]
    Changed,
    /// What is in this field cannot be there.
    #[error("{0} cannot be that")]
    Field(&'static str),
    /// It may not become that from what it is.
    #[error("it cannot become that now")]
    Move,
    /// The database refuses or does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Which requests are wanted. Empty texts and `None` mean "any".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// A status, `waiting` or `done`.
    pub status: String,
    /// A category.
    pub category: String,
    /// A priority.
    pub priority: Option<Priority>,
    /// A member's address; `-`: nobody's.
    pub assigned_to: String,
    /// Part of a name or a subject, a reference, or the end of a number.
    pub search: String,
    /// The provider's name of a call.
    pub call: String,
    /// Whether only those count that should have been answered by now.
    pub overdue: Overdue,
    /// The mark of the page before.
    pub before: Option<Mark>,
}

/// Whether only what should have been answered by now counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Overdue {
    /// Everything counts.
    #[default]
    Any,
    /// Only what is late.
    Only,
}

/// A request with what was done with it.
#[derive(Debug, Clone)]
pub struct TicketStory {
    /// The request.
    pub ticket: TicketRow,
    /// In order.
    pub history: Vec<EntryRow>,
}

impl Desk {
    /// What waits, the urgent first, then the newest.
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

    /// A page of requests, newest first.
    pub async fn tickets(&self, wanted: &Wanted) -> Result<Page<TicketRow>, StoreError> {
        let filter = filter(wanted, self.now().as_millisecond());
        let rows = tickets::page(&mut self.reader().await?, &filter, PAGE + 1).await?;
        Ok(Page::of(rows, |row| Mark { at: row.created_at, id: row.id.clone() }))
    }

    /// One request with its history.
    pub async fn ticket(&self, id: &str) -> Result<Option<TicketStory>, StoreError> {
        let mut reader = self.reader().await?;
        let Some(ticket) = tickets::one(&mut reader, id).await? else { return Ok(None) };
        let history = tickets::history(&mut reader, id).await?;
        Ok(Some(TicketStory { ticket, history }))
    }

    /// Marks one as dealt with; false when none of that id waits.
    pub async fn deal_with(&self, id: &str) -> Result<bool, StoreError> {
        self.become_now(id, Status::Resolved).await
    }

    /// Takes that back; false when it was not dealt with.
    pub async fn reopen(&self, id: &str) -> Result<bool, StoreError> {
        self.become_now(id, Status::Open).await
    }

    /// Changes the status whatever the version; false when it may not become that.
    async fn become_now(&self, id: &str, to: Status) -> Result<bool, StoreError> {
        let row = tickets::one(&mut self.reader().await?, id).await?;
        let from = row.and_then(|row| Status::parse(&row.status));
        if !from.is_some_and(|from| from.may_become(to)) {
            return Ok(false);
        }
        let change = TicketChange { status: Some(to), ..TicketChange::default() };
        match self.change_ticket(id, None, &change).await {
            Ok(row) => Ok(row.status == to.as_str()),
            Err(TicketError::Store(error)) => Err(error),
            Err(_) => Ok(false),
        }
    }

    pub(crate) fn tickets_changed(&self) {
        self.office().live.publish(self.tenant(), Change::Tickets);
    }

    /// On whose behalf, as histories keep it.
    pub(crate) fn author(&self) -> String {
        match self.who() {
            Who::Member { email, .. } | Who::Staff { email } => email.clone(),
            Who::Token { prefix, .. } => format!("token:{prefix}"),
            Who::Operator => "operator".to_owned(),
        }
    }
}

fn filter(wanted: &Wanted, now: i64) -> TicketFilter {
    let (words, number) = crate::calls::patterns(&wanted.search);
    TicketFilter {
        status: wanted.status.clone(),
        category: wanted.category.clone(),
        priority: wanted.priority.map_or("", Priority::as_str).to_owned(),
        assigned_to: wanted.assigned_to.clone(),
        words: (words, wanted.search.trim().to_lowercase()),
        number,
        call: wanted.call.clone(),
        overdue_at: (wanted.overdue == Overdue::Only).then_some(now),
        before: wanted.before.as_ref().map(|mark| (mark.at, mark.id.clone())),
    }
}
