//! Nobody speaks with the caller any more, and the line is ours: we go on.

use super::super::{TurnReply, facts};
use super::back::now;
use super::news::News;
use super::{ATTEMPTS, Line};
use crate::live::Change;
use crate::office::Office;
use dialogue::Input;
use domain::event::EventKind;
use domain::id::CallId;
use store::conversations::{self, ConversationRow, StoredAnswer};
use store::{Reader, StoreError, calls, events};

/// Why nobody speaks with the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Alone {
    /// The voice agent did not take the call, or has left it: why, in a word.
    Agent(&'static str),
    /// A human was rung and did not pick up: why, in a word.
    Human(String),
}

impl Alone {
    fn input(&self) -> Input {
        match self {
            Self::Agent(reason) => Input::AgentFailed((*reason).to_owned()),
            Self::Human(reason) => Input::TransferFailed(reason.clone()),
        }
    }

    fn event(&self) -> EventKind {
        match self {
            Self::Agent(_) => EventKind::AgentFailed,
            Self::Human(_) => EventKind::TransferFailed,
        }
    }
}

/// The call goes on with us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resumed {
    /// What the caller hears.
    pub reply: TurnReply,
    /// The turn after which they hear it: the next one is theirs.
    pub turn: i64,
}

/// Takes over a caller whom nobody speaks with, and leaves the practice a
/// request to call back, even when they hang up at once. Told again, the same
/// answer. `None`: the call was brought to its end, or is not known.
pub async fn left_alone(
    office: &Office,
    call: &CallId,
    dialled: Option<&str>,
    why: &Alone,
) -> Result<Option<Resumed>, StoreError> {
    let Some(found) = facts::whose(office, call, dialled).await? else { return Ok(None) };
    let tenant = found.profile.tenant;
    let seat = office.memories.seat(call);
    let mut seat = seat.lock().await;
    let input = why.input();
    for _ in 0..ATTEMPTS {
        let mut reader = office.db.read(tenant).await?;
        let row = conversations::load(&mut reader, call).await?;
        if events::happened(&mut reader, call, why.event()).await? {
            return Ok(row.map(again));
        }
        if matches!(why, Alone::Agent(_)) && is_over(&mut reader, call, row.as_ref()).await? {
            return Ok(None);
        }
        drop(reader);
        let (line, now) = (Line::Open, now(office));
        let news = News { office, call, found: &found, input: &input, line, now };
        match news.tell(row).await {
            Err(StoreError::Conflict) => {}
            Err(error) => return Err(error),
            Ok((reply, turn)) => {
                // What this process knew of the call is out of date.
                *seat = None;
                office.live.publish(tenant, Change::Tickets);
                office.live.publish(tenant, Change::Calls);
                return Ok(Some(Resumed { reply, turn }));
            }
        }
    }
    Err(StoreError::Conflict)
}

/// What the caller was told the last time.
fn again(row: ConversationRow) -> Resumed {
    let answer = StoredAnswer { said: row.said, action: row.action };
    Resumed { reply: TurnReply::stored(answer), turn: row.turn }
}

/// True when the agent's part was brought to its end: goodbye was said, the
/// caller was passed to somebody, or got what they wanted from a model that is
/// not ours.
async fn is_over(
    reader: &mut Reader,
    call: &CallId,
    row: Option<&ConversationRow>,
) -> Result<bool, StoreError> {
    let known = calls::facts(reader, call).await?.unwrap_or_default();
    Ok(known.ended_at.is_some()
        || match row {
            Some(row) => row.action.is_some(),
            None => events::was_served(reader, call).await?,
        })
}
