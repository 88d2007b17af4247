//! The step of the test call: the number to dial, and the call when it arrives.

use super::{after, client, page, path};
use crate::board::{Answer, failed, live, rows};
use crate::parts::Icon;
use crate::session::Member;
use crate::table::{Table, get};
use crate::typo::{self, french};
use crate::web::Web;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use desk::onboarding::Step;
use desk::snapshot::Period;
use leptos::prelude::*;

pub(super) fn routes() -> Table<Web> {
    Table::new()
        .route("/admin/clients/{id}/essai", get(show))
        .route("/admin/clients/{id}/direct", get(stream))
}

async fn show(member: Member, Path(id): Path<String>) -> Answer {
    let desk = client(&member, &id).await?;
    let profile = desk.office().profile(desk.tenant()).await.map_err(failed)?;
    let last = desk.snapshot(Period::ThirtyDays).await.map_err(failed)?.last_call;
    let today = desk.today(&profile.zone);
    let Some(number) = profile.numbers.first() else {
        let content = view! {
            <p>{french("Il n’y a pas encore de numéro à composer.")}</p>
            <p><a class="button primary" href=path(&desk, Step::Number)>"Choisir le numéro"</a></p>
        };
        return page(&member, &desk, Some(Step::Call), (StatusCode::OK, content.into_any())).await;
    };
    let told = match &last {
        Some(call) => {
            let at = rows::local(call.at.as_millisecond(), &profile.zone);
            let text = format!("Appel reçu {} : la ligne répond.", typo::when(at, today));
            view! {
                <p class="calm"><Icon name="check"/>{french(&text)}</p>
                <p><a class="button primary" href=after(&desk, Step::Call)>"Continuer"</a></p>
            }
            .into_any()
        }
        None => view! { <p class="ongoing"><span class="pulse" aria-hidden="true"></span>{french("En attente de l’appel…")}</p> }.into_any(),
    };
    let here = path(&desk, Step::Call);
    let live = format!("/admin/clients/{}/direct", desk.tenant());
    let href = format!("tel:{}", number.as_str());
    let content = view! {
        <p class="dial"><a href=href>{typo::phone(number)}</a></p>
        <p>{french("Demandez un rendez-vous, donnez un nom, confirmez ; puis annulez-le dans l’agenda du client si besoin.")}</p>
        <div id="essai" data-live="" data-live-from=live aria-live="polite">{told}</div>
        {last.is_none().then(|| view! { <form method="get" action=here><button class="button" type="submit">"Vérifier"</button></form> })}
    };
    page(&member, &desk, Some(Step::Call), (StatusCode::OK, content.into_any())).await
}

/// Hints that something of the client changed.
async fn stream(member: Member, Path(id): Path<String>) -> Result<Response, Response> {
    let desk = client(&member, &id).await?;
    Ok(live::of(desk).into_response())
}
