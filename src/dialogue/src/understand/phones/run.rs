//! What the runs of an utterance say: whole numbers, or a part of one.

use super::atoms::{Atom, Grammar};
use super::lattice::{self, MOST_DIGITS};
use super::nature::Nature;
use super::readings::{self, Effort};
use super::tokens::{Doubt, Run, Token};
use super::whole::{
    MOST_TOKENS, begins_number, denied_in, merge, numbers_in, ranked, trimmings, withdraws,
};
use super::{Dictation, PhoneReading, corrections};

/// What stands for "plus" before a country code in a [`Dictation`].
pub(super) const INTERNATIONAL: &str = "+";

/// What was heard.
#[derive(Debug, Clone, Default)]
pub(super) struct Heard {
    /// The readings, the most natural first.
    pub readings: Vec<PhoneReading>,
    /// Readings were left out.
    pub cut_short: bool,
    /// A part of a number.
    pub dictation: Option<Dictation>,
}

/// Reads the runs of one utterance.
pub(super) fn read(runs: &[Run]) -> Heard {
    let mut effort = Effort::new();
    let mut said: Vec<PhoneReading> = Vec::new();
    let mut open = None;
    let mut withdrawn = false;
    let mut denied = false;
    for run in runs {
        let counts = run.nature != Nature::Other || begins_number(&run.tokens);
        let counts = counts && !is_insured(&run.tokens, &mut effort);
        let (wrong, found) = match (counts, run.denied) {
            (true, true) => denied_in(&run.tokens, &mut effort),
            (true, false) => (Vec::new(), numbers_in(&run.tokens, &mut effort)),
            (false, _) => (Vec::new(), Vec::new()),
        };
        said.retain(|reading| !wrong.contains(reading));
        denied |= !wrong.is_empty();
        if !found.is_empty() && (withdrawn || withdraws(run.tokens.first())) {
            said.clear();
        }
        withdrawn = withdraws(run.tokens.last());
        if !found.is_empty() {
            open = alternatives(&run.tokens, &mut effort).filter(|groups| may_go_on(groups));
        }
        merge(&mut said, found);
    }
    if said.is_empty() && runs.len() > 1 && !denied {
        said = numbers_in(&joined(runs), &mut effort);
    }
    if !said.is_empty() {
        let dictation = open.map(|groups| Dictation { groups });
        return Heard { readings: said, cut_short: effort.cut_short, dictation };
    }
    let wrong = |run: &&Run| denied && run.denied;
    let part = runs.iter().rev().filter(|run| run.nature != Nature::Other && !wrong(run));
    let dictation = part.filter_map(|run| part_of_number(run, &mut effort)).next();
    Heard { dictation, ..Heard::default() }
}

/// A social-security number, which holds ten digits that could be called.
fn is_insured(tokens: &[Token], effort: &mut Effort) -> bool {
    let sex = match tokens.first() {
        Some(Token::Figure(digits)) => digits.starts_with(['1', '2']),
        Some(Token::Atom { atom: Atom::Value(1 | 2), doubt, .. }) => *doubt != Doubt::Homophone,
        _ => false,
    };
    let plain = |token: &Token| matches!(token, Token::Figure(_) | Token::Atom { .. } | Token::Cut);
    sex && tokens.iter().all(plain)
        && alternatives(tokens, effort)
            .is_some_and(|groups| [13, 15].contains(&lattice::least_digits(&groups)))
}

/// Goes on with what was heard before.
pub(super) fn resume(before: &Dictation, runs: &[Run]) -> Heard {
    let heard = joined(runs);
    if heard.is_empty() {
        return Heard::default();
    }
    let mut effort = Effort::new();
    let alone = read(runs);
    let restarted = heard.contains(&Token::Restart);
    let groups = (!restarted).then(|| continued(before, &heard, &mut effort)).flatten();
    let mut readings = match &groups {
        Some(groups) => {
            let complete = readings::combine(groups, &mut effort);
            let goes_on = readings::is_beginning(groups, &complete, &mut effort);
            if goes_on { Vec::new() } else { ranked(complete) }
        }
        None => Vec::new(),
    };
    merge(&mut readings, alone.readings);
    if !readings.is_empty() {
        let open = groups.filter(|groups| may_go_on(groups));
        let dictation = open.map(|groups| Dictation { groups });
        return Heard { readings, cut_short: effort.cut_short || alone.cut_short, dictation };
    }
    // Too much for one number: what came last counts.
    let whole = groups.filter(|groups| lattice::least_digits(groups) <= MOST_DIGITS - 2);
    let last = || alternatives(&heard, &mut effort);
    let groups = whole.or_else(last).filter(|groups| !groups.is_empty());
    Heard { dictation: groups.map(|groups| Dictation { groups }), ..Heard::default() }
}

