//! Telephone numbers said in thousands of ways: the true one is always among
//! the readings, and a single reading is never a wrong one.

#[path = "spoken/mod.rs"]
mod spoken;

use spoken::{Dice, heard, say, speaker::Said};

const CASES: u64 = 3_000;

fn wrong(check: impl Fn(&Said) -> Option<String>) -> Vec<String> {
    let mut dice = Dice::new(20_261_121);
    (0..CASES).filter_map(|_| check(&say(&mut dice))).collect()
}

fn none(wrong: Vec<String>) {
    assert!(
        wrong.is_empty(),
        "{} of {CASES}\n{}",
        wrong.len(),
        wrong[..wrong.len().min(30)].join("\n")
    );
}

#[test]
fn the_true_number_is_always_among_the_readings() {
    none(wrong(|said| {
        let found = heard(&said.turns);
        let there = found.readings.iter().any(|reading| reading.digits == said.digits);
        (!there).then(|| format!("{:?} means {}: {:?}", said.turns, said.digits, found))
    }));
}

#[test]
fn several_readings_are_always_told() {
    none(wrong(|said| {
        let found = heard(&said.turns);
        let told = found.ambiguous || said.readings.len() < 2;
        (!told).then(|| format!("{:?} means one of {:?}: {:?}", said.turns, said.readings, found))
    }));
}

#[test]
fn hardly_any_clear_number_is_doubted() {
    let doubted = wrong(|said| {
        let found = heard(&said.turns);
        (said.readings.len() == 1 && found.ambiguous)
            .then(|| format!("{:?}: {:?}", said.turns, found.readings))
    });
    assert!(doubted.len() as u64 * 50 < CASES, "{}\n{}", doubted.len(), doubted[..30].join("\n"));
}
