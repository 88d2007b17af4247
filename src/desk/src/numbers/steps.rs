//! The steps after each other; each is written when it is done, and may be
//! taken again when that was not.

use super::{Alternative, pretty, purchase, voice};
use crate::office::Office;
use crate::providers::{Providers, Telephony, Voice};
use domain::id::TenantId;
use domain::numbers::Stage;
use domain::phone::E164;
use domain::routing::Channel;
use store::agents::{self, AgentRow};
use store::numbers::{self, NumberRow};
use store::provisionings::{self, ProvisioningRow};
use store::{StoreError, Tx, routes};
use vendors::fault::{Fault, Reason};
use vendors::twilio::number::{Change, Country, Kind, OwnedNumber};
use vendors::twilio::price::Price;
use vendors::twilio::sid::NumberSid;
use vendors::vapi::api::NumberId;
use vendors::vapi::numbers::Import;

/// What a wish is worked on with.
pub(super) struct Work<'a> {
    pub(super) office: &'a Office,
    pub(super) providers: &'a Providers,
    pub(super) tenant: TenantId,
}

/// Why a wish cannot go on now.
pub(super) enum Halt {
    /// The country's documents are not there.
    Documents(Stage, Option<String>),
    /// No number is for sale.
    NoneAvailable(Vec<Alternative>),
    /// The provider failed or refused.
    Fault(Fault),
    /// It may have been bought, and the provider does not show it yet.
    Unsure,
    /// The number is somebody else's here.
    Taken,
    /// Its assistant was deleted.
    Unwanted,
    /// The database failed.
    Store(StoreError),
}

impl From<Fault> for Halt {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<StoreError> for Halt {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Halt {
    /// What is kept of it.
    pub(super) fn code(&self) -> String {
        match self {
            Self::Documents(stage, _) => stage.as_str().to_owned(),
            Self::NoneAvailable(_) => "no_numbers_available".to_owned(),
            Self::Fault(fault) => fault.to_string(),
            Self::Unsure => "unsure".to_owned(),
            Self::Taken => "taken".to_owned(),
            Self::Unwanted => "agent_deleted".to_owned(),
            Self::Store(error) => error.to_string(),
        }
    }
}

impl Work<'_> {
    pub(super) fn telephony(&self) -> Result<&Telephony, Halt> {
        // A wish is only written where there is one; it may have been taken away since.
        self.providers.twilio.as_ref().ok_or(Halt::Fault(Fault::Unauthorised))
    }

    pub(super) async fn begin(&self) -> Result<Tx, StoreError> {
        self.office.db.begin(self.tenant).await
    }

    /// Writes how far a wish is.
    pub(super) async fn save(&self, row: &ProvisioningRow) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        provisionings::save(&mut tx, row, self.office.world.clock.now()).await?;
        tx.commit().await
    }

    async fn agent(&self, id: &str) -> Result<AgentRow, Halt> {
        let found = agents::get(&mut self.office.db.read(self.tenant).await?, id).await?;
        found.filter(|agent| agent.status != "deleted").ok_or(Halt::Unwanted)
    }

    pub(super) async fn number(&self, id: &str) -> Result<Option<NumberRow>, StoreError> {
        numbers::get(&mut self.office.db.read(self.tenant).await?, id).await
    }
}

/// Takes the next step and writes it.
pub(super) async fn next(work: &Work<'_>, row: &mut ProvisioningRow) -> Result<(), Halt> {
    let agent = work.agent(&row.agent_id).await?;
    match Stage::parse(&row.state) {
        Some(Stage::Purchased) => record(work, row).await,
        Some(Stage::Recorded) => configure(work, row).await,
        Some(Stage::Configured) => link(work, row, agent).await,
        Some(Stage::Linked) => activate(work, row).await,
        _ => purchase::purchase(work, row).await,
    }
}

/// The provider's name of the bought number.
pub(super) fn sid(row: &ProvisioningRow) -> Result<NumberSid, StoreError> {
    let sid = row.phone_number_sid.as_deref().and_then(NumberSid::parse);
    sid.ok_or_else(|| StoreError::inconsistent("provisionings", "a bought number without a name"))
}

async fn record(work: &Work<'_>, row: &mut ProvisioningRow) -> Result<(), Halt> {
    let twilio = &work.telephony()?.client;
    let owned = twilio.number(&sid(row)?).await?.ok_or(Halt::Fault(Fault::NotFound))?;
    let price = match (Country::parse(&row.country_code), Kind::parse(&row.kind)) {
        // A price that is not told holds nothing up.
        (Some(country), Some(kind)) => twilio.monthly_price(country, kind).await.ok().flatten(),
        _ => None,
    };
    let now = work.office.world.clock.now();
    let number = recorded(row, &owned, price, now.as_millisecond());
    let mut tx = work.begin().await?;
    // An earlier try, or who has taken the wish since, may have stored it as ours.
    if numbers::get(&mut tx, &row.id).await?.is_none() {
        numbers::insert(&mut tx, &number).await.map_err(|error| match error {
            StoreError::Conflict => Halt::Taken,
            other => other.into(),
        })?;
    }
    let recorded = ProvisioningRow { state: Stage::Recorded.as_str().to_owned(), ..row.clone() };
    provisionings::save(&mut tx, &recorded, now).await?;
    tx.commit().await?;
    *row = recorded;
    Ok(())
}

