//! An utterance cut into words, each with a folded form to compare by.

/// One word of an utterance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// As written, punctuation at its ends removed.
    pub raw: String,
    /// Lower case, without accents, ligatures opened (œ → oe). Elisions are
    /// words of their own ("j", "d", "l", "qu"); hyphenated words are split;
    /// figures and letters are split ("14h30" → `14` `h` `30`). Signs that are
    /// said become words: `+` → "plus", `@` → "arobase", `€` → "euros", `&` → "et".
    /// "aujourd'hui", however written, is `aujourdhui`.
    pub folded: String,
    /// How it is bound to the word before it.
    pub joint: Joint,
    /// Punctuation that follows it directly, if any (`,` `.` `?` `!` `;` `:` `…`).
    pub stop: Option<char>,
}

/// What stood between a word and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joint {
    /// White space, or the beginning.
    Space,
    /// A hyphen ("dix-sept"): the two belong together.
    Hyphen,
    /// An apostrophe ("j'ai").
    Apostrophe,
    /// Nothing ("14h" → `14` `h`).
    Glued,
    /// One of `.` `/` `:` `,` `_` without white space ("06.39", "22/04", "14:30"),
    /// or `-` before a figure that follows no word ("-10").
    Sign(char),
}

impl Word {
    /// True when the word is a figure.
    pub fn is_figure(&self) -> bool {
        self.folded.bytes().all(|b| b.is_ascii_digit()) && !self.folded.is_empty()
    }
}

/// Longest utterance read, in characters; the rest is noise or an attack.
pub const MAX_CHARS: usize = 2_000;

/// Most words read of one utterance: a minute and a half of speech without a
/// pause. It bounds the time that any text takes.
pub const MAX_WORDS: usize = 240;

/// Cuts an utterance into words. Reads at most [`MAX_CHARS`] characters and
/// [`MAX_WORDS`] words.
pub fn words(text: &str) -> Vec<Word> {
    let mut cutter = Cutter::default();
    let mut rest = text.chars().take(MAX_CHARS).peekable();
    while let Some(c) = rest.next() {
        cutter.push(c, rest.peek().copied());
        if cutter.done.len() >= MAX_WORDS {
            break;
        }
    }
    cutter.finish()
}

/// Words as they were said, bound as they were.
pub fn text(words: &[Word]) -> String {
    let mut text = String::new();
    for word in words {
        if !text.is_empty() {
            match word.joint {
                Joint::Hyphen => text.push('-'),
                Joint::Apostrophe => text.push('\''),
                Joint::Glued => {}
                Joint::Sign(sign) => text.push(sign),
                Joint::Space => text.push(' '),
            }
        }
        text.push_str(&word.raw);
    }
    text
}

/// Lower case without accents: `Élodie` → `elodie`, `cœur` → `coeur`.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        fold_char(c, &mut out);
    }
    out
}

fn fold_char(c: char, out: &mut String) {
    for lower in c.to_lowercase() {
        match lower {
            'à' | 'â' | 'ä' | 'á' | 'ã' | 'å' => out.push('a'),
            'ç' => out.push('c'),
            'é' | 'è' | 'ê' | 'ë' => out.push('e'),
            'î' | 'ï' | 'í' | 'ì' => out.push('i'),
            'ô' | 'ö' | 'ó' | 'ò' | 'õ' => out.push('o'),
            'ù' | 'û' | 'ü' | 'ú' => out.push('u'),
            'ÿ' | 'ý' => out.push('y'),
            'ñ' => out.push('n'),
            'œ' => out.push_str("oe"),
            'æ' => out.push_str("ae"),
            'ß' => out.push_str("ss"),
            // Combining accents of decomposed text.
            '\u{300}'..='\u{36f}' => {}
            other => out.push(other),
        }
    }
}

#[derive(Default)]
struct Cutter {
    done: Vec<Word>,
    current: String,
    joint: Option<Joint>,
}

