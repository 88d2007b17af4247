//! Telephone numbers at Twilio: what is searched, sold and owned.

pub use super::place::{AreaCode, Country, Kind};

use super::sid::{AddressSid, BundleSid, NumberSid};
use domain::phone::E164;
use jiff::Timestamp;
use reqwest::Url;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a number can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Capabilities {
    /// Calls.
    pub voice: bool,
    /// Text messages.
    pub sms: bool,
    /// Multimedia messages.
    pub mms: bool,
}

impl Capabilities {
    /// Calls alone.
    pub const VOICE: Self = Self { voice: true, sms: false, mms: false };

    /// Older answers write the keys in capitals.
    fn read(value: Option<&Value>) -> Self {
        let object = value.and_then(Value::as_object);
        let has = |name: &str| {
            object.into_iter().flatten().any(|(key, value)| {
                key.eq_ignore_ascii_case(name) && value.as_bool().unwrap_or_default()
            })
        };
        Self { voice: has("voice"), sms: has("sms"), mms: has("mms") }
    }
}

/// What is looked for.
#[derive(Debug, Clone)]
pub struct Search {
    /// Where.
    pub country: Country,
    /// Of which kind.
    pub kind: Kind,
    /// In which area; only where [`Country::has_area_codes`].
    pub area: Option<AreaCode>,
    /// The first digits after `+`, country code included (`33199`), at least two.
    pub starting: Option<String>,
    /// What it must be able to do; what is `false` here does not matter.
    pub needs: Capabilities,
    /// How many at most, 1 to 100.
    pub limit: u16,
}

impl Search {
    /// Any number of a kind that takes calls.
    pub fn voice(country: Country, kind: Kind) -> Self {
        Self { country, kind, area: None, starting: None, needs: Capabilities::VOICE, limit: 10 }
    }

    /// The parameters of the request.
    pub(super) fn query(&self) -> Vec<(&'static str, String)> {
        let mut query = vec![("PageSize", self.limit.clamp(1, 100).to_string())];
        let wanted = [
            ("VoiceEnabled", self.needs.voice),
            ("SmsEnabled", self.needs.sms),
            ("MmsEnabled", self.needs.mms),
        ];
        query.extend(wanted.into_iter().filter(|(_, on)| *on).map(|(n, _)| (n, "true".into())));
        if let Some(area) = self.area.as_ref().filter(|_| self.country.has_area_codes()) {
            query.push(("AreaCode", area.as_str().to_owned()));
        }
        if let Some(digits) = &self.starting {
            let digits: String = digits.chars().filter(char::is_ascii_digit).take(12).collect();
            // Twilio refuses a pattern with fewer than two digits.
            if digits.len() >= 2 {
                query.push(("Contains", format!("+{digits}%")));
            }
        }
        query
    }
}

/// What must be told to Twilio about the holder before it sells a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AddressNeed {
    /// Nothing.
    None,
    /// An address anywhere.
    Any,
    /// An address in the number's own country or zone.
    Local,
    /// An address outside of the number's country.
    Foreign,
}

/// A number that is for sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The number.
    pub number: E164,
    /// Where.
    pub country: Country,
    /// As Twilio writes it for people (`(415) 555-0134`).
    pub friendly_name: String,
    /// The town, if it has one.
    pub locality: Option<String>,
    /// What it can do.
    pub capabilities: Capabilities,
    /// Which address its holder needs.
    pub address: AddressNeed,
}

impl Offer {
    pub(super) fn read(item: &Value) -> Option<Self> {
        let text = |key: &str| item.get(key).and_then(Value::as_str);
        let need = match text("address_requirements") {
            Some("none") | None => AddressNeed::None,
            Some("local") => AddressNeed::Local,
            Some("foreign") => AddressNeed::Foreign,
            Some(_) => AddressNeed::Any,
        };
        let country = Country::parse(text("iso_country")?)?;
        Some(Self {
            number: E164::parse(text("phone_number")?, country.as_str()).ok()?,
            country,
            friendly_name: text("friendly_name").unwrap_or_default().to_owned(),
            locality: text("locality").map(str::to_owned),
            capabilities: Capabilities::read(item.get("capabilities")),
            address: need,
        })
    }
}

