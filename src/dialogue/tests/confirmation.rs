//! The confirmation by text message: offered where it can be sent, and nowhere else.

mod support;

use dialogue::{Effect, Input, Mode, Register, Script, State};
use domain::tenant::following::Confirmation;
use jiff::civil::date;
use support::tenants::{number, tenant};
use support::world::World;
use support::{Call, Reply};

const BOOKING: [&str; 2] =
    ["je voudrais un rendez-vous mardi à 10h30, c'est Camille Lefèvre", "oui"];

/// A booking and what follows; gives the replies and the effects.
fn call(confirmation: Confirmation, caller: &str, after: &[&str]) -> (Vec<Reply>, Vec<Effect>) {
    let mut profile = tenant("martin");
    profile.following.confirmation = confirmation;
    let script = Script { profile: &profile, mode: Mode::Full, register: Register::Voice };
    let mut world = World::default();
    let mut state = State::new(true);
    state.caller = Some(number(caller));
    let monday = date(2026, 11, 23).at(8, 0, 0, 0);
    let mut call = Call::new(&script, &mut world, state, monday);
    let said = BOOKING.iter().chain(after);
    let replies = said.map(|text| call.turn(Input::Heard((*text).into()))).collect();
    (replies, call.effects)
}

fn ordered(effects: &[Effect]) -> usize {
    effects.iter().filter(|effect| matches!(effect, Effect::ConfirmByText { .. })).count()
}

const MOBILE: &str = "06 39 98 12 34";

#[test]
fn who_wants_one_gets_one() {
    let (replies, effects) = call(Confirmation::Ready, MOBILE, &["oui, merci", "non merci"]);
    assert!(replies[1].say.contains("confirmé"), "{}", replies[1].say);
    assert!(replies[1].say.ends_with("par SMS ?"), "{}", replies[1].say);
    assert!(replies[2].say.starts_with("Très bien, je vous l'envoie."), "{}", replies[2].say);
    assert!(replies[3].hung_up);
    assert_eq!(ordered(&effects), 1);
}

#[test]
fn who_does_not_or_says_something_else_gets_none() {
    for answer in ["non", "non merci, au revoir", "vous êtes où ?", "merci, au revoir"] {
        let (replies, effects) = call(Confirmation::Ready, MOBILE, &[answer]);
        assert_eq!(ordered(&effects), 0, "{answer}");
        assert!(!replies[2].say.contains("SMS"), "{answer}: {}", replies[2].say);
    }
}

#[test]
fn nobody_is_asked_where_none_can_be_sent_or_received() {
    for (confirmation, caller) in [
        (Confirmation::Wanted, MOBILE),
        (Confirmation::Off, MOBILE),
        (Confirmation::Ready, "01 99 00 12 34"),
    ] {
        let (replies, _) = call(confirmation, caller, &[]);
        assert!(
            replies.iter().all(|reply| !reply.say.contains("SMS")),
            "{confirmation:?} {caller}"
        );
    }
}
