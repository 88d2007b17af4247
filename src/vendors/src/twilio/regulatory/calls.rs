use super::super::client::{Host, Twilio};
use super::super::sid::{AddressSid, BundleSid, DocumentSid, EndUserSid};
use super::{Address, Bundle, Holder, NewAddress, NewBundle};
use crate::fault::Fault;
use serde_json::{Map, Value};

pub(super) const BUNDLES: &str = "/v2/RegulatoryCompliance/Bundles";

pub(super) const DOCUMENTS: &str = "/v2/RegulatoryCompliance/SupportingDocuments";

/// Something that a bundle is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Who holds the number.
    EndUser(EndUserSid),
    /// A proof.
    Document(DocumentSid),
    /// Where the holder is.
    Address(AddressSid),
}

impl Part {
    fn as_str(&self) -> &str {
        match self {
            Self::EndUser(sid) => sid.as_str(),
            Self::Document(sid) => sid.as_str(),
            Self::Address(sid) => sid.as_str(),
        }
    }
}

impl Twilio {
    /// Registers an address.
    ///
    /// *Repeating:* harmless but untidy: a second time makes a second address,
    /// which costs nothing. After an unknown outcome look for the mark with
    /// [`Self::addresses`] first.
    pub async fn create_address(&self, address: &NewAddress) -> Result<Address, Fault> {
        let form = [
            ("FriendlyName", address.tag.chars().take(64).collect()),
            ("CustomerName", address.customer.clone()),
            ("Street", address.street.clone()),
            ("City", address.city.clone()),
            ("Region", address.region.clone()),
            ("PostalCode", address.postal_code.clone()),
            ("IsoCountry", address.country.to_string()),
        ];
        let answer = self.post(Host::Api, &self.owned_path("Addresses.json"), &form).await?;
        Address::read(&answer.json()?).ok_or_else(Fault::unreadable)
    }

    /// The addresses with a mark (the first 50).
    ///
    /// *Repeating:* safe, it only reads.
    pub async fn addresses(&self, tag: &str) -> Result<Vec<Address>, Fault> {
        let query = [("FriendlyName", tag.to_owned())];
        let answer = self.get(Host::Api, &self.owned_path("Addresses.json"), &query).await?;
        let list = list(answer.json()?, "addresses")?;
        Ok(list.iter().filter_map(Address::read).filter(|item| item.tag == tag).collect())
    }

    /// Removes an address.
    ///
    /// *Repeating:* safe, one that is gone is removed.
    pub async fn delete_address(&self, sid: &AddressSid) -> Result<(), Fault> {
        let path = self.owned_path(&format!("Addresses/{sid}.json"));
        gone(self.delete(Host::Api, &path).await.map(drop))
    }

    /// Opens a bundle, as a draft.
    ///
    /// *Repeating:* harmless but untidy: a second time makes a second draft.
    /// After an unknown outcome look for the mark with [`Self::bundles`] first.
    pub async fn create_bundle(&self, bundle: &NewBundle) -> Result<Bundle, Fault> {
        let mut form = vec![
            ("FriendlyName", bundle.tag.clone()),
            ("Email", bundle.email.clone()),
            ("IsoCountry", bundle.country.to_string()),
            ("NumberType", bundle.kind.as_str().to_owned()),
            ("EndUserType", bundle.holder.as_str().to_owned()),
        ];
        form.extend(bundle.status_callback.iter().map(|url| ("StatusCallback", url.to_string())));
        let answer = self.post(Host::Numbers, BUNDLES, &form).await?;
        Bundle::read(&answer.json()?).ok_or_else(Fault::unreadable)
    }

    /// A bundle and how far it is; `None` when there is none of that name.
    ///
    /// *Repeating:* safe, it only reads.
    pub async fn bundle(&self, sid: &BundleSid) -> Result<Option<Bundle>, Fault> {
        match self.get(Host::Numbers, &format!("{BUNDLES}/{sid}"), &[]).await {
            Err(Fault::NotFound) => Ok(None),
            answer => Bundle::read(&answer?.json()?).ok_or_else(Fault::unreadable).map(Some),
        }
    }

