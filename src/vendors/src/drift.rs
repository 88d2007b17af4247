//! What a provider has set, compared with what we want it to have.

use serde_json::Value;

/// A setting that is not as we want it.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// Where: `/model/url`.
    pub path: String,
    /// What we want; secrets are masked.
    pub wanted: Value,
    /// What the provider has; `None` when nothing; secrets are masked.
    pub found: Option<Value>,
}

/// More differences than these are not listed.
const MOST: usize = 100;

/// Differences between what is wanted and what was found, in the order of
/// their paths. Settings that we do not name are the provider's own and do not
/// count; a secret that the provider does not show does not either.
pub fn compare(wanted: &Value, found: &Value) -> Vec<Difference> {
    let mut differences = Vec::new();
    walk("", wanted, Some(found), &mut differences);
    differences.truncate(MOST);
    differences
}

fn walk(path: &str, wanted: &Value, found: Option<&Value>, out: &mut Vec<Difference>) {
    match (wanted, found) {
        (Value::Object(fields), Some(Value::Object(_))) => {
            for (name, wanted) in fields {
                let found = found.and_then(|found| found.get(name));
                walk(&format!("{path}/{name}"), wanted, found, out);
            }
        }
        (Value::Array(items), Some(Value::Array(there))) if items.len() == there.len() => {
            for (i, (wanted, found)) in items.iter().zip(there).enumerate() {
                walk(&format!("{path}/{i}"), wanted, Some(found), out);
            }
        }
        // An empty object, list or text says the same as nothing.
        (wanted, None) if is_empty(wanted) => {}
        _ => leaf(path, wanted, found, out),
    }
}

fn leaf(path: &str, wanted: &Value, found: Option<&Value>, out: &mut Vec<Difference>) {
    if found.is_some_and(|found| same(wanted, found)) {
        return;
    }
    if !is_secret(path) {
        let (path, wanted) = (path.to_owned(), wanted.clone());
        out.push(Difference { path, wanted, found: found.cloned() });
    } else if found.is_some_and(|found| !is_hidden(found)) {
        let masked = || Value::from("***");
        out.push(Difference { path: path.to_owned(), wanted: masked(), found: Some(masked()) });
    }
}

/// `1` and `1.0` are the same number.
fn same(a: &Value, b: &Value) -> bool {
    match (a.as_f64(), b.as_f64()) {
        (Some(a), Some(b)) => (a - b).abs() < f64::EPSILON,
        _ => a == b,
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.values().all(is_empty),
        _ => false,
    }
}

fn is_secret(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    ["secret", "token", "authorization", "api-key", "apikey"].iter().any(|s| name.contains(s))
        && name != "secret_id"
        && name != "max_tokens"
        && name != "maxtokens"
}

/// Providers show stars, a part of it, or nothing instead of a secret.
fn is_hidden(value: &Value) -> bool {
    let text = value.as_str().unwrap_or_default();
    text.is_empty() || text.contains("***") || text.eq_ignore_ascii_case("redacted")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_we_want_and_do_not_find_is_told() {
        let wanted = json!({ "name": "a", "model": { "url": "u", "maxTokens": 250, "tools": [] } });
        let found = json!({ "id": "x", "name": "a", "model": { "url": "v", "maxTokens": 250.0 } });
        let differences = compare(&wanted, &found);
        assert_eq!(differences.len(), 1, "{differences:?}");
        assert_eq!(differences[0].path, "/model/url");
        assert_eq!(
            (&differences[0].wanted, &differences[0].found),
            (&json!("u"), &Some(json!("v")))
        );
        assert!(compare(&found, &found).is_empty());
    }

    #[test]
    fn lists_of_another_length_differ_as_a_whole() {
        let differences = compare(&json!({ "m": ["a", "b"] }), &json!({ "m": ["a"] }));
        assert_eq!(differences[0].path, "/m");
        assert_eq!(compare(&json!({ "m": ["a"] }), &json!({}))[0].found, None);
    }

    #[test]
    fn a_secret_is_compared_but_never_shown() {
        let header = |secret: &str| json!({ "headers": { "X-Vapi-Secret": secret } });
        assert!(compare(&header("s1"), &header("s1")).is_empty());
        assert!(compare(&header("s1"), &header("***")).is_empty());
        assert!(compare(&header("s1"), &json!({ "headers": {} })).is_empty());
        let told = compare(&header("s1"), &header("s2"));
        assert_eq!(told.len(), 1);
        assert!(!format!("{told:?}").contains("s1") && !format!("{told:?}").contains("s2"));
    }
}
