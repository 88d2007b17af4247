use crate::house::{House, fixture, fixtures};
use axum::http::StatusCode;
use store::on_both_backends;
use store::testing::Bench;

fn names(folder: &str) -> Vec<String> {
    let files = std::fs::read_dir(fixtures().join(folder)).unwrap();
    let mut names: Vec<_> = files
        .map(|file| file.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".json"))
        .map(|name| if folder.is_empty() { name } else { format!("{folder}/{name}") })
        .collect();
    names.sort();
    names
}

async fn every_server_message_gets_its_documented_answer(bench: Bench) {
    let house = House::open(bench).await;
    for name in names("").into_iter().chain(names("legacy")) {
        let answer = house.hook(&fixture(&name)).await;
        assert_eq!(answer.status, StatusCode::OK, "{name}: {}", answer.text);
        let body = answer.json();
        let kind = name.strip_prefix("legacy/").unwrap_or(&name);
        let expected = match kind {
            _ if kind.starts_with("assistant-request") => {
                body["assistant"]["firstMessage"].is_string()
            }
            _ if kind.starts_with("tool-calls") => {
                let results = body["results"].as_array().unwrap();
                !results.is_empty()
                    && results.iter().all(|r| {
                        let text = r["result"].as_str().or(r["error"].as_str()).unwrap();
                        r["toolCallId"].as_str().unwrap().starts_with("call_")
                            && !text.contains('\n')
                    })
            }
            "function-call.json" | "function-call.2025-mixed.json" => body["result"].is_string(),
            _ if kind.starts_with("transfer-destination") => {
                body["destination"]["number"].is_string()
            }
            _ if kind.starts_with("handoff") => body["error"].is_string(),
            _ if kind.starts_with("knowledge-base") => body["documents"].is_array(),
            _ if kind.starts_with("call.endpointing") => body["timeoutSeconds"].is_number(),
            _ if kind.starts_with("campaign") => body["eligible"] == false,
            _ => body == serde_json::json!({}),
        };
        assert!(expected, "{name}: {body}");
    }
}

async fn every_chat_request_is_answered_politely(bench: Bench) {
    let house = House::open(bench).await;
    for name in names("custom-llm").iter().filter(|name| name.contains("/request")) {
        for path in ["/api/vapi/chat/completions", "/api/vapi/chat/completions/chat/completions"] {
            let answer = house.post(path, fixture(name), &[]).await;
            assert_eq!(answer.status, StatusCode::OK, "{name}");
            assert_eq!(answer.headers["content-type"], "text/event-stream; charset=utf-8");
            assert!(crate::house::spoken(&answer.text).len() > 10, "{name}: {}", answer.text);
            assert!(answer.text.ends_with("data: [DONE]\n\n"), "{name}");
        }
    }
}

async fn no_secret_of_a_payload_is_stored(bench: Bench) {
    let url = bench.url.clone();
    let house = House::open(bench).await;
    let request = fixture("custom-llm/request.turn-1.json");
    house.post("/api/vapi/chat/completions", &request, &[]).await;
    house.hook(&fixture("status-update.in-progress.json")).await;
    if let Some(path) = url.strip_prefix("sqlite://") {
        let folder = std::path::Path::new(path).parent().unwrap();
        for file in std::fs::read_dir(folder).unwrap() {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            let secret = b"real requests may carry";
            assert!(!bytes.windows(secret.len()).any(|window| window == secret));
        }
    }
}

on_both_backends!(
    every_server_message_gets_its_documented_answer,
    every_chat_request_is_answered_politely,
    no_secret_of_a_payload_is_stored,
);
