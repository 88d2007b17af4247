//! What can be done with an appointment now.

use super::VisitPage;
use super::fields::{Anywhere, Typed, offers, person, place};
use crate::parts::Icon;
use crate::typo::{self, french};
use leptos::prelude::*;

/// The actions, and the forms to move and to correct it; a form that was
/// refused stands open with what was typed.
pub(super) fn view(page: &VisitPage, typed: Option<Typed>) -> impl IntoView + use<> {
    let confirmed = page.visit.status == "confirmed";
    let mover = typed.as_ref().filter(|typed| typed.nom.is_empty());
    let corrected = typed.as_ref().filter(|typed| !typed.nom.is_empty());
    let moving = confirmed.then(|| move_form(page, mover).into_any());
    view! {
        <section class="panel">
            <header><h2>"Que faire"</h2></header>
            {buttons(page).into_any()}
            {moving}
            {correct_form(page, corrected).into_any()}
        </section>
    }
}

fn buttons(page: &VisitPage) -> impl IntoView + use<> {
    let buttons: Vec<AnyView> = match (page.visit.status.as_str(), page.begun) {
        ("confirmed", false) => vec![cancel(page).into_any()],
        ("confirmed", true) => vec![
            button(page, ("venu", "Venu"), "check").into_any(),
            button(page, ("absent", "Absent"), "alert").into_any(),
            cancel(page).into_any(),
        ],
        ("completed", _) => vec![
            button(page, ("retablir", "Reprendre : ni venu ni absent"), "previous").into_any(),
            button(page, ("absent", "Plutôt absent"), "alert").into_any(),
        ],
        ("no_show", _) => vec![
            button(page, ("retablir", "Reprendre : ni venu ni absent"), "previous").into_any(),
            button(page, ("venu", "Plutôt venu"), "check").into_any(),
        ],
        _ => {
            let href = format!("/app/rendez-vous/nouveau?jour={}", page.now.date());
            vec![view! { <a class="button" href=href><Icon name="booked"/>"Nouveau rendez-vous"</a> }.into_any()]
        }
    };
    view! { <div class="ways">{buttons}</div> }
}

fn button(
    page: &VisitPage,
    (action, word): (&'static str, &'static str),
    icon: &'static str,
) -> impl IntoView + use<> {
    let action = format!("/app/rendez-vous/{}/{action}", page.visit.id);
    view! {
        <form method="post" action=action>
            <input type="hidden" name="version" value=page.visit.version.to_string()/>
            <button class="button" type="submit"><Icon name=icon/>{french(word)}</button>
        </form>
    }
}

fn cancel(page: &VisitPage) -> impl IntoView + use<> {
    let action = format!("/app/rendez-vous/{}/annuler", page.visit.id);
    let question = format!(
        "Annuler le rendez-vous de {} ? L’heure sera proposée à d’autres.",
        page.visit.customer_name
    );
    view! {
        <form method="post" action=action data-confirm=french(&question)>
            <input type="hidden" name="version" value=page.visit.version.to_string()/>
            <button class="button danger" type="submit"><Icon name="cancelled"/>"Annuler le rendez-vous"</button>
        </form>
    }
}

fn move_form(page: &VisitPage, typed: Option<&Typed>) -> impl IntoView + use<> {
    let visit = &page.visit;
    let filled = typed.cloned().unwrap_or_else(|| Typed {
        jour: visit.rdv_date.clone(),
        heure: visit.rdv_time.clone(),
        agenda: visit.calendar_id.clone(),
        service: visit.service_id.clone(),
        ..Typed::default()
    });
    let action = format!("/app/rendez-vous/{}/deplacer", visit.id);
    view! {
        <details class="more" open=typed.is_some()>
            <summary>"Déplacer"</summary>
            <form class="form" method="post" action=action>
                <input type="hidden" name="version" value=visit.version.to_string()/>
                {place(&filled, &page.profile, Anywhere::No).into_any()}
                <button class="button primary" type="submit">"Déplacer"</button>
                {offers(&page.free, "Déplacer au").into_any()}
            </form>
        </details>
    }
}

fn correct_form(page: &VisitPage, typed: Option<&Typed>) -> impl IntoView + use<> {
    let visit = &page.visit;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let filled = typed.cloned().unwrap_or_else(|| Typed {
        nom: visit.customer_name.clone(),
        telephone: typo::phone_text(&text(&visit.customer_phone)).replace(typo::NBSP, " "),
        courriel: text(&visit.customer_email),
        motif: text(&visit.motive),
        notes: text(&visit.internal_notes),
        ..Typed::default()
    });
    let action = format!("/app/rendez-vous/{}/corriger", visit.id);
    view! {
        <details class="more" open=typed.is_some()>
            <summary>"Corriger, noter"</summary>
            <form class="form" method="post" action=action>
                <input type="hidden" name="version" value=visit.version.to_string()/>
                {person(&filled).into_any()}
                <div class="field"><label for="notes">"Notes du cabinet"</label><textarea id="notes" name="notes" maxlength="4000" aria-describedby="notes-aide">{filled.notes}</textarea><p class="hint" id="notes-aide">{french("Elles ne sont jamais dites ni envoyées.")}</p></div>
                <button class="button primary" type="submit">"Enregistrer"</button>
            </form>
        </details>
    }
}
