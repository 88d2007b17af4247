//! What goes into the dialogue and what comes out of it, the same for a turn
//! and for its replay.

use super::{Then, TurnReply};
use dialogue::{Input, Next, Now, Register, State, Step, technical_failure};
use domain::phone::E164;
use domain::routing::Channel;
use domain::tenant::Profile;
use jiff::Timestamp;

/// The longest utterance that is read, in bytes.
const HEARD_LIMIT: usize = 4_000;

/// What was heard as it is stored: at most as much as anybody says in one
/// breath, without NUL, which the text of Postgres does not hold.
pub(crate) fn heard(heard: &str) -> String {
    heard[..heard.floor_char_boundary(HEARD_LIMIT)].replace('\0', "")
}

/// The input of turn number `turn`.
pub(crate) fn input(turn: i64, heard: &str) -> Input {
    if turn == 0 {
        return Input::Start;
    }
    match vendors::vapi::chat::keypad(heard) {
        Some(keys) => Input::Keypad(keys),
        None => Input::Heard(heard.to_owned()),
    }
}

/// What a provider says of a call with each turn.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Told<'a> {
    /// Who calls.
    pub caller: Option<&'a E164>,
    /// Something has been said before.
    pub greeted: bool,
}

impl Told<'_> {
    /// The state in which a turn sets out.
    pub fn set_out(self, from: &State) -> State {
        let mut state = from.clone();
        state.caller = self.caller.cloned();
        state.greeted |= self.greeted;
        state
    }
}

/// How one speaks on a channel, by its stored name.
pub(crate) fn register(channel: &str) -> Register {
    if channel == Channel::Vocal.as_str() { Register::Voice } else { Register::Written }
}

/// An instant as turns are stored, so that a turn and its replay have the same.
pub(crate) fn to_the_millisecond(now: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
}

/// The time of a turn on the tenant's wall.
pub(crate) fn local(profile: &Profile, now: Timestamp) -> Now {
    Now { instant: now, local: now.to_zoned(profile.zone.clone()).datetime() }
}

/// The sentence and what follows it.
pub(crate) fn reply(step: &Step) -> TurnReply {
    let then = match &step.next {
        Next::Listen | Next::Ask(_) => Then::Listen,
        Next::Transfer(number) => Then::Transfer(number.clone()),
        Next::HangUp => Then::HangUp,
    };
    // A dialogue that still asks after its rounds has nothing to say.
    let say = match step.say.trim() {
        "" => technical_failure().to_owned(),
        say => say.to_owned(),
    };
    TurnReply { say, then }
}
