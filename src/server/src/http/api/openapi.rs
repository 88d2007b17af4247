//! `GET /api/openapi.json`: what each route of the API takes and answers.
//!
//! Every route has its [`Operation`] here; the server's tests hold the list
//! against the router, and each answer that they get against its shape.

mod agents;
mod calendar;
mod channels;
mod requests;
mod shapes;

use crate::http::problem::Problem;
use axum::Json;
use serde_json::{Map, Value, json};

/// What one route does.
struct Operation {
    method: &'static str,
    path: &'static str,
    summary: &'static str,
    /// Parameters of the address, with what they mean.
    query: &'static [(&'static str, &'static str)],
    /// The shape that it reads.
    body: Option<&'static str>,
    /// What it answers when it is done.
    done: &'static [u16],
    /// The shape of that answer.
    answer: &'static str,
    /// How that answer is written.
    kind: &'static str,
    /// What else it may answer, beyond what every route may.
    refusals: &'static [Problem],
}

const JSON: &str = "application/json";

const NOTHING: Operation = Operation {
    method: "get",
    path: "",
    summary: "",
    query: &[],
    body: None,
    done: &[200],
    answer: "",
    kind: JSON,
    refusals: &[],
};

const TENANT: (&str, &str) = ("tenant_id", "the tenant, for people who belong to several");
const FROM: (&str, &str) = ("from", "first local day, 2026-11-24");
const TO: (&str, &str) = ("to", "last local day, included");
const BEFORE: (&str, &str) = ("before", "the `next` of the page before");

const OPERATIONS: &[Operation] = &[
    Operation {
        path: "/api/openapi.json",
        summary: "This description",
        answer: "OpenApi",
        ..NOTHING
    },
    Operation {
        path: "/api/admin/routing",
        summary: "Every route from a number to a tenant (staff)",
        answer: "Routes",
        ..NOTHING
    },
    Operation {
        method: "post",
        path: "/api/admin/routing",
        summary: "Routes a number to a tenant (staff): 201 when that is new",
        body: Some("NewRoute"),
        done: &[200, 201],
        answer: "Route",
        refusals: &[
            Problem::TEST_NUMBER_IMMUTABLE,
            Problem::BAD_NUMBER,
            Problem::BAD_CHANNEL,
            Problem::BAD_PARAMETER,
        ],
        ..NOTHING
    },
    Operation {
        path: "/api/v1/tenants",
        summary: "The tenants that this request may open (scope tenants:read)",
        query: &[TENANT],
        answer: "Tenants",
        ..NOTHING
    },
    Operation {
        method: "delete",
        path: "/api/v1/tenants/{id}",
        summary: "Deletes a tenant (staff): unreachable at once, its numbers given back after a day",
        answer: "DeletedTenant",
        refusals: &[Problem::TENANT_NEEDED],
        ..NOTHING
    },
    Operation {
        path: "/api/v1/calls",
        summary: "A page of calls, newest first (scope calls:read)",
        query: &[
            TENANT,
            FROM,
            TO,
            BEFORE,
            ("outcome", "the event that names how it ended"),
            ("to_number", "the dialled number"),
            ("search", "a name or the end of a number"),
        ],
        answer: "Calls",
        refusals: &[Problem::BAD_DATE],
        ..NOTHING
    },
    Operation {
        path: "/api/v1/calls/{id}",
        summary: "One call with all that happened, by its id or its provider's (scope calls:read)",
        query: &[TENANT],
        answer: "CallStory",
        ..NOTHING
    },
    Operation {
        path: "/api/v1/events",
        summary: "A page of events, newest first (scope events:read)",
        query: &[TENANT, FROM, TO, BEFORE, ("event", "one kind only")],
        answer: "Events",
        refusals: &[Problem::BAD_DATE],
        ..NOTHING
    },
    Operation {
        path: "/api/v1/snapshot",
        summary: "The figures of a period that ends today (scope snapshot:read)",
        query: &[TENANT, ("period", "today, 7d or 30d")],
        answer: "Snapshot",
        refusals: &[Problem::BAD_PERIOD],
        ..NOTHING
    },
];

/// What every route may answer instead.
const ALWAYS: [Problem; 6] = [
    Problem::UNAUTHENTICATED,
    Problem::FORBIDDEN,
    Problem::CROSS_SITE,
    Problem::NOT_FOUND,
    Problem::UNAVAILABLE,
    Problem::INTERNAL,
];

/// What every route that reads a body may answer.
const OF_BODIES: [Problem; 3] = [Problem::MALFORMED, Problem::TOO_LARGE, Problem::BAD_SHAPE];

/// Answers the description; it is no secret.
pub(super) async fn show() -> Json<Value> {
    Json(document())
}

/// The description, OpenAPI 3.1.
pub fn document() -> Value {
    let mut paths = Map::new();
    let all = [
        OPERATIONS,
        agents::OPERATIONS,
        calendar::OPERATIONS,
        channels::OPERATIONS,
        requests::OPERATIONS,
    ];
    for operation in all.into_iter().flatten() {
        let path = paths.entry(operation.path).or_insert_with(|| json!({}));
        path[operation.method] = described(operation);
    }
    let bearer = json!({ "type": "http", "scheme": "bearer", "description": "uwi_…, of `uwi token create` or a tenant's settings" });
    json!({
        "openapi": "3.1.0",
        "info": { "title": "UWi", "version": env!("CARGO_PKG_VERSION") },
        "security": [{ "bearer": [] }],
        "paths": paths,
        "components": { "schemas": shapes::all(), "securitySchemes": { "bearer": bearer } },
    })
}

fn described(operation: &Operation) -> Value {
    let mut parameters: Vec<Value> = operation
        .query
        .iter()
        .map(|(name, what)| {
            json!({ "name": name, "in": "query", "description": what, "schema": { "type": "string" } })
        })
        .collect();
    for name in ["id", "channel"] {
        if operation.path.contains(&format!("{{{name}}}")) {
            let schema = json!({ "type": "string" });
            let place = json!({ "name": name, "in": "path", "required": true, "schema": schema });
            parameters.push(place);
        }
    }
    let mut described = json!({
        "summary": operation.summary,
        "parameters": parameters,
        "responses": responses(operation),
    });
    if let Some(body) = operation.body {
        described["requestBody"] = json!({ "required": true, "content": content(body, JSON) });
    }
    described
}

fn responses(operation: &Operation) -> Value {
    let mut responses = json!({});
    for status in operation.done {
        let done =
            json!({ "description": "done", "content": content(operation.answer, operation.kind) });
        responses[status.to_string()] = done;
    }
    let bodies = OF_BODIES.iter().filter(|_| operation.body.is_some());
    for problem in ALWAYS.iter().chain(bodies).chain(operation.refusals) {
        let status = problem.status.as_u16().to_string();
        let before = responses[&status]["description"].as_str().map(|codes| format!("{codes}, "));
        let codes = format!("{}{}", before.unwrap_or_default(), problem.code);
        responses[status] = json!({ "description": codes, "content": content("Problem", JSON) });
    }
    responses
}

fn content(shape: &str, kind: &str) -> Value {
    let reference = format!("#/components/schemas/{shape}");
    json!({ kind: { "schema": { "$ref": reference } } })
}
