//! A tenant's channels: showing them, changing them, trying them out.
//!
//! Secrets go in and never come out: only [`Shown::secrets`] says which are
//! there. What a channel can do now is decided in one place ([`health`]), from
//! evidence.

mod change;
pub mod health;
pub mod templates;
pub mod vault;

pub(crate) use change::reseal;

use crate::office::Desk;
use crate::sending::carriers::Carriers;
use change::{check_numbers, check_server, patched, sealed_with};
use domain::channel::{FieldError, Kind, Public};
use health::Health;
use secrecy::SecretString;
use serde_json::Value;
use std::collections::BTreeMap;
use store::channels::{self, ChannelRow, NewChannel};
use store::messages::log::{self, TestRow};
use store::{Reader, StoreError};
use templates::Templates;
use vault::{Secrets, VaultError};

/// A channel as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// Which.
    pub kind: Kind,
    /// Switched on.
    pub enabled: bool,
    /// Everything that it needs is there.
    pub configured: bool,
    /// What may be shown of it.
    pub public: Public,
    /// Which secrets it may have, and whether they are there.
    pub secrets: Vec<(&'static str, bool)>,
    /// Templates of the tenant's own.
    pub templates: Templates,
    /// The voice provider's name of the assistant.
    pub assistant_id: Option<String>,
    /// Grows with every change; 0: never set.
    pub version: i64,
    /// What it can do now, and why.
    pub health: Health,
    /// What became of the last try, if it was ever tried.
    pub checked: Option<TestRow>,
}

/// A change: what is absent stays as it is.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// The version that was seen.
    pub version: Option<i64>,
    /// A merge patch of what may be shown.
    pub public: Option<Value>,
    /// Secrets to be set, or removed (`None`).
    pub secrets: BTreeMap<String, Option<SecretString>>,
    /// A merge patch of the templates: `{event: {language: {subject, text}}}`.
    pub templates: Option<Value>,
    /// Switches it on or off.
    pub enabled: Option<Switch>,
    /// The voice provider's name of the assistant.
    pub assistant_id: Option<String>,
}

/// On or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Switch {
    /// It is to work.
    On,
    /// It is not.
    Off,
}

