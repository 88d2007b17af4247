//! Printing results: a table for people, JSON for scripts.

use super::Form;
use serde::Serialize;
use std::io::Write as _;

/// Prints a line. Whoever has read enough and gone (`| head`) has what they
/// wanted: the program ends, as others do.
pub fn line(text: &str) {
    if let Err(error) = writeln!(std::io::stdout(), "{text}") {
        let gone = error.kind() == std::io::ErrorKind::BrokenPipe;
        std::process::exit(if gone { 0 } else { 1 });
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
