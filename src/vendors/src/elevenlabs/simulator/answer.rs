use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// A refusal in ElevenLabs' shapes.
#[derive(Debug)]
pub(super) struct Refuse(StatusCode, Value);

impl Refuse {
    pub(super) fn new(status: u16, word: &str, message: &str) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
        Self(status, json!({ "status": word, "message": message }))
    }

    pub(super) fn agent() -> Self {
        Self::new(404, "agent_not_found", "Agent not found")
    }

    pub(super) fn number() -> Self {
        Self::new(404, "phone_number_not_found", "Phone number not found")
    }

    pub(super) fn field(name: &str) -> Self {
        let detail = json!([{ "loc": ["body", name], "msg": "Field required", "type": "missing" }]);
        Self(StatusCode::UNPROCESSABLE_ENTITY, detail)
    }
}

impl IntoResponse for Refuse {
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "detail": self.1 }))).into_response()
    }
}

/// Objects are merged, everything else is replaced.
pub(super) fn merge(object: &mut Value, given: &Value) {
    match (object, given) {
        (Value::Object(object), Value::Object(given)) => {
            for (name, value) in given {
                merge(object.entry(name.clone()).or_insert(Value::Null), value);
            }
        }
        (object, given) => *object = given.clone(),
    }
}
