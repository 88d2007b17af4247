//! A strict reading of OpenAPI: everything that is sent must be described.
//! Unlike JSON Schema by itself it refuses properties that an object with
//! described properties does not name.

use regex::Regex;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use vendors::simulator::Recorded;

pub struct Description(Value);

impl Description {
    /// A file of `tests/openapi`.
    pub fn open(name: &str) -> Self {
        let path =
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/openapi").join(name);
        Self(serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap())
    }

    /// Whether it has the path of a request.
    pub fn knows(&self, request: &Recorded) -> bool {
        self.operation(request).is_some()
    }

    /// What is wrong with a request; empty when it conforms.
    pub fn check(&self, request: &Recorded) -> Vec<String> {
        let Some((operation, in_path)) = self.operation(request) else {
            return vec![format!("{} {} is not described", request.method, request.path)];
        };
        let mut found = Vec::new();
        let empty = Vec::new();
        let parameters = operation["parameters"].as_array().unwrap_or(&empty);
        let parameter = |name: &str, place: &str| {
            parameters.iter().find(|p| p["name"] == name && p["in"] == place)
        };
        for (name, value) in &in_path {
            if let Some(parameter) = parameter(name, "path") {
                let value = typed(value, &parameter["schema"]);
                self.value(&value, &parameter["schema"], &format!("path {name}"), &mut found);
            }
        }
        for (name, value) in form_urlencoded::parse(request.query.as_bytes()) {
            match parameter(&name, "query") {
                Some(parameter) => {
                    let value = typed(&value, &parameter["schema"]);
                    self.value(&value, &parameter["schema"], &format!("query {name}"), &mut found);
                }
                None => found.push(format!("query {name} is not described")),
            }
        }
        self.body(request, &operation["requestBody"], &mut found);
        found
    }

    fn body(&self, request: &Recorded, described: &Value, found: &mut Vec<String>) {
        let content = &described["content"];
        if let Some(media) = content.get("application/x-www-form-urlencoded") {
            let schema = &media["schema"];
            let mut form = Map::new();
            for (name, value) in form_urlencoded::parse(request.body.as_bytes()) {
                let value = typed(&value, &self.resolve(&schema["properties"][name.as_ref()]));
                form.insert(name.into_owned(), value);
            }
            self.value(&Value::Object(form), schema, "form", found);
        } else if let Some(media) = content.get("application/json") {
            match serde_json::from_str(&request.body) {
                Ok(body) => self.value(&body, &media["schema"], "body", found),
                Err(error) => found.push(format!("body is no JSON: {error}")),
            }
        } else if !request.body.is_empty() {
            found.push("a body where none is described".to_owned());
        }
    }

    fn operation(&self, request: &Recorded) -> Option<(&Value, BTreeMap<String, String>)> {
        let method = request.method.to_lowercase();
        let paths = self.0["paths"].as_object()?;
        paths.iter().find_map(|(template, item)| {
            Some((item.get(&method)?, matched(template, &request.path)?))
        })
    }

    fn resolve(&self, schema: &Value) -> Value {
        match schema["$ref"].as_str() {
            Some(link) => {
                let pointer = link.trim_start_matches('#');
                self.resolve(self.0.pointer(pointer).unwrap_or_else(|| panic!("{link}")))
            }
            None => schema.clone(),
        }
    }

    fn value(&self, value: &Value, schema: &Value, at: &str, found: &mut Vec<String>) {
        let schema = self.resolve(schema);
        if value.is_null() && schema["nullable"] == true {
            return;
        }
        for all in schema["allOf"].as_array().into_iter().flatten() {
            self.value(value, all, at, found);
        }
        for choice in ["oneOf", "anyOf"] {
            if let Some(options) = schema[choice].as_array() {
                self.one_of(value, options, at, found);
            }
        }
        if !has_type(value, &schema["type"]) {
            found.push(format!("{at}: {value} is no {}", schema["type"]));
            return;
        }
        if let Some(allowed) = schema["enum"].as_array()
            && !allowed.contains(value)
        {
            found.push(format!("{at}: {value} is not one of the described values"));
        }
        if let Some(constant) = schema.get("const")
            && constant != value
        {
            found.push(format!("{at}: {value} is not {constant}"));
        }
        match value {
            Value::String(text) => limits_of_text(text, &schema, at, found),
            Value::Number(_) => limits_of_number(value, &schema, at, found),
            Value::Array(items) => {
                for (i, item) in items.iter().enumerate() {
                    self.value(item, &schema["items"], &format!("{at}/{i}"), found);
                }
            }
            Value::Object(object) => self.object(object, &schema, at, found),
            _ => {}
        }
    }

