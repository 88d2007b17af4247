//! Something to note for the practice: its words, from whom, how to reach them.

use super::heard::Reaction;
use super::turn::{Heard, Outcome, Turn};
use super::{
    absorb, advance as go_on, booking, contact, ending, english, goals, transfer, waiting,
};
use crate::Mode;
use crate::ask::{Message, MessageKind, Receipt};
use crate::state::{Done, Field, Goal, Handoff, Pending, Source, Waiting};
use crate::understand::intents::Intent;
use crate::understand::polarity::Polarity;
use crate::understand::{cues, names};
use crate::wording::message as said;
use domain::event::EventKind;
use domain::id::TicketId;

/// Longest message kept, in characters.
const MAX_TEXT: usize = 600;

/// What the note lacks.
pub(super) fn advance(turn: &mut Turn<'_>, kind: MessageKind) -> Outcome {
    if kind == MessageKind::WaitingList {
        return waiting::advance(turn).unwrap_or_else(|| {
            let note = waiting::note(turn);
            store(turn, note)
        });
    }
    if turn.state.message.is_none() {
        return turn.ask(Pending::MessageText, "ask_message");
    }
    if turn.state.name.is_none() && !turn.state.nameless {
        return turn.ask(Pending::QualifName, "ask_name");
    }
    if let Some(outcome) = contact::advance(turn, kind.as_str()) {
        return outcome;
    }
    let message = Message {
        kind,
        name: turn.state.name.as_ref().map(|name| name.value.clone()),
        phone: turn.state.contact.phone.as_ref().map(|phone| phone.value.clone()),
        text: said::pressing(turn.state.message.clone().unwrap_or_default(), turn.state.pressing),
        wish: None,
    };
    store(turn, message)
}

/// Has a note written.
pub(super) fn store(turn: &mut Turn<'_>, message: Message) -> Outcome {
    let ask = transfer::note(turn, message);
    turn.outside(ask, Waiting::Message, "take_message")
}

/// The words of a message: whatever is said is the message, unless it is
/// plainly something else.
pub(super) fn reply(turn: &mut Turn<'_>) -> Reaction {
    if turn.state.pending != Some(Pending::MessageText) {
        return Reaction::Nothing;
    }
    let Some(heard) = &turn.heard else { return Reaction::Nothing };
    let understood = &heard.understood;
    let able = goals::books(turn);
    let none = understood.polarity == Some(Polarity::No)
        && (heard.words.len() < 4 || ending::only_finished(turn) && heard.words.len() < 7);
    let elsewhere = understood.intents.iter().any(|intent| match intent {
        Intent::Abandon => !none,
        Intent::Human => true,
        Intent::Cancel | Intent::Move => able && !turn.state.unfound,
        Intent::Book => able,
        _ => false,
    });
    if elsewhere && heard.words.len() < 8 {
        return Reaction::Nothing;
    }
    if declines(turn) && heard.words.len() < 14 {
        ending::stays(turn);
        booking::finish_goal(turn);
        turn.lead(said::none());
        return Reaction::Ends(turn.ask(Pending::AnythingElse, "no_message"));
    }
    let short = understood.polarity.is_some() && heard.words.len() < 4 || none;
    // A number alone is where to call, not what about.
    let short = short || !understood.phones.is_empty() && heard.words.len() < 14;
    // Whoever wants to be called back need not say why.
    if short && turn.state.goal() == Some(Goal::Message(MessageKind::Callback)) {
        turn.state.message = Some(said::CALLBACK_TEXT.to_owned());
        absorb::facts(turn);
        turn.state.lost = 0;
        return Reaction::Ends(go_on(turn));
    }
    if none {
        ending::stays(turn);
        booking::finish_goal(turn);
        return Reaction::Took;
    }
    // "Oui" is no message.
    if understood.polarity == Some(Polarity::Yes) && heard.words.len() < 4 {
        return Reaction::Nothing;
    }
    // "Camille Lefèvre": from whom, not what.
    if turn.state.name.is_none()
        && let Some(name) = names::plain(&heard.words)
    {
        turn.state.name = Some(Field::likely(name, Source::Volunteered));
        return Reaction::Took;
    }
    let opening = std::mem::take(&mut turn.state.opening);
    let text = [opening, words(turn)].into_iter().filter(|part| !part.is_empty());
    let text = text.collect::<Vec<_>>().join(". ");
    turn.state.message = Some(text.chars().take(MAX_TEXT).collect());
    absorb::facts(turn);
    turn.state.lost = 0;
    Reaction::Ends(go_on(turn))
}

