//! What is done with an appointment: each form posts here and comes back.

use super::fields::{Typed, said, sentence};
use super::{Told, page};
use crate::board::{Answer, failed};
use crate::problem;
use crate::session::Member;
use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect};
use desk::appointments::Changes;
use domain::appointment::Status;
use domain::id::AppointmentId;

/// What the page says afterwards.
pub(super) fn done(what: &str) -> Option<&'static str> {
    match what {
        "pris" => Some("C’est inscrit."),
        "deplace" => Some("C’est déplacé."),
        "corrige" => Some("C’est corrigé."),
        "venu" => Some("C’est noté : venu."),
        "absent" => Some("C’est noté : absent."),
        "retabli" => Some("C’est repris : le rendez-vous est de nouveau confirmé."),
        "annule" => Some("C’est annulé. L’heure est de nouveau libre."),
        _ => None,
    }
}

pub(super) async fn move_to(
    member: Member,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Answer {
    let Some(start) = typed.start() else {
        return refused(&member, &id, "Donnez un jour et une heure.", Some(typed)).await;
    };
    let changes = Changes {
        start: Some(start),
        calendar: typed.calendar(),
        service: typed.service(),
        version: typed.version(),
        ..Changes::default()
    };
    change(member, &id, &changes, ("deplace", Some(typed))).await
}

pub(super) async fn correct(
    member: Member,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Answer {
    let profile = member.desk.office().profile(member.desk.tenant()).await.map_err(failed)?;
    let phone = match typed.phone(&profile.country) {
        Ok(phone) => phone,
        Err(why) => return refused(&member, &id, why, Some(typed)).await,
    };
    let changes = Changes {
        name: Some(typed.nom.clone()),
        phone: Some(phone),
        email: Some(said(&typed.courriel)),
        motive: Some(said(&typed.motif)),
        internal_notes: Some(said(&typed.notes)),
        version: typed.version(),
        ..Changes::default()
    };
    change(member, &id, &changes, ("corrige", Some(typed))).await
}

pub(super) async fn came(
    member: Member,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Answer {
    settle(member, &id, &typed, (Status::Completed, "venu")).await
}

pub(super) async fn missed(
    member: Member,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Answer {
    settle(member, &id, &typed, (Status::NoShow, "absent")).await
}

pub(super) async fn restore(
    member: Member,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Answer {
    settle(member, &id, &typed, (Status::Confirmed, "retabli")).await
}

pub(super) async fn cancel(
    member: Member,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Answer {
    settle(member, &id, &typed, (Status::Cancelled, "annule")).await
}

async fn settle(
    member: Member,
    id: &str,
    typed: &Typed,
    (status, word): (Status, &'static str),
) -> Answer {
    let version = typed.version();
    let changes = Changes { status: Some(status), version, ..Changes::default() };
    change(member, id, &changes, (word, None)).await
}

async fn change(
    member: Member,
    id: &str,
    changes: &Changes,
    (word, typed): (&'static str, Option<Typed>),
) -> Answer {
    let parsed: AppointmentId = id.parse().map_err(|_| problem::missing())?;
    match member.desk.change(parsed, changes).await {
        Ok(_) => Ok(Redirect::to(&format!("/app/rendez-vous/{id}?fait={word}")).into_response()),
        Err(error) => match sentence(&error) {
            Some(why) => refused(&member, id, why, typed).await,
            None => Err(problem::unavailable()),
        },
    }
}

async fn refused(member: &Member, id: &str, why: &'static str, typed: Option<Typed>) -> Answer {
    let told = Told { refused: Some(why), typed, ..Told::default() };
    page(member, id, StatusCode::UNPROCESSABLE_ENTITY, told).await
}
