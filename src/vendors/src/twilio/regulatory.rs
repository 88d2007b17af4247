//! Who holds a number: addresses, and the bundles of documents that some
//! countries want (France: all kinds of numbers).
//!
//! The way of a bundle: [`Twilio::create_bundle`] (a draft),
//! [`Twilio::create_end_user`] and [`Twilio::create_document`], each followed by
//! [`Twilio::assign`], then [`Twilio::submit_bundle`]; the review takes about a
//! business day and is reported to the bundle's callback ([`BundleReport`]).
//!
//! [`Twilio::create_bundle`]: super::client::Twilio::create_bundle
//! [`Twilio::create_end_user`]: super::client::Twilio::create_end_user
//! [`Twilio::create_document`]: super::client::Twilio::create_document
//! [`Twilio::assign`]: super::client::Twilio::assign
//! [`Twilio::submit_bundle`]: super::client::Twilio::submit_bundle

mod calls;
mod scan;

pub use calls::Part;
pub use scan::{LARGEST_SCAN, Scan};

use super::number::{Country, Kind};
use super::sid::{AddressSid, BundleSid};
use reqwest::Url;
use serde_json::Value;

/// An address to be registered.
#[derive(Debug, Clone)]
pub struct NewAddress {
    /// Our mark on it: finds it again when the answer was lost.
    pub tag: String,
    /// Who lives there: the practice.
    pub customer: String,
    /// Street and number.
    pub street: String,
    /// Town.
    pub city: String,
    /// Department, state; Twilio wants one everywhere.
    pub region: String,
    /// Postal code.
    pub postal_code: String,
    /// Country.
    pub country: Country,
}

/// A registered address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Its name at Twilio.
    pub sid: AddressSid,
    /// Our mark.
    pub tag: String,
    /// Who lives there.
    pub customer: String,
    /// Street and number.
    pub street: String,
    /// Town.
    pub city: String,
    /// Postal code.
    pub postal_code: String,
    /// Country.
    pub country: Option<Country>,
}

impl Address {
    fn read(item: &Value) -> Option<Self> {
        let text = |key: &str| item.get(key).and_then(Value::as_str).unwrap_or_default();
        Some(Self {
            sid: AddressSid::parse(text("sid"))?,
            tag: text("friendly_name").to_owned(),
            customer: text("customer_name").to_owned(),
            street: text("street").to_owned(),
            city: text("city").to_owned(),
            postal_code: text("postal_code").to_owned(),
            country: Country::parse(text("iso_country")),
        })
    }
}

/// Who uses the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// A company or a practice.
    Business,
    /// A person.
    Individual,
}

impl Holder {
    /// Twilio's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Business => "business",
            Self::Individual => "individual",
        }
    }
}

/// A bundle to be opened.
#[derive(Debug, Clone)]
pub struct NewBundle {
    /// Our mark on it: finds it again when the answer was lost.
    pub tag: String,
    /// Whom Twilio writes to about the review.
    pub email: String,
    /// For numbers of which country.
    pub country: Country,
    /// For which kind of numbers.
    pub kind: Kind,
    /// For whom.
    pub holder: Holder,
    /// Where the review is reported.
    pub status_callback: Option<Url>,
}

/// A bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// Its name at Twilio.
    pub sid: BundleSid,
    /// Our mark.
    pub tag: String,
    /// How far it is.
    pub status: BundleStatus,
    /// Why it was rejected, when Twilio says it.
    pub reason: Option<String>,
}

impl Bundle {
    fn read(item: &Value) -> Option<Self> {
        let text = |key: &str| item.get(key).and_then(Value::as_str).unwrap_or_default();
        let reason = text("failure_reason").trim();
        Some(Self {
            sid: BundleSid::parse(text("sid"))?,
            tag: text("friendly_name").to_owned(),
            status: BundleStatus::parse(text("status"))?,
            reason: (!reason.is_empty()).then(|| reason.chars().take(500).collect()),
        })
    }
}

/// How far a bundle is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BundleStatus {
    /// Being put together: documents may be missing.
    Draft,
    /// Handed in.
    PendingReview,
    /// Somebody looks at it.
    InReview,
    /// Refused; can be corrected and handed in again.
    Rejected,
    /// Numbers can be bought with it.
    Approved,
    /// Numbers can be bought with it for the time being.
    ProvisionallyApproved,
}

impl BundleStatus {
    const WORDS: [(Self, &'static str); 6] = [
        (Self::Draft, "draft"),
        (Self::PendingReview, "pending-review"),
        (Self::InReview, "in-review"),
        (Self::Rejected, "twilio-rejected"),
        (Self::Approved, "twilio-approved"),
        (Self::ProvisionallyApproved, "provisionally-approved"),
    ];

    /// Reads Twilio's word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, known)| *known == word).map(|(status, _)| *status)
    }

    /// Twilio's word.
    pub fn as_str(self) -> &'static str {
        Self::WORDS.iter().find(|(status, _)| *status == self).map_or("draft", |(_, word)| word)
    }

    /// Whether numbers can be bought with it.
    pub fn permits(self) -> bool {
        matches!(self, Self::Approved | Self::ProvisionallyApproved)
    }
}

/// What Twilio posts to a bundle's callback. Only a hint: the state that
/// counts is read with [`Twilio::bundle`](super::client::Twilio::bundle).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BundleReport {
    /// Which bundle.
    pub bundle: BundleSid,
    /// How far it is now.
    pub status: BundleStatus,
    /// Why it was rejected.
    pub reason: Option<String>,
}

impl BundleReport {
    /// Reads the posted form's fields; `None` when it is not such a report.
    pub fn read(form: &super::form::Form) -> Option<Self> {
        let reason = form.text("FailureReason").map(|text| text.chars().take(500).collect());
        Some(Self {
            bundle: BundleSid::parse(form.text("BundleSid")?)?,
            status: BundleStatus::parse(form.text("Status")?)?,
            reason,
        })
    }
}
