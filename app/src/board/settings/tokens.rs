//! `/app/reglages/jetons`: the tokens by which programs open the tenant's data.
//! A token is shown once, in the answer to the form that makes it: it never
//! passes through an address or a session.

mod form;

use super::super::frame::{Frame, Section};
use super::super::{Answer, JustDone, failed, rows};
use super::subject;
use crate::parts::{Icon, Notice, Tone};
use crate::problem;
use crate::session::Member;
use crate::table::{Table, get, post};
use crate::typo::{self, french};
use crate::web::Web;
use axum::Form;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::tokens::{Listed, TokenError};
use form::Typed;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use leptos::prelude::*;
use serde::Deserialize;

/// The routes of the tenant's tokens.
pub(crate) fn routes() -> Table<Web> {
    Table::new()
        .route("/app/reglages/jetons", get(list).post(create))
        .route("/app/reglages/jetons/{prefix}/remplacer", post(replace))
        .route("/app/reglages/jetons/{prefix}/revoquer", post(revoke))
}

/// How long the old one stays.
#[derive(Deserialize, Default)]
struct Overlap {
    #[serde(default)]
    heures: String,
}

/// What a page says above the list.
#[derive(Default)]
struct Told {
    done: Option<&'static str>,
    refused: Option<&'static str>,
    made: Option<String>,
    typed: Typed,
}

async fn list(member: Member, Query(asked): Query<JustDone>) -> Answer {
    let done = (asked.fait == "revoque").then_some("C’est fait : ce jeton n’ouvre plus rien.");
    page(&member, Told { done, ..Told::default() }).await
}

async fn create(member: Member, Form(typed): Form<Typed>) -> Answer {
    match member.desk.create_token(&typed.wanted()).await {
        Ok(made) => page(&member, Told { made: Some(made), ..Told::default() }).await,
        Err(error) => {
            let refused = Some(sentence(&error).ok_or_else(|| instead(error))?);
            page(&member, Told { refused, typed, ..Told::default() }).await
        }
    }
}

async fn replace(
    member: Member,
    Path(prefix): Path<String>,
    Form(overlap): Form<Overlap>,
) -> Answer {
    let hours: u16 = overlap.heures.parse().unwrap_or(24);
    let overlap = SignedDuration::from_hours(i64::from(hours.min(24 * 30)));
    match member.desk.rotate_token(&prefix, overlap).await {
        Ok(made) => page(&member, Told { made: Some(made), ..Told::default() }).await,
        Err(error) => {
            let refused = Some(sentence(&error).ok_or_else(|| instead(error))?);
            page(&member, Told { refused, ..Told::default() }).await
        }
    }
}

async fn revoke(member: Member, Path(prefix): Path<String>) -> Answer {
    match member.desk.revoke_token(&prefix).await {
        Ok(()) => Ok(Redirect::to("/app/reglages/jetons?fait=revoque").into_response()),
        Err(error) => Err(instead(error)),
    }
}

/// What the form says of it, when it can say something.
fn sentence(error: &TokenError) -> Option<&'static str> {
    match error {
        TokenError::BadName => Some("Donnez-lui un nom, de 80 caractères au plus."),
        TokenError::BadScopes(_) => Some("Choisissez au moins un accès."),
        TokenError::BadLife => Some("Cette durée n’est pas possible."),
        TokenError::Replaced => Some("Ce jeton a déjà été remplacé."),
        TokenError::TooMany => Some("C’est beaucoup de jetons : révoquez-en un d’abord."),
        TokenError::Forbidden | TokenError::Gone | TokenError::Store(_) => None,
    }
}

/// The page that is shown in its place otherwise.
fn instead(error: TokenError) -> Response {
    match error {
        TokenError::Forbidden => problem::forbidden(),
        TokenError::Store(error) => failed(error),
        _ => problem::missing(),
    }
}

