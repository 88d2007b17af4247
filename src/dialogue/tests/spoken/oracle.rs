//! Every number that words can mean, found the slow way: by a dictionary of
//! the written forms of 0 to 999 and no grammar at all.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

/// How words may be cut.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// After the first group only pairs.
    Pairs,
    /// Any numbers from 0 to 999.
    Free,
}

const UNITS: [&str; 20] = [
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
    "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
];

/// A number up to 999 in words.
pub fn words(value: u16, regional: bool) -> String {
    if value >= 100 {
        let hundreds = if value < 200 {
            "cent".to_owned()
        } else {
            format!("{} cent", UNITS[usize::from(value / 100)])
        };
        return match (value % 100, value / 100) {
            (0, 1) => hundreds,
            (0, _) => hundreds + "s",
            (rest, _) => format!("{hundreds} {}", words(rest, regional)),
        };
    }
    let (tens, unit) = (usize::from(value / 10), usize::from(value % 10));
    let name = match (tens, regional) {
        (0 | 1, _) => return UNITS[usize::from(value)].to_owned(),
        (7, true) => "septante",
        (8, true) => "huitante",
        (9, true) => "nonante",
        (7, false) if unit == 1 => return "soixante et onze".to_owned(),
        (7, false) => return format!("soixante-{}", UNITS[10 + unit]),
        (8, false) if unit == 0 => return "quatre-vingts".to_owned(),
        (8, false) => return format!("quatre-vingt-{}", UNITS[unit]),
        (9, false) => return format!("quatre-vingt-{}", UNITS[10 + unit]),
        _ => ["", "", "vingt", "trente", "quarante", "cinquante", "soixante"][tens],
    };
    match unit {
        0 => name.to_owned(),
        1 => format!("{name} et un"),
        _ => format!("{name}-{}", UNITS[unit]),
    }
}

type Dictionary = HashMap<Vec<String>, u16>;

static WITH_HYPHENS: LazyLock<Dictionary> = LazyLock::new(|| dictionary(false));
static WITHOUT_HYPHENS: LazyLock<Dictionary> = LazyLock::new(|| dictionary(true));

fn dictionary(split: bool) -> Dictionary {
    let mut all = Dictionary::new();
    for value in (0..1000).rev() {
        for regional in [false, true] {
            let form = words(value, regional);
            let form = if split { form.replace('-', " ") } else { form };
            all.insert(form.split(' ').map(str::to_owned).collect(), value);
        }
    }
    all
}

/// Every ten-digit number that the words spell.
pub fn readings(text: &str, rule: Rule) -> Vec<String> {
    let mut tokens: Vec<String> = text.split(' ').map(str::to_owned).collect();
    let plus = tokens[0] == "plus";
    if plus {
        tokens.remove(0);
    }
    let hyphens = text.contains('-');
    let dictionary: &Dictionary = if hyphens { &WITH_HYPHENS } else { &WITHOUT_HYPHENS };
    let mut search = Search { tokens, dictionary, rule, plus, found: BTreeSet::new() };
    search.go(0, String::new());
    search.found.into_iter().collect()
}

struct Search {
    tokens: Vec<String>,
    dictionary: &'static Dictionary,
    rule: Rule,
    plus: bool,
    found: BTreeSet<String>,
}

impl Search {
    fn go(&mut self, at: usize, digits: String) {
        if at == self.tokens.len() {
            self.found.extend(self.accept(&digits));
            return;
        }
        if digits.len() >= if self.plus { 12 } else { 10 } {
            return;
        }
        for size in 1..=6.min(self.tokens.len() - at) {
            let Some(value) = self.dictionary.get(&self.tokens[at..at + size]).copied() else {
                continue;
            };
            let longer = format!("{digits}{value}");
            match (self.rule, value) {
                (Rule::Free, _) | (Rule::Pairs, 10..=99) => self.go(at + size, longer),
                (Rule::Pairs, 0) => self.zero(at, &digits),
                (Rule::Pairs, 1..=9) if digits == if self.plus { "33" } else { "" } => {
                    self.go(at + 1, longer)
                }
                _ => {}
            }
        }
    }

    fn zero(&mut self, at: usize, digits: &str) {
        let next = self
            .tokens
            .get(at + 1)
            .and_then(|next| self.dictionary.get(std::slice::from_ref(next)));
        if let Some(unit @ 0..=9) = next.copied() {
            self.go(at + 2, format!("{digits}0{unit}"));
        }
    }

    fn accept(&self, digits: &str) -> Option<String> {
        let national = match (self.plus, digits.len()) {
            (true, 11) => format!("0{}", digits.strip_prefix("33")?),
            (true, 12) => digits.strip_prefix("33")?.to_owned(),
            (false, 9) if !digits.starts_with('0') => format!("0{digits}"),
            (false, 10) => digits.to_owned(),
            _ => return None,
        };
        (national.starts_with('0') && !national.starts_with("00")).then_some(national)
    }
}
