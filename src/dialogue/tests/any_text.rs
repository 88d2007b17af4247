//! Names, numbers, telephone numbers and addresses in any text: no panic, and
//! nothing that has not the shape it promises.

use dialogue::understand::{emails, names, numbers, phones, words};
use proptest::prelude::*;

/// Pieces that mean something to one of the readers, to be put together at random.
const PIECES: &[&str] = &[
    "zéro",
    "six",
    "trente",
    "neuf",
    "quatre",
    "vingt",
    "dix",
    "et",
    "un",
    "soixante",
    "cent",
    "mille",
    "million",
    "-",
    "plus",
    "+33",
    "06",
    "39981234",
    "double",
    "deux fois",
    "non pardon",
    "je recommence",
    "arobase",
    "@",
    "point",
    "tiret",
    "bas",
    "gmail",
    "com",
    "f r",
    "je m'appelle",
    "c'est",
    "madame",
    "de la",
    "d'",
    "avec deux p",
    "D U P",
    "comme",
    "accent aigu",
    "trait d'union",
    "pour mon fils",
    "Lucas",
    "lefèvre",
    "O'",
    "saint",
    ",",
    ".",
    "é",
    "ß",
    "🙂",
    "İ",
    "e\u{301}",
    "monsieur",
    "docteur",
    "moins",
    "demi",
    "seconde",
    "billiard",
    "'",
    "’",
    "au nom de",
    "à l'appareil",
];

fn check(text: &str) {
    let words = words::words(text);
    let found = phones::find(&words);
    for reading in &found.readings {
        let french = reading.digits.len() == 10
            && reading.digits.starts_with('0')
            && !reading.digits.starts_with("00");
        assert!(french || reading.digits.starts_with('+'), "{text:?}: {reading:?}");
        assert!(
            reading.e164.starts_with('+') && reading.e164[1..].bytes().all(|b| b.is_ascii_digit())
        );
    }
    assert!(found.readings.len() < 2 || found.ambiguous, "{text:?}");
    if let Some(dictation) = &found.dictation {
        let _ = phones::resume(dictation, &words);
    }
    let _ = (numbers::find(&words), phones::from_keypad(text), names::for_other(&words));
    for address in emails::find(&words) {
        assert_eq!(address.matches('@').count(), 1, "{text:?}: {address}");
        assert!(address.is_ascii() && !address.contains(' '), "{text:?}: {address}");
    }
    for name in names::find(&words).into_iter().chain(names::answer(&words)) {
        assert!(name.chars().any(char::is_alphabetic) && name.trim() == name, "{text:?}: {name:?}");
    }
}

proptest! {
    #[test]
    fn reads_any_pieces_in_any_order(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..30), glue in "[ ,]?") {
        check(&pieces.join(if glue.is_empty() { " " } else { &glue }));
    }

    #[test]
    fn reads_any_text(text in ".{0,200}") {
        check(&text);
    }
}
