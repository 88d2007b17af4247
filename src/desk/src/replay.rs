//! A stored call held again: the same words at the same hours, with the answers
//! that the outside gave then, and today's program and settings. Nothing is
//! asked of the outside and nothing is written.
//!
//! Start with [`replay`]. `kept` is what each turn stores for it.

mod hold;
mod kept;
mod slots;

pub use kept::PROGRAM;
pub(crate) use kept::{Exchange, Kept};

use crate::office::Office;
use crate::switchboard::{Then, TurnReply};
use dialogue::State;
use domain::id::{CallId, TenantId};
use store::{StoreError, calls, conversations};

/// A call, then and now.
#[derive(Debug, Clone, PartialEq)]
pub struct Replay {
    /// Whose call it was.
    pub tenant: TenantId,
    /// The settings of that tenant now, hashed.
    pub settings: String,
    /// Its turns, in order; none when the words are no longer kept.
    pub turns: Vec<Replayed>,
}

/// One turn, then and now.
#[derive(Debug, Clone, PartialEq)]
pub struct Replayed {
    /// Number of user messages.
    pub turn: i64,
    /// How often it was heard before with other words.
    pub revision: i64,
    /// What was heard, or that it is redacted.
    pub heard: String,
    /// What was answered then.
    pub then: TurnReply,
    /// The program that answered; `None` when that is not kept.
    pub program: Option<String>,
    /// The settings it answered by, hashed; `None` when that is not kept.
    pub settings: Option<String>,
    /// What the replay came to.
    pub now: Now,
}

/// What the replay of a turn came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Now {
    /// The same reply, bit for bit, after the same questions to the outside.
    Same,
    /// Another reply, or the same one after other questions.
    Different {
        /// What is answered now.
        reply: TurnReply,
        /// What is asked of the outside otherwise than then.
        asks: Option<Divergence>,
    },
    /// The dialogue asks something to which nobody answered then, so that its
    /// reply is not known.
    Unanswered(Divergence),
    /// It cannot be replayed.
    NotReplayed(Obstacle),
}

/// A question to the outside that is another than then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Divergence {
    /// What was asked then; `None`: nothing any more.
    pub then: Option<String>,
    /// What is asked now; `None`: nothing any more.
    pub now: Option<String>,
}

/// Why a turn cannot be replayed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Obstacle {
    /// Its words are redacted.
    #[error("its words are not kept")]
    Redacted,
    /// An earlier turn's words are redacted or removed.
    #[error("the words of an earlier turn are not kept")]
    AfterRedacted,
    /// An earlier turn took a course of which the answers are not known.
    #[error("the call has taken another course before")]
    OtherCourse,
    /// What was kept is of a form that this program does not read.
    #[error("it was kept in a form that this program does not read")]
    Unreadable,
}

impl Replay {
    /// True when something is answered or asked otherwise than then.
    pub fn differs(&self) -> bool {
        self.turns.iter().any(|turn| matches!(turn.now, Now::Different { .. } | Now::Unanswered(_)))
    }
}

/// Holds a stored call again; `None` when no such call is known.
pub async fn replay(office: &Office, call: &CallId) -> Result<Option<Replay>, StoreError> {
    let tenant = calls::tenant_of(&mut office.db.read_directory().await?, call).await?;
    let Some(tenant) = tenant else { return Ok(None) };
    let ready = office.ready(tenant).await?;
    let mut reader = office.db.read(tenant).await?;
    let row = conversations::load(&mut reader, call).await?;
    let turns = store::replay::turns(&mut reader, call).await?;
    drop(reader);
    let settings = ready.version.to_string();
    let Some(row) = row else { return Ok(Some(Replay { tenant, settings, turns: Vec::new() })) };
    let last: State = serde_json::from_str(&row.state)
        .map_err(|error| StoreError::inconsistent("conversations", error))?;
    let held = hold::Call {
        profile: &ready.profile,
        mode: crate::switchboard::memory::mode(&row.mode),
        channel: &row.channel,
        caller: last.caller,
    };
    Ok(Some(Replay { tenant, settings, turns: held.again(&turns) }))
}

impl Then {
    /// In a word, for whoever compares: `listen`, `hang_up`, `transfer`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Listen => "listen",
            Self::HangUp => "hang_up",
            Self::Transfer(_) => "transfer",
        }
    }
}
