//! Handing in the documents that France wants: what was filled in is kept
//! first, then an address, a holder, a proof and a bundle are made at the
//! provider, each noted before the next, and handed in for review. Approved,
//! the number that waits for it is got by itself.

mod hand;
mod rounds;

pub(super) use rounds::{finish_all, remove_all};

use super::papers;
use super::provision::CLAIM;
use super::steps::Work;
use super::{NumberError, Pending};
use crate::office::Desk;
use crate::outbox::after;
use crate::providers::Providers;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::dossier::{Draft, Fault as Wrong, Wrong as Why};
use domain::numbers::Place;
use hand::finish;
use rounds::wake;
use store::StoreError;
use store::dossiers::{self, DossierRow};
use vendors::twilio::client::Twilio;
use vendors::twilio::number::{Country, Kind};
pub use vendors::twilio::regulatory::Scan;
use vendors::twilio::regulatory::{Bundle, BundleStatus, LARGEST_SCAN};

/// Being handed in.
const WRITTEN: &str = "written";
/// The provider misses something.
const INCOMPLETE: &str = "incomplete";
/// Handed in.
const SUBMITTED: &str = "submitted";
/// Twilio's name of the proof.
const PROOF: &str = "business_registration";

/// Why a dossier was not handed in.
#[derive(Debug, thiserror::Error)]
pub enum DossierError {
    /// Fields that are wrong.
    #[error("fields are wrong")]
    Faults(Vec<Wrong>),
    /// It is being looked at, or approved: nothing can be changed now.
    #[error("it is being looked at, or approved")]
    Closed,
    /// No documents are wanted there.
    #[error("no documents are wanted for numbers of that country")]
    NotWanted,
    /// Somebody is handing it in at this moment.
    #[error("it is being handed in")]
    InProgress,
    /// Anything that numbers may meet.
    #[error(transparent)]
    Number(#[from] NumberError),
}

impl From<StoreError> for DossierError {
    fn from(error: StoreError) -> Self {
        Self::Number(error.into())
    }
}

/// How a dossier stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nobody has handed anything in, or something is missing.
    Missing,
    /// It is being handed in; that goes on by itself.
    HandingIn,
    /// It is looked at.
    InReview,
    /// It was refused; it can be corrected.
    Rejected,
    /// Numbers can be got.
    Approved,
}

impl Standing {
    /// A stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::HandingIn => "handing_in",
            Self::InReview => "in_review",
            Self::Rejected => "rejected",
            Self::Approved => "approved",
        }
    }

    fn of(status: BundleStatus) -> Self {
        match status {
            _ if status.permits() => Self::Approved,
            BundleStatus::PendingReview | BundleStatus::InReview => Self::InReview,
            BundleStatus::Rejected => Self::Rejected,
            _ => Self::Missing,
        }
    }
}

/// A dossier as people see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// For numbers of which place.
    pub place: Place,
    /// How it stands.
    pub standing: Standing,
    /// What is missing, or why it was refused.
    pub reason: Option<String>,
    /// What was filled in last.
    pub draft: Option<Draft>,
}

impl Desk {
    /// For which place an assistant's number waits for documents; the tenant's
    /// local numbers when none waits.
    pub async fn dossier_place(&self, agent: &str) -> Result<Place, NumberError> {
        self.agent(agent).await?;
        let wishes = self.wishes().await?;
        let wish = wishes.into_iter().find(|wish| wish.agent_id == agent);
        match wish {
            Some(wish) => Ok(Place { country: wish.country_code, area: wish.area_code }),
            None => {
                let profile = self.office().profile(self.tenant()).await?;
                Ok(Place { country: profile.country.clone(), area: None })
            }
        }
    }

    /// How the dossier for a place stands, by the provider's word.
    pub async fn dossier(
        &self,
        providers: &Providers,
        place: &Place,
    ) -> Result<Filed, DossierError> {
        let (country, kind) = wanted(place)?;
        let mut reader = self.office().db.read(self.tenant()).await?;
        let row = dossiers::get(&mut reader, country.as_str(), kind.as_str()).await?;
        drop(reader);
        let mark = papers::mark(self.tenant(), country, kind);
        let bundle = match &providers.twilio {
            Some(telephony) => best(&telephony.client, &mark).await?,
            None => None,
        };
        Ok(filed(place, row, bundle))
    }

