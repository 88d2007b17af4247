//! Trying a channel out, sending one's own words, seeing a message before it
//! leaves; and the log.

use super::{Order, Queued};
use crate::calls::{Mark, PAGE, Page};
use crate::channels::templates::{Words, reach, use_of};
use crate::channels::{self, ChannelError};
use crate::office::Desk;
use crate::outbox::after;
use domain::channel::{FieldError, Kind};
use domain::message::segments::{self, Sms};
use domain::message::template::{Template, examples};
use domain::message::{Cause, Channel, Class, Event, Origin, Recipient};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use store::StoreError;
use store::messages::log::{self, CountRow, Filter, LogRow};
use store::messages::stops::{self, StopRow};

/// How long one's own message may wait.
const LIFE: SignedDuration = SignedDuration::from_hours(24);
/// The most messages that one list shows.
pub(super) const LIMIT: i64 = 100;

/// Why a message is not ordered.
#[derive(Debug, thiserror::Error)]
pub enum TryError {
    /// Only who answers for the practice may.
    #[error("only who answers for the practice may do this")]
    Forbidden,
    /// A field is wrong.
    #[error(transparent)]
    Field(#[from] FieldError),
    /// Calls are no messages.
    #[error("this channel carries no messages")]
    NoMessages,
    /// The database refuses or does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A message as it would be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// One line, for mail.
    pub subject: Option<String>,
    /// The words, with invented values.
    pub text: String,
    /// What a text message takes.
    pub sms: Option<Sms>,
}

impl Desk {
    /// Orders a message that shows whether a channel works. `key`: the same
    /// request again is the same message.
    pub async fn try_channel(
        &self,
        kind: Kind,
        to: &str,
        key: Option<&str>,
    ) -> Result<Queued, TryError> {
        self.order(kind, to, (Event::Test, Origin::Test), BTreeMap::new(), key).await
    }

    /// Orders a message in the practice's own words.
    pub async fn send_words(
        &self,
        kind: Kind,
        to: &str,
        words: &str,
        key: Option<&str>,
    ) -> Result<Queued, TryError> {
        let words = words.trim();
        if words.is_empty() || words.chars().count() > 1200 {
            return Err(FieldError::at("message", "de 1 à 1 200 caractères").into());
        }
        let values = BTreeMap::from([("message", words.to_owned())]);
        self.order(kind, to, (Event::Free, Origin::Reply), values, key).await
    }

    async fn order(
        &self,
        kind: Kind,
        to: &str,
        (event, origin): (Event, Origin),
        variables: BTreeMap<&str, String>,
        key: Option<&str>,
    ) -> Result<Queued, TryError> {
        if !self.may_manage("channels") {
            return Err(TryError::Forbidden);
        }
        let (office, now) = (self.office(), self.office().world.clock.now());
        let channel = kind.messages().ok_or(TryError::NoMessages)?;
        let to = recipient(channel, to)?;
        let fresh = office.world.ids.uuid(now).to_string();
        let key = format!("{}:{}", event.as_str(), key.unwrap_or(&fresh));
        let order = Order {
            key: &key,
            to,
            class: Class::Transactional,
            origin,
            event,
            language: "fr",
            variables,
            not_before: None,
            not_after: Some(after(now, LIFE)),
            cause: Cause::Tenant,
        };
        let profile = office.profile(self.tenant()).await?;
        let mut tx = office.db.begin(self.tenant()).await?;
        let queued = super::queue(&mut tx, &profile, &order, now).await?;
        tx.commit().await?;
        Ok(queued)
    }

    /// What a message would look like: with these words, or the tenant's own.
    pub async fn preview(
        &self,
        kind: Kind,
        event: Event,
        language: &str,
        own: Option<Words>,
    ) -> Result<Preview, ChannelError> {
        let office = self.office();
        let channel = kind.messages();
        let channel = channel.ok_or_else(|| FieldError::at("channel", "ce canal n’écrit pas"))?;
        let ready = {
            let mut reader = office.db.read(self.tenant()).await?;
            channels::ready(&mut reader, office.carriers(), kind).await?
        };
        let profile = office.profile(self.tenant()).await?;
        let words = own.unwrap_or_else(|| ready.templates.words(event, channel, language));
        let wanted = use_of(event, channel, &profile, reach(&ready.public));
        let template = Template::parse(&words.text, wanted)
            .map_err(|error| FieldError::at("text", error.to_string()))?;
        let mut values = examples();
        values.insert("cabinet".to_owned(), profile.name.clone());
        let fill = |template: &Template| {
            template.fill(&values).map_err(|error| FieldError::at("text", error.to_string()))
        };
        let text = fill(&template)?;
        if channel == Channel::Email {
            let subject = words.subject.unwrap_or_default();
            let wanted = domain::message::template::Use { event: Event::Test, ..wanted };
            let line = Template::parse(&subject, wanted)
                .map_err(|error| FieldError::at("subject", error.to_string()))?;
            return Ok(Preview { subject: Some(fill(&line)?), text, sms: None });
        }
        let sms = (channel == Channel::Sms).then(|| segments::lay_out(&text));
        Ok(Preview { subject: None, text, sms })
    }

    /// A page of messages of a channel, or of all, the latest first.
    pub async fn messages(
        &self,
        channel: Option<&str>,
        before: Option<Mark>,
    ) -> Result<Page<LogRow>, StoreError> {
        let before = before.map(|mark| (mark.at, mark.id));
        let filter = Filter { channel, before, ..Filter::default() };
        let mut reader = self.office().db.read(self.tenant()).await?;
        let rows = log::list(&mut reader, &filter, PAGE + 1).await?;
        Ok(Page::of(rows, |row| Mark { at: row.created_at, id: row.id.clone() }))
    }

    /// Messages, the latest first.
    pub async fn messages_log(&self, filter: &Filter<'_>) -> Result<Vec<LogRow>, StoreError> {
        log::list(&mut self.office().db.read(self.tenant()).await?, filter, LIMIT).await
    }

    /// How many messages of each channel and status since.
    pub async fn messages_counts(&self, since: Timestamp) -> Result<Vec<CountRow>, StoreError> {
        log::counts(&mut self.office().db.read(self.tenant()).await?, since).await
    }

    /// Who does not want to be written to.
    pub async fn stop_list(&self) -> Result<Vec<StopRow>, StoreError> {
        stops::list(&mut self.office().db.read(self.tenant()).await?, LIMIT).await
    }
}

fn recipient(channel: Channel, to: &str) -> Result<Recipient, FieldError> {
    let problem = match channel {
        Channel::Email => "ce n’est pas une adresse de courriel",
        _ => "ce n’est pas un numéro de téléphone",
    };
    Recipient::parse(channel, to).ok_or_else(|| FieldError::at("to", problem))
}
