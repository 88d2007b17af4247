//! Hostile callers: real phrases bent in every way, arbitrary bytes, whole
//! calls. The test holds some of them, the example as many as one likes; a seed
//! always makes the same caller.

pub mod bend;

use crate::support::Call;
use crate::support::checks::sound;
use crate::support::tenants::{number, tenant};
use crate::support::world::World;
use bend::Dice;
use dialogue::understand::{Understanding, understand, words};
use dialogue::{Input, Mode, Register, Script, State};
use jiff::Span;
use jiff::civil::{DateTime, date};
use std::time::{Duration, Instant};

/// What one utterance may take, whatever it contains and however long it is:
/// the longest are cut, and the search for numbers has a bounded effort.
pub const LIMIT: Duration = Duration::from_millis(if cfg!(debug_assertions) { 500 } else { 60 });

/// Pieces that make long utterances of every kind that is read by a search.
pub const LONG: &[&str] = &[
    "zéro six",
    "quatre-vingt-dix",
    "soixante et un",
    "mardi à dix heures",
    "sauf lundi matin",
    "entre midi et deux",
    "la semaine prochaine",
    "je voudrais annuler",
    "j'ai mal à la poitrine",
    "je m'appelle Camille Lefèvre",
    "D U P O N T",
    "camille point lefèvre arobase",
    "avec le docteur Martin",
    "pas oui non",
    "euh",
    "a",
    "le de la",
    "00,",
    "06 39 98",
    "demain ou jeudi",
    "madame Martin",
    "arobase gmail point com",
];

const TENANTS: &[&str] = &[
    "martin",
    "martin sans-transfert sans-faq",
    "martin deux-services deux-docteurs",
    "martin coiffeurs",
    "plombier congés",
    "américain",
    "martin sans-agenda",
];

/// The phrases of the scenarios and of the lists of phrases.
pub fn phrases() -> Vec<String> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/tests");
    let mut phrases = Vec::new();
    for folder in ["scenarios", "phrases"] {
        let files = std::fs::read_dir(format!("{root}/{folder}")).expect("a folder of phrases");
        let mut files: Vec<_> = files.map(|entry| entry.expect("an entry").path()).collect();
        files.sort();
        for file in files.iter().filter(|path| path.extension().is_some_and(|ext| ext == "txt")) {
            let text = std::fs::read_to_string(file).expect("a readable file");
            let said = |line: &str| match folder {
                "scenarios" => line.strip_prefix("> ").map(str::to_owned),
                _ => line
                    .split(" → ")
                    .next()
                    .filter(|line| !line.starts_with('#'))
                    .map(str::to_owned),
            };
            phrases.extend(text.lines().filter_map(said).filter(|line| !line.is_empty()));
        }
    }
    assert!(phrases.len() > 500, "only {} phrases", phrases.len());
    phrases
}

/// What the seed's caller made of us.
pub struct Held {
    /// Utterances.
    pub utterances: usize,
    /// The slowest of them.
    pub slowest: Duration,
    /// Its text.
    pub text: String,
}

/// Says which seed it was, when its caller brings the house down.
struct Mark(u64);

impl Drop for Mark {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let seed = self.0;
            eprintln!("to see it again: cargo run -p dialogue --example fuzz -- --seed {seed}");
        }
    }
}

/// Holds the call of the seed's caller; panics when anything that must hold does not.
pub fn hold(seed: u64, phrases: &[String]) -> Held {
    let mark = Mark(seed);
    let mut dice = Dice::new(seed);
    let profile = tenant(dice.one(TENANTS));
    let mode = if dice.below(5) == 0 { Mode::MessageOnly } else { Mode::Full };
    let register = if dice.below(5) == 0 { Register::Written } else { Register::Voice };
    let script = Script { profile: &profile, mode, register };
    let mut world = World::default();
    let mut state = State::new(dice.below(2) == 0);
    state.caller = (dice.below(3) > 0).then(|| number("06 39 98 12 34"));
    let mut call = Call::new(&script, &mut world, state, when(&mut dice));
    let mut held = Held { utterances: 0, slowest: Duration::ZERO, text: String::new() };
    for _ in 0..=dice.below(14) {
        if call.over {
            break;
        }
        call.world.down = dice.below(12) == 0;
        call.world.races += usize::from(dice.below(12) == 0);
        let text = bend::utterance(&mut dice, phrases);
        let slow = read(&text, call.now);
        if slow > held.slowest {
            (held.slowest, held.text) = (slow, text.clone());
        }
        held.utterances += 1;
        let input = match dice.below(14) {
            0 => Input::Keypad(text),
            _ => Input::Heard(text),
        };
        turn(&mut call, input);
    }
    drop(mark);
    held
}

