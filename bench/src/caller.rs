//! A caller who books an appointment: reacts to what the assistant says, and
//! sends each turn as Vapi does, with the whole history.

use serde_json::{Value, json};

/// One call in progress.
pub struct Caller {
    call: String,
    number: String,
    dialled: String,
    name: String,
    messages: Vec<Value>,
    turns: usize,
}

const FIRST_NAMES: [&str; 8] =
    ["Camille", "Lucas", "Jeanne", "Hugo", "Louise", "Paul", "Inès", "Marc"];
const LAST_NAMES: [&str; 8] =
    ["Lefèvre", "Garnier", "Roussel", "Perrin", "Moulin", "Carpentier", "Fontaine", "Vidal"];

impl Caller {
    /// A new call: the `index`-th of run `run`, to `dialled`.
    pub fn new(run: u64, index: u64, dialled: &str) -> Self {
        let pick = |names: [&'static str; 8], at: u64| names[usize::try_from(at % 8).unwrap_or(0)];
        Self {
            call: format!("bench-{run:x}-{index:x}"),
            number: format!("+3363998{:04}", index % 10_000),
            dialled: dialled.to_owned(),
            name: format!("{} {}", pick(FIRST_NAMES, index), pick(LAST_NAMES, index / 8)),
            messages: vec![
                json!({"role": "system", "content": "Tu es la réceptionniste du cabinet."}),
                json!({"role": "assistant", "content": "Cabinet, bonjour. Je suis l'assistant automatique. Que puis-je faire pour vous ?"}),
            ],
            turns: 0,
        }
    }

    /// The next request, or `None` when the call is over.
    pub fn request(&mut self, heard: Option<&str>) -> Option<Vec<u8>> {
        let words = match heard {
            None => "Bonjour, je voudrais prendre un rendez-vous, s'il vous plaît.".to_owned(),
            Some(said) => {
                self.messages.push(json!({"role": "assistant", "content": said}));
                if self.turns >= 8 || said.contains("au revoir") || said.contains("Au revoir") {
                    return None;
                }
                self.reaction(said)
            }
        };
        self.turns += 1;
        self.messages.push(json!({"role": "user", "content": words}));
        Some(self.body())
    }

    fn reaction(&self, said: &str) -> String {
        let lower = said.to_lowercase();
        let words = if lower.contains("se termine par") {
            "oui"
        } else if lower.contains("confirmé") {
            "non merci, au revoir"
        } else if lower.contains("quel nom") || lower.contains("votre nom") {
            return self.name.clone();
        } else if lower.contains(" h ") || lower.contains("convient") {
            "le premier"
        } else {
            "plutôt le matin"
        };
        words.to_owned()
    }

    fn body(&self) -> Vec<u8> {
        let call = json!({
            "id": self.call,
            "orgId": "5b6a1f2e-0c4d-4a6b-9e11-7d1f0a2b3c4d",
            "type": "inboundPhoneCall",
            "status": "ringing",
            "phoneNumberId": "a1c4e7f0-9b2d-4e6a-8f31-5c7d9e0b2a46",
            "customer": {"number": self.number},
            "monitor": {
                "controlUrl": format!("https://phone-call-websocket.aws-us-west-2-backend-production3.vapi.ai/{}/control", self.call)
            }
        });
        serde_json::to_vec(&json!({
            "model": "receptionist-fr",
            "messages": self.messages,
            "temperature": 0.3,
            "max_tokens": 250,
            "stream": true,
            "tools": [
                {"type": "function", "function": {"name": "endCall", "description": "Met fin à l'appel", "parameters": {"type": "object", "properties": {}}}}
            ],
            "call": call,
            "phoneNumber": {"id": "a1c4e7f0-9b2d-4e6a-8f31-5c7d9e0b2a46", "provider": "twilio", "number": self.dialled},
            "customer": {"number": self.number},
            "metadata": {},
        }))
        .expect("a JSON value can be written")
    }
}

/// The sentence in a streamed answer.
pub fn spoken(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let mut said = String::new();
    for frame in text.lines().filter_map(|line| line.strip_prefix("data: ")) {
        let Some(at) = frame.find("\"content\":\"") else { continue };
        let quoted = &frame[at + 10..];
        let mut values = serde_json::Deserializer::from_str(quoted).into_iter::<String>();
        if let Some(Ok(piece)) = values.next() {
            said.push_str(&piece);
        }
    }
    said
}