/// Where Twilio reports calls (and messages) on a number. All are posted to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hooks {
    /// A call arrives: answers TwiML.
    pub voice: Url,
    /// Asked for TwiML when `voice` fails or takes longer than 15 s.
    pub voice_fallback: Option<Url>,
    /// How a call ended.
    pub status: Url,
    /// A text message arrives.
    pub sms: Option<Url>,
}

impl Hooks {
    pub(super) fn form(&self) -> Vec<(&'static str, String)> {
        let post = || "POST".to_owned();
        let mut form = vec![
            ("VoiceUrl", self.voice.to_string()),
            ("VoiceMethod", post()),
            ("StatusCallback", self.status.to_string()),
            ("StatusCallbackMethod", post()),
        ];
        if let Some(url) = &self.voice_fallback {
            form.extend([("VoiceFallbackUrl", url.to_string()), ("VoiceFallbackMethod", post())]);
        }
        if let Some(url) = &self.sms {
            form.extend([("SmsUrl", url.to_string()), ("SmsMethod", post())]);
        }
        form
    }
}

/// A purchase.
#[derive(Debug, Clone)]
pub struct Purchase {
    /// Which number, from a search.
    pub number: E164,
    /// Our mark on it, at most 64 characters: what finds a purchase whose
    /// answer was lost, and the owner of an orphan.
    pub tag: String,
    /// Where its calls are reported.
    pub hooks: Hooks,
    /// The holder's address, where one is needed.
    pub address: Option<AddressSid>,
    /// The approved bundle, where one is needed.
    pub bundle: Option<BundleSid>,
}

impl Purchase {
    pub(super) fn form(&self) -> Vec<(&'static str, String)> {
        let tag = self.tag.chars().take(64).collect();
        let mut form =
            vec![("PhoneNumber", self.number.as_str().to_owned()), ("FriendlyName", tag)];
        form.extend(self.hooks.form());
        form.extend(self.address.iter().map(|sid| ("AddressSid", sid.to_string())));
        form.extend(self.bundle.iter().map(|sid| ("BundleSid", sid.to_string())));
        form
    }
}

/// What is changed on an owned number; `None` stays as it is.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// A new mark.
    pub tag: Option<String>,
    /// New addresses for its calls.
    pub hooks: Option<Hooks>,
}

impl Change {
    pub(super) fn form(&self) -> Vec<(&'static str, String)> {
        let tag = self.tag.iter().map(|tag| ("FriendlyName", tag.chars().take(64).collect()));
        tag.chain(self.hooks.iter().flat_map(Hooks::form)).collect()
    }
}

/// A number of our account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnedNumber {
    /// Its name at Twilio.
    pub sid: NumberSid,
    /// The number.
    pub number: E164,
    /// Our mark, as given at the purchase.
    pub tag: String,
    /// What it can do.
    pub capabilities: Capabilities,
    /// Its kind, if Twilio says it.
    pub kind: Option<Kind>,
    /// Who is asked for TwiML when it is called; empty when nobody is.
    pub voice_url: String,
    /// Who is told how calls ended.
    pub status_callback: String,
    /// The holder's address.
    pub address: Option<AddressSid>,
    /// The holder's bundle.
    pub bundle: Option<BundleSid>,
    /// When it was bought.
    pub bought_at: Option<Timestamp>,
}

impl OwnedNumber {
    pub(super) fn read(item: &Value) -> Option<Self> {
        let text = |key: &str| item.get(key).and_then(Value::as_str).unwrap_or_default();
        let bought_at = jiff::fmt::rfc2822::parse(text("date_created")).ok();
        Some(Self {
            sid: NumberSid::parse(text("sid"))?,
            number: E164::parse(text("phone_number"), "US").ok()?,
            tag: text("friendly_name").to_owned(),
            capabilities: Capabilities::read(item.get("capabilities")),
            kind: Kind::parse(text("type")),
            voice_url: text("voice_url").to_owned(),
            status_callback: text("status_callback").to_owned(),
            address: AddressSid::parse(text("address_sid")),
            bundle: BundleSid::parse(text("bundle_sid")),
            bought_at: bought_at.map(|zoned| zoned.timestamp()),
        })
    }
}
