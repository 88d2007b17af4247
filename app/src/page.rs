//! One HTML document: complete, without inline script or style.
//!
//! A page is a pure view of a struct that its handler has filled. Views are
//! Leptos components, rendered once and in order; there is no hydration.

use crate::assets;
use crate::parts::Icon;
use crate::web::Banner;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

/// What a document says about itself.
pub struct Head {
    /// Shown in the tab, before the product's name.
    pub title: String,
    /// For search engines; private pages have none and are not indexed.
    pub description: Option<&'static str>,
    /// Whether the small script comes with it.
    pub script: Script,
    /// A class on `body`, which style sheets scope by.
    pub class: &'static str,
}

/// Whether a page carries the script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// It gains from it.
    Yes,
    /// It has no use for it.
    No,
}

tokio::task_local! {
    /// What every page says first; set around the router, since pages that say
    /// what did not work are rendered anywhere.
    static BANNER: Banner;
}

/// Answers a request whose page says this first.
pub(crate) async fn under<T>(banner: Banner, answer: impl Future<Output = T>) -> T {
    BANNER.scope(banner, answer).await
}

fn banner() -> Option<AnyView> {
    let banner = BANNER.try_with(|banner| *banner).unwrap_or_default();
    (banner == Banner::Simulated).then(|| {
        view! { <p class="banner" role="note"><Icon name="info"/><span>"Démonstration\u{a0}: téléphone, messages et voix sont simulés. Rien n’est appelé, envoyé ni acheté."</span></p> }.into_any()
    })
}

/// Renders a page; `status` lets error pages be pages.
pub fn render(status: StatusCode, head: Head, body: impl IntoView + 'static) -> Response {
    let owner = Owner::new();
    let html = owner.with(|| document(head, body.into_any()).to_html());
    owner.unset();
    // Marks by which a browser would take views over: none of ours does.
    let html = html.replace("<!>", "");
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (status, headers, html).into_response()
}

fn document(head: Head, body: AnyView) -> impl IntoView {
    let title = format!("{} · UWi", head.title);
    let description =
        head.description.map(|text| view! { <meta name="description" content=text/> });
    let private = head.description.is_none();
    let robots = private.then(|| view! { <meta name="robots" content="noindex"/> });
    let script = (head.script == Script::Yes)
        .then(|| view! { <script src=assets::script_href() defer></script> });
    view! {
        <!DOCTYPE html>
        <html lang="fr">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <title>{title}</title>
                {description}
                {robots}
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="stylesheet" href=assets::style_href()/>
                {script}
            </head>
            <body class=head.class>
                <a class="skip" href="#contenu">"Aller au contenu"</a>
                {banner()}
                {body}
            </body>
        </html>
    }
}
