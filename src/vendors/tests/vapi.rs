//! Every fixture of Vapi's wire is read as the message it is.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use domain::id::CallId;
use serde_json::Value;
use std::path::{Path, PathBuf};
use vendors::vapi::chat::ChatRequest;
use vendors::vapi::message::{Kind, Message, Status};
use vendors::vapi::report::Ending;

const CALL: &str = "019a9f3b-6c1e-7aa0-9d54-2f6b8c0e1d37";
const CALLER: &str = "+33639981234";
const DIALLED: &str = "+33939240575";

fn folder(name: &str) -> Vec<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/vapi").join(name);
    let mut files: Vec<_> = std::fs::read_dir(path).unwrap().map(|f| f.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ext| ext == "json"));
    files.retain(|path| !path.ends_with("signature-vectors.json"));
    files.sort();
    files
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn message(name: &str) -> Message {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/vapi").join(name);
    Message::read(&json(&path), None)
}

fn chat(name: &str) -> ChatRequest {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/vapi/custom-llm");
    ChatRequest::read(&std::fs::read(path.join(name)).unwrap(), None).unwrap()
}

#[test]
fn every_message_names_its_type_and_its_call() {
    let (files, mut without_call) = (folder(""), Vec::new());
    assert!(files.len() >= 59, "{}", files.len());
    for path in files {
        let message = Message::read(&json(&path), None);
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        assert!(file.starts_with(&message.name), "{file} is read as {}", message.name);
        match message.facts.call {
            Some(call) => assert_eq!(Some(call), CallId::parse(CALL), "{file}"),
            None => without_call.push(file.clone()),
        }
        assert!(message.at.is_some() || file.contains("minimal"), "{file}");
    }
    assert!(
        without_call.iter().all(|file| ["session", "chat", "campaign"]
            .iter()
            .any(|start| file.starts_with(start))),
        "{without_call:?}"
    );
}

#[test]
fn the_variants_of_earlier_years_are_read_as_todays() {
    for path in folder("legacy") {
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        if file == "function-call.response.json" {
            continue;
        }
        let message = Message::read(&json(&path), None);
        assert_eq!(message.facts.call, CallId::parse(CALL), "{file}");
        let spoken = ["status", "assistant-request", "end-of-call-report.2024"];
        if spoken.iter().any(|start| file.starts_with(start)) {
            assert_eq!(message.facts.caller.as_deref(), Some(CALLER), "{file}");
            assert!(message.carries_caller(), "{file}");
        }
        if file.starts_with("status") {
            assert_eq!(message.kind, Kind::Status(Status::InProgress), "{file}");
        }
    }
    let from = message("legacy/status-update.docs-from-object.json");
    assert_eq!(from.facts.dialled.as_deref(), Some(DIALLED));
    assert_eq!(from.facts.number_id, None);
}

#[test]
fn only_the_messages_that_have_it_carry_the_callers_number() {
    let carrying: Vec<_> = folder("")
        .iter()
        .filter(|path| Message::read(&json(path), None).carries_caller())
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    for name in &carrying {
        let known =
            ["assistant-request", "assistant.started", "status-update.in-progress", "end-of"];
        assert!(known.iter().any(|start| name.starts_with(start)), "{name}");
    }
    assert_eq!(message("assistant-request.json").facts.caller.as_deref(), Some(CALLER));
    assert_eq!(
        message("assistant-request.anonymous-caller.json").facts.caller.as_deref(),
        Some("anonymous")
    );
}

#[test]
fn tool_calls_are_the_same_in_every_shape() {
    for name in [
        "tool-calls.single.json",
        "legacy/tool-calls.flat-arguments.json",
        "legacy/tool-calls.flat-parameters.json",
        "legacy/tool-calls.string-arguments.json",
    ] {
        let Kind::ToolCalls(calls) = message(name).kind else { panic!("{name}") };
        assert_eq!(calls.len(), 1, "{name}");
        assert_eq!(
            (calls[0].id.as_str(), calls[0].name.as_str()),
            ("call_Zk1aVw7dQmT2", "find_slots")
        );
        assert_eq!(calls[0].text(&["partOfDay"]), Some("morning"), "{name}");
    }
    for name in ["legacy/function-call.json", "legacy/function-call.2025-mixed.json"] {
        let Kind::FunctionCall(call) = message(name).kind else { panic!("{name}") };
        assert_eq!(call.text(&["date"]), Some("2026-09-15"), "{name}");
    }
    let Kind::ToolCalls(calls) = message("tool-calls.multiple.json").kind else { panic!() };
    assert_eq!(
        calls.iter().map(|call| call.name.as_str()).collect::<Vec<_>>(),
        ["find_slots", "take_message"]
    );
    let Kind::ToolCalls(calls) = message("tool-calls.empty-arguments.json").kind else { panic!() };
    assert!(calls[0].name == "opening_hours" && calls[0].arguments.is_empty());
}

