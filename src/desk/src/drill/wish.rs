//! What somebody wants of the practice, said to the product.

use super::plan::{Person, What};
use crate::appointments::{AppointmentError, Changes, NewAppointment};
use crate::office::Desk;
use domain::id::{AppointmentId, CalendarId};
use domain::phone::E164;
use store::StoreError;
use store::dashboard::agenda::VisitRow;

/// How often something is tried while the database does not answer.
pub(super) const TRIES: usize = 30;

/// Says it to the product, again while the database does not answer; `None`
/// when there is nothing to move or to cancel.
pub(super) async fn wish(
    desk: &Desk,
    what: &What,
    id: Option<AppointmentId>,
    person: &Person,
) -> Option<Result<VisitRow, AppointmentError>> {
    let mut tries = 0;
    loop {
        let done = match (what, id) {
            (What::Book(start), None) => desk.book(&new(person, *start)).await,
            (What::Move(start), Some(id)) => {
                let changes = Changes { start: Some(*start), ..Changes::default() };
                desk.change(id, &changes).await
            }
            (What::Cancel, Some(id)) => desk.cancel(id, None).await,
            _ => return None,
        };
        tries += 1;
        match &done {
            Err(AppointmentError::Store(error)) if passes(error) && tries < TRIES => {}
            _ => return Some(done),
        }
    }
}

/// True for what another try may not meet again.
pub(super) fn passes(error: &StoreError) -> bool {
    error.is_transient() || *error == StoreError::Conflict
}

fn new(person: &Person, start: jiff::civil::DateTime) -> NewAppointment {
    let calendar = ["un", "deux", "trois"][person.calendar % 3];
    let number = 639_980_000 + person.number % 10_000;
    NewAppointment {
        name: format!("Personne {}", person.number),
        phone: E164::parse(&format!("+33{number}"), "FR").ok(),
        email: person.mail.then(|| format!("p{}@exemple.fr", person.number)),
        start,
        service: None,
        calendar: Some(CalendarId(calendar.to_owned())),
        motive: None,
    }
}