async fn page(member: &Member, told: Told) -> Answer {
    let tokens = match member.desk.tokens().await {
        Ok(tokens) => tokens,
        Err(error) => return Err(instead(error)),
    };
    let frame = Frame::of(member, Section::Settings, "Jetons d’API").await?;
    let zone = member.desk.zone().await.map_err(failed)?;
    let today = member.desk.today(&zone);
    let status = match (&told.refused, &told.made) {
        (Some(_), _) => StatusCode::UNPROCESSABLE_ENTITY,
        (None, Some(_)) => StatusCode::CREATED,
        (None, None) => StatusCode::OK,
    };
    let done = told.done.map(|text| view! { <Notice tone=Tone::Good text=text.to_owned()/> });
    let made = told.made.map(shown_once);
    let none = tokens
        .is_empty()
        .then(|| view! { <p class="soft">{french("Aucun programme n’a d’accès.")}</p> });
    let items = tokens.into_iter().map(|token| item(token, &zone, today).into_any()).collect_view();
    let content = view! {
        {done} {made}
        <section class="panel"><header><h2>"Jetons valables"</h2></header>{none}<ul class="sessions">{items}</ul></section>
        <section class="panel"><header><h2>"Nouveau jeton"</h2></header>{form::view(told.typed, told.refused).into_any()}</section>
    };
    let meaning = "Un jeton ouvre les données de ce cabinet à un programme : votre site, votre logiciel. Il ne fait que ce que vous lui permettez.";
    Ok(frame.show_as(status, subject("Jetons d’API", meaning, content)))
}

/// The only time that a token is readable.
fn shown_once(token: String) -> impl IntoView {
    view! {
        <section class="panel once" role="status">
            <header><h2>"Votre jeton"</h2></header>
            <p>{french("Copiez-le maintenant : il ne sera plus jamais affiché.")}</p>
            <div class="field"><label for="jeton">"À garder secret"</label><input id="jeton" class="n" readonly value=token autocomplete="off" spellcheck="false"/></div>
        </section>
    }
}

fn item(token: Listed, zone: &TimeZone, today: Date) -> impl IntoView + use<> {
    let at = |instant: Timestamp| typo::when(rows::local(instant.as_millisecond(), zone), today);
    let used = token
        .last_used_at
        .map_or("jamais utilisé".to_owned(), |used| format!("utilisé {}", at(used)));
    let ends = token
        .expires_at
        .map_or("sans fin".to_owned(), |end| format!("valable jusqu’à {}", at(end)));
    let replaced = token.replaced_by.is_some();
    let mark =
        replaced.then(|| view! { <span class="chip warn"><Icon name="swap"/>"Remplacé"</span> });
    let base = format!("/app/reglages/jetons/{}", token.prefix);
    let replace = (!replaced).then(|| replacement(format!("{base}/remplacer"), &token.name));
    let rights = token.scopes.iter().map(|scope| form::words(scope)).collect::<Vec<_>>().join(", ");
    let confirm =
        format!("Révoquer « {} » ? Le programme qui l’utilise n’aura plus accès.", token.name);
    let revoke = format!("Révoquer {}", token.name);
    view! {
        <li>
            <Icon name="key"/>
            <div>
                <p><strong>{token.name.clone()}</strong>" "<code class="soft n">"uwi_"{token.prefix.clone()}"_…"</code>" "{mark}</p>
                <p class="small">{french(&rights)}</p>
                <p class="soft small">"Créé "{at(token.created_at)}", "{used}", "{ends}</p>
            </div>
            {replace}
            <form method="post" action=format!("{base}/revoquer") data-confirm=french(&confirm)>
                <button class="button danger" type="submit" aria-label=revoke>"Révoquer"</button>
            </form>
        </li>
    }
}

fn replacement(action: String, name: &str) -> impl IntoView + use<> {
    let choices = [
        ("24", "l’ancien reste 24 h"),
        ("168", "l’ancien reste 7 jours"),
        ("1", "l’ancien reste 1 h"),
        ("0", "l’ancien s’arrête"),
    ];
    let options = choices
        .map(|(hours, words)| view! { <option value=hours>{french(words)}</option> })
        .collect_view();
    let (replace, overlap) = (format!("Remplacer {name}"), format!("Fin de l’ancien {name}"));
    view! {
        <form class="swap field" method="post" action=action>
            <select name="heures" aria-label=overlap>{options}</select>
            <button class="button" type="submit" aria-label=replace>"Remplacer"</button>
        </form>
    }
}
