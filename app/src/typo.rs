//! French typography: no-break spaces, dates, hours, durations, telephone numbers.
//!
//! Written text has its no-break spaces in place; [`french`] adds them to stored text.

use domain::phone::E164;
pub use domain::time::words::{month, weekday};
use jiff::civil::{Date, DateTime, Time};
use jiff::{Timestamp, tz::TimeZone};

/// No-break space.
pub const NBSP: char = '\u{a0}';
/// Narrow no-break space.
pub const NNBSP: char = '\u{202f}';

/// Puts the spaces of French punctuation where they belong and makes them unbreakable:
/// before `: ; ? ! %`, inside « »; three dots become one character, and the
/// typewriter's apostrophe the printed one.
pub fn french(text: &str) -> String {
    let text = text.replace("...", "…");
    let mut out = String::with_capacity(text.len() + 8);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied();
        match letter {
            ' ' if next.is_some_and(|next| ";?!%:»".contains(next)) => {}
            '\'' if out.ends_with(char::is_alphabetic) && next.is_some_and(char::is_alphabetic) => {
                out.push('’');
            }
            ' ' if around_hour(&out, next) => out.push(NBSP),
            ';' | '?' | '!' | '%' | '»' => {
                space_before(&mut out, NNBSP);
                out.push(letter);
            }
            ':' if next.is_none_or(char::is_whitespace) => {
                space_before(&mut out, NBSP);
                out.push(':');
            }
            '«' => {
                out.push('«');
                while letters.next_if(|next| next.is_whitespace()).is_some() {}
                out.push(NNBSP);
            }
            _ => out.push(letter),
        }
    }
    out
}

/// True for the two spaces of "16 h 30".
fn around_hour(before: &str, next: Option<char>) -> bool {
    let mut before = before.chars().rev();
    let (last, previous) = (before.next(), before.next());
    let digit = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
    match next {
        Some('h') => digit(last),
        _ => last == Some('h') && previous == Some(NBSP) && digit(next),
    }
}

fn space_before(out: &mut String, space: char) {
    let after_word = out.chars().next_back().is_some_and(|last| {
        !last.is_whitespace() && !";?!:%«([".contains(last) && last != NBSP && last != NNBSP
    });
    if after_word {
        out.push(space);
    }
}

/// `24 novembre`, `1er décembre`.
pub fn day_month(date: Date) -> String {
    let day = if date.day() == 1 { "1er".to_owned() } else { date.day().to_string() };
    format!("{day}{NBSP}{}", month(date.month()))
}

/// `mardi 24 novembre`.
pub fn day(date: Date) -> String {
    format!("{} {}", weekday(date.weekday()), day_month(date))
}

/// `10 h 30`, `17 h`.
pub fn clock(time: Time) -> String {
    match time.minute() {
        0 => format!("{}{NBSP}h", time.hour()),
        minute => format!("{}{NBSP}h{NBSP}{minute:02}", time.hour()),
    }
}

/// `10 h 05`, always with minutes, for columns.
pub fn clock_full(time: Time) -> String {
    format!("{}{NBSP}h{NBSP}{:02}", time.hour(), time.minute())
}

/// `mardi 24 novembre à 10 h 30`.
pub fn day_and_clock(at: DateTime) -> String {
    format!("{} à {}", day(at.date()), clock(at.time()))
}

/// How a moment is said beside today: `aujourd’hui à 9 h 12`, `hier à 18 h`,
/// `lundi 16 novembre à 10 h`; the year when it is another one.
pub fn when(at: DateTime, today: Date) -> String {
    let date = at.date();
    let hour = clock(at.time());
    if date == today {
        format!("aujourd’hui à {hour}")
    } else if today.yesterday().is_ok_and(|yesterday| date == yesterday) {
        format!("hier à {hour}")
    } else if today.tomorrow().is_ok_and(|tomorrow| date == tomorrow) {
        format!("demain à {hour}")
    } else if date.year() == today.year() {
        format!("{} à {hour}", day(date))
    } else {
        format!("{} {} à {hour}", day(date), date.year())
    }
}

/// The local wall time of an instant.
pub fn local(at: Timestamp, zone: &TimeZone) -> DateTime {
    zone.to_datetime(at)
}

/// `1 min 42 s`, `38 s`.
pub fn duration(seconds: i64) -> String {
    let seconds = seconds.max(0);
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds}{NBSP}s"),
        (minutes, 0) => format!("{minutes}{NBSP}min"),
        (minutes, seconds) => format!("{minutes}{NBSP}min{NBSP}{seconds:02}{NBSP}s"),
    }
}

