//! What is to be booked, where a tenant has several services.

use super::goals::says;
use super::heard::Reaction;
use super::turn::Turn;
use super::{booking, wish};
use crate::state::{Goal, Pending, Preference};
use crate::understand::cues;
use crate::understand::intents::Intent;
use crate::understand::polarity::Polarity;
use crate::understand::words::{Word, fold};
use crate::wording::services as said;
use domain::availability::Slot;
use domain::tenant::Service;

/// A service that the words name.
#[derive(Clone, Copy)]
struct Named<'p> {
    service: &'p Service,
    /// The first of the words that name it.
    at: usize,
    /// How many words of its name they are.
    parts: usize,
}

/// The tenant's services that the words name; the second waits for the first.
pub(super) fn absorb(turn: &mut Turn<'_>) -> bool {
    let Some(heard) = &turn.heard else { return false };
    let services = &turn.script.profile.services;
    if services.len() < 2 {
        return false;
    }
    let named = meant(&heard.words, services);
    let Some(first) = named.first() else { return without(turn) };
    let other = named.get(1).filter(|other| both(&heard.words, first.at, other.at));
    let (service, other) = (first.service, other.map(|other| other.service));
    let alone = named.len() == 1 && only(turn);
    change(turn, service);
    match other {
        Some(other) if turn.state.next_service.is_none() => {
            turn.lead(said::one_after_the_other(&service.name, &other.name));
            turn.state.next_service = Some(other.id.clone());
        }
        // "Non, seulement la séance".
        None if alone => one_alone(turn, service),
        _ => {}
    }
    true
}

/// "Non, seulement la séance": the other is not booked, and the "non" refuses no
/// hour.
fn one_alone(turn: &mut Turn<'_>, service: &Service) {
    if turn.state.next_service.take().is_none() {
        return;
    }
    turn.lead(said::only(&service.name));
    if let Some(heard) = &mut turn.heard {
        heard.understood.polarity = None;
        heard.understood.choice = None;
    }
}

/// "Sans le bilan", of the two that were noted; true when one was taken back.
fn without(turn: &mut Turn<'_>) -> bool {
    let Some(heard) = &turn.heard else { return false };
    let profile = turn.script.profile;
    let next = turn.state.next_service.as_ref().and_then(|id| profile.service(id));
    let (Some(next), Some(current)) = (next, booking::service(turn)) else { return false };
    let kept = match (refused(&heard.words, next), refused(&heard.words, current)) {
        (true, false) => current,
        (false, true) => next,
        _ => return false,
    };
    change(turn, kept);
    one_alone(turn, kept);
    true
}

/// "Pas la séance", "sans le bilan".
fn refused(words: &[Word], service: &Service) -> bool {
    let at = |part: &String| words.iter().position(|word| alike(&word.folded, part));
    parts(&service.name).iter().filter_map(at).any(|at| denied(words, at))
}

/// In the order in which they are said; of two named at one place the one with
/// more words ("consultation de suivi" is no consultation besides). What has
/// been done already is not wished for where something else is.
fn meant<'p>(words: &[Word], services: &'p [Service]) -> Vec<Named<'p>> {
    let mut named: Vec<Named<'p>> =
        services.iter().filter_map(|service| named_at(words, service, services)).collect();
    named.sort_by_key(|one| (one.at, std::cmp::Reverse(one.parts)));
    named.dedup_by_key(|one| one.at);
    if named.iter().any(|one| !past(words, one.at)) {
        named.retain(|one| !past(words, one.at));
    }
    named
}

/// "J'ai déjà fait le bilan", "après ma séance", "suite au bilan".
fn past(words: &[Word], at: usize) -> bool {
    const DONE: [&str; 6] = ["fait", "eu", "passe", "fini", "termine", "effectue"];
    const HAVING: [&str; 7] = ["ai", "avons", "a", "as", "deja", "bien", "ete"];
    let said = |back: usize| at.checked_sub(back).map_or("", |place| words[place].folded.as_str());
    let stops = |back: usize| at.checked_sub(back).is_some_and(|place| words[place].stop.is_some());
    let mut near = (1..=4).take_while(|back| !stops(*back) && said(*back) != "et");
    let done = |back: usize| {
        DONE.contains(&said(back)) && HAVING.contains(&said(back + 1)) && said(back + 2) != "tout"
    };
    let definite = ["le", "la", "l", "mon", "ma", "au"].contains(&said(1));
    // "Tout de suite le bilan" has it all before it.
    let following = said(2) == "suite" && said(1) == "au" || said(3) == "suite";
    let after = ["apres", "depuis"].contains(&said(2)) || following;
    near.any(|back| ["deja", "sors"].contains(&said(back)) || back <= 2 && done(back))
        || definite && after
}

/// "Un bilan et une séance".
fn both(words: &[Word], first: usize, second: usize) -> bool {
    let joins = |word: &Word| ["et", "puis", "plus", "ainsi", "aussi"].contains(&&*word.folded);
    words.get(first..second).is_some_and(|between| between.iter().any(joins))
}

/// True when what is named takes the place of the two that were noted.
fn only(turn: &Turn<'_>) -> bool {
    const ONLY: [&str; 8] = [
        "seulement",
        "juste",
        "uniquement",
        "simplement",
        "finalement",
        "pas les deux",
        "un seul",
        "une seule",
    ];
    const BESIDE: [&str; 8] =
        ["abord", "puis", "aussi", "ensuite", "apres", "commence*", "en premier", "egalement"];
    let Some(heard) = &turn.heard else { return false };
    let words = &heard.words;
    // "Et juste pour le bilan, il faut être à jeun ?" asks about one of the two.
    let asks = heard.understood.intents.contains(&Intent::Question);
    if asks || words.iter().any(|word| word.stop == Some('?')) {
        return false;
    }
    let no = heard.understood.polarity == Some(Polarity::No) || says(turn, &["non"]);
    let next = turn.state.next_service.as_ref().and_then(|id| turn.script.profile.service(id));
    let refused = next.is_some_and(|next| refused(words, next));
    // "Non, le bilan à dix heures" refuses an hour.
    let one = no && heard.understood.when.is_empty() || refused || cues::any(words, &ONLY);
    one && !cues::any(words, &BESIDE)
}

