//! Numbers as they are said and written.

use super::find;
use crate::understand::words::words;

fn check(cases: &[(&str, &[i64])]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(text, expected)| find(&words(text)) != *expected)
        .map(|(text, expected)| {
            format!("{text:?}: {:?} instead of {expected:?}", find(&words(text)))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn reads_cardinals() {
    check(&[
        ("quatre-vingt-dix-sept", &[97]),
        ("quatre vingt dix sept", &[97]),
        ("soixante et onze", &[71]),
        ("soixante dix neuf", &[79]),
        ("septante-neuf", &[79]),
        ("huitante-six", &[86]),
        ("octante et un", &[81]),
        ("nonante", &[90]),
        ("onze cents", &[1100]),
        ("mille neuf cent quatre-vingt-quatre", &[1984]),
        ("dix-neuf cent quatre-vingt-quatre", &[1984]),
        ("deux mille vingt-six", &[2026]),
        ("deux cent mille", &[200_000]),
        ("trois milliards deux cents millions", &[3_200_000_000]),
        ("10 mille", &[10_000]),
        ("2 millions 300 mille", &[2_300_000]),
        ("un million et demi", &[1_500_000]),
        ("une quinzaine de jours", &[15]),
        ("moins trois", &[-3]),
        ("-10", &[-10]),
        ("dix heures moins dix", &[10, 10]),
        ("au moins trois", &[3]),
        ("vingt secondes", &[20]),
        ("cent un", &[101]),
        ("quatre cents", &[400]),
        ("quatre cent quatre-vingts", &[480]),
        ("12.500", &[12_500]),
        ("vingt-et-un mille", &[21_000]),
    ]);
}

#[test]
fn reads_ordinals() {
    check(&[
        ("le premier", &[1]),
        ("la deuxième", &[2]),
        ("le second", &[2]),
        ("la cinquième", &[5]),
        ("le neuvième", &[9]),
        ("le vingt et unième", &[21]),
        ("quatre-vingt-dixième", &[90]),
        ("le 3e", &[3]),
        ("la 1re", &[1]),
        ("mille et unième", &[1000, 1]),
        ("mille et un", &[1001]),
        ("mille et une nuits", &[1001]),
    ]);
}

#[test]
fn cuts_numbers_that_do_not_go_together() {
    check(&[
        ("trois quatre", &[3, 4]),
        ("vingt trente", &[20, 30]),
        ("deux ou trois", &[2, 3]),
        ("le 24 à 14 h 30", &[24, 14, 30]),
        ("entre dix et onze", &[10, 11]),
        ("06 39 98 12 34", &[6, 39, 98, 12, 34]),
        ("six, sept", &[6, 7]),
        ("douze treize", &[12, 13]),
    ]);
}

#[test]
fn decimals_of_a_whole_number_are_part_of_it() {
    check(&[
        ("1,5 million", &[1_500_000]),
        ("1.5 million", &[1_500_000]),
        ("1,2 M€", &[1_200_000]),
        ("0,5 million", &[500_000]),
        ("2,5 k", &[2_500]),
        ("un virgule cinq million", &[1_500_000]),
        ("un virgule zéro cinq million", &[1_050_000]),
        ("un virgule vingt-cinq milliard", &[1_250_000_000]),
        ("moins 1,5 million", &[-1_500_000]),
        ("deux cent cinquante k", &[250_000]),
        ("dix k euros", &[10_000]),
        ("n i deux k i", &[2]),
        ("1'000", &[1_000]),
        ("1'250'000", &[1_250_000]),
        ("250 000,00 €", &[250_000]),
        ("15.00 euros", &[15]),
        ("12,50 €", &[12, 50]),
        ("2,5", &[2, 5]),
        ("trois virgule cinq", &[3, 5]),
        ("06,39,98,00,34", &[6, 39, 98, 0, 34]),
        ("1,2345 k", &[1, 2_345_000]),
    ]);
}

#[test]
fn takes_no_article_for_a_number() {
    check(&[
        ("je voudrais un rendez-vous", &[]),
        ("une consultation", &[]),
        ("l'un ou l'autre", &[]),
        ("une seconde s'il vous plaît", &[]),
        ("un autre jour", &[]),
        ("celui-ci", &[]),
        ("le numéro un", &[1]),
        ("un", &[1]),
        ("à une heure", &[1]),
        ("un deux trois", &[1, 2, 3]),
    ]);
}

#[test]
fn leaves_out_what_64_bits_cannot_hold() {
    check(&[
        ("99999999999999999999999", &[]),
        ("neuf cent trillions", &[]),
        ("9223372036854775807", &[i64::MAX]),
    ]);
}
