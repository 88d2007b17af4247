//! How the digits of a number are grouped when it is said.

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

/// How natural the cutting of a whole number is.
pub(super) fn manner(cut: &[&str], international: bool) -> Manner {
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
