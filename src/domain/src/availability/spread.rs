//! A few slots out of many, so that a caller has a real choice.

use super::Slot;
use jiff::SignedDuration;
use jiff::civil::Date;

/// Picks at most `count` of `slots`, well spread and soonest first: the soonest
/// is kept, then the first of each other half-day, then those an hour or more away
/// from what is picked, then the soonest of what is left.
pub fn spread(slots: &[Slot], count: usize) -> Vec<Slot> {
    let mut order: Vec<&Slot> = slots.iter().collect();
    order.sort_by_key(|slot| slot.start);
    let mut picked: Vec<&Slot> = Vec::new();
    let rules: [fn(&Slot, &Slot) -> bool; 3] =
        [|a, b| half_day(a) == half_day(b), within_an_hour, |a, b| a == b];
    for alike in rules {
        for slot in &order {
            let fresh = !picked.iter().any(|other| alike(slot, other));
            if picked.len() < count && fresh {
                picked.push(slot);
            }
        }
    }
    picked.sort_by_key(|slot| slot.start);
    picked.into_iter().cloned().collect()
}

fn within_an_hour(a: &Slot, b: &Slot) -> bool {
    a.start.duration_since(b.start).abs() < SignedDuration::from_hours(1)
}

fn half_day(slot: &Slot) -> (Date, bool) {
    (slot.local.date(), slot.local.hour() >= 12)
}
