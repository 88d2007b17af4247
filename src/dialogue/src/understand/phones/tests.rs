//! Telephone numbers as they are said, written, corrected and continued.

use super::{Dictation, Phones, differences, find, from_keypad, resume, separate};
use crate::understand::words::words;

fn digits(phones: &Phones) -> Vec<&str> {
    phones.readings.iter().map(|reading| reading.digits.as_str()).collect()
}

fn check(cases: &[(&str, &[&str])]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(text, expected)| digits(&find(&words(text))) != *expected)
        .map(|(text, expected)| {
            format!("{text:?}: {:?} instead of {expected:?}", find(&words(text)))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn reads_figures_in_every_shape() {
    let number: &[&str] = &["0639981234"];
    let shapes = [
        "06 39 98 12 34",
        "0639981234",
        "06.39.98.12.34",
        "06-39-98-12-34",
        "06/39/98/12/34",
        "06, 39, 98, 12, 34",
        "063 998 1234",
        "06 399 812 34",
        "0 6 39 98 12 34",
        "O6 39 98 12 34",
        "(06) 39 98 12 34",
        "+33 6 39 98 12 34",
        "+33639981234",
        "+33 (0)6 39 98 12 34",
        "0033 6 39 98 12 34",
        "0033639981234",
        "6 39 98 12 34",
        "06 trente-neuf 98 douze 34",
        "c'est le 06 39 98 12 34 de mon mari",
        "06 39 98 12 34 je répète 06 39 98 12 34",
        "06 39 98 12 34 je répète 06 39",
    ];
    check(&shapes.map(|shape| (shape, number)));
}

#[test]
fn reads_words() {
    check(&[
        (
            "c'est pas douze c'est treize zéro six trente-neuf quatre-vingt-dix-huit treize trente-quatre",
            &["0639981334"],
        ),
        (
            "zéro six et puis trente-neuf ensuite quatre-vingt-dix-huit puis douze et enfin trente-quatre",
            &["0639981234"],
        ),
        ("zéro six trente-neuf quatre-vingt-dix-huit douze trente-quatre", &["0639981234"]),
        (
            "double zéro trente-trois six trente-neuf quatre-vingt-dix-huit douze trente-quatre",
            &["0639981234"],
        ),
        ("zéro six trente neuf nonante huit douze trente quatre", &["0639981234"]),
        ("zéro six trois neuf neuf huit un deux trois quatre", &["0639981234"]),
        ("zéro-six-trente-neuf-quatre-vingt-dix-huit-douze-trente-quatre", &["0639981234"]),
        (
            "plus trente-trois six trente-neuf quatre-vingt-dix-huit douze trente-quatre",
            &["0639981234"],
        ),
        ("six trente-neuf quatre-vingt-dix-huit douze trente-quatre", &["0639981234"]),
        ("zéro six double neuf quatre-vingt-dix-huit douze trente-quatre", &["0699981234"]),
        ("zéro six trente-neuf deux fois douze trente-quatre", &["0639121234"]),
        ("zéro six triple neuf huit douze trente-quatre", &["0699981234"]),
        ("zéro si trente neuf cat vingt dix uit douze trente cat", &["0639981234"]),
        ("zéro six trente neuf quatre vingt dix sept vingt un douze", &["0639972112"]),
        ("zéro six soixante dix sept vingt et un douze treize", &["0677211213"]),
    ]);
}

#[test]
fn applies_corrections() {
    check(&[
        (
            "zéro six trente-neuf quatre-vingt-dix-huit treize non pardon douze trente-quatre",
            &["0639981234"],
        ),
        ("06 39 98 13 euh non 12 34", &["0639981234"]),
        ("06 39 98 12 35 non 34", &["0639981234"]),
        ("06 39 98 13 35 enfin non 12 34", &["0639981234"]),
        ("0639981235 non pardon 34", &["0639981234"]),
        ("06 39 je recommence 06 39 98 12 34", &["0639981234"]),
        ("06 39 98 45 67 ah non c'est le 06 39 98 12 34", &["0639981234"]),
        ("non c'est le 06 39 98 12 34", &["0639981234"]),
    ]);
}

#[test]
fn leaves_out_what_is_denied() {
    let one: &[&str] = &["0639981234"];
    let said = [
        "06 39 98 12 34 et non pas 06 39 98 12 35",
        "06 39 98 12 34 et non 06 39 98 12 35",
        "06 39 98 12 34 et non 35",
        "zéro six trente-neuf quatre-vingt-dix-huit douze trente-quatre et non pas trente-cinq",
        "non pas le 06 39 98 12 35 mais le 06 39 98 12 34",
        "c'est pas le 06 39 98 12 35 c'est le 06 39 98 12 34",
        "ne m'appelez pas au 06 39 98 12 35 mais au 06 39 98 12 34",
        "rappelez-moi au 06 39 98 12 34 pas sur le 06 39 98 12 35",
        "je n'ai plus le 06 39 98 12 35 c'est le 06 39 98 12 34",
        "en plus le 06 39 98 12 34",
        "vous n'avez pas le 06 39 98 12 34",
        "je sais pas 06 39 98 12 34 je crois",
        "pourquoi pas le 06 39 98 12 34",
        "non pas du tout c'est le 06 39 98 12 34",
        "je n'ai pas de fixe 06 39 98 12 34",
    ];
    check(&said.map(|said| (said, one)));
    let nothing = find(&words("ce n'est pas le 06 39 98 12 34"));
    assert_eq!(nothing, Phones::default());
}

#[test]
fn a_number_begun_again_is_read_from_there() {
    let one: &[&str] = &["0639981234"];
    let said = [
        "zéro six trente euh attendez zéro six trente-neuf quatre-vingt-dix-huit douze trente-quatre",
        "zéro six zéro six trente-neuf quatre-vingt-dix-huit douze trente-quatre",
        "zéro six trente-neuf zéro six trente-neuf zéro six trente-neuf quatre-vingt-dix-huit douze trente-quatre",
        "06 39 euh 06 39 98 12 34",
        "06 06 39 98 12 34",
        "0639 0639981234",
    ];
    check(&said.map(|said| (said, one)));
    // A whole number by itself, however it was meant.
    check(&[("06 06 39 98 12", &["0606399812"])]);
}

#[test]
fn returns_all_readings_and_says_so() {
    let found =
        find(&words("zéro six quatre vingt quatre quarante cinq cinquante quatre vingt huit"));
    assert!(found.ambiguous);
    assert_eq!(digits(&found), ["0684455428", "0684455088"]);
    let two = find(&words("mon fixe 01 99 00 12 34 et mon portable 06 39 98 12 34"));
    assert!(two.ambiguous);
    assert_eq!(digits(&two), ["0199001234", "0639981234"]);
}

#[test]
fn reads_foreign_numbers() {
    check(&[
        ("+32 470 12 34 56", &["+32470123456"]),
        ("0032 470 12 34 56", &["+32470123456"]),
        ("plus trente deux quatre sept zéro douze trente quatre cinquante six", &["+32470123456"]),
        ("+41 78 123 45 67", &["+41781234567"]),
    ]);
}

#[test]
fn leaves_other_numbers_alone() {
    let texts = [
        "mardi 24 à 14 h 30",
        "le 06/12/2026",
        "le 24 novembre 2026 à 14:30",
        "je suis au 12 rue des lilas 75011 Paris",
        "ça coûte 120 euros",
        "dix-huit mille huit cent quatre-vingts",
        "cent quarante-sept mille quatre cent cinquante et une",
        "entre dix heures et midi",
        "j'ai 82 ans",
        "appelez-moi plus tard",
        "un instant",
        "00 00 00 00 00",
        "06 39 98 12",
        "06 39 98 12 34 56",
        "zéro six trente neuf quatre vingt dix huit",
    ];
    for text in texts {
        assert_eq!(digits(&find(&words(text))), [""; 0], "{text}");
    }
    for text in [
        "mardi 24 à 14 h 30",
        "le 06/12/2026",
        "un instant",
        "appelez-moi plus tard",
        "j'ai 82 ans",
    ] {
        assert_eq!(find(&words(text)).dictation, None, "{text}");
    }
}

fn in_turns(turns: &[&str]) -> Phones {
    let begin = Phones { dictation: Some(Dictation::default()), ..Phones::default() };
    turns
        .iter()
        .fold(begin, |before, turn| resume(&before.dictation.unwrap_or_default(), &words(turn)))
}

#[test]
fn goes_on_over_several_turns() {
    let cases: &[&[&str]] = &[
        &["zéro six", "trente-neuf", "quatre-vingt-dix-huit", "douze trente-quatre"],
        &["06 39", "98 12 34"],
        &["zéro six trente neuf quatre vingt dix huit", "douze trente quatre"],
        &["zéro six trente-neuf", "quatre-vingt-dix-huit treize", "non pardon douze trente-quatre"],
        &["06 39 98", "je recommence 06 39 98 12 34"],
        &["06 39", "06 39 98 12 34"],
        &["alors c'est le zéro", "six", "euh trente-neuf", "quatre-vingt-dix-huit", "12 34 voilà"],
        &["zéro six trente-neuf quatre", "non quatre-vingt-dix-huit douze trente-quatre"],
        &["plus trente-trois", "six trente-neuf quatre-vingt-dix-huit", "douze trente-quatre"],
    ];
    for turns in cases {
        let found = in_turns(turns);
        assert!(digits(&found).contains(&"0639981234"), "{turns:?}: {found:?}");
    }
}

#[test]
fn an_answer_without_digits_leaves_the_dictation() {
    let before = find(&words("zéro six trente-neuf")).dictation.expect("a part of a number");
    for text in ["oui", "c'est ça", "attendez je cherche", "un instant", "mardi à 14 heures"] {
        assert_eq!(resume(&before, &words(text)), Phones::default(), "{text}");
    }
}

#[test]
fn tells_what_separates_two_readings() {
    let found =
        find(&words("zéro six quatre vingt quatre quarante cinq cinquante quatre vingt huit"));
    let difference = differences(&found.readings).expect("two readings");
    assert_eq!((difference.pair, difference.choices), (4, vec!["28".to_owned(), "88".to_owned()]));
    let answered = |text| -> Vec<String> {
        separate(&found.readings, 3, &words(text))
            .into_iter()
            .map(|reading| reading.digits)
            .collect()
    };
    assert_eq!(answered("cinquante, quatre-vingt-huit"), ["0684455088"]);
    assert_eq!(answered("50"), ["0684455088"]);
    assert_eq!(answered("54 28"), ["0684455428"]);
    assert_eq!(answered("06 84 45 54 28"), ["0684455428"]);
    assert_eq!(answered("comment ?").len(), 2);
    assert_eq!(differences(&found.readings[..1]), None);
}

#[test]
fn takes_keys() {
    assert_eq!(digits(&from_keypad("0639981234#")), ["0639981234"]);
    assert_eq!(digits(&from_keypad("0639*0639981234")), ["0639981234"]);
    assert_eq!(digits(&from_keypad("0032470123456")), ["+32470123456"]);
    assert!(from_keypad("0639").dictation.is_some());
    assert_eq!(from_keypad("#"), Phones::default());
    assert_eq!(from_keypad("1234567890"), Phones::default());
}

#[test]
fn hostile_words_take_bounded_work() {
    let texts = [
        "quatre vingt ".repeat(300),
        "soixante dix sept ".repeat(200),
        "deux fois ".repeat(200),
        "double neuf ".repeat(200),
        "douze non pardon ".repeat(200),
        "zéro six ".repeat(300),
        "cent ".repeat(400),
        "+33".repeat(300),
        "de si cet hein un ".repeat(200),
        "soixante dix ".repeat(9),
        "quatre vingt dix ".repeat(8),
        "double quatre vingt ".repeat(8),
        "vingt non vingt deux ".repeat(12),
    ];
    for text in texts {
        let words = words(&text);
        let found = find(&words);
        assert!(found.readings.len() <= 64, "{text}");
        let mut dictation = Dictation::default();
        for _ in 0..3 {
            dictation = resume(&dictation, &words).dictation.unwrap_or_default();
        }
        assert!(dictation.groups.iter().flatten().count() <= 15 * 512, "{text}");
    }
}

#[test]
fn an_overseas_number_has_the_code_that_reaches_it() {
    for (text, e164) in [
        ("zéro six quatre-vingt-dix douze trente-quatre cinquante-six", "+590690123456"),
        ("0692 12 34 56", "+262692123456"),
        ("0596 12 34 56", "+596596123456"),
        ("06 39 98 12 34", "+33639981234"),
    ] {
        let found = find(&words(text));
        assert_eq!(found.readings[0].e164, e164, "{text}");
    }
}
