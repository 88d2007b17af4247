use axum::Json;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// A refusal in Twilio's shape: status, code, message.
#[derive(Debug)]
pub(super) struct Refuse(pub(super) u16, pub(super) u32, pub(super) String);

impl Refuse {
    pub(super) fn bad(code: u32, message: &str) -> Self {
        Self(400, code, message.to_owned())
    }

    pub(super) fn missing(path: &str) -> Self {
        Self(404, 20404, format!("The requested resource {path} was not found"))
    }
}

impl IntoResponse for Refuse {
    fn into_response(self) -> Response {
        let Self(status, code, message) = self;
        let body = json!({
            "code": code,
            "message": message,
            "more_info": format!("https://www.twilio.com/docs/errors/{code}"),
            "status": status,
        });
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
        let mut answer = (status, Json(body)).into_response();
        answer.headers_mut().insert("x-twilio-error-code", HeaderValue::from(code));
        answer
    }
}
