//! The accounts at the providers: those that are configured, or without any, in
//! private and where the operator wants it so, the built-in simulators over
//! HTTP on this machine.

use crate::cli::{self, Failure};
use crate::config::{Config, House};
use desk::channels::vault::Vault;
use desk::outbox::Mail;
use desk::providers::{Account, Providers, Telephony};
use desk::sending::carriers::{Carriers, Meta};
use desk::{Office, simulated};
use reqwest::Url;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinHandle;
use vendors::elevenlabs::api::Api as ElevenLabs;
use vendors::simulator::{Setup, World};
use vendors::twilio::client::Twilio;
use vendors::vapi::api::Api as Vapi;
use vendors::whatsapp::api::{PhoneNumberId, WhatsApp};
use vendors::whatsapp::simulator::PHONE_NUMBER_ID;

/// How long a provider may take; each client has a shorter limit of its own.
const TIMEOUT: Duration = Duration::from_secs(30);
/// How often what the simulators know is kept.
const KEEP: Duration = Duration::from_millis(500);
/// How long running simulators may take to say that they are there.
const THERE: Duration = Duration::from_secs(1);

/// Who can be asked.
pub struct Accounts {
    /// The providers.
    pub providers: Providers,
    simulators: Option<Simulators>,
}

/// Simulators of this process.
struct Simulators {
    world: World,
    base: Url,
    serving: JoinHandle<()>,
}

/// Whether the simulators stand in: no provider of numbers or voices is
/// configured, and either nobody from outside can come or the operator wants
/// it so (`UWI_SIMULATORS=on`).
pub fn are_simulated(config: &Config) -> bool {
    let configured = config.twilio.credentials.is_some()
        || config.vapi.api_key.is_some()
        || config.elevenlabs.api_key.is_some();
    !configured && (config.house() == House::Private || config.simulators)
}

/// Whether every page must say so: where anybody may come.
pub fn is_announced(config: &Config) -> bool {
    are_simulated(config) && config.house() == House::Public
}

/// The accounts that are configured.
pub fn configured(config: &Config) -> Result<Providers, Failure> {
    let client = cli::http_client(TIMEOUT)?;
    let twilio = config.twilio.credentials.clone().map(|credentials| Telephony {
        client: Twilio::new(client.clone(), config.twilio.base_url.as_ref(), credentials.clone()),
        credentials,
    });
    let vapi = config.vapi.api_key.clone();
    let elevenlabs = config.elevenlabs.api_key.clone();
    Ok(Providers {
        twilio,
        vapi: vapi.map(|key| Vapi::new(client.clone(), config.vapi.base_url.as_ref(), key)),
        elevenlabs: elevenlabs
            .map(|key| ElevenLabs::new(client, config.elevenlabs.base_url.as_ref(), key)),
        secret: config.vapi.secrets.first().cloned(),
        home: config.public_base(),
        account: Account::Real,
    })
}

/// Who carries messages: the accounts that are configured, or in private
/// without any, the simulators behind the same clients.
pub fn carriers(config: &Config, providers: &Providers, mail: Mail) -> Result<Carriers, Failure> {
    let client = cli::http_client(TIMEOUT)?;
    let base = config.twilio.base_url.as_ref();
    let own = config.twilio.credentials.clone();
    let own = own.map(|credentials| Twilio::new(client.clone(), base, credentials));
    let simulated = providers.account == Account::Simulated;
    let stand_in = providers.twilio.as_ref().filter(|_| simulated).map(|one| one.client.clone());
    let whatsapp = &config.whatsapp;
    let meta = whatsapp.token.clone().map(|token| Meta {
        api: WhatsApp::new(client.clone(), whatsapp.base_url.as_ref(), token),
        number: whatsapp.number.clone(),
    });
    // One address for all simulators.
    let meta = meta.or_else(|| simulated_meta(client, stand_in.as_ref()?));
    Ok(Carriers {
        twilio: own.or(stand_in),
        sender: config.sender.clone(),
        whatsapp: meta,
        mail,
        vault: Vault::new(&config.encryption),
        home: config.public_base(),
        public: config.house() == House::Public,
    })
}

fn simulated_meta(client: reqwest::Client, twilio: &Twilio) -> Option<Meta> {
    let demo = Setup::demo(Arc::new(|| jiff::Timestamp::UNIX_EPOCH));
    let api = WhatsApp::new(client, twilio.base().as_ref(), demo.whatsapp_token);
    Some(Meta { api, number: PhoneNumberId::parse(PHONE_NUMBER_ID) })
}