fn recorded(
    row: &ProvisioningRow,
    owned: &OwnedNumber,
    price: Option<Price>,
    now: i64,
) -> NumberRow {
    let (monthly_cost, currency) = price.map(|price| (price.cents, price.currency)).unzip();
    NumberRow {
        id: row.id.clone(),
        agent_id: row.agent_id.clone(),
        phone_number: owned.number.as_str().to_owned(),
        phone_number_sid: owned.sid.to_string(),
        voice_number_id: None,
        provider: "twilio".to_owned(),
        status: Stage::Recorded.as_str().to_owned(),
        capabilities: serde_json::to_string(&owned.capabilities).unwrap_or_default(),
        country_code: row.country_code.clone(),
        friendly_name: pretty(&owned.number),
        monthly_cost,
        currency,
        provisioned_at: now,
        release_at: None,
        released_at: None,
    }
}

/// Tells Twilio (again) whose the number is and where its calls are reported.
pub(super) async fn hook_up(work: &Work<'_>, row: &ProvisioningRow) -> Result<(), Halt> {
    let change = Change { tag: Some(row.mark.clone()), hooks: work.providers.hooks() };
    work.telephony()?.client.configure(&sid(row)?, &change).await?;
    Ok(())
}

async fn configure(work: &Work<'_>, row: &mut ProvisioningRow) -> Result<(), Halt> {
    hook_up(work, row).await?;
    step(work, row, Stage::Configured, None).await
}

async fn link(work: &Work<'_>, row: &mut ProvisioningRow, agent: AgentRow) -> Result<(), Halt> {
    let agent = voice::ensure(work.office, work.providers, work.tenant, agent).await?;
    let known = match Voice::parse(&agent.provider) {
        Some(Voice::Vapi) => {
            let known = import(work, row, &agent).await?;
            // Vapi puts itself in our place there; calls come to us first.
            hook_up(work, row).await?;
            Some(known.to_string())
        }
        // A call is passed on to ElevenLabs when it comes: nothing to be told before.
        _ => None,
    };
    step(work, row, Stage::Linked, known).await
}

async fn import(
    work: &Work<'_>,
    row: &ProvisioningRow,
    agent: &AgentRow,
) -> Result<NumberId, Halt> {
    let api = work.providers.vapi.as_ref().ok_or(Halt::Fault(Fault::Unauthorised))?;
    let number = dialled(row)?;
    let assistant = voice::assistant_id(agent);
    let server = voice::server(work.providers);
    let import = Import {
        number: &number,
        twilio: &work.telephony()?.credentials,
        name: &agent.agent_name,
        assistant: assistant.as_ref(),
        server: &server,
        fallback: None,
    };
    match api.import_number(&import).await {
        Ok(known) => Ok(known.id),
        Err(fault) if voice::is_there(&fault, Reason::Conflict) => {
            let known = api.phone_numbers().await?;
            let ours = known.into_iter().find(|known| known.number == number.as_str());
            ours.map(|known| known.id).ok_or(Halt::Fault(fault))
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Writes a step that changed something of the recorded number.
async fn step(
    work: &Work<'_>,
    row: &mut ProvisioningRow,
    stage: Stage,
    voice_number: Option<String>,
) -> Result<(), Halt> {
    let mut tx = work.begin().await?;
    let mut number = recorded_number(&mut tx, row).await?;
    number.status = stage.as_str().to_owned();
    number.voice_number_id = voice_number.or(number.voice_number_id);
    row.state = stage.as_str().to_owned();
    row.error = None;
    let now = work.office.world.clock.now();
    numbers::update(&mut tx, &number, now).await?;
    provisionings::save(&mut tx, row, now).await?;
    Ok(tx.commit().await?)
}

/// The number of a wish, unless it or its assistant was given up meanwhile;
/// whoever does that waits until the transaction ends.
async fn recorded_number(tx: &mut Tx, row: &ProvisioningRow) -> Result<NumberRow, Halt> {
    if !agents::lock(tx, &row.agent_id).await? {
        return Err(Halt::Unwanted);
    }
    let missing = || StoreError::inconsistent("phone_numbers", "a recorded number is missing");
    let found = numbers::get(tx, &row.id).await?.ok_or_else(missing)?;
    let given_up = ["inactive", "released"].contains(&found.status.as_str());
    if given_up { Err(Halt::Unwanted) } else { Ok(found) }
}

pub(super) fn dialled(row: &ProvisioningRow) -> Result<E164, StoreError> {
    let number = row.phone_number.as_deref();
    let number = number.and_then(|text| E164::parse(text, &row.country_code).ok());
    number.ok_or_else(|| StoreError::inconsistent("provisionings", "a step without a number"))
}

/// The route and the end of the wish, at once.
async fn activate(work: &Work<'_>, row: &mut ProvisioningRow) -> Result<(), Halt> {
    let (office, now) = (work.office, work.office.world.clock.now());
    let dialled = dialled(row)?;
    let mut tx = work.begin().await?;
    let mut number = recorded_number(&mut tx, row).await?;
    let route = (Channel::Vocal, &dialled);
    match routes::resolve(&mut tx, route.0, route.1).await? {
        Some(owner) if owner != work.tenant => return Err(Halt::Taken),
        _ => {}
    }
    match routes::add_route(&mut tx, &office.rules.test, route, work.tenant, now).await {
        Err(StoreError::TestNumberImmutable) => return Err(Halt::Taken),
        added => added?,
    };
    number.status = Stage::Active.as_str().to_owned();
    numbers::update(&mut tx, &number, now).await?;
    row.state = Stage::Active.as_str().to_owned();
    (row.open, row.claimed_until, row.error) = (0, None, None);
    provisionings::save(&mut tx, row, now).await?;
    tx.commit().await?;
    office.forget_routes();
    Ok(())
}
