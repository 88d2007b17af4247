//! Style sheet, script, icons: inside the binary, named by their content, cached for ever.

use crate::table::{Table, get};
use axum::body::Bytes;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

const STYLE: &str = concat!(
    include_str!("../../style/tokens.css"),
    include_str!("../../style/base.css"),
    include_str!("../../style/parts.css"),
    include_str!("../../style/forms.css"),
    include_str!("../../style/site.css"),
    include_str!("../../style/app.css"),
    include_str!("../../style/lists.css"),
    include_str!("../../style/calls.css"),
    include_str!("../../style/agenda.css"),
    include_str!("../../style/requests.css"),
    include_str!("../../style/settings.css"),
    include_str!("../../style/opening.css"),
);
const SCRIPT: &str = include_str!("../../public/uwi.js");
const ICONS: &str = include_str!("../../public/icons.svg");
const FAVICON: &str = include_str!("../../public/favicon.svg");
const ROBOTS: &str = include_str!("../../public/robots.txt");

const FOR_EVER: &str = "public, max-age=31536000, immutable";
const A_DAY: &str = "public, max-age=86400";

/// A file whose address changes with its content.
struct Asset {
    path: String,
    content_type: &'static str,
    content: Bytes,
}

impl Asset {
    fn new(
        stem: &str,
        extension: &str,
        content_type: &'static str,
        content: impl Into<Bytes>,
    ) -> Self {
        let content = content.into();
        let hash = hex::encode(&Sha256::digest(&content)[..6]);
        Self { path: format!("/assets/{stem}-{hash}.{extension}"), content_type, content }
    }
}

static STYLE_FILE: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("uwi", "css", "text/css; charset=utf-8", style()));
static SCRIPT_FILE: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("uwi", "js", "text/javascript; charset=utf-8", SCRIPT));
static ICONS_FILE: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("icons", "svg", "image/svg+xml", ICONS));

/// The written rules, and the made ones of the agenda's grid.
fn style() -> String {
    format!("{STYLE}{}", crate::board::position_rules())
}

/// The address of the style sheet.
pub fn style_href() -> &'static str {
    &STYLE_FILE.path
}

/// The address of the script.
pub fn script_href() -> &'static str {
    &SCRIPT_FILE.path
}

/// The address of one icon.
pub fn icon_href(name: &str) -> String {
    format!("{}#{name}", ICONS_FILE.path)
}

/// Serves all of them, and the two files with fixed names.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Table<S> {
    let mut table = Table::new();
    for file in [&*STYLE_FILE, &*SCRIPT_FILE, &*ICONS_FILE] {
        let answer =
            move || async move { serve(file.content_type, FOR_EVER, file.content.clone()) };
        table = table.route(&file.path, get(answer));
    }
    table
        .route("/favicon.svg", get(|| async { serve("image/svg+xml", A_DAY, FAVICON) }))
        .route("/favicon.ico", get(|| async { serve("image/svg+xml", A_DAY, FAVICON) }))
        .route("/robots.txt", get(|| async { serve("text/plain; charset=utf-8", A_DAY, ROBOTS) }))
}

fn serve(
    content_type: &'static str,
    cache: &'static str,
    content: impl IntoResponse,
) -> impl IntoResponse {
    ([(CONTENT_TYPE, content_type), (CACHE_CONTROL, cache)], content)
}