    /// Hands a dossier in. What was refused can be handed in again, corrected.
    pub async fn hand_in(
        &self,
        providers: &Providers,
        place: &Place,
        (draft, scan): (&Draft, Option<Scan>),
    ) -> Result<Filed, DossierError> {
        self.may_provision(providers).await?;
        let (country, kind) = wanted(place)?;
        draft.check().map_err(DossierError::Faults)?;
        let telephony = providers.twilio.as_ref();
        let telephony = telephony.ok_or(NumberError::NotConfigured("Twilio"))?;
        let mark = papers::mark(self.tenant(), country, kind);
        let standing = best(&telephony.client, &mark).await?;
        let standing = standing.map(|bundle| Standing::of(bundle.status));
        if matches!(standing, Some(Standing::Approved | Standing::InReview)) {
            return Err(DossierError::Closed);
        }
        let row = self.write_dossier(draft, scan, (country, kind)).await?;
        let work = Work { office: self.office(), providers, tenant: self.tenant() };
        finish(&work, row).await?;
        wake(&work, (country, kind)).await?;
        self.dossier(providers, place).await
    }

    /// Keeps what was filled in, claimed.
    async fn write_dossier(
        &self,
        draft: &Draft,
        scan: Option<Scan>,
        (country, kind): (Country, Kind),
    ) -> Result<DossierRow, DossierError> {
        let now = self.office().world.clock.now();
        let until = after(now, CLAIM);
        let names = (country.as_str(), kind.as_str());
        let mut tx = self.office().db.begin(self.tenant()).await?;
        let known = dossiers::get(&mut tx, names.0, names.1).await?;
        if known.is_some() && !dossiers::claim(&mut tx, names, now, until).await? {
            return Err(DossierError::InProgress);
        }
        let row = DossierRow {
            country_code: names.0.to_owned(),
            kind: names.1.to_owned(),
            state: WRITTEN.to_owned(),
            draft: serde_json::to_string(draft).unwrap_or_default(),
            scan: scan.as_ref().map(|scan| STANDARD.encode(scan.bytes())),
            scan_name: scan.map(|scan| scan.name().to_owned()),
            // Made anew: what was handed in before may be what was refused.
            address_sid: None,
            end_user_sid: None,
            document_sid: None,
            bundle_sid: None,
            problem: None,
            claimed_until: Some(until.as_millisecond()),
        };
        dossiers::put(&mut tx, &row, now).await?;
        tx.commit().await?;
        Ok(row)
    }
}

/// Takes a scan as it was uploaded.
pub fn scan(name: &str, bytes: Vec<u8>) -> Result<Scan, Wrong> {
    let wrong = if bytes.len() > LARGEST_SCAN { Why::TooLarge } else { Why::NotFile };
    Scan::read(name, bytes).ok_or(Wrong { field: "kbis", wrong })
}

/// Takes a scan in base64.
pub fn scan_of_base64(name: &str, text: &str) -> Result<Scan, Wrong> {
    let text: String = text.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    let bytes = STANDARD.decode(text);
    scan(name, bytes.map_err(|_| Wrong { field: "kbis", wrong: Why::NotFile })?)
}

/// The country and the kind of numbers, where documents are wanted.
fn wanted(place: &Place) -> Result<(Country, Kind), DossierError> {
    let country = Country::parse(&place.country).filter(|country| *country == Country::FRANCE);
    let country = country.ok_or(DossierError::NotWanted)?;
    Ok((country, Kind::parse(place.kind()).unwrap_or(Kind::Local)))
}

async fn best(twilio: &Twilio, mark: &str) -> Result<Option<Bundle>, NumberError> {
    let bundles = twilio.bundles(mark).await;
    let bundles = bundles.map_err(|fault| NumberError::fault(&fault, Pending::Later))?;
    Ok(papers::best(bundles))
}

fn filed(place: &Place, row: Option<DossierRow>, bundle: Option<Bundle>) -> Filed {
    let draft = row.as_ref().and_then(|row| serde_json::from_str(&row.draft).ok());
    let seen = bundle.as_ref().map_or(Standing::Missing, |bundle| Standing::of(bundle.status));
    let written = row.as_ref().is_some_and(|row| row.state == WRITTEN);
    let open = matches!(seen, Standing::Missing | Standing::Rejected);
    let standing = if written && open { Standing::HandingIn } else { seen };
    let reason = match standing {
        Standing::Rejected => bundle.and_then(|bundle| bundle.reason),
        Standing::Missing | Standing::HandingIn => row.and_then(|row| row.problem),
        Standing::InReview | Standing::Approved => None,
    };
    Filed { place: place.clone(), standing, reason, draft }
}
