//! The end of a call: why, how long, what it cost, what was said.

use super::call::{timestamp, whole};
use jiff::Timestamp;
use serde_json::Value;

/// What an `end-of-call-report` says; every field may be missing on the wire.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    /// Why the call ended, as written.
    pub ended_reason: Option<String>,
    /// When it was answered.
    pub started_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// How long it lasted, in whole seconds rounded up.
    pub duration_seconds: Option<i64>,
    /// What Vapi charges, in cents of a US dollar, rounded up.
    pub cost_cents: Option<i64>,
    /// Lines `AI: …` / `User: …`.
    pub transcript: Option<String>,
    /// Vapi's own summary.
    pub summary: Option<String>,
    /// Where the recording is kept, when there is one.
    pub recording_url: Option<String>,
    /// The number that the call was forwarded to.
    pub forwarded_to: Option<String>,
    /// What became of the last transfer, as written (`connected`, `no-answer`, …).
    pub transfer_status: Option<String>,
}

impl Report {
    /// Reads a report, wherever each year has put its fields.
    pub fn read(message: &Value) -> Self {
        let text = |paths: &[&str]| first_text(message, paths);
        let time = |paths: &[&str]| paths.iter().find_map(|path| timestamp(message.pointer(path)?));
        let started_at = time(&["/startedAt", "/call/startedAt"]);
        let ended_at = time(&["/endedAt", "/call/endedAt"]);
        Self {
            ended_reason: text(&["/endedReason", "/call/endedReason"]),
            started_at,
            ended_at,
            duration_seconds: duration(message, started_at, ended_at),
            cost_cents: cost(message),
            transcript: text(&["/transcript", "/artifact/transcript"]),
            summary: text(&["/summary", "/analysis/summary"]),
            recording_url: text(&[
                "/recordingUrl",
                "/artifact/recordingUrl",
                "/artifact/recording/mono/combinedUrl",
                "/stereoRecordingUrl",
                "/artifact/stereoRecordingUrl",
                "/artifact/recording/stereoUrl",
            ]),
            forwarded_to: text(&["/destination/number", "/call/destination/number"]),
            transfer_status: last_transfer(message),
        }
    }
}

fn last_transfer(message: &Value) -> Option<String> {
    let transfers = ["/artifact/transfers", "/call/artifact/transfers"];
    let list = transfers.iter().find_map(|path| message.pointer(path)?.as_array())?;
    let status = list.last()?.get("status")?.as_str()?;
    (!status.is_empty()).then(|| status.chars().take(64).collect())
}

fn first_text(message: &Value, paths: &[&str]) -> Option<String> {
    let mut texts = paths.iter().filter_map(|path| message.pointer(path)?.as_str());
    texts.find(|text| !text.trim().is_empty()).map(str::to_owned)
}

fn duration(message: &Value, from: Option<Timestamp>, to: Option<Timestamp>) -> Option<i64> {
    let number = |key: &str| message.get(key)?.as_f64().filter(|number| *number >= 0.0);
    let seconds = number("durationSeconds")
        .or_else(|| Some(number("durationMs")? / 1000.0))
        .or_else(|| Some(number("durationMinutes")? * 60.0));
    seconds
        .and_then(|seconds| whole(seconds.ceil()))
        .or_else(|| Some(to?.as_second().saturating_sub(from?.as_second()).max(0)))
}

fn cost(message: &Value) -> Option<i64> {
    ["/cost", "/costBreakdown/total", "/call/cost"]
        .iter()
        .find_map(|path| message.pointer(path)?.as_f64())
        .filter(|dollars| *dollars >= 0.0)
        .and_then(|dollars| whole((dollars * 100.0).ceil()))
}

/// What the end of a call says of a transfer that was going on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TransferEnd {
    /// Somebody took the call.
    Taken,
    /// Nobody did: why, in Vapi's words.
    Missed(String),
    /// It does not say.
    Unknown,
}

impl Report {
    /// What became of a transfer that was going on when the call ended.
    pub fn transfer_end(&self) -> TransferEnd {
        match self.transfer_status.as_deref() {
            Some("connected" | "completed") => return TransferEnd::Taken,
            Some(status @ ("no-answer" | "busy" | "voicemail" | "failed" | "cancelled")) => {
                return TransferEnd::Missed(status.to_owned());
            }
            _ => {}
        }
        let Some(reason) = self.ended_reason.as_deref() else { return TransferEnd::Unknown };
        match reason {
            "call.forwarding.no-answer" => TransferEnd::Missed("no-answer".to_owned()),
            "call.forwarding.operator-busy" => TransferEnd::Missed("busy".to_owned()),
            // They were put through before.
            "customer-ended-call-during-transfer" => TransferEnd::Unknown,
            _ if reason.contains("transfer") && !reason.contains("hook-executed") => {
                TransferEnd::Missed(reason.chars().take(64).collect())
            }
            _ => match Ending::of(reason) {
                Ending::Forwarded => TransferEnd::Taken,
                Ending::Caller => TransferEnd::Missed("caller-left".to_owned()),
                Ending::Silence => TransferEnd::Missed("silence".to_owned()),
                Ending::Fault => TransferEnd::Missed("failed".to_owned()),
                _ => TransferEnd::Unknown,
            },
        }
    }
}

