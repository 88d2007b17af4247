//! A call that an assistant takes: our server is asked and told as Vapi does.

use super::{INBOUND, SimulatedCall};
use crate::simulator::{Script, State, Talk, Telephoned, Words, World};
use axum::http::{HeaderName, HeaderValue};
use jiff::{SignedDuration, Timestamp};
use reqwest::header::HeaderMap;
use serde_json::{Value, json};
use std::time::Duration;

/// What Vapi waits for an answer to `assistant-request`.
const ASSISTANT_REQUEST: Duration = Duration::from_millis(7500);

/// What Vapi waits for anything else, by default.
const PATIENCE: Duration = Duration::from_secs(20);

/// A call in which an assistant speaks.
pub(crate) struct Conversation<'a> {
    world: &'a World,
    call: SimulatedCall,
    began: Timestamp,
    /// The assistant's settings.
    assistant: Value,
}

impl World {
    /// Places a call to a number that Vapi answers, as if it came in there
    /// directly; `None` when Vapi does not know the number.
    pub async fn call_vapi(&self, script: &Script) -> Option<Telephoned> {
        let number = self.state().vapi.numbers.with("number", &script.to).cloned()?;
        let id = self.new_call_id();
        let mut talk = Talk::of(script);
        let (assistant, server) = (number["assistantId"].as_str(), &number["server"]);
        let call = SimulatedCall::new(&id, &script.to, script.from.as_deref());
        let ended = self.vapi_takes(call, assistant, server, &mut talk).await;
        Some(talk.over(&id, &ended))
    }

    /// The caller is connected with a call that was registered before; how the
    /// assistant's part ended, or `None` when there is no such call.
    pub(crate) async fn vapi_stream(
        &self,
        id: &str,
        script: &Script,
        talk: &mut Talk,
    ) -> Option<String> {
        let registered = self.state().vapi.calls.take(id)?;
        let assistant = registered["assistantId"].as_str();
        let told = registered.pointer("/assistantOverrides/metadata").cloned();
        let call = SimulatedCall::new(id, &script.to, script.from.as_deref());
        let call = call.told(told.unwrap_or_else(|| json!({})));
        Some(self.vapi_takes(call, assistant, &Value::Null, talk).await)
    }

    /// Twilio asks Vapi's own voice URL for a number that Vapi has taken over.
    pub(crate) async fn vapi_inbound(&self, url: &str, script: &Script, talk: &mut Talk) -> bool {
        if !url.ends_with(INBOUND) {
            return false;
        }
        let Some(number) = self.state().vapi.numbers.with("number", &script.to).cloned() else {
            return false;
        };
        let (assistant, id) = (number["assistantId"].as_str(), self.new_call_id());
        let call = SimulatedCall::new(&id, &script.to, script.from.as_deref());
        self.vapi_takes(call, assistant, &number["server"], talk).await;
        true
    }

    fn new_call_id(&self) -> String {
        let mut state = self.state();
        super::server::born(self, &mut state, json!({})).0
    }

    async fn vapi_takes(
        &self,
        mut call: SimulatedCall,
        assistant: Option<&str>,
        server: &Value,
        talk: &mut Talk,
    ) -> String {
        let id = call.id().to_owned();
        if let Some(url) = self.own_url(&format!("/vapi/calls/{id}/control")) {
            call = call.controlled_at(url);
        }
        let stored = assistant.and_then(|id| self.state().vapi.assistants.get(id).cloned());
        let answer = match stored {
            Some(assistant) => Some(json!({ "assistant": assistant })),
            None => {
                let request = call.assistant_request(self.now());
                post(self, server, &request, ASSISTANT_REQUEST).await
            }
        };
        let Some(answer) = answer else {
            talk.fail("assistant-request was not answered");
            return "assistant-request-failed".to_owned();
        };
        if let Some(number) = answer.pointer("/destination/number").and_then(Value::as_str) {
            talk.dial(number);
            return "assistant-request-returned-forwarding-phone-number".to_owned();
        }
        match call.begin(&answer) {
            Err(sentence) => {
                talk.hear(&sentence);
                "assistant-request-returned-error".to_owned()
            }
            Ok(first) => {
                let assistant = self.assistant_of(&answer);
                let began = self.now();
                talk.lines.push(super::agent_line());
                talk.hear(&first);
                Conversation { world: self, call, began, assistant }.run(talk).await
            }
        }
    }

    /// The settings in an answer, or those that it names.
    fn assistant_of(&self, answer: &Value) -> Value {
        let named = answer["assistantId"].as_str();
        let stored = named.and_then(|id| self.state().vapi.assistants.get(id).cloned());
        stored.unwrap_or_else(|| answer["assistant"].clone())
    }
}

