//! What callers say, and what it means: the tables are plain text files in
//! `phrases/`, one phrase a line. Most phrases are tried again as speech
//! recognition writes them on a bad line.

use dialogue::understand::{Understanding, understand, words};

/// A phrase of a table and what is expected of it.
struct Case {
    phrase: String,
    expected: String,
}

/// Reads a table: headings (`## name`) name what is expected of the lines
/// below, an arrow (`=>`) says it of one line.
fn cases(table: &str) -> Vec<Case> {
    let mut heading = String::new();
    let mut cases = Vec::new();
    for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")) {
        if let Some(name) = line.strip_prefix("## ") {
            heading = name.to_owned();
        } else {
            let (phrase, expected) = match line.split_once("=>") {
                Some((phrase, expected)) => (phrase.trim(), expected.trim()),
                None => (line, heading.as_str()),
            };
            cases.push(Case { phrase: phrase.to_owned(), expected: expected.to_owned() });
        }
    }
    cases
}

/// The phrase, and the same without accents, apostrophes, hyphens and
/// punctuation. A question of one word needs its question mark.
fn noisy(phrase: &str) -> Vec<String> {
    let mut variants = vec![phrase.to_owned()];
    if phrase.ends_with('?') && phrase.split_whitespace().count() <= 2 {
        return variants;
    }
    let bare: String = words::fold(phrase).chars().filter(|c| !",.?!…".contains(*c)).collect();
    variants.push(bare.replace(['\'', '-'], " "));
    variants.push(bare.replace('\'', ""));
    variants.push(format!("euh {} euh", bare.to_uppercase()));
    variants
}

/// The phrase alone, where noise would change what is to be written.
fn as_said(phrase: &str) -> Vec<String> {
    vec![phrase.to_owned()]
}

fn read(text: &str) -> Understanding {
    understand(text, jiff::civil::date(2026, 11, 21).at(10, 0, 0, 0))
}

/// Tries every phrase of a table, tells all failures at once.
fn check(table: &str, variants: fn(&str) -> Vec<String>, tell: fn(&Understanding) -> String) {
    let mut wrong = Vec::new();
    for case in cases(table) {
        for phrase in variants(&case.phrase) {
            let told = tell(&read(&phrase));
            if told != case.expected {
                wrong.push(format!("{phrase} => {told} instead of {}", case.expected));
                break;
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// The name that a value has in JSON.
fn name(value: impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        other => panic!("not a name: {other:?}"),
    }
}

fn intents(understood: &Understanding) -> String {
    understood.intents.iter().map(name).collect::<Vec<_>>().join(", ")
}

fn emergency(understood: &Understanding) -> String {
    understood.emergency.map_or(String::new(), |emergency| name(emergency.category))
}

#[test]
fn every_intent_is_understood_in_many_wordings() {
    check(include_str!("phrases/intents.txt"), noisy, intents);
}

#[test]
fn what_wants_nothing_gives_no_intent() {
    check(include_str!("phrases/no-intents.txt"), noisy, intents);
}

#[test]
fn an_emergency_is_heard_in_any_wording() {
    check(include_str!("phrases/emergencies.txt"), noisy, emergency);
}

#[test]
fn an_emergency_of_the_past_denied_or_only_named_is_none() {
    check(include_str!("phrases/no-emergencies.txt"), noisy, emergency);
}

#[test]
fn an_emergency_is_the_first_intent() {
    let understood = read("je voudrais un rendez-vous parce que mon mari ne respire plus");
    assert_eq!(intents(&understood), "emergency, book");
}

#[test]
fn yes_no_and_neither_are_told_apart() {
    check(include_str!("phrases/polarity.txt"), noisy, |understood| {
        understood.polarity.map_or("neither".into(), name)
    });
}

#[test]
fn a_choice_among_offers_is_told_from_dates_and_numbers() {
    check(include_str!("phrases/choices.txt"), noisy, |understood| {
        let Some(choice) = understood.choice else { return "nothing".into() };
        let mut told: Vec<String> = choice.ordinal.iter().map(ToString::to_string).collect();
        let marks = [
            (choice.none, "none"),
            (choice.earlier, "earlier"),
            (choice.later, "later"),
            (choice.any, "any"),
        ];
        told.extend(marks.iter().filter(|mark| mark.0).map(|mark| mark.1.to_owned()));
        told.join(" ")
    });
}

#[test]
fn the_general_topic_of_a_question_is_told() {
    check(include_str!("phrases/topics.txt"), noisy, |understood| {
        understood.topic.map_or("none".into(), name)
    });
}

#[test]
fn the_motive_is_told_in_the_callers_words() {
    check(include_str!("phrases/motives.txt"), as_said, |understood| {
        understood.motive.clone().unwrap_or_default()
    });
}

#[test]
fn a_name_is_told_from_ordinary_words() {
    check(include_str!("phrases/names.txt"), as_said, |understood| understood.names.join(", "));
}

#[test]
fn a_dictated_address_is_written() {
    check(include_str!("phrases/emails.txt"), as_said, |understood| understood.emails.join(", "));
}

#[test]
fn noise_is_told_from_silence_and_from_words() {
    for noise in ["euh", "hum", "mm", "Mmh...", "[bruit]", "...", "euh... hum", "(toux)"] {
        assert!(read(noise).noise, "{noise}");
    }
    for other in ["", "  ", "oui", "euh oui", "non", "allô"] {
        assert!(!read(other).noise, "{other}");
    }
}

#[test]
fn a_caller_who_doubts_that_anybody_is_there_is_heard() {
    for hello in [
        "allô",
        "allo ?",
        "allô vous m'entendez",
        "vous êtes là ?",
        "vous m'entendez",
        "il y a quelqu'un ?",
    ] {
        assert!(read(hello).hello, "{hello}");
    }
    for other in ["oui", "je voudrais un rendez-vous", "je ne suis pas là mardi"] {
        assert!(!read(other).hello, "{other}");
    }
}

#[test]
fn a_refusal_of_the_recording_is_heard() {
    for refusal in [
        "je ne veux pas être enregistré",
        "n'enregistrez pas",
        "je refuse l'enregistrement",
        "je m'oppose à l'enregistrement de l'appel",
        "sans enregistrement s'il vous plaît",
        "arrêtez d'enregistrer",
        "je suis contre l'enregistrement",
        "j ai pas envie d etre enregistree",
    ] {
        assert!(read(refusal).refuses_recording, "{refusal}");
    }
    for other in
        ["vous enregistrez l'appel ?", "c'est bien enregistré", "je veux bien être enregistré"]
    {
        assert!(!read(other).refuses_recording, "{other}");
    }
}

/// Words that begin, fill and deny many patterns at once.
const BUSY: [&str; 16] = [
    "je",
    "pas",
    "mal",
    "à",
    "la",
    "poitrine",
    "voudrais",
    "rendez-vous",
    "annuler",
    "ne",
    "plus",
    "oui",
    "non",
    "le",
    "quand",
    "?",
];

proptest::proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,200}") {
        read(&text);
    }

    #[test]
    fn no_row_of_words_makes_it_panic_or_name_an_intent_twice(
        row in proptest::collection::vec(proptest::sample::select(&BUSY[..]), 0..40)
    ) {
        let understood = read(&row.join(" "));
        for (at, intent) in understood.intents.iter().enumerate() {
            assert!(!understood.intents[..at].contains(intent), "{row:?}");
        }
    }
}