/// What an ended reason means for the call's row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The caller hung up.
    Caller,
    /// We hung up.
    Assistant,
    /// The call was passed to somebody else.
    Forwarded,
    /// Nobody spoke any more.
    Silence,
    /// The longest duration was reached.
    TooLong,
    /// A voicemail answered.
    Voicemail,
    /// Nobody answered the call we placed.
    NotAnswered,
    /// The line was busy.
    Busy,
    /// Our answer to `assistant-request` could not be used: our fault.
    Refused,
    /// A fault of Vapi, of a provider, or of our model endpoint.
    Fault,
    /// A reason that did not exist when this was written.
    Other,
}

impl Ending {
    /// Classifies a reason by its prefix; the list grows several times a year.
    pub fn of(reason: &str) -> Self {
        match reason {
            "customer-ended-call" | "hangup" | "customer-ended-call-before-warm-transfer" => {
                Self::Caller
            }
            "silence-timed-out" => Self::Silence,
            "exceeded-max-duration" => Self::TooLong,
            "voicemail" => Self::Voicemail,
            "customer-busy" => Self::Busy,
            "customer-did-not-answer" => Self::NotAnswered,
            "assistantEndedCall" | "manually-canceled" => Self::Assistant,
            "assistant-forwarded-call" | "assistant-request-returned-forwarding-phone-number" => {
                Self::Forwarded
            }
            _ => Self::by_prefix(reason),
        }
    }

    fn by_prefix(reason: &str) -> Self {
        let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| reason.starts_with(prefix));
        if starts(&["assistant-ended-call", "assistant-said-end-call-phrase"]) {
            Self::Assistant
        } else if starts(&["assistant-request"]) {
            Self::Refused
        } else if starts(&["customer-ended-call"]) {
            Self::Caller
        } else if starts(&FAULTS) || reason.contains("error") || reason.contains("failed") {
            Self::Fault
        } else {
            Self::Other
        }
    }

    /// The value of `call_logs.call_status`.
    pub fn call_status(self) -> &'static str {
        match self {
            Self::Refused | Self::Fault => "failed",
            Self::Busy => "busy",
            Self::NotAnswered => "no-answer",
            _ => "completed",
        }
    }
}

const FAULTS: [&str; 9] = [
    "call.",
    "call-start",
    "pipeline-",
    "custom-llm-",
    "db-error",
    "twilio-",
    "vonage-",
    "phone-call-provider",
    "assistant-join-timed-out",
];

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn reasons_are_classified_by_prefix() {
        for (reason, ending) in [
            ("customer-ended-call", Ending::Caller),
            ("hangup", Ending::Caller),
            ("assistant-ended-call-after-message-spoken", Ending::Assistant),
            ("assistant-forwarded-call", Ending::Forwarded),
            ("silence-timed-out", Ending::Silence),
            ("exceeded-max-duration", Ending::TooLong),
            ("call.in-progress.error-providerfault-custom-llm-llm-failed", Ending::Fault),
            ("call.start.error-vapifault-get-org", Ending::Fault),
            ("pipeline-error-openai-voice-failed", Ending::Fault),
            ("assistant-request-returned-invalid-assistant", Ending::Refused),
            ("something-of-next-year", Ending::Other),
        ] {
            assert_eq!(Ending::of(reason), ending, "{reason}");
        }
        assert_eq!(Ending::of("assistant-request-failed").call_status(), "failed");
        assert_eq!(Ending::of("customer-ended-call").call_status(), "completed");
    }

    #[test]
    fn a_report_tells_whether_somebody_took_the_call() {
        let end = |message: Value| Report::read(&message).transfer_end();
        let missed = |why: &str| TransferEnd::Missed(why.to_owned());
        for (reason, expected) in [
            ("assistant-forwarded-call", TransferEnd::Taken),
            ("call.forwarding.no-answer", missed("no-answer")),
            ("call.forwarding.operator-busy", missed("busy")),
            (
                "call.in-progress.error-transfer-failed",
                missed("call.in-progress.error-transfer-failed"),
            ),
            ("customer-ended-call", missed("caller-left")),
            (
                "customer-ended-call-before-warm-transfer",
                missed("customer-ended-call-before-warm-transfer"),
            ),
            ("customer-ended-call-during-transfer", TransferEnd::Unknown),
            ("something-of-next-year", TransferEnd::Unknown),
        ] {
            assert_eq!(end(json!({ "endedReason": reason })), expected, "{reason}");
        }
        let told = |status: &str| {
            let transfers = json!([{ "status": "failed" }, { "status": status }]);
            end(
                json!({ "endedReason": "customer-ended-call", "artifact": { "transfers": transfers } }),
            )
        };
        assert_eq!(told("connected"), TransferEnd::Taken);
        assert_eq!(told("voicemail"), missed("voicemail"));
        assert_eq!(end(json!({})), TransferEnd::Unknown);
    }

    #[test]
    fn an_empty_report_is_a_report() {
        assert_eq!(Report::read(&json!({})), Report::default());
        assert_eq!(Report::read(&json!({"cost": "x", "durationMs": -3})), Report::default());
    }

    #[test]
    fn the_duration_is_computed_when_it_is_not_given() {
        let report = Report::read(
            &json!({"startedAt": "2026-09-14T08:30:05Z", "endedAt": 1_789_374_627_000_i64}),
        );
        assert_eq!(report.duration_seconds, Some(22));
    }
}
