//! Whatever is said: no panic, well-formed windows, in order, in bounded time.

use super::NOW;
use crate::understand::{Window, dates, words};
use jiff::civil::{DateTime, date};
use proptest::prelude::*;
use std::time::Instant;

fn well_formed(windows: &[Window]) {
    for window in windows {
        let span = window.span;
        assert!(span.from.is_some() || span.to.is_some(), "open on both sides");
        assert!(span.from.zip(span.to).is_none_or(|(from, to)| from < to), "{window:?}");
    }
    let known: Vec<_> = windows.iter().enumerate().collect();
    assert!(known.iter().all(|(at, window)| !windows[..*at].contains(window)), "twice the same");
}

fn read(text: &str, now: DateTime) {
    let words = words::words(text);
    let found = dates::find(&words, now);
    well_formed(&found.when);
    assert!(found.when.len() <= 200 && found.except.len() <= 200);
    assert!(found.except.iter().all(|span| span.from.zip(span.to).is_none_or(|(a, b)| a < b)));
    assert!(found.words.iter().all(|(from, to)| from < to && *to <= words.len()));
}

/// Words that begin, join or end expressions.
const WORDS: &[&str] = &[
    "mardi",
    "mercredis",
    "le",
    "la",
    "les",
    "de",
    "du",
    "à",
    "au",
    "en",
    "dans",
    "entre",
    "et",
    "ou",
    "ni",
    "pas",
    "sauf",
    "non",
    "pardon",
    "plutôt",
    "que",
    "mais",
    "avant",
    "après",
    "jusqu'à",
    "à partir de",
    "dès",
    "d'ici",
    "sous",
    "vers",
    "heures",
    "h",
    "minutes",
    "demie",
    "quart",
    "moins",
    "plus",
    "tard",
    "tôt",
    "possible",
    "midi",
    "minuit",
    "matin",
    "soir",
    "après-midi",
    "semaine",
    "mois",
    "jours",
    "an",
    "week-end",
    "prochain",
    "suivant",
    "dernier",
    "demain",
    "aujourd'hui",
    "début",
    "fin",
    "milieu",
    "mi-",
    "premier",
    "deuxième",
    "novembre",
    "mai",
    "Pâques",
    "Noël",
    "vacances",
    "un",
    "deux",
    "huit",
    "quinze",
    "vingt",
    "trente",
    "14h30",
    "22/04",
    "31",
    "29/2",
    "99999",
    "0",
    "00",
    "2026",
    ",",
    ".",
    "?",
    "je",
    "peux",
    "travaille",
    "finis",
    "école",
    "pause",
    "déjeuner",
    "enfants",
    "quand",
    "ce",
    "tous",
    "celle",
    "donc",
    "reste",
    "journée",
    "quinzaine",
    "veille",
    "lundi de",
    "n'importe",
    "quand",
    "vin",
    "cat",
];

fn spoken() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(WORDS), 0..24).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_without_panic(text in "\\PC{0,200}") {
        read(&text, NOW);
    }

    #[test]
    fn any_words_of_time_are_read_without_panic(text in spoken(), day in 0..2_000i64, minute in 0..1_440i64) {
        let hours = jiff::Span::new().days(day).minutes(minute);
        read(&text, NOW.saturating_add(hours));
    }

    #[test]
    fn the_ends_of_the_calendar_hold(text in spoken()) {
        read(&text, DateTime::MIN);
        read(&text, DateTime::MAX);
        read(&text, date(9999, 12, 20).at(9, 0, 0, 0));
    }
}

#[test]
fn preferred_readings_come_first_and_each_reading_is_in_order() {
    let words = words::words("à trois heures mardi ou jeudi");
    let found = dates::find(&words, NOW).when;
    let hours: Vec<i8> = found.iter().filter_map(|one| Some(one.span.from?.hour())).collect();
    assert_eq!(hours, [15, 15, 3, 3]);
    assert!(found[0].span.from < found[1].span.from);
}

#[test]
fn the_longest_utterance_is_read_in_bounded_time() {
    for piece in ["mardi ou ", "sauf le lundi ", "entre ", "vingt ", "pas le matin ", "le plus "] {
        let text = piece.repeat(2_000 / piece.len());
        let start = Instant::now();
        read(&text, NOW);
        assert!(start.elapsed().as_secs() < 2, "{piece}");
    }
}
