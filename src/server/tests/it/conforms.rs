//! Holds every answer of the API against the description that is served.

use crate::house::Answer;
use serde_json::Value;
use uwi::http::api::openapi;

/// Fails when a described route answers what its description does not say.
pub fn check(method: &str, path: &str, answer: &Answer) {
    let document = openapi::document();
    let path = path.split('?').next().unwrap();
    let paths = document["paths"].as_object().unwrap();
    let Some((template, methods)) = paths.iter().find(|(template, _)| matches(template, path))
    else {
        return;
    };
    let Some(operation) = methods.get(method.to_lowercase()) else { return };
    let what = format!("{method} {template}: {}: {}", answer.status, answer.text);
    let response = &operation["responses"][answer.status.as_str()];
    assert!(response.is_object(), "not described: {what}");
    if response["content"]["application/json"].is_null() {
        // Not written in JSON: its own tests look at it.
        return;
    }
    let shape = &response["content"]["application/json"]["schema"];
    if let Err(problem) = fits(&document, shape, &answer.json()) {
        panic!("{problem}: {what}");
    }
    if !answer.status.is_success() {
        let codes = response["description"].as_str().unwrap();
        assert!(codes.split(", ").any(|code| code == answer.code()), "{codes}: {what}");
    }
}

fn matches(template: &str, path: &str) -> bool {
    let (wanted, given) = (template.split('/'), path.split('/'));
    wanted.clone().count() == given.clone().count()
        && wanted.zip(given).all(|(wanted, given)| wanted.starts_with('{') || wanted == given)
}

/// The part of JSON Schema that the description uses.
pub fn fits(document: &Value, shape: &Value, value: &Value) -> Result<(), String> {
    if let Some(reference) = shape["$ref"].as_str() {
        let named = document.pointer(reference.strip_prefix('#').unwrap());
        return fits(document, named.ok_or(format!("{reference} is missing"))?, value);
    }
    if let Some(choices) = shape["anyOf"].as_array() {
        let any = choices.iter().any(|choice| fits(document, choice, value).is_ok());
        return if any { Ok(()) } else { Err(format!("{value} is none of {shape}")) };
    }
    let kinds = match &shape["type"] {
        Value::String(kind) => vec![kind.as_str()],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    if !kinds.is_empty() && !kinds.contains(&kind(value)) {
        return Err(format!("{value} is no {kinds:?}"));
    }
    if let (Some("date-time"), Some(text)) = (shape["format"].as_str(), value.as_str()) {
        text.parse::<jiff::Timestamp>().map_err(|_| format!("{text} is no instant"))?;
    }
    for item in value.as_array().into_iter().flatten() {
        fits(document, &shape["items"], item)?;
    }
    members(document, shape, value)
}

fn members(document: &Value, shape: &Value, value: &Value) -> Result<(), String> {
    let Some(given) = value.as_object() else { return Ok(()) };
    for name in shape["required"].as_array().into_iter().flatten() {
        given.get(name.as_str().unwrap()).ok_or(format!("{name} is missing"))?;
    }
    for (name, value) in given {
        match shape["properties"].get(name) {
            Some(shape) => fits(document, shape, value)?,
            None if shape["additionalProperties"] == false => {
                return Err(format!("{name} is not described"));
            }
            None => {}
        }
    }
    Ok(())
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
