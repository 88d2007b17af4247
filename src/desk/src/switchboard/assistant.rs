//! Who answers a call that is about to begin, and with which words.

use super::handoff::Destination;
use super::opening::place;
use crate::office::Office;
use dialogue::{Mode, Register, Script};
use domain::routing::Channel;
use domain::tenant::Profile;
use domain::tenant::notices::Recording;
use std::sync::Arc;
use store::StoreError;

/// The assistant of a call that begins.
#[derive(Debug, Clone)]
pub struct AssistantPlan {
    /// What is said first; contains the disclosure.
    pub first_message: String,
    /// The name shown to the operator.
    pub name: String,
    /// Whom the call may be passed to.
    pub transfers: Vec<Destination>,
    /// Whether the call is recorded.
    pub recording: Recording,
    /// How far it may go.
    pub mode: Mode,
    /// Whose it is; of nobody's number, nothing of it may be told.
    pub profile: Arc<Profile>,
}

/// The assistant for a dialled number; `None` when such calls are refused.
pub async fn assistant_for(
    office: &Office,
    dialled: Option<&str>,
) -> Result<Option<AssistantPlan>, StoreError> {
    let place = place(office, Channel::Vocal, dialled).await?;
    let Some(tenant) = place.tenant else { return Ok(None) };
    let profile = office.profile(tenant).await?;
    let first_message = spoken_first(&profile, place.mode);
    let full = place.mode == Mode::Full;
    Ok(Some(AssistantPlan {
        first_message,
        name: if full { profile.name.clone() } else { "UWi".to_owned() },
        transfers: if full { Destination::all(&profile) } else { Vec::new() },
        recording: if full { profile.notices.record } else { Recording::Off },
        mode: place.mode,
        profile,
    }))
}

/// What a caller of this tenant hears first.
pub fn first_message(profile: &Profile) -> String {
    spoken_first(profile, Mode::Full)
}

fn spoken_first(profile: &Profile, mode: Mode) -> String {
    dialogue::first_message(&Script { profile, mode, register: Register::Voice })
}
