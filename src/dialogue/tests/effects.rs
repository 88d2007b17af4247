//! What a turn leaves in the log and in the call's events.

mod support;

use dialogue::{Effect, Input, Mode, Register, Script, State};
use jiff::civil::date;
use support::Call;
use support::tenants::{number, tenant};
use support::world::World;

/// The effects of one call in which these things are said.
fn effects(caller: Option<&str>, said: &[&str]) -> Vec<Effect> {
    let profile = tenant("martin");
    let script = Script { profile: &profile, mode: Mode::Full, register: Register::Voice };
    let mut world = World::default();
    let mut state = State::new(true);
    state.caller = caller.map(number);
    let monday = date(2026, 11, 23).at(8, 0, 0, 0);
    let mut call = Call::new(&script, &mut world, state, monday);
    for text in said {
        call.turn(Input::Heard((*text).into()));
    }
    call.effects
}

fn caller_ids(effects: &[Effect]) -> Vec<(Option<&str>, &str, &str)> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::CallerId { last2, next, context } => Some((last2.as_deref(), *next, *context)),
            _ => None,
        })
        .collect()
}

const BOOKING: &str = "je voudrais un rendez-vous mardi à 10h30, c'est Camille Lefèvre";

#[test]
fn a_known_number_is_found_once_with_its_last_two_digits() {
    let effects = effects(Some("06 39 98 12 34"), &[BOOKING, "vous êtes où ?", "oui"]);
    assert_eq!(caller_ids(&effects), [(Some("34"), "CONTACT_CONFIRM", "booking")]);
}

#[test]
fn a_hidden_number_and_the_tenants_own_are_not_found() {
    for caller in [None, Some("01 99 00 45 67")] {
        let effects = effects(caller, &[BOOKING]);
        assert_eq!(caller_ids(&effects), [(None, "QUALIF_CONTACT", "booking")], "{caller:?}");
    }
}

#[test]
fn a_number_given_in_advance_needs_no_look_at_the_callers() {
    let said = format!("{BOOKING}, mon numéro est le 06 39 98 45 67");
    assert!(caller_ids(&effects(Some("06 39 98 12 34"), &[&said])).is_empty());
}

#[test]
fn an_emergency_is_an_event_with_its_category_and_what_was_heard_is_redacted() {
    let effects = effects(None, &["je n'arrive plus à respirer"]);
    assert!(effects.contains(&Effect::RedactHeard));
    let told = effects.iter().any(|effect| match effect {
        Effect::Event { kind, context, .. } => {
            kind.as_str() == "emergency" && context["category"] == "breathing"
        }
        _ => false,
    });
    assert!(told, "{effects:?}");
}

#[test]
fn who_refuses_to_be_recorded_has_every_later_turn_redacted() {
    let redacted = |said: &[&str]| {
        effects(None, said).iter().filter(|effect| **effect == Effect::RedactHeard).count()
    };
    assert_eq!(redacted(&["je veux un rendez-vous"]), 0);
    assert_eq!(redacted(&["je ne veux pas être enregistré", BOOKING]), 2);
}

#[test]
fn nothing_said_after_the_refusal_is_kept_whatever_it_is_about() {
    let asides = [
        "est-ce que je suis enregistré ? c'est Paul Garnier pour mon traitement",
        "que faites-vous de mes données, je m'appelle Paul Garnier",
        "vous êtes un robot ?",
        "pardon, vous pouvez répéter ?",
        "hello do you speak english",
    ];
    for said in asides {
        let effects = effects(None, &["je ne veux pas être enregistré", said]);
        let redacted = effects.iter().filter(|effect| **effect == Effect::RedactHeard).count();
        assert_eq!(redacted, 2, "{said}");
    }
}

#[test]
fn a_refusal_is_heard_beside_a_question_about_the_assistant() {
    let effects = effects(None, &["vous êtes un robot ? je refuse l'enregistrement"]);
    assert!(effects.contains(&Effect::RedactHeard));
}

#[test]
fn the_four_sentences_about_the_number_are_those_agreed() {
    assert_eq!(
        dialogue::VOCAL_CONTACT_CONFIRM_CALLER_ID,
        "J'ai un numéro qui se termine par {last_two}. C'est bien le vôtre ? Dites oui ou non."
    );
    assert_eq!(
        dialogue::VOCAL_CONTACT_NO_CALLER_ID,
        "Je n'ai pas votre numéro qui s'affiche. Pouvez-vous me le donner ?"
    );
    assert_eq!(dialogue::VOCAL_CONTACT_CONFIRM_OK, "Parfait, c'est noté.");
    assert_eq!(
        dialogue::VOCAL_CONTACT_CONFIRM_NO,
        "Pas de souci. Quel est le meilleur numéro pour vous joindre ?"
    );
}
