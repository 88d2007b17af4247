//! Those who may become customers: lists, one, what the practice changes, and
//! those who write instead of calling.

mod change;
mod form;

pub use change::ProspectChange;
pub use form::{FormError, ProspectGiven, Taken, take_form};

use crate::calls::{Mark, PAGE, Page};
use crate::live::Change;
use crate::office::Desk;
use crate::tickets::TicketError;
use domain::qualification::Status;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use store::StoreError;
use store::dashboard::prospects::{self, ProspectFilter, ProspectRow};

/// Why something was not done with a prospect. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ProspectError {
    /// There is none, or it is another tenant's.
    #[error("there is no such prospect")]
    Missing,
    /// Somebody else changed it since it was read.
    #[error("the prospect was changed meanwhile")]
    Changed,
    /// What is in this field cannot be there.
    #[error("{0} cannot be that")]
    Field(String),
    /// It may not become that from what it is.
    #[error("it cannot become that now")]
    Move,
    /// The database refuses or does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<TicketError> for ProspectError {
    fn from(error: TicketError) -> Self {
        match error {
            TicketError::Field(field) => Self::Field(field.to_owned()),
            TicketError::Missing => Self::Missing,
            TicketError::Changed => Self::Changed,
            TicketError::Move => Self::Move,
            TicketError::Store(error) => Self::Store(error),
        }
    }
}

/// Which prospects are wanted. Empty texts and `None` mean "any".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// How they are judged.
    pub status: Option<Status>,
    /// Where they come from.
    pub source: String,
    /// Part of a name or an address, or the end of a number.
    pub search: String,
    /// Only those to be called back on this day or before.
    pub follow_up: Option<Date>,
    /// The mark of the page before.
    pub before: Option<Mark>,
}

impl Desk {
    /// A page of prospects, newest first.
    pub async fn prospects(&self, wanted: &Wanted) -> Result<Page<ProspectRow>, StoreError> {
        let (words, number) = crate::calls::patterns(&wanted.search);
        let zone = self.zone().await?;
        let filter = ProspectFilter {
            status: wanted.status.map_or("", Status::as_str).to_owned(),
            source: wanted.source.clone(),
            words,
            number,
            follow_up_before: wanted.follow_up.map(|day| day_after(day, &zone)),
            before: wanted.before.as_ref().map(|mark| (mark.at, mark.id.clone())),
        };
        let rows = prospects::page(&mut self.reader().await?, &filter, PAGE + 1).await?;
        Ok(Page::of(rows, |row| Mark { at: row.created_at, id: row.id.clone() }))
    }

    /// One prospect.
    pub async fn prospect(&self, id: &str) -> Result<Option<ProspectRow>, StoreError> {
        prospects::one(&mut self.reader().await?, id).await
    }

    /// How many are to be called back today, or should have been before.
    pub async fn count_follow_ups(&self) -> Result<i64, StoreError> {
        let zone = self.zone().await?;
        let before = day_after(self.today(&zone), &zone);
        prospects::count_follow_ups(&mut self.reader().await?, before).await
    }

    pub(crate) fn prospects_changed(&self) {
        self.office().live.publish(self.tenant(), Change::Prospects);
    }
}

/// The first instant of the day after, milliseconds.
pub(crate) fn day_after(day: Date, zone: &TimeZone) -> i64 {
    day.tomorrow().map_or(i64::MAX, |next| start_of(next, zone).as_millisecond())
}

/// The first instant of a day.
pub(crate) fn start_of(day: Date, zone: &TimeZone) -> Timestamp {
    zone.to_timestamp(day.at(0, 0, 0, 0)).unwrap_or(Timestamp::MAX)
}
