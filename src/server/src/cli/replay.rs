//! `uwi replay`: a stored call held again, turn by turn, then and now.

use super::{Failure, Form, Outcome, output};
use clap::Args;
use desk::Office;
use desk::replay::{self, Divergence, Now, PROGRAM, Replay, Replayed};
use desk::switchboard::{Then, TurnReply};
use domain::id::CallId;
use serde_json::{Value, json};

/// Which call.
#[derive(Args)]
#[command(after_help = "\
Each turn is held again with the words, the hour and the answers of then, by
today's program and settings. Nothing is written and nobody is rung.
Exit code 0: every turn that can be replayed is answered the same; 1: one is not.

Examples:
  uwi replay 7f1c0d2e-call
  uwi replay 7f1c0d2e-call --json")]
pub struct ReplayArgs {
    /// The call, as its provider names it
    call: String,
}

/// Holds it again and prints what came of it.
pub async fn run(office: &Office, args: &ReplayArgs, form: Form) -> Outcome {
    let unknown = || Failure::Refused(format!("there is no call {:?}", args.call));
    let call = CallId::parse(&args.call).ok_or_else(unknown)?;
    let replay = replay::replay(office, &call).await?.ok_or_else(unknown)?;
    match form {
        Form::Json => output::json(&wire(&call, &replay)),
        Form::Text => print(&call, &replay),
    }
    if replay.differs() { Err(Failure::Unmet) } else { Ok(()) }
}

fn wire(call: &CallId, replay: &Replay) -> Value {
    json!({
        "call_id": call,
        "tenant_id": replay.tenant,
        "program": PROGRAM,
        "settings": replay.settings,
        "same": !replay.differs(),
        "turns": replay.turns.iter().map(turn_wire).collect::<Vec<_>>(),
    })
}

fn turn_wire(turn: &Replayed) -> Value {
    let (result, reply, why) = match &turn.now {
        Now::Same => ("same", Some(&turn.then), None),
        Now::Different { reply, asks } => ("different", Some(reply), asks.as_ref().map(asked)),
        Now::Unanswered(asks) => ("different", None, Some(asked(asks))),
        Now::NotReplayed(obstacle) => ("not_replayed", None, Some(obstacle.to_string())),
    };
    let reply_wire = |reply: &TurnReply| json!({ "say": reply.say, "then": after(&reply.then) });
    json!({
        "turn": turn.turn,
        "revision": turn.revision,
        "heard": turn.heard,
        "program": turn.program,
        "settings": turn.settings,
        "then": reply_wire(&turn.then),
        "now": reply.map(reply_wire),
        "result": result,
        "why": why,
    })
}

fn print(call: &CallId, replay: &Replay) {
    println!("call {call} of tenant {}", replay.tenant);
    if replay.turns.is_empty() {
        println!("nothing is kept of what was said in it");
    }
    changes(replay).iter().for_each(|change| println!("{change}"));
    replay.turns.iter().for_each(print_turn);
}

/// What is other than it was when the call was held.
fn changes(replay: &Replay) -> Vec<String> {
    let mut changes = Vec::new();
    for turn in &replay.turns {
        if let Some(then) = turn.program.as_deref().filter(|then| *then != PROGRAM) {
            changes.push(format!("the program was {then} then and is {PROGRAM} now"));
        }
        let now = &replay.settings;
        if let Some(then) = turn.settings.as_ref().filter(|then| *then != now) {
            changes.push(format!("the settings were {then} then, now {now}: today's are used"));
        }
    }
    changes.sort();
    changes.dedup();
    changes
}

fn print_turn(turn: &Replayed) {
    let result = match &turn.now {
        Now::Same => "same",
        Now::Different { .. } | Now::Unanswered(_) => "DIFFERENT",
        Now::NotReplayed(_) => "not replayed",
    };
    let again = match turn.revision {
        0 => String::new(),
        revision => format!(", heard again {revision}"),
    };
    println!("\nturn {}{again}: {result}", turn.turn);
    println!("  heard   {}", turn.heard);
    println!("  then    {}", shown(&turn.then));
    match &turn.now {
        Now::Same => {}
        Now::NotReplayed(obstacle) => println!("  why     {obstacle}"),
        Now::Unanswered(asks) => println!("  now     {}", asked(asks)),
        Now::Different { reply, asks } => {
            println!("  now     {}", shown(reply));
            if let Some((then, now)) = difference(&shown(&turn.then), &shown(reply)) {
                println!("  change  « {then} » became « {now} »");
            }
            asks.iter().for_each(|asks| println!("  asks    {}", asked(asks)));
        }
    }
}

fn shown(reply: &TurnReply) -> String {
    match after(&reply.then).as_str() {
        "listen" => reply.say.clone(),
        then => format!("{} [{then}]", reply.say),
    }
}

/// What follows a sentence; a number that is rung is masked.
fn after(then: &Then) -> String {
    match then {
        Then::Transfer(number) => format!("{} {}", then.name(), number.masked()),
        _ => then.name().to_owned(),
    }
}

fn asked(asks: &Divergence) -> String {
    match (asks.then.as_deref(), asks.now.as_deref()) {
        (Some(then), Some(now)) if then == now => format!("asks for other {now} than then"),
        (Some(then), Some(now)) => format!("asks for {now} where it asked for {then}"),
        (None, Some(now)) => format!("asks for {now}, which nobody answered then"),
        (Some(then), None) => format!("does not ask for {then} any more"),
        (None, None) => "asks as it did".to_owned(),
    }
}

/// The words between which two sentences differ; `None` when they do not.
fn difference(then: &str, now: &str) -> Option<(String, String)> {
    if then == now {
        return None;
    }
    let (then, now) = (words(then), words(now));
    let shorter = then.len().min(now.len());
    let head = (0..shorter).take_while(|at| then[*at] == now[*at]).count();
    let tail = (1..=shorter - head)
        .take_while(|back| then[then.len() - back] == now[now.len() - back])
        .count();
    let middle = |words: &[&str]| words[head..words.len() - tail].join(" ");
    Some((middle(&then), middle(&now)))
}

fn words(text: &str) -> Vec<&str> {
    text.split(' ').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_difference_of_two_sentences_is_what_stands_between_their_common_ends() {
        let of = |then: &str, now: &str| difference(then, now);
        let pair = |then: &str, now: &str| Some((then.to_owned(), now.to_owned()));
        assert_eq!(of("Mardi à 9 h. Oui ?", "Mardi à 10 h. Oui ?"), pair("9", "10"));
        assert_eq!(of("Oui.", "Oui. [hang_up]"), pair("", "[hang_up]"));
        assert_eq!(of("a a a", "a a"), pair("a", ""));
        assert_eq!(of("", "Bonjour"), pair("", "Bonjour"));
        assert_eq!(of("même", "même"), None);
    }
}
