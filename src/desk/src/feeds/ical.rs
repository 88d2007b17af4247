//! Writing iCalendar (RFC 5545): content lines folded at 75 octets, texts
//! escaped, instants in UTC so that no zone's rules need to be told.

use jiff::Timestamp;

/// The most octets of a line, its end not counted.
const WIDTH: usize = 75;

/// One event.
pub(super) struct Event<'a> {
    /// The same as long as it exists.
    pub uid: &'a str,
    /// Grows with every change.
    pub sequence: i64,
    /// First instant, and first instant after.
    pub span: (Timestamp, Timestamp),
    /// When it was last changed.
    pub changed: Timestamp,
    /// `CONFIRMED` or `CANCELLED`.
    pub status: &'a str,
    /// In a line.
    pub summary: &'a str,
    /// In some lines.
    pub description: Option<&'a str>,
    /// Where.
    pub location: Option<&'a str>,
}

/// A calendar that is being written.
pub(super) struct Sheet(String);

impl Sheet {
    /// A calendar with its displayed name and the zone in which it is lived.
    pub(super) fn new(name: &str, zone: &str) -> Self {
        let mut sheet = Self(String::with_capacity(4_096));
        sheet.line("BEGIN", "VCALENDAR");
        sheet.line("VERSION", "2.0");
        sheet.line("PRODID", "-//UWi//UWi//FR");
        sheet.line("CALSCALE", "GREGORIAN");
        sheet.line("NAME", &escaped(name));
        sheet.line("X-WR-CALNAME", &escaped(name));
        sheet.line("X-WR-TIMEZONE", zone);
        sheet.line("REFRESH-INTERVAL;VALUE=DURATION", "PT15M");
        sheet.line("X-PUBLISHED-TTL", "PT15M");
        sheet
    }

    /// Adds an event.
    pub(super) fn add(&mut self, event: &Event<'_>) {
        self.line("BEGIN", "VEVENT");
        self.line("UID", event.uid);
        // Without a method, the two say the same (3.8.7.2).
        self.line("DTSTAMP", &utc(event.changed));
        self.line("LAST-MODIFIED", &utc(event.changed));
        self.line("SEQUENCE", &event.sequence.max(0).to_string());
        self.line("DTSTART", &utc(event.span.0));
        self.line("DTEND", &utc(event.span.1));
        self.line("STATUS", event.status);
        let free = event.status == "CANCELLED";
        self.line("TRANSP", if free { "TRANSPARENT" } else { "OPAQUE" });
        self.line("SUMMARY", &escaped(event.summary));
        for (name, text) in [("DESCRIPTION", event.description), ("LOCATION", event.location)] {
            if let Some(text) = text {
                self.line(name, &escaped(text));
            }
        }
        self.line("END", "VEVENT");
    }

    /// The whole text.
    pub(super) fn end(mut self) -> String {
        self.line("END", "VCALENDAR");
        self.0
    }

    /// One content line, folded between characters.
    fn line(&mut self, name: &str, value: &str) {
        let mut width = 0;
        for letter in name.chars().chain([':']).chain(value.chars()) {
            if width + letter.len_utf8() > WIDTH {
                self.0.push_str("\r\n ");
                width = 1;
            }
            self.0.push(letter);
            width += letter.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// `20261124T130000Z`.
fn utc(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// A text as values carry it; what cannot be printed is left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for letter in text.replace("\r\n", "\n").chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\n' | '\r' => out.push_str("\\n"),
            '\t' => out.push(' '),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(summary: &str) -> String {
        let at: Timestamp = "2026-11-24T13:00:00.5Z".parse().unwrap();
        let mut sheet = Sheet::new("Docteur Delmas; matin, soir", "Europe/Paris");
        sheet.add(&Event {
            uid: "1@uwi",
            sequence: 2,
            span: (at, at),
            changed: at,
            status: "CONFIRMED",
            summary,
            description: Some("a\r\nb\rc\\d\u{7}"),
            location: None,
        });
        sheet.end()
    }

    /// As a reader unfolds it.
    fn unfolded(text: &str) -> Vec<String> {
        text.replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn lines_are_folded_between_characters_at_75_octets() {
        let name = "é€𝄞x".repeat(60);
        let text = event(&name);
        assert!(text.ends_with("END:VCALENDAR\r\n"));
        assert!(text.split("\r\n").all(|line| line.len() <= 75));
        assert!(text.split("\r\n").any(|line| line.len() >= 72));
        assert!(unfolded(&text).contains(&format!("SUMMARY:{name}")));
        assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
    }

    #[test]
    fn texts_are_escaped_and_instants_are_utc() {
        let lines = unfolded(&event("Alix, Bo; \\ « c »"));
        for line in [
            "X-WR-CALNAME:Docteur Delmas\\; matin\\, soir",
            "SUMMARY:Alix\\, Bo\\; \\\\ « c »",
            "DESCRIPTION:a\\nb\\nc\\\\d",
            "DTSTART:20261124T130000Z",
            "DTSTAMP:20261124T130000Z",
            "SEQUENCE:2",
        ] {
            assert!(lines.contains(&line.to_owned()), "{line}: {lines:?}");
        }
    }

    #[test]
    fn no_text_begins_a_line_of_its_own() {
        let lines = unfolded(&event("x\r\nBEGIN:VALARM\nEND:VEVENT"));
        assert_eq!(lines.iter().filter(|line| line.starts_with("END:VEVENT")).count(), 1);
        assert!(!lines.contains(&"BEGIN:VALARM".to_owned()));
    }
}
