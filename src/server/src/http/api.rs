//! The API: JSON for programs and for our own pages.

pub mod appointments;
mod calls;
mod events;
pub mod openapi;
mod routing;
mod snapshot;
mod tenants;
pub mod who;
pub mod wire;

use crate::http::site::Site;
use app::table::{Table, delete, get};
use std::sync::Arc;

/// Every route of the API.
pub fn routes() -> Table<Arc<Site>> {
    Table::new()
        .route("/api/openapi.json", get(openapi::show))
        .route("/api/admin/routing", get(routing::list).post(routing::set))
        .route("/api/v1/tenants", get(tenants::list))
        .route("/api/v1/appointments", get(appointments::list).post(appointments::create))
        .route("/api/v1/appointments/{id}", delete(appointments::cancel))
        .route("/api/v1/calls", get(calls::list))
        .route("/api/v1/calls/{id}", get(calls::one))
        .route("/api/v1/events", get(events::list))
        .route("/api/v1/snapshot", get(snapshot::show))
}
