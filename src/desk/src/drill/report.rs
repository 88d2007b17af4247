//! What came of a drill.

use serde::{Deserialize, Serialize};

/// The most broken promises that are told in words.
const TOLD: usize = 20;

/// A promise that was not kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Broken {
    /// Which.
    pub promise: String,
    /// Where.
    pub case: String,
}

/// What came of a drill.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Tenants that took part.
    pub tenants: usize,
    /// Appointments that were made.
    pub appointments: usize,
    /// Wishes that were refused: the hour was taken or over.
    pub wishes_refused: usize,
    /// Moves.
    pub moved: usize,
    /// Cancellations.
    pub cancelled: usize,
    /// Reminders that had to leave.
    pub due: usize,
    /// Of these, how many had no time to: somebody or something was away.
    pub due_in_an_outage: usize,
    /// Of these, how many may have left: nobody knows, and a person is told.
    pub unsure: usize,
    /// Reminders that left.
    pub reminders: usize,
    /// Messages of moves and cancellations that left.
    pub notices: usize,
    /// Letters that the provider refused or lost.
    pub provider_errors: usize,
    /// How often an instance was stopped in the middle of its work.
    pub stopped: usize,
    /// How often one was started anew after that.
    pub restarted: usize,
    /// Promises that were broken.
    pub broken: usize,
    /// The first of them.
    pub told: Vec<Broken>,
}

impl Report {
    /// Adds another part.
    pub fn add(&mut self, part: Self) {
        let sums = [
            (&mut self.tenants, part.tenants),
            (&mut self.appointments, part.appointments),
            (&mut self.wishes_refused, part.wishes_refused),
            (&mut self.moved, part.moved),
            (&mut self.cancelled, part.cancelled),
            (&mut self.due, part.due),
            (&mut self.due_in_an_outage, part.due_in_an_outage),
            (&mut self.unsure, part.unsure),
            (&mut self.reminders, part.reminders),
            (&mut self.notices, part.notices),
            (&mut self.provider_errors, part.provider_errors),
            (&mut self.stopped, part.stopped),
            (&mut self.restarted, part.restarted),
            (&mut self.broken, part.broken),
        ];
        for (sum, more) in sums {
            *sum += more;
        }
        self.told.extend(part.told);
        self.told.truncate(TOLD);
    }

    pub(super) fn breaks(&mut self, promise: &str, case: String) {
        self.broken += 1;
        if self.told.len() < TOLD {
            self.told.push(Broken { promise: promise.to_owned(), case });
        }
    }
}
