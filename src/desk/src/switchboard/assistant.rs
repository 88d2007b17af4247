//! Who answers a call that is about to begin, and with which words.

use super::opening::place;
use crate::office::Office;
use dialogue::{Mode, Register, Script};
use domain::phone::E164;
use domain::routing::Channel;
use domain::tenant::Profile;
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
    pub transfer: Option<E164>,
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
    let script = Script { profile: &profile, mode: place.mode, register: Register::Voice };
    let first_message = dialogue::first_message(&script);
    let full = place.mode == Mode::Full;
    Ok(Some(AssistantPlan {
        first_message,
        name: if full { profile.name.clone() } else { "UWi".to_owned() },
        transfer: profile.transfer.as_ref().filter(|_| full).map(|to| to.number.clone()),
        mode: place.mode,
        profile,
    }))
}
