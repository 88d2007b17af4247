//! `/app/reglages/avis`: who is told what by mail.

use super::super::frame::{Frame, Section};
use super::super::{Answer, JustDone, failed};
use super::{role_name, subject};
use crate::parts::{Notice, Tone};
use crate::problem;
use crate::session::Member;
use crate::table::{Table, get};
use crate::typo::{self, french};
use crate::web::Web;
use axum::Form;
use axum::extract::Query;
use axum::response::{IntoResponse as _, Redirect};
use desk::practice::{Told, WishError, Wishes};
use domain::tenant::Profile;
use leptos::prelude::*;
use serde::Deserialize;

/// The routes of what members are told.
pub(crate) fn routes() -> Table<Web> {
    Table::new().route("/app/reglages/avis", get(show).post(change))
}

/// What somebody wants to be told.
#[derive(Deserialize, Default)]
struct Typed {
    #[serde(default)]
    courriel: String,
    #[serde(default)]
    urgent: String,
    #[serde(default)]
    matin: String,
}

async fn show(member: Member, Query(asked): Query<JustDone>) -> Answer {
    let frame = Frame::of(&member, Section::Settings, "Avis par courriel").await?;
    let desk = &member.desk;
    let profile = desk.office().profile(desk.tenant()).await.map_err(failed)?;
    let people = desk.told().await.map_err(failed)?;
    let notice = (asked.fait == "enregistre")
        .then(|| view! { <Notice tone=Tone::Good text="C’est enregistré.".to_owned()/> });
    let none =
        people.is_empty().then(|| view! { <p class="soft">"Personne n’est encore inscrit."</p> });
    let items = people
        .into_iter()
        .map(|told| {
            let own = desk.may_change_wishes_of(&told.email);
            item(told, if own { May::Change } else { May::See }).into_any()
        })
        .collect_view();
    let content = view! { {notice} <p class="soft">{french(&quiet(&profile))}</p> {none} <ul class="wishes">{items}</ul> };
    let meaning = "Ce qui est urgent (urgence, transfert sans réponse, demande urgente) part aussitôt. Le point du matin part à 7 h 30 s’il y a quelque chose à dire. Ces courriels ne nomment personne.";
    Ok(frame.show(subject("Avis par courriel", meaning, content)))
}

enum May {
    Change,
    See,
}

fn quiet(profile: &Profile) -> String {
    match profile.following.quiet {
        Some(quiet) => format!(
            "Aucun courriel entre {} et {} : ce qui est urgent part à la fin de ces heures.",
            typo::clock(quiet.from),
            typo::clock(quiet.to)
        ),
        None => "Les courriels partent à toute heure.".to_owned(),
    }
}

fn item(told: Told, may: May) -> impl IntoView {
    let Told { email, role, wishes } = told;
    let key = email.replace(['@', '.'], "-");
    let (urgent, daily) = (format!("urgent-{key}"), format!("matin-{key}"));
    let (for_urgent, for_daily) = (urgent.clone(), daily.clone());
    let locked = matches!(may, May::See);
    let save =
        (!locked).then(|| view! { <button class="button" type="submit">"Enregistrer"</button> });
    view! {
        <li>
            <form method="post" action="/app/reglages/avis">
                <input type="hidden" name="courriel" value=email.clone()/>
                <p><strong>{email}</strong><br/><span class="soft small">{role_name(role)}</span></p>
                <p class="ticks">
                    <label for=for_urgent><input type="checkbox" id=urgent name="urgent" value="oui" checked=wishes.urgent disabled=locked/>{french("L’urgent, aussitôt")}</label>
                    <label for=for_daily><input type="checkbox" id=daily name="matin" value="oui" checked=wishes.daily disabled=locked/>"Le point du matin"</label>
                </p>
                {save}
            </form>
        </li>
    }
}

async fn change(member: Member, Form(typed): Form<Typed>) -> Answer {
    let wishes = Wishes { urgent: typed.urgent == "oui", daily: typed.matin == "oui" };
    match member.desk.keep_wishes(&typed.courriel, wishes).await {
        Ok(()) => Ok(Redirect::to("/app/reglages/avis?fait=enregistre").into_response()),
        Err(WishError::Forbidden) => Err(problem::forbidden()),
        Err(WishError::Missing) => Err(problem::missing()),
        Err(WishError::Store(error)) => Err(failed(error)),
    }
}
