//! `/app/agenda/fermetures`: exceptional closures, with the appointments that
//! fall into them.

use super::super::frame::{Frame, Section};
use super::super::{Answer, JustDone, failed};
use crate::parts::{Empty, Icon, Notice, Tone};
use crate::problem;
use crate::session::Member;
use crate::typo::{self, french};
use axum::Form;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect};
use desk::closures::{ClosureError, Listed};
use domain::time::hours::Closure;
use jiff::civil::{Date, DateTime};
use leptos::prelude::*;
use serde::Deserialize;
use store::dashboard::agenda::VisitRow;

/// A closure as it was filled in.
#[derive(Deserialize, Default, Clone)]
pub(in super::super) struct Typed {
    #[serde(default)]
    du: String,
    #[serde(default)]
    au: String,
    #[serde(default)]
    motif: String,
}

/// Shows them.
pub(in super::super) async fn show(member: Member, Query(asked): Query<JustDone>) -> Answer {
    let done = match asked.fait.as_str() {
        "ferme" => Some("C’est noté : plus aucun rendez-vous ne sera pris ces jours-là."),
        "rouvert" => Some("C’est noté : ces jours sont de nouveau ouverts."),
        _ => None,
    };
    page(&member, StatusCode::OK, done, None, Typed::default()).await
}

/// Adds one.
pub(in super::super) async fn add(member: Member, Form(typed): Form<Typed>) -> Answer {
    let refusal = match closure(&typed) {
        None => ("du", "Donnez au moins le premier jour."),
        Some(closure) => match member.desk.add_closure(closure).await {
            Ok(_) => return Ok(Redirect::to("/app/agenda/fermetures?fait=ferme").into_response()),
            Err(ClosureError::Store(error)) => return Err(failed(error)),
            Err(ClosureError::Known) => ("du", "Ces jours sont déjà fermés."),
            Err(ClosureError::Settings(_)) => (
                "motif",
                "Ce n’est pas possible : un motif est court, et 200 fermetures suffisent.",
            ),
            Err(ClosureError::BadDays | ClosureError::Gone) => (
                "au",
                "Le dernier jour vient après le premier, dans l’année, et pas dans le passé.",
            ),
        },
    };
    page(&member, StatusCode::UNPROCESSABLE_ENTITY, None, Some(refusal), typed).await
}

/// Removes one.
pub(in super::super) async fn remove(member: Member, Path(id): Path<String>) -> Answer {
    match member.desk.remove_closure(&id).await {
        Ok(()) => Ok(Redirect::to("/app/agenda/fermetures?fait=rouvert").into_response()),
        Err(ClosureError::Store(error)) => Err(failed(error)),
        Err(_) => Err(problem::missing()),
    }
}

fn closure(typed: &Typed) -> Option<Closure> {
    let from: Date = typed.du.trim().parse().ok()?;
    let to = match typed.au.trim() {
        "" => from,
        last => last.parse().ok()?,
    };
    let reason = Some(typed.motif.trim().to_owned()).filter(|reason| !reason.is_empty());
    Some(Closure { from, to, reason })
}

async fn page(
    member: &Member,
    status: StatusCode,
    done: Option<&'static str>,
    refused: Option<(&'static str, &'static str)>,
    typed: Typed,
) -> Answer {
    let frame = Frame::of(member, Section::Agenda, "Fermetures").await?;
    let listed = member.desk.closures().await.map_err(failed)?;
    let done = done.map(|text| view! { <Notice tone=Tone::Good text=text.to_owned()/> });
    let none = listed.is_empty().then(|| {
        view! { <Empty icon="calendar" title="Aucune fermeture à venir" text="Notez ici congés et ponts : l’assistant n’y propose aucun rendez-vous, et le dit aux appelants."/> }
    });
    let items = listed.into_iter().map(|listed| item(listed).into_any()).collect_view();
    let meaning = "Les jours où le cabinet est fermé malgré ses horaires. Aucun rendez-vous n’y est proposé ; ceux qui sont déjà pris restent, à déplacer ou à annuler. Les jours fériés sont fermés d’office.";
    let content = view! {
        <p class="back"><a href="/app/agenda"><Icon name="previous"/>"Agenda"</a></p>
        <header class="page-head"><h1>"Fermetures"</h1><p class="soft">{french(meaning)}</p></header>
        {done}
        <section class="panel"><header><h2>"À venir"</h2></header>{none}<ul class="sessions">{items}</ul></section>
        <section class="panel"><header><h2>"Ajouter une fermeture"</h2></header>{form(typed, refused).into_any()}</section>
    };
    Ok(frame.show_as(status, content))
}

