//! Those who write: in the tenant's public form, or through its programs.

use super::ProspectError;
use crate::live::Change;
use crate::office::{Desk, Office};
use crate::sign_in::limits;
use crate::tickets::fields;
use domain::id::TenantId;
use domain::qualification::{Answered, Score};
use domain::tenant::Profile;
use domain::tenant::following::Form;
use jiff::Timestamp;
use serde_json::{Map, Value};
use std::sync::Arc;
use store::StoreError;
use store::dashboard::prospects::{self as shown, ProspectRow};
use store::prospects::{self, Consent, NewProspect};

/// Where a prospect may come from when nobody has called.
const SOURCES: [&str; 5] = ["web", "phone", "sms", "email", "whatsapp"];

/// Somebody who writes, as it is typed.
#[derive(Debug, Clone, Default)]
pub struct ProspectGiven {
    /// Who.
    pub name: Option<String>,
    /// How to reach them, in any usual form.
    pub phone: Option<String>,
    /// Written address.
    pub email: Option<String>,
    /// `web`, …; empty: `web`.
    pub source: String,
    /// Answers by the slug of their question.
    pub answers: Map<String, Value>,
    /// What they add in words.
    pub notes: Option<String>,
    /// What they agreed to, where, and when (`None`: now).
    pub consent: Option<(String, String, Option<Timestamp>)>,
}

/// Why a form was not taken.
#[derive(Debug, thiserror::Error)]
pub enum FormError {
    /// The tenant has none, or there is no such tenant.
    #[error("there is no such form")]
    NoForm,
    /// The words that were agreed to are not the tenant's any more.
    #[error("the words of the consent have changed")]
    OtherWords,
    /// Nobody agreed.
    #[error("the consent is missing")]
    NoConsent,
    /// Too many forms come from there.
    #[error("too many forms come from this network")]
    TooMany,
    /// What is in this field cannot be there.
    #[error("{0} cannot be that")]
    Field(String),
    /// The database refuses or does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What the public form of a tenant brings.
#[derive(Debug, Clone)]
pub struct Taken {
    /// What was typed; its consent and its source are set here.
    pub given: ProspectGiven,
    /// The words of the consent that were shown, when they were ticked.
    pub agreed: Option<String>,
    /// The address of the page.
    pub page: String,
    /// The network it comes from.
    pub network: String,
}

impl Office {
    /// The tenant's public form, with the tenant.
    pub async fn form(&self, tenant: TenantId) -> Result<Option<(Arc<Profile>, Form)>, StoreError> {
        let row = store::tenants::get(&mut self.db.read_directory().await?, tenant).await?;
        if row.is_none_or(|row| row.status != "active") {
            return Ok(None);
        }
        let profile = self.profile(tenant).await?;
        let form = profile.following.form.clone();
        Ok(form.map(|form| (profile, form)))
    }
}

/// Takes what somebody has written in the public form.
pub async fn take_form(office: &Office, tenant: TenantId, taken: Taken) -> Result<(), FormError> {
    let Some((profile, form)) = office.form(tenant).await? else { return Err(FormError::NoForm) };
    let words = taken.agreed.ok_or(FormError::NoConsent)?;
    if words != form.consent {
        return Err(FormError::OtherWords);
    }
    let now = office.world.clock.now();
    let mut tx = office.db.begin_directory().await?;
    let allowed = limits::note_form(&mut tx, &taken.network, now).await?;
    tx.commit().await?;
    if !allowed {
        return Err(FormError::TooMany);
    }
    let consent = Some((words, taken.page, Some(now)));
    let given = ProspectGiven { consent, source: "web".to_owned(), ..taken.given };
    write(office, &profile, &given).await.map(drop).map_err(|error| match error {
        ProspectError::Field(field) => FormError::Field(field),
        ProspectError::Store(error) => FormError::Store(error),
        ProspectError::Missing | ProspectError::Changed | ProspectError::Move => {
            FormError::Store(StoreError::Conflict)
        }
    })
}

impl Desk {
    /// Writes down somebody who has written to the practice.
    pub async fn create_prospect(
        &self,
        given: &ProspectGiven,
    ) -> Result<ProspectRow, ProspectError> {
        let profile = self.office().profile(self.tenant()).await?;
        let id = write(self.office(), &profile, given).await?;
        shown::one(&mut self.reader().await?, &id).await?.ok_or(ProspectError::Missing)
    }
}

async fn write(
    office: &Office,
    profile: &Profile,
    given: &ProspectGiven,
) -> Result<String, ProspectError> {
    let now = office.world.clock.now();
    let name = fields::line("name", given.name.as_deref())?;
    let phone = fields::phone(given.phone.as_deref(), profile)?;
    let email = fields::email(given.email.as_deref())?;
    let notes = fields::words("notes", given.notes.as_deref())?;
    if phone.is_none() && email.is_none() {
        return Err(ProspectError::Field("phone".to_owned()));
    }
    let source = if given.source.is_empty() { "web" } else { given.source.as_str() };
    if !SOURCES.contains(&source) {
        return Err(ProspectError::Field("source".to_owned()));
    }
    let consent = consent(given, source, now)?;
    let answers = answers(given, profile)?;
    let columns = profile.questionnaire.columns(&answers);
    let json = serde_json::to_string(&answers)
        .map_err(|error| StoreError::inconsistent("prospects", error))?;
    let id = office.world.ids.prospect(now);
    let new = NewProspect {
        id,
        name: name.as_deref(),
        phone: phone.as_ref(),
        email: email.as_deref(),
        source,
        columns: &columns,
        answers: &json.replace("\\u0000", ""),
        score: score(profile, &answers),
        call: None,
        author: "web",
        consent: consent.as_ref(),
        notes: notes.as_deref(),
        now,
    };
    let mut tx = office.db.begin(profile.tenant).await?;
    prospects::insert(&mut tx, &new).await?;
    tx.commit().await?;
    office.live.publish(profile.tenant, Change::Prospects);
    Ok(id.to_string())
}

/// Who writes on a page has agreed to it; the proof is kept.
fn consent(
    given: &ProspectGiven,
    source: &str,
    now: Timestamp,
) -> Result<Option<Consent>, ProspectError> {
    let missing = || ProspectError::Field("consent".to_owned());
    let Some((text, place, at)) = &given.consent else {
        return if source == "web" { Err(missing()) } else { Ok(None) };
    };
    let text = fields::words("consent", Some(text))?.ok_or_else(missing)?;
    let place = fields::line("consent", Some(place))?.ok_or_else(missing)?;
    let at = at.unwrap_or(now);
    if at > now {
        return Err(missing());
    }
    Ok(Some(Consent { text, source: place, at }))
}

fn answers(given: &ProspectGiven, profile: &Profile) -> Result<Vec<Answered>, ProspectError> {
    let questions = &profile.questionnaire;
    if let Some(unknown) = given.answers.keys().find(|id| questions.question(id).is_none()) {
        return Err(ProspectError::Field(format!("answers.{unknown}")));
    }
    let found = questions.answered(|id| given.answers.get(id).cloned());
    found.map_err(|id| ProspectError::Field(format!("answers.{id}")))
}

fn score(profile: &Profile, answers: &[Answered]) -> Score {
    let value = |id: &str| {
        answers.iter().find(|answer| answer.id == id).and_then(|answer| answer.value.clone())
    };
    profile.questionnaire.score(value)
}
