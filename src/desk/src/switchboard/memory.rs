//! What this process remembers of the calls in progress, so that an ordinary
//! turn reads nothing. The database decides: every write names the version it
//! is based on.

use super::hold::Held;
use super::{Then, TurnReply};
use dialogue::{Mode, State};
use domain::id::{CallId, TenantId};
use domain::phone::E164;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use store::StoreError;
use store::conversations::{ConversationRow, StoredAnswer};

/// The most calls remembered; above it, idle ones are forgotten.
const LIMIT: usize = 10_000;

/// A call between two turns.
#[derive(Debug, Clone)]
pub(crate) struct Memory {
    /// Whose call it is.
    pub tenant: TenantId,
    /// How far the assistant may go.
    pub mode: Mode,
    /// The stored version; zero: nothing is stored yet.
    pub version: i64,
    /// The last turn; `None` before the first.
    pub last: Option<LastTurn>,
    /// The state after it.
    pub state: Arc<State>,
    /// Who calls.
    pub caller: Option<E164>,
    /// What was dialled.
    pub dialled: Option<E164>,
    /// What was stored of the call before its first turn.
    pub heard_of: HeardOf,
    /// The slots held for it, as far as this process knows.
    pub held: Option<Held>,
}

/// What is stored of a call before its first turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeardOf {
    /// Nothing.
    Never,
    /// Whose it is.
    Placed,
    /// That it has begun: a webhook said so.
    Begun,
}

/// The last turn of a call.
#[derive(Debug, Clone)]
pub(crate) struct LastTurn {
    /// Its number: how many user messages.
    pub turn: i64,
    /// How often it was heard again with other words.
    pub revision: i64,
    /// What was heard, hashed.
    pub heard_key: String,
    /// What was answered.
    pub answer: TurnReply,
    /// The state before it, unless it committed a write.
    pub before: Option<Arc<State>>,
}

type Seat = Arc<tokio::sync::Mutex<Option<Memory>>>;

/// The calls in progress.
#[derive(Debug, Default)]
pub(crate) struct Memories {
    seats: Mutex<HashMap<CallId, Seat>>,
    /// Calls that webhooks have told of before their first turn.
    told_of: Mutex<HashSet<CallId>>,
}

impl Memories {
    /// The place of a call: one turn at a time.
    pub(crate) fn seat(&self, call: &CallId) -> Seat {
        let mut seats = self.seats.lock().unwrap_or_else(PoisonError::into_inner);
        if seats.len() >= LIMIT && !seats.contains_key(call) {
            // A call in the middle of a turn is held by that turn.
            seats.retain(|_, seat| Arc::strong_count(seat) > 1);
        }
        Arc::clone(seats.entry(call.clone()).or_default())
    }

    /// A webhook has told of this call.
    pub(crate) fn note(&self, call: &CallId) {
        let mut told_of = self.told_of.lock().unwrap_or_else(PoisonError::into_inner);
        if told_of.len() >= LIMIT {
            told_of.clear();
        }
        told_of.insert(call.clone());
    }

    /// True when a webhook has told of this call, as far as is remembered.
    pub(crate) fn heard_of(&self, call: &CallId) -> bool {
        self.told_of.lock().unwrap_or_else(PoisonError::into_inner).contains(call)
    }

    /// Forgets everything of a tenant that no turn holds just now; those are
    /// overtaken by the version they are based on.
    pub(crate) fn forget_tenant(&self, tenant: TenantId) {
        let mut seats = self.seats.lock().unwrap_or_else(PoisonError::into_inner);
        seats.retain(|_, seat| match seat.try_lock() {
            Ok(memory) => memory.as_ref().is_none_or(|memory| memory.tenant != tenant),
            Err(_) => true,
        });
    }

    /// Forgets a call that ended.
    pub(crate) fn forget(&self, call: &CallId) {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner).remove(call);
        self.told_of.lock().unwrap_or_else(PoisonError::into_inner).remove(call);
    }
}

impl Memory {
    /// The last turn of a call as it is stored; a call that was `greeted` starts
    /// its first turn so.
    fn last(row: &ConversationRow, greeted: bool) -> Result<LastTurn, StoreError> {
        let before = match (row.before_turn, &row.state_before) {
            (Some(..0), _) => Some(State::new(greeted)),
            (_, before) => before.as_deref().map(parse).transpose()?,
        };
        let (said, action) = (row.said.clone(), row.action.clone());
        Ok(LastTurn {
            turn: row.turn,
            revision: row.revision,
            heard_key: row.heard_key.clone(),
            answer: TurnReply::stored(StoredAnswer { said, action }),
            before: before.map(Arc::new),
        })
    }

    /// A call as it is stored.
    pub(crate) fn read(
        tenant: TenantId,
        row: ConversationRow,
        greeted: bool,
    ) -> Result<Self, StoreError> {
        let state = parse(&row.state)?;
        let last = Some(Self::last(&row, greeted)?);
        Ok(Self {
            tenant,
            mode: mode(&row.mode),
            version: row.version,
            last,
            state: Arc::new(state),
            caller: row.from_number.and_then(|number| E164::try_from(number).ok()),
            dialled: None,
            heard_of: HeardOf::Begun,
            held: None,
        })
    }
}

/// A mode by its stored name.
pub(crate) fn mode(stored: &str) -> Mode {
    if stored == "full" { Mode::Full } else { Mode::MessageOnly }
}

/// A state as it is stored.
pub(crate) fn parse(state: &str) -> Result<State, StoreError> {
    serde_json::from_str(state).map_err(|error| StoreError::inconsistent("conversations", error))
}

impl TurnReply {
    /// Reads a stored answer back.
    pub(crate) fn stored(answer: StoredAnswer) -> Self {
        let then = match answer.action.as_deref() {
            Some("hang_up") => Then::HangUp,
            Some(action) => action
                .strip_prefix("transfer:")
                .and_then(|number| E164::try_from(number.to_owned()).ok())
                .map_or(Then::Listen, Then::Transfer),
            None => Then::Listen,
        };
        Self { say: answer.said, then }
    }
}

impl Then {
    /// As it is stored.
    pub(crate) fn stored(&self) -> Option<String> {
        match self {
            Self::Listen => None,
            Self::HangUp => Some("hang_up".to_owned()),
            Self::Transfer(number) => Some(format!("transfer:{}", number.as_str())),
        }
    }
}
