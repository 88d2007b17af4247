//! What can be done, one file per use case.
//!
//! [`Office`] is the running product: store, clock, caches, house rules. Before
//! a tenant is known the [`switchboard`] works on it (calls, hooks, routes);
//! afterwards everything goes through a [`Desk`], built for one request from a
//! session or a token, which carries the tenant.

// Who writes what here until everything stands (remove this comment then):
//
// `calls` adds to `Office` the database, the world (clock, ids) and caches, and:
//   Office::open(db, world, rules) -> Result<Arc<Office>, OfficeError>
//     (migrates, ensure_test_tenant_exists, ensure_test_number_route, locks the guard row and
//      refuses another test number, listens to changes, ticks: closes silent calls, runs the outbox)
//   switchboard::answer_turn(&Arc<Office>, TurnRequest) -> TurnReply      (never fails)
//   switchboard::route(&Office, Channel, Option<&str>) -> Resolution
//   switchboard::call_facts(&Office, CallFacts { call, dialled, caller, kind, status, control_url, .. })
//     (status-update, assistant.started, assistant-request: call row, caller, CALLER_ID_PERSISTED)
//   switchboard::call_ended(&Office, CallEnd { call, dialled, caller, reason, started_at, ended_at, .. })
//   switchboard::transfer_failed(&Office, &CallId, reason)
//   switchboard::assistant_for(&Office, dialled, caller) -> AssistantPlan { first_message, name, transfer, mode }
//   switchboard::tool(&Office, ToolCall { call, dialled, caller, name, arguments }) -> String
//   switchboard::incident(&Office, kind, masked_detail)
//   routes::{add_route, list_routes, ensure_test_number_route}
//   tenants::{apply, list, show, reset_sandbox, ensure_test_tenant_exists}; counters::rebuild
//   Desk::{book(NewAppointment), cancel(id), move_to(id, slot), appointments(from, to)}
// `web` adds:
//   Desk::{snapshot(Period), calls(filter), call(id), events(filter), tickets(..), close_ticket(id), ..}
//   sign_in::{request_link, consume_link, password_login, login_link(email, tenant)},
//   sessions (tower-sessions store), tokens::{create, check}
// `vapi` wires them in `server`; `app` gives it app::router(Arc<Office>, WebConfig) -> axum::Router.

pub mod agenda;
pub mod appointments;
pub mod book;
pub mod calls;
pub mod counters;
pub mod demo;
pub mod events;
pub mod incidents;
pub mod jobs;
pub mod live;
pub mod members;
pub mod messages;
pub mod office;
pub mod outbox;
pub mod profiles;
pub mod retention;
pub mod routes;
pub mod sessions;
pub mod sign_in;
pub mod snapshot;
pub mod switchboard;
pub mod tenants;
pub mod tokens;
pub mod world;

pub use office::{Desk, HouseRules, Office, OfficeError, UnknownDid, Who};
pub use world::{Clock, Ids, World};
