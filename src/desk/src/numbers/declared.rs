//! Assistants that a tenant's file declares: made unless they are there, each
//! with its number if it is to have one. The same file again changes nothing.

use super::NumberError;
use super::provision::More;
use crate::agents::{NewAgent, agent_id};
use crate::office::Desk;
use crate::once::id_of;
use crate::providers::Providers;
use domain::tenant::settings::AgentEntry;
use store::agents::{self, AgentRow};
use store::numbers::NumberRow;
use uuid::Uuid;

impl Desk {
    /// Makes a declared assistant true; the number that it has then, if any.
    pub async fn declare(
        &self,
        providers: &Providers,
        entry: &AgentEntry,
    ) -> Result<(AgentRow, Option<NumberRow>), NumberError> {
        let agent = self.declared_agent(providers, entry).await?;
        let own = self.numbers().await?.into_iter();
        let mut own = own.filter(|row| row.agent_id == agent.agent_id && row.status == "active");
        let has = own.next();
        if has.is_some() || !entry.provision {
            return Ok((agent, has));
        }
        let home = self.office().profile(self.tenant()).await?.country.clone();
        let place = entry.place(&home)?;
        let (wish, fresh) = ((&place, More::First), self.fresh());
        let number = self.provision(providers, &agent.agent_id, wish, fresh).await?;
        Ok((agent, Some(number)))
    }

    async fn declared_agent(
        &self,
        providers: &Providers,
        entry: &AgentEntry,
    ) -> Result<AgentRow, NumberError> {
        let all = self.agents().await?;
        if let Some(known) = all.into_iter().find(|agent| agent.agent_name == entry.name) {
            return Ok(known);
        }
        // The same id after an interruption; one that was deleted stays so.
        let id = id_of(&format!("agent\n{}\n{}", self.tenant(), entry.name));
        let mut reader = self.office().db.read(self.tenant()).await?;
        let before = agents::get(&mut reader, &agent_id(id)).await?;
        drop(reader);
        let gone = before.is_some_and(|row| row.status == "deleted");
        let new = NewAgent {
            name: entry.name.clone(),
            language: entry.language.clone(),
            kind: entry.kind,
            voice: None,
        };
        self.create_agent(providers, &new, if gone { self.fresh() } else { id }).await
    }

    fn fresh(&self) -> Uuid {
        self.office().world.ids.uuid(self.office().world.clock.now())
    }
}
