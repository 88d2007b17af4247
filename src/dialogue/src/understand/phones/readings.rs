//! From alternatives of groups to the telephone numbers they spell.

use super::PhoneReading;
use super::lattice::{MOST_DIGITS, digits_in};
use super::manner::{Manner, manner};
use super::run::INTERNATIONAL;
use domain::phone::E164;

/// Most readings kept; beyond it no one could be asked about them anyway.
pub(super) const MOST_READINGS: usize = 64;

/// Steps that a whole number counts for.
const WHOLE: usize = 8;

/// How much may still be tried for one utterance, so that no text takes long.
#[derive(Debug)]
pub(super) struct Effort {
    left: usize,
    /// Something was left out: nothing found is the whole truth.
    pub cut_short: bool,
}

impl Effort {
    /// Ample for anything said in earnest; a few milliseconds.
    pub(super) fn new() -> Self {
        Self { left: 60_000, cut_short: false }
    }

    /// Takes one step; false when there is none left.
    pub(super) fn spend(&mut self) -> bool {
        self.cut_short |= self.left == 0;
        self.left = self.left.saturating_sub(1);
        !self.cut_short
    }
}

/// A reading and how natural its cutting is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ranked {
    /// The number.
    pub reading: PhoneReading,
    /// The cutting.
    pub manner: Manner,
}

/// Every number that one alternative of each group spells, the most natural first.
pub(super) fn combine(groups: &[Vec<String>], effort: &mut Effort) -> Vec<Ranked> {
    let international = is_international(groups);
    let groups = &groups[usize::from(international)..];
    let room = room(groups);
    let mut search = Search {
        groups,
        room,
        international,
        chosen: Vec::new(),
        found: Vec::new(),
        effort: &mut *effort,
    };
    search.walk(0, 0);
    let mut found = search.found;
    found.sort_by_key(|ranked| ranked.manner);
    found
}

/// True when nothing was said in pairs to its end, but the groups can be the
/// beginning of such a number: "zéro six trente neuf quatre vingt dix huit" is
/// 06 39 98 and not 06 30 94 20 18.
pub(super) fn is_beginning(groups: &[Vec<String>], found: &[Ranked], effort: &mut Effort) -> bool {
    let international = is_international(groups);
    let groups = &groups[usize::from(international)..];
    let in_pairs = found.iter().any(|ranked| ranked.manner == Manner::Pairs);
    !found.is_empty() && !in_pairs && Beginning::new(international).goes_on(groups, effort)
}

fn is_international(groups: &[Vec<String>]) -> bool {
    groups.first().is_some_and(|first| first.iter().any(|cut| cut == INTERNATIONAL))
}

/// The beginning of a number said in pairs, as far as it has been read.
#[derive(Debug, Clone, Copy)]
struct Beginning {
    international: bool,
    digits: usize,
    /// A zero waits for its digit.
    zero: bool,
    /// The first digit was said alone.
    alone: bool,
}

impl Beginning {
    fn new(international: bool) -> Self {
        Self { international, digits: 0, zero: false, alone: false }
    }

    /// True when the groups can be cut into the beginning of a number, and
    /// only that.
    fn goes_on(self, groups: &[Vec<String>], effort: &mut Effort) -> bool {
        if self.digits > 9 || !effort.spend() {
            return false;
        }
        match groups.split_first() {
            Some((first, rest)) => first
                .iter()
                .any(|cut| self.with(cut).is_some_and(|longer| longer.goes_on(rest, effort))),
            None => !self.zero && self.is_short(),
        }
    }

    fn is_short(&self) -> bool {
        match self.international || self.alone {
            true => matches!(self.digits, 5 | 7) || (self.international && self.digits == 9),
            false => matches!(self.digits, 4 | 6 | 8),
        }
    }

    fn with(mut self, cut: &str) -> Option<Self> {
        for group in cut.split(' ') {
            let first = self.digits == if self.international { 2 } else { 0 };
            match (self.zero, group.len()) {
                (true, 1) => self.zero = false,
                (false, 1) if group == "0" && !(first && self.international) => self.zero = true,
                (false, 1) if first => self.alone = true,
                (false, 2) => {}
                _ => return None,
            }
            self.digits += group.len();
        }
        Some(self)
    }
}

/// For each group, the fewest and the most digits from it to the end.
fn room(groups: &[Vec<String>]) -> Vec<(usize, usize)> {
    let mut room = vec![(0, 0); groups.len() + 1];
    for (at, group) in groups.iter().enumerate().rev() {
        let sizes = || group.iter().map(|cut| digits_in(cut));
        let (least, most) = room[at + 1];
        room[at] = (least + sizes().min().unwrap_or(0), most + sizes().max().unwrap_or(0));
    }
    room
}

struct Search<'a, 'e> {
    groups: &'a [Vec<String>],
    room: Vec<(usize, usize)>,
    international: bool,
    chosen: Vec<&'a str>,
    found: Vec<Ranked>,
    effort: &'e mut Effort,
}

impl Search<'_, '_> {
    fn walk(&mut self, at: usize, digits: usize) {
        let (least, most) = self.room[at];
        let longest = if self.international { MOST_DIGITS } else { 13 };
        if digits + least > longest || digits + most < 9 || !self.effort.spend() {
            return;
        }
        let groups = self.groups;
        let Some(group) = groups.get(at) else {
            // Looking at a whole number costs as much as many steps to it.
            if (1..WHOLE).all(|_| self.effort.spend()) {
                self.accept();
            }
            return;
        };
        for cut in group {
            self.chosen.push(cut);
            self.walk(at + 1, digits + digits_in(cut));
            self.chosen.pop();
        }
    }

    fn accept(&mut self) {
        let digits: String = self
            .chosen
            .iter()
            .flat_map(|cut| cut.bytes())
            .filter(u8::is_ascii_digit)
            .map(char::from)
            .collect();
        let Some(reading) = number(&digits, self.international) else { return };
        let cut: Vec<&str> = self.chosen.iter().flat_map(|cut| cut.split(' ')).collect();
        let manner = manner(&cut, self.international);
        match self.found.iter_mut().find(|known| known.reading == reading) {
            Some(known) => known.manner = known.manner.min(manner),
            None => self.found.push(Ranked { reading, manner }),
        }
    }
}

/// The number that digits as collected are, if they are one.
pub(super) fn number(digits: &str, international: bool) -> Option<PhoneReading> {
    let (digits, international) = match digits.strip_prefix("00") {
        Some(rest) if !international => (rest, true),
        _ => (digits, international),
    };
    if !international {
        let nine = match digits.len() {
            10 => digits.strip_prefix('0')?,
            9 => digits,
            _ => return None,
        };
        return french(nine);
    }
    if let Some(rest) = digits.strip_prefix("33") {
        return french(rest.strip_prefix('0').unwrap_or(rest));
    }
    let known = super::countries::fits(digits);
    known.then(|| PhoneReading { digits: format!("+{digits}"), e164: format!("+{digits}") })
}

/// Overseas blocks (0690…) are reached by codes of their own.
fn french(nine: &str) -> Option<PhoneReading> {
    if nine.starts_with('0') {
        return None;
    }
    let digits = format!("0{nine}");
    let number = E164::parse(&digits, "FR").ok()?;
    Some(PhoneReading { digits, e164: number.as_str().to_owned() })
}
