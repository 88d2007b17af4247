//! What is kept of what was done with a request.

use super::{TicketError, fields};
use crate::office::Desk;
use store::dashboard::tickets::{self as shown};
use store::tickets::{self, NewEntry};
use store::{StoreError, Tx};

impl Desk {
    /// Writes a comment, which the customer never sees.
    pub async fn comment_ticket(&self, id: &str, text: &str) -> Result<(), TicketError> {
        let text = fields::words("text", Some(text))?.ok_or(TicketError::Field("text"))?;
        let mut tx = self.office().db.begin(self.tenant()).await?;
        shown::one(&mut tx, id).await?.ok_or(TicketError::Missing)?;
        self.note(&mut tx, (id, "comment"), &text, ("{}", None)).await?;
        tx.commit().await?;
        self.tickets_changed();
        Ok(())
    }

    /// Notes something of a request, in the transaction that does it.
    pub(super) async fn note(
        &self,
        tx: &mut Tx,
        (ticket, kind): (&str, &str),
        body: &str,
        (detail, message): (&str, Option<&str>),
    ) -> Result<(), StoreError> {
        let now = self.now();
        let id = self.office().world.ids.uuid(now);
        let author = self.author();
        let author = author.as_str();
        let entry = NewEntry { id, ticket, kind, author, body, detail, message, now };
        tickets::note(tx, &entry).await
    }
}
