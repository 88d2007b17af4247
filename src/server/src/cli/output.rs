//! Printing results: a table for people, JSON for scripts.

use super::Form;
use serde::Serialize;
use std::io::Write as _;

/// Prints a line. Whoever has read enough and gone (`| head`) ends no work: what
/// was begun is finished, and the exit code says what became of it. What cannot
/// be printed for another reason is told on stderr, where there is one.
pub fn line(text: &str) {
    if let Err(error) = writeln!(std::io::stdout(), "{text}")
        && error.kind() != std::io::ErrorKind::BrokenPipe
    {
        let _ = writeln!(std::io::stderr(), "uwi: what is told cannot be printed: {error}");
    }
}

/// Prints one thing: its JSON, or the sentence.
pub fn say(form: Form, value: &impl Serialize, sentence: impl FnOnce() -> String) {
    match form {
        Form::Text => line(&sentence()),
        Form::Json => json(value),
    }
}

/// Prints one JSON document on a line.
pub fn json(value: &impl Serialize) {
    line(&serde_json::to_string(value).expect("our own values always become JSON"));
}

/// Prints rows in columns as wide as their widest cell.
pub fn table(heads: &[&str], rows: &[Vec<String>]) {
    let mut widths: Vec<_> = heads.iter().map(|head| head.chars().count()).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let row = |cells: &[String]| {
        let padded = cells.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    line(&row(&heads.iter().map(|head| (*head).to_owned()).collect::<Vec<_>>()));
    rows.iter().for_each(|cells| line(&row(cells)));
}
