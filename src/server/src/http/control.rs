//! Ending or passing on a call whose request offers no tool for it, through
//! the call's live control.

use crate::http::site::Site;
use desk::switchboard::{self, Then, TurnReply};
use std::sync::Arc;
use std::time::Duration;
use vendors::vapi::call::CallFacts;
use vendors::vapi::control::{Command, ControlUrl};

/// Carries out what follows the sentence once it has been spoken. Without a
/// control URL the sentence stands alone.
pub(super) fn follow(
    site: &Arc<Site>,
    url: Option<ControlUrl>,
    facts: &CallFacts,
    reply: &TurnReply,
) {
    let Some((url, command)) = url.zip(command(&reply.then)) else { return };
    let (site, call) = (Arc::clone(site), facts.call.clone());
    let spoken = speaking_time(&reply.say);
    tokio::spawn(async move {
        tokio::time::sleep(spoken).await;
        let Err(error) = site.controller.send(&url, &command).await else { return };
        tracing::warn!(%error, "CONTROL_FAILED");
        if let (Some(call), Command::Transfer { .. }) = (call, command) {
            let noted = switchboard::transfer_failed(&site.office, &call, "control_failed").await;
            noted.unwrap_or_else(|error| tracing::error!(%error, "TRANSFER_FAILED not stored"));
        }
    });
}

fn command(then: &Then) -> Option<Command> {
    match then {
        Then::Listen => None,
        Then::HangUp => Some(Command::EndCall),
        Then::Transfer(number) => {
            Some(Command::Transfer { to: number.clone(), say: String::new() })
        }
    }
}

/// How long a French voice takes for a sentence, with the time it needs to
/// begin: a command that comes earlier would cut the sentence off.
fn speaking_time(sentence: &str) -> Duration {
    let characters = u64::try_from(sentence.chars().count()).unwrap_or(u64::MAX);
    Duration::from_millis(characters.saturating_mul(65).saturating_add(1_000).min(15_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_spoken_before_the_call_ends() {
        assert!(speaking_time("Bonne journée, au revoir.") >= Duration::from_secs(2));
        assert!(speaking_time(&"a".repeat(100_000)) <= Duration::from_secs(15));
        assert_eq!(command(&Then::Listen), None);
        assert_eq!(command(&Then::HangUp), Some(Command::EndCall));
    }
}
