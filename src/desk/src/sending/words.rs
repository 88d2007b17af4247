//! What a message says: the template filled, the link, the layout.

use super::Refusal;
use super::links;
use crate::channels::Ready;
use crate::channels::templates::{Words, use_of};
use crate::sending::carriers::Carriers;
use domain::id::MessageId;
use domain::message::sender::{Reach, invites_an_answer};
use domain::message::template::{Template, forbidden_word, without_health_words};
use domain::message::{Channel, Event, segments};
use domain::tenant::Profile;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// A message ready to be given to a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    pub subject: String,
    pub text: String,
    pub segments: Option<i64>,
    pub encoding: Option<&'static str>,
    pub values: BTreeMap<String, String>,
}

/// What a text is made of.
pub(crate) struct Draft<'a> {
    pub id: MessageId,
    pub event: Event,
    pub channel: Channel,
    pub language: &'a str,
    pub values: BTreeMap<String, String>,
    pub reach: Reach,
    /// Until when its link works; `None`: it carries none.
    pub link_until: Option<Timestamp>,
}

/// Writes a message in the tenant's words.
pub(crate) fn write(
    carriers: &Carriers,
    profile: &Profile,
    ready: Option<&Ready>,
    draft: Draft<'_>,
) -> Result<Written, Refusal> {
    let Draft { id, event, channel, language, mut values, reach, link_until } = draft;
    add_own(profile, channel, &mut values);
    let link = link_until.and_then(|until| links::url(carriers, (profile.tenant, id), until));
    if let Some(link) = &link {
        values.insert("lien".to_owned(), link.clone());
    }
    let words = ready.map(|ready| ready.templates.words(event, channel, language));
    let words = words.unwrap_or_else(|| {
        crate::channels::templates::Templates::default().words(event, channel, language)
    });
    let wanted = use_of(event, channel, profile, reach);
    let template = Template::parse(&words.text, wanted).map_err(|_| Refusal::BadTemplate)?;
    let mut text = template.fill(&values).map_err(|_| Refusal::MissingVariable)?;
    if channel == Channel::Email {
        let subject = subject(&words, wanted, &values)?;
        return Ok(Written { subject, text, segments: None, encoding: None, values });
    }
    check_values(profile, event, &values)?;
    if reach == Reach::OneWay && invites_an_answer(&text) {
        return Err(Refusal::InvitesAnswer);
    }
    // Nobody can answer a name: the link stands for what they would write.
    if let Some(link) = link.filter(|_| reach == Reach::OneWay && !template.has("lien")) {
        text = format!("{text} {link}");
    }
    if channel == Channel::WhatsApp {
        return Ok(Written {
            subject: String::new(),
            text,
            segments: None,
            encoding: None,
            values,
        });
    }
    let sms = segments::lay_out(&text);
    Ok(Written {
        subject: String::new(),
        text: sms.text,
        segments: Some(sms.segments.into()),
        encoding: Some(sms.encoding.as_str()),
        values,
    })
}

/// What the tenant itself fills in; for a health practice without the words
/// that tell something.
fn add_own(profile: &Profile, channel: Channel, values: &mut BTreeMap<String, String>) {
    let mut own = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            values.entry(name.to_owned()).or_insert(value);
        }
    };
    own("cabinet", Some(profile.name.clone()));
    own("adresse", profile.address.clone());
    let number = profile.numbers.first();
    own("telephone", number.map(|n| n.national_fr().unwrap_or_else(|| n.as_str().to_owned())));
    if !profile.health || channel == Channel::Email {
        return;
    }
    for name in ["cabinet", "praticien"] {
        if let Some(value) = values.get_mut(name) {
            *value = without_health_words(value);
        }
    }
    if let Some(service) = values.get_mut("service") {
        "rendez-vous".clone_into(service);
    }
}

/// Words that somebody wrote freely say nothing of health either.
fn check_values(
    profile: &Profile,
    event: Event,
    values: &BTreeMap<String, String>,
) -> Result<(), Refusal> {
    let free: &[&str] = match event {
        Event::TicketReply => &["reponse"],
        Event::Free => &["message"],
        _ => &[],
    };
    let told = free.iter().filter_map(|name| values.get(*name));
    let told = told.filter(|_| profile.health).any(|value| forbidden_word(value).is_some());
    if told { Err(Refusal::HealthWord) } else { Ok(()) }
}

fn subject(
    words: &Words,
    wanted: domain::message::template::Use,
    values: &BTreeMap<String, String>,
) -> Result<String, Refusal> {
    let wanted = domain::message::template::Use { event: Event::Test, ..wanted };
    let subject = words.subject.as_deref().unwrap_or_default();
    let template = Template::parse(subject, wanted).map_err(|_| Refusal::BadTemplate)?;
    let line = template.fill(values).map_err(|_| Refusal::MissingVariable)?;
    Ok(line.replace(['\r', '\n'], " "))
}

/// The text of a mail as HTML: paragraphs, nothing more.
pub(crate) fn html(text: &str) -> String {
    let escape = |text: &str| {
        text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
    };
    let paragraphs =
        text.split("\n\n").map(|p| format!("<p>{}</p>", escape(p).replace('\n', "<br>")));
    paragraphs.collect()
}
