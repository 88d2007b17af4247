//! Whether an assistant works or rests, its first number, and who may decide
//! what is paid for.

use crate::agents::end::End;
use crate::agents::rewrite;
use crate::numbers::provision::More;
use crate::numbers::voice::{self, Unmade};
use crate::numbers::{NumberError, Pending};
use crate::office::Desk;
use crate::providers::Providers;
use domain::numbers::Place;
use store::agents::AgentRow;
use store::numbers::NumberRow;
use uuid::Uuid;

/// Whether an assistant answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duty {
    /// It does.
    Works,
    /// It does not; it keeps its numbers and its settings.
    Rests,
}

/// What came of the wish for an assistant's first number.
#[derive(Debug)]
pub enum Line {
    /// It works.
    Works(Box<NumberRow>),
    /// It will come: this is what it waits for.
    Waits(NumberError),
}

impl Desk {
    /// Lets an assistant rest, or work again. Again and again without harm.
    pub async fn set_duty(
        &self,
        providers: &Providers,
        id: &str,
        duty: Duty,
    ) -> Result<AgentRow, NumberError> {
        self.must_spend()?;
        let office = self.office();
        let mut tx = office.db.begin(self.tenant()).await?;
        let row = rewrite(&mut tx, id, office.world.clock.now(), |row| {
            let works = duty == Duty::Works && row.provider_agent_id.is_some();
            row.status = if works { "active" } else { "inactive" }.to_owned();
        });
        let row = row.await?.ok_or(NumberError::NoAgent)?;
        tx.commit().await?;
        if duty == Duty::Rests {
            return Ok(row);
        }
        // One whose provider failed when it was made is made now.
        voice::ensure(office, providers, self.tenant(), row).await.map_err(|unmade| match unmade {
            Unmade::Store(error) => error.into(),
            Unmade::Fault(fault) => NumberError::fault(&fault, Pending::Never),
        })
    }

    /// Gets the first number of an assistant that was just made. What waits
    /// keeps nobody from having an assistant; what can never come takes the
    /// assistant back, so that asking again is clean.
    pub async fn first_line(
        &self,
        providers: &Providers,
        agent: &str,
        place: &Place,
        id: Uuid,
    ) -> Result<Line, NumberError> {
        match self.provision(providers, agent, (place, More::First), id).await {
            Ok(number) => Ok(Line::Works(Box::new(number))),
            Err(
                waits @ (NumberError::Documents(..)
                | NumberError::Provider { pending: Pending::Later, .. }),
            ) => Ok(Line::Waits(waits)),
            Err(error @ (NumberError::InProgress | NumberError::Store(_))) => Err(error),
            Err(error) => {
                self.end_agent(providers, agent, End::TakenBack).await?;
                Err(error)
            }
        }
    }
}
