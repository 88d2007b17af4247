//! What somebody who signs in sees.

use crate::page::{Head, Script, render};
use crate::parts::Icon;
use crate::typo::french;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

/// The form, with what was typed when it was refused.
#[derive(Default)]
pub struct LoginPage {
    /// The address typed before.
    pub email: String,
    /// Why the request for a link was refused.
    pub refused: Option<&'static str>,
    /// Why the password was refused; opens that part.
    pub password_refused: Option<&'static str>,
    /// A word about what happened before.
    pub notice: Option<&'static str>,
}

/// The page with one field.
pub fn login(page: LoginPage) -> Response {
    let status = match page.refused.or(page.password_refused) {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let notice = page.notice.map(|text| {
        view! { <p class="notice" role="status"><Icon name="info"/><span>{french(text)}</span></p> }
    });
    let content = view! {
        <h1>"Se connecter"</h1>
        {notice}
        {link_form(page.email.clone(), page.refused).into_any()}
        {password_form(page.email, page.password_refused).into_any()}
    };
    render(status, head("Se connecter"), frame(content))
}

fn link_form(email: String, refused: Option<&'static str>) -> impl IntoView {
    let error = refused.map(|why| error("email-erreur", why));
    view! {
        <form class="form" method="post" action="/login">
            <div class="field">
                <label for="email">"Votre adresse de courriel"</label>
                <input id="email" name="email" type="email" autocomplete="username" required maxlength="254" value=email
                    aria-invalid=refused.map(|_| "true") aria-describedby="email-aide"/>
                {error}
                <p class="hint" id="email-aide">{french("Nous vous envoyons un lien de connexion, valable dix minutes.")}</p>
            </div>
            <button class="button primary" type="submit">"Recevoir le lien"</button>
        </form>
    }
}

fn password_form(email: String, refused: Option<&'static str>) -> impl IntoView {
    let error = refused.map(|why| error("secret-erreur", why));
    view! {
        <details class="other-way" open=refused.is_some()>
            <summary>"Utiliser un mot de passe"</summary>
            <form class="form" method="post" action="/login/mot-de-passe">
                <div class="field">
                    <label for="email2">"Adresse de courriel"</label>
                    <input id="email2" name="email" type="email" autocomplete="username" required maxlength="254" value=email/>
                </div>
                <div class="field">
                    <label for="secret">"Mot de passe"</label>
                    <input id="secret" name="password" type="password" autocomplete="current-password" required maxlength="256"
                        aria-invalid=refused.map(|_| "true") aria-describedby=refused.map(|_| "secret-erreur")/>
                    {error}
                </div>
                <button class="button" type="submit">"Se connecter"</button>
                <p class="hint soft small">{french("Vous n’en avez pas ? Demandez un lien, puis choisissez-en un dans les réglages.")}</p>
            </form>
        </details>
    }
}

fn error(id: &'static str, why: &'static str) -> impl IntoView {
    view! { <p class="error" id=id role="alert"><Icon name="alert"/>{french(why)}</p> }
}

/// After a request: the same for a known and an unknown address.
pub fn sent(email: &str) -> Response {
    let content = view! {
        <h1>"Regardez vos courriels"</h1>
        <p>"Si " <strong>{email.to_owned()}</strong> {french(" est inscrite, un lien de connexion y arrive dans la minute. Son objet : « Votre lien de connexion à UWi ».")}</p>
        <p class="soft">{french("Le lien sert une seule fois et cesse de fonctionner après dix minutes. Rien reçu ? Regardez dans les indésirables et vérifiez l’adresse, puis demandez-en un autre.")}</p>
        <p><a class="button" href="/login">"Demander un autre lien"</a></p>
    };
    render(StatusCode::OK, head("Lien demandé"), frame(content))
}

/// What the link shows: a button, so that programs that open links in mails use nothing up.
pub fn confirm(action: String) -> Response {
    let content = view! {
        <h1>"Bienvenue"</h1>
        <p>{french("Votre lien est valable. Un dernier geste : appuyez sur le bouton pour ouvrir votre tableau de bord sur cet appareil.")}</p>
        <form class="form" method="post" action=action>
            <button class="button primary" type="submit">"Me connecter"</button>
        </form>
    };
    render(StatusCode::OK, head("Me connecter"), frame(content))
}

/// A link that is used up, too old or was never ours.
pub fn expired() -> Response {
    let content = view! {
        <h1>"Ce lien ne fonctionne plus"</h1>
        <p>{french("Un lien sert une seule fois, pendant dix minutes. Demandez-en un autre : il arrive aussitôt.")}</p>
        <p><a class="button primary" href="/login">"Demander un autre lien"</a></p>
    };
    render(StatusCode::GONE, head("Lien expiré"), frame(content))
}

/// Too many attempts.
pub fn too_many() -> Response {
    let content = view! {
        <h1>"Un peu de patience"</h1>
        <p>{french("Trop de demandes sont arrivées depuis cette connexion. Réessayez dans un quart d’heure.")}</p>
        <p><a class="button" href="/">"Retour à l’accueil"</a></p>
    };
    render(StatusCode::TOO_MANY_REQUESTS, head("Trop de demandes"), frame(content))
}

fn frame<V: IntoView + 'static>(content: V) -> impl IntoView + use<V> {
    view! {
        <div class="door">
            <a class="brand" href="/"><span class="mark"><Icon name="assistant"/></span>"UWi"</a>
            <main id="contenu">{content}</main>
        </div>
    }
}

fn head(title: &str) -> Head {
    Head { title: title.to_owned(), description: None, script: Script::No, class: "" }
}
