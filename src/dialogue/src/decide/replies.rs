//! Yes, no and other replies to what was proposed: to cancel, to leave a
//! message, whether there is anything else.

use super::goals::{begin, says};
use super::heard::Reaction;
use super::turn::Turn;
use super::{
    booking, ending, existing, goals, messages, qualify, questions, recovery, support, transfer,
    wish,
};
use crate::state::{Done, Goal, Pending};
use crate::understand::cues;
use crate::understand::intents::Intent;
use crate::understand::polarity::Polarity;
use crate::understand::words::Word;
use crate::wording::{existing as kept, message};

/// Yes and no to what was proposed.
pub(super) fn reply(turn: &mut Turn<'_>) -> Reaction {
    if keeps(turn) {
        turn.lead(kept::kept());
        turn.state.done.push(Done::Answered);
        if matches!(turn.state.goal(), Some(Goal::Cancel | Goal::Move)) {
            booking::finish_goal(turn);
        }
        return Reaction::Ends(turn.ask(Pending::AnythingElse, "kept"));
    }
    let Some(pending) = turn.state.pending else { return Reaction::Nothing };
    let Some(heard) = &turn.heard else { return Reaction::Nothing };
    let begun = matches!(turn.state.goal(), Some(Goal::Correct | Goal::Qualify | Goal::Support))
        || pending == Pending::AnythingElse && !turn.state.goals.is_empty();
    let asks = || heard.words.len() > 3 && questions::answerable(turn);
    let busy = || !heard.understood.intents.is_empty() || begun || asks();
    match (pending, heard.understood.polarity) {
        // "Je pourrai pas, annulez-le" agrees.
        (Pending::CancelConfirm, None)
            if heard.understood.intents == [Intent::Cancel] && heard.understood.when.is_empty() =>
        {
            Reaction::Ends(existing::cancel(turn))
        }
        (Pending::CancelConfirm, polarity)
            if polarity != Some(Polarity::Yes) && !heard.understood.when.is_empty() =>
        {
            turn.state.known_when = wish::closed(&heard.understood.when);
            turn.state.known.clear();
            Reaction::Took
        }
        (Pending::CancelConfirm, Some(Polarity::Yes)) => Reaction::Ends(existing::cancel(turn)),
        // "Je veux pas attendre, passez-moi la secrétaire" answers nothing.
        (Pending::CancelConfirm, Some(Polarity::No))
            if ![Intent::Human, Intent::Move]
                .iter()
                .any(|intent| heard.understood.intents.contains(intent)) =>
        {
            turn.lead(kept::kept());
            turn.state.done.push(Done::Answered);
            booking::finish_goal(turn);
            Reaction::Ends(turn.ask(Pending::AnythingElse, "kept"))
        }
        (Pending::OfferMessage, _) if messages::declines(turn) => {
            turn.lead(message::none());
            turn.state.goals.clear();
            Reaction::Ends(turn.ask(Pending::AnythingElse, "no_message"))
        }
        (Pending::OfferMessage, _) if messages::presses(turn) => messages::urgent(turn),
        (Pending::OfferMessage, _) if !busy() && says(turn, &PEOPLE) => {
            Reaction::Ends(transfer::transfer(turn))
        }
        (Pending::OfferMessage, Some(Polarity::Yes)) if !busy() => {
            turn.state.goals.clear();
            let kind = transfer::message_kind(turn);
            begin(turn, Goal::Message(kind));
            Reaction::Took
        }
        (Pending::OfferMessage | Pending::AnythingElse, Some(Polarity::No)) if !busy() => {
            declined(turn)
        }
        (Pending::AnythingElse, Some(Polarity::Yes)) if !busy() => agreed(turn),
        // "Ben rien en fait", asked what they want after all.
        (Pending::Start, Some(_)) if !busy() && turn.state.served() && satisfied(turn) => {
            Reaction::Ends(ending::goodbye(turn))
        }
        (Pending::Start, Some(Polarity::Yes))
            if !busy() && turn.state.stumbles.contains_key("START") =>
        {
            begin(turn, first_goal(turn));
            Reaction::Took
        }
        (Pending::ChooseKnown, _) => choose_known(turn),
        _ => Reaction::Nothing,
    }
}

