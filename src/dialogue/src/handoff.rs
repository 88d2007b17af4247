//! Who is rung for what, by the tenant's rules: the first rule that the call is
//! about and that may be rung now, otherwise whoever is rung for everything.

use crate::ask::MessageKind;
use crate::state::{Goal, State};
use crate::understand::intents::Intent;
use crate::understand::words::{Word, fold, words};
use domain::tenant::transfer::Subject;
use domain::tenant::{Profile, Transfer, TransferRule};
use jiff::civil::DateTime;

pub use crate::wording::transfer::fallback as fallback_message;

/// Somebody who can be rung now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passing<'a> {
    /// Who.
    pub to: &'a Transfer,
    /// Why this one.
    pub by: By,
}

/// Why somebody is rung.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// A rule for what the call is about.
    Rule,
    /// They are rung for everything else.
    Default,
}

/// Words with which callers ask to be passed to somebody.
const PASSES: [&str; 14] = [
    "passez",
    "passer",
    "passe",
    "parler",
    "parle",
    "joindre",
    "contacter",
    "transferez",
    "transferer",
    "transfert",
    "basculez",
    "avoir",
    "renvoyez",
    "mettez",
];

/// Who is rung for a call that is about these words, now; for a provider's own
/// model, which has no state of ours.
pub fn for_words<'a>(profile: &'a Profile, said: &str, local: DateTime) -> Option<&'a Transfer> {
    let cue = cue(profile, &words(said)).unwrap_or_default().to_owned();
    let state = State { cue, ..State::default() };
    passing(profile, &state, &[], local).map(|passing| passing.to)
}

/// Who is rung now.
pub(crate) fn passing<'a>(
    profile: &'a Profile,
    state: &State,
    intents: &[Intent],
    local: DateTime,
) -> Option<Passing<'a>> {
    let ruled = rules(profile, state, intents)
        .find(|rule| profile.rings_at(&rule.to, local))
        .map(|rule| Passing { to: &rule.to, by: By::Rule });
    let default = profile.transfer.as_ref().filter(|to| profile.rings_at(to, local));
    ruled.or(default.map(|to| Passing { to, by: By::Default }))
}

/// When somebody can next be rung.
pub(crate) fn next(
    profile: &Profile,
    state: &State,
    intents: &[Intent],
    local: DateTime,
) -> Option<DateTime> {
    let ruled = rules(profile, state, intents).map(|rule| &rule.to);
    ruled.chain(&profile.transfer).filter_map(|to| profile.next_ring(to, local)).min()
}

fn rules<'a>(
    profile: &'a Profile,
    state: &State,
    intents: &[Intent],
) -> impl Iterator<Item = &'a TransferRule> {
    let mut subjects: Vec<Subject> = intents.iter().filter_map(|intent| subject(*intent)).collect();
    subjects.extend(state.goals.iter().filter_map(|goal| subject_of(*goal)));
    let cue = state.cue.clone();
    profile.transfer_rules.iter().filter(move |rule| {
        rule.about.iter().any(|about| subjects.contains(about))
            || !cue.is_empty() && rule.words.contains(&cue)
    })
}

fn subject(intent: Intent) -> Option<Subject> {
    Some(match intent {
        Intent::Book | Intent::Cancel | Intent::Move | Intent::Lookup => Subject::Appointment,
        Intent::Prescription => Subject::Prescription,
        Intent::Results => Subject::Results,
        Intent::Complaint => Subject::Complaint,
        Intent::Question => Subject::Question,
        _ => return None,
    })
}

fn subject_of(goal: Goal) -> Option<Subject> {
    Some(match goal {
        Goal::Book | Goal::Cancel | Goal::Move | Goal::Lookup | Goal::Correct => {
            Subject::Appointment
        }
        Goal::Message(MessageKind::Prescription) => Subject::Prescription,
        Goal::Message(MessageKind::Results) => Subject::Results,
        Goal::Message(MessageKind::Complaint) => Subject::Complaint,
        Goal::Message(_) | Goal::Qualify | Goal::Support => return None,
    })
}

/// The words of a rule that are said, as the tenant has written them.
pub(crate) fn cue<'a>(profile: &'a Profile, heard: &[Word]) -> Option<&'a str> {
    let all = profile.transfer_rules.iter().flat_map(|rule| &rule.words);
    all.map(String::as_str).find(|phrase| says(heard, phrase))
}

/// True when the words ask to be passed to somebody.
pub(crate) fn asks_to_be_passed(heard: &[Word]) -> bool {
    let asks = |word: &Word| PASSES.contains(&word.folded.as_str());
    let denied = heard.iter().any(|word| word.folded == "pas");
    !denied && heard.iter().any(asks)
}

/// A phrase, in one piece, in the singular or the plural.
fn says(heard: &[Word], phrase: &str) -> bool {
    let wanted: Vec<String> = words(phrase).iter().map(|word| fold(&word.raw)).collect();
    let same = |(word, wanted): (&Word, &String)| {
        let said = word.folded.as_str();
        said == wanted || said.strip_suffix(['s', 'x']) == Some(wanted)
    };
    !wanted.is_empty()
        && heard.windows(wanted.len()).any(|piece| piece.iter().zip(&wanted).all(same))
}
