//! `/admin/clients`: the guided opening of a client by our staff. Each step is
//! a page of its own; how far it is follows from what exists
//! ([`desk::onboarding`]), so it can be left and taken up anywhere.

mod call;
mod number;
mod people;

use crate::board::frame::{Frame, Section};
use crate::board::settings::edit::{self, Draft, Outcome, Subject, Typed};
use crate::board::{Answer, failed};
use crate::parts::{Icon, Notice, Tone};
use crate::problem;
use crate::session::Member;
use crate::table::{Methods, Table, get};
use crate::typo::{self, french};
use crate::web::Web;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::Desk;
use desk::onboarding::{self, OpeningError, Progress, Step};
use desk::tenants::ApplyError;
use domain::id::TenantId;
use domain::tenant::presets::{PRESETS, Preset};
use leptos::prelude::*;
use serde::Deserialize;

/// The routes of the guided opening.
pub(super) fn routes() -> Table<Web> {
    Table::new()
        .route("/admin/clients/nouveau", get(blank).post(create))
        .route("/admin/clients/{id}", get(overview))
        .route("/admin/clients/{id}/cabinet", on(Step::Practice, Subject::Practice))
        .route("/admin/clients/{id}/horaires", on(Step::Hours, Subject::Hours))
        .route("/admin/clients/{id}/services", on(Step::Services, Subject::Services))
        .route("/admin/clients/{id}/questions", on(Step::Questions, Subject::Questions))
        .merge(number::routes())
        .merge(call::routes())
        .merge(people::routes())
}

/// A step's place in addresses, its title, and what it is for.
fn words(step: Step) -> (&'static str, &'static str, &'static str) {
    match step {
        Step::Practice => {
            ("cabinet", "Cabinet", "Le nom est dit au décroché, l’adresse à qui la demande.")
        }
        Step::Hours => (
            "horaires",
            "Horaires",
            "Proposés d’après le métier : relisez avec le client, puis enregistrez.",
        ),
        Step::Services => (
            "services",
            "Rendez-vous",
            "Proposés d’après le métier : durées, prix, et les agendas de chacun.",
        ),
        Step::Questions => (
            "questions",
            "Questions",
            "Proposées d’après le métier. Une réponse est dite mot pour mot : gardez ce qui est vrai.",
        ),
        Step::Number => {
            ("numero", "Numéro", "Le numéro qui répond, et le renvoi depuis la ligne du cabinet.")
        }
        Step::Call => ("essai", "Appel d’essai", "Appelez, écoutez, prenez un rendez-vous."),
        Step::Members => ("personnes", "Personnes", "Qui verra les appels et les rendez-vous."),
    }
}

fn path(desk: &Desk, step: Step) -> String {
    format!("/admin/clients/{}/{}", desk.tenant(), words(step).0)
}

/// The step after one, or the end.
fn after(desk: &Desk, step: Step) -> String {
    let next = Step::ALL.iter().skip_while(|known| **known != step).nth(1);
    next.map_or_else(|| format!("/admin/clients/{}", desk.tenant()), |next| path(desk, *next))
}

/// A client at which our staff works.
async fn client(member: &Member, id: &str) -> Result<Desk, Response> {
    if !member.is_staff() {
        return Err(problem::forbidden());
    }
    let tenant = id.parse().map(TenantId).map_err(|_| problem::missing())?;
    let found = onboarding::desk(member.desk.office(), &member.email, tenant).await;
    found.map_err(failed)?.ok_or_else(problem::missing)
}

/// A page of the path: the steps, and what stands below.
async fn page(
    member: &Member,
    desk: &Desk,
    step: Option<Step>,
    (status, content): (StatusCode, AnyView),
) -> Answer {
    let progress = desk.opening().await.map_err(failed)?;
    let profile = desk.office().profile(desk.tenant()).await.map_err(failed)?;
    let title = step.map_or("Ouverture", |step| words(step).1);
    let frame = Frame::of(member, Section::Admin, format!("{title}, {}", profile.name)).await?;
    let done = typo::count(progress.count() as i64, "étape faite", "étapes faites");
    let far = format!("Client n° {}, {done} sur {}.", desk.tenant(), Step::ALL.len());
    let head = step.map(|step| {
        let (_, title, meaning) = words(step);
        view! { <header><h2>{french(title)}</h2><p class="soft">{french(meaning)}</p></header> }
    });
    Ok(frame.show_as(status, view! {
        <p class="back"><a href="/admin"><Icon name="previous"/>"Exploitation"</a></p>
        <header class="page-head"><h1>{profile.name.clone()}</h1><p class="soft">{french(&far)}</p></header>
        <div class="opening">
            {stepper(desk, &progress, step)}
            <section class="panel step">{head}{content}</section>
        </div>
    }))
}

fn stepper(desk: &Desk, progress: &Progress, here: Option<Step>) -> AnyView {
    let steps = Step::ALL
        .iter()
        .enumerate()
        .map(|(index, step)| {
            let done = progress.is_done(*step);
            let current = (here == Some(*step)).then_some("step");
            let mark = if done {
                view! { <Icon name="check"/> }.into_any()
            } else {
                (index + 1).to_string().into_any()
            };
            let said = if done { ", fait" } else { ", à faire" };
            let class = if done { "done" } else { "" };
            view! { <li class=class><a href=path(desk, *step) aria-current=current><span class="mark">{mark}</span>{french(words(*step).1)}<span class="unseen">{said}</span></a></li> }
                .into_any()
        })
        .collect_view();
    view! { <nav aria-label="Étapes"><ol class="path">{steps}</ol></nav> }.into_any()
}

/// What is typed of a new client.
#[derive(Deserialize, Default, Clone)]
struct New {
    #[serde(default)]
    nom: String,
    #[serde(default)]
    metier: String,
}

