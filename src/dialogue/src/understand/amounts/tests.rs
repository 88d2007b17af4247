use super::*;
use crate::understand::words::words;

fn read(text: &str) -> Option<(Option<i64>, Option<i64>)> {
    span(&words(text), Asked::Yes).map(|(from, to, _)| (from, to))
}

#[test]
fn amounts_are_read_as_they_are_said() {
    for (text, amount) in [
        ("trois cent mille euros", 300_000),
        ("trois cents mille", 300_000),
        ("300 000 €", 300_000),
        ("300.000 euros", 300_000),
        ("300000", 300_000),
        ("250k", 250_000),
        ("deux cent cinquante k", 250_000),
        ("250 mille", 250_000),
        ("1,2 million", 1_200_000),
        ("1.5 millions d'euros", 1_500_000),
        ("un million deux", 1_200_000),
        ("un million", 1_000_000),
        ("un virgule cinq million", 1_500_000),
        ("1,2 M€", 1_200_000),
        ("0,5 million", 500_000),
        ("2,5 k", 2_500),
        ("dix k", 10_000),
        ("deux k euros", 2_000),
        ("250 000,00 €", 250_000),
        ("1'250'000 francs", 1_250_000),
        ("12,50 €", 12),
        ("huit cent cinquante euros", 850),
        ("900", 900),
        ("mille deux cents euros par mois", 1_200),
        ("1 200 000 euros", 1_200_000),
        ("deux cent quatre vin mille", 280_000),
        ("environ deux cent mille", 200_000),
        ("trois pièces pour deux cent mille euros", 200_000),
        ("deux cent mille, non, deux cent vingt mille", 220_000),
    ] {
        assert_eq!(read(text), Some((Some(amount), Some(amount))), "{text}");
    }
}

#[test]
fn spans_and_limits_have_open_sides() {
    for (text, from, to) in [
        ("entre deux cents et deux cent cinquante mille", Some(200_000), Some(250_000)),
        ("entre 200 et 250 000 euros", Some(200_000), Some(250_000)),
        ("entre 200 et 250k", Some(200_000), Some(250_000)),
        ("entre 1,2 et 1,5 million", Some(1_200_000), Some(1_500_000)),
        ("entre un et deux millions", Some(1_000_000), Some(2_000_000)),
        ("entre deux et trois mille euros", Some(2_000), Some(3_000)),
        ("entre neuf cents et mille euros", Some(900), Some(1_000)),
        ("de sept cents à neuf cents euros", Some(700), Some(900)),
        ("maximum trois cent mille", None, Some(300_000)),
        ("trois cent mille maximum", None, Some(300_000)),
        ("jusqu'à 300 000 euros", None, Some(300_000)),
        ("pas plus de neuf cents euros", None, Some(900)),
        ("au moins deux cent mille", Some(200_000), None),
        ("plus de cent mille euros", Some(100_000), None),
    ] {
        assert_eq!(read(text), Some((from, to)), "{text}");
    }
}

#[test]
fn what_is_counted_is_no_money() {
    assert_eq!(read("trois pièces"), None);
    assert_eq!(read("dans six mois"), None);
    assert_eq!(read("je ne sais pas"), None);
    assert_eq!(span(&words("j'en voudrais quatre"), Asked::No), None);
    let counts: Vec<i64> = counts(&words("quatre pièces à 250 000 euros"))
        .into_iter()
        .map(|(value, _)| value)
        .collect();
    assert_eq!(counts, [4]);
}

#[test]
fn no_number_overflows() {
    for text in [
        "9223372036854775807 millions",
        "9 999 999 999 999 999 999 k",
        "999999999999999 000 000 000",
    ] {
        let _ = read(text);
    }
}
