//! The dashboard of a tenant. Every page begins with a [`Member`], whose desk
//! is the only way to data.

mod agenda;
mod call;
mod calls;
mod conversation;
mod events;
mod fields;
mod figures;
pub(crate) mod frame;
pub(crate) mod live;
mod messages;
mod period;
mod prospects;
pub(crate) mod rows;
pub(crate) mod settings;
mod today;
mod visit;

pub(crate) use agenda::position_rules;

use crate::parts::Icon;
use crate::problem;
use crate::table::{Table, get, post};
use crate::web::Web;
use axum::response::Response;
use leptos::prelude::*;
use serde::Deserialize;
use store::StoreError;

/// What a handler answers: a page, or a page that says what did not work.
pub(crate) type Answer = Result<Response, Response>;

/// What was just done, as the address says of the page to which a form leads
/// (`?fait=enregistre`).
#[derive(Deserialize, Default)]
pub(crate) struct JustDone {
    #[serde(default)]
    pub(crate) fait: String,
}

/// The dashboard's routes.
pub fn routes() -> Table<Web> {
    Table::new()
        .route("/app", get(today::show))
        .route("/app/live", get(live::stream))
        .route("/app/appels", get(calls::show))
        .route("/app/appels/{id}", get(call::show))
        .route("/app/evenements", get(events::show))
        .merge(agenda::routes())
        .merge(visit::routes())
        .route("/app/messages", get(messages::show))
        .route("/app/messages/nouveau", get(messages::blank).post(messages::add))
        .route("/app/messages/{id}", get(messages::show_one).post(messages::change))
        .route("/app/messages/{id}/modifier", get(messages::edit))
        .route("/app/messages/{id}/commentaires", post(messages::comment))
        .route("/app/messages/{id}/reponses", post(messages::answer))
        .route("/app/messages/{id}/statut", post(messages::turn))
        .route("/app/messages/{id}/traite", post(messages::deal_with))
        .route("/app/messages/{id}/a-traiter", post(messages::reopen))
        .route("/app/prospects", get(prospects::list))
        .route("/app/prospects/{id}", get(prospects::show).post(prospects::change))
        .route("/app/prospects/{id}/modifier", get(prospects::edit))
        .route("/app/prospects/{id}/rappele", post(prospects::called))
        .route("/app/reglages", get(settings::overview))
        .merge(settings::edit_routes())
        .merge(settings::personal_routes())
        .merge(settings::token_routes())
        .merge(settings::member_routes())
        .merge(settings::notice_routes())
        .merge(settings::channel_routes())
        .merge(settings::line_routes())
        .merge(settings::paper_routes())
        .route("/app/cabinet", post(frame::choose))
}

/// The page for a database that does not answer; logged here, once.
pub(crate) fn failed(error: StoreError) -> Response {
    tracing::error!(%error, "a page cannot be shown");
    problem::unavailable()
}

/// A page's address with the parameters that say something.
pub(crate) fn address(path: &str, pairs: &[(&str, &String)]) -> String {
    let said: Vec<String> = pairs
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", escaped(value)))
        .collect();
    if said.is_empty() { path.to_owned() } else { format!("{path}?{}", said.join("&")) }
}

/// A value as addresses carry it.
fn escaped(value: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    value
        .bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// Links to the newest and to the older rows of a list.
pub(crate) fn pager(newest: Option<String>, older: Option<String>) -> impl IntoView {
    let newest = newest.map(|href| {
        view! { <a class="button" href=href><Icon name="previous"/>"Revenir au plus récent"</a> }
    });
    let older = older
        .map(|href| view! { <a class="button" href=href>"Plus anciens"<Icon name="next"/></a> });
    view! { <nav class="pager" aria-label="Pages"><span>{newest}</span><span>{older}</span></nav> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_only_what_is_chosen() {
        let (empty, name) = (String::new(), "Lefèvre & fils".to_owned());
        let said = address("/app/appels", &[("periode", &empty), ("q", &name)]);
        assert_eq!(said, "/app/appels?q=Lef%C3%A8vre%20%26%20fils");
        assert_eq!(address("/app", &[("q", &empty)]), "/app");
    }
}
