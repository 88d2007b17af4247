//! Holding a call again, turn by turn. Pure: everything comes from the rows.

use super::kept::{Asked, Exchange, Kept};
use super::{Divergence, Now, Obstacle, Replayed};
use crate::switchboard::{TurnReply, engine};
use dialogue::{Input, MAX_ROUNDS, Mode, Next, Script, State, Step};
use domain::phone::E164;
use domain::tenant::Profile;
use jiff::Timestamp;
use store::conversations::StoredAnswer;
use store::replay::StoredTurn;

/// A call as it is held again.
pub(super) struct Call<'a> {
    pub profile: &'a Profile,
    pub mode: Mode,
    /// `vocal`, `web`, …
    pub channel: &'a str,
    /// Who called, as far as any turn knew.
    pub caller: Option<E164>,
}

/// The course of the call so far.
struct Course {
    /// The state before the last turn.
    before: Result<State, Obstacle>,
    /// The state after it.
    after: Result<State, Obstacle>,
}

impl Call<'_> {
    pub fn again(&self, rows: &[StoredTurn]) -> Vec<Replayed> {
        let unknown = Err(Obstacle::AfterRedacted);
        let mut course = Course { before: unknown.clone(), after: unknown };
        rows.iter().map(|row| self.turn(row, &mut course)).collect()
    }

    fn turn(&self, row: &StoredTurn, course: &mut Course) -> Replayed {
        let kept: Option<Result<Kept, _>> = row.replay.as_deref().map(serde_json::from_str);
        let (kept, now) = match kept {
            Some(Ok(kept)) => {
                let now = self.replayed(row, &kept, course);
                (Some(kept), now)
            }
            Some(Err(_)) => (None, broken(course, row, Obstacle::Unreadable)),
            None => (None, broken(course, row, Obstacle::Redacted)),
        };
        Replayed {
            turn: row.turn,
            revision: row.revision,
            heard: row.heard.clone(),
            then: answered(row),
            program: kept.as_ref().map(|kept| kept.program.clone()),
            settings: kept.map(|kept| kept.settings),
            now,
        }
    }

    fn replayed(&self, row: &StoredTurn, kept: &Kept, course: &mut Course) -> Now {
        let start = match (kept.opens, kept.instead) {
            (true, _) => Ok(State::default()),
            (false, true) => course.before.clone(),
            (false, false) => course.after.clone(),
        };
        let start = match start {
            Ok(start) => start,
            Err(obstacle) => return Now::NotReplayed(obstacle),
        };
        let held = self.hold(row, kept, &start);
        course.before = Ok(start);
        course.after =
            held.as_ref().map(|(step, _)| step.state.clone()).map_err(|stop| match stop {
                Stop::Unanswered(_) => Obstacle::OtherCourse,
                Stop::Unreadable => Obstacle::Unreadable,
            });
        match held {
            Ok((step, asks)) => {
                let (then, reply) = (answered(row), engine::reply(&step));
                match asks.is_none() && reply == then {
                    true => Now::Same,
                    false => Now::Different { reply, asks },
                }
            }
            Err(Stop::Unanswered(divergence)) => Now::Unanswered(divergence),
            Err(Stop::Unreadable) => Now::NotReplayed(Obstacle::Unreadable),
        }
    }

    /// One turn with the answers of then. A question of the same kind gets the
    /// answer of then, also when it asks for something else; that is noted.
    fn hold(
        &self,
        row: &StoredTurn,
        kept: &Kept,
        start: &State,
    ) -> Result<(Step, Option<Divergence>), Stop> {
        let instant = Timestamp::from_millisecond(row.created_at).map_err(|_| Stop::Unreadable)?;
        let now = engine::local(self.profile, instant);
        let register = engine::register(self.channel);
        let script = Script { profile: self.profile, mode: self.mode, register };
        let caller = self.caller.as_ref().filter(|_| kept.caller);
        let state = engine::Told { caller, greeted: kept.greeted }.set_out(start);
        let input = match (&kept.missed, &kept.failed) {
            (Some(reason), _) => Input::TransferFailed(reason.clone()),
            (None, Some(reason)) => Input::AgentFailed(reason.clone()),
            (None, None) => engine::input(row.turn, &row.heard),
        };
        let mut step = dialogue::step(&script, &state, &input, now);
        let mut asks = None;
        let mut exchanges = kept.exchanges.iter();
        for _ in 0..MAX_ROUNDS {
            let Next::Ask(ask) = &step.next else { break };
            let asked = Asked::of(ask);
            let then = exchanges.next();
            let Some(exchange) = then.filter(|exchange| exchange.0.0 == asked.0) else {
                return Err(Stop::Unanswered(Divergence::between(then, Some(&asked))));
            };
            if exchange.0 != asked {
                asks = asks.or(Some(Divergence::between(then, Some(&asked))));
            }
            let answer = exchange.answer().ok_or(Stop::Unreadable)?;
            step = dialogue::step(&script, &step.state, &Input::Answer(answer), now);
        }
        let left = exchanges.next();
        let left = left.map(|left| Divergence::between(Some(left), None));
        Ok((step, asks.or(left)))
    }
}

/// Why a turn has no reply now.
enum Stop {
    Unanswered(Divergence),
    Unreadable,
}

impl Divergence {
    fn between(then: Option<&Exchange>, now: Option<&Asked>) -> Self {
        Self { then: then.map(|then| then.0.0.clone()), now: now.map(|now| now.0.clone()) }
    }
}

/// A turn that cannot be replayed: what follows it cannot either, unless it
/// takes its place.
fn broken(course: &mut Course, row: &StoredTurn, obstacle: Obstacle) -> Now {
    let follows = match obstacle {
        Obstacle::Redacted => Obstacle::AfterRedacted,
        other => other,
    };
    let after = std::mem::replace(&mut course.after, Err(follows));
    // Whether a reworded turn took the place of the one before is not known.
    course.before = if row.revision == 0 { after } else { Err(follows) };
    Now::NotReplayed(obstacle)
}

fn answered(row: &StoredTurn) -> TurnReply {
    TurnReply::stored(StoredAnswer { said: row.said.clone(), action: row.action.clone() })
}