async fn blank(member: Member) -> Answer {
    new_page(&member, New::default(), None).await
}

async fn create(member: Member, Form(new): Form<New>) -> Answer {
    if !member.is_staff() {
        return Err(problem::forbidden());
    }
    let Some(preset) = Preset::named(&new.metier) else {
        return new_page(&member, new, Some("Choisissez un métier.")).await;
    };
    match onboarding::begin(member.desk.office(), &new.nom, preset).await {
        Ok(tenant) => Ok(Redirect::to(&format!("/admin/clients/{tenant}/cabinet")).into_response()),
        Err(OpeningError::NameTaken | OpeningError::Apply(ApplyError::AmbiguousName(_))) => {
            new_page(&member, new, Some("Un client porte déjà ce nom.")).await
        }
        Err(OpeningError::Store(error) | OpeningError::Apply(ApplyError::Store(error))) => {
            Err(failed(error))
        }
        Err(_) => new_page(&member, new, Some("Donnez un nom, de 80 caractères au plus.")).await,
    }
}

async fn new_page(member: &Member, new: New, refused: Option<&'static str>) -> Answer {
    if !member.is_staff() {
        return Err(problem::forbidden());
    }
    let frame = Frame::of(member, Section::Admin, "Nouveau client").await?;
    let trades = PRESETS
        .iter()
        .map(|preset| view! { <option value=preset.key selected=preset.key == new.metier>{preset.trade}</option> })
        .collect_view();
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let error = refused.map(|why| {
        view! { <p class="error" id="client-erreur" role="alert"><Icon name="alert"/>{french(why)}</p> }
    });
    Ok(frame.show_as(status, view! {
        <p class="back"><a href="/admin"><Icon name="previous"/>"Exploitation"</a></p>
        <header class="page-head"><h1>"Nouveau client"</h1><p class="soft">{french("Sept étapes, jusqu’à ce que sa ligne réponde. Vous pouvez vous arrêter à chacune et reprendre plus tard.")}</p></header>
        <form class="form" method="post" action="/admin/clients/nouveau" data-once="">
            {error}
            <div class="field"><label for="nom">"Nom"</label><input id="nom" name="nom" required maxlength="80" autocomplete="off" value=new.nom aria-describedby="nom-aide"/><p class="hint" id="nom-aide">{french("Tel qu’il sera dit : « Cabinet Martin, bonjour ».")}</p></div>
            <div class="field"><label for="metier">"Métier"</label><select id="metier" name="metier" aria-describedby="metier-aide">{trades}</select><p class="hint" id="metier-aide">{french("Il propose des horaires, des services et des réponses, que vous relirez.")}</p></div>
            <button class="button primary" type="submit">"Commencer"</button>
        </form>
    }))
}

async fn overview(member: Member, Path(id): Path<String>) -> Answer {
    let desk = client(&member, &id).await?;
    let progress = desk.opening().await.map_err(failed)?;
    let profile = desk.office().profile(desk.tenant()).await.map_err(failed)?;
    let content = match progress.next() {
        Some(step) => {
            let (_, title, meaning) = words(step);
            let begun = if progress.count() == 0 { "Commencer" } else { "Continuer" };
            view! {
                <header><h2>{french(&format!("À faire : {}", title.to_lowercase()))}</h2></header>
                <p>{french(meaning)}</p>
                <p><a class="button primary" href=path(&desk, step)>{begun}</a></p>
            }
            .into_any()
        }
        None => {
            let numbers: Vec<String> = profile.numbers.iter().map(typo::phone).collect();
            let text = format!("Tout est prêt : le {} répond.", numbers.join(", le "));
            view! {
                <header><h2>"Terminé"</h2></header>
                <Notice tone=Tone::Good text/>
                <p>{french("Le client règle la suite lui-même, dans « Réglages ». Chaque étape reste ouverte ici.")}</p>
            }
            .into_any()
        }
    };
    page(&member, &desk, None, (StatusCode::OK, content)).await
}

/// A step that is a form of the settings.
fn on(step: Step, subject: Subject) -> Methods<Web> {
    get(async move |member: Member, Path(id): Path<String>| {
        let desk = client(&member, &id).await?;
        form(&member, &desk, (step, subject), None, StatusCode::OK).await
    })
    .post(
        async move |State(web): State<Web>,
                    member: Member,
                    Path(id): Path<String>,
                    Form(typed): Form<Typed>| {
            let desk = client(&member, &id).await?;
            match edit::attempt(&desk, subject, typed).await? {
                Outcome::Saved => {
                    edit::tell_voices(&web, desk.clone());
                    Ok(Redirect::to(&after(&desk, step)).into_response())
                }
                Outcome::Refused(draft, status) => {
                    form(&member, &desk, (step, subject), Some(draft), status).await
                }
            }
        },
    )
}

async fn form(
    member: &Member,
    desk: &Desk,
    (step, subject): (Step, Subject),
    draft: Option<Draft>,
    status: StatusCode,
) -> Answer {
    let settings = desk.settings().await.map_err(failed)?;
    let draft = match draft {
        Some(draft) => draft,
        None => {
            // What is not said yet is proposed.
            let proposed = Preset::of(&settings).complete(&settings);
            let profile = proposed.profile(desk.tenant());
            let profile = profile
                .map_err(|error| failed(store::StoreError::inconsistent("tenants", error)))?;
            Draft { typed: subject.typed(&proposed, &profile), problems: Typed::new() }
        }
    };
    let sent = (path(desk, step), "Enregistrer et continuer");
    let content = edit::form(subject, &settings, &draft, sent);
    page(member, desk, Some(step), (status, content)).await
}
