//! What real callers say, and what it means.

mod anchors;
mod changes;
mod counted;
mod days;
mod doubtful;
mod exceptions;
mod figures;
mod hours;
mod nothing;
mod properties;
mod sentences;
mod shown;
mod times;
mod together;

use jiff::civil::{DateTime, date};
use shown::understood;

/// A Wednesday, ten in the morning.
const NOW: DateTime = date(2026, 11, 18).at(10, 0, 0, 0);

fn hold(table: &[(&str, &str)]) {
    let wrong: Vec<String> = table
        .iter()
        .filter_map(|(said, meant)| {
            let found = understood(said, NOW, 3);
            (found != *meant).then(|| format!("« {said} » is {found:?}, not {meant:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), table.len(), wrong.join("\n"));
}

#[test]
fn days_are_read() {
    hold(days::DAYS);
}

#[test]
fn days_told_from_others_are_read() {
    hold(anchors::ANCHORED);
}

#[test]
fn what_changes_or_narrows_is_read() {
    hold(changes::CHANGED);
}

#[test]
fn times_are_read() {
    hold(times::TIMES);
}

#[test]
fn what_is_counted_from_now_is_read() {
    hold(counted::COUNTED);
}

#[test]
fn days_and_minutes_in_figures_are_read() {
    hold(figures::FIGURES);
}

#[test]
fn hours_that_share_words_are_read() {
    hold(hours::HOURS);
}

#[test]
fn days_and_times_are_put_together() {
    hold(together::TOGETHER);
}

#[test]
fn what_does_not_suit_is_left_out() {
    hold(exceptions::EXCEPTIONS);
}

#[test]
fn whole_sentences_are_read() {
    hold(sentences::SENTENCES);
}

#[test]
fn an_article_is_no_day_of_the_month() {
    hold(doubtful::ARTICLES);
}

#[test]
fn days_bounded_to_the_hour_are_no_habit() {
    hold(doubtful::DEADLINES);
}

#[test]
fn what_is_no_time_is_none() {
    hold(nothing::NOTHING);
}

#[test]
fn what_one_comes_for_is_never_an_hour() {
    for what in [
        "un renouvellement",
        "un détartrage",
        "une visite",
        "un contrôle",
        "une angine",
        "un vaccin",
        "une première fois",
        "une",
        "un",
    ] {
        assert_eq!(understood(&format!("mardi pour {what}"), NOW, 3), "mar 24/11", "{what}");
        let timed = format!("mardi à dix heures pour {what}");
        assert_eq!(understood(&timed, NOW, 3), "mar 24/11 10h-11h", "{what}");
        assert_eq!(understood(&format!("pour {what}"), NOW, 3), "", "{what}");
    }
}

#[test]
fn the_words_of_a_telephone_number_are_no_date() {
    let when = |said: &str| crate::understand::understand(said, NOW).when;
    for number in [
        "c'est le 06 alors 39 98 et après 12 34",
        "le 06, c'est 39, 98, 12, 34",
        "le zéro six alors trente-neuf quatre-vingt-dix-huit et puis douze trente-quatre",
    ] {
        assert_eq!(when(number), [], "{number}");
        let dated = format!("mardi vingt-quatre à dix heures, {number}");
        assert_eq!(when(&dated), when("mardi vingt-quatre à dix heures"), "{number}");
    }
    let after = when("c'est le 06 39 98 12 34 et je préfère le 12");
    assert_eq!(after, when("le 12"));
}

#[test]
fn late_in_the_day_today_is_over() {
    let monday = date(2026, 11, 23).at(16, 12, 0, 0);
    let shown = |said| understood(said, monday, 1);
    assert_eq!(shown("lundi après-midi"), "lun 30/11 13h-18h … 2");
    assert_eq!(shown("lundi"), "lun 30/11 … 2");
    assert_eq!(shown("de cinq à sept aujourd'hui"), "lun 23/11 17h-19h");
    assert_eq!(shown("plutôt le matin"), "mar 24/11 8h-12h … 20");
}

#[test]
fn the_hour_that_clocks_skip_or_repeat_stays_wall_time() {
    let spring = date(2027, 3, 27).at(12, 0, 0, 0);
    assert_eq!(understood("demain à neuf heures", spring, 3), "dim 28/3/2027 9h-10h");
    let autumn = date(2026, 10, 24).at(12, 0, 0, 0);
    assert_eq!(understood("dans deux jours à 8h30", autumn, 3), "lun 26/10 8h30");
}

#[test]
fn easter_is_computed() {
    let shown = |year: i16| understood("le lundi de Pâques", date(year, 1, 2).at(9, 0, 0, 0), 3);
    assert_eq!(shown(2026), "lun 6/4");
    assert_eq!(shown(2027), "lun 29/3/2027");
    assert_eq!(shown(2028), "lun 17/4/2028");
}

/// A recogniser loses accents, hyphens, apostrophes and adds fillers.
fn worn(said: &str) -> String {
    let letters = crate::understand::words::fold(said);
    let hyphen = |at: usize| letters.as_bytes()[at.saturating_sub(1)].is_ascii_alphabetic();
    letters
        .char_indices()
        .map(|(at, c)| match c {
            '\'' | '’' => ' ',
            '-' if hyphen(at) => ' ',
            other => other,
        })
        .collect::<String>()
        .replace(" le ", " euh le ")
}

#[test]
fn what_a_bad_line_loses_changes_nothing() {
    let tables = [
        days::DAYS,
        anchors::ANCHORED,
        changes::CHANGED,
        times::TIMES,
        together::TOGETHER,
        exceptions::EXCEPTIONS,
        sentences::SENTENCES,
        nothing::NOTHING,
        doubtful::ARTICLES,
        doubtful::DEADLINES,
        counted::COUNTED,
        figures::FIGURES,
        hours::HOURS,
    ];
    let worn: Vec<(String, &str)> =
        tables.concat().iter().map(|(said, meant)| (worn(said), *meant)).collect();
    let table: Vec<(&str, &str)> =
        worn.iter().map(|(said, meant)| (said.as_str(), *meant)).collect();
    hold(&table);
}
