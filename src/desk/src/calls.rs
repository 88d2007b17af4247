//! Calls for the pages: lists with filters, and one call with all that happened in it.

use crate::office::Desk;
use crate::snapshot::Days;
use jiff::SignedDuration;
use store::StoreError;
use store::dashboard::agenda::{self, VisitRow};
use store::dashboard::calls::{self, CallFilter, CallRow, TurnRow};
use store::dashboard::events::{self, EventRow};
use store::dashboard::prospects::{self, ProspectRow};
use store::dashboard::tickets::{self, TicketRow};

/// How many rows one page of a list has.
pub const PAGE: i64 = 40;

/// Which calls are wanted. Empty texts mean "any".
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Of which days.
    pub days: Days,
    /// An outcome's event name.
    pub outcome: String,
    /// The dialled number, E.164.
    pub dialled: String,
    /// Part of a name or the end of a number.
    pub search: String,
    /// The mark of the page before.
    pub before: Option<Mark>,
}

/// Where a page of a list ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The last row's instant, milliseconds.
    pub at: i64,
    /// The last row's id.
    pub id: String,
}

impl Mark {
    /// Reads `INSTANT_ID`, as addresses carry it.
    pub fn parse(text: &str) -> Option<Self> {
        let (at, id) = text.split_once('_')?;
        Some(Self { at: at.parse().ok()?, id: id.get(..id.len().min(64))?.to_owned() })
    }
}

impl std::fmt::Display for Mark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}_{}", self.at, self.id)
    }
}

/// A page of a list.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// Its rows.
    pub rows: Vec<T>,
    /// Where the next page begins, when there is one.
    pub next: Option<Mark>,
}

impl<T> Page<T> {
    /// Makes a page of rows that were read with one more than [`PAGE`].
    pub(crate) fn of(mut rows: Vec<T>, mark: impl Fn(&T) -> Mark) -> Self {
        let more = rows.len() as i64 > PAGE;
        rows.truncate(PAGE as usize);
        let next = rows.last().filter(|_| more).map(mark);
        Self { rows, next }
    }
}

/// One call and what happened in it.
#[derive(Debug, Clone)]
pub struct Story {
    /// The call.
    pub call: CallRow,
    /// What was heard and said.
    pub turns: Vec<TurnRow>,
    /// What happened.
    pub events: Vec<EventRow>,
    /// Appointments it made.
    pub visits: Vec<VisitRow>,
    /// Requests it left.
    pub tickets: Vec<TicketRow>,
    /// Prospects it brought.
    pub prospects: Vec<ProspectRow>,
    /// What it did, JSON: `[{"action", "id"}]`.
    pub actions: String,
}

impl Desk {
    /// A page of calls, newest first.
    pub async fn calls(&self, wanted: &Wanted) -> Result<Page<CallRow>, StoreError> {
        let rows = calls::page(&mut self.reader().await?, &filter(wanted), PAGE + 1).await?;
        Ok(Page::of(rows, |call| Mark { at: call.started_at, id: call.id.clone() }))
    }

    /// The last calls, newest first.
    pub async fn last_calls(&self, limit: i64) -> Result<Vec<CallRow>, StoreError> {
        let filter = CallFilter { from: 0, to: i64::MAX, ..CallFilter::default() };
        calls::page(&mut self.reader().await?, &filter, limit).await
    }

    /// Calls that go on now.
    pub async fn open_calls(&self) -> Result<Vec<CallRow>, StoreError> {
        let since = self.now().saturating_sub(SignedDuration::from_hours(4)).unwrap_or_default();
        calls::open(&mut self.reader().await?, since.as_millisecond(), 20).await
    }

    /// One call with everything that happened in it.
    pub async fn call(&self, id: &str) -> Result<Option<Story>, StoreError> {
        let mut reader = self.reader().await?;
        let Some(call) = calls::one(&mut reader, id).await? else { return Ok(None) };
        let name = call.call_sid.as_str();
        let turns = calls::turns(&mut reader, name).await?;
        let events = events::of_call(&mut reader, name).await?;
        let visits = agenda::of_call(&mut reader, name).await?;
        let tickets = tickets::of_call(&mut reader, name).await?;
        let prospects = prospects::of_call(&mut reader, name).await?;
        let actions = calls::actions(&mut reader, &call.id).await?;
        Ok(Some(Story { call, turns, events, visits, tickets, prospects, actions }))
    }

    /// The call's own id, from its provider's name.
    pub async fn call_row(&self, call_sid: &str) -> Result<Option<String>, StoreError> {
        calls::id_of(&mut self.reader().await?, call_sid).await
    }
}

fn filter(wanted: &Wanted) -> CallFilter {
    let (name, number) = patterns(&wanted.search);
    CallFilter {
        from: wanted.days.start.as_millisecond(),
        to: wanted.days.end.as_millisecond(),
        outcome: wanted.outcome.clone(),
        dialled: wanted.dialled.clone(),
        name,
        number,
        before: wanted.before.as_ref().map(|mark| (mark.at, mark.id.clone())),
    }
}

/// What names and numbers are compared with: the text anywhere in a name, its
/// digits at the end of a number.
pub(crate) fn patterns(search: &str) -> (String, String) {
    let search = search.trim().to_lowercase();
    let digits: String = search.chars().filter(char::is_ascii_digit).collect();
    let number = digits.strip_prefix('0').unwrap_or(&digits);
    let number = if number.is_empty() { "-".to_owned() } else { format!("%{number}") };
    let name = if search.is_empty() { search } else { format!("%{}%", literal(&search)) };
    (name, number)
}

/// A text whose `%` and `_` mean nothing: they match any one letter.
fn literal(text: &str) -> String {
    text.chars().take(60).map(|c| if "%\\".contains(c) { '_' } else { c }).collect()
}
