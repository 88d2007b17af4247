//! Appointments. Each claims every five minutes of its calendar, and a claim
//! exists once: the schema, not a check, keeps two callers apart.

mod claims;
pub mod history;
mod holds;
mod range;
mod status;

pub use claims::{book, cancel, correct, move_to};
pub use holds::{Seeker, hold, is_free, release};
pub use status::{Details, amend, lock, settle};

use crate::bound::Bindable as _;
use crate::{Reader, Sql, StoreError};
use domain::appointment::Author;
use domain::availability::{Busy, Slot};
use domain::id::{AppointmentId, CalendarId, CallId};
use domain::phone::E164;
use jiff::Timestamp;
use rusqlite::Row;

/// An appointment to be made.
#[derive(Debug, Clone)]
pub struct NewAppointment<'a> {
    /// Its id.
    pub id: AppointmentId,
    /// When, on which calendar, for what.
    pub slot: &'a Slot,
    /// IANA name of the tenant's zone.
    pub zone: &'a str,
    /// Displayed name of the service.
    pub service_name: &'a str,
    /// For whom.
    pub name: &'a str,
    /// The same, folded, to compare by.
    pub name_key: &'a str,
    /// How to reach them.
    pub phone: Option<&'a E164>,
    /// Written address.
    pub email: Option<&'a str>,
    /// Why they come.
    pub motive: Option<&'a str>,
    /// The call that made it.
    pub call: Option<&'a CallId>,
    /// Who made it.
    pub author: Author,
    /// When.
    pub now: Timestamp,
}

/// An appointment as stored.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AppointmentRow {
    /// Its id.
    pub id: String,
    /// On which calendar.
    pub calendar_id: String,
    /// For what.
    pub service_id: String,
    /// For whom.
    pub customer_name: String,
    /// The same, folded.
    pub name_key: String,
    /// How to reach them.
    pub customer_phone: Option<String>,
    /// Written address.
    pub customer_email: Option<String>,
    /// Local date, `YYYY-MM-DD`.
    pub rdv_date: String,
    /// Local time, `HH:MM`.
    pub rdv_time: String,
    /// The zone of both.
    pub timezone: String,
    /// The start, in milliseconds.
    pub starts_at: i64,
    /// The end, in milliseconds.
    pub ends_at: i64,
    /// Displayed name of the service.
    pub rdv_type: Option<String>,
    /// `confirmed`, `cancelled`, …
    pub status: String,
    /// Why they come.
    pub motive: Option<String>,
    /// The call that made it.
    pub call_id: Option<String>,
    /// `sara`, `manual` or `web`.
    pub created_by: String,
    /// Grows with every change.
    pub version: i64,
}

/// What became of moving an appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// It is ours.
    Ours,
    /// Somebody else has (part of) it.
    Taken,
    /// The appointment to be moved is gone.
    Gone,
}

// No appointment lasts longer than a day, so the index on the start serves.
macro_rules! taken {
    () => {
        "SELECT calendar_id, starts_at, ends_at FROM rendez_vous
  WHERE tenant_id = $1 AND status IN ('confirmed', 'completed', 'no_show')
    AND starts_at > $2 - 86400000 AND starts_at < $3
    AND ends_at > $2
  UNION ALL SELECT calendar_id, bucket * 300000, bucket * 300000 + 300000 FROM slot_holds
  WHERE tenant_id = $1 AND until_at > $2 AND call_id <> $4"
    };
}

macro_rules! joined {
    ($together:literal) => {
        concat!(
            "SELECT COALESCE(",
            $together,
            "(starts_at || ' ' || ends_at || ' ' || calendar_id, ';'), '') FROM (",
            taken!(),
            ") taken"
        )
    };
}

macro_rules! columns {
    () => {
        "id, calendar_id, service_id, customer_name, name_key, customer_phone, customer_email,
         rdv_date, rdv_time, timezone, starts_at, ends_at, rdv_type, status, motive, call_id,
         created_by, version"
    };
}

const GET: &str =
    concat!("SELECT ", columns!(), " FROM rendez_vous WHERE tenant_id = $1 AND id = $2");
