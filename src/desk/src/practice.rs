//! What the practice is told by mail: at once what is urgent, every morning
//! what happened and what waits. Who is told what is each member's choice.
//!
//! The transaction of an urgent request writes an alert ([`store::tickets::ALERT`]);
//! the outbox makes a letter of it for each member who wants one ([`alert`]).
//! [`write_daily`] makes the letters of the morning. Letters say that something
//! waits and where to read it: no name and no word of a caller is in them.

mod daily;
mod letters;
mod words;

pub(crate) use daily::{Mornings, write_daily};
pub(crate) use letters::{LETTER, alert, send};

use crate::office::{Desk, Who};
use domain::role::Role;
use store::identity::members;
use store::notices::{self, NoticeRow};
use store::{StoreError, Tx};

/// What a member wants to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wishes {
    /// What is urgent, at once.
    pub urgent: bool,
    /// What happened and what waits, in the morning.
    pub daily: bool,
}

/// A member and what they want to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Who.
    pub email: String,
    /// As what.
    pub role: Role,
    /// What they want; until they say so, what their role suggests.
    pub wishes: Wishes,
}

/// Why wishes were not kept.
#[derive(Debug, thiserror::Error)]
pub enum WishError {
    /// These are another person's, and only the owner changes them.
    #[error("these are another person's wishes")]
    Forbidden,
    /// Nobody of this address is a member.
    #[error("there is no such member")]
    Missing,
    /// The database refuses or does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Wishes {
    /// Until somebody says something: the owner is told, the others are not.
    fn usual(role: Role) -> Self {
        let owner = role == Role::Owner;
        Self { urgent: owner, daily: owner }
    }
}

impl Desk {
    /// The members, and what each wants to be told.
    pub async fn told(&self) -> Result<Vec<Told>, StoreError> {
        let said = notices::of_tenant(&mut self.reader().await?).await?;
        Ok(self.members().await?.into_iter().map(|member| with(member, &said)).collect())
    }

    /// True for who may change what this member is told.
    pub fn may_change_wishes_of(&self, email: &str) -> bool {
        match self.who() {
            Who::Member { email: own, .. } if own == email => true,
            who => who.manages(),
        }
    }

    /// Keeps what a member wants to be told.
    pub async fn keep_wishes(&self, email: &str, wishes: Wishes) -> Result<(), WishError> {
        let email = email.trim().to_lowercase();
        if !self.may_change_wishes_of(&email) {
            return Err(WishError::Forbidden);
        }
        if !self.members().await?.iter().any(|(known, _)| *known == email) {
            return Err(WishError::Missing);
        }
        let row = NoticeRow { email, urgent: wishes.urgent.into(), daily: wishes.daily.into() };
        let mut tx = self.office().db.begin(self.tenant()).await?;
        notices::put(&mut tx, &row, self.now()).await?;
        Ok(tx.commit().await?)
    }
}

fn with((email, role): (String, Role), said: &[NoticeRow]) -> Told {
    let own = said.iter().find(|row| row.email == email);
    let wishes = own.map(|row| Wishes { urgent: row.urgent == 1, daily: row.daily == 1 });
    Told { wishes: wishes.unwrap_or_else(|| Wishes::usual(role)), email, role }
}

/// The addresses of those who want it.
async fn addresses(
    tx: &mut Tx,
    wants: impl Fn(&Wishes) -> bool,
) -> Result<Vec<String>, StoreError> {
    let said = notices::of_tenant(tx).await?;
    let tenant = tx.tenant();
    let people = members::of_tenant(tx, tenant).await?;
    let told = people.into_iter().map(|member| with(member, &said));
    Ok(told.filter(|told| wants(&told.wishes)).map(|told| told.email).collect())
}
