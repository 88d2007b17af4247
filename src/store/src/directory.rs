//! The tables that are read before a tenant is known.
//!
//! Everything else is a tenant's own and needs a transaction opened for it.

/// Tables without row-level security.
pub const TABLES: &[&str] = &[
    "tenants",
    "tenant_routing",
    "route_guard",
    "changes",
    "call_directory",
    "hooks",
    "incidents",
    "outbox",
    "members",
    "passwords",
    "magic_links",
    "sessions",
    "api_tokens",
    "attempts",
    "simulators",
    "message_directory",
    "delivery_reports",
    "calendar_feeds",
];
