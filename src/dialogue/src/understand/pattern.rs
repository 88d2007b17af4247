//! Phrase patterns over a [`Line`]: how the tables of this folder are written.
//!
//! A pattern is a row of elements separated by spaces:
//! - `mot` the word, `mot*` every word that begins so, `a|b*` any of them;
//! - `@name` the words of a class (see [`Classes`]), also among alternatives;
//! - `mot?` may be absent;
//! - `..` up to three other words may stand here, `...` up to seven;
//! - `^` the utterance begins here, `$` it (or its sentence) ends here; among
//!   alternatives (`a|$`) the end stands for the word.
//!
//! A pattern never reaches over the end of a sentence.

mod fnv;
#[cfg(test)]
mod tests;

use super::line::{Line, Stop};
use fnv::Fnv;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

/// Named sets of alternatives, written `@name` in patterns.
pub type Classes = &'static [(&'static str, &'static str)];

/// Compiled patterns, each with what it means.
#[derive(Debug)]
pub struct Grammar<T> {
    words: Table<u16>,
    /// Stems by their first [`KEY`] bytes.
    stems: Table<Vec<(&'static str, u16)>>,
    rules: Vec<Rule<T>>,
    /// Rules by the symbol they can begin with.
    starts: Vec<Vec<u16>>,
}

#[derive(Debug)]
struct Rule<T> {
    means: T,
    begins: bool,
    ends: bool,
    elements: Vec<Element>,
}

#[derive(Debug)]
struct Element {
    /// Sorted symbols.
    any: Vec<u16>,
    /// Other words allowed before it.
    gap: usize,
    /// The end of the sentence will do.
    end: bool,
    optional: bool,
}

/// A pattern found in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match<T> {
    /// What it means.
    pub means: T,
    /// Its first token.
    pub start: usize,
    /// The token after its last.
    pub end: usize,
}

/// The symbols that one token can stand for.
#[derive(Debug, Clone, Copy, Default)]
struct Symbols {
    some: [u16; Self::MAX],
    count: usize,
}

impl Symbols {
    const MAX: usize = 6;

    fn push(&mut self, symbol: u16) {
        if self.count < Self::MAX {
            self.some[self.count] = symbol;
            self.count += 1;
        }
    }

    fn all(&self) -> &[u16] {
        &self.some[..self.count]
    }

    fn meet(&self, any: &[u16]) -> bool {
        self.all().iter().any(|symbol| any.binary_search(symbol).is_ok())
    }
}

/// Most tokens compared in one line. A long story takes a few thousand; what
/// takes more is noise or an attack, and its rest is left unread.
const MOST_EFFORT: u32 = 60_000;

/// Every stem has at least as many bytes.
const KEY: usize = 3;

type Table<V> = HashMap<&'static str, V, BuildHasherDefault<Fnv>>;

