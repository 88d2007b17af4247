//! The grammar of one number, in words, in figures, and in both.

use super::lexicon::{Entry, Sense, entry};
use crate::understand::words::{Joint, Word};

/// A number under construction: `whole` are the finished scales, `group` is
/// what is below the next scale.
#[derive(Debug, Clone, Copy, Default)]
struct Build {
    // Wider than the result, so that no sum of what can be said overflows.
    whole: i128,
    group: i128,
    /// The last scale used; scales must fall.
    scale: Option<i128>,
    /// What may still be added to `group`: less than this.
    room: i128,
    /// Nothing has been said yet.
    empty: bool,
}

/// The number that begins at a word, and the index after it.
pub(super) fn number(words: &[Word], at: usize) -> Option<(i128, usize)> {
    let mut build = Build { empty: true, ..Build::default() };
    let mut end = at;
    let mut ordinal = false;
    while end < words.len() && !ordinal && (end == at || words[end - 1].stop.is_none()) {
        let Some(step) = step(words, end, &build) else { break };
        build = step.build;
        end = step.end;
        ordinal = step.last;
    }
    if build.empty {
        return None;
    }
    Some(after(words, end, build.whole.saturating_add(build.group), build.scale))
}

struct Step {
    build: Build,
    end: usize,
    /// An ordinal ends its number.
    last: bool,
}

fn step(words: &[Word], at: usize, build: &Build) -> Option<Step> {
    let word = &words[at];
    if word.is_figure() {
        return figure(words, at, build);
    }
    // "vingt et un", "trois cents et vingt".
    if word.folded == "et" {
        return and(words, at, build);
    }
    // "une demi-douzaine", "un demi-million".
    if matches!(word.folded.as_str(), "demi" | "demie") {
        return half(words, at, build);
    }
    let Entry { sense, ordinal } = entry(&word.folded)?;
    // "quatre-vingt-dix seconde" is an odd ordinal; "vingt secondes" is a time.
    if word.folded.starts_with("second") && !build.empty {
        if build.group < 20 || build.room == 0 {
            return None;
        }
        let build = Build { group: build.group + 2, room: 0, ..*build };
        return (!word.folded.ends_with('s')).then_some(Step { build, end: at + 1, last: true });
    }
    Some(Step { build: build.add(sense)?, end: at + 1, last: ordinal })
}

fn and(words: &[Word], at: usize, build: &Build) -> Option<Step> {
    if build.empty {
        return None;
    }
    let next = words.get(at + 1)?;
    if words[at].stop.is_some() {
        return None;
    }
    // "Vingt et un", "mille et un".
    let joins = match entry(&next.folded) {
        Some(Entry { sense: Sense::Unit(1 | 11), .. }) => {
            let tens = matches!(build.room, 10) && build.group % 100 >= 20;
            let thousand = build.whole == 1_000 && build.group == 0;
            tens || thousand && ["un", "une"].contains(&next.folded.as_str())
        }
        _ => false,
    };
    // "3 cents et 21": only behind a hundred, where French has no list.
    let figures = next.is_figure() && build.room >= 100;
    (joins || figures).then(|| step(words, at + 1, build))?
}

fn half(words: &[Word], at: usize, build: &Build) -> Option<Step> {
    let next = words.get(at + 1)?;
    let size = match entry(&next.folded)?.sense {
        Sense::Batch(size) | Sense::Scale(size) => size,
        _ => return None,
    };
    let article = build.empty || (build.whole == 0 && build.group == 1);
    let value = Build { whole: size / 2, group: 0, scale: Some(1), room: 0, empty: false };
    article.then_some(Step { build: value, end: at + 2, last: true })
}

/// Digits, with their groups of three: "1 414 021 100".
fn figure(words: &[Word], at: usize, build: &Build) -> Option<Step> {
    let first = &words[at];
    if !build.empty && (build.room == 0 || first.joint == Joint::Glued) {
        return None;
    }
    // Nobody says more digits than a 64-bit number has.
    let mut value = first.folded.parse::<i64>().map_or(i128::from(i64::MAX) + 1, i128::from);
    let alone = value;
    let mut end = at + 1;
    if first.folded.len() <= 3 && !first.folded.starts_with('0') && build.empty {
        while let Some(next) = words.get(end).filter(|next| is_thousands(next, &words[end - 1])) {
            value = value.checked_mul(1_000)?.checked_add(next.folded.parse().ok()?)?;
            end += 1;
        }
        // "470 123 45" goes on: these are no groups of one number.
        let goes_on = |next: &Word| next.is_figure() && next.joint == Joint::Space;
        if words.get(end).is_some_and(goes_on) && end > at + 1 {
            value = alone;
            end = at + 1;
        }
    }
    let build = if build.empty {
        Build { group: value, room: 0, empty: false, ..*build }
    } else {
        build.fits(value).then_some(())?;
        Build { group: build.group + value, room: 0, ..*build }
    };
    Some(Step { build, end, last: false })
}

