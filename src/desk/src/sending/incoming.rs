//! Messages that people send us: kept, and their STOP or START heard.

use crate::office::Office;
use domain::id::{MessageId, TenantId};
use domain::message::stop::{self, Wish};
use domain::message::{Channel, Recipient};
use domain::phone::E164;
use domain::routing::Channel as Route;
use store::messages::{log, stops};
use store::{StoreError, hooks, routes};

/// A message as a webhook brings it.
#[derive(Debug, Clone)]
pub struct Incoming<'a> {
    /// `twilio`, `whatsapp`.
    pub provider: &'a str,
    /// The provider's name of it.
    pub external: &'a str,
    /// How it came.
    pub channel: Channel,
    /// From which number, as the provider writes it.
    pub from: &'a str,
    /// To which number of ours.
    pub to: &'a str,
    /// The words.
    pub words: &'a str,
    /// What the provider itself heard in it.
    pub heard: Option<Wish>,
}

/// What a message was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// Somebody wants no more messages.
    Stopped,
    /// Somebody wants messages again.
    Started,
    /// Anything else.
    Words,
    /// It was to a number that is nobody's.
    Nobody,
}

/// Keeps a message and does what its STOP or START says; coming again changes
/// nothing.
pub async fn receive(office: &Office, message: &Incoming<'_>) -> Result<Heard, StoreError> {
    let now = office.world.clock.now();
    let (from, to) = (E164::parse(message.from, "FR"), E164::parse(message.to, "FR"));
    let (Ok(from), Ok(to)) = (from, to) else { return Ok(Heard::Nobody) };
    let Some(tenant) = owner(office, message.channel, &to).await? else {
        let mut tx = office.db.begin_directory().await?;
        hooks::count_incident(&mut tx, "unrouted_message", &to.masked(), now).await?;
        tx.commit().await?;
        return Ok(Heard::Nobody);
    };
    let from = match message.channel {
        Channel::WhatsApp => Recipient::WhatsApp(from),
        _ => Recipient::Sms(from),
    };
    let received = log::Received {
        id: MessageId(office.world.ids.uuid(now)),
        from: &from,
        to: to.as_str(),
        words: message.words,
        provider: Some(message.provider),
        external: message.external,
    };
    let wish = message.heard.or_else(|| stop::wish(message.words));
    let mut tx = office.db.begin(tenant).await?;
    if !log::receive(&mut tx, &received, now).await? {
        return Ok(Heard::Words);
    }
    for person in stops::siblings(&from) {
        match wish {
            Some(Wish::Stop) => stops::put(&mut tx, &person, stops::Source::Word, now).await?,
            Some(Wish::Start) => stops::lift(&mut tx, &person, now).await?,
            None => {}
        }
    }
    tx.commit().await?;
    Ok(match wish {
        Some(Wish::Stop) => Heard::Stopped,
        Some(Wish::Start) => Heard::Started,
        None => Heard::Words,
    })
}

/// Whose number was written to: by its own channel, else as a telephone.
async fn owner(
    office: &Office,
    channel: Channel,
    to: &E164,
) -> Result<Option<TenantId>, StoreError> {
    let own = if channel == Channel::WhatsApp { Route::Whatsapp } else { Route::Sms };
    let mut reader = office.db.read_directory().await?;
    match routes::resolve(&mut reader, own, to).await? {
        Some(tenant) => Ok(Some(tenant)),
        None => routes::resolve(&mut reader, Route::Vocal, to).await,
    }
}
