//! The characters of a written telephone number: scheme, separators, digits.

use super::PhoneError;

/// Longer texts hold no telephone number.
const MAX_BYTES: usize = 256;
/// Fifteen digits of E.164, an exit prefix and a trunk zero fit in.
const MAX_DIGITS: usize = 20;

/// The digits of a text, in ASCII.
pub(super) struct Dialled {
    digits: [u8; MAX_DIGITS],
    len: usize,
    /// A `+` stood before them: they start with a country code.
    pub(super) plus: bool,
}

impl Dialled {
    fn empty() -> Self {
        Self { digits: [0; MAX_DIGITS], len: 0, plus: false }
    }

    pub(super) fn digits(&self) -> &str {
        std::str::from_utf8(&self.digits[..self.len]).expect("only ASCII digits are pushed")
    }

    fn push(&mut self, digit: u8) -> Result<(), PhoneError> {
        *self.digits.get_mut(self.len).ok_or(PhoneError::TooLong)? = digit;
        self.len += 1;
        Ok(())
    }

    /// True once a country code has begun, so that `(0)` is a trunk prefix to drop.
    fn has_country_code(&self) -> bool {
        let digits = &self.digits[..self.len];
        (self.plus && self.len >= 1) || (digits.starts_with(b"00") && self.len >= 3)
    }
}

/// Reads the digits of `raw`, whatever surrounds them.
pub(super) fn scan(raw: &str) -> Result<Dialled, PhoneError> {
    if raw.len() > MAX_BYTES {
        return Err(PhoneError::TooLong);
    }
    let (subscriber, context) = address(raw);
    let mut dialled = read(subscriber)?;
    if let Some(context) = context.filter(|_| !dialled.plus) {
        prefix_context(&mut dialled, context)?;
    }
    Ok(dialled)
}

/// The subscriber of a `tel:`, `sip:` or `whatsapp:` address and its
/// `phone-context`; a text without scheme is its own subscriber.
pub(super) fn address(raw: &str) -> (&str, Option<&str>) {
    let mut text = raw.trim_matches(|c: char| c.is_whitespace() || invisible(c));
    if let Some((_, rest)) = text.split_once('<') {
        text = rest.split('>').next().unwrap_or(rest);
    }
    for scheme in ["tel:", "sip:", "sips:", "whatsapp:", "sms:", "callto:"] {
        if text.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme)) {
            text = &text[scheme.len()..];
            break;
        }
    }
    let text = text.split(['@', '?']).next().unwrap_or(text);
    let (subscriber, parameters) = text.split_once(';').unwrap_or((text, ""));
    let context = parameters.split(';').find_map(|p| p.strip_prefix("phone-context=+"));
    (subscriber, context)
}

fn read(subscriber: &str) -> Result<Dialled, PhoneError> {
    let mut dialled = Dialled::empty();
    let mut rest = subscriber.trim();
    if let Some(encoded) = rest.strip_prefix("%2B").or_else(|| rest.strip_prefix("%2b")) {
        dialled.plus = true;
        rest = encoded;
    }
    let mut letters = false;
    let mut chars = rest.chars();
    while let Some(c) = chars.next() {
        match c {
            '0'..='9' => dialled.push(c as u8)?,
            // Full-width digits, as some Asian keyboards write them.
            '\u{FF10}'..='\u{FF19}' => dialled.push(b'0' + (c as u32 - 0xFF10) as u8)?,
            '+' | '\u{FF0B}' if dialled.len == 0 && !dialled.plus => dialled.plus = true,
            '(' if dialled.has_country_code() => {
                if let Some(after) = skip_trunk_zero(chars.as_str()) {
                    chars = after.chars();
                }
            }
            c if separator(c) || invisible(c) => {}
            _ => letters = true,
        }
    }
    match (dialled.len, letters) {
        (0, _) => Err(PhoneError::Absent),
        (_, true) => Err(PhoneError::Malformed),
        _ => Ok(dialled),
    }
}

/// What follows `0)`, the `(` being read already.
fn skip_trunk_zero(text: &str) -> Option<&str> {
    text.trim_start().strip_prefix('0')?.trim_start().strip_prefix(')')
}

/// A local number with `phone-context=+33` belongs to that country.
fn prefix_context(dialled: &mut Dialled, context: &str) -> Result<(), PhoneError> {
    let code = read(context)?;
    let mut whole = Dialled::empty();
    whole.plus = true;
    for digit in code.digits().bytes().chain(dialled.digits().bytes()) {
        whole.push(digit)?;
    }
    *dialled = whole;
    Ok(())
}

fn separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '.' | '-' | '/' | '(' | ')' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '·')
}

/// Characters that copying from a web page or a phone brings along unseen.
fn invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}
