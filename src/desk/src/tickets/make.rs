//! Opening a request by hand.

use super::{TicketError, fields};
use crate::office::{Desk, Who};
use domain::id::CallId;
use domain::support::Priority;
use store::dashboard::tickets::{self as shown, TicketRow};
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
        self.assignee(Some(&wanted.assigned_to)).await?;
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
        tx.commit().await?;
        let made = self.assigned(&id, wanted.assigned_to.clone()).await;
        self.tickets_changed();
        made
    }

    /// The request that was just made, given to somebody.
    async fn assigned(&self, id: &str, to: Option<String>) -> Result<TicketRow, TicketError> {
        let to = to.filter(|to| !to.trim().is_empty());
        if to.is_some() {
            let change = super::TicketChange { assigned_to: Some(to), ..Default::default() };
            return self.change_ticket(id, None, &change).await;
        }
        shown::one(&mut self.reader().await?, id).await?.ok_or(TicketError::Missing)
    }
}