fn turn(call: &mut Call<'_>, input: Input) {
    let shown = format!("{input:?}");
    let reply = call.turn(input);
    if let Err(why) = sound(&reply, call) {
        panic!("after {shown}: {why}");
    }
    let size = serde_json::to_string(&call.state).expect("a state is JSON").len();
    assert!(size < 40_000, "a state of {size} bytes after {shown}");
}

/// Any day of this century, the days of changed clocks and the leap day often.
fn when(dice: &mut Dice) -> DateTime {
    let special = [date(2026, 3, 29), date(2026, 10, 25), date(2028, 2, 29), date(2026, 12, 31)];
    let day = match dice.below(3) {
        0 => special[dice.below(4) as usize],
        _ => date(2001, 1, 1)
            .checked_add(Span::new().days(i64::try_from(dice.below(36_000)).expect("small")))
            .expect("a day of this century"),
    };
    day.at(4, 0, 0, 0).checked_add(Span::new().minutes(dice.below(1_190) as i64)).expect("a time")
}

/// Reads an utterance, twice the same, and gives how long it took. What seems
/// slow is measured again: the machine has other work.
fn read(text: &str, now: DateTime) -> Duration {
    let (first, mut took) = timed(text, now);
    let (second, again) = timed(text, now);
    assert_eq!(first, second, "read twice, understood twice: {text:?}");
    took = took.min(again);
    for _ in 0..8 {
        if took < LIMIT {
            break;
        }
        took = took.min(timed(text, now).1);
    }
    assert!(took < LIMIT, "{took:?} for {} bytes: {text:?}", text.len());
    shaped(&first, text);
    took
}

fn timed(text: &str, now: DateTime) -> (Understanding, Duration) {
    let began = Instant::now();
    let understood = understand(text, now);
    (understood, began.elapsed())
}

/// What is understood has the shape it promises.
fn shaped(understood: &Understanding, text: &str) {
    for window in &understood.when {
        let span = window.span;
        let forward = span.from.zip(span.to).is_none_or(|(from, to)| from < to);
        assert!(forward, "a window that ends before it begins: {text:?}");
    }
    for reading in &understood.phones {
        let digits = &reading.e164[1..];
        let plain = reading.e164.starts_with('+') && digits.bytes().all(|b| b.is_ascii_digit());
        assert!(plain, "{reading:?}: {text:?}");
    }
    for address in &understood.emails {
        assert_eq!(address.matches('@').count(), 1, "{address}: {text:?}");
    }
    assert!(understood.names.iter().all(|name| name.trim() == name && !name.is_empty()));
    assert!(understood.phones.len() < 2 || understood.ambiguous, "{text:?}");
}

/// How much longer a word takes in `piece` repeated to the longest utterance
/// than in a sixth of it: about one when reading is linear, six when it is
/// quadratic.
pub fn growth(piece: &str) -> f64 {
    let count = words::words(piece).len().max(1);
    let text = |words: usize| format!("{piece} ").repeat((words / count).max(1));
    let (short, long) = (text(words::MAX_WORDS / 6), text(words::MAX_WORDS));
    let now = date(2026, 11, 23).at(10, 0, 0, 0);
    let best = |text: &str| {
        let times = (0..7).map(|_| timed(text, now).1);
        let read = words::words(text).len().max(1);
        times.min().unwrap_or_default().as_secs_f64() / read as f64
    };
    best(&long) / best(&short).max(1e-9)
}
