use crate::simulator::World;
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// A refusal in Vapi's shape.
#[derive(Debug)]
pub(super) struct Refuse {
    status: StatusCode,
    message: String,
}

impl Refuse {
    pub(super) fn new(status: u16, message: &str) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
        Self { status, message: message.to_owned() }
    }

    pub(super) fn missing(kind: &str, id: &str) -> Self {
        Self::new(404, &format!("Couldn't find {kind} for ID {id}"))
    }
}

impl IntoResponse for Refuse {
    fn into_response(self) -> Response {
        let body = json!({
            "message": self.message,
            "error": self.status.canonical_reason(),
            "statusCode": self.status.as_u16(),
        });
        (self.status, Json(body)).into_response()
    }
}

pub(super) fn created(object: Value) -> Response {
    (StatusCode::CREATED, Json(object)).into_response()
}

/// Fields that must be there as texts.
pub(super) fn required(object: &Value, names: &[&str]) -> Result<(), Refuse> {
    match names.iter().find(|name| !object[**name].is_string()) {
        Some(name) => Err(Refuse::new(400, &format!("{name} should not be empty"))),
        None => Ok(()),
    }
}

/// Replaces the fields that are given.
pub(super) fn merge(object: &mut Value, given: &Value, world: &World) {
    if let (Some(object), Some(given)) = (object.as_object_mut(), given.as_object()) {
        object.extend(given.clone());
        object.insert("updatedAt".to_owned(), world.now().to_string().into());
    }
}