impl Conversation<'_> {
    async fn run(mut self, talk: &mut Talk) -> String {
        let id = self.call.id().to_owned();
        self.world.state().vapi.commands.insert(id.clone(), Vec::new());
        let started = self.call.in_progress(self.began);
        self.tell(&started).await;
        let ended = loop {
            if let Some(ended) = self.obey(&id, talk) {
                break ended;
            }
            match talk.next() {
                None => break "customer-ended-call".to_owned(),
                Some(words) => {
                    if let Some(ended) = self.turn(&words, talk).await {
                        break ended;
                    }
                }
            }
        };
        self.world.state().vapi.commands.remove(&id);
        let at = self.at(talk);
        self.tell(&self.call.ended(&ended, at)).await;
        self.tell(&self.call.report(&ended, at)).await;
        ended
    }

    fn at(&self, talk: &Talk) -> Timestamp {
        let spoken = SignedDuration::from_secs(talk.seconds());
        self.began.checked_add(spoken).unwrap_or(self.began)
    }

    /// Answers the caller; says how the call ends, when it does.
    async fn turn(&mut self, words: &Words, talk: &mut Talk) -> Option<String> {
        match words {
            Words::Tool { tool, arguments } => {
                let result = self.function(tool, &json!(arguments), self.at(talk)).await;
                talk.hear(&result.unwrap_or_else(|| "No result returned.".to_owned()));
                self.await_command(tool).await;
                None
            }
            Words::Speech(text) => self.ask(text, talk).await,
            Words::Keys { keys } => self.ask(keys, talk).await,
        }
    }

    /// Our server acts on the live call just after it answered `transfer`.
    async fn await_command(&self, tool: &str) {
        for _ in 0..if tool == "transfer" { 50 } else { 0 } {
            let told = |state: &State| {
                state.vapi.commands.get(self.call.id()).is_some_and(|told| !told.is_empty())
            };
            if told(&self.world.state()) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    async fn ask(&mut self, text: &str, talk: &mut Talk) -> Option<String> {
        let model = self.assistant["model"].clone();
        if model["provider"] != "custom-llm" {
            talk.hear("(réponse du modèle hébergé)");
            return None;
        }
        let mut request = self.call.turn(text, self.at(talk));
        if let (Some(told), Some(own)) =
            (request["metadata"].as_object_mut(), self.assistant["metadata"].as_object())
        {
            // What the call was registered with goes before what the assistant has.
            own.iter().for_each(|(name, value)| {
                told.entry(name.clone()).or_insert_with(|| value.clone());
            });
        }
        let url = model["url"].as_str().unwrap_or_default().trim_end_matches('/');
        let target =
            json!({ "url": format!("{url}/chat/completions"), "headers": model["headers"] });
        let Some(stream) = post_text(self.world, &target, &request, PATIENCE).await else {
            talk.fail("the model did not answer");
            return Some("call.in-progress.error-providerfault-custom-llm-llm-failed".to_owned());
        };
        let heard = self.call.hear(&stream);
        talk.hear(&heard.text);
        match heard.tool.as_deref() {
            Some("endCall") => Some("assistant-ended-call".to_owned()),
            Some("transferCall") => {
                let to = self.destination();
                talk.dial(&to);
                Some("assistant-forwarded-call".to_owned())
            }
            _ => None,
        }
    }

    /// The number that the assistant may pass calls to.
    fn destination(&self) -> String {
        let tools = self.assistant.pointer("/model/tools").and_then(Value::as_array);
        let transfer = tools.into_iter().flatten().find(|tool| tool["type"] == "transferCall");
        let number = transfer.and_then(|tool| tool.pointer("/destinations/0/number"));
        number.and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    /// Runs one of our functions as a hosted model would.
    async fn function(&self, name: &str, arguments: &Value, at: Timestamp) -> Option<String> {
        let tools = self.assistant.pointer("/model/tools").and_then(Value::as_array)?;
        let tool = tools.iter().find(|tool| tool["function"]["name"] == name)?;
        let server =
            if tool["server"].is_object() { &tool["server"] } else { &self.assistant["server"] };
        let request = self.call.tool_call(name, arguments, at);
        let answer = post(self.world, server, &request, PATIENCE).await?;
        let result = answer.pointer("/results/0")?;
        let text = result.get("result").or_else(|| result.get("error"))?;
        text.as_str().map(str::to_owned)
    }

    /// Does what the call was told by its control URL meanwhile.
    fn obey(&self, id: &str, talk: &mut Talk) -> Option<String> {
        let commands = {
            let mut state = self.world.state();
            state.vapi.commands.get_mut(id).map(std::mem::take).unwrap_or_default()
        };
        commands.iter().find_map(|command| {
            talk.hear(command["content"].as_str().unwrap_or_default());
            match command["type"].as_str()? {
                "end-call" => Some("assistant-ended-call".to_owned()),
                "say" if command["endCallAfterSpoken"] == true => {
                    Some("assistant-ended-call".to_owned())
                }
                "transfer" => {
                    talk.dial(command["destination"]["number"].as_str().unwrap_or_default());
                    Some("assistant-forwarded-call".to_owned())
                }
                _ => None,
            }
        })
    }

    /// Reports to the assistant's server; what it answers does not matter.
    async fn tell(&self, message: &Value) {
        post_text(self.world, &self.assistant["server"], message, PATIENCE).await;
    }
}

async fn post(world: &World, server: &Value, body: &Value, limit: Duration) -> Option<Value> {
    serde_json::from_str(&post_text(world, server, body, limit).await?).ok()
}

/// Posts with the headers that were configured; `None` unless it was a success.
async fn post_text(world: &World, server: &Value, body: &Value, limit: Duration) -> Option<String> {
    let url = server["url"].as_str()?;
    let configured = server["headers"].as_object().into_iter().flatten();
    let headers: HeaderMap = configured
        .filter_map(|(name, value)| {
            let name = HeaderName::try_from(name.as_str()).ok()?;
            Some((name, HeaderValue::try_from(value.as_str()?).ok()?))
        })
        .collect();
    let request = world.client().post(url).headers(headers).json(body).timeout(limit);
    let answer = request.send().await.ok()?.error_for_status().ok()?;
    answer.text().await.ok()
}
