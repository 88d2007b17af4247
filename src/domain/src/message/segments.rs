//! What a text message costs: its alphabet and its segments (GSM 03.38).

use serde::Serialize;

/// The characters that take one place in the small alphabet.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?\
    ¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// Those that take two.
const EXTENDED: &str = "^{}\\[~]|€\u{c}";

/// An alphabet of text messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Encoding {
    /// 160 characters in a message, 153 in each part of a longer one.
    Gsm7,
    /// 70 and 67.
    Ucs2,
}

impl Encoding {
    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Gsm7 => "gsm7",
            Self::Ucs2 => "ucs2",
        }
    }
}

/// A text as it is sent, and what it takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sms {
    /// The text, with costly signs written otherwise where that makes it cheaper.
    pub text: String,
    /// Its alphabet.
    pub encoding: Encoding,
    /// How many messages are paid.
    pub segments: u32,
    /// The first characters that make it costly, if any.
    pub costly: Vec<char>,
}

/// Lays a text out. Typographic signs that have a plain sister (’ … – « ») are
/// written plainly when the whole text then fits the small alphabet; letters
/// are never changed: a name keeps its cedilla.
pub fn lay_out(text: &str) -> Sms {
    let plain = plain(text);
    let costly: Vec<char> = plain.chars().filter(|c| width(*c).is_none()).collect();
    if costly.is_empty() {
        let segments = gsm_segments(&plain);
        return Sms { text: plain, encoding: Encoding::Gsm7, segments, costly };
    }
    let mut few: Vec<char> = Vec::new();
    for c in costly {
        if !few.contains(&c) && few.len() < 10 {
            few.push(c);
        }
    }
    let segments = ucs2_segments(text);
    Sms { text: text.to_owned(), encoding: Encoding::Ucs2, segments, costly: few }
}

fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '’' | '‘' | 'ʼ' => out.push('\''),
            '“' | '”' | '«' | '»' => out.push('"'),
            '…' => out.push_str("..."),
            '–' | '—' | '‑' | '−' => out.push('-'),
            '\u{a0}' | '\u{202f}' | '\u{2009}' | '\t' => out.push(' '),
            'œ' => out.push_str("oe"),
            'Œ' => out.push_str("OE"),
            other => out.push(other),
        }
    }
    out
}

/// Places that a character takes in the small alphabet; `None`: it is not in it.
fn width(c: char) -> Option<u32> {
    if BASIC.contains(c) {
        Some(1)
    } else if EXTENDED.contains(c) {
        Some(2)
    } else {
        None
    }
}

fn gsm_segments(text: &str) -> u32 {
    parts(text.chars().map(|c| width(c).unwrap_or(2)), 160, 153)
}

fn ucs2_segments(text: &str) -> u32 {
    // A character beyond the first plane takes two places and is not cut.
    parts(text.chars().map(|c| if c.len_utf16() == 2 { 2 } else { 1 }), 70, 67)
}

/// Parts of a text of characters of these widths; no character is cut.
fn parts(widths: impl Iterator<Item = u32> + Clone, alone: u32, each: u32) -> u32 {
    if widths.clone().fold(0_u32, u32::saturating_add) <= alone {
        return 1;
    }
    let (mut parts, mut used) = (1_u32, 0);
    for width in widths {
        if used + width > each {
            parts = parts.saturating_add(1);
            used = 0;
        }
        used += width;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> (Encoding, u32) {
        let sms = lay_out(text);
        (sms.encoding, sms.segments)
    }

    #[test]
    fn a_message_is_as_long_as_its_alphabet_allows() {
        assert_eq!(of(""), (Encoding::Gsm7, 1));
        assert_eq!(of(&"a".repeat(160)), (Encoding::Gsm7, 1));
        assert_eq!(of(&"a".repeat(161)), (Encoding::Gsm7, 2));
        assert_eq!(of(&"a".repeat(306)), (Encoding::Gsm7, 2));
        assert_eq!(of(&"a".repeat(307)), (Encoding::Gsm7, 3));
        assert_eq!(of(&"ç".repeat(70)), (Encoding::Ucs2, 1));
        assert_eq!(of(&"ç".repeat(71)), (Encoding::Ucs2, 2));
        assert_eq!(of(&"€".repeat(80)), (Encoding::Gsm7, 1));
        assert_eq!(of(&"€".repeat(81)), (Encoding::Gsm7, 2));
        // 76 pairs fill a part of 153 places: the last place stays empty.
        assert_eq!(of(&"€".repeat(153)), (Encoding::Gsm7, 3));
        assert_eq!(of(&"🙂".repeat(35)), (Encoding::Ucs2, 1));
        assert_eq!(of(&"🙂".repeat(67)), (Encoding::Ucs2, 3));
    }

    #[test]
    fn signs_are_written_plainly_when_that_helps_and_letters_never_change() {
        let sms = lay_out("L’heure : 14 h 30… à l’étage – sœur");
        assert_eq!(sms.text, "L'heure : 14 h 30... à l'étage - soeur");
        assert_eq!(sms.encoding, Encoding::Gsm7);
        let sms = lay_out("L’agenda de François");
        assert_eq!((sms.text.as_str(), sms.encoding), ("L’agenda de François", Encoding::Ucs2));
        assert_eq!(sms.costly, ['ç']);
    }
}
