//! `/app/reglages/agents` and `/app/reglages/numeros`: who answers, and on
//! which numbers. What costs money is carried out once for a form, however
//! often that is sent ([`once`]).

mod agent;
mod agents;
mod drift;
pub(crate) mod list;
pub(crate) mod numbers;
pub(crate) mod once;
pub(crate) mod parts;
pub(crate) mod place;
pub(crate) mod words;

use crate::table::{Table, get, post};
use crate::web::Web;

/// The routes of assistants and numbers.
pub(crate) fn routes() -> Table<Web> {
    Table::new()
        .route("/app/reglages/agents", get(agents::list).post(agents::create))
        .route("/app/reglages/agents/nouveau", get(agents::blank))
        .route("/app/reglages/agents/{id}", get(agent::show).post(agent::change))
        .route("/app/reglages/agents/{id}/pause", post(agent::pause))
        .route("/app/reglages/agents/{id}/reprise", post(agent::resume))
        .route("/app/reglages/agents/{id}/retablissement", post(drift::repair))
        .route("/app/reglages/agents/{id}/suppression", get(agent::ask).post(agent::delete))
        .route("/app/reglages/numeros", get(numbers::list).post(numbers::add))
        .route("/app/reglages/numeros/{id}/liberation", get(numbers::ask).post(numbers::release))
        .route("/app/reglages/numeros/{id}/reprise", post(numbers::take_back))
}