#[test]
fn every_report_tells_how_the_call_ended() {
    for (name, ending) in [
        ("assistant-ended-call", Ending::Assistant),
        ("assistant-forwarded-call", Ending::Forwarded),
        ("customer-ended-call", Ending::Caller),
        ("exceeded-max-duration", Ending::TooLong),
        ("llm-failed", Ending::Fault),
        ("minimal", Ending::Caller),
        ("silence-timed-out", Ending::Silence),
        ("stale-call-snapshot", Ending::Caller),
        ("voicemail", Ending::Voicemail),
    ] {
        let Kind::Report(report) = message(&format!("end-of-call-report.{name}.json")).kind else {
            panic!("{name}")
        };
        assert_eq!(Ending::of(report.ended_reason.as_deref().unwrap()), ending, "{name}");
    }
    let Kind::Report(report) = message("end-of-call-report.assistant-forwarded-call.json").kind
    else {
        panic!()
    };
    assert_eq!(report.duration_seconds, Some(23));
    assert_eq!(report.cost_cents, Some(4));
    assert_eq!(report.forwarded_to.as_deref(), Some("+33199004567"));
    assert!(report.transcript.is_some() && report.summary.is_some());
    assert!(report.recording_url.is_some_and(|url| url.ends_with("-mono.wav")));
}

#[test]
fn every_chat_request_yields_the_turn() {
    for path in folder("custom-llm") {
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        if file.starts_with("response") {
            continue;
        }
        let request = chat(&file);
        assert!(request.stream, "{file}");
        let known = file != "request.metadata-off.json";
        assert_eq!(request.facts.call.is_some(), known, "{file}");
        assert_eq!(request.facts.caller.is_some(), known, "{file}");
        let first = file == "request.first-message-generated.json";
        assert_eq!(request.history.user_messages, u32::from(!first), "{file}");
        assert_eq!(request.model.as_deref(), Some("receptionist-fr"), "{file}");
    }
    let offered = chat("request.turn-1.with-tools.json").offered;
    assert!(offered.end_call && offered.may_transfer_to("+33199004567"));
    assert_eq!(chat("request.string-stream-and-parts.json").history.last_user, "Bonjour");
    assert!(!chat("request.string-stream-and-parts.json").history.assistant_spoke);
    assert!(chat("request.turn-1.json").history.assistant_spoke);
    assert_eq!(chat("request.turn-1.json").facts.dialled.as_deref(), Some(DIALLED));
}

#[test]
fn no_fixture_keeps_a_secret_after_redaction() {
    let mut payload = json(&folder("custom-llm")[0]);
    vendors::vapi::redact::redact(&mut payload);
    assert_eq!(payload["phoneNumber"]["twilioAuthToken"], vendors::vapi::redact::REDACTED);
}

#[test]
fn the_documented_answers_are_the_ones_we_give() {
    use vendors::vapi::answer;
    use vendors::vapi::control::Command;
    use vendors::vapi::tool::{Outcome, ToolCall, ToolResult};
    let expected = |name: &str| {
        json(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/vapi").join(name))
    };
    let call = |id: &str, name: &str| ToolCall {
        id: id.into(),
        name: name.into(),
        arguments: serde_json::Map::new(),
    };
    let slots = Outcome::Done("Mardi 15 septembre 9h30 ou 11h00".into());
    let find = call("call_Zk1aVw7dQmT2", "find_slots");
    assert_eq!(
        answer::tool_results(&[ToolResult::of(&find, slots.clone())]),
        expected("responses/tool-calls.result-with-name.json")
    );
    let unnamed = [
        ToolResult::of(&call("call_Zk1aVw7dQmT2", ""), slots.clone()),
        ToolResult::of(&call("call_9bXq4RtY0pLm", ""), Outcome::Done("Message enregistré".into())),
    ];
    assert_eq!(answer::tool_results(&unnamed), expected("responses/tool-calls.multiple.json"));
    let error = "Agenda indisponible, proposer de laisser un message";
    assert_eq!(
        answer::all_failed(&[call("call_Zk1aVw7dQmT2", "")], error),
        expected("responses/tool-calls.error.json")
    );
    assert_eq!(
        answer::tools_unavailable("Service indisponible"),
        expected("responses/tool-calls.whole-error.json")
    );
    assert_eq!(answer::function_result(&slots), expected("legacy/function-call.response.json"));
    assert_eq!(answer::nothing(), expected("responses/informational.json"));
    assert_eq!(
        answer::refusal(
            "Désolé, ce numéro n'est pas encore en service. Merci de rappeler plus tard."
        ),
        expected("responses/assistant-request.error.json")
    );
    assert_eq!(
        answer::no_destination("Le secrétariat est fermé."),
        expected("responses/transfer-destination-request.error.json")
    );
    assert_eq!(Command::EndCall.body(), expected("control/end-call.json"));
    assert_eq!(Command::Say("Un instant, je vérifie.".into()).body(), expected("control/say.json"));
    assert_eq!(
        Command::SayAndEnd("Merci, au revoir.".into()).body(),
        expected("control/say-and-end.json")
    );
}