/// "Je ne veux pas laisser de message".
pub(super) fn declines(turn: &Turn<'_>) -> bool {
    const NOTHING: [&str; 8] = [
        "pas de message",
        "pas laisser",
        "pas en laisser",
        "rien laisser",
        "aucun message",
        "laisse pas",
        "sans message",
        "laisserai pas",
    ];
    let Some(heard) = &turn.heard else { return false };
    let says = |list: &[&str]| goals::says(turn, list);
    let refuses = says(&["message", "messages"])
        && says(&["pas", "aucun"])
        && says(&[
            "veux",
            "souhaite",
            "voulais",
            "envie",
            "besoin",
            "interesse",
            "aime",
            "prefere",
        ]);
    let told = says(&["dites", "dire", "noter", "notez"]);
    (refuses || cues::any(&heard.words, &NOTHING)) && !told && !asks_elsewhere(turn)
}

/// Something else is wanted in the same breath.
fn asks_elsewhere(turn: &Turn<'_>) -> bool {
    turn.heard.as_ref().is_some_and(|heard| {
        let other = |intent: &Intent| !matches!(intent, Intent::Abandon | Intent::Message);
        heard.understood.intents.iter().any(other)
    })
}

/// "C'est urgent", when a message is offered.
pub(super) fn presses(turn: &Turn<'_>) -> bool {
    /// Who says more tells what is urgent.
    const MOST_WORDS: usize = 12;
    const URGENT: [&str; 6] =
        ["urgent", "urgence", "presse", "peux pas attendre", "peut pas attendre", "tout de suite"];
    let Some(heard) = &turn.heard else { return false };
    heard.words.len() <= MOST_WORDS
        && cues::any(&heard.words, &URGENT)
        && !heard.understood.intents.iter().any(|intent| {
            matches!(intent, Intent::Book | Intent::Cancel | Intent::Move | Intent::Human)
        })
}

/// Somebody is rung, or the message says that it cannot wait.
pub(super) fn urgent(turn: &mut Turn<'_>) -> Reaction {
    if transfer::can(turn) {
        return Reaction::Ends(transfer::transfer(turn));
    }
    turn.state.pressing = true;
    turn.lead(said::noted_as_urgent());
    turn.state.goals.clear();
    goals::begin(turn, Goal::Message(MessageKind::Callback));
    Reaction::Ends(go_on(turn))
}

/// More is said of the note being taken: it stays one note, of the more telling
/// kind.
pub(super) fn goes_on(turn: &mut Turn<'_>, taken: MessageKind, kind: MessageKind) {
    let kind = if taken == MessageKind::Message { kind } else { taken };
    turn.state.goals[0] = Goal::Message(kind);
    if turn.state.message.is_some() || goals::told(turn, kind) {
        add(turn);
    }
}

/// Adds the heard words to the note, unless it holds them.
pub(super) fn add(turn: &mut Turn<'_>) {
    let words = words(turn);
    let text = match turn.state.message.take() {
        Some(before) if before.ends_with(&words) => before,
        Some(before) => format!("{before}. {words}"),
        None => words,
    };
    turn.state.message = Some(text.chars().take(MAX_TEXT).collect());
}

/// Where only messages are taken, the first sentence is one, or begins one.
pub(super) fn is_first_sentence(turn: &Turn<'_>) -> bool {
    /// Less is "oui" or "bonjour madame".
    const FEWEST: usize = 4;
    let first = turn.script.mode == Mode::MessageOnly
        && turn.state.goals.is_empty()
        && matches!(turn.state.pending, None | Some(Pending::Start));
    let tells = |heard: &Heard| {
        let introduced = !heard.understood.names.is_empty() || !heard.understood.phones.is_empty();
        heard.words.len() >= if introduced { FEWEST * 2 } else { FEWEST }
    };
    first && turn.heard.as_ref().is_some_and(tells)
}

/// Begins a message with these words.
pub(super) fn keep(turn: &mut Turn<'_>) -> Outcome {
    turn.state.lost = 0;
    turn.state.goals.push(Goal::Message(MessageKind::Message));
    turn.state.message = Some(words(turn));
    go_on(turn)
}

/// The heard words as a note, bounded.
pub(super) fn words(turn: &Turn<'_>) -> String {
    turn.text.trim().chars().take(MAX_TEXT).collect()
}

/// The note is written.
pub(super) fn taken(turn: &mut Turn<'_>, receipt: &Receipt<TicketId>) -> Outcome {
    // Whatever else is noted later stands on its own.
    if !matches!(turn.state.handoff, Some(Handoff::Ringing { .. })) {
        turn.state.handoff = None;
    }
    if turn.state.english {
        return english::taken(turn, receipt);
    }
    let kind = match turn.state.goal() {
        Some(Goal::Message(kind)) => kind,
        _ => MessageKind::Message,
    };
    match kind {
        MessageKind::WaitingList => turn.lead(waiting::told(turn, receipt)),
        _ => turn.lead(said::taken(receipt, kind)),
    }
    turn.event(EventKind::MessageTaken, receipt.id());
    turn.state.done.push(Done::Noted);
    booking::finish_goal(turn);
    go_on(turn)
}
