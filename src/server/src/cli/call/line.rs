//! The telephone line: a simulated call against a server's own endpoints.

use super::CallArgs;
use crate::cli::Failure;
use crate::config::Config;
use desk::World;
use domain::id::CallId;
use domain::phone::E164;
use reqwest::{Client, StatusCode};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use std::time::Duration;
use vendors::vapi::simulator::{Heard, SimulatedCall};

/// One call in progress.
pub(super) struct PhoneLine {
    client: Client,
    server: String,
    secret: Option<SecretString>,
    call: SimulatedCall,
    world: World,
}

impl PhoneLine {
    /// Takes the receiver off the hook.
    pub(super) fn new(config: &Config, args: &CallArgs, world: World) -> Result<Self, Failure> {
        let dialled = match &args.to {
            Some(raw) => number(raw, "--to")?,
            None => config.rules.test.number.clone(),
        };
        let caller = caller(args)?;
        let id = world.ids.uuid(world.clock.now()).to_string();
        let caller = caller.as_ref().map(E164::as_str);
        let own = format!("http://{}", config.listen);
        let server = args.server.as_deref().unwrap_or(&own);
        Ok(Self {
            client: super::super::http_client(Duration::from_secs(20))?,
            server: server.trim_end_matches('/').to_owned(),
            secret: config.vapi.secrets.first().cloned(),
            call: SimulatedCall::new(&id, dialled.as_str(), caller),
            world,
        })
    }

    /// The call's name.
    pub(super) fn id(&self) -> CallId {
        CallId::parse(self.call.id()).expect("a UUID is a name for a call")
    }

    /// Rings; gives the first message.
    pub(super) async fn ring(&mut self) -> Result<String, Failure> {
        let request = self.call.assistant_request(self.world.clock.now());
        let answer = self.post("/api/vapi/webhook", &request).await?;
        let answer: Value = serde_json::from_str(&answer)
            .map_err(|_| Failure::Refused("the server's answer is no JSON".into()))?;
        let greeting = self
            .call
            .begin(&answer)
            .map_err(|said| Failure::Refused(format!("the call is not taken: {said}")))?;
        let started = self.call.in_progress(self.world.clock.now());
        self.post("/api/vapi/webhook", &started).await?;
        Ok(greeting)
    }

    /// Says something; gives the answer.
    pub(super) async fn say(&mut self, text: &str) -> Result<Heard, Failure> {
        let request = self.call.turn(text, self.world.clock.now());
        let stream = self.post("/api/vapi/chat/completions", &request).await?;
        Ok(self.call.hear(&stream))
    }

    /// Hangs up, for one of Vapi's reasons.
    pub(super) async fn hang_up(&self, reason: &str) -> Result<(), Failure> {
        let now = self.world.clock.now();
        self.post("/api/vapi/webhook", &self.call.ended(reason, now)).await?;
        self.post("/api/vapi/webhook", &self.call.report(reason, now)).await?;
        Ok(())
    }

    async fn post(&self, path: &str, body: &Value) -> Result<String, Failure> {
        let url = format!("{}{path}", self.server);
        let mut request = self.client.post(&url).json(body);
        if let Some(secret) = &self.secret {
            request = request.header("x-vapi-secret", secret.expose_secret());
        }
        let unreachable =
            |_| Failure::Unreachable(format!("no server answers at {}; start `uwi`", self.server));
        let answer = request.send().await.map_err(unreachable)?;
        let status = answer.status();
        let text = answer.text().await.map_err(unreachable)?;
        if status == StatusCode::OK {
            return Ok(text);
        }
        let brief: String = text.chars().take(200).collect();
        Err(Failure::Refused(format!("the server answers {status}: {brief}")))
    }
}

/// Who calls; `None`: they hide it.
pub(super) fn caller(args: &CallArgs) -> Result<Option<E164>, Failure> {
    match ["hidden", "anonymous", "masqué"].contains(&args.from.as_str()) {
        true => Ok(None),
        false => number(&args.from, "--from").map(Some),
    }
}

/// A number of the command line.
pub(super) fn number(raw: &str, option: &str) -> Result<E164, Failure> {
    E164::parse(raw, "FR").map_err(|error| Failure::Usage(format!("{option} {raw}: {error}")))
}