impl<T: Copy> Grammar<T> {
    /// Compiles a table of patterns. Called once per table and process; the
    /// tables are constants, checked by tests.
    pub fn new(
        classes: Classes,
        table: impl IntoIterator<Item = (T, &'static [&'static str])>,
    ) -> Self {
        let mut grammar = Self {
            words: Table::default(),
            stems: Table::default(),
            rules: Vec::new(),
            starts: Vec::new(),
        };
        for (means, patterns) in table {
            for pattern in patterns {
                grammar.add(classes, means, pattern);
            }
        }
        grammar
    }

    /// Every match, by where it starts; of one pattern at one place the
    /// shortest.
    pub fn find(&self, line: &Line<'_>) -> Vec<Match<T>> {
        let symbols: Vec<Symbols> =
            line.tokens.iter().map(|token| self.symbols(token.text)).collect();
        let mut found = Vec::new();
        let mut effort = MOST_EFFORT;
        for start in 0..symbols.len() {
            for symbol in symbols[start].all() {
                for rule in &self.starts[usize::from(*symbol)] {
                    let rule = &self.rules[usize::from(*rule)];
                    if let Some(end) = rule.matches(line, &symbols, start, &mut effort) {
                        found.push(Match { means: rule.means, start, end });
                    }
                }
            }
        }
        found
    }

    /// What a word stands for; of an unknown word that may have lost its
    /// apostrophe ("letouffe"), what its rest stands for.
    fn symbols(&self, text: &str) -> Symbols {
        let symbols = self.known(text);
        match elided(text) {
            Some(rest) if symbols.count == 0 => self.known(rest),
            _ => symbols,
        }
    }

    fn known(&self, text: &str) -> Symbols {
        let mut symbols = Symbols::default();
        if let Some(word) = self.words.get(text) {
            symbols.push(*word);
        }
        let near = text.get(..KEY).and_then(|key| self.stems.get(key));
        for (stem, symbol) in near.into_iter().flatten() {
            if text.starts_with(stem) {
                symbols.push(*symbol);
            }
        }
        symbols
    }

    fn add(&mut self, classes: Classes, means: T, pattern: &'static str) {
        let mut rule = Rule { means, begins: false, ends: false, elements: Vec::new() };
        let mut gap = 0;
        for part in pattern.split(' ').filter(|part| !part.is_empty()) {
            match part {
                "^" => rule.begins = true,
                "$" => rule.ends = true,
                ".." => gap = 3,
                "..." => gap = 7,
                part => {
                    let (part, optional) =
                        part.strip_suffix('?').map_or((part, false), |part| (part, true));
                    let mut any = Vec::new();
                    let words = part.strip_suffix("|$");
                    self.alternatives(classes, words.unwrap_or(part), &mut any);
                    any.sort_unstable();
                    any.dedup();
                    let end = words.is_some();
                    rule.elements.push(Element { any, gap, end, optional });
                    gap = 0;
                }
            }
        }
        self.index(rule);
    }

    /// Files a rule under every symbol that its first element can be.
    fn index(&mut self, rule: Rule<T>) {
        let number = u16::try_from(self.rules.len()).expect("tables are far smaller");
        if let Some(first) = rule.elements.first() {
            for symbol in &first.any {
                self.starts[usize::from(*symbol)].push(number);
            }
        }
        self.rules.push(rule);
    }

    fn alternatives(&mut self, classes: Classes, part: &'static str, any: &mut Vec<u16>) {
        for word in part.split('|') {
            if let Some(name) = word.strip_prefix('@') {
                let (_, class) = classes
                    .iter()
                    .find(|(known, _)| *known == name)
                    .expect("tables name only classes that exist");
                self.alternatives(classes, class, any);
            } else {
                any.push(self.symbol(word));
            }
        }
    }

    fn symbol(&mut self, word: &'static str) -> u16 {
        let next = u16::try_from(self.starts.len()).expect("tables are far smaller");
        let symbol = match word.strip_suffix('*') {
            Some(stem) => {
                let key = stem.get(..KEY).expect("stems of the tables are long enough");
                let near = self.stems.entry(key).or_default();
                match near.iter().find(|(known, _)| *known == stem) {
                    Some((_, symbol)) => *symbol,
                    None => {
                        near.push((stem, next));
                        next
                    }
                }
            }
            None => *self.words.entry(word).or_insert(next),
        };
        if symbol == next {
            self.starts.push(Vec::new());
        }
        symbol
    }
}

impl<T> Rule<T> {
    fn matches(
        &self,
        line: &Line<'_>,
        symbols: &[Symbols],
        start: usize,
        effort: &mut u32,
    ) -> Option<usize> {
        let sentence = |at: usize| at == 0 || line.tokens[at - 1].stop >= Stop::Hard;
        if self.begins && !sentence(start) {
            return None;
        }
        let end = rest(line, symbols, &self.elements[1..], start + 1, effort)?;
        if self.ends && end < symbols.len() && line.tokens[end - 1].stop < Stop::Hard {
            return None;
        }
        Some(end)
    }
}

/// The word behind an elision written without its apostrophe.
fn elided(text: &str) -> Option<&str> {
    let rest = text
        .strip_prefix("qu")
        .or_else(|| text.strip_prefix(['l', 'd', 'm', 's', 'j', 'n', 't', 'c']))?;
    let vowel = rest.starts_with(['a', 'e', 'i', 'o', 'u', 'h']);
    (vowel && (rest.len() >= 4 || ["an", "air", "os", "eau", "ete"].contains(&rest)))
        .then_some(rest)
}

/// Where the elements end when they match from `at` on.
fn rest(
    line: &Line<'_>,
    symbols: &[Symbols],
    elements: &[Element],
    at: usize,
    effort: &mut u32,
) -> Option<usize> {
    let Some((element, others)) = elements.split_first() else { return Some(at) };
    let ends = at == symbols.len() || line.tokens[at - 1].stop >= Stop::Hard;
    if element.end && ends {
        return rest(line, symbols, others, at, effort);
    }
    for here in at..=at + element.gap {
        *effort = effort.saturating_sub(1);
        if *effort == 0 || here >= symbols.len() || line.tokens[here - 1].stop >= Stop::Hard {
            break;
        }
        if symbols[here].meet(&element.any)
            && let Some(end) = rest(line, symbols, others, here + 1, effort)
        {
            return Some(end);
        }
    }
    if element.optional { rest(line, symbols, others, at, effort) } else { None }
}
