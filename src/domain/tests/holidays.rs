//! The computed public holidays are those of the State's open data.

use domain::time::holidays::{Territory, holiday};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::collections::HashMap;

const TERRITORIES: &[(&str, Territory)] = &[
    ("metropole", Territory::Metropole),
    ("alsace-moselle", Territory::AlsaceMoselle),
    ("guadeloupe", Territory::Guadeloupe),
    ("guyane", Territory::Guyane),
    ("martinique", Territory::Martinique),
    ("mayotte", Territory::Mayotte),
    ("nouvelle-caledonie", Territory::NouvelleCaledonie),
    ("la-reunion", Territory::LaReunion),
    ("polynesie-francaise", Territory::PolynesieFrancaise),
    ("saint-barthelemy", Territory::SaintBarthelemy),
    ("saint-martin", Territory::SaintMartin),
    ("saint-pierre-et-miquelon", Territory::SaintPierreEtMiquelon),
    ("wallis-et-futuna", Territory::WallisEtFutuna),
];

fn table() -> HashMap<Date, Vec<&'static str>> {
    include_str!("holidays.csv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let (day, territories) = line.split_once(',').expect("a day and its territories");
            (day.parse().expect("a date"), territories.split('|').collect())
        })
        .collect()
}

#[test]
fn every_day_of_26_years_agrees_with_the_table_in_every_territory() {
    let table = table();
    let days = date(2006, 1, 1).series(1.day()).take_while(|day| day.year() <= 2031);
    for day in days {
        let listed = table.get(&day).map(Vec::as_slice).unwrap_or_default();
        for (slug, territory) in TERRITORIES {
            let expected = listed.contains(slug) || listed == ["all"];
            assert_eq!(holiday(day, *territory).is_some(), expected, "{day} in {slug}");
        }
    }
}