const COMING: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM rendez_vous WHERE tenant_id = $1 AND status IN ('confirmed', 'cancelled') AND starts_at > $2
    AND (customer_phone = $3 OR starts_at = $4) ORDER BY starts_at, id LIMIT 50"
);
const OF_CALL: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM rendez_vous WHERE tenant_id = $1 AND call_id = $2 ORDER BY starts_at, id LIMIT 50"
);
const BUSY: &str = taken!();
// One row with everything: where a row is a message, each would cost more than
// finding it.
const ALL_BUSY: Sql = Sql { sqlite: joined!("group_concat"), postgres: joined!("string_agg") };

/// Reads one appointment.
pub async fn get(
    reader: &mut Reader,
    appointment: AppointmentId,
) -> Result<Option<AppointmentRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_optional!(reader, GET => AppointmentRow, tenant, appointment.to_string())
}

/// Coming appointments of a telephone number or of a start, cancelled ones too;
/// whose they are is for the caller of this function to check.
pub async fn coming(
    reader: &mut Reader,
    phone: Option<&E164>,
    start: Option<Timestamp>,
    now: Timestamp,
) -> Result<Vec<AppointmentRow>, StoreError> {
    let tenant = reader.tenant().0;
    let (now, start) = (now.as_millisecond(), start.map(Timestamp::as_millisecond));
    let phone = phone.map(E164::as_str);
    fetch_all!(reader, COMING => AppointmentRow, tenant, now, phone, start)
}

/// The appointments that a call has made.
pub async fn of_call(
    reader: &mut Reader,
    call: &CallId,
) -> Result<Vec<AppointmentRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_all!(reader, OF_CALL => AppointmentRow, tenant, call.as_str())
}

/// Time that is taken or, `now`, being offered by another call.
pub async fn busy(
    reader: &mut Reader,
    (now, to): (Timestamp, Timestamp),
    call: Option<&CallId>,
) -> Result<Vec<Busy>, StoreError> {
    let tenant = reader.tenant().0;
    let (now, to, call) =
        (now.as_millisecond(), to.as_millisecond(), call.map_or("", CallId::as_str));
    let values = [tenant.value(), now.value(), to.value(), call.value()];
    let mut taken = Taken::default();
    let each = |row: &Row<'_>| {
        taken.add(row.get_ref(0)?.as_str()?, row.get(1)?, row.get(2)?);
        Ok(())
    };
    if reader.glance(BUSY, &values, each).is_some() {
        return taken.busy();
    }
    let sql = reader.pick(ALL_BUSY);
    let found = fetch_optional!(reader, sql => (String,), tenant, now, to, call)?;
    let (text,) = found.unwrap_or_default();
    let mut taken = Taken::default();
    for one in text.split(';').filter(|one| !one.is_empty()) {
        let (calendar, start, end) =
            read(one).ok_or_else(|| StoreError::inconsistent("rendez_vous", one))?;
        taken.add(calendar, start, end);
    }
    taken.busy()
}

/// Calendar, start and end.
fn read(text: &str) -> Option<(&str, i64, i64)> {
    let (start, rest) = text.split_once(' ')?;
    let (end, calendar) = rest.split_once(' ')?;
    Some((calendar, start.parse().ok()?, end.parse().ok()?))
}

/// Time that is taken, in milliseconds.
#[derive(Default)]
struct Taken(Vec<(CalendarId, i64, i64)>);

impl Taken {
    /// Adds some; what follows upon the last of its calendar is one with it.
    fn add(&mut self, calendar: &str, start: i64, end: i64) {
        let last = self.0.iter_mut().rev().find(|(of, ..)| of.0 == calendar);
        match last.filter(|(_, from, to)| (*from..=*to).contains(&start)) {
            Some((_, _, to)) => *to = end.max(*to),
            None => self.0.push((CalendarId(calendar.to_owned()), start, end)),
        }
    }

    fn busy(self) -> Result<Vec<Busy>, StoreError> {
        let busy = self.0.into_iter().map(|(calendar, start, end)| {
            Ok(Busy { calendar, start: instant(start)?, end: instant(end)? })
        });
        busy.collect()
    }
}

fn instant(milliseconds: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_millisecond(milliseconds)
        .map_err(|error| StoreError::inconsistent("rendez_vous", error))
}