fn item(listed: Listed) -> impl IntoView + use<> {
    let action = format!("/app/agenda/fermetures/{}/retirer", listed.id());
    let Closure { from, to, reason } = &listed.closure;
    let days = match from == to {
        true => format!("{} {}", typo::day(*from), from.year()),
        false => format!("du {} au {} {}", typo::day_month(*from), typo::day_month(*to), to.year()),
    };
    let reason = reason.clone().map(|text| view! { <span class="soft">{french(&text)}</span> });
    let count = i64::try_from(listed.visits.len()).unwrap_or(i64::MAX);
    let to_move = (count > 0).then(|| {
        let told = format!("{} à déplacer", typo::count(count, "rendez-vous", "rendez-vous"));
        let links = listed.visits.iter().map(|visit| link(visit).into_any()).collect_view();
        view! { <p><span class="chip warn"><Icon name="alert"/>{told}</span></p><ul class="small">{links}</ul> }
    });
    let label = format!("Rouvrir {days}");
    view! {
        <li>
            <Icon name="calendar"/>
            <div><p><strong>{days}</strong>" "{reason}</p>{to_move}</div>
            <form method="post" action=action><button class="button" type="submit" aria-label=label>"Rouvrir"</button></form>
        </li>
    }
}

fn link(visit: &VisitRow) -> impl IntoView + use<> {
    let start = format!("{}T{}", visit.rdv_date, visit.rdv_time).parse::<DateTime>().ok();
    let when = start.map(typo::day_and_clock).unwrap_or_default();
    let href = format!("/app/rendez-vous/{}", visit.id);
    view! { <li><a href=href>{when}", "{visit.customer_name.clone()}</a></li> }
}

fn form(typed: Typed, refused: Option<(&'static str, &'static str)>) -> impl IntoView {
    let day = |name, label, hint, value| field((name, "date", label, hint), value, refused);
    let why = ("motif", "text", "Motif", "Dit aux appelants : « congés d’été ».");
    view! {
        <form class="form" method="post" action="/app/agenda/fermetures">
            <div class="pair">
                {day("du", "Premier jour", "", typed.du)}
                {day("au", "Dernier jour", "Vide : un seul jour.", typed.au)}
            </div>
            {field(why, typed.motif, refused)}
            <button class="button primary" type="submit">"Fermer ces jours"</button>
        </form>
    }
}

/// A field: its name, the type of its input, its label and its hint.
fn field(
    (name, kind, label, hint): (&'static str, &'static str, &'static str, &'static str),
    value: String,
    refused: Option<(&'static str, &'static str)>,
) -> AnyView {
    let (help, wrong) = (format!("{name}-aide"), format!("{name}-erreur"));
    let why = refused.filter(|(at, _)| *at == name).map(|(_, why)| why);
    let described = match (hint.is_empty(), why) {
        (true, None) => None,
        (false, None) => Some(help.clone()),
        (true, Some(_)) => Some(wrong.clone()),
        (false, Some(_)) => Some(format!("{help} {wrong}")),
    };
    let invalid = why.map(|_| "true");
    let required = name == "du";
    let error = why.map(|why| {
        view! { <p class="error" id=wrong role="alert"><Icon name="alert"/>{french(why)}</p> }
    });
    let hint = (!hint.is_empty()).then(|| view! { <p class="hint" id=help>{french(hint)}</p> });
    view! { <div class="field"><label for=name>{label}</label><input id=name name=name type=kind required=required maxlength="300" value=value aria-invalid=invalid aria-describedby=described/>{error}{hint}</div> }.into_any()
}
