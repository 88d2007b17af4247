//! What an agent is made of: our dialogue as its model, or a hosted one, and
//! settings for French on the telephone without recordings.

use domain::phone::E164;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};

/// Calls longer than this are cut, in seconds; the same as at Vapi.
const MAX_SECONDS: u32 = 900;

/// What an agent is to be.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'a> {
    /// The name shown in ElevenLabs' dashboard.
    pub name: &'a str,
    /// Our mark on it: finds the agent whose creation was not answered.
    pub mark: &'a str,
    /// What it says first; contains the disclosure. A call may override it.
    pub first_message: &'a str,
    /// Two letters (`fr`).
    pub language: &'a str,
    /// ElevenLabs' name of the voice.
    pub voice: &'a str,
    /// Who thinks.
    pub brain: Brain<'a>,
    /// Whom a call may be passed to. Only on numbers that ElevenLabs answers
    /// itself: a [`bridge`](super::bridge)d call cannot be passed on by it.
    pub transfer: Option<&'a E164>,
    /// Words the transcriber should expect.
    pub words: &'a [String],
    /// ElevenLabs' name of the webhook that gets the reports.
    pub webhook: Option<&'a str>,
}

/// Who thinks for an agent.
#[derive(Debug, Clone, Copy)]
pub enum Brain<'a> {
    /// Our dialogue.
    Ours {
        /// Where this server is reached, without a trailing slash.
        base_url: &'a str,
        /// What ElevenLabs is to present when it calls us.
        secret: Option<&'a SecretString>,
    },
    /// A model of ElevenLabs' list.
    Hosted {
        /// Its name (`gpt-4.1-mini`).
        model: &'a str,
        /// What it is told to be and do.
        instructions: &'a str,
    },
}

impl Plan<'_> {
    /// The agent as ElevenLabs wants it, for creating, updating and comparing.
    pub fn agent(&self) -> Value {
        json!({
            "name": self.name,
            "tags": ["uwi", self.mark],
            "conversation_config": {
                "agent": {
                    "first_message": self.first_message,
                    "language": self.language,
                    "prompt": self.prompt(),
                },
                // The only format that a bridged call of Twilio's carries.
                "asr": {
                    "quality": "high",
                    "user_input_audio_format": "ulaw_8000",
                    "keywords": self.words,
                },
                "tts": {
                    "voice_id": self.voice,
                    "model_id": "eleven_flash_v2_5",
                    "agent_output_audio_format": "ulaw_8000",
                },
                "turn": { "turn_timeout": 7, "silence_end_call_timeout": 30 },
                "conversation": { "max_duration_seconds": MAX_SECONDS },
            },
            "platform_settings": self.platform(),
        })
    }

    fn platform(&self) -> Value {
        json!({
            "privacy": {
                "record_voice": false,
                "retention_days": 1,
                "delete_transcript_and_pii": true,
                "delete_audio": true,
            },
            "overrides": {
                "conversation_config_override": { "agent": { "first_message": true } },
                "custom_llm_extra_body": true,
                "enable_conversation_initiation_client_data_from_webhook": false,
            },
            "workspace_overrides": { "webhooks": { "post_call_webhook_id": self.webhook } },
        })
    }

    fn prompt(&self) -> Value {
        let mut prompt = match self.brain {
            Brain::Ours { base_url, secret } => {
                let headers = match secret {
                    Some(secret) => json!({ "X-Vapi-Secret": secret.expose_secret() }),
                    None => json!({}),
                };
                json!({
                    "prompt": "",
                    "llm": "custom-llm",
                    "custom_llm": {
                        "url": format!("{base_url}/api/vapi"),
                        "model_id": crate::vapi::stream::MODEL,
                        "request_headers": headers,
                    },
                })
            }
            Brain::Hosted { model, instructions } => {
                json!({ "prompt": instructions, "llm": model, "temperature": 0.2 })
            }
        };
        prompt["max_tokens"] = 250.into();
        prompt["built_in_tools"] = self.tools();
        prompt
    }

    fn tools(&self) -> Value {
        let tool = |name: &str, params: Value| json!({ "type": "system", "name": name, "description": "", "params": params });
        let mut tools =
            json!({ "end_call": tool("end_call", json!({ "system_tool_type": "end_call" })) });
        if let Some(number) = self.transfer {
            let transfer = json!({
                "transfer_destination": { "type": "phone", "phone_number": number.as_str() },
                "condition": "L'appelant demande à parler à une personne.",
                "transfer_type": "conference",
            });
            let params =
                json!({ "system_tool_type": "transfer_to_number", "transfers": [transfer] });
            tools["transfer_to_number"] = tool("transfer_to_number", params);
        }
        tools
    }
}
