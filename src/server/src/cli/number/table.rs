//! Reading a file of many wishes: comma-separated, with or without a head, or
//! one JSON object per line. Every fault is told with its line.

use super::Failure;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// The largest file, in bytes.
const LARGEST: u64 = 4 << 20;
/// The most lines that wish something.
const MOST: usize = 10_000;

/// One wish as it is written: its line, and the columns that are not empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Where, the first line of the file is 1.
    pub(super) at: usize,
    fields: BTreeMap<&'static str, String>,
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub(super) struct Fault {
    /// Which line.
    pub(super) line: usize,
    /// What is wrong with it.
    pub(super) error: String,
}

impl Line {
    /// A column's text.
    pub(super) fn text(&self, column: &str) -> Option<&str> {
        self.fields.get(column).map(String::as_str)
    }

    pub(super) fn fault(&self, error: impl ToString) -> Fault {
        Fault { line: self.at, error: error.to_string() }
    }

    /// The tenant, which every line names.
    pub(super) fn tenant(&self) -> Result<i64, Fault> {
        let tenant = self.text("tenant").and_then(|text| text.parse().ok());
        tenant.filter(|tenant| *tenant > 0).ok_or_else(|| self.fault("tenant is a whole number"))
    }
}

/// Reads a file's text.
pub(super) fn open(file: &Path) -> Result<String, Failure> {
    let name = file.display();
    let size = std::fs::metadata(file).map(|found| found.len());
    match size {
        Ok(size) if size > LARGEST => {
            return Err(Failure::Usage(format!("{name}: larger than {} MB", LARGEST >> 20)));
        }
        _ => {}
    }
    std::fs::read_to_string(file).map_err(|error| Failure::Usage(format!("{name}: {error}")))
}

/// Its lines. `columns` are those that may be there, in the order that counts
/// when the file has no head. Blank lines and those that begin with `#` say
/// nothing.
pub(super) fn read(text: &str, columns: &[&'static str]) -> (Vec<Line>, Vec<Fault>) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (mut lines, mut faults) = (Vec::new(), Vec::new());
    let mut head: Option<Vec<&'static str>> = None;
    for (at, raw) in text.lines().enumerate().map(|(at, raw)| (at + 1, raw.trim())) {
        if raw.is_empty() || raw.starts_with('#') {
            continue;
        }
        if head.is_none() && !raw.starts_with('{') {
            let named = head_of(raw, columns);
            let is_head = named.is_some();
            head = Some(named.unwrap_or_else(|| columns.to_vec()));
            if is_head {
                continue;
            }
        }
        let read = match raw.starts_with('{') {
            true => object(raw, columns),
            false => cells(raw).and_then(|cells| row(cells, head.as_deref().unwrap_or(columns))),
        };
        match read {
            Ok(fields) => lines.push(Line { at, fields }),
            Err(error) => faults.push(Fault { line: at, error }),
        }
    }
    if lines.len() > MOST {
        let error = format!("{} lines: {MOST} at most", lines.len());
        faults.push(Fault { line: lines[MOST].at, error });
        lines.truncate(MOST);
    }
    (lines, faults)
}

/// The columns that a first line names, if it names columns.
fn head_of(raw: &str, columns: &[&'static str]) -> Option<Vec<&'static str>> {
    let cells = cells(raw).ok()?;
    let known = |cell: &String| {
        columns.iter().find(|column| column.eq_ignore_ascii_case(cell.trim())).copied()
    };
    cells.iter().map(known).collect()
}

fn row(
    cells: Vec<String>,
    head: &[&'static str],
) -> Result<BTreeMap<&'static str, String>, String> {
    if cells.len() > head.len() {
        return Err(format!("{} columns: {} at most", cells.len(), head.len()));
    }
    let cells = cells.into_iter().map(|cell| cell.trim().to_owned());
    Ok(head.iter().copied().zip(cells).filter(|(_, cell)| !cell.is_empty()).collect())
}

/// The cells of a line; in quotes a comma is a comma, and `""` a quote.
fn cells(raw: &str) -> Result<Vec<String>, String> {
    let (mut cells, mut cell) = (Vec::new(), String::new());
    let (mut quoted, mut chars) = (false, raw.chars().peekable());
    while let Some(next) = chars.next() {
        match next {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(std::mem::take(&mut cell)),
            other => cell.push(other),
        }
    }
    cells.push(cell);
    if quoted { Err("a quote is not closed".to_owned()) } else { Ok(cells) }
}

fn object(raw: &str, columns: &[&'static str]) -> Result<BTreeMap<&'static str, String>, String> {
    let value: Value = serde_json::from_str(raw).map_err(|_| "no JSON object".to_owned())?;
    let object = value.as_object().ok_or("no JSON object")?;
    let mut fields = BTreeMap::new();
    for (name, value) in object {
        let column = columns.iter().find(|column| *column == name);
        let column = column.ok_or_else(|| format!("{name:?} is none of {}", columns.join(", ")))?;
        let text = match value {
            Value::Null => continue,
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) if number.is_i64() => number.to_string(),
            _ => return Err(format!("{name} is a text or a whole number")),
        };
        if !text.is_empty() {
            fields.insert(*column, text);
        }
    }
    Ok(fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: [&str; 3] = ["tenant", "area_code", "country"];

    type Told = (usize, Option<String>, Option<String>, Option<String>);

    fn told(text: &str) -> Vec<Told> {
        let (lines, faults) = read(text, &COLUMNS);
        assert!(faults.is_empty(), "{faults:?}");
        let text = |line: &Line, column: &str| line.text(column).map(str::to_owned);
        let told = |line: &Line| {
            (line.at, text(line, "tenant"), text(line, "area_code"), text(line, "country"))
        };
        lines.iter().map(told).collect()
    }

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn a_file_is_read_with_and_without_a_head_and_as_json() {
        let wanted = [(2, some("2"), some("212"), None), (5, some("3"), None, some("FR"))];
        assert_eq!(told("Tenant,area_code,country\n2,212,\n# later\n\n3, ,\"FR\"\n"), {
            wanted.clone()
        });
        assert_eq!(told("country,tenant,area_code\n,2,212\n\n\nFR,3\n"), wanted);
        assert_eq!(told("\u{feff}2,212")[0], (1, some("2"), some("212"), None));
        let json = "{\"tenant\":2,\"area_code\":\"212\"}\n{\"tenant\":\"3\",\"country\":null}";
        assert_eq!(told(json), [(1, some("2"), some("212"), None), (2, some("3"), None, None)]);
    }

    #[test]
    fn every_fault_is_told_with_its_line() {
        let (lines, faults) = read(
            "2,212,US,more\n3\n\"4\n{\"tenant\":2,\"sid\":\"PN\"}\n{x\n{\"tenant\":[]}",
            &COLUMNS,
        );
        assert_eq!(lines.len(), 1);
        let at: Vec<_> = faults.iter().map(|fault| fault.line).collect();
        assert_eq!(at, [1, 3, 4, 5, 6]);
        assert!(faults[2].error.contains("sid"), "{faults:?}");
    }

    #[test]
    fn a_tenant_is_a_whole_number() {
        let (lines, _) = read("x\n-1\n99999999999999999999\n7", &COLUMNS);
        let tenants: Vec<_> = lines.iter().map(|line| line.tenant().ok()).collect();
        assert_eq!(tenants, [None, None, None, Some(7)]);
    }
}
