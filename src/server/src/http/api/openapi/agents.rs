//! Assistants and their numbers.

use super::{NOTHING, Operation, TENANT};
use crate::http::problem::Problem;

/// What getting a number may meet.
const GETTING: [Problem; 17] = [
    Problem::BAD_COUNTRY,
    Problem::BAD_AREA_CODE,
    Problem::BAD_KEY,
    Problem::KEY_REUSED,
    Problem::KEY_IN_USE,
    Problem::NUMBER_EXISTS,
    Problem::NUMBER_TAKEN,
    Problem::PROVISIONING_IN_PROGRESS,
    Problem::NO_NUMBERS_AVAILABLE,
    Problem::LIMIT_REACHED,
    Problem::SANDBOX,
    Problem::DOCUMENTS_MISSING,
    Problem::DOCUMENTS_IN_REVIEW,
    Problem::DOCUMENTS_REJECTED,
    Problem::PROVIDER_FAILED,
    Problem::TWILIO_NOT_CONFIGURED,
    Problem::VOICE_NOT_CONFIGURED,
];

/// What creating an assistant may meet besides.
const CREATING: [Problem; 18] = {
    let mut all = [Problem::BAD_PARAMETER; 18];
    let mut at = 0;
    while at < GETTING.len() {
        all[at + 1] = GETTING[at];
        at += 1;
    }
    all
};

/// Their routes.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        path: "/api/agents",
        summary: "The tenant's agents, newest first (scope agents:read)",
        query: &[TENANT],
        answer: "Agents",
        ..NOTHING
    },
    Operation {
        method: "post",
        path: "/api/agents",
        summary: "Makes an agent and gets its number (scope agents:write; Idempotency-Key)",
        query: &[TENANT],
        body: Some("NewAgent"),
        done: &[201],
        answer: "MadeAgent",
        refusals: &CREATING,
        ..NOTHING
    },
    Operation {
        path: "/api/agents/phone-numbers",
        summary: "The numbers that the tenant pays for (scope agents:read)",
        query: &[TENANT],
        answer: "PhoneNumbers",
        ..NOTHING
    },
    Operation {
        method: "post",
        path: "/api/agents/{id}/phone-number",
        summary: "Gets a number for an agent (scope agents:write; Idempotency-Key)",
        query: &[TENANT],
        body: Some("NewPhoneNumber"),
        done: &[201],
        answer: "BoughtNumber",
        refusals: &GETTING,
        ..NOTHING
    },
    Operation {
        method: "delete",
        path: "/api/agents/{id}/phone-number",
        summary: "Gives a number up: unrouted at once, given back after a day (scope agents:write)",
        query: &[
            TENANT,
            ("phone_number", "which, when there are several"),
            ("now", "true: given back at once"),
        ],
        answer: "ReleasedNumber",
        refusals: &[
            Problem::BAD_NUMBER,
            Problem::NO_NUMBER,
            Problem::NUMBER_AMBIGUOUS,
            Problem::PROVIDER_FAILED,
            Problem::TWILIO_NOT_CONFIGURED,
        ],
        ..NOTHING
    },
    Operation {
        path: "/api/agents/{id}/phone-number/documents",
        summary: "How the documents for an agent's French number stand (scope agents:read)",
        query: &[TENANT],
        answer: "Documents",
        refusals: &[Problem::DOCUMENTS_NOT_WANTED, Problem::PROVIDER_FAILED],
        ..NOTHING
    },
    Operation {
        method: "post",
        path: "/api/agents/{id}/phone-number/documents",
        summary: "Hands in the documents for an agent's French number (scope agents:write)",
        query: &[TENANT],
        body: Some("NewDocuments"),
        done: &[201],
        answer: "Documents",
        refusals: &[
            Problem::BAD_DOCUMENTS,
            Problem::DOCUMENTS_CLOSED,
            Problem::DOCUMENTS_NOT_WANTED,
            Problem::PROVISIONING_IN_PROGRESS,
            Problem::PROVIDER_FAILED,
            Problem::SANDBOX,
            Problem::TWILIO_NOT_CONFIGURED,
        ],
        ..NOTHING
    },
    Operation {
        method: "post",
        path: "/api/agents/{id}/repair",
        summary: "Configures an agent and its numbers anew at their providers (scope agents:write)",
        query: &[TENANT],
        answer: "RepairedAgent",
        refusals: &[Problem::PROVIDER_FAILED],
        ..NOTHING
    },
    Operation {
        path: "/api/agents/{id}",
        summary: "One agent with its numbers (scope agents:read)",
        query: &[TENANT],
        answer: "Agent",
        ..NOTHING
    },
    Operation {
        method: "patch",
        path: "/api/agents/{id}",
        summary: "Changes an agent, here and at its voice provider (scope agents:write)",
        query: &[TENANT],
        body: Some("AgentChange"),
        answer: "Agent",
        refusals: &[Problem::BAD_PARAMETER, Problem::PROVIDER_FAILED],
        ..NOTHING
    },
    Operation {
        method: "delete",
        path: "/api/agents/{id}",
        summary: "Deletes an agent; its numbers are released (scope agents:write)",
        query: &[TENANT],
        answer: "DeletedAgent",
        ..NOTHING
    },
];
