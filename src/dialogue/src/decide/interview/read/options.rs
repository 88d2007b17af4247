//! Which of a question's options an utterance names.

use crate::understand::choice::Choice as Pointed;
use crate::understand::words::Word;
use crate::understand::{Understanding, cues};
use domain::qualification::{Choice, Question, Value};

/// The option whose words are said; of several the one that corrects.
pub(super) fn chosen(question: &Question, words: &[Word]) -> Option<Value> {
    let mut said: Vec<(usize, &Choice)> = question
        .options
        .iter()
        .filter_map(|option| Some((first(question, option, words)?, option)))
        .collect();
    said.sort_by_key(|(at, _)| *at);
    let corrected = |from: usize, to: usize| {
        words[from..to].iter().any(|word| {
            ["non", "plutot", "finalement", "enfin", "pardon", "pas"]
                .contains(&word.folded.as_str())
        })
    };
    let option = match &said[..] {
        [(_, only)] => only,
        [.., (before, _), (at, last)] if corrected(*before, *at) => last,
        _ => return None,
    };
    Some(Value::Choice(option.label.clone()))
}

/// Where an option is said: by its own words, or by a long word that only its
/// label has.
fn first(question: &Question, option: &Choice, words: &[Word]) -> Option<usize> {
    let own = option.words.iter().filter_map(|cue| cues::said(words, cue)).min();
    own.or_else(|| {
        let label = option.words.first()?;
        label.split(' ').filter(|part| part.len() > 4).find_map(|part| {
            let others = question.options.iter().filter(|other| *other != option);
            let shared = others.flat_map(|other| &other.words).any(|words| words.contains(part));
            if shared { None } else { cues::said(words, part).or_else(|| conjugated(words, part)) }
        })
    })
}

/// "J'achète", "nous vendons", where the option is the verb.
fn conjugated(words: &[Word], verb: &str) -> Option<usize> {
    const ENDINGS: [&str; 8] = ["", "e", "es", "s", "ons", "ez", "ent", "ais"];
    let stem = ["er", "re", "ir"].iter().find_map(|end| verb.strip_suffix(end))?;
    let is = |word: &Word| word.folded.strip_prefix(stem).is_some_and(|end| ENDINGS.contains(&end));
    let at = words.iter().position(is)?;
    let denied = words[at..].iter().take(2).any(|word| word.folded == "pas");
    (!denied).then_some(at)
}

/// "Le premier", "la deux".
pub(super) fn ranked(
    question: &Question,
    words: &[Word],
    understood: &Understanding,
) -> Option<Value> {
    let by_rank = |rank: i64| match rank {
        -1 => question.options.last(),
        rank => question.options.get(usize::try_from(rank).ok()?.checked_sub(1)?),
    };
    let ordinal = match understood.choice {
        Some(Pointed { ordinal: Some(rank), .. }) => Some(i64::from(rank)),
        _ => understood.number.filter(|_| words.len() <= 3),
    };
    ordinal.and_then(by_rank).map(|option| Value::Choice(option.label.clone()))
}
