//! What the simulators know and remember.

use super::faults::{self, Misbehaviour, Trouble};
use super::record::Recorded;
use crate::twilio::client::Credentials;
use crate::twilio::sid::AccountSid;
use axum::http::Method;
use jiff::Timestamp;
use reqwest::Url;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use tokio::task::JoinHandle;

/// How many requests are remembered.
const RECORDS: usize = 20_000;

/// What time it is.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What becomes of a regulatory bundle that is handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Review {
    /// It waits until somebody decides ([`World::decide`], `/_sim/bundles/{sid}`).
    ByHand,
    /// It is approved at once: for demos.
    Approve,
}

/// When and how what becomes of a message is reported.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reports {
    /// Sent, then delivered.
    #[default]
    AtOnce,
    /// Only when somebody says so.
    Held,
    /// Each report twice.
    Twice,
    /// The last one first.
    Reversed,
}

/// What the simulators are.
#[derive(Clone)]
pub struct Setup {
    /// Names of objects come from it.
    pub seed: u64,
    /// The time that objects and webhooks carry.
    pub clock: Clock,
    /// Twilio's account.
    pub twilio: Credentials,
    /// ElevenLabs' key.
    pub elevenlabs_key: SecretString,
    /// What ElevenLabs signs its reports with.
    pub elevenlabs_secret: SecretString,
    /// Vapi's private key.
    pub vapi_key: SecretString,
    /// WhatsApp's access token.
    pub whatsapp_token: SecretString,
    /// What WhatsApp signs its webhooks with.
    pub whatsapp_secret: SecretString,
    /// What happens to bundles.
    pub review: Review,
}

impl Setup {
    /// Made-up credentials, bundles approved at once.
    pub fn demo(clock: Clock) -> Self {
        let account = AccountSid::parse("AC00000000000000000000000000000001");
        Self {
            seed: 1,
            clock,
            twilio: Credentials {
                account: account.expect("two letters and 32 digits"),
                token: SecretString::from("simulated-twilio-token"),
            },
            elevenlabs_key: SecretString::from("simulated-elevenlabs-key"),
            elevenlabs_secret: SecretString::from("simulated-elevenlabs-secret"),
            vapi_key: SecretString::from("simulated-vapi-key"),
            whatsapp_token: SecretString::from("simulated-whatsapp-token"),
            whatsapp_secret: super::demo_whatsapp_secret(),
            review: Review::Approve,
        }
    }
}

/// The state of all simulators: what a provider would keep.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct State {
    made: u64,
    pub(crate) twilio: crate::twilio::simulator::Records,
    pub(crate) elevenlabs: crate::elevenlabs::simulator::Records,
    pub(crate) vapi: crate::vapi::simulator::Records,
    pub(crate) whatsapp: crate::whatsapp::simulator::Records,
}

/// The simulated providers, shared by all their routers. Cheap to clone.
#[derive(Clone)]
pub struct World(Arc<Inner>);

struct Inner {
    setup: Setup,
    client: reqwest::Client,
    base: OnceLock<Url>,
    state: Mutex<State>,
    troubles: Mutex<Vec<Misbehaviour>>,
    recorded: Mutex<VecDeque<Recorded>>,
    reports: Mutex<Reports>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic while the lock was held would have been a failed test's.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl World {
    /// A world without any object; `client` carries its webhooks and calls.
    pub fn new(setup: Setup, client: reqwest::Client) -> Self {
        Self(Arc::new(Inner {
            setup,
            client,
            base: OnceLock::new(),
            state: Mutex::default(),
            troubles: Mutex::default(),
            recorded: Mutex::default(),
            reports: Mutex::default(),
        }))
    }

    /// Serves all providers at an address (`127.0.0.1:0` takes any free port)
    /// until the task is aborted; answers the base URL for all of them.
    pub async fn listen(&self, at: SocketAddr) -> io::Result<(Url, JoinHandle<()>)> {
        let (base, serving) = super::listen(super::router(self), at).await?;
        self.reachable_at(base.clone());
        Ok((base, serving))
    }

    /// Tells the simulators their own base URL: for the URLs that they give out
    /// (a number's new voice URL, a live call's control URL). The first counts.
    pub fn reachable_at(&self, base: Url) {
        // Later ones are the same world behind another door.
        let _ = self.0.base.set(base);
    }

    /// A URL of the simulators; `None` while they do not know where they are.
    pub(crate) fn own_url(&self, path: &str) -> Option<String> {
        let base = self.0.base.get()?.as_str().trim_end_matches('/');
        Some(format!("{base}{path}"))
    }

    /// What it was made of.
    pub fn setup(&self) -> &Setup {
        &self.0.setup
    }

    /// Everything it remembers, to be brought back with [`Self::restore`].
    pub fn save(&self) -> Value {
        serde_json::to_value(&*self.state()).unwrap_or_default()
    }

    /// Brings back what [`Self::save`] gave; what cannot be read is refused.
    pub fn restore(&self, saved: &Value) -> Result<(), serde_json::Error> {
        *self.state() = State::deserialize(saved)?;
        Ok(())
    }

    /// Lets requests go wrong.
    pub fn misbehave(&self, misbehaviour: Misbehaviour) {
        locked(&self.0.troubles).push(misbehaviour);
    }

    /// How messages are reported from now on.
    pub fn report_messages(&self, reports: Reports) {
        *locked(&self.0.reports) = reports;
    }

    pub(crate) fn reports(&self) -> Reports {
        *locked(&self.0.reports)
    }

    /// From now on everything goes well.
    pub fn behave(&self) {
        locked(&self.0.troubles).clear();
    }

    /// The latest requests, oldest first.
    pub fn recorded(&self) -> Vec<Recorded> {
        locked(&self.0.recorded).iter().cloned().collect()
    }

    /// Likewise, and forgets them.
    pub fn take_recorded(&self) -> Vec<Recorded> {
        locked(&self.0.recorded).drain(..).collect()
    }

    /// The provider's name of a message with our mark on it.
    pub fn message_marked(&self, mark: &str) -> Option<String> {
        let state = self.state();
        state.twilio.marked(mark).or_else(|| state.whatsapp.marked(mark)).map(str::to_owned)
    }

    pub(super) fn record(&self, request: Recorded) {
        let mut recorded = locked(&self.0.recorded);
        if recorded.len() == RECORDS {
            recorded.pop_front();
        }
        recorded.push_back(request);
    }

    pub(super) fn take_trouble(&self, method: &Method, path: &str) -> Option<Trouble> {
        faults::take(&mut locked(&self.0.troubles), method, path)
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        locked(&self.0.state)
    }

    pub(crate) fn client(&self) -> &reqwest::Client {
        &self.0.client
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.0.setup.clock)()
    }

    /// A new name: 32 hexadecimal digits, the same for the same seed and place
    /// in the sequence.
    pub(crate) fn digits(&self, state: &mut State) -> String {
        state.made += 1;
        let text = format!("{}/{}", self.0.setup.seed, state.made);
        hex::encode(&Sha256::digest(text.as_bytes())[..16])
    }
}