impl Cutter {
    fn push(&mut self, c: char, next: Option<char>) {
        match c {
            '\'' | '’' | 'ʼ' | '‘' | '`' | '´' => self.bind(Joint::Apostrophe),
            '-' | '‐' | '‑' | '–' | '—' => self.hyphen(next),
            '+' => self.sign("+", "plus"),
            '@' => self.sign("@", "arobase"),
            '€' => self.sign("€", "euros"),
            '&' => self.sign("&", "et"),
            '.' | ',' | '/' | ':' | '_' => self.inner(c, next),
            '?' | '!' | ';' | '…' => self.stop(c),
            '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' => {}
            c if c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c) => self.letter(c),
            _ => self.bind(Joint::Space),
        }
    }

    fn letter(&mut self, c: char) {
        let figure = c.is_ascii_digit();
        let before = self.current.chars().last().map(|last| last.is_ascii_digit());
        if before.is_some_and(|before| before != figure) {
            self.end();
            self.joint = Some(Joint::Glued);
        }
        self.current.push(c);
    }

    /// Ties two words, or is the minus of "-10" and, at the beginning, "- 10".
    fn hyphen(&mut self, next: Option<char>) {
        let minus = next.is_some_and(|next| next.is_ascii_digit() || self.done.is_empty());
        if self.current.is_empty() && minus {
            self.joint = Some(Joint::Sign('-'));
        } else {
            self.bind(Joint::Hyphen);
        }
    }

    fn bind(&mut self, joint: Joint) {
        let had_word = !self.current.is_empty();
        self.end();
        if !had_word && self.done.is_empty() && self.joint == Some(Joint::Sign('-')) {
            return;
        }
        // A sign binds only when it touches a word; white space always wins.
        if joint == Joint::Space || had_word {
            self.joint = Some(joint);
        }
    }

    fn inner(&mut self, c: char, next: Option<char>) {
        let inside = !self.current.is_empty() && next.is_some_and(char::is_alphanumeric);
        if inside {
            self.end();
            self.joint = Some(Joint::Sign(c));
        } else {
            self.stop(c);
        }
    }

    fn stop(&mut self, c: char) {
        self.end();
        if let Some(last) = self.done.last_mut() {
            last.stop.get_or_insert(c);
        }
        self.joint = Some(Joint::Space);
    }

    fn sign(&mut self, raw: &str, folded: &str) {
        let touching = !self.current.is_empty();
        self.end();
        let joint = if touching { Joint::Glued } else { self.joint.unwrap_or(Joint::Space) };
        self.done.push(Word { raw: raw.into(), folded: folded.into(), joint, stop: None });
        self.joint = Some(Joint::Glued);
    }

    fn end(&mut self) {
        if self.current.is_empty() {
            return;
        }
        let raw = std::mem::take(&mut self.current);
        let folded = fold(&raw);
        let joint = self.joint.take().unwrap_or(Joint::Space);
        if folded == "hui"
            && let Some(last) = self.done.last_mut()
            && last.folded == "aujourd"
        {
            last.raw = "aujourd'hui".into();
            last.folded = "aujourdhui".into();
            return;
        }
        self.done.push(Word { raw, folded, joint, stop: None });
    }

    fn finish(mut self) -> Vec<Word> {
        self.end();
        self.done.truncate(MAX_WORDS);
        self.done
    }
}

/// Noise that recognition writes down ("bzz", "pff") has no vowel.
pub fn is_speech(words: &[Word]) -> bool {
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y') || c.is_ascii_digit();
    words.iter().any(|word| word.folded.contains(vowel))
}

/// With a capital: "lucas" is "Lucas".
pub fn capitalised(raw: &str) -> String {
    let mut letters = raw.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.folded).collect()
    }

    #[test]
    fn cuts_elisions_hyphens_figures_and_signs() {
        assert_eq!(folded("J’ai dix-sept ans"), ["j", "ai", "dix", "sept", "ans"]);
        assert_eq!(folded("à 14h30, le 1er"), ["a", "14", "h", "30", "le", "1", "er"]);
        assert_eq!(folded("+33 6"), ["plus", "33", "6"]);
        assert_eq!(folded("aujourd'hui aujourd hui"), ["aujourdhui", "aujourdhui"]);
        assert_eq!(folded("CŒUR Élodie"), ["coeur", "elodie"]);
        assert_eq!(folded("  ... "), Vec::<String>::new());
    }

    #[test]
    fn keeps_what_stood_between_words() {
        let cut = words("le 22/04 à 14:30 06.39.98, Jean-Luc d'abord");
        let joints: Vec<Joint> = cut.iter().map(|word| word.joint).collect();
        assert_eq!(joints[2], Joint::Sign('/'));
        assert_eq!(joints[5], Joint::Sign(':'));
        assert_eq!(joints[7], Joint::Sign('.'));
        assert_eq!(cut[8].stop, Some(','));
        assert_eq!(joints[10], Joint::Hyphen);
        assert_eq!(joints[12], Joint::Apostrophe);
    }

    #[test]
    fn reads_a_bounded_part_of_a_huge_text() {
        for piece in ["a ", "1a", "d'", "@", "rendez-vous, "] {
            let read = words(&piece.repeat(1_000_000));
            assert!(read.len() <= MAX_WORDS, "{piece}: {}", read.len());
        }
        let story = "je vous appelle pour mon fils ".repeat(30);
        assert_eq!(words(&story).len(), 180, "a long story is read whole");
    }
}
