//! Channels and messages.

use super::{BEFORE, NOTHING, Operation, TENANT};
use crate::http::problem::Problem;

/// What changing a channel may meet.
const CHANGING: [Problem; 4] =
    [Problem::BAD_FIELD, Problem::GONE, Problem::CHANNEL_NOT_CONFIGURED, Problem::SECRETS_LOCKED];

/// Their routes.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        path: "/api/channels",
        summary: "How the tenant reaches people: four channels (scope channels:read)",
        query: &[TENANT],
        answer: "Channels",
        ..NOTHING
    },
    Operation {
        path: "/api/channels/{channel}",
        summary: "One channel: phone, sms, email or whatsapp (scope channels:read)",
        query: &[TENANT],
        answer: "Channel",
        ..NOTHING
    },
    Operation {
        method: "patch",
        path: "/api/channels/{channel}",
        summary: "Changes what the body names; secrets go in and never come out (scope channels:write)",
        query: &[TENANT],
        body: Some("ChannelChange"),
        answer: "Channel",
        refusals: &CHANGING,
        ..NOTHING
    },
    Operation {
        method: "post",
        path: "/api/channels/{channel}/enable",
        summary: "Switches a channel on, if it has what it needs (scope channels:write)",
        query: &[TENANT],
        answer: "Channel",
        refusals: &CHANGING,
        ..NOTHING
    },
    Operation {
        method: "post",
        path: "/api/channels/{channel}/disable",
        summary: "Switches a channel off (scope channels:write)",
        query: &[TENANT],
        answer: "Channel",
        refusals: &CHANGING,
        ..NOTHING
    },
    Operation {
        method: "post",
        path: "/api/channels/{channel}/test",
        summary: "Orders a message that shows whether it works (scope channels:write; Idempotency-Key)",
        query: &[TENANT],
        body: Some("TryMessage"),
        done: &[200, 202],
        answer: "OrderedMessage",
        refusals: &[Problem::BAD_FIELD, Problem::BAD_PARAMETER],
        ..NOTHING
    },
    Operation {
        method: "post",
        path: "/api/channels/{channel}/send",
        summary: "Orders a message in own words (scope channels:write; Idempotency-Key)",
        query: &[TENANT],
        body: Some("NewMessage"),
        done: &[200, 202],
        answer: "OrderedMessage",
        refusals: &[Problem::BAD_FIELD, Problem::BAD_PARAMETER],
        ..NOTHING
    },
    Operation {
        method: "post",
        path: "/api/channels/{channel}/preview",
        summary: "What a message would look like, with invented values (scope channels:read)",
        query: &[TENANT],
        body: Some("MessageDraft"),
        answer: "MessagePreview",
        refusals: &[Problem::BAD_FIELD],
        ..NOTHING
    },
    Operation {
        path: "/api/channels/{channel}/log",
        summary: "Messages, the latest first (scope channels:read)",
        query: &[TENANT, BEFORE, ("status", "only messages of this status")],
        answer: "Messages",
        refusals: &[Problem::BAD_DATE, Problem::BAD_PARAMETER],
        ..NOTHING
    },
    Operation {
        path: "/api/channels/{channel}/statistics",
        summary: "How many messages became what (scope channels:read)",
        query: &[TENANT, ("days", "of how many days until now, 30 unless given")],
        answer: "MessageStatistics",
        refusals: &[Problem::BAD_PARAMETER],
        ..NOTHING
    },
];
