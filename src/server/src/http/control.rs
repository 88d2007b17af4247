//! Ending or passing on a call whose request offers no tool for it, through
//! the call's live control.

use crate::http::site::Site;
use desk::switchboard::{self, Destination as Rung, Line, Then, TurnReply};
use dialogue::handoff;
use domain::id::CallId;
use domain::tenant::transfer::RING_SECONDS;
use std::sync::Arc;
use std::time::Duration;
use vendors::twilio::sid::CallSid;
use vendors::vapi::call::CallFacts;
use vendors::vapi::control::{Command, ControlUrl};
use vendors::vapi::destination::Destination;

/// Carries out what follows the sentence once it has been spoken. Without a
/// control URL the sentence stands alone.
pub(super) fn follow(
    site: &Arc<Site>,
    url: Option<ControlUrl>,
    facts: &CallFacts,
    reply: &TurnReply,
) {
    if reply.then == Then::Listen {
        return;
    }
    let Some(url) = url else { return take_back(site, facts, reply) };
    let (site, facts, then) = (Arc::clone(site), facts.clone(), reply.then.clone());
    let spoken = speaking_time(&reply.say);
    tokio::spawn(async move {
        let Some(command) = command(&site, &facts, &then).await else { return };
        tokio::time::sleep(spoken).await;
        let Err(error) = site.controller.send(&url, &command).await else { return };
        tracing::warn!(%error, "CONTROL_FAILED");
        if let (Some(call), Command::Transfer { .. }) = (facts.call, command) {
            come_back(&site, &url, &call).await;
        }
    });
}

/// A call that Twilio carries and whose agent can neither end it nor pass it on:
/// Twilio takes it away from the agent.
fn take_back(site: &Arc<Site>, facts: &CallFacts, reply: &TurnReply) {
    let Some(call) = facts.call.clone() else { return };
    let Some(sid) = CallSid::parse(call.as_str()) else { return };
    let Some(telephony) = site.providers.twilio.clone() else { return };
    let ring = format!("{}/api/webhooks/call/dial?ring=1", site.public_base);
    let Ok(ring) = ring.parse() else { return };
    let (site, then, spoken) = (Arc::clone(site), reply.then.clone(), speaking_time(&reply.say));
    tokio::spawn(async move {
        tokio::time::sleep(spoken).await;
        let told = match then {
            Then::Transfer(_) => telephony.client.redirect_call(&sid, &ring).await,
            Then::HangUp | Then::Listen => telephony.client.hang_up_call(&sid).await,
        };
        let Err(fault) = told else { return };
        tracing::warn!(%fault, "CONTROL_FAILED");
        let noted = switchboard::transfer_failed(&site.office, &call, "control_failed", Line::Open);
        if let Err(error) = noted.await {
            tracing::error!(%error, "TRANSFER_FAILED not stored");
        }
    });
}

/// The call could not be passed on: the caller, who waits, is told.
async fn come_back(site: &Site, url: &ControlUrl, call: &CallId) {
    let failed = switchboard::transfer_failed(&site.office, call, "control_failed", Line::Open);
    match failed.await {
        Ok(Some(reply)) => {
            if let Err(error) = site.controller.send(url, &Command::Say(reply.say)).await {
                tracing::warn!(%error, "CONTROL_FAILED");
            }
        }
        Ok(None) => {}
        Err(error) => tracing::error!(%error, "TRANSFER_FAILED not stored"),
    }
}

async fn command(site: &Site, facts: &CallFacts, then: &Then) -> Option<Command> {
    match then {
        Then::Listen => None,
        Then::HangUp => Some(Command::EndCall),
        Then::Transfer(number) => {
            let plan = switchboard::assistant_for(&site.office, facts.dialled.as_deref()).await;
            let known = plan.ok().flatten().map(|plan| Rung::at(&plan.profile, number));
            let unknown = || Rung { number: number.clone(), ring_seconds: RING_SECONDS };
            Some(Command::Transfer {
                to: destination(&known.unwrap_or_else(unknown)),
                say: String::new(),
                fallback: handoff::fallback_message(),
            })
        }
    }
}

/// Who is rung, in Vapi's words.
pub(super) fn destination(to: &Rung) -> Destination {
    Destination { number: to.number.clone(), ring_seconds: to.ring_seconds }
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
    }
}