/// Thousands with narrow spaces: `12 480`.
pub fn thousands(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(NNBSP);
        }
        out.push(digit);
    }
    if number < 0 { format!("−{out}") } else { out }
}

/// `1 appel`, `3 appels`: French writes the plural from two.
pub fn count(number: i64, one: &str, many: &str) -> String {
    let word = if number.abs() < 2 { one } else { many };
    format!("{}{NBSP}{word}", thousands(number))
}

/// A number as its country reads it: `09 39 24 05 75` in France, else E.164.
pub fn phone(number: &E164) -> String {
    phone_text(number.as_str())
}

/// Like [`phone`] for a stored text that may be masked.
pub fn phone_text(stored: &str) -> String {
    let Some(national) = stored.strip_prefix("+33") else { return stored.to_owned() };
    if national.len() != 9 || !national.bytes().all(|b| b.is_ascii_digit()) {
        return stored.to_owned();
    }
    let digits = format!("0{national}");
    let pairs: Vec<&str> = (0..5).filter_map(|pair| digits.get(pair * 2..pair * 2 + 2)).collect();
    pairs.join(&NBSP.to_string())
}

/// Words as a sentence: a capital first, a full stop last.
pub fn sentence(text: &str) -> String {
    let mut letters = text.trim().chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let rest = letters.as_str();
    let end = if rest.ends_with(['.', '?', '!', '…']) { "" } else { "." };
    french(&format!("{first}{rest}{end}"))
}

/// `30 €`, `45,50 €`.
pub fn euros(cents: u32) -> String {
    match cents % 100 {
        0 => format!("{}{NBSP}€", thousands(i64::from(cents / 100))),
        rest => format!("{},{rest:02}{NBSP}€", thousands(i64::from(cents / 100))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    #[test]
    fn punctuation_gets_its_unbreakable_spaces() {
        assert_eq!(french("Bonjour ! Ça va?"), "Bonjour\u{202f}! Ça va\u{202f}?");
        assert_eq!(french("Il dit : « oui »..."), "Il dit\u{a0}: «\u{202f}oui\u{202f}»…");
        assert_eq!(french("https://exemple.fr à 10:30 !!"), "https://exemple.fr à 10:30\u{202f}!!");
        assert_eq!(french("à 16 h 30 ou 17 h."), "à 16\u{a0}h\u{a0}30 ou 17\u{a0}h.");
        assert_eq!(french("l'appel d'Inès, 'ainsi'"), "l’appel d’Inès, 'ainsi'");
        assert_eq!(french("3 heures"), "3\u{a0}heures");
        assert_eq!(french(""), "");
    }

    #[test]
    fn dates_and_hours_are_said_as_people_say_them() {
        let at = date(2026, 11, 24).at(10, 30, 0, 0);
        assert_eq!(day_and_clock(at).replace(NBSP, " "), "mardi 24 novembre à 10 h 30");
        assert_eq!(day_month(date(2026, 12, 1)).replace(NBSP, " "), "1er décembre");
        assert_eq!(clock(time(17, 0, 0, 0)).replace(NBSP, " "), "17 h");
        assert_eq!(clock_full(time(9, 5, 0, 0)).replace(NBSP, " "), "9 h 05");
        assert!(when(at, date(2026, 11, 25)).starts_with("hier"));
        assert!(when(at, date(2027, 1, 2)).contains("2026"));
    }

    #[test]
    fn figures_are_grouped_and_counted_in_french() {
        assert_eq!(thousands(12_480), "12\u{202f}480");
        assert_eq!(thousands(-1_000), "−1\u{202f}000");
        assert_eq!(count(0, "appel", "appels"), "0\u{a0}appel");
        assert_eq!(count(2, "appel", "appels"), "2\u{a0}appels");
        assert_eq!(duration(102).replace(NBSP, " "), "1 min 42 s");
        assert_eq!(euros(4_550).replace(NBSP, " "), "45,50 €");
    }

    #[test]
    fn numbers_are_read_in_pairs_and_masked_ones_stay_masked() {
        assert_eq!(phone_text("+33939240575").replace(NBSP, " "), "09 39 24 05 75");
        assert_eq!(phone_text("+33XXXXXX75"), "+33XXXXXX75");
        assert_eq!(phone_text("+12025550123"), "+12025550123");
    }
}
