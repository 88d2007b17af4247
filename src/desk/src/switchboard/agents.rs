//! What the qualification and the support agents write, within the turn's
//! transaction.

use super::serve::{Dealings, Wrote};
use dialogue::ask::{Prospect, Request};
use dialogue::{Answer, Receipt};
use domain::appointment::Author;
use store::{StoreError, calls, prospects, tickets};

/// Characters of a request that lists show.
const SUBJECT: usize = 80;

impl Dealings<'_> {
    /// Stores a prospect with its answers.
    pub(super) async fn create_prospect(
        &mut self,
        prospect: &Prospect,
    ) -> Result<Answer, StoreError> {
        let (now, call) = (self.now, self.call);
        let id = self.office.world.ids.prospect(now);
        let columns = self.profile.questionnaire.columns(&prospect.answers);
        let answers = serde_json::to_string(&prospect.answers)
            .map_err(|error| StoreError::inconsistent("prospects", error))?;
        let new = prospects::NewProspect {
            id,
            name: prospect.name.as_deref(),
            phone: prospect.phone.as_ref(),
            email: prospect.email.as_deref(),
            source: source(self.author),
            columns: &columns,
            // Postgres text holds no NUL.
            answers: &answers.replace("\\u0000", ""),
            score: prospect.score,
            call,
            author: self.author.as_str(),
            consent: None,
            notes: None,
            now,
        };
        let tx = self.open().await?;
        prospects::insert(tx, &new).await?;
        if let Some(call) = call {
            calls::note_prospect(tx, call, prospect.name.as_deref()).await?;
        }
        self.wrote.push(Wrote::Prospect);
        Ok(Answer::ProspectCreated(Receipt::committed_with(id.to_string(), id)))
    }

    /// Opens a support request under a reference of its own.
    pub(super) async fn open_ticket(&mut self, request: &Request) -> Result<Answer, StoreError> {
        let (now, call) = (self.now, self.call);
        let id = self.office.world.ids.ticket(now);
        let text = request.text.replace('\0', "");
        let subject: String = text.chars().take(SUBJECT).collect();
        let due = self.profile.due(request.priority, now);
        let tx = self.open().await?;
        let reference = tickets::next_reference(tx).await?;
        let new = tickets::NewTicket {
            id,
            name: request.name.as_deref(),
            phone: request.phone.as_ref(),
            subject: &subject,
            description: &text,
            category: &request.category,
            priority: request.priority,
            reference: Some(&reference),
            email: request.email.as_deref(),
            details: "{}",
            call,
            now,
            author: "sara",
            due,
        };
        tickets::insert(tx, &new).await?;
        if let Some(call) = call {
            calls::note_ticket(tx, call, request.name.as_deref()).await?;
        }
        self.wrote.push(Wrote::Ticket);
        Ok(Answer::TicketOpened(Receipt::committed_with(id.to_string(), reference)))
    }
}

/// `prospects.source`.
fn source(author: Author) -> &'static str {
    match author {
        Author::Web => "web",
        Author::Sara | Author::Manual => "phone",
    }
}
