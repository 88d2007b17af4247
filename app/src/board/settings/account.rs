//! The person's own settings: sessions and password.

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
use axum::response::{IntoResponse as _, Redirect};
use desk::sessions::{self, Shown};
use desk::sign_in::password::{self, Unfit};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use leptos::prelude::*;
use serde::Deserialize;

/// The routes of the person's own settings.
pub(crate) fn routes() -> Table<Web> {
    Table::new()
        .route("/app/reglages/sessions", get(list))
        .route("/app/reglages/sessions/autres/fin", post(end_others))
        .route("/app/reglages/sessions/{handle}/fin", post(end))
        .route("/app/reglages/mot-de-passe", get(show).post(set))
        .route("/app/reglages/mot-de-passe/fin", post(remove))
}

async fn list(member: Member, Query(asked): Query<JustDone>) -> Answer {
    let frame = Frame::of(&member, Section::Settings, "Sessions").await?;
    let found = sessions::list(member.desk.office(), &member.email).await.map_err(failed)?;
    let zone = member.desk.zone().await.map_err(failed)?;
    let today = member.desk.today(&zone);
    // The longest unused first: the ones to close.
    let (mut others, here): (Vec<Shown>, Vec<Shown>) =
        found.into_iter().partition(|session| session.handle != member.handle());
    others.reverse();
    let notice = (asked.fait == "fin").then(|| {
        view! { <Notice tone=Tone::Good text="C’est fait : cet accès est fermé.".to_owned()/> }
    });
    let all = (others.len() > 1).then(|| {
        view! {
            <form method="post" action="/app/reglages/sessions/autres/fin" data-confirm="Fermer toutes les autres sessions ?">
                <button class="button danger" type="submit">"Fermer toutes les autres"</button>
            </form>
        }
    });
    let here = here
        .into_iter()
        .map(|session| item(session, Which::Here, &zone, today).into_any())
        .collect_view();
    let others = others
        .into_iter()
        .map(|session| item(session, Which::Other, &zone, today).into_any())
        .collect_view();
    let content = view! { {notice} {all} <ul class="sessions">{here}{others}</ul> };
    let meaning =
        "Chaque appareil connecté à votre compte. Fermez ceux que vous ne reconnaissez pas.";
    Ok(frame.show(subject("Sessions", meaning, content)))
}

enum Which {
    Here,
    Other,
}

fn item(session: Shown, which: Which, zone: &TimeZone, today: Date) -> impl IntoView + use<> {
    let agent = session.agent.unwrap_or_else(|| "Appareil inconnu".to_owned());
    let network = session.network.map(|network| format!(", réseau {network}"));
    let at =
        |instant: jiff::Timestamp| typo::when(rows::local(instant.as_millisecond(), zone), today);
    let action = match which {
        Which::Here => {
            view! { <span class="chip accent"><Icon name="check"/>"Cet appareil"</span> }.into_any()
        }
        Which::Other => view! {
            <form method="post" action=format!("/app/reglages/sessions/{}/fin", session.handle)>
                <button class="button" type="submit">"Fermer"</button>
            </form>
        }
        .into_any(),
    };
    view! {
        <li>
            <Icon name="device"/>
            <div><p><strong>{agent}</strong></p><p class="soft small">"Ouverte " {at(session.since)} ", utilisée " {at(session.last_seen)} {network}</p></div>
            {action}
        </li>
    }
}

async fn end(member: Member, Path(handle): Path<String>) -> Answer {
    let ended = sessions::end_own(member.desk.office(), &member.email, &handle).await;
    match ended.map_err(failed)? {
        true => Ok(Redirect::to("/app/reglages/sessions?fait=fin").into_response()),
        false => Err(problem::missing()),
    }
}

async fn end_others(member: Member) -> Answer {
    let office = member.desk.office();
    sessions::end_others(office, &member.email, &member.handle()).await.map_err(failed)?;
    Ok(Redirect::to("/app/reglages/sessions?fait=fin").into_response())
}

