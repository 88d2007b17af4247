//! The assistant that takes a call, transient or kept at Vapi: our dialogue as
//! the model, and settings that let a caller dictate names and numbers in French.

use super::destination::Destination;
use domain::tenant::Profile;
use domain::tenant::notices::Recording;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};

/// What an assistant is made of.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'a> {
    /// The name shown in Vapi's dashboard.
    pub name: &'a str,
    /// What Vapi says before the caller speaks; contains the disclosure.
    pub first_message: &'a str,
    /// Where this server is reached, without a trailing slash.
    pub base_url: &'a str,
    /// What Vapi is to present when it calls us.
    pub secret: Option<&'a SecretString>,
    /// Whom a call may be passed to.
    pub transfers: &'a [Destination],
    /// What a caller hears whom nobody answered.
    pub fallback: &'a str,
    /// Whether the call is recorded.
    pub recording: Recording,
    /// Words the transcriber should expect: the practice, its practitioners.
    pub words: &'a [String],
}

/// Calls longer than this are cut, in seconds.
const MAX_SECONDS: u32 = 900;

/// The words of a tenant that a transcriber tends to miss.
pub fn words(profile: &Profile) -> Vec<String> {
    let calendars = profile.calendars.iter().map(|calendar| calendar.name.clone());
    std::iter::once(profile.name.clone()).chain(calendars).take(20).collect()
}

impl Plan<'_> {
    /// The assistant as Vapi wants it.
    pub fn assistant(&self) -> Value {
        json!({
            "name": self.name.chars().take(40).collect::<String>(),
            "firstMessage": self.first_message,
            "firstMessageMode": "assistant-speaks-first",
            "firstMessageInterruptionsEnabled": true,
            "model": self.model(),
            "voice": { "provider": "azure", "voiceId": "fr-FR-DeniseNeural" },
            "transcriber": {
                "provider": "deepgram",
                "model": "nova-3",
                "language": "fr",
                "smartFormat": false,
                "endpointing": 300,
                "keyterm": self.words,
                "mipOptOut": true,
            },
            "startSpeakingPlan": start_speaking(),
            "stopSpeakingPlan": stop_speaking(),
            "keypadInputPlan": { "enabled": true, "timeoutSeconds": 3, "delimiters": "#" },
            "serverMessages": SERVER_MESSAGES,
            "server": self.server(),
            "maxDurationSeconds": MAX_SECONDS,
            "artifactPlan": {
                "recordingEnabled": self.recording != Recording::Off,
                "videoRecordingEnabled": false,
                "pcapEnabled": false,
                "transcriptPlan": { "enabled": false },
            },
            "analysisPlan": {
                "summaryPlan": { "enabled": false },
                "successEvaluationPlan": { "enabled": false },
            },
            "monitorPlan": { "listenEnabled": false, "controlEnabled": true },
        })
    }

    fn model(&self) -> Value {
        let mut tools = vec![json!({ "type": "endCall" })];
        if !self.transfers.is_empty() {
            // Our own sentence comes before the call of the tool, so Vapi adds none.
            let each = self.transfers.iter().map(|to| to.as_vapi("", self.fallback));
            tools.push(json!({ "type": "transferCall", "destinations": each.collect::<Vec<_>>() }));
        }
        json!({
            "provider": "custom-llm",
            "url": format!("{}/api/vapi", self.base_url),
            "model": super::stream::MODEL,
            "metadataSendMode": "variable",
            "timeoutSeconds": 10,
            "headers": self.headers(),
            "tools": tools,
        })
    }

    /// Where Vapi reports calls, for assistants and for numbers.
    pub fn server(&self) -> Value {
        self.server_at("/api/vapi/webhook")
    }

    pub(super) fn server_at(&self, path: &str) -> Value {
        json!({
            "url": format!("{}{path}", self.base_url),
            "timeoutSeconds": 10,
            "headers": self.headers(),
        })
    }

    fn headers(&self) -> Value {
        match self.secret {
            Some(secret) => json!({ "X-Vapi-Secret": secret.expose_secret() }),
            None => json!({}),
        }
    }
}

/// What we act on or show; the bulky ones (`conversation-update`) stay away.
const SERVER_MESSAGES: [&str; 7] = [
    "assistant.started",
    "end-of-call-report",
    "hang",
    "status-update",
    "tool-calls",
    "transfer-destination-request",
    "user-interrupted",
];

/// Questions and the silence, in seconds, that ends the answer to each. The
/// first that matches counts: "un numéro qui se termine par 14, c'est bien le
/// vôtre ? Dites oui ou non" is answered by one word although it says "numéro".
const PATIENCE: [(&[&str], f64); 5] = [
    (&["oui ou non", "c'est bien ça", "c'est bien le vôtre", "est-ce correct"], 0.6),
    (&["numéro", "téléphone", "joindre", "rappeler au"], 3.0),
    (&["adresse mail", "adresse e-mail", "adresse électronique", "courriel"], 4.0),
    (&["épeler", "épelez", "votre nom", "quel nom", "nom et prénom", "prénom"], 2.2),
    (&["message", "motif", "en quelques mots", "dites-moi tout"], 2.5),
];

/// How long, in seconds, a caller may pause after the assistant said this.
pub fn patience(last_said: &str) -> f64 {
    let said = last_said.to_lowercase().replace('\u{2019}', "'");
    let question = PATIENCE.iter().find(|(words, _)| words.iter().any(|word| said.contains(word)));
    question.map_or(1.0, |(_, seconds)| *seconds)
}

