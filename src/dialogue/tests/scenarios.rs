//! Every scenario of `tests/scenarios`, as written.

mod support;

use support::noise::Noise;
use support::scenario::{Scenario, parse, run, without_pauses};

fn all() -> Vec<Scenario> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scenarios");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder of scenarios")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    files.sort();
    let read = |path: &std::path::PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let text = std::fs::read_to_string(path).expect("a readable scenario");
        parse(&name.unwrap_or_default(), &text)
    };
    files.iter().flat_map(read).collect()
}

fn hold(noise: Noise) {
    let mut scenarios = all();
    scenarios.retain(|scenario| noise != Noise::Split || !without_pauses(scenario));
    let failures: Vec<String> =
        scenarios.iter().filter_map(|scenario| run(scenario, noise).err()).collect();
    assert!(
        failures.is_empty(),
        "{} of {} scenarios fail:\n\n{}",
        failures.len(),
        scenarios.len(),
        failures.join("\n")
    );
}

#[test]
fn every_scenario_holds_as_written() {
    hold(Noise::None);
}

#[test]
fn every_scenario_holds_without_accents_hyphens_and_punctuation() {
    hold(Noise::Flat);
}

#[test]
fn every_scenario_holds_with_hesitations() {
    hold(Noise::Fillers);
}

#[test]
fn every_scenario_holds_with_homophones() {
    hold(Noise::Homophones);
}

#[test]
fn every_scenario_holds_without_hyphens_and_apostrophes() {
    hold(Noise::Loose);
}

#[test]
fn every_scenario_holds_with_utterances_cut_in_two_by_a_pause() {
    hold(Noise::Split);
}
