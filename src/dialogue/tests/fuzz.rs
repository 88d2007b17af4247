//! Some hostile callers at every run of the tests; more of them, for as long as
//! one likes: `cargo run -p dialogue --example fuzz -- --seconds 600`.

mod fuzzing;
mod support;

/// The tests' own callers: always the same, some seconds of them.
const CALLERS: u64 = 150;

#[test]
fn no_caller_brings_the_house_down_or_holds_it_up() {
    let phrases = fuzzing::phrases();
    for seed in 0..CALLERS {
        fuzzing::hold(seed, &phrases);
    }
}

#[test]
fn a_long_utterance_takes_no_longer_per_word_than_a_short_one() {
    for piece in fuzzing::LONG {
        // Six: quadratic. What disturbs some measurements does not disturb all.
        let mut growths = (0..20).map(|_| fuzzing::growth(piece));
        assert!(growths.any(|growth| growth < 4.0), "« {piece} » takes longer and longer");
    }
}
