//! Vapi puts the tenant's provider secrets into payloads; nothing of them is kept.

use serde_json::Value;

/// What stands where a secret stood.
pub const REDACTED: &str = "[redacted]";

/// Replaces every secret in a payload that is about to be kept or shown:
/// keys, tokens, passwords, and whole `headers` and `credentials` objects.
pub fn redact(payload: &mut Value) {
    match payload {
        Value::Object(fields) => {
            for (key, value) in fields {
                if is_secret(key)
                    && !matches!(value, Value::Null | Value::Number(_) | Value::Bool(_))
                {
                    *value = Value::String(REDACTED.into());
                } else {
                    redact(value);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(redact),
        _ => {}
    }
}

fn is_secret(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    let ends = ["secret", "token", "apikey", "api_key", "password", "privatekey", "authorization"];
    ends.iter().any(|end| key.ends_with(end)) || key == "headers" || key == "credentials"
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn no_secret_is_kept() {
        let mut payload = json!({
            "phoneNumber": {"number": "+33939240575", "twilioAuthToken": "S1", "twilioApiSecret": "S2",
                "twilioApiKey": "S3", "serverUrlSecret": "S4"},
            "assistant": {"server": {"headers": {"X-Vapi-Secret": "S5"}, "secret": "S6"},
                "credentials": [{"apiKey": "S7"}]},
            "call": {"transport": {"callToken": "S8"}},
            "costBreakdown": {"llmPromptTokens": 3, "ttsCharacters": 9},
        });
        redact(&mut payload);
        let text = payload.to_string();
        for secret in 1..=8 {
            assert!(!text.contains(&format!("\"S{secret}\"")), "S{secret} is still in {text}");
        }
        assert_eq!(payload["phoneNumber"]["number"], "+33939240575");
        assert_eq!(payload["costBreakdown"]["llmPromptTokens"], 3);
    }
}
