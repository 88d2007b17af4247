//! Scores the understanding against corpora of sentences with their meaning.
//!
//! `cargo run --release -p dialogue --example score -- FOLDER [--failures] [--generate N]`
//! reads every `dates*.jsonl`, `numbers*.jsonl` and `phones*.jsonl` of the
//! folder; `--failures` lists what failed, `--generate N` scores as many
//! telephone numbers spoken by the example itself. Exit code 1 when a goal is missed.

mod dates;
mod numbers;
mod phones;
#[path = "../../tests/spoken/mod.rs"]
mod spoken;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// How a corpus was understood.
struct Score {
    /// What was scored.
    title: String,
    /// The figures, one per line.
    lines: Vec<String>,
    /// What failed, for `--failures`.
    failures: Vec<String>,
    /// Whether the goals are met.
    met: bool,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let show_failures = arguments.iter().any(|argument| argument == "--failures");
    let mut scores: Vec<Score> = Vec::new();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--failures" => {}
            "--generate" => match rest.next().and_then(|count| count.parse().ok()) {
                Some(count) => scores.push(phones::generated(count)),
                None => return usage(),
            },
            folder => match in_folder(Path::new(folder)) {
                Ok(found) => scores.extend(found),
                Err(error) => {
                    eprintln!("{folder}: {error}");
                    return ExitCode::from(2);
                }
            },
        }
    }
    if scores.is_empty() {
        return usage();
    }
    for score in &scores {
        println!("{}: {}", score.title, if score.met { "goal met" } else { "GOAL MISSED" });
        score.lines.iter().for_each(|line| println!("  {line}"));
        if show_failures {
            score.failures.iter().for_each(|failure| println!("    {failure}"));
        }
    }
    ExitCode::from(u8::from(scores.iter().any(|score| !score.met)))
}

fn usage() -> ExitCode {
    eprintln!("usage: score [FOLDER] [--failures] [--generate N]");
    ExitCode::from(2)
}

fn in_folder(folder: &Path) -> std::io::Result<Vec<Score>> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<std::io::Result<_>>()?;
    files.sort();
    let mut scores = Vec::new();
    for file in files {
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if !name.ends_with(".jsonl") {
            continue;
        }
        let scorer: fn(&[serde_json::Value]) -> Score = match name.split(['-', '.']).next() {
            Some("dates") => dates::score,
            Some("numbers") => numbers::score,
            Some("phones") => phones::score,
            _ => continue,
        };
        let mut score = scorer(&lines(&std::fs::read_to_string(&file)?)?);
        score.title = name.to_owned();
        scores.push(score);
    }
    Ok(scores)
}

fn lines(text: &str) -> std::io::Result<Vec<serde_json::Value>> {
    text.lines().map(|line| serde_json::from_str(line).map_err(std::io::Error::other)).collect()
}
