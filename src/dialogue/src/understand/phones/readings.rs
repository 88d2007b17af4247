//! From alternatives of groups to the telephone numbers they spell.

use super::PhoneReading;
use super::lattice::{MOST_DIGITS, digits_in};
use super::run::INTERNATIONAL;

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

/// How a number was cut, the most usual first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Manner {
    /// Two digits at a time.
    Pairs,
    /// Pairs, some of them digit by digit.
    Aligned,
    /// 2-3-3-2 or 1-3-3-3.
    Triples,
    /// Any other way.
    Free,
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

fn french(nine: &str) -> Option<PhoneReading> {
    let valid = nine.len() == 9 && !nine.starts_with('0');
    valid.then(|| PhoneReading { digits: format!("0{nine}"), e164: format!("+33{nine}") })
}

fn manner(cut: &[&str], international: bool) -> Manner {
    if is_pairs(cut, international) {
        return Manner::Pairs;
    }
    if is_aligned(cut, international) {
        return Manner::Aligned;
    }
    let national = if international { &cut[country_code(cut)..] } else { cut };
    let triples: [&[usize]; 4] = [&[2, 3, 3, 2], &[1, 3, 3, 3], &[1, 3, 3, 2], &[3, 3, 3]];
    match triples.iter().any(|sizes| is_said_in(national, sizes)) {
        true => Manner::Triples,
        false => Manner::Free,
    }
}

/// How many groups the two digits of the country take.
fn country_code(cut: &[&str]) -> usize {
    if cut.first().is_some_and(|first| first.len() == 1) {
        2.min(cut.len())
    } else {
        1.min(cut.len())
    }
}

/// True when the groups are these many digits each, said with their zeros
/// first: "zéro trente-trois" is three digits.
fn is_said_in(cut: &[&str], sizes: &[usize]) -> bool {
    let mut groups = cut.iter();
    sizes.iter().all(|size| {
        let mut size = *size;
        loop {
            match groups.next() {
                Some(group) if group.len() == size => return true,
                Some(&"0") if size > 1 => size -= 1,
                _ => return false,
            }
        }
    }) && groups.next().is_none()
}

/// Pairs, "zéro" and a digit, and at the beginning a digit alone.
fn is_pairs(cut: &[&str], international: bool) -> bool {
    let mut at = 0;
    let mut digits = 0;
    while let Some(group) = cut.get(at) {
        let first = if international { digits == 2 } else { digits == 0 };
        let next = cut.get(at + 1);
        if *group == "0" && next.is_some_and(|next| next.len() == 1) {
            at += 1;
            digits += 1;
        } else if !(group.len() == 2
            || group.len() > 3
            || (group.len() == 1 && *group != "0" && first))
        {
            return false;
        }
        digits += group.len();
        at += 1;
    }
    true
}

/// No group lies across two pairs of the national number.
fn is_aligned(cut: &[&str], international: bool) -> bool {
    let leading_zero = !international && cut.first().is_some_and(|first| first.starts_with('0'));
    let mut place = usize::from(!leading_zero && !international);
    cut.iter().all(|group| {
        let size = group.len();
        let fits =
            size == 1 || (size == 2 && (place.is_multiple_of(2) != international || place < 2));
        place += size;
        fits
    })
}
