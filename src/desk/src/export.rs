//! Appointments as a table for a spreadsheet: `;` between the cells, UTF-8,
//! with the mark by which Excel knows it if that is wanted. No cell is ever
//! taken for a formula.

use crate::office::Desk;
use crate::snapshot::Days;
use domain::tenant::Profile;
use store::StoreError;
use store::dashboard::agenda::{self, VisitRow};

/// The most rows of one table.
const LIMIT: i64 = 50_000;

/// Whether the text begins with the byte order mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// For Excel, which takes a text without it for another encoding.
    Yes,
    /// For programs.
    No,
}

const HEADS: [&str; 12] = [
    "date",
    "heure",
    "minutes",
    "nom",
    "téléphone",
    "courriel",
    "prestation",
    "agenda",
    "statut",
    "motif",
    "origine",
    "identifiant",
];

impl Desk {
    /// The appointments of some days as a table, cancelled ones included.
    pub async fn table(&self, days: &Days, mark: Mark) -> Result<String, StoreError> {
        let profile = self.office().profile(self.tenant()).await?;
        let (from, to) = (days.start.as_millisecond(), days.end.as_millisecond());
        let visits = agenda::between(&mut self.reader().await?, from, to, LIMIT).await?;
        Ok(table(&profile, &visits, mark))
    }
}

fn table(profile: &Profile, visits: &[VisitRow], mark: Mark) -> String {
    let mut out = String::with_capacity(128 * (visits.len() + 1));
    if mark == Mark::Yes {
        out.push('\u{feff}');
    }
    line(&mut out, HEADS);
    for visit in visits {
        let service = profile.services.iter().find(|service| service.id.0 == visit.service_id);
        let calendar = profile.calendars.iter().find(|c| c.id.0 == visit.calendar_id);
        let phone = visit.customer_phone.as_deref().map(national).unwrap_or_default();
        line(
            &mut out,
            [
                &visit.rdv_date,
                &visit.rdv_time,
                &visit.rdv_duration_minutes.to_string(),
                &visit.customer_name,
                &phone,
                visit.customer_email.as_deref().unwrap_or_default(),
                service.map_or(&visit.service_id, |service| &service.name),
                calendar.map_or(&visit.calendar_id, |calendar| &calendar.name),
                status(&visit.status),
                visit.motive.as_deref().unwrap_or_default(),
                origin(&visit.created_by),
                &visit.id,
            ],
        );
    }
    out
}

fn line<const N: usize>(out: &mut String, cells: [&str; N]) {
    for (place, cell) in cells.into_iter().enumerate() {
        if place > 0 {
            out.push(';');
        }
        push_cell(out, cell);
    }
    out.push_str("\r\n");
}

/// A cell; one that a spreadsheet would calculate is kept a text.
fn push_cell(out: &mut String, text: &str) {
    let begins = text.trim_start().chars().next();
    let formula = begins.is_some_and(|first| "=+-@＝＋－＠|%".contains(first))
        || text.starts_with(['\t', '\r', '\n']);
    let apostrophe = if formula { "'" } else { "" };
    let quoted = formula || text.contains([';', ',', '"', '\r', '\n', '\t']) || text.trim() != text;
    if quoted {
        out.push('"');
        out.push_str(apostrophe);
        out.push_str(&text.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(text);
    }
}

/// A French number in pairs, which no spreadsheet takes for an amount.
fn national(e164: &str) -> String {
    let Some(rest) = e164.strip_prefix("+33").filter(|rest| rest.len() == 9) else {
        return e164.to_owned();
    };
    let digits: Vec<char> = format!("0{rest}").chars().collect();
    let pairs: Vec<String> = digits.chunks(2).map(|pair| pair.iter().collect()).collect();
    pairs.join(" ")
}

fn status(stored: &str) -> &str {
    match stored {
        "confirmed" => "confirmé",
        "cancelled" => "annulé",
        "completed" => "venu",
        "no_show" => "absent",
        "rescheduled" => "remplacé",
        other => other,
    }
}

fn origin(stored: &str) -> &str {
    match stored {
        "sara" => "assistant",
        "manual" => "cabinet",
        "web" => "en ligne",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> String {
        let mut out = String::new();
        push_cell(&mut out, text);
        out
    }

    #[test]
    fn no_cell_is_a_formula() {
        for text in
            ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", " =cmd|' /C calc'!A0", "＝1", "\r=1", "|x"]
        {
            assert!(cell(text).starts_with("\"'"), "{text}: {}", cell(text));
        }
        assert_eq!(cell("Camille Lefèvre"), "Camille Lefèvre");
        assert_eq!(cell("a;b"), "\"a;b\"");
        assert_eq!(cell("dit « \"oui\" »\nfin"), "\"dit « \"\"oui\"\" »\nfin\"");
        assert_eq!(cell(""), "");
    }

    #[test]
    fn french_numbers_are_written_in_pairs() {
        assert_eq!(national("+33639981234"), "06 39 98 12 34");
        assert_eq!(national("+12025550123"), "+12025550123");
    }
}
