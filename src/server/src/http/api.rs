//! The API: JSON for programs and for our own pages.

mod agents;
pub mod appointments;
mod calls;
mod documents;
mod drift;
mod events;
mod once;
pub mod openapi;
mod phone;
mod routing;
mod snapshot;
mod tenants;
pub mod who;
pub mod wire;

use crate::http::site::Site;
use app::table::{Table, delete, get, post};
use std::sync::Arc;

/// Every route of the API.
pub fn routes() -> Table<Arc<Site>> {
    Table::new()
        .route("/api/openapi.json", get(openapi::show))
        .route("/api/admin/routing", get(routing::list).post(routing::set))
        .route("/api/agents", get(agents::list).post(agents::create))
        .route("/api/agents/phone-numbers", get(phone::list))
        .route("/api/agents/{id}/phone-number", post(phone::provision).delete(phone::release))
        .route(
            "/api/agents/{id}/phone-number/documents",
            get(documents::show).post(documents::hand_in),
        )
        .route("/api/agents/{id}/repair", post(drift::repair))
        .route("/api/agents/{id}", get(agents::one).patch(agents::change).delete(agents::remove))
        .route("/api/v1/tenants", get(tenants::list))
        .route("/api/v1/tenants/{id}", delete(tenants::remove))
        .route("/api/v1/appointments", get(appointments::list).post(appointments::create))
        .route("/api/v1/appointments/{id}", delete(appointments::cancel))
        .route("/api/v1/calls", get(calls::list))
        .route("/api/v1/calls/{id}", get(calls::one))
        .route("/api/v1/events", get(events::list))
        .route("/api/v1/snapshot", get(snapshot::show))
}