/// The accounts of a server: what is configured, or simulators of its own.
pub async fn open(config: &Config, office: &Arc<Office>) -> Result<Accounts, Failure> {
    if !are_simulated(config) {
        return Ok(Accounts { providers: configured(config)?, simulators: None });
    }
    let simulators = start(office).await?;
    let providers = of(config, &simulators.base, simulators.world.setup())?;
    simulators.keep(office).await?;
    let (world, base) = (simulators.world.clone(), simulators.base.clone());
    tokio::spawn(keep_on(Arc::clone(office), world, base));
    Ok(Accounts { providers, simulators: Some(simulators) })
}

/// The accounts of a command: simulators that a server runs are shared.
pub async fn visit(config: &Config, office: &Arc<Office>) -> Result<Accounts, Failure> {
    if !are_simulated(config) {
        return Ok(Accounts { providers: configured(config)?, simulators: None });
    }
    if let Some(base) = running(office).await? {
        let providers = of(config, &base, &setup(office))?;
        return Ok(Accounts { providers, simulators: None });
    }
    let simulators = start(office).await?;
    let providers = of(config, &simulators.base, simulators.world.setup())?;
    Ok(Accounts { providers, simulators: Some(simulators) })
}

impl Accounts {
    /// Keeps what own simulators know, and stops them: a command's last act.
    pub async fn close(self, office: &Office) -> Result<(), Failure> {
        if let Some(simulators) = self.simulators {
            simulators.keep(office).await?;
            simulators.serving.abort();
        }
        Ok(())
    }
}

impl Simulators {
    async fn keep(&self, office: &Office) -> Result<(), Failure> {
        let state = self.world.save().to_string();
        Ok(simulated::remember(office, self.base.as_str(), state).await?)
    }
}

fn setup(office: &Arc<Office>) -> Setup {
    let clock = office.world.clock.clone();
    Setup::demo(Arc::new(move || clock.now()))
}

async fn start(office: &Arc<Office>) -> Result<Simulators, Failure> {
    let world = World::new(setup(office), cli::http_client(TIMEOUT)?);
    if let Some((_, state)) = simulated::remembered(office).await?
        && let Ok(state) = serde_json::from_str(&state)
        && let Err(error) = world.restore(&state)
    {
        tracing::warn!(%error, "the simulators have forgotten what they knew");
    }
    let listening = world.listen(([127, 0, 0, 1], 0).into()).await;
    let (base, serving) = listening.map_err(|error| Failure::Unreachable(error.to_string()))?;
    Ok(Simulators { world, base, serving })
}

/// Where simulators run already, if they do.
pub async fn running(office: &Office) -> Result<Option<Url>, Failure> {
    let Some((base, _)) = simulated::remembered(office).await? else { return Ok(None) };
    let Ok(base) = Url::parse(&base) else { return Ok(None) };
    let Ok(probe) = base.join("/_sim/requests") else { return Ok(None) };
    let answer = cli::http_client(THERE)?.get(probe).send().await;
    Ok(answer.is_ok_and(|answer| answer.status().is_success()).then_some(base))
}

fn of(config: &Config, base: &Url, setup: &Setup) -> Result<Providers, Failure> {
    let client = cli::http_client(TIMEOUT)?;
    let credentials = setup.twilio.clone();
    Ok(Providers {
        twilio: Some(Telephony {
            client: Twilio::new(client.clone(), Some(base), credentials.clone()),
            credentials,
        }),
        vapi: Some(Vapi::new(client.clone(), Some(base), setup.vapi_key.clone())),
        elevenlabs: Some(ElevenLabs::new(client, Some(base), setup.elevenlabs_key.clone())),
        secret: config.vapi.secrets.first().cloned(),
        home: config.public_base(),
        account: Account::Simulated,
    })
}

/// Keeps what the simulators know whenever it changes.
async fn keep_on(office: Arc<Office>, world: World, base: Url) {
    let mut kept = String::new();
    loop {
        tokio::time::sleep(KEEP).await;
        let state = world.save().to_string();
        if state == kept {
            continue;
        }
        match simulated::remember(&office, base.as_str(), state.clone()).await {
            Ok(()) => kept = state,
            Err(error) => tracing::warn!(%error, "what the simulators know is not kept"),
        }
    }
}
