//! Whom a caller may be passed to, for what, and when.

use super::Profile;
use crate::phone::E164;
use crate::time::hours::{Opening, is_open, normalised};
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

/// How long a telephone rings when the tenant does not say, in seconds.
pub const RING_SECONDS: u32 = 25;

/// No next hour of a transfer is looked for beyond so many days.
const MAX_DAYS: usize = 60;

/// Somebody who can be rung.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// Who is rung.
    pub number: E164,
    /// When; empty means during the opening hours.
    pub hours: Vec<Opening>,
    /// How long it rings before the caller comes back, in seconds.
    pub ring_seconds: u32,
}

/// Somebody who is rung for some matters only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransferRule {
    /// What a caller says when it is about that ("facture", "prise de sang").
    pub words: Vec<String>,
    /// What a caller wants when it is about that.
    pub about: Vec<Subject>,
    /// Who.
    pub to: Transfer,
}

/// What a call can be about, for a transfer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Subject {
    /// Making, moving, cancelling an appointment or asking about one.
    Appointment,
    /// A prescription or a document.
    Prescription,
    /// Test results.
    Results,
    /// A complaint.
    Complaint,
    /// A question.
    Question,
}

impl Profile {
    /// True when this telephone may be rung at that local time.
    pub fn rings_at(&self, transfer: &Transfer, local: DateTime) -> bool {
        is_open(self.week_of(transfer), local) && self.closed_on(local.date()).is_none()
    }

    /// The first time after `local` at which this telephone may be rung.
    pub fn next_ring(&self, transfer: &Transfer, local: DateTime) -> Option<DateTime> {
        let week = normalised(self.week_of(transfer).to_vec());
        let days = std::iter::successors(Some(local.date()), |date| date.tomorrow().ok());
        let open = |date: &Date| self.closed_on(*date).is_none();
        days.take(MAX_DAYS)
            .filter(open)
            .flat_map(|date| {
                let today = week.iter().filter(move |one| one.day == date.weekday());
                today.map(move |one| date.to_datetime(one.from))
            })
            .find(|start| *start > local)
    }

    /// Everybody who may be rung at some time, the rules' first, each number once.
    pub fn transfers(&self) -> Vec<&Transfer> {
        let all = self.transfer_rules.iter().map(|rule| &rule.to).chain(&self.transfer);
        let mut each: Vec<&Transfer> = Vec::new();
        for transfer in all {
            if !each.iter().any(|known| known.number == transfer.number) {
                each.push(transfer);
            }
        }
        each
    }

    fn week_of<'a>(&'a self, transfer: &'a Transfer) -> &'a [Opening] {
        if transfer.hours.is_empty() { &self.hours } else { &transfer.hours }
    }
}
