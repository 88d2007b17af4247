//! Questions answered from the tenant's settings; the thread resumes after.

use super::heard::Reaction;
use super::turn::Turn;
use crate::Mode;
use crate::state::{Done, Pending};
use crate::understand::intents::{self, Intent, Topic};
use crate::wording::facts as said;
use domain::event::EventKind;
use jiff::civil::Date;

/// Answers a question, when one was asked.
pub(super) fn answer(turn: &mut Turn<'_>) -> Reaction {
    let Some(heard) = &turn.heard else { return Reaction::Nothing };
    let asked = heard.understood.intents.contains(&Intent::Question);
    let alone = !turn.took && heard.understood.intents.is_empty();
    if !asked && !alone || turn.script.mode == Mode::MessageOnly {
        return Reaction::Nothing;
    }
    match found(turn) {
        Some((subject, answer)) => {
            turn.lead(answer);
            turn.event(EventKind::QuestionAnswered, &subject);
            turn.state.done.push(Done::Answered);
            turn.state.done.dedup();
            Reaction::Took
        }
        None if asked => unknown(turn),
        None => Reaction::Nothing,
    }
}

/// The answer and what it is about.
fn found(turn: &Turn<'_>) -> Option<(String, String)> {
    let heard = turn.heard.as_ref()?;
    let profile = turn.script.profile;
    if let Some(at) = intents::faq(&heard.words, &profile.faqs)
        && let Some(faq) = profile.faqs.get(at)
    {
        return Some((format!("faq:{at}"), said::own(&faq.answer)));
    }
    let (subject, answer) = match intents::topic(&heard.words)? {
        Topic::Hours => ("hours", hours(turn)),
        Topic::Address => ("address", said::address(turn.script)),
        Topic::Access => ("access", said::address(turn.script)),
        Topic::Price => ("price", said::prices(turn.script)),
        Topic::Documents => return None,
    };
    Some((subject.to_owned(), answer?))
}

/// The hours of the day asked about, or of the week.
fn hours(turn: &Turn<'_>) -> Option<String> {
    let when = &turn.heard.as_ref()?.understood.when;
    let days: Vec<Date> = when.iter().filter_map(|window| Some(window.span.from?.date())).collect();
    match days[..] {
        [day] => said::hours_on(turn.script, day),
        [first, ..] if days.iter().all(|day| day.weekday() == first.weekday()) => {
            said::hours_each(turn.script, first.weekday())
        }
        _ => said::hours(turn.script),
    }
}

/// In the middle of something the thread resumes; otherwise a message is offered.
fn unknown(turn: &mut Turn<'_>) -> Reaction {
    turn.lead(said::unknown());
    match turn.state.goals.is_empty() {
        true => Reaction::Ends(turn.ask(Pending::OfferMessage, "unknown_question")),
        false => Reaction::Took,
    }
}
