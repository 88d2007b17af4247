//! Who carries a message, and giving it to them.

use super::Refusal;
use super::carriers::{self, Place};
use super::perform::Case;
use super::words::{self, Written};
use crate::channels::{Ready, health};
use crate::outbox::Mail;
use domain::channel::{Approved, Carrier, Email, Public};
use domain::id::MessageId;
use domain::message::sender::{Reach, Sender};
use domain::message::{Event, Recipient};
use jiff::SignedDuration;
use store::StoreError;
use store::messages::progress;
use vendors::fault::{Fault, Outcome};
use vendors::mail::{Letter, MailError, Mailer};
use vendors::twilio::client::Twilio;
use vendors::twilio::messages::{Content, NewMessage};
use vendors::whatsapp::api::{self as meta, PhoneNumberId, WhatsApp};

/// Within this time of a person's last words WhatsApp takes free words.
const WINDOW: SignedDuration = SignedDuration::from_hours(24);

/// The code of a message to an address that a mail server does not know.
pub(super) const NO_MAILBOX: &str = "no_mailbox";
/// The mail server does not take this letter now; another it may.
pub(super) const GREYLISTED: &str = "mail_later";

/// A provider with everything that it needs for this message.
pub(super) enum Ride {
    /// A text message.
    Sms(Twilio, Sender),
    /// WhatsApp by Twilio.
    Twilio(Twilio, String, Option<Approved>),
    /// WhatsApp by Meta.
    Meta(WhatsApp, PhoneNumberId, Option<Approved>),
    /// A mail by the house's server, or a tenant's own.
    Mail(Mail, String),
    /// A mail by a tenant's server whose name nobody knows now.
    Lost(String),
}

/// What a provider said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Taken {
    /// It has it, under this name.
    Accepted(String),
    /// It does not take it, for this code; nor would it later.
    Refused(String),
    /// It does not have it; later it may take it.
    NotNow(String),
    /// It may have it.
    Unknown,
}

/// Chooses who carries a message, or says why nobody can.
pub(super) async fn choose(
    case: &Case<'_>,
    ready: &Ready,
) -> Result<Result<Ride, Refusal>, StoreError> {
    if !ready.enabled {
        return Ok(Err(Refusal::ChannelOff));
    }
    if health::missing(case.carriers, ready).is_some() {
        return Ok(Err(Refusal::NotConfigured));
    }
    if let Err(error) = &ready.secrets {
        return Ok(Err(Refusal::Locked(error.code())));
    }
    let place = match &ready.public {
        Public::Email(Email { smtp: Some(smtp) }) => case.carriers.place(smtp).await,
        _ => Place::Anywhere,
    };
    if place == Place::Forbidden {
        return Ok(Err(Refusal::NotConfigured));
    }
    let approved = match &ready.public {
        Public::WhatsApp(_) if writes_back(case).await? => None,
        Public::WhatsApp(whatsapp) => {
            let event = case.row.template_name.as_deref().and_then(Event::parse);
            let approved = event.and_then(|event| whatsapp.templates.get(&event));
            match approved {
                Some(approved) => Some(approved.clone()),
                None => return Ok(Err(Refusal::WindowClosed)),
            }
        }
        _ => None,
    };
    Ok(ride(case, ready, approved, place).ok_or(Refusal::NotConfigured))
}

/// Whether the person has written to us within the window.
async fn writes_back(case: &Case<'_>) -> Result<bool, StoreError> {
    let since = case.now.saturating_sub(WINDOW).unwrap_or(case.now);
    let mut reader = case.office.db.read(case.profile.tenant).await?;
    progress::has_written(&mut reader, &case.row.to_address, since).await
}

