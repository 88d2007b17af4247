//! What happens inside one process: a route looked up, the dialogue stepped.

use crate::stats::Durations;
use desk::routes::RouteCache;
use dialogue::{Answer, Ask, Input, Mode, Next, Now, Receipt, Register, Script};
use domain::availability::openings;
use domain::id::TenantId;
use domain::phone::E164;
use domain::routing::Channel;
use domain::tenant::{Profile, settings::Settings};
use jiff::Timestamp;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// A million routes.
const ROUTES: u32 = 1_000_000;
/// Whole dialogues stepped through.
const DIALOGUES: usize = 2_000;

/// What a caller says who books in six turns.
const CALLER: [&str; 6] = [
    "Bonjour, je voudrais prendre un rendez-vous, s'il vous plaît.",
    "Camille Lefèvre",
    "plutôt le matin, sauf mercredi",
    "le premier",
    "oui",
    "non merci, au revoir",
];

/// Measures and prints one JSON line.
pub fn run(at: Timestamp) {
    let mut steps = steps(at);
    println!(
        "{}",
        serde_json::json!({
            "route_ns": route_nanoseconds(),
            "step_p50_us": steps.percentile_us(0.5),
            "step_p99_us": steps.percentile_us(0.99),
        })
    );
}

/// The time of one look-up among a million, the dialled text read included.
fn route_nanoseconds() -> f64 {
    let number = |index: u32| format!("+3319{index:07}");
    let routes = RouteCache::default();
    let moment = routes.generation();
    for index in 0..ROUTES {
        let key = E164::parse(&number(index), "FR").expect("a number of the right shape");
        routes.insert((Channel::Vocal, &key), Some(TenantId(i64::from(index))), moment);
    }
    let dialled: Vec<String> =
        (0..100_000).map(|at: u32| number(at.wrapping_mul(7_919) % ROUTES)).collect();
    let begun = Instant::now();
    for raw in &dialled {
        let key = E164::parse(raw, "FR").expect("a number of the right shape");
        let found = routes.get(Channel::Vocal, &key);
        assert!(black_box(found).flatten().is_some(), "every number is routed");
    }
    begun.elapsed().as_secs_f64() * 1e9 / 100_000.0
}

/// The time of each step.
fn steps(at: Timestamp) -> Durations {
    let profile =
        Settings::sandbox_demo().profile(TenantId(1)).expect("the sandbox has correct settings");
    let now = Now { instant: at, local: at.to_zoned(profile.zone.clone()).datetime() };
    let mut durations = Durations::default();
    for _ in 0..DIALOGUES {
        let mut state = dialogue::State::new(true);
        state.caller = E164::parse("+33639981234", "FR").ok();
        for words in CALLER {
            let mut input = Input::Heard(words.to_owned());
            for _ in 0..=dialogue::MAX_ROUNDS {
                let (step, took) = one(&profile, &state, &input, now);
                durations.push(took);
                state = step.state;
                let Next::Ask(ask) = step.next else { break };
                input = Input::Answer(outside(&profile, &ask, now));
            }
        }
    }
    durations
}

fn one(
    profile: &Profile,
    state: &dialogue::State,
    input: &Input,
    now: Now,
) -> (dialogue::Step, Duration) {
    let script = Script { profile, mode: Mode::Full, register: Register::Voice };
    let begun = Instant::now();
    let step = dialogue::step(&script, state, black_box(input), now);
    (step, begun.elapsed())
}

fn outside(profile: &Profile, ask: &Ask, now: Now) -> Answer {
    match ask {
        Ask::Openings { wish, limit } => Answer::Openings {
            slots: openings(profile, wish, &[], now.instant, *limit),
            nearest: Vec::new(),
        },
        Ask::Book(booking) => {
            Answer::Booked(Receipt::committed_with("bench", booking.slot.clone()))
        }
        _ => Answer::Failed,
    }
}
