//! Hostile callers, one seed each, for as long as one likes.
//!
//! `cargo run -p dialogue --example fuzz -- --seconds N [--seed S]`
//! begins with seed S (default: 0) and goes on from there; without `--seconds`
//! it holds that one call. A panic prints the seed that makes it happen again.

#[path = "../../tests/fuzzing/mod.rs"]
mod fuzzing;
#[path = "../../tests/support/mod.rs"]
mod support;

use std::process::ExitCode;
use std::time::{Duration, Instant};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (mut seed, mut seconds) = (0_u64, 0_u64);
    for pair in arguments.chunks(2) {
        match pair {
            [name, value] if name == "--seed" && value.parse::<u64>().is_ok() => {
                seed = value.parse().unwrap_or_default();
            }
            [name, value] if name == "--seconds" && value.parse::<u64>().is_ok() => {
                seconds = value.parse().unwrap_or_default();
            }
            _ => {
                eprintln!("fuzz --seconds N [--seed S]");
                return ExitCode::from(2);
            }
        }
    }
    run(seed, Duration::from_secs(seconds));
    for piece in fuzzing::LONG {
        println!("{:5.2} times as long per word: « {piece} »", fuzzing::growth(piece));
    }
    ExitCode::SUCCESS
}

fn run(first: u64, time: Duration) {
    let phrases = fuzzing::phrases();
    let began = Instant::now();
    let (mut seed, mut utterances) = (first, 0);
    let mut slowest = (Duration::ZERO, String::new(), first);
    loop {
        let held = fuzzing::hold(seed, &phrases);
        utterances += held.utterances;
        if held.slowest > slowest.0 {
            slowest = (held.slowest, held.text, seed);
        }
        if began.elapsed() >= time {
            break;
        }
        seed = seed.wrapping_add(1);
    }
    let (took, text, of) = slowest;
    println!("seeds {first} to {seed}: {utterances} utterances, nothing broke");
    println!("slowest to understand: {took:?}, {} bytes, seed {of}", text.len());
}
