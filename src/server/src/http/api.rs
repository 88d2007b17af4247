//! The API: JSON for programs and for our own pages.

mod agents;
pub mod appointments;
mod calendars;
mod calls;
mod channels;
mod documents;
mod drift;
mod events;
mod once;
pub mod openapi;
mod phone;
mod prospects;
mod refusal;
mod routing;
mod snapshot;
mod tenants;
mod tickets;
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
        .route("/api/channels", get(channels::list))
        .route("/api/channels/{channel}", get(channels::one).patch(channels::change))
        .route("/api/channels/{channel}/enable", post(channels::enable))
        .route("/api/channels/{channel}/disable", post(channels::disable))
        .route("/api/channels/{channel}/test", post(channels::try_out))
        .route("/api/channels/{channel}/send", post(channels::send))
        .route("/api/channels/{channel}/preview", post(channels::preview))
        .route("/api/channels/{channel}/log", get(channels::log))
        .route("/api/channels/{channel}/statistics", get(channels::statistics))
        .route("/api/v1/tenants", get(tenants::list))
        .route("/api/v1/tenants/{id}", delete(tenants::remove))
        .merge(calendar_routes())
        .route("/api/v1/calls", get(calls::list))
        .route("/api/v1/calls/{id}", get(calls::one))
        .route("/api/v1/events", get(events::list))
        .route("/api/v1/tickets", get(tickets::list).post(tickets::create))
        .route("/api/v1/tickets/{id}", get(tickets::one).patch(tickets::change))
        .route("/api/v1/tickets/{id}/comments", post(tickets::comment))
        .route("/api/v1/tickets/{id}/answers", post(tickets::answer))
        .route("/api/v1/tickets/{id}/close", post(tickets::close))
        .route("/api/v1/tickets/{id}/reopen", post(tickets::reopen))
        .route("/api/v1/prospects", get(prospects::list).post(prospects::create))
        .route("/api/v1/prospects/{id}", get(prospects::one).patch(prospects::change))
        .route("/api/v1/snapshot", get(snapshot::show))
}

/// Appointments and what surrounds them.
fn calendar_routes() -> Table<Arc<Site>> {
    Table::new()
        .route("/api/v1/appointments", get(appointments::list).post(appointments::create))
        .route("/api/v1/appointments.csv", get(calendars::table))
        .route(
            "/api/v1/appointments/{id}",
            get(appointments::one).patch(appointments::change).delete(appointments::cancel),
        )
        .route("/api/v1/calendars", get(calendars::list))
        .route("/api/v1/calendars/{id}/feed", post(calendars::open).delete(calendars::close))
        .route("/api/v1/closures", get(calendars::closures).post(calendars::add_closure))
        .route("/api/v1/closures/{id}", delete(calendars::remove_closure))
}