/// Why a channel was not changed. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum ChannelError {
    /// Only who answers for the practice may.
    #[error("only who answers for the practice may do this")]
    Forbidden,
    /// A field is wrong.
    #[error(transparent)]
    Field(#[from] FieldError),
    /// Somebody changed it since it was seen.
    #[error("changed meanwhile")]
    Changed,
    /// It lacks what it needs to be switched on.
    #[error("not configured: {0}")]
    NotConfigured(String),
    /// Secrets cannot be sealed or opened.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The database refuses or does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A channel as it is used.
pub(crate) struct Ready {
    pub public: Public,
    pub templates: Templates,
    pub secrets: Result<Secrets, VaultError>,
    pub enabled: bool,
    pub version: i64,
    pub row: Option<ChannelRow>,
}

/// Reads a channel; one that was never set is empty and off.
pub(crate) async fn ready(
    reader: &mut Reader,
    carriers: &Carriers,
    kind: Kind,
) -> Result<Ready, StoreError> {
    let tenant = reader.tenant();
    let row = channels::get(reader, kind.as_str()).await?;
    let unreadable = |what: String| StoreError::inconsistent("channel_configurations", what);
    let public = row.as_ref().map_or("{}", |row| row.config_public.as_str());
    let public: Value = serde_json::from_str(public).map_err(|e| unreadable(e.to_string()))?;
    let public = Public::parse(kind, &public).map_err(|e| unreadable(e.to_string()))?;
    let templates = row.as_ref().map_or("{}", |row| row.templates.as_str());
    let templates = Templates::from_json(templates).map_err(|e| unreadable(e.to_string()))?;
    let sealed = row.as_ref().and_then(|row| row.config_encrypted.as_deref());
    let secrets = match sealed {
        Some(sealed) => carriers.vault.open((tenant, kind), sealed),
        None => Ok(Secrets::new()),
    };
    Ok(Ready {
        public,
        templates,
        secrets,
        enabled: match &row {
            Some(row) => row.enabled == 1,
            None => health::is_on_untouched(carriers, kind),
        },
        version: row.as_ref().map_or(0, |row| row.version),
        row,
    })
}

impl Desk {
    /// Every channel.
    pub async fn channels(&self) -> Result<Vec<Shown>, StoreError> {
        let mut shown = Vec::new();
        for kind in Kind::ALL {
            shown.push(self.channel(kind).await?);
        }
        Ok(shown)
    }

    /// One channel.
    pub async fn channel(&self, kind: Kind) -> Result<Shown, StoreError> {
        let mut reader = self.office().db.read(self.tenant()).await?;
        let carriers = self.office().carriers();
        let ready = ready(&mut reader, carriers, kind).await?;
        let health = health::of(carriers, kind, &ready, self.office().world.clock.now());
        let checked = log::last_test(&mut reader, kind.as_str()).await?;
        let known = |name: &str| match &ready.secrets {
            Ok(secrets) => secrets.contains_key(name),
            // They are there, only nobody can read them.
            Err(_) => ready.row.as_ref().is_some_and(|row| row.config_encrypted.is_some()),
        };
        Ok(Shown {
            kind,
            enabled: ready.enabled,
            configured: health::missing(carriers, &ready).is_none(),
            secrets: kind.secrets().iter().map(|name| (*name, known(name))).collect(),
            assistant_id: ready.row.as_ref().and_then(|row| row.assistant_id.clone()),
            version: ready.version,
            public: ready.public,
            templates: ready.templates,
            health,
            checked,
        })
    }

    /// Changes a channel, all or nothing.
    pub async fn change_channel(&self, kind: Kind, change: &Change) -> Result<Shown, ChannelError> {
        let (office, tenant) = (self.office(), self.tenant());
        if !self.may_manage("channels") {
            return Err(ChannelError::Forbidden);
        }
        let carriers = office.carriers();
        let profile = office.profile(tenant).await?;
        let mut tx = office.db.begin(tenant).await?;
        let mut ready = ready(&mut tx, carriers, kind).await?;
        if change.version.is_some_and(|seen| seen != ready.version) {
            return Err(ChannelError::Changed);
        }
        let public = patched(&ready.public, change.public.as_ref(), kind)?;
        check_numbers(office, &mut tx, tenant, &public).await?;
        check_server(carriers, &ready, &public, &change.secrets)?;
        let sealed = sealed_with(office, (tenant, kind), &mut ready, &change.secrets)?;
        ready.public = public;
        if let Some(patch) = &change.templates {
            ready.templates = ready.templates.patched(patch, kind, &profile, &ready.public)?;
        }
        ready.enabled = change.enabled.map_or(ready.enabled, |switch| switch == Switch::On);
        let missing = health::missing(carriers, &ready);
        if let (Some(Switch::On), Some(missing)) = (change.enabled, missing) {
            return Err(ChannelError::NotConfigured(missing));
        }
        self.write(&mut tx, kind, &ready, sealed, change).await?;
        tx.commit().await?;
        Ok(self.channel(kind).await?)
    }

    async fn write(
        &self,
        tx: &mut store::Tx,
        kind: Kind,
        ready: &Ready,
        sealed: Option<String>,
        change: &Change,
    ) -> Result<(), ChannelError> {
        let (carriers, now) = (self.office().carriers(), self.office().world.clock.now());
        let id = self.office().world.ids.uuid(now).to_string();
        let (public, templates) = (ready.public.to_value().to_string(), ready.templates.to_json());
        let row = ready.row.as_ref();
        let kept = row.and_then(|row| row.assistant_id.as_deref());
        let new = NewChannel {
            id: row.map_or(&id, |row| &row.id),
            channel: kind.as_str(),
            enabled: i64::from(ready.enabled),
            configured: i64::from(health::missing(carriers, ready).is_none()),
            key_id: sealed.as_deref().and_then(|sealed| sealed.split('.').nth(1)),
            sealed: sealed.as_deref(),
            public: &public,
            templates: &templates,
            assistant: change.assistant_id.as_deref().or(kept),
            seen: ready.version,
        };
        if channels::put(tx, &new, now).await? { Ok(()) } else { Err(ChannelError::Changed) }
    }
}
