//! What a person who signs in may do.

use serde::{Deserialize, Serialize};

/// A member's role in one tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Everything of the tenant, members included.
    Owner,
    /// Calendar, calls and messages.
    Practitioner,
    /// Calendar, calls and messages.
    Secretary,
}

impl Role {
    /// The name stored and written in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Practitioner => "practitioner",
            Self::Secretary => "secretary",
        }
    }

    /// Reads [`Role::as_str`] back.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Owner, Self::Practitioner, Self::Secretary]
            .into_iter()
            .find(|role| role.as_str() == text)
    }
}