#[derive(Deserialize)]
struct NewPassword {
    #[serde(default)]
    password: String,
    #[serde(default)]
    again: String,
}

async fn show(member: Member, Query(asked): Query<JustDone>) -> Answer {
    let notice = match asked.fait.as_str() {
        "defini" => Some("Votre mot de passe est enregistré. Vos autres sessions ont été fermées."),
        "retire" => Some("Votre mot de passe est retiré : vous entrez par un lien."),
        _ => None,
    };
    password_page(&member, None, notice).await
}

async fn set(member: Member, Form(form): Form<NewPassword>) -> Answer {
    let refused = match password::check(&member.email, &form.password) {
        Err(Unfit::TooShort) => Some("Au moins 10 caractères, s’il vous plaît."),
        Err(Unfit::TooLong) => Some("C’est trop long : 256 caractères au plus."),
        Err(Unfit::TooEasy) => Some("C’est trop facile à deviner."),
        Ok(()) if form.password != form.again => Some("Les deux saisies diffèrent."),
        Ok(()) => None,
    };
    if refused.is_some() {
        return password_page(&member, refused, None).await;
    }
    let office = member.desk.office();
    password::set(office, &member.email, form.password).await.map_err(failed)?;
    sessions::end_others(office, &member.email, &member.handle()).await.map_err(failed)?;
    Ok(Redirect::to("/app/reglages/mot-de-passe?fait=defini").into_response())
}

async fn remove(member: Member) -> Answer {
    password::remove(member.desk.office(), &member.email).await.map_err(failed)?;
    Ok(Redirect::to("/app/reglages/mot-de-passe?fait=retire").into_response())
}

async fn password_page(
    member: &Member,
    refused: Option<&'static str>,
    notice: Option<&'static str>,
) -> Answer {
    let frame = Frame::of(member, Section::Settings, "Mot de passe").await?;
    let has = password::exists(member.desk.office(), &member.email).await.map_err(failed)?;
    let now = if has { "Vous avez un mot de passe." } else { "Vous n’avez pas de mot de passe." };
    let notice = notice.map(|text| view! { <Notice tone=Tone::Good text=text.to_owned()/> });
    let removal = has.then(|| {
        view! {
            <form method="post" action="/app/reglages/mot-de-passe/fin" data-confirm="Retirer votre mot de passe ? Vous entrerez par un lien.">
                <button class="button danger" type="submit">"Retirer le mot de passe"</button>
            </form>
        }
    });
    let content = view! { {notice} <p><strong>{french(now)}</strong></p> {password_form(refused).into_any()} {removal} };
    let meaning = "Un mot de passe évite d’attendre un courriel. Le lien de connexion reste toujours possible.";
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(frame.show_as(status, subject("Mot de passe", meaning, content)))
}

fn password_form(refused: Option<&'static str>) -> impl IntoView {
    let error = refused.map(|why| {
        view! { <p class="error" id="secret-erreur" role="alert"><Icon name="alert"/>{french(why)}</p> }
    });
    let invalid = refused.map(|_| "true");
    view! {
        <form class="form" method="post" action="/app/reglages/mot-de-passe">
            <div class="field">
                <label for="password">"Nouveau mot de passe"</label>
                <input id="password" name="password" type="password" autocomplete="new-password" required minlength="10" maxlength="256" aria-invalid=invalid aria-describedby="secret-aide"/>
                {error}
                <p class="hint" id="secret-aide">"Dix caractères au moins. Une phrase convient très bien."</p>
            </div>
            <div class="field">
                <label for="again">"Le même, encore une fois"</label>
                <input id="again" name="again" type="password" autocomplete="new-password" required maxlength="256"/>
            </div>
            <button class="button primary" type="submit">"Enregistrer"</button>
        </form>
    }
}
