//! What ElevenLabs reports after a call.

use super::api::{AgentId, ConversationId};
use serde_json::Value;

/// A report. The same one may come twice: `(conversation, kind)` is its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Which conversation.
    pub conversation: ConversationId,
    /// Whose.
    pub agent: AgentId,
    /// What is reported.
    pub kind: Kind,
}

/// What is reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// The call is over.
    Ended(Ended),
    /// A call out could not be set up.
    NotReached {
        /// `busy`, `no-answer`, `unknown`.
        reason: String,
    },
    /// Sound or something newer: not used.
    Other,
}

/// A call that is over.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ended {
    /// Twilio's name for the call.
    pub call: Option<String>,
    /// The called number of ours, as ElevenLabs writes it.
    pub dialled: Option<String>,
    /// The caller's number, as ElevenLabs writes it.
    pub caller: Option<String>,
    /// When it began, in seconds since 1970.
    pub started_at: Option<i64>,
    /// How long it took, in seconds.
    pub seconds: Option<i64>,
    /// Why it ended, in ElevenLabs' words.
    pub reason: Option<String>,
}

impl Report {
    /// Reads a report's body; `None` when it is not one.
    pub fn read(body: &Value) -> Option<Self> {
        let data = &body["data"];
        let kind = match body["type"].as_str()? {
            "post_call_transcription" => Kind::Ended(ended(&data["metadata"])),
            "call_initiation_failure" => {
                let reason = data["failure_reason"].as_str().unwrap_or("unknown");
                Kind::NotReached { reason: reason.to_owned() }
            }
            _ => Kind::Other,
        };
        Some(Self {
            conversation: ConversationId::parse(data["conversation_id"].as_str()?)?,
            agent: AgentId::parse(data["agent_id"].as_str()?)?,
            kind,
        })
    }
}

fn ended(metadata: &Value) -> Ended {
    let phone = &metadata["phone_call"];
    let text = |value: &Value| value.as_str().map(str::to_owned);
    Ended {
        call: text(&phone["call_sid"]),
        dialled: text(&phone["agent_number"]),
        caller: text(&phone["external_number"]),
        started_at: metadata["start_time_unix_secs"].as_i64(),
        seconds: metadata["call_duration_secs"].as_i64(),
        reason: text(&metadata["termination_reason"]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: &str) -> Report {
        Report::read(&serde_json::from_str(file).unwrap()).unwrap()
    }

    #[test]
    fn the_documented_reports_are_read() {
        let over =
            read(include_str!("../../tests/fixtures/elevenlabs/post-call.transcription.json"));
        let Kind::Ended(ended) = over.kind else { panic!() };
        assert_eq!(ended.call.as_deref(), Some("CA00000000000000000000000000000001"));
        assert_eq!(ended.dialled.as_deref(), Some("+33939240575"));
        assert_eq!((ended.started_at, ended.seconds), (Some(1_789_374_605), Some(22)));
        let audio = read(include_str!("../../tests/fixtures/elevenlabs/post-call.audio.json"));
        assert_eq!(audio.kind, Kind::Other);
        let busy = read(include_str!(
            "../../tests/fixtures/elevenlabs/post-call.call-initiation-failure.twilio.json"
        ));
        assert_eq!(busy.kind, Kind::NotReached { reason: "busy".to_owned() });
        assert_eq!(Report::read(&serde_json::json!({ "type": 1 })), None);
    }
}
