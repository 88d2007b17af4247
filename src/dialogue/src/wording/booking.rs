//! Sentences of a booking: name, preference, offers, confirmation.

use super::{Rung, about_existing, whom};
use crate::ask::{Correction, Receipt};
use crate::speak;
use crate::state::{Goal, Toward};
use crate::understand::words::fold;
use domain::availability::{NotBookable, Slot};
use domain::tenant::Profile;
use domain::time::words;
use jiff::civil::{Date, DateTime, Time};

/// Asks for the name.
pub fn name(goal: Option<Goal>, rung: Rung) -> String {
    let sentence = match rung {
        Rung::First if goal == Some(Goal::Book) => "À quel nom, s'il vous plaît ?",
        Rung::First => "Quel est votre nom, s'il vous plaît ?",
        Rung::Rephrase => "Pouvez-vous me redire votre prénom et votre nom ?",
        Rung::Example => "Dites par exemple : je m'appelle Camille Martin. Quel est votre nom ?",
        _ => "Pouvez-vous épeler votre nom de famille, lettre par lettre ?",
    };
    sentence.to_owned()
}

/// A name given without being asked for.
pub fn thanks() -> &'static str {
    "Merci."
}

/// Asks when.
pub fn preference(goal: Option<Goal>, rung: Rung) -> String {
    let sentence = match rung {
        Rung::First if about_existing(goal) => "Quel autre jour vous conviendrait ?",
        Rung::First => "Quel jour ou quel moment vous conviendrait ?",
        Rung::Rephrase => "Quand souhaitez-vous venir ?",
        Rung::Example => {
            "Dites par exemple : mardi matin, ou le plus tôt possible. Quand voulez-vous venir ?"
        }
        _ => "Préférez-vous le matin ou l'après-midi ?",
    };
    sentence.to_owned()
}

/// Offers slots and asks which.
pub fn choose(profile: &Profile, offered: &[Slot], rung: Rung) -> String {
    let said = whom::slots(profile, offered);
    match (offered, rung) {
        ([], _) => preference(None, rung),
        ([_], Rung::First) => {
            format!("Je peux vous proposer {said}. Est-ce que cela vous convient ?")
        }
        ([_], _) => format!("Je vous propose {said}. C'est oui, ou c'est non ?"),
        (_, Rung::First) => format!("Je peux vous proposer {said}. Qu'est-ce qui vous convient ?"),
        (_, Rung::Rephrase) => format!("J'ai {said}. Lequel préférez-vous ?"),
        (_, Rung::Example) => {
            format!("Dites par exemple : le premier. Il y a {said}. Lequel prenez-vous ?")
        }
        ([first, ..], Rung::Closed) => {
            format!("Est-ce que {} vous convient ? Dites oui ou non.", speak::moment(first.local))
        }
        ([_, _], Rung::Keypad) => format!("{said} : tapez 1 pour le premier, 2 pour le deuxième."),
        (_, Rung::Keypad) => format!("{said} : tapez 1, 2 ou 3 pour choisir."),
    }
}

/// Asks whether the only offer in the hour that was said is the one that is meant.
pub fn agree(offered: &[Slot]) -> String {
    let said = offered.first().map(|slot| speak::time(slot.local.time()));
    format!("{}, c'est bien ça ?", said.unwrap_or_default())
}

/// The hour the caller asked for is free (with: " avec le docteur Martin").
pub fn free(at: DateTime, with: &str) -> String {
    format!("{}{with}, c'est possible.", capital(&speak::moment(at)))
}

/// The slot that was not chosen by its hour, said once so that it can be refused.
pub fn taken(at: DateTime, with: &str) -> String {
    format!("{}{with}, d'accord.", capital(&speak::moment(at)))
}

/// The hour the caller asked for is not free.
pub fn not_free(at: DateTime, with: &str) -> String {
    format!("{} n'est pas libre{with}.", capital(&speak::moment(at)))
}

/// Nothing meets the wish; the offers that follow are the nearest.
pub fn nearest(with: &str) -> String {
    format!("Je n'ai rien à ce moment-là{with}.")
}

/// Nothing is booked, as the caller wishes.
pub fn dropped() -> &'static str {
    "D'accord, je ne réserve rien."
}

/// The practice is closed on the day wished; the offers that follow are the nearest.
pub fn closed(date: Date) -> String {
    format!("Nous sommes fermés le {}.", speak::day(date))
}

/// The practice is closed at the hour wished.
pub fn closed_then() -> &'static str {
    "Nous sommes fermés à cette heure-là."
}

/// The practice is closed in the part of the day wished.
pub fn closed_meanwhile() -> &'static str {
    "Nous sommes fermés à ce moment-là."
}

/// The practice is closed from that hour on, or until then.
pub fn closed_beyond(toward: Toward, at: Time) -> String {
    let side = if toward == Toward::Later { "après" } else { "avant" };
    format!("Nous sommes fermés {side} {}.", speak::time(at))
}

