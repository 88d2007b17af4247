//! Has what a script expects come of the call? Judged by the database.

use super::script::Step;
use crate::cli::{Failure, Form, Outcome, output};
use crate::config::Config;
use domain::event::EventKind;
use domain::id::{CallId, TenantId};
use secrecy::ExposeSecret as _;
use serde_json::json;
use store::{Db, calls, dashboard};

/// Judges one call.
pub(super) struct Judge {
    db: Db,
    call: CallId,
    form: Form,
    unmet: usize,
}

/// The events that are outcomes: what "none" denies.
const OUTCOMES: [EventKind; 12] = [
    EventKind::BookingConfirmed,
    EventKind::CancelDone,
    EventKind::CancelFailed,
    EventKind::ModifyDone,
    EventKind::TransferredHuman,
    EventKind::TransferPrevented,
    EventKind::UserAbandon,
    EventKind::QuestionAnswered,
    EventKind::MessageTaken,
    EventKind::ProspectCreated,
    EventKind::TicketCreated,
    EventKind::Emergency,
];

impl Judge {
    /// Opens the database that the server writes to.
    pub(super) async fn open(config: &Config, call: CallId, form: Form) -> Result<Self, Failure> {
        let db = Db::open(config.database.expose_secret()).await?;
        Ok(Self { db, call, form, unmet: 0 })
    }

    /// Judges one expectation and prints when it is not met.
    pub(super) async fn check(&mut self, expected: &Step) -> Result<(), Failure> {
        let events = self.events().await?;
        let (name, met) = match expected {
            Step::Say(_) => return Ok(()),
            Step::Expect(kind) => (kind.as_str(), events.contains(kind)),
            Step::ExpectNothing => {
                ("none", !OUTCOMES.iter().any(|outcome| events.contains(outcome)))
            }
        };
        self.unmet += usize::from(!met);
        let found: Vec<_> = events.iter().map(|kind| kind.as_str()).collect();
        match self.form {
            Form::Json => output::json(&json!({ "expected": name, "met": met, "events": found })),
            Form::Text if met => println!("     = {name}"),
            Form::Text => println!("     ! expected {name}, found: {}", found.join(", ")),
        }
        Ok(())
    }

    /// Done when every expectation was met.
    pub(super) fn verdict(self) -> Outcome {
        if self.unmet == 0 { Ok(()) } else { Err(Failure::Unmet) }
    }

    async fn events(&self) -> Result<Vec<EventKind>, Failure> {
        let Some(tenant) = self.tenant().await? else { return Ok(Vec::new()) };
        let mut reader = self.db.read(tenant).await?;
        let rows = dashboard::events::of_call(&mut reader, self.call.as_str()).await?;
        Ok(rows.iter().filter_map(|row| EventKind::parse(&row.event)).collect())
    }

    async fn tenant(&self) -> Result<Option<TenantId>, Failure> {
        let mut directory = self.db.read_directory().await?;
        Ok(calls::tenant_of(&mut directory, &self.call).await?)
    }
}
