//! An outside in memory, to hold a dialogue against: availability by the
//! domain's rules, real uniqueness of slots, the identity rule.

#![allow(dead_code, reason = "each test crate uses its own part")]

pub mod agents;
pub mod checks;
pub mod noise;
pub mod scenario;
pub mod tenants;
pub mod world;

use dialogue::{Effect, Input, MAX_ROUNDS, Next, Now, Script, State, Step};
use jiff::tz::TimeZone;
use jiff::{Span, civil::DateTime};
use world::World;

/// One call being held.
pub struct Call<'a> {
    pub script: &'a Script<'a>,
    pub world: &'a mut World,
    pub state: State,
    pub now: DateTime,
    pub effects: Vec<Effect>,
    pub over: bool,
    pub transferred: bool,
}

/// What one turn came to.
pub struct Reply {
    pub say: String,
    pub rule: &'static str,
    pub receipts: usize,
    pub hung_up: bool,
}

impl<'a> Call<'a> {
    pub fn new(script: &'a Script<'a>, world: &'a mut World, state: State, now: DateTime) -> Self {
        Self { script, world, state, now, effects: Vec::new(), over: false, transferred: false }
    }

    /// One turn of the caller, with the rounds it takes.
    pub fn turn(&mut self, input: Input) -> Reply {
        let now = self.clock();
        let before = self.world.receipts;
        let mut step = self.step(&input, now);
        let mut rounds = 0;
        while let Next::Ask(ask) = &step.next {
            rounds += 1;
            assert!(rounds <= MAX_ROUNDS, "more than {MAX_ROUNDS} rounds in one turn");
            assert!(step.say.is_empty(), "says something while asking the outside");
            let answer = self.world.answer(self.script.profile, ask, now.instant);
            step = self.step(&Input::Answer(answer), now);
        }
        assert!(!step.say.trim().is_empty(), "says nothing after {input:?}");
        self.now = self.now.checked_add(Span::new().seconds(9)).expect("a date in range");
        self.transferred |= matches!(step.next, Next::Transfer(_));
        self.over = matches!(step.next, Next::HangUp);
        Reply {
            say: step.say,
            rule: step.rule,
            receipts: self.world.receipts - before,
            hung_up: self.over,
        }
    }

    fn step(&mut self, input: &Input, now: Now) -> Step {
        // A call must survive a restart between any two steps.
        let stored = serde_json::to_string(&self.state).expect("a state is JSON");
        let state: State = serde_json::from_str(&stored).expect("a stored state reads back");
        assert_eq!(state, self.state, "a state reads back as it was stored");
        let step = dialogue::step(self.script, &state, input, now);
        self.state = step.state.clone();
        for effect in &step.effects {
            if let Effect::Event { kind, .. } = effect {
                self.world.left_by(kind.as_str(), &self.state);
            }
        }
        self.effects.extend(step.effects.iter().cloned());
        step
    }

    fn clock(&self) -> Now {
        let zone: &TimeZone = &self.script.profile.zone;
        let instant = self.now.to_zoned(zone.clone()).expect("a date in range").timestamp();
        Now { instant, local: self.now }
    }
}
