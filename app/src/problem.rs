//! Pages for what did not work: a title, what it means, what to do.

use crate::page::{Head, Script, render};
use crate::parts::Icon;
use crate::typo::french;
use axum::Json;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

/// The answer to an address that does not exist; programs get the API's shape.
pub async fn not_found(uri: Uri) -> Response {
    if uri.path().starts_with("/api/") {
        let body = serde_json::json!({
            "error": { "code": "NOT_FOUND", "message": "no such resource" }
        });
        return (StatusCode::NOT_FOUND, Json(body)).into_response();
    }
    missing()
}

/// Nothing is there, or it is somebody else's: both look the same.
pub fn missing() -> Response {
    page(
        StatusCode::NOT_FOUND,
        "Page introuvable",
        "Cette adresse ne mène à rien, ou plus à rien. Vérifiez-la, ou repartez de l’accueil.",
    )
}

/// The person is known but this is not theirs to see.
pub fn forbidden() -> Response {
    page(
        StatusCode::FORBIDDEN,
        "Accès réservé",
        "Votre compte ne donne pas accès à cette page. Si vous en avez besoin, demandez à la personne qui gère le cabinet.",
    )
}

/// The database or another part cannot be reached; nothing was changed.
pub fn unavailable() -> Response {
    page(
        StatusCode::SERVICE_UNAVAILABLE,
        "Indisponible pour un instant",
        "Les données ne répondent pas. Rien n’a été modifié. Rechargez la page dans une minute.",
    )
}

fn page(status: StatusCode, title: &'static str, text: &'static str) -> Response {
    let head = Head { title: title.to_owned(), description: None, script: Script::No, class: "" };
    let body = view! {
        <div class="door">
            <a class="brand" href="/"><span class="mark"><Icon name="assistant"/></span>"UWi"</a>
            <main id="contenu">
                <h1>{title}</h1>
                <p>{french(text)}</p>
                <p class="ways"><a class="button" href="/app">"Mon tableau de bord"</a><a class="button plain" href="/">"Accueil"</a></p>
            </main>
        </div>
    };
    render(status, head, body)
}