fn is_thousands(next: &Word, before: &Word) -> bool {
    let separated = matches!(next.joint, Joint::Space | Joint::Apostrophe | Joint::Sign('.'));
    next.is_figure() && next.folded.len() == 3 && separated && before.stop.is_none()
}

impl Build {
    fn fits(&self, value: i128) -> bool {
        value > 0 && value < self.room
    }

    /// Adds a word, or `None` when French does not go on so.
    fn add(mut self, sense: Sense) -> Option<Self> {
        match sense {
            Sense::Unit(value) => self.unit(value)?,
            Sense::Tens(value) => self.tens(value)?,
            Sense::Hundred => self.hundred()?,
            Sense::Scale(scale) => self.scale(scale)?,
            Sense::Batch(size) => {
                if self.scale.is_some() {
                    return None;
                }
                self.group = if self.empty { size } else { self.group.checked_mul(size)? };
                self.scale = Some(1);
                self.room = 0;
            }
        }
        self.empty = false;
        Some(self)
    }

    fn unit(&mut self, value: i128) -> Option<()> {
        let after_ten = self.group % 100 % 20 == 10 && self.room == 1;
        if after_ten && (7..=9).contains(&value) {
            self.group += value;
            self.room = 0;
            return Some(());
        }
        let teens = (10..=16).contains(&value);
        let twenty = matches!(self.group % 100, 60 | 80) && self.room == 10;
        if !(self.empty || self.fits(value) || teens && twenty) {
            return None;
        }
        self.group += value;
        // After "dix" come "sept", "huit", "neuf"; after a digit a scale only.
        self.room = if value == 10 { 1 } else { 0 };
        Some(())
    }

    fn tens(&mut self, value: i128) -> Option<()> {
        if value == 20 && self.group % 10 == 4 && self.group % 100 == 4 && self.room == 0 {
            self.group += 76;
            self.room = 10;
            return Some(());
        }
        if !self.empty && !self.fits(value) {
            return None;
        }
        self.group += value;
        self.room = 10;
        Some(())
    }

    fn hundred(&mut self) -> Option<()> {
        if self.empty || (self.group == 0 && self.scale.is_some()) {
            self.group = 100;
        } else if (2..=99).contains(&self.group) && self.group % 10 != 0 {
            // "onze cents" as well as "deux cents".
            self.group *= 100;
        } else {
            return None;
        }
        self.room = 100;
        Some(())
    }

    fn scale(&mut self, scale: i128) -> Option<()> {
        if self.scale.is_some_and(|before| before <= scale)
            || (self.group == 0 && !self.empty && self.scale.is_none())
        {
            return None;
        }
        let times = if self.group == 0 { 1 } else { self.group };
        // "deux millions million" is not French.
        if self.group == 0 && scale != 1_000 && self.scale.is_some() {
            return None;
        }
        self.whole = self.whole.saturating_add(times.saturating_mul(scale));
        self.group = 0;
        self.scale = Some(scale);
        self.room = scale;
        Some(())
    }
}

/// A scale in one letter: "10k", "1,2 M€".
pub(super) fn abbreviated(word: &Word) -> Option<i128> {
    match (word.folded.as_str(), word.raw.as_str()) {
        ("k", _) => Some(1_000),
        (_, "M") => Some(1_000_000),
        _ => None,
    }
}

/// What follows a number and changes it: "10k", "2e", "un million et demi".
fn after(words: &[Word], end: usize, value: i128, scale: Option<i128>) -> (i128, usize) {
    let Some(next) = words.get(end) else { return (value, end) };
    let folded = next.folded.as_str();
    let figure = end.checked_sub(1).is_some_and(|last| words[last].is_figure());
    let letter = abbreviated(next).filter(|_| {
        // "Deux M" may be a letter of a name.
        figure || folded == "k" && value > 1 && !is_spelled(words, end)
    });
    if let Some(times) = letter {
        return value.checked_mul(times).map_or((value, end), |value| (value, end + 1));
    }
    if figure && next.joint == Joint::Glued && is_ordinal_ending(folded) {
        return (value, end + 1);
    }
    let half = folded == "et"
        && words.get(end + 1).is_some_and(|word| matches!(word.folded.as_str(), "demi" | "demie"));
    match scale {
        Some(scale) if half && scale >= 1_000 => (value.saturating_add(scale / 2), end + 2),
        _ => (value, end),
    }
}

/// A letter among others: "deux k, i".
fn is_spelled(words: &[Word], at: usize) -> bool {
    let letter = |word: &Word| {
        word.folded.len() == 1 && !word.is_figure() && !matches!(word.folded.as_str(), "a" | "y")
    };
    let said = words[..at].iter().rev().skip_while(|word| entry(&word.folded).is_some());
    said.take(1).chain(words.get(at + 1)).any(letter)
}

fn is_ordinal_ending(folded: &str) -> bool {
    matches!(
        folded,
        "e" | "er"
            | "ere"
            | "ers"
            | "eres"
            | "eme"
            | "emes"
            | "ieme"
            | "iemes"
            | "nd"
            | "nde"
            | "nds"
            | "ndes"
    )
}