fn ride(case: &Case<'_>, ready: &Ready, approved: Option<Approved>, place: Place) -> Option<Ride> {
    let carriers = case.carriers;
    match &ready.public {
        Public::Phone(_) => None,
        Public::Sms(sms) => {
            let sender = sms.sender().or_else(|| carriers.sender.clone())?;
            Some(Ride::Sms(carriers.twilio.clone()?, sender))
        }
        Public::Email(email) => match &email.smtp {
            None => Some(Ride::Mail(carriers.mail.clone(), "uwi".to_owned())),
            Some(smtp) if place == Place::NotFound => Some(Ride::Lost(smtp.from_email.clone())),
            Some(smtp) => {
                let address = if let Place::At(address) = place { Some(address) } else { None };
                let secrets = ready.secrets.as_ref().ok()?;
                let mailer: Mailer = carriers::mailer(smtp, secrets, address).ok()?;
                Some(Ride::Mail(Mail::Smtp(Box::new(mailer)), smtp.from_email.clone()))
            }
        },
        Public::WhatsApp(whatsapp) if whatsapp.carrier == Carrier::Twilio => {
            let from = format!("whatsapp:{}", whatsapp.number()?.as_str());
            Some(Ride::Twilio(carriers.twilio.clone()?, from, approved))
        }
        Public::WhatsApp(whatsapp) => {
            let house = carriers.whatsapp.as_ref()?;
            let own = whatsapp.phone_number_id.as_deref().and_then(PhoneNumberId::parse);
            let token = ready.secrets.as_ref().ok()?.get("accessToken");
            match (own, token) {
                (Some(number), Some(token)) => {
                    Some(Ride::Meta(house.api.with_token(token.clone()), number, approved))
                }
                _ => Some(Ride::Meta(house.api.clone(), house.number.clone()?, approved)),
            }
        }
    }
}

impl Ride {
    /// Whether the person can answer.
    pub(super) fn reach(&self) -> Reach {
        match self {
            Self::Sms(_, sender) => sender.reach(),
            _ => Reach::TwoWay,
        }
    }

    /// The stored word of the carrier.
    pub(super) fn provider(&self) -> &'static str {
        match self {
            Self::Sms(..) | Self::Twilio(..) => "twilio",
            Self::Meta(..) => "whatsapp",
            Self::Mail(..) | Self::Lost(_) => "smtp",
        }
    }

    /// The sender, as it is kept.
    pub(super) fn from(&self) -> String {
        match self {
            Self::Sms(_, sender) => sender.as_str().to_owned(),
            Self::Twilio(_, from, _) | Self::Mail(_, from) | Self::Lost(from) => from.clone(),
            Self::Meta(_, number, _) => number.as_str().to_owned(),
        }
    }

    /// The carrier's template, where its words are sent and not ours.
    pub(super) fn template(&self) -> Option<&str> {
        match self {
            Self::Twilio(_, _, Some(approved)) | Self::Meta(_, _, Some(approved)) => {
                Some(&approved.name)
            }
            _ => None,
        }
    }

    /// Gives the message to the carrier, once.
    pub(super) async fn carry(&self, case: &Case<'_>, written: &Written) -> Taken {
        let tag = tag(case);
        let report_to = format!("{}/api/webhooks/sms/status?message={tag}", case.carriers.home);
        match self {
            Self::Sms(twilio, sender) => {
                let content = Content::Text(&written.text);
                let (to, from) = (&*case.row.to_address, sender.as_str());
                let new = NewMessage { to, from, content, report_to: &report_to };
                by_twilio(twilio, &new).await
            }
            Self::Twilio(twilio, from, approved) => {
                let to = format!("whatsapp:{}", case.row.to_address);
                let values = approved.as_ref().map(|approved| numbered(approved, written));
                let content = match (approved, &values) {
                    (Some(approved), Some(values)) => {
                        Content::Template { sid: &approved.name, variables: values }
                    }
                    _ => Content::Text(&written.text),
                };
                let new = NewMessage { to: &to, from, content, report_to: &report_to };
                by_twilio(twilio, &new).await
            }
            Self::Meta(api, number, approved) => {
                by_meta(api, number, approved.as_ref(), (case, written, &tag)).await
            }
            Self::Mail(mail, _) => by_mail(mail, case, written).await,
            Self::Lost(_) => Taken::NotNow("unreachable".to_owned()),
        }
    }
}

