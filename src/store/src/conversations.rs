//! The dialogue's memory of a call, and its turns.

use crate::{Reader, StoreError, Tx};
use domain::id::CallId;
use jiff::Timestamp;

/// A conversation as stored, with its last turn.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ConversationRow {
    /// `vocal`, `web`, …
    pub channel: String,
    /// `full` or `message_only`.
    pub mode: String,
    /// Grows with every change.
    pub version: i64,
    /// The number of the last turn.
    pub turn: i64,
    /// State after it, JSON.
    pub state: String,
    /// State before it, JSON; `None`: it committed a write, or is the first.
    pub state_before: Option<String>,
    /// -1: the last turn is the first, and may be made again; any other number:
    /// the turn it started after.
    pub before_turn: Option<i64>,
    /// The call's live-control URL.
    pub control_url: Option<String>,
    /// The caller's number, from the call.
    pub from_number: Option<String>,
    /// When the call ended, if it has.
    pub ended_at: Option<i64>,
    /// How often the last turn was heard again with other words.
    pub revision: i64,
    /// The words of the last turn, hashed.
    pub heard_key: String,
    /// What was said in it.
    pub said: String,
    /// What followed it.
    pub action: Option<String>,
}

/// What a stored turn answered.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredAnswer {
    /// The sentence.
    pub said: String,
    /// What followed it.
    pub action: Option<String>,
}

/// From where the last turn is made again when its words are corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    /// From nothing: it is the first.
    Nothing,
    /// From what was the last turn until now.
    Last,
    /// From where it started: the last turn was made again from there.
    Kept,
    /// It is not made again: it committed a write.
    Gone,
}

/// A conversation to be written.
#[derive(Debug, Clone)]
pub struct Conversation<'a> {
    /// Whose.
    pub call: &'a CallId,
    /// `vocal`, `web`, …
    pub channel: &'a str,
    /// `full` or `message_only`.
    pub mode: &'a str,
    /// The version that was read; zero: it is new.
    pub version: i64,
    /// The number of the turn, which [`insert_turn`] writes.
    pub turn: i64,
    /// How often it was heard before with other words.
    pub revision: i64,
    /// From where it is made again.
    pub before: Before,
    /// The call's live-control URL, when this turn brought one.
    pub control_url: Option<&'a str>,
    /// When.
    pub now: Timestamp,
}

/// A turn to be written.
#[derive(Debug, Clone)]
pub struct NewTurn<'a> {
    /// Whose.
    pub call: &'a CallId,
    /// Number of user messages.
    pub turn: i64,
    /// How often it was heard before with other words.
    pub revision: i64,
    /// What was heard (or that it is redacted).
    pub heard: &'a str,
    /// Its hash.
    pub heard_key: &'a str,
    /// What was understood, JSON.
    pub understood: Option<String>,
    /// The rule that decided.
    pub rule: &'a str,
    /// What was said.
    pub said: &'a str,
    /// What followed.
    pub action: Option<&'a str>,
    /// What was done, JSON list.
    pub actions: &'a str,
    /// What a replay needs besides the words, JSON; `None` when they are redacted.
    pub replay: Option<String>,
    /// State after it, JSON.
    pub state: String,
    /// How long it took, in microseconds.
    pub took_us: i64,
    /// When.
    pub now: Timestamp,
}

const LOAD: &str = "SELECT v.channel, v.mode, v.version, v.turn, v.revision, v.before_turn,
    v.control_url, t.state, t.heard_key, t.said, t.action, b.state AS state_before,
    c.from_number, c.ended_at
  FROM conversations v
  JOIN call_turns t ON t.tenant_id = v.tenant_id AND t.call_id = v.call_id
    AND t.turn = v.turn AND t.revision = v.revision
  LEFT JOIN call_turns b ON b.tenant_id = v.tenant_id AND b.call_id = v.call_id
    AND b.turn = v.before_turn AND b.revision = v.before_revision
  LEFT JOIN call_logs c ON c.tenant_id = v.tenant_id AND c.call_sid = v.call_id
  WHERE v.tenant_id = $1 AND v.call_id = $2";
const INSERT: &str = "INSERT INTO conversations (tenant_id, call_id, channel, mode, version, turn,
  revision, before_turn, before_revision, control_url, updated_at)
  VALUES ($1, $2, $3, $4, 1, $5, $6, $7, $7, $8, $9) ON CONFLICT (tenant_id, call_id) DO NOTHING";