/// True when the words are a whole number only by their longer cuttings: the
/// caller may just have paused.
fn may_go_on(groups: &[Vec<String>]) -> bool {
    let starts = |with: char| {
        groups.first().is_some_and(|first| first.iter().any(|cut| cut.starts_with(with)))
    };
    let whole = if starts('+') { 11 } else { 9 + usize::from(starts('0')) };
    lattice::least_digits(groups) < whole
}

/// Every string of digits that the runs can be, for an answer about a few digits.
pub(super) fn strings(runs: &[Run]) -> Vec<String> {
    let Some(groups) = alternatives(&joined(runs), &mut Effort::new()) else { return Vec::new() };
    let digits = |cut: String| cut.chars().filter(char::is_ascii_digit).collect::<String>();
    lattice::flatten(&groups).into_iter().map(digits).filter(|digits| !digits.is_empty()).collect()
}

/// The groups of both turns together; `None` when the words are no digits.
fn continued(before: &Dictation, heard: &[Token], effort: &mut Effort) -> Option<Vec<Vec<String>>> {
    let mut groups = before.groups.clone();
    groups.truncate(MOST_DIGITS);
    let mut heard = heard;
    while let Some((Token::Undo, rest)) = heard.split_first() {
        if !rest.is_empty() {
            forget_last(&mut groups);
        }
        heard = rest;
    }
    groups.extend(alternatives(heard, effort)?);
    Some(groups)
}

/// Takes back the last group, in every way it can be cut.
fn forget_last(groups: &mut Vec<Vec<String>>) {
    let Some(last) = groups.pop() else { return };
    let mut left: Vec<String> = last
        .iter()
        .filter_map(|cut| cut.rsplit_once(' '))
        .map(|(kept, _)| kept.to_owned())
        .collect();
    // "zéro quatre" is said as one group.
    if last.iter().all(|cut| cut.len() == 1) && groups.last().is_some_and(|zero| *zero == ["0"]) {
        groups.pop();
    }
    left.dedup();
    if !left.is_empty() {
        groups.push(left);
    }
}

/// All runs as one; no number spans the words between them.
pub(super) fn joined(runs: &[Run]) -> Vec<Token> {
    let mut all: Vec<Token> = Vec::new();
    for run in runs.iter().filter(|run| run.nature != Nature::Other) {
        if !all.is_empty() {
            all.push(Token::Cut);
        }
        all.extend(run.tokens.iter().cloned());
    }
    all
}

/// A part of a number: certain when nothing else was said, else only what
/// begins like a number to call or is long.
fn part_of_number(run: &Run, effort: &mut Effort) -> Option<Dictation> {
    let groups = alternatives(&run.tokens, effort).filter(|groups| !groups.is_empty())?;
    let begins = groups[0].iter().any(|cut| cut.starts_with(['0', '+']));
    let digits = lattice::least_digits(&groups);
    let likely = run.nature == Nature::Alone || (begins && digits >= 2) || digits >= 5;
    likely.then_some(Dictation { groups })
}

/// The groups of a run with every way each can be written.
fn alternatives(tokens: &[Token], effort: &mut Effort) -> Option<Vec<Vec<String>>> {
    if tokens.len() > MOST_TOKENS {
        return None;
    }
    for tokens in trimmings(tokens) {
        let mut ways = Vec::new();
        for way in corrections::ways(&tokens, 1) {
            let strict = lattice::groups(&way, Grammar::Strict, effort);
            let groups = strict.or_else(|| lattice::groups(&way, Grammar::Lenient, effort));
            ways.extend(groups.filter(|groups| !groups.is_empty()));
        }
        match &ways[..] {
            [] => {}
            [only] => return Some(only.clone()),
            // Ways that differ cannot share groups: each is an alternative of one.
            several => {
                return Some(vec![
                    several.iter().flat_map(|groups| lattice::flatten(groups)).collect(),
                ]);
            }
        }
    }
    None
}