    /// The variants that a value names as its own by `provider` or `type`, or
    /// else all: some variants are cut to nothing and would accept anything.
    fn one_of(&self, value: &Value, options: &[Value], at: &str, found: &mut Vec<String>) {
        let names_itself = |option: &&Value| {
            let option = self.resolve(option);
            ["provider", "type"].iter().any(|key| {
                let allowed = option["properties"][key]["enum"].as_array();
                allowed.is_some_and(|allowed| allowed.contains(&value[key]))
            })
        };
        let mut fitting: Vec<_> = options.iter().filter(names_itself).collect();
        if fitting.is_empty() {
            fitting = options.iter().collect();
        }
        let mut problems = Vec::new();
        for option in fitting {
            let before = problems.len();
            self.value(value, option, at, &mut problems);
            if problems.len() == before {
                return;
            }
        }
        found.extend(problems);
    }

    fn object(
        &self,
        object: &Map<String, Value>,
        schema: &Value,
        at: &str,
        found: &mut Vec<String>,
    ) {
        for name in schema["required"].as_array().into_iter().flatten() {
            if !object.contains_key(name.as_str().unwrap()) {
                found.push(format!("{at}: {name} is missing"));
            }
        }
        let Some(properties) = schema["properties"].as_object() else { return };
        let open = match &schema["additionalProperties"] {
            Value::Null | Value::Bool(false) => properties.is_empty(),
            _ => true,
        };
        for (name, value) in object {
            let at = format!("{at}/{name}");
            match properties.get(name) {
                Some(schema) => self.value(value, schema, &at, found),
                None if open => {}
                None => found.push(format!("{at} is not described")),
            }
        }
    }
}

fn matched(template: &str, path: &str) -> Option<BTreeMap<String, String>> {
    let names: Vec<_> = Regex::new(r"\{(\w+)\}")
        .unwrap()
        .captures_iter(template)
        .map(|c| c[1].to_owned())
        .collect();
    let pattern = regex::escape(template);
    let pattern = Regex::new(r"\\\{\w+\\\}").unwrap().replace_all(&pattern, "([^/]+?)");
    let captures = Regex::new(&format!("^{pattern}$")).unwrap().captures(path)?;
    Some(
        names
            .into_iter()
            .zip(captures.iter().skip(1).map(|c| c.unwrap().as_str().into()))
            .collect(),
    )
}

/// Text of a form or URL as the described type.
fn typed(text: &str, schema: &Value) -> Value {
    let parsed = match schema["type"].as_str() {
        Some("integer" | "number" | "boolean") => serde_json::from_str(text).ok(),
        None if schema["oneOf"].is_null() && schema["enum"].is_null() => {
            serde_json::from_str(text).ok()
        }
        _ => None,
    };
    parsed.unwrap_or_else(|| text.into())
}

fn has_type(value: &Value, described: &Value) -> bool {
    let is = |name: &str| match name {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        other => panic!("unknown type {other}"),
    };
    match described {
        Value::String(name) => is(name),
        Value::Array(names) => names.iter().any(|name| is(name.as_str().unwrap())),
        _ => true,
    }
}

fn limits_of_text(text: &str, schema: &Value, at: &str, found: &mut Vec<String>) {
    let length = text.chars().count() as u64;
    if schema["minLength"].as_u64().is_some_and(|min| length < min)
        || schema["maxLength"].as_u64().is_some_and(|max| length > max)
    {
        found.push(format!("{at}: {length} characters are too few or too many"));
    }
    // Some are written as in JavaScript, between slashes.
    let pattern = schema["pattern"].as_str().map(|pattern| pattern.trim_matches('/'));
    let pattern = pattern.and_then(|pattern| Regex::new(pattern).ok());
    if pattern.is_some_and(|pattern| !pattern.is_match(text)) {
        found.push(format!("{at}: {text} does not look like {}", schema["pattern"]));
    }
    if schema["format"] == "uri" && reqwest::Url::parse(text).is_err() {
        found.push(format!("{at}: {text} is no URL"));
    }
}

fn limits_of_number(value: &Value, schema: &Value, at: &str, found: &mut Vec<String>) {
    let number = value.as_f64().unwrap();
    if schema["minimum"].as_f64().is_some_and(|min| number < min)
        || schema["maximum"].as_f64().is_some_and(|max| number > max)
    {
        found.push(format!("{at}: {number} is out of range"));
    }
}