const UPDATE: &str = "UPDATE conversations SET version = version + 1, turn = $4, revision = $5,
  before_turn = CASE $6 WHEN 'last' THEN turn WHEN 'kept' THEN before_turn END,
  before_revision = CASE $6 WHEN 'last' THEN revision WHEN 'kept' THEN before_revision END,
  control_url = COALESCE($7, control_url), updated_at = $8
  WHERE tenant_id = $1 AND call_id = $2 AND version = $3";
const CHANGE: &str = "UPDATE call_turns SET state = $5
  WHERE tenant_id = $1 AND call_id = $2 AND turn = $3 AND revision = $4";
const BUMP: &str =
    "UPDATE conversations SET version = version + 1 WHERE tenant_id = $1 AND call_id = $2";
const CONTROL_URL: &str = "UPDATE conversations SET control_url = $3
  WHERE tenant_id = $1 AND call_id = $2";
const INSERT_TURN: &str = "INSERT INTO call_turns (tenant_id, call_id, turn, revision, heard,
  heard_key, understood, rule, said, action, actions, replay, state, took_us, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
  ON CONFLICT (tenant_id, call_id, turn, revision) DO NOTHING";
const ANSWER: &str = "SELECT said, action FROM call_turns
  WHERE tenant_id = $1 AND call_id = $2 AND turn <= $3 ORDER BY turn DESC, revision DESC LIMIT 1";

/// Where a call's first turn starts from.
const FROM_NOTHING: i64 = -1;

/// Reads a conversation with its last turn.
pub async fn load(
    reader: &mut Reader,
    call: &CallId,
) -> Result<Option<ConversationRow>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_optional!(reader, LOAD => ConversationRow, tenant, call.as_str())
}

/// Writes a conversation over the version that was read; [`StoreError::Conflict`]
/// when somebody else wrote it meanwhile. Its state is that of its last turn,
/// which the same transaction writes: rows that grow at the end of their table
/// cost least.
pub async fn save(tx: &mut Tx, saved: &Conversation<'_>) -> Result<(), StoreError> {
    let (tenant, call, now) = (tx.tenant().0, saved.call.as_str(), saved.now.as_millisecond());
    let (turn, revision, url) = (saved.turn, saved.revision, saved.control_url);
    if saved.version == 0 {
        let before = (saved.before == Before::Nothing).then_some(FROM_NOTHING);
        let (channel, mode) = (saved.channel, saved.mode);
        execute_later!(
            tx,
            Some(1),
            INSERT,
            tenant,
            call,
            channel,
            mode,
            turn,
            revision,
            before,
            url,
            now
        )
    } else {
        let before = match saved.before {
            Before::Last => "last",
            Before::Kept => "kept",
            Before::Nothing | Before::Gone => "gone",
        };
        let version = saved.version;
        execute_later!(tx, Some(1), UPDATE, tenant, call, version, turn, revision, before, url, now)
    }
}

/// Changes the state after a turn that is stored.
pub async fn change_state(
    tx: &mut Tx,
    call: &CallId,
    (turn, revision): (i64, i64),
    state: String,
) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    execute_later!(tx, Some(1), CHANGE, tenant, call.as_str(), turn, revision, state)
}

/// Makes every instance read the conversation again before its next turn.
pub async fn bump(tx: &mut Tx, call: &CallId) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    execute!(tx, BUMP, tenant, call.as_str())?;
    Ok(())
}

/// Keeps where the live call is controlled.
pub async fn note_control_url(tx: &mut Tx, call: &CallId, url: &str) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    execute!(tx, CONTROL_URL, tenant, call.as_str(), url)?;
    Ok(())
}

/// Writes a turn; [`StoreError::Conflict`] when it exists.
pub async fn insert_turn(tx: &mut Tx, turn: NewTurn<'_>) -> Result<(), StoreError> {
    let tenant = tx.tenant().0;
    execute_later!(
        tx,
        Some(1),
        INSERT_TURN,
        tenant,
        turn.call.as_str(),
        turn.turn,
        turn.revision,
        turn.heard,
        turn.heard_key,
        turn.understood,
        turn.rule,
        turn.said,
        turn.action,
        turn.actions,
        turn.replay,
        turn.state,
        turn.took_us,
        turn.now.as_millisecond(),
    )
}

/// What was answered to turn `turn`, or to the last one before it.
pub async fn answer_to(
    reader: &mut Reader,
    call: &CallId,
    turn: i64,
) -> Result<Option<StoredAnswer>, StoreError> {
    let tenant = reader.tenant().0;
    fetch_optional!(reader, ANSWER => StoredAnswer, tenant, call.as_str(), turn)
}
