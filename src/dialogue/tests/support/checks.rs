//! What holds for every reply, and what a scenario must leave behind.

use super::scenario::{Scenario, appointment};
use super::world::{World, same};
use super::{Call, Reply, agents};

/// What holds for every reply.
pub fn sound(reply: &Reply, call: &Call<'_>) -> Result<(), String> {
    let say = &reply.say;
    if say.matches('?').count() > 1 {
        return Err(format!("more than one question: {say}"));
    }
    let confirms =
        ["confirmé", "annulé.", "transmis", "sous la référence", "êtes bien sur la liste"];
    let confirms = confirms.iter().any(|sign| say.contains(sign));
    if confirms && reply.receipts == 0 && reply.rule != "repeat" && reply.rule != "slower" {
        return Err(format!("confirms without a receipt: {say}"));
    }
    if say.contains(['*', '#', '_', '<', '>', '{', '}', '[', ']', '|', '\n', '/']) {
        return Err(format!("a voice cannot read: {say}"));
    }
    if let Some(caller) = &call.state.caller
        && reads_digits_of(say, caller.as_str())
    {
        return Err(format!("reads more than two digits of a number: {say}"));
    }
    match say.split_whitespace().count() {
        0..=70 => Ok(()),
        words => Err(format!("{words} words: {say}")),
    }
}

/// True when three digits or more of the number are said in a row, or six in an
/// address, which may have some digits of its own.
fn reads_digits_of(say: &str, number: &str) -> bool {
    let (before, rest) = say.split_once("J'ai noté l'adresse ").unwrap_or((say, ""));
    let (address, after) = rest.split_once('.').unwrap_or((rest, ""));
    row_of(before, number) > 2 || row_of(address, number) > 5 || row_of(after, number) > 2
}

/// How many digits of the number are said in a row.
fn row_of(say: &str, number: &str) -> usize {
    let apart = |c: char| !(c.is_ascii_digit() || c == ' ' || c == '.' || c == '-');
    say.split(apart)
        .map(|run| run.chars().filter(char::is_ascii_digit).collect::<String>())
        .filter(|digits| number.contains(digits.as_str()))
        .map(|digits| digits.len())
        .max()
        .unwrap_or(0)
}

pub(super) fn check_end(scenario: &Scenario, world: &World) -> Result<(), String> {
    let wanted: Vec<&str> = scenario
        .lines
        .iter()
        .filter_map(|(_, line)| line.strip_prefix("rdv:"))
        .map(str::trim)
        .collect();
    if !wanted.is_empty() {
        appointments(&wanted, world)?;
    }
    let notes: Vec<&str> = scenario
        .lines
        .iter()
        .filter_map(|(_, line)| line.strip_prefix("message:"))
        .map(str::trim)
        .collect();
    if !notes.is_empty() {
        messages(&notes, world)?;
    }
    let texts = scenario.lines.iter().filter_map(|(_, line)| line.strip_prefix("note:"));
    for text in texts.map(str::trim) {
        if !world.messages.iter().any(|note| note.text.contains(text)) {
            let noted: Vec<&str> = world.messages.iter().map(|note| note.text.as_str()).collect();
            return Err(format!("« {text} » is not noted: {noted:?}"));
        }
    }
    agents::check_end(scenario, world)
}

fn appointments(wanted: &[&str], world: &World) -> Result<(), String> {
    let others = |name: &str| name == "Quelqu'un d'autre";
    let standing: Vec<_> =
        world.appointments.iter().filter(|one| !one.cancelled && !others(&one.name)).collect();
    let wanted: Vec<_> =
        wanted.iter().filter(|line| **line != "aucun").map(|line| appointment(line)).collect();
    let missing = wanted.iter().find(|wanted| {
        let calendar = wanted.calendar.as_deref();
        !standing.iter().any(|one| {
            one.slot.local == wanted.local
                && same(&one.name, &wanted.name)
                && as_long(&one.name, &wanted.name)
                && one.phone.as_ref().map(|phone| phone.as_str()) == wanted.phone.as_deref()
                && calendar.is_none_or(|calendar| one.slot.calendar.0 == calendar)
        })
    });
    if missing.is_some() || standing.len() != wanted.len() {
        let stored: Vec<String> = standing
            .iter()
            .map(|one| {
                let phone = one.phone.as_ref().map_or("", |phone| phone.as_str());
                format!("{} {} {phone} @{}", one.slot.local, one.name, one.slot.calendar.0)
            })
            .collect();
        return Err(format!("stored: {stored:?}"));
    }
    Ok(())
}

/// True when two names have as many words; hyphens may be lost on the way.
fn as_long(one: &str, other: &str) -> bool {
    let words = |name: &str| name.split_whitespace().count();
    let parts = |name: &str| name.split([' ', '-']).count();
    words(one) == words(other) || parts(one) == parts(other)
}

/// `callback Camille Lefèvre +33639981234` or `aucun`.
fn messages(wanted: &[&str], world: &World) -> Result<(), String> {
    let stored: Vec<String> = world
        .messages
        .iter()
        .map(|note| {
            let phone = note.phone.as_ref().map_or("", |phone| phone.as_str());
            let name = note.name.as_deref().unwrap_or_default();
            let parts = [note.kind.as_str(), name, phone];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
        })
        .collect();
    let wanted: Vec<&&str> = wanted.iter().filter(|line| **line != "aucun").collect();
    let fold = dialogue::understand::words::fold;
    let met = wanted.len() == stored.len()
        && wanted.iter().all(|one| stored.iter().any(|note| fold(note) == fold(one)));
    if met { Ok(()) } else { Err(format!("noted: {stored:?}")) }
}