/// Another service takes another time: what was offered or chosen is looked for
/// again.
fn change(turn: &mut Turn<'_>, service: &Service) {
    let before = turn.state.wish.service.replace(service.id.clone());
    let first = turn.script.profile.services.first().map(|first| first.id.clone());
    if before.or(first).as_ref() == Some(&service.id) || turn.state.goal() != Some(Goal::Book) {
        return;
    }
    if let Some(chosen) = turn.state.chosen.take() {
        wish::at(turn, chosen.local);
    }
    turn.state.offered.clear();
    turn.state.passed.clear();
    turn.state.meant = None;
    let contact = [Some(Pending::ContactConfirm), Some(Pending::QualifContact)];
    if contact.contains(&turn.state.pending) {
        // "Non, c'est pour un bilan" is no refusal of the number.
        turn.state.pending = None;
    }
}

/// Where a service is named: by all its words, or by one that no other has.
fn named_at<'p>(words: &[Word], service: &'p Service, all: &[Service]) -> Option<Named<'p>> {
    /// Words of other matters too.
    const COMMON: [&str; 9] =
        ["premier", "premiere", "femme", "homme", "enfant", "rendez", "vous", "complet", "adulte"];
    let parts = parts(&service.name);
    let at = |part: &String| {
        words.iter().position(|word| alike(&word.folded, part)).filter(|at| !denied(words, *at))
    };
    let whole: Option<Vec<usize>> = parts.iter().map(at).collect();
    if let Some(at) = whole.and_then(|places| places.into_iter().min()) {
        return Some(Named { service, at, parts: parts.len() });
    }
    let shared = |other: &Service, part: &str| {
        other.id != service.id && self::parts(&other.name).iter().any(|it| alike(it, part))
    };
    let own = |part: &String| {
        !COMMON.contains(&part.as_str()) && !all.iter().any(|other| shared(other, part))
    };
    let mut ends = parts.first().into_iter().chain(parts.last());
    let at = ends.find_map(|part| at(part).filter(|_| own(part)))?;
    Some(Named { service, at, parts: 1 })
}

fn parts(name: &str) -> Vec<String> {
    let folded = fold(name);
    let telling = folded.split(|c: char| !c.is_alphanumeric()).filter(|part| part.len() > 3);
    telling.map(str::to_owned).collect()
}

fn denied(words: &[Word], at: usize) -> bool {
    words[at.saturating_sub(2)..at].iter().any(|word| ["pas", "sans"].contains(&&*word.folded))
}

/// "Vaccin" and "vaccination", "détartrage" and "détartrer".
fn alike(one: &str, other: &str) -> bool {
    const ENDINGS: [&str; 17] = [
        "", "s", "e", "es", "er", "ez", "ee", "ees", "age", "ages", "ation", "ations", "ion",
        "ions", "ement", "ements", "ent",
    ];
    let shared = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    (shared >= 4 && one.is_char_boundary(shared) && other.is_char_boundary(shared))
        && (shared..=shared).chain(4..shared).any(|at| {
            let ends = |word: &str| word.get(at..).is_some_and(|end| ENDINGS.contains(&end));
            ends(one) && ends(other)
        })
        || one == other
}

/// "Vous avez bien noté que c'est une séance ?": what is noted is said.
pub(super) fn noted(turn: &mut Turn<'_>) -> Reaction {
    let asks = says(turn, &["note", "noter", "compris", "retenu", "marque", "mis", "pris"])
        && says(turn, &["vous", "c", "bien"]);
    let Some(pending) = turn.state.pending else { return Reaction::Nothing };
    let offering = matches!(
        pending,
        Pending::WaitConfirm
            | Pending::QualifPref
            | Pending::QualifName
            | Pending::ContactConfirm
            | Pending::QualifContact
    );
    let Some(heard) = &turn.heard else { return Reaction::Nothing };
    let timed = !heard.understood.when.is_empty() || !heard.understood.names.is_empty();
    if !(asks && offering) || timed || turn.state.goal() != Some(Goal::Book) {
        return Reaction::Nothing;
    }
    let services = &turn.script.profile.services;
    let names = |service: &Service| named_at(&heard.words, service, services).is_some();
    let which = services.iter().any(names)
        || says(turn, &["quoi", "consultation", "prestation", "seance", "type"]);
    if !which {
        return Reaction::Nothing;
    }
    absorb(turn);
    let Some(service) = booking::service(turn) else { return Reaction::Nothing };
    turn.lead(said::noted(&service.name));
    if turn.state.offered.is_empty() && pending == Pending::WaitConfirm {
        return Reaction::Ends(super::advance(turn));
    }
    Reaction::Ends(turn.ask(pending, "service_noted"))
}

/// Goes on with the second service, after the first, on the same day if it can be.
pub(super) fn next(turn: &mut Turn<'_>, slot: &Slot) {
    let Some(id) = turn.state.next_service.take() else { return };
    let Some(service) = turn.script.profile.service(&id) else { return };
    turn.lead(said::next(&service.name));
    turn.state.goals.insert(0, Goal::Book);
    turn.state.wish = Preference { service: Some(id), stated: true, ..Preference::default() };
    wish::widen(turn, booking::end(turn, slot));
}
