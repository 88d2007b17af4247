//! Functions that only read, or only pass the call on.

use super::{ATTEMPTS, Told, ToolReply, Work, words};
use crate::book;
use crate::switchboard::{Then, hold};
use dialogue::handoff;
use dialogue::speak;
use dialogue::understand::{intents, words as utterance};
use domain::availability::Slot;
use domain::event::EventKind;
use domain::phone::E164;
use jiff::civil::DateTime;
use store::StoreError;

/// How many starts are told.
const OFFERS: usize = 3;

impl Work<'_> {
    pub(super) async fn get_slots(&self) -> Result<Told, StoreError> {
        let found = self.offered().await?;
        let local =
            |slots: &[Slot]| -> Vec<DateTime> { slots.iter().map(|slot| slot.local).collect() };
        Ok(match (&found.0[..], &found.1[..]) {
            ([], []) => Err(words::nothing_free().to_owned()),
            ([], nearest) => Ok(words::nearest(&local(nearest))),
            (slots, _) => Ok(words::free(&local(slots))),
        })
    }

    /// Slots that suit, or else the nearest ones, held for this call.
    async fn offered(&self) -> Result<(Vec<Slot>, Vec<Slot>), StoreError> {
        let (tenant, call, wish) = (self.profile.tenant, Some(self.call), self.wish());
        for _ in 0..ATTEMPTS {
            let mut reader = self.office.db.read(tenant).await?;
            let found =
                book::openings(&mut reader, self.profile, (&wish, OFFERS), call, self.now).await?;
            drop(reader);
            let offered = if found.0.is_empty() { &found.1 } else { &found.0 };
            let mut tx = self.office.db.begin(tenant).await?;
            match hold::keep(&mut tx, self.call, offered, self.now).await {
                Ok(_) => {}
                Err(StoreError::Conflict) => continue,
                Err(error) => return Err(error),
            }
            match tx.commit().await {
                // Another call was offered one of them just now.
                Err(StoreError::Conflict) => {}
                committed => return committed.map(|()| found),
            }
        }
        Err(StoreError::Conflict)
    }

    pub(super) async fn opening_hours(&self) -> Result<Told, StoreError> {
        let Some(hours) = speak::hours(self.profile) else {
            return Ok(Err(words::not_told().to_owned()));
        };
        self.note(EventKind::QuestionAnswered, "hours", None).await?;
        Ok(Ok(words::hours(&hours)))
    }

    pub(super) async fn faq(&self) -> Result<Told, StoreError> {
        let question = self.text(&["question", "query", "text"]).unwrap_or_default();
        let asked = utterance::words(question);
        let Some(entry) = intents::faq(&asked, &self.profile.faqs) else {
            return Ok(Err(words::not_told().to_owned()));
        };
        let subject = format!("faq:{entry}");
        self.note(EventKind::QuestionAnswered, &subject, None).await?;
        Ok(Ok(self.profile.faqs[entry].answer.clone()))
    }

    pub(super) async fn transfer(&self) -> Result<ToolReply, StoreError> {
        let Some(number) = self.reachable() else {
            self.note(EventKind::TransferPrevented, "", Some("nobody_now")).await?;
            return Ok(ToolReply { told: Err(words::nobody().to_owned()), then: Then::Listen });
        };
        self.note(EventKind::TransferredHuman, "", None).await?;
        Ok(ToolReply { told: Ok(words::passing().to_owned()), then: Then::Transfer(number) })
    }

    /// Who can be rung now, for what the model says the call is about.
    fn reachable(&self) -> Option<E164> {
        let local = self.now.to_zoned(self.profile.zone.clone()).datetime();
        let about = self.text(&["reason", "motive", "motif", "department", "subject"]);
        let to = handoff::for_words(self.profile, about.unwrap_or_default(), local)?;
        Some(to.number.clone())
    }
}
