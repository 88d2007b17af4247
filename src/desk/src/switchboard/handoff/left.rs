//! What an event of a call leaves for the practice: a missed transfer somebody
//! to call back, an emergency somebody to ask after. Once in a call, whatever
//! is reported how often; the schema sees to it.

use super::super::serve::{Dealings, Wrote};
use crate::office::Office;
use dialogue::ask::Message;
use dialogue::state::State;
use dialogue::{Answer, Effect, Receipt};
use domain::event::EventKind;
use domain::id::CallId;
use domain::support::Priority;
use domain::tenant::Profile;
use jiff::Timestamp;
use store::{StoreError, Tx, calls, tickets};

/// What the practice reads.
struct Words {
    category: &'static str,
    priority: Priority,
    subject: &'static str,
    description: &'static str,
}

fn words(kind: EventKind) -> Option<Words> {
    match kind {
        EventKind::TransferFailed => Some(Words {
            category: "callback",
            priority: Priority::High,
            subject: "Appel passé, personne n’a décroché",
            description: "A demandé à parler à quelqu’un ; personne n’a décroché.",
        }),
        EventKind::AgentFailed => Some(Words {
            category: "callback",
            priority: Priority::High,
            subject: "Appel interrompu par un souci technique",
            description: "L’assistant n’a pas pu répondre ; des excuses ont été faites.",
        }),
        EventKind::Emergency => Some(Words {
            category: "emergency",
            priority: Priority::Urgent,
            subject: "Urgence reconnue pendant un appel",
            description: "Une urgence a été reconnue et la conduite à tenir a été dite. \
                          Les mots de la personne ne sont pas conservés.",
        }),
        _ => None,
    }
}

/// True when one of these leaves something for the practice.
pub(crate) fn leaves(effects: &[Effect]) -> bool {
    let left = |effect: &Effect| match effect {
        Effect::Event { kind, .. } => words(*kind).is_some(),
        _ => false,
    };
    effects.iter().any(left)
}

/// Writes what an event leaves for the practice, if it leaves anything. The
/// profile comes from outside: whoever waits for a second connection with one
/// in hand may wait for good.
pub(crate) async fn leave(
    tx: &mut Tx,
    (office, profile): (&Office, &Profile),
    (call, kind): (&CallId, EventKind),
    state: &State,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some(words) = words(kind) else { return Ok(()) };
    let told = state.contact.phone.as_ref().map(|phone| &phone.value);
    let new = tickets::NewTicket {
        id: office.world.ids.ticket(now),
        name: state.name.as_ref().map(|name| name.value.as_str()),
        phone: told.or(state.caller.as_ref()),
        subject: words.subject,
        description: words.description,
        category: words.category,
        priority: words.priority,
        reference: None,
        email: None,
        details: "{}",
        call: Some(call),
        now,
        author: "sara",
        due: profile.due(words.priority, now),
    };
    tickets::insert_once(tx, &new, kind).await?;
    calls::note_ticket(tx, call, new.name).await
}

impl Dealings<'_> {
    /// Completes what a missed transfer has left; when the practice has dealt
    /// with it meanwhile, the message stands on its own.
    pub(crate) async fn complete(&mut self, message: &Message) -> Result<Answer, StoreError> {
        let (now, call) = (self.now, self.call);
        let subject: String = message.text.chars().take(80).collect();
        let filled = tickets::NewTicket {
            id: self.office.world.ids.ticket(now),
            name: message.name.as_deref(),
            phone: message.phone.as_ref(),
            subject: &subject,
            description: &message.text,
            category: "callback",
            priority: Priority::High,
            reference: None,
            email: None,
            details: "{}",
            call,
            now,
            author: "sara",
            due: self.profile.due(Priority::High, now),
        };
        let completed = tickets::complete(self.open().await?, &filled).await?;
        let (Some(id), Some(call)) = (completed, call) else {
            return self.take_message(message).await;
        };
        calls::note_ticket(self.open().await?, call, message.name.as_deref()).await?;
        self.wrote.push(Wrote::Ticket);
        Ok(Answer::MessageTaken(Receipt::committed_with(id.to_string(), id)))
    }
}