/// Waits longer where people pause: after digits, without punctuation, and
/// after questions for a number, a name or an address.
fn start_speaking() -> Value {
    let ignore_case = json!([{ "type": "ignore-case", "enabled": true }]);
    let mut rules: Vec<_> = PATIENCE
        .iter()
        .map(|(words, seconds)| {
            json!({
                "type": "assistant",
                "regex": words.join("|").replace('\'', "['\u{2019}]"),
                "regexOptions": ignore_case,
                "timeoutSeconds": seconds,
            })
        })
        .collect();
    // A number begun without being asked for: fewer than ten digits so far.
    rules.push(json!({
        "type": "customer",
        "regex": "(^|[^0-9])0[ .-]?[1-9]([ .-]?[0-9]){0,7}[ .,-]*$",
        "timeoutSeconds": 3.0,
    }));
    json!({
        "waitSeconds": 0.4,
        "transcriptionEndpointingPlan": {
            "onPunctuationSeconds": 0.3,
            "onNoPunctuationSeconds": 1.6,
            "onNumberSeconds": 1.4,
        },
        "customEndpointingRules": rules,
    })
}

/// A short French answer stops the assistant at once; a murmur does not.
fn stop_speaking() -> Value {
    json!({
        "numWords": 2,
        "voiceSeconds": 0.3,
        "backoffSeconds": 0.8,
        "acknowledgementPhrases": ["mmh", "mhm", "hum", "euh", "ah", "ah bon", "je vois"],
        "interruptionPhrases": [
            "oui", "ouais", "non", "si", "d'accord", "ok", "stop", "attendez", "pardon", "allô",
            "quoi", "comment", "le premier", "le deuxième", "le second", "le dernier", "aucun",
            "urgence", "urgent", "au secours", "à l'aide", "répétez", "moins vite",
        ],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan<'a>(transfers: &'a [Destination], secret: Option<&'a SecretString>) -> Plan<'a> {
        Plan {
            name: "Cabinet Demo",
            first_message: "Cabinet Demo, bonjour.",
            base_url: "https://voice.example.fr",
            secret,
            transfers,
            fallback: "Personne n'a pu répondre.",
            recording: Recording::Off,
            words: &[],
        }
    }

    #[test]
    fn a_call_is_not_recorded_and_is_answered_by_our_dialogue() {
        let assistant = plan(&[], None).assistant();
        assert_eq!(assistant["artifactPlan"]["recordingEnabled"], false);
        assert_eq!(assistant["model"]["provider"], "custom-llm");
        assert_eq!(assistant["model"]["url"], "https://voice.example.fr/api/vapi");
        assert_eq!(assistant["transcriber"]["language"], "fr");
        assert_eq!(assistant["model"]["tools"], json!([{ "type": "endCall" }]));
    }

    #[test]
    fn a_call_is_recorded_where_the_tenant_wants_it() {
        for recording in [Recording::Announced, Recording::Asked] {
            let assistant = Plan { recording, ..plan(&[], None) }.assistant();
            assert_eq!(assistant["artifactPlan"]["recordingEnabled"], true);
        }
    }

    #[test]
    fn a_caller_whom_nobody_answers_comes_back() {
        let to = |number: &str, ring_seconds| Destination {
            number: number.to_owned().try_into().unwrap(),
            ring_seconds,
        };
        let transfers = [to("+33199001234", 20), to("+33199001235", 40)];
        let assistant = plan(&transfers, None).assistant();
        let tool = &assistant["model"]["tools"][1];
        assert_eq!(tool["type"], "transferCall");
        let destinations = tool["destinations"].as_array().unwrap();
        assert_eq!(destinations.len(), 2);
        assert_eq!(destinations[1]["number"], "+33199001235");
        let plan = &destinations[1]["transferPlan"];
        assert_eq!(plan["timeout"], 40);
        let back = json!({ "message": "Personne n'a pu répondre.", "endCallEnabled": false });
        assert_eq!(plan["fallbackPlan"], back);
    }

    #[test]
    fn the_secret_travels_in_the_headers_that_come_back_to_us() {
        let secret = SecretString::from("whsec-demo-0123456789");
        let assistant = plan(&[], Some(&secret)).assistant();
        assert_eq!(assistant["server"]["headers"]["X-Vapi-Secret"], "whsec-demo-0123456789");
        assert_eq!(assistant["model"]["headers"]["X-Vapi-Secret"], "whsec-demo-0123456789");
    }

    #[test]
    fn a_dictated_number_is_given_more_time_than_a_yes() {
        let number = patience("Quel est le meilleur numéro pour vous joindre ?");
        let name = patience("À quel nom, s'il vous plaît ?");
        let yes = patience(
            "J'ai un numéro qui se termine par 14. C'est bien le vôtre ? Dites oui ou non.",
        );
        assert!(number > name && name > yes, "{number} {name} {yes}");
    }

    #[test]
    fn seconds_stay_within_what_vapi_accepts() {
        let plan = start_speaking();
        for rule in plan["customEndpointingRules"].as_array().unwrap() {
            assert!((0.0..=15.0).contains(&rule["timeoutSeconds"].as_f64().unwrap()));
        }
        for seconds in plan["transcriptionEndpointingPlan"].as_object().unwrap().values() {
            assert!((0.0..=3.0).contains(&seconds.as_f64().unwrap()));
        }
        assert!(stop_speaking()["voiceSeconds"].as_f64().unwrap() <= 0.5);
    }
}