/// Nothing is free earlier or later than what was offered; what was, follows.
pub fn nothing_toward(toward: Toward) -> &'static str {
    match toward {
        Toward::Earlier => "Je n'ai rien de plus tôt.",
        Toward::Later => "Je n'ai rien de plus tard.",
    }
}

/// The same on the day that was offered; what is free on other days follows.
pub fn nothing_toward_that_day(toward: Toward) -> &'static str {
    match toward {
        Toward::Earlier => "Je n'ai rien de plus tôt ce jour-là.",
        Toward::Later => "Je n'ai rien de plus tard ce jour-là.",
    }
}

/// The date does not exist.
pub fn no_such_date(day: i8, month: i8) -> String {
    format!("Le {day} {} n'existe pas.", words::month(month))
}

/// The weekday is not that of the date: which of the two is meant.
pub fn which_day(date: Date, weekday: Date) -> String {
    let said = speak::weekday(date.weekday());
    let (first, second) = (date.min(weekday), date.max(weekday));
    let number = if date.day() == 1 { "1er".to_owned() } else { date.day().to_string() };
    format!("Le {number} est un {said}. Est-ce {} ou {} ?", speak::day(first), speak::day(second))
}

/// The wish is later than what may be booked; the offers that follow are sooner.
pub fn too_far() -> &'static str {
    "Je ne peux pas encore réserver aussi loin."
}

/// Nothing at all.
pub fn nothing() -> &'static str {
    "Je n'ai aucun créneau libre à proposer sur cette période."
}

/// Everything that meets the wish was already offered.
pub fn nothing_else() -> &'static str {
    "Je n'ai pas d'autre créneau à ce moment-là."
}

/// Everything that meets the wish was already offered; others follow.
pub fn nothing_else_but() -> &'static str {
    "Je n'ai pas d'autre créneau à ce moment-là, mais voici d'autres possibilités."
}

/// Nothing of what was offered suits.
pub fn nothing_suits() -> &'static str {
    "Je suis désolé de ne rien trouver qui vous convienne."
}

/// Somebody else took the slot meanwhile.
pub fn just_gone() -> &'static str {
    "Je suis désolé, ce créneau vient d'être pris."
}

/// The tenant's rules refuse the slot.
pub fn not_bookable(why: NotBookable) -> &'static str {
    match why {
        NotBookable::TooSoon => "C'est trop tôt pour le réserver.",
        NotBookable::TooFar => "C'est trop loin pour le réserver dès maintenant.",
        NotBookable::Closed | NotBookable::NoSuchTime | NotBookable::Unknown => {
            "Ce créneau n'est pas ouvert."
        }
    }
}

/// The booking is written.
pub fn confirmed(receipt: &Receipt<Slot>, with: &str, name: &str) -> String {
    let at = speak::moment(receipt.of().local);
    format!("C'est confirmé : {at}{with}, au nom {}.", speak::of(name))
}

/// The same after "c'est noté", which need not be said twice.
pub fn confirmed_too(receipt: &Receipt<Slot>, with: &str, name: &str) -> String {
    let at = speak::moment(receipt.of().local);
    format!("Rendez-vous confirmé : {at}{with}, au nom {}.", speak::of(name))
}

/// Two people are to come.
pub fn both() -> &'static str {
    "Je prends les deux rendez-vous l'un après l'autre."
}

/// The appointment of the next person, after that of the first.
pub fn next_person(name: &str) -> String {
    match name {
        "" => "Voyons maintenant le deuxième rendez-vous.".to_owned(),
        name => format!("Voyons maintenant pour {name}."),
    }
}

/// The move is written.
pub fn moved(receipt: &Receipt<Slot>, with: &str) -> String {
    format!(
        "C'est confirmé : votre rendez-vous est déplacé au {}{with}.",
        speak::moment(receipt.of().local)
    )
}

/// The corrected name is written; letter by letter where it sounds like the
/// one before.
pub fn renamed(receipt: &Receipt<Correction>, before: &str) -> String {
    let name = &receipt.of().name;
    let said = format!("C'est corrigé, le rendez-vous est au nom {}", speak::of(name));
    match alike(before, name) {
        true => format!("{said} : {}.", speak::letters(name)),
        false => format!("{said}."),
    }
}

/// True when two family names differ at most in their endings or a letter more.
fn alike(one: &str, other: &str) -> bool {
    let family = |name: &str| fold(name.rsplit(' ').next().unwrap_or_default());
    let (one, other) = (family(one), family(other));
    let shared = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    one != other && shared >= 3 && one.len().abs_diff(other.len()) <= 1
}

/// The corrected number or address is written.
pub fn corrected(_receipt: &Receipt<Correction>) -> &'static str {
    "C'est corrigé, je l'ai noté pour ce rendez-vous."
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}
