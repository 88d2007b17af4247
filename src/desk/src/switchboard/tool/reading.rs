//! Functions that only read, or only pass the call on.

use super::{Told, ToolReply, Work, words};
use crate::book;
use crate::switchboard::Then;
use dialogue::handoff;
use dialogue::speak;
use dialogue::understand::{intents, words as utterance};
use domain::event::EventKind;
use domain::phone::E164;
use jiff::civil::DateTime;
use store::StoreError;

/// How many starts are told.
const OFFERS: usize = 3;

impl Work<'_> {
    pub(super) async fn get_slots(&self) -> Result<Told, StoreError> {
        let mut reader = self.office.db.read(self.profile.tenant).await?;
        let found =
            book::openings(&mut reader, self.profile, &self.wish(), OFFERS, self.now).await?;
        let local = |slots: &[domain::availability::Slot]| -> Vec<DateTime> {
            slots.iter().map(|slot| slot.local).collect()
        };
        Ok(match (&found.0[..], &found.1[..]) {
            ([], []) => Err(words::nothing_free().to_owned()),
            ([], nearest) => Ok(words::nearest(&local(nearest))),
            (slots, _) => Ok(words::free(&local(slots))),
        })
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
