//! What a request that cannot be done gets: a stable code and a message.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// An error of the API: `{"error":{"code","message"}}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Problem {
    /// The HTTP status.
    pub status: StatusCode,
    /// Stable, for programs.
    pub code: &'static str,
    /// For people.
    pub message: &'static str,
}

macro_rules! problems {
    ($($(#[$doc:meta])* $name:ident = $status:ident, $code:literal, $message:literal;)+) => {
        impl Problem {
            $($(#[$doc])* pub const $name: Self =
                Self { status: StatusCode::$status, code: $code, message: $message };)+
        }
    };
}

problems! {
    /// No usable session or token.
    UNAUTHENTICATED = UNAUTHORIZED, "UNAUTHENTICATED", "sign in, or send a bearer token";
    /// Known, but not allowed.
    FORBIDDEN = FORBIDDEN, "FORBIDDEN", "this needs rights that you do not have";
    /// Absent, or another tenant's.
    NOT_FOUND = NOT_FOUND, "NOT_FOUND", "there is no such thing here";
    /// The path exists with other methods.
    METHOD_NOT_ALLOWED = METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", "not with this method";
    /// The body is not what the endpoint reads.
    MALFORMED = BAD_REQUEST, "MALFORMED_BODY", "the body cannot be read as the JSON expected here";
    /// More than eight megabytes.
    TOO_LARGE = PAYLOAD_TOO_LARGE, "TOO_LARGE", "the body is larger than 8 MB";
    /// Vapi's secret is not configured and the request is public.
    VAPI_NOT_CONFIGURED = SERVICE_UNAVAILABLE, "VAPI_NOT_CONFIGURED",
        "VAPI_WEBHOOK_SECRET is not set: see `uwi doctor`";
    /// Vapi's secret or signature is wrong.
    VAPI_UNAUTHORIZED = UNAUTHORIZED, "VAPI_UNAUTHORIZED", "wrong secret or signature";
    /// A number that is none.
    BAD_NUMBER = UNPROCESSABLE_ENTITY, "BAD_NUMBER", "not a telephone number";
    /// JSON, but not of the shape that is expected.
    BAD_SHAPE = UNPROCESSABLE_ENTITY, "BAD_SHAPE", "a field is missing or has the wrong type";
    /// A channel that is none.
    BAD_CHANNEL = UNPROCESSABLE_ENTITY, "BAD_CHANNEL", "channel is vocal, sms, whatsapp or web";
    /// A period that is none.
    BAD_PERIOD = UNPROCESSABLE_ENTITY, "BAD_PERIOD", "period is today, 7d or 30d";
    /// A date that is none.
    BAD_DATE = UNPROCESSABLE_ENTITY, "BAD_DATE", "dates are local, 2026-11-24";
    /// A start that is none.
    BAD_START = UNPROCESSABLE_ENTITY, "BAD_START", "start is a local date and time, 2026-11-24T14:00";
    /// An appointment needs a name.
    NO_NAME = UNPROCESSABLE_ENTITY, "NO_NAME", "name is missing or cannot be one";
    /// An address that is none.
    BAD_EMAIL = UNPROCESSABLE_ENTITY, "BAD_EMAIL", "email is no mail address";
    /// A text that is too long.
    TOO_LONG = UNPROCESSABLE_ENTITY, "TOO_LONG", "a text is too long, or cannot be printed";
    /// A status that is none.
    BAD_STATUS = UNPROCESSABLE_ENTITY, "BAD_STATUS",
        "status is confirmed, cancelled, completed, no_show or rescheduled";
    /// What is so does not allow what is asked.
    STATUS_REFUSED = CONFLICT, "STATUS_REFUSED", "the appointment's status does not allow that";
    /// It has not begun.
    NOT_BEGUN = CONFLICT, "NOT_BEGUN", "nobody can have come before it begins";
    /// Another version than the one that was read.
    VERSION_CONFLICT = CONFLICT, "VERSION_CONFLICT",
        "somebody else has changed it: read it again";
    /// Nothing leaves the test tenant.
    NOTHING_LEAVES = FORBIDDEN, "SANDBOX", "nothing leaves the test tenant";
    /// The same days are closed.
    CLOSURE_EXISTS = CONFLICT, "CLOSURE_EXISTS", "these days are closed already";
    /// The test number was to be given to somebody else.
    TEST_NUMBER_IMMUTABLE = CONFLICT, "TEST_NUMBER_IMMUTABLE",
        "the test number always routes to the test tenant";
    /// A parameter that cannot be used.
    BAD_PARAMETER = UNPROCESSABLE_ENTITY, "BAD_PARAMETER", "a parameter cannot be used";
    /// The house needs the tenant.
    TENANT_NEEDED = CONFLICT, "TENANT_NEEDED",
        "the test tenant, and the tenant of calls to unknown numbers, stay";
    /// Somebody else has the slot.
    SLOT_TAKEN = CONFLICT, "SLOT_TAKEN", "this time is taken";
    /// The tenant's rules refuse it.
    NOT_BOOKABLE = UNPROCESSABLE_ENTITY, "NOT_BOOKABLE", "the tenant's rules refuse this time";
    /// It was changed or removed meanwhile.
    GONE = CONFLICT, "GONE", "it was changed or removed meanwhile";
    /// The assistant has a number.
    NUMBER_EXISTS = CONFLICT, "NUMBER_EXISTS",
        "the agent has a number already; send `additional: true` for one more";
    /// It is routed to another tenant.
    NUMBER_TAKEN = CONFLICT, "NUMBER_TAKEN",
        "the number that was bought is somebody else's here; it goes back";
    /// A number is being got.
    PROVISIONING_IN_PROGRESS = CONFLICT, "PROVISIONING_IN_PROGRESS",
        "a number is being got for the agent";
    /// Which number?
    NUMBER_AMBIGUOUS = CONFLICT, "NUMBER_AMBIGUOUS",
        "the agent has several numbers; send `?phone_number=`";
    /// It has none, or not that one.
    NO_NUMBER = NOT_FOUND, "NO_NUMBER", "the agent has no such number";
    /// Nothing is for sale there.
    NO_NUMBERS_AVAILABLE = NOT_FOUND, "NO_NUMBERS_AVAILABLE",
        "no number is for sale there; see `alternatives`";
    /// A country that is none.
    BAD_COUNTRY = UNPROCESSABLE_ENTITY, "BAD_COUNTRY",
        "country is two letters of a country where numbers are sold";
    /// An area code that is none.
    BAD_AREA_CODE = UNPROCESSABLE_ENTITY, "BAD_AREA_CODE",
        "area_code is three digits in the United States and Canada, 01 to 05 or 09 in France";
    /// The tenant has as many as it may have.
    LIMIT_REACHED = FORBIDDEN, "LIMIT_REACHED", "the tenant has as many as it may have";
    /// Nothing leaves the test tenant.
    SANDBOX = FORBIDDEN, "SANDBOX", "the test tenant buys nothing";
    /// Nobody has handed in documents.
    DOCUMENTS_MISSING = CONFLICT, "DOCUMENTS_MISSING",
        "the country wants documents that nobody has handed in";
    /// Somebody looks at the documents.
    DOCUMENTS_IN_REVIEW = CONFLICT, "DOCUMENTS_IN_REVIEW",
        "the documents are being looked at; the number follows by itself";
    /// The documents were refused.
    DOCUMENTS_REJECTED = CONFLICT, "DOCUMENTS_REJECTED", "the documents were refused";
    /// It may not become that from what it is.
    BAD_MOVE = CONFLICT, "BAD_MOVE", "it may not become that from what it is now";
    /// Fields of the documents are wrong.
    BAD_DOCUMENTS = UNPROCESSABLE_ENTITY, "BAD_DOCUMENTS",
        "the documents cannot be handed in; see `fields`";
    /// The documents are looked at, or approved.
    DOCUMENTS_CLOSED = CONFLICT, "DOCUMENTS_CLOSED",
        "the documents are being looked at, or are approved: nothing can be changed now";
    /// No documents are wanted.
    DOCUMENTS_NOT_WANTED = CONFLICT, "DOCUMENTS_NOT_WANTED",
        "no documents are wanted for numbers of that country";
    /// A provider failed.
    PROVIDER_FAILED = BAD_GATEWAY, "PROVIDER_FAILED", "the provider failed";
    /// No account at Twilio.
    TWILIO_NOT_CONFIGURED = SERVICE_UNAVAILABLE, "TWILIO_NOT_CONFIGURED",
        "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN are not set: see `uwi doctor`";
    /// A provider's signature is missing or does not fit.
    BAD_SIGNATURE = FORBIDDEN, "BAD_SIGNATURE",
        "the signature is missing or does not fit this request";
    /// ElevenLabs' secret is not configured and the request is public.
    ELEVENLABS_NOT_CONFIGURED = SERVICE_UNAVAILABLE, "ELEVENLABS_NOT_CONFIGURED",
        "ELEVENLABS_WEBHOOK_SECRET is not set: see `uwi doctor`";
    /// A webhook that was taken before.
    REPLAYED = FORBIDDEN, "REPLAYED", "this request was taken before";
    /// No account at a voice provider.
    VOICE_NOT_CONFIGURED = SERVICE_UNAVAILABLE, "VOICE_NOT_CONFIGURED",
        "neither VAPI_API_KEY nor ELEVENLABS_API_KEY is set: see `uwi doctor`";
    /// WhatsApp's secret is not configured and the request is public.
    WHATSAPP_NOT_CONFIGURED = SERVICE_UNAVAILABLE, "WHATSAPP_NOT_CONFIGURED",
        "WHATSAPP_APP_SECRET is not set: see `uwi doctor`";
    /// A field of a channel is wrong.
    BAD_FIELD = UNPROCESSABLE_ENTITY, "BAD_FIELD", "a field cannot be used; see `field`";
    /// A channel lacks something that it needs.
    CHANNEL_NOT_CONFIGURED = CONFLICT, "CHANNEL_NOT_CONFIGURED",
        "the channel lacks something that it needs; see `reason`";
    /// Secrets cannot be sealed or opened.
    SECRETS_LOCKED = SERVICE_UNAVAILABLE, "SECRETS_LOCKED",
        "the key of the stored secrets is missing or another; see `reason` and `uwi doctor`";
    /// A key that is none.
    BAD_KEY = UNPROCESSABLE_ENTITY, "BAD_IDEMPOTENCY_KEY",
        "Idempotency-Key is 1 to 255 printable characters without spaces";
    /// The key of another request.
    KEY_REUSED = UNPROCESSABLE_ENTITY, "IDEMPOTENCY_KEY_REUSED",
        "this Idempotency-Key was used for another request";
    /// The same request is being carried out.
    KEY_IN_USE = CONFLICT, "IDEMPOTENCY_IN_PROGRESS",
        "the same request is being carried out; ask again";
    /// The database does not answer.
    UNAVAILABLE = SERVICE_UNAVAILABLE, "UNAVAILABLE", "the database cannot be reached; try again";
    /// Cookies come with requests of our own pages only.
    CROSS_SITE = FORBIDDEN, "CROSS_SITE", "a request with a session must come from our own pages";
    /// A bug; it is logged under the request's id.
    INTERNAL = INTERNAL_SERVER_ERROR, "INTERNAL", "this is our fault; the request's id helps us";
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut body = json!({ "error": { "code": self.code, "message": self.message } });
        if self == Self::TEST_NUMBER_IMMUTABLE {
            // The shape that earlier clients of this one endpoint read.
            body["error_code"] = self.code.into();
        }
        (self.status, Json(body)).into_response()
    }
}
