//! The written demonstration: the same engine as on the telephone, for the test tenant.

use crate::office::Office;
use crate::sign_in::limits;
use crate::switchboard::{TurnReply, TurnRequest, answer_turn};
use domain::id::CallId;
use domain::routing::Channel;
use std::sync::Arc;
use store::StoreError;
use store::dashboard::calls::{self, TurnRow};

/// The longest conversation, in sentences of the visitor.
const LONGEST: u32 = 60;

/// What became of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// It was answered.
    Answered(TurnReply),
    /// Too much comes from this network.
    TooMuch,
    /// The conversation is long enough.
    TooLong,
}

/// A name for a new conversation that nobody can guess.
pub fn new_conversation(office: &Office) -> CallId {
    let name = format!("web-{}", hex::encode(office.world.ids.bytes::<16>()));
    CallId::parse(&name).expect("a prefix and hexadecimal digits make a name")
}

/// Answers a sentence of a visitor. `network`: where it comes from.
pub async fn write(
    office: &Arc<Office>,
    conversation: &CallId,
    text: String,
    network: &str,
) -> Result<Written, StoreError> {
    let mut tx = office.db.begin_directory().await?;
    let allowed = limits::note_sentence(&mut tx, network, office.world.clock.now()).await?;
    tx.commit().await?;
    if !allowed {
        return Ok(Written::TooMuch);
    }
    let said = said(office, conversation).await?;
    let turns = said.iter().map(|turn| turn.turn).max().unwrap_or(0);
    let user_messages = u32::try_from(turns).unwrap_or(u32::MAX).saturating_add(1);
    if user_messages > LONGEST {
        return Ok(Written::TooLong);
    }
    let request = TurnRequest {
        call: Some(conversation.clone()),
        channel: Channel::Web,
        dialled: Some(office.rules.test.number.as_str().to_owned()),
        caller: None,
        user_messages,
        heard: text,
        greeted: true,
        control_url: None,
    };
    Ok(Written::Answered(answer_turn(office, request).await))
}

/// What was said so far.
pub async fn said(office: &Office, conversation: &CallId) -> Result<Vec<TurnRow>, StoreError> {
    let mut reader = office.db.read(office.rules.test.tenant).await?;
    calls::turns(&mut reader, conversation.as_str()).await
}

/// True when the last sentence ended the conversation.
pub fn is_over(said: &[TurnRow]) -> bool {
    said.last().is_some_and(|turn| turn.action.is_some())
}
