//! From alternatives of groups to the telephone numbers they spell.

use super::PhoneReading;
use super::lattice::{MOST_DIGITS, digits_in};
use super::run::INTERNATIONAL;

/// Most readings kept; beyond it no one could be asked about them anyway.
pub(super) const MOST_READINGS: usize = 64;
/// Most partial combinations looked at, so that no text takes long.
const MOST_STEPS: usize = 20_000;

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
pub(super) fn combine(groups: &[Vec<String>]) -> Vec<Ranked> {
    let international =
        groups.first().is_some_and(|first| first.iter().any(|cut| cut == INTERNATIONAL));
    let groups = &groups[usize::from(international)..];
    let room = room(groups);
    let mut search =
        Search { groups, room, international, chosen: Vec::new(), found: Vec::new(), steps: 0 };
    search.walk(0, 0);
    let mut found = search.found;
    found.sort_by_key(|ranked| ranked.manner);
    found
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

struct Search<'a> {
    groups: &'a [Vec<String>],
    room: Vec<(usize, usize)>,
    international: bool,
    chosen: Vec<&'a str>,
    found: Vec<Ranked>,
    steps: usize,
}

impl<'a> Search<'a> {
    fn walk(&mut self, at: usize, digits: usize) {
        let (least, most) = self.room[at];
        let longest = if self.international { MOST_DIGITS } else { 13 };
        self.steps += 1;
        if self.steps > MOST_STEPS || digits + least > longest || digits + most < 9 {
            return;
        }
        let Some(group) = self.groups.get(at) else {
            self.accept();
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
    let sizes: Vec<usize> = cut.iter().map(|group| group.len()).collect();
    if is_aligned(&sizes, cut, international) {
        return Manner::Aligned;
    }
    match &sizes[..] {
        [1, 1, 3, 3, 2] | [2, 3, 3, 2] | [1, 3, 3, 2] | [1, 3, 3, 3] | [3, 3, 3] => Manner::Triples,
        _ => Manner::Free,
    }
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
fn is_aligned(sizes: &[usize], cut: &[&str], international: bool) -> bool {
    let leading_zero = !international && cut.first().is_some_and(|first| first.starts_with('0'));
    let mut place = usize::from(!leading_zero && !international);
    sizes.iter().all(|size| {
        let fits =
            *size == 1 || (*size == 2 && (place.is_multiple_of(2) != international || place < 2));
        place += size;
        fits
    })
}
