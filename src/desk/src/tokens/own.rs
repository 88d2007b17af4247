//! What may be done with a tenant's tokens: listed, made, replaced, revoked; by
//! its owners, our staff and the operator, never by a token.

use super::{New, write};
use crate::office::{Desk, Who};
use domain::scope;
use jiff::{SignedDuration, Timestamp};
use store::StoreError;
use store::identity::tokens::{self, TokenRow};

/// The most valid tokens of one tenant.
const MOST: usize = 50;
/// The longest name, in characters.
const LONGEST_NAME: usize = 80;

/// A token in its tenant's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Names it without opening anything.
    pub prefix: String,
    /// What it is for, in its owner's words.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends, if it does.
    pub expires_at: Option<Timestamp>,
    /// When it was last used, to within a minute.
    pub last_used_at: Option<Timestamp>,
    /// The prefix of the one that has taken its place: it ends soon.
    pub replaced_by: Option<String>,
}

/// A token that somebody asks for.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// What it is for.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<String>,
    /// How long it lives; without end when there is none.
    pub life: Option<SignedDuration>,
}

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// Not for this person, or not for this kind of token.
    #[error("only an owner of the tenant may do this with its tokens")]
    Forbidden,
    /// No name, or one that is too long.
    #[error("a token needs a name of 1 to {LONGEST_NAME} characters")]
    BadName,
    /// No scope, or a text that is none.
    #[error("{}", told(.0))]
    BadScopes(Vec<String>),
    /// A life that ends before it begins or after the calendar.
    #[error("this is no life for a token")]
    BadLife,
    /// No valid token of this tenant has this prefix.
    #[error("there is no such token")]
    Gone,
    /// Another token has already taken its place.
    #[error("this token was replaced already")]
    Replaced,
    /// The tenant has too many.
    #[error("a tenant has at most {MOST} tokens: revoke one first")]
    TooMany,
    /// The database does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn told(unknown: &[String]) -> String {
    match unknown {
        [] => "a token needs a scope".to_owned(),
        unknown => format!("no scope: {}", unknown.join(", ")),
    }
}

impl Desk {
    /// True when whoever works here may see and change the tenant's tokens.
    pub fn may_manage_tokens(&self) -> bool {
        self.who().manages()
    }

    /// The tenant's valid tokens, newest first.
    pub async fn tokens(&self) -> Result<Vec<Listed>, TokenError> {
        let rows = self.valid_tokens().await?;
        Ok(rows.iter().map(|row| listed(row, &rows)).collect())
    }

    /// Makes a token; the text is its only copy.
    pub async fn create_token(&self, wanted: &Wanted) -> Result<String, TokenError> {
        let name = wanted.name.trim();
        if name.is_empty() || name.chars().count() > LONGEST_NAME {
            return Err(TokenError::BadName);
        }
        let unknown = wanted.scopes.iter().filter(|given| !scope::is_scope(given));
        let unknown: Vec<String> = unknown.cloned().collect();
        if wanted.scopes.is_empty() || !unknown.is_empty() {
            return Err(TokenError::BadScopes(unknown));
        }
        if self.valid_tokens().await?.len() >= MOST {
            return Err(TokenError::TooMany);
        }
        self.may_grant(&wanted.scopes)?;
        let expires_at = wanted.life.map(|life| self.after(life)).transpose()?;
        let scopes = wanted.scopes.join(" ");
        let new = New { tenant: self.tenant(), name, scopes: &scopes, expires_at, replaces: None };
        let mut tx = self.office().db.begin_directory().await?;
        let text = write(self.office(), &mut tx, &new).await?;
        tx.commit().await?;
        Ok(text)
    }

    /// Makes a token that takes another's place, with its name, scopes and
    /// length of life; the old one stays valid for `overlap` at most.
    pub async fn rotate_token(
        &self,
        prefix: &str,
        overlap: SignedDuration,
    ) -> Result<String, TokenError> {
        let rows = self.valid_tokens().await?;
        let old = rows.iter().find(|row| row.prefix == prefix).ok_or(TokenError::Gone)?;
        let scopes: Vec<_> = old.scopes.split_whitespace().map(str::to_owned).collect();
        self.may_grant(&scopes)?;
        let life = old.expires_at.map(|end| SignedDuration::from_millis(end - old.created_at));
        let new = New {
            tenant: self.tenant(),
            name: &old.name,
            scopes: &old.scopes,
            expires_at: life.map(|life| self.after(life)).transpose()?,
            replaces: Some(prefix),
        };
        let until = if overlap.is_zero() { self.now() } else { self.after(overlap)? };
        let mut tx = self.office().db.begin_directory().await?;
        let text = write(self.office(), &mut tx, &new).await.map_err(|error| match error {
            StoreError::Conflict => TokenError::Replaced,
            other => other.into(),
        })?;
        if !tokens::end_at(&mut tx, self.tenant(), prefix, until).await? {
            return Err(TokenError::Gone);
        }
        tx.commit().await?;
        Ok(text)
    }

    /// Ends a token at once.
    pub async fn revoke_token(&self, prefix: &str) -> Result<(), TokenError> {
        self.must_manage()?;
        let mut tx = self.office().db.begin_directory().await?;
        let ended = tokens::revoke(&mut tx, self.tenant(), prefix, self.now()).await?;
        tx.commit().await?;
        if ended { Ok(()) } else { Err(TokenError::Gone) }
    }

    fn must_manage(&self) -> Result<(), TokenError> {
        if self.may_manage_tokens() { Ok(()) } else { Err(TokenError::Forbidden) }
    }

    /// Scopes that reach beyond the tenant are not its owners' to give.
    fn may_grant(&self, scopes: &[String]) -> Result<(), TokenError> {
        let beyond = scopes.iter().any(|scope| scope::is_of_the_house(scope));
        let ours = matches!(self.who(), Who::Staff { .. } | Who::Operator);
        if beyond && !ours { Err(TokenError::Forbidden) } else { Ok(()) }
    }

    async fn valid_tokens(&self) -> Result<Vec<TokenRow>, TokenError> {
        self.must_manage()?;
        let mut reader = self.office().db.read_directory().await?;
        Ok(tokens::of_tenant(&mut reader, self.tenant(), self.now()).await?)
    }

    fn after(&self, life: SignedDuration) -> Result<Timestamp, TokenError> {
        let end = self.now().checked_add(life).map_err(|_| TokenError::BadLife)?;
        if life.is_positive() { Ok(end) } else { Err(TokenError::BadLife) }
    }
}

fn listed(row: &TokenRow, all: &[TokenRow]) -> Listed {
    let instant = |at: i64| Timestamp::from_millisecond(at).unwrap_or_default();
    let successor = all.iter().find(|other| other.replaces.as_ref() == Some(&row.prefix));
    Listed {
        prefix: row.prefix.clone(),
        name: row.name.clone(),
        scopes: row.scopes.split_whitespace().map(str::to_owned).collect(),
        created_at: instant(row.created_at),
        expires_at: row.expires_at.map(instant),
        last_used_at: row.last_used_at.map(instant),
        replaced_by: successor.map(|other| other.prefix.clone()),
    }
}
