//! The next move, from what is missing, uncertain or asked.
//!
//! [`step`] is the door. [`heard`] reacts to the caller, [`answered`] to the
//! outside; both end in [`advance`], which asks the current goal for what it
//! lacks. One file per concern.

mod absorb;
mod answered;
mod beyond;
mod booking;
mod breakdown;
mod choice;
mod closed;
mod confirmation;
mod consent;
mod contact;
mod correction;
mod doubts;
mod emergency;
mod ending;
mod english;
mod existing;
mod family;
mod given_up;
mod goals;
mod heard;
mod here;
mod interview;
mod manners;
mod messages;
mod naming;
mod pause;
mod privacy;
mod qualify;
mod questions;
mod recovery;
mod replies;
mod returned;
mod services;
mod silence;
mod support;
mod transfer;
mod turn;
mod waiting;
mod whom;
mod windows;
mod wish;

use crate::state::{Goal, Pending};
use crate::wording::greeting;
use crate::{Effect, Input, Next, Now, Script, State, Step};
use domain::event::EventKind;
use turn::{Outcome, Turn};

/// See [`crate::step`].
pub fn step<'a>(script: &'a Script<'a>, state: &State, input: &'a Input, now: Now) -> Step {
    let with = |react: &dyn Fn(&mut Turn<'a>) -> Outcome| {
        let mut turn = Turn::new(script, state.clone(), now);
        let outcome = react(&mut turn);
        turn.finish(outcome)
    };
    match input {
        Input::Start => with(&|turn| start(turn)),
        Input::Heard(text) => pause::heard(script, state, text, now),
        Input::Keypad(keys) => with(&|turn| heard::keypad(turn, keys)),
        Input::Answer(answer) => with(&|turn| answered::answered(turn, answer)),
        Input::TransferFailed(reason) => with(&|turn| transfer::failed(turn, reason)),
        Input::AgentFailed(reason) => with(&|turn| breakdown::take_over(turn, reason)),
    }
}

/// See [`crate::ended`].
pub fn ended(state: &State) -> Vec<Effect> {
    match state.served() || state.done.contains(&crate::state::Done::Abandoned) {
        true => Vec::new(),
        false => vec![turn::event(EventKind::UserAbandon, "", Some("hangup"))],
    }
}

fn start(turn: &mut Turn<'_>) -> Outcome {
    turn.state.pending = Some(Pending::Start);
    let say = match turn.state.greeted {
        true => greeting::help(turn.script, crate::wording::Rung::First),
        false => greeting::first_message(turn.script),
    };
    turn.state.greeted = true;
    consent::expect(turn);
    Outcome { say, next: Next::Listen, rule: "greeting" }
}

/// Asks the current goal for what it lacks; without one, whether there is
/// anything (else).
fn advance(turn: &mut Turn<'_>) -> Outcome {
    if turn.state.english {
        return english::advance(turn);
    }
    match turn.state.goal() {
        Some(Goal::Book) => booking::advance(turn),
        Some(Goal::Cancel | Goal::Move | Goal::Lookup) => existing::advance(turn),
        Some(Goal::Message(kind)) => messages::advance(turn, kind),
        Some(Goal::Qualify) => qualify::advance(turn),
        Some(Goal::Support) => support::advance(turn),
        Some(Goal::Correct) => correction::correct(turn),
        None if confirmation::is_open(turn) => confirmation::offer(turn),
        None if turn.state.served() => turn.ask(Pending::AnythingElse, "anything_else"),
        None => turn.ask(Pending::Start, "ask_goal"),
    }
}