/// Yes to whether there is anything else.
fn agreed(turn: &mut Turn<'_>) -> Reaction {
    let Some(heard) = &turn.heard else { return Reaction::Nothing };
    let asks = heard.words.iter().any(|word| word.stop == Some('?'));
    if asks && heard.words.len() > 4 {
        return Reaction::Nothing;
    }
    let more = says(turn, &["oui", "ouais", "si", "volontiers"]);
    Reaction::Ends(match more {
        // "Oui c'est le bon numéro" answers what was asked before.
        true if says(turn, &["numero"]) => turn.ask(Pending::AnythingElse, "agreed"),
        true if !satisfied(turn) => turn.ask(Pending::Start, "ask_goal"),
        // "C'est bon", "parfait": nothing more.
        _ => ending::goodbye(turn),
    })
}

/// "C'est bon", "rien", "ça ira", after "oui" too.
fn satisfied(turn: &Turn<'_>) -> bool {
    /// Who says more wants something.
    const MOST_WORDS: usize = 9;
    const ENOUGH: [&str; 8] = [
        "c est bon",
        "cest bon",
        "c est parfait",
        "cest parfait",
        "ca ira",
        "rien",
        "c est tout",
        "cest tout",
    ];
    let Some(heard) = &turn.heard else { return false };
    heard.words.len() <= MOST_WORDS && cues::any(&heard.words, &ENOUGH)
}

/// What is done for somebody who only says yes.
fn first_goal(turn: &Turn<'_>) -> Goal {
    match () {
        () if goals::books(turn) => Goal::Book,
        () if qualify::qualifies(turn) => Goal::Qualify,
        () if support::supports(turn) => Goal::Support,
        () => Goal::Book,
    }
}

/// "Je préfère le garder": the appointment stays as it is.
fn keeps(turn: &Turn<'_>) -> bool {
    let pending = turn.state.pending.unwrap_or(Pending::Start);
    let moving = turn.state.goal() == Some(Goal::Move)
        && matches!(pending, Pending::QualifPref | Pending::WaitConfirm);
    // "Gardez ce jour-là mais le matin" moves it.
    if moving && turn.state.wish.relative.is_none() && leaves_it(turn) {
        return true;
    }
    let asked = matches!(
        pending,
        Pending::CancelConfirm | Pending::ChooseKnown | Pending::IdentifyName | Pending::Start
    );
    let Some(heard) = &turn.heard else { return false };
    let keep = |word: &Word| {
        ["gard", "conserv", "mainten", "maintien"].iter().any(|stem| word.folded.starts_with(stem))
            && word.folded != "maintenant"
    };
    let named = |list: &[&str]| says(turn, list);
    let denied = named(&["pas", "plus", "impossible"]);
    let which = pending == Pending::CancelConfirm || named(&["rdv", "rendez", "rendezvous"]);
    asked && which && !denied && heard.understood.intents.is_empty() && heard.words.iter().any(keep)
}

/// "Laissez comme ça", "je garde le mien", "on ne change rien".
fn leaves_it(turn: &Turn<'_>) -> bool {
    let cues =
        ["comme c est", "comme ca", "comme avant", "change rien", "changez rien", "rien changer"];
    let Some(heard) = &turn.heard else { return false };
    if ending::takes_leave(turn) {
        return false;
    }
    let keeps =
        cues::any(&heard.words, &["gard*", "conserv*", "laiss*"]) && !says(turn, &["message"]);
    cues::any(&heard.words, &cues) || keeps
}

/// A short no ends the call; a long one wants something else.
fn declined(turn: &mut Turn<'_>) -> Reaction {
    let short = turn.heard.as_ref().is_some_and(|heard| heard.words.len() <= 6)
        || says(turn, &["merci", "revoir", "tout", "rien", "besoin"]);
    if !short {
        return Reaction::Ends(recovery::clarify(turn));
    }
    turn.state.goals.clear();
    Reaction::Ends(ending::goodbye(turn))
}

const PEOPLE: [&str; 5] = ["quelqu", "quelquun", "humain", "secretaire", "secretariat"];

/// Which of their appointments.
fn choose_known(turn: &mut Turn<'_>) -> Reaction {
    let Some(heard) = &turn.heard else { return Reaction::Nothing };
    let understood = &heard.understood;
    let known = &turn.state.known;
    let said = wish::closed(&understood.when);
    let by_rank = understood.choice.and_then(|choice| choice.ordinal).and_then(|rank| match rank {
        -1 => known.len().checked_sub(1),
        rank => usize::try_from(rank).ok()?.checked_sub(1),
    });
    let by_time =
        known.iter().position(|one| said.iter().any(|window| window.span.contains(one.local)));
    let Some(one) = by_rank.or(by_time).and_then(|at| known.get(at)).cloned() else {
        return Reaction::Nothing;
    };
    turn.state.known = vec![one];
    Reaction::Took
}
