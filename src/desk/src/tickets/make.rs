//! Opening a request by hand.

use super::{TicketChange, TicketError, fields};
use crate::office::{Desk, Who};
use domain::id::CallId;
use domain::support::Priority;
use store::dashboard::tickets::TicketRow;
use store::tickets::{self, NewTicket};

/// A request to be opened, as it is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TicketWanted {
    /// Who asks.
    pub name: Option<String>,
    /// How to reach them, in any usual form.
    pub phone: Option<String>,
    /// Written address.
    pub email: Option<String>,
    /// What it is about, in a line.
    pub subject: String,
    /// In words.
    pub description: String,
    /// What it is; empty: what fits nothing else.
    pub category: String,
    /// How urgent; `None`: as usual.
    pub priority: Option<Priority>,
    /// The member who sees to it.
    pub assigned_to: Option<String>,
}

impl Desk {
    /// Opens a request by hand, with a reference of its own.
    pub async fn create_ticket(&self, wanted: &TicketWanted) -> Result<TicketRow, TicketError> {
        let profile = self.office().profile(self.tenant()).await?;
        let now = self.now();
        let priority = wanted.priority.unwrap_or(Priority::Medium);
        let name = fields::line("name", wanted.name.as_deref())?;
        let phone = fields::phone(wanted.phone.as_deref(), &profile)?;
        let email = fields::email(wanted.email.as_deref())?;
        let subject =
            fields::line("subject", Some(&wanted.subject))?.ok_or(TicketError::Field("subject"))?;
        let description =
            fields::words("description", Some(&wanted.description))?.unwrap_or_default();
        let category = match wanted.category.trim() {
            "" => profile.support.fallback().to_owned(),
            given => fields::category(given, &profile)?,
        };
        let assignee = self.assignee(Some(&wanted.assigned_to)).await?;
        let id = self.office().world.ids.ticket(now);
        let mut tx = self.office().db.begin(self.tenant()).await?;
        let reference = tickets::next_reference(&mut tx).await?;
        let new = NewTicket {
            id,
            name: name.as_deref(),
            phone: phone.as_ref(),
            subject: &subject,
            description: &description,
            category: &category,
            priority,
            reference: Some(&reference),
            email: email.as_deref(),
            details: "{}",
            call: None::<&CallId>,
            author: if matches!(self.who(), Who::Token { .. }) { "web" } else { "manual" },
            due: profile.due(priority, now),
            now,
        };
        tickets::insert(&mut tx, &new).await?;
        let id = id.to_string();
        self.note(&mut tx, (&id, "created"), "", ("{}", None)).await?;
        let given = TicketChange {
            assigned_to: Some(wanted.assigned_to.clone()),
            ..TicketChange::default()
        };
        let made = self.rewrite_ticket((&mut tx, &*profile), (&id, None), &given, assignee).await?;
        tx.commit().await?;
        self.tickets_changed();
        Ok(made)
    }
}