/// Our own name of a message in a provider's reports.
fn tag(case: &Case<'_>) -> String {
    format!("{}.{}", case.profile.tenant, case.id)
}

/// Reads [`tag`] back.
pub(super) fn read_tag(tag: &str) -> Option<(domain::id::TenantId, MessageId)> {
    let (tenant, message) = tag.split_once('.')?;
    Some((domain::id::TenantId(tenant.parse().ok()?), message.parse().ok()?))
}

fn values(approved: &Approved, written: &Written) -> Vec<String> {
    let value = |name: &String| written.values.get(name).cloned().unwrap_or_default();
    approved.variables.iter().map(value).collect()
}

fn numbered(approved: &Approved, written: &Written) -> String {
    let all = values(approved, written).into_iter().enumerate();
    let all: serde_json::Map<String, serde_json::Value> =
        all.map(|(at, value)| ((at + 1).to_string(), value.into())).collect();
    serde_json::Value::Object(all).to_string()
}

async fn by_twilio(twilio: &Twilio, new: &NewMessage<'_>) -> Taken {
    match twilio.send_message(new).await {
        Ok(message) => Taken::Accepted(message.sid.as_str().to_owned()),
        Err(fault) => faulty(&fault),
    }
}

async fn by_meta(
    api: &WhatsApp,
    number: &PhoneNumberId,
    approved: Option<&Approved>,
    (case, written, tag): (&Case<'_>, &Written, &str),
) -> Taken {
    let filled = approved.map(|approved| values(approved, written)).unwrap_or_default();
    let content = match approved {
        Some(approved) => meta::Content::Template {
            name: &approved.name,
            language: &approved.language,
            values: &filled,
        },
        None => meta::Content::Text(&written.text),
    };
    let new = meta::NewMessage { from: number, to: &case.row.to_address, content, mark: tag };
    match api.send(&new).await {
        Ok(id) => Taken::Accepted(id.as_str().to_owned()),
        Err(fault) => faulty(&fault),
    }
}

/// What a failed request says of the message.
pub(super) fn faulty(fault: &Fault) -> Taken {
    match fault {
        Fault::Unauthorised => Taken::NotNow("unauthorised".to_owned()),
        Fault::NotFound => Taken::Refused("not_found".to_owned()),
        Fault::RateLimited { .. } => Taken::NotNow("rate_limited".to_owned()),
        Fault::Refused(refusal) => match refusal.code {
            // The sender's queue is full: nothing was taken.
            Some(21611) => Taken::NotNow("21611".to_owned()),
            Some(code) => Taken::Refused(code.to_string()),
            None => Taken::Refused(format!("status_{}", refusal.status)),
        },
        Fault::Unavailable { outcome: Outcome::NotDone, .. } => {
            Taken::NotNow("unreachable".to_owned())
        }
        Fault::Unavailable { outcome: Outcome::Unknown, .. } => Taken::Unknown,
    }
}

async fn by_mail(mail: &Mail, case: &Case<'_>, written: &Written) -> Taken {
    let Recipient::Email(to) = &case.to else { return Taken::Refused("bad_address".to_owned()) };
    let id = format!("{}@uwi", case.id);
    let html = words::html(&written.text);
    let (subject, text) = (&*written.subject, &*written.text);
    let letter = Letter { to: to.as_str(), subject, text, html: &html, id: &id };
    match mail {
        Mail::Off => Taken::Refused("mail_off".to_owned()),
        Mail::Kept(_) => {
            mail.send(&letter).await;
            Taken::Accepted(id)
        }
        Mail::Smtp(mailer) => match mailer.send(&letter).await {
            Ok(()) => Taken::Accepted(id),
            Err(MailError::NoMailbox(_)) => Taken::Refused(NO_MAILBOX.to_owned()),
            Err(MailError::Refused(_)) => Taken::Refused("mail_refused".to_owned()),
            Err(MailError::Later(_)) => Taken::NotNow(GREYLISTED.to_owned()),
            Err(MailError::Unreached(_)) => Taken::NotNow("unreachable".to_owned()),
            Err(MailError::Unknown(_)) => Taken::Unknown,
        },
    }
}
