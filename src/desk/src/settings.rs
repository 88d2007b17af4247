//! Editing what a tenant has told us, part by part, through the same checks as
//! the file of `uwi tenant apply`. Whoever edits says which state they saw:
//! when somebody else changed that part meanwhile, nothing is written.

use crate::agents::AgentChange;
use crate::office::Desk;
use crate::providers::Providers;
use crate::tenants::data;
use domain::tenant::settings::{Settings, SettingsError};
use sha2::{Digest as _, Sha256};
use store::StoreError;
use store::tenants::{self, TenantRow};

/// How often a part is written anew when another part changed at that moment.
const TRIES: usize = 5;

/// What is edited at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Name, trade, address.
    Practice,
    /// The week and the limits of booking.
    Hours,
    /// What can be booked, and on what.
    Services,
    /// Questions and answers.
    Questions,
    /// Who is rung for a caller who wants a human.
    Transfer,
    /// What callers hear first, and whether calls are recorded.
    Welcome,
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// Not for this person.
    #[error("this person may not change this part of the settings")]
    Forbidden,
    /// Somebody else changed the part since it was read.
    #[error("somebody changed this part meanwhile")]
    Changed,
    /// Something in it is wrong.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The database refuses or does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Part {
    /// Names the state of the part: another state, another name.
    pub fn state(self, settings: &Settings) -> String {
        let value = match self {
            Self::Practice => {
                serde_json::json!([settings.name, settings.trade, settings.address])
            }
            Self::Hours => serde_json::json!([settings.hours, settings.booking]),
            Self::Services => serde_json::json!([settings.service, settings.calendar]),
            Self::Questions => {
                serde_json::json!([settings.faq, settings.access, settings.documents])
            }
            Self::Transfer => serde_json::json!([settings.transfer, settings.transfer_rule]),
            Self::Welcome => serde_json::json!([settings.notice, settings.recording]),
        };
        hex::encode(&Sha256::digest(value.to_string())[..8])
    }
}

impl Desk {
    /// True when whoever works here may edit settings: owners and our staff.
    /// Closures belong to the calendar, which the others keep too.
    pub fn may_edit(&self) -> bool {
        self.who().manages()
    }

    /// The tenant's settings as they are now.
    pub async fn settings(&self) -> Result<Settings, StoreError> {
        read(&self.row().await?)
    }

    async fn row(&self) -> Result<TenantRow, StoreError> {
        let mut reader = self.office().db.read_directory().await?;
        tenants::get(&mut reader, self.tenant()).await?.ok_or_else(missing)
    }

    /// Changes a part, if it is still in the state `seen`. Effective with the
    /// next call, on every instance.
    pub async fn edit(
        &self,
        part: Part,
        seen: &str,
        change: impl Fn(&mut Settings) + Send + Sync,
    ) -> Result<(), EditError> {
        if !self.may_edit() {
            return Err(EditError::Forbidden);
        }
        for _ in 0..TRIES {
            let row = self.row().await?;
            let mut settings = read(&row)?;
            if part.state(&settings) != seen {
                return Err(EditError::Changed);
            }
            change(&mut settings);
            settings.check()?;
            if self.replace(&settings, row.version).await? {
                return Ok(());
            }
        }
        Err(EditError::Changed)
    }

    /// Writes settings over that version; false when there is another.
    async fn replace(&self, settings: &Settings, version: i64) -> Result<bool, StoreError> {
        let (office, json) = (self.office(), settings.to_json());
        let now = office.world.clock.now();
        let mut tx = office.db.begin_directory().await?;
        let data = data(settings, &json);
        let written = tenants::replace(&mut tx, self.tenant(), &data, version, now).await?;
        tx.commit().await?;
        office.forget_tenant(self.tenant());
        Ok(written)
    }

    /// Tells the voice providers what has changed for the tenant's assistants:
    /// the name that they say, whom they may pass a call to, words to expect.
    /// What fails shows as a difference on the assistant's page.
    pub async fn refresh_agents(&self, providers: &Providers) -> Result<(), StoreError> {
        for agent in self.agents().await? {
            let change = AgentChange::default();
            if let Err(error) = self.change_agent(providers, &agent.agent_id, &change).await {
                tracing::warn!(%error, "an assistant does not know the new settings yet");
            }
        }
        Ok(())
    }
}

fn read(row: &TenantRow) -> Result<Settings, StoreError> {
    Settings::from_json(&row.settings).map_err(|error| StoreError::inconsistent("tenants", error))
}

fn missing() -> StoreError {
    StoreError::inconsistent("tenants", "the tenant of a session is gone")
}