    /// The bundles with a mark (the first 50).
    ///
    /// *Repeating:* safe, it only reads.
    pub async fn bundles(&self, tag: &str) -> Result<Vec<Bundle>, Fault> {
        let query = [("FriendlyName", tag.to_owned())];
        let list = list(self.get(Host::Numbers, BUNDLES, &query).await?.json()?, "results")?;
        Ok(list.iter().filter_map(Bundle::read).filter(|item| item.tag == tag).collect())
    }

    /// Describes who holds the number: for a business its name and registration
    /// number (`business_name`, `business_registration_number`).
    ///
    /// *Repeating:* harmless but untidy: a second one stays unassigned.
    pub async fn create_end_user(
        &self,
        tag: &str,
        holder: Holder,
        attributes: &Map<String, Value>,
    ) -> Result<EndUserSid, Fault> {
        let path = "/v2/RegulatoryCompliance/EndUsers";
        let sid = self.create_part(path, tag, holder.as_str(), attributes).await?;
        EndUserSid::parse(&sid).ok_or_else(Fault::unreadable)
    }

    /// Registers a proof by what it says (`kind` is Twilio's name of the
    /// document, `business_registration`); with a scan:
    /// [`Self::upload_document`].
    ///
    /// *Repeating:* harmless but untidy: a second one stays unassigned.
    pub async fn create_document(
        &self,
        tag: &str,
        kind: &str,
        attributes: &Map<String, Value>,
    ) -> Result<DocumentSid, Fault> {
        let sid = self.create_part(DOCUMENTS, tag, kind, attributes).await?;
        DocumentSid::parse(&sid).ok_or_else(Fault::unreadable)
    }

    async fn create_part(
        &self,
        path: &str,
        tag: &str,
        kind: &str,
        attributes: &Map<String, Value>,
    ) -> Result<String, Fault> {
        let attributes = Value::Object(attributes.clone()).to_string();
        let form = [
            ("FriendlyName", tag.to_owned()),
            ("Type", kind.to_owned()),
            ("Attributes", attributes),
        ];
        let made: Value = self.post(Host::Numbers, path, &form).await?.json()?;
        let sid = made.get("sid").and_then(Value::as_str);
        sid.map(str::to_owned).ok_or_else(Fault::unreadable)
    }

    /// Puts a part into a bundle.
    ///
    /// *Repeating:* safe: the same part twice says nothing new.
    pub async fn assign(&self, bundle: &BundleSid, part: &Part) -> Result<(), Fault> {
        let form = [("ObjectSid", part.as_str().to_owned())];
        let path = format!("{BUNDLES}/{bundle}/ItemAssignments");
        self.post(Host::Numbers, &path, &form).await.map(drop)
    }

    /// Hands a bundle in for review. Refused with
    /// [`Reason::DocumentRequired`](crate::fault::Reason::DocumentRequired)
    /// while something is missing.
    ///
    /// *Repeating:* safe, it sets the state.
    pub async fn submit_bundle(&self, sid: &BundleSid) -> Result<Bundle, Fault> {
        let form = [("Status", "pending-review".to_owned())];
        let answer = self.post(Host::Numbers, &format!("{BUNDLES}/{sid}"), &form).await?;
        Bundle::read(&answer.json()?).ok_or_else(Fault::unreadable)
    }

    /// Removes a bundle; refused with
    /// [`Reason::Conflict`](crate::fault::Reason::Conflict) while a number uses it.
    ///
    /// *Repeating:* safe, one that is gone is removed.
    pub async fn delete_bundle(&self, sid: &BundleSid) -> Result<(), Fault> {
        gone(self.delete(Host::Numbers, &format!("{BUNDLES}/{sid}")).await.map(drop))
    }
}

fn list(mut page: Value, key: &str) -> Result<Vec<Value>, Fault> {
    match page.get_mut(key).map(Value::take) {
        Some(Value::Array(list)) => Ok(list),
        _ => Err(Fault::unreadable()),
    }
}

fn gone(answer: Result<(), Fault>) -> Result<(), Fault> {
    match answer {
        Err(Fault::NotFound) => Ok(()),
        other => other,
    }
}
