//! `/contact/{tenant}`: a tenant's public form, where it has switched one on.
//! Whoever sends it agrees to words that are kept with what they write.

use crate::page::{Head, Script, render};
use crate::parts::{Icon, Notice, Tone};
use crate::problem;
use crate::typo::french;
use crate::visitor::Visitor;
use crate::web::Web;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use desk::prospects::{FormError, ProspectGiven, Taken, take_form};
use domain::id::TenantId;
use domain::qualification::{Kind, Question};
use domain::tenant::Profile;
use leptos::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The form as it was filled in, by field; answers are `q-SLUG`.
type Typed = BTreeMap<String, String>;

/// A field that nobody sees: what fills it is no person.
const TRAP: &str = "site";

/// What a refused form says, and beside which field.
struct Why {
    field: String,
    text: &'static str,
}

/// Shows the form.
pub(super) async fn show(State(web): State<Web>, Path(tenant): Path<String>) -> Response {
    page(&web, &tenant, &Typed::new(), None).await
}

/// Takes what somebody has written.
pub(super) async fn send(
    State(web): State<Web>,
    visitor: Visitor,
    Path(tenant): Path<String>,
    Form(typed): Form<Typed>,
) -> Response {
    let Some(id) = number(&tenant) else { return problem::missing() };
    let text = |name: &str| typed.get(name).cloned().unwrap_or_default();
    if !text(TRAP).is_empty() {
        return thanks(&web, id).await;
    }
    let answers = typed.iter().filter_map(|(name, value)| {
        Some((name.strip_prefix("q-")?.to_owned(), Value::String(value.clone())))
    });
    let given = ProspectGiven {
        name: Some(text("nom")),
        phone: Some(text("telephone")),
        email: Some(text("courriel")),
        answers: answers.collect(),
        notes: Some(text("message")),
        ..ProspectGiven::default()
    };
    let agreed = typed.get("accord").map(|_| text("mots"));
    let taken = Taken {
        given,
        agreed,
        page: format!("/contact/{id}"),
        network: visitor.network().to_string(),
    };
    match take_form(&web.office, id, taken).await {
        Ok(()) => thanks(&web, id).await,
        Err(FormError::NoForm) => problem::missing(),
        Err(FormError::Store(error)) => failed(error),
        Err(error) => page(&web, &tenant, &typed, Some(why(error))).await,
    }
}

fn why(error: FormError) -> Why {
    let (field, text) = match error {
        FormError::NoConsent => ("accord".to_owned(), "Sans votre accord, nous ne gardons rien."),
        FormError::OtherWords => {
            ("accord".to_owned(), "Ces mots viennent de changer : relisez-les, puis renvoyez.")
        }
        FormError::TooMany => (
            String::new(),
            "Trop d’envois depuis votre connexion : réessayez dans un quart d’heure.",
        ),
        FormError::Field(field) => match field.as_str() {
            "phone" => ("telephone".to_owned(), "Un numéro ou un courriel pour vous répondre."),
            "email" => ("courriel".to_owned(), "Cette adresse n’en est pas une."),
            "name" => ("nom".to_owned(), "200 caractères au plus."),
            "notes" => ("message".to_owned(), "5 000 caractères au plus."),
            other => {
                let id = other.strip_prefix("answers.").unwrap_or(other);
                (format!("q-{id}"), "Cette réponse ne convient pas à la question.")
            }
        },
        FormError::NoForm | FormError::Store(_) => (String::new(), "Cela n’a pas pu être envoyé."),
    };
    Why { field, text }
}

fn number(text: &str) -> Option<TenantId> {
    text.parse().ok().filter(|id| *id > 0).map(TenantId)
}

fn failed(error: store::StoreError) -> Response {
    tracing::error!(%error, "a public form cannot be shown");
    problem::unavailable()
}

async fn page(web: &Web, tenant: &str, typed: &Typed, why: Option<Why>) -> Response {
    let Some(id) = number(tenant) else { return problem::missing() };
    let found = match web.office.form(id).await {
        Ok(found) => found,
        Err(error) => return failed(error),
    };
    let Some((profile, form)) = found else { return problem::missing() };
    let status = if why.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let above = why.as_ref().filter(|why| why.field.is_empty());
    let above = above.map(|why| view! { <Notice tone=Tone::Warn text=why.text.to_owned()/> });
    let why = why.as_ref();
    let questions = profile
        .questionnaire
        .questions
        .iter()
        .map(|question| asked(question, typed, why).into_any())
        .collect_view();
    let fields = view! {
        {field(("nom", "Votre nom"), "text", typed, why).into_any()}
        {field(("telephone", "Téléphone"), "tel", typed, why).into_any()}
        {field(("courriel", "Courriel"), "email", typed, why).into_any()}
        {questions}
        {message(typed, why).into_any()}
        {consent(&form.consent, why).into_any()}
    };
    let action = format!("/contact/{id}");
    let title = form.title.clone();
    framed(
        status,
        &profile,
        title,
        view! {
            {above}
            <p class="soft small">{french("Un numéro ou un courriel suffit. Ce formulaire n’est pas fait pour les urgences : appelez le 15 ou le 112.")}</p>
            <form class="form wide" method="post" action=action>
                {fields}
                <p class="unseen" aria-hidden="true"><label for="site">"Ne pas remplir"</label><input id="site" name="site" tabindex="-1" autocomplete="off"/></p>
                <button class="button primary" type="submit">"Envoyer"</button>
            </form>
        },
    )
}

async fn thanks(web: &Web, id: TenantId) -> Response {
    match web.office.form(id).await {
        Ok(Some((profile, _))) => {
            let text = "Votre message est transmis. Nous vous recontactons bientôt.".to_owned();
            framed(
                StatusCode::OK,
                &profile,
                "Merci".to_owned(),
                view! { <Notice tone=Tone::Good text=text/> },
            )
        }
        Ok(None) => problem::missing(),
        Err(error) => failed(error),
    }
}

fn framed(
    status: StatusCode,
    profile: &Arc<Profile>,
    title: String,
    content: impl IntoView + 'static,
) -> Response {
    let name = profile.name.clone();
    let head = Head {
        title: format!("{title} · {name}"),
        description: None,
        script: Script::No,
        class: "",
    };
    let body = view! {
        <div class="door contact">
            <p class="brand"><span class="mark"><Icon name="assistant"/></span>{name}</p>
            <main id="contenu"><h1>{french(&title)}</h1>{content.into_any()}</main>
        </div>
    };
    render(status, head, body)
}

/// The sentence beside a field, with the id by which the field names it.
fn beside(name: &str, why: Option<&Why>) -> Option<(String, &'static str)> {
    why.filter(|why| why.field == name).map(|why| (format!("{name}-erreur"), why.text))
}

fn error(found: &Option<(String, &'static str)>) -> impl IntoView + use<> {
    found.clone().map(|(id, text)| {
        view! { <p class="error" id=id role="alert"><Icon name="alert"/>{french(text)}</p> }
    })
}

fn field(
    (name, label): (&str, &str),
    kind: &'static str,
    typed: &Typed,
    why: Option<&Why>,
) -> impl IntoView + use<> {
    let found = beside(name, why);
    let invalid = found.as_ref().map(|_| "true");
    let told = found.as_ref().map(|(id, _)| id.clone());
    let value = typed.get(name).cloned().unwrap_or_default();
    let (name, label) = (name.to_owned(), french(label));
    view! {
        <div class="field">
            <label for=name.clone()>{label}</label>
            <input id=name.clone() name=name type=kind value=value aria-invalid=invalid aria-describedby=told/>
            {error(&found)}
        </div>
    }
}

/// A question of the tenant's.
fn asked(question: &Question, typed: &Typed, why: Option<&Why>) -> impl IntoView + use<> {
    let name = format!("q-{}", question.id);
    let options: Vec<String> = match question.kind {
        Kind::Choice => question.options.iter().map(|option| option.label.clone()).collect(),
        Kind::YesNo => vec!["Oui".to_owned(), "Non".to_owned()],
        Kind::Date => return field((&name, &question.ask), "date", typed, why).into_any(),
        Kind::Number | Kind::Amount | Kind::Text | Kind::Place => {
            return field((&name, &question.ask), "text", typed, why).into_any();
        }
    };
    let found = beside(&name, why);
    let chosen = typed.get(&name).cloned().unwrap_or_default();
    let options = options
        .into_iter()
        .map(|label| {
            let selected = label == chosen;
            view! { <option value=label.clone() selected=selected>{label.clone()}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=name.clone()>{french(&question.ask)}</label>
            <select id=name.clone() name=name><option value="">"Sans réponse"</option>{options}</select>
            {error(&found)}
        </div>
    }
    .into_any()
}

fn message(typed: &Typed, why: Option<&Why>) -> impl IntoView + use<> {
    let found = beside("message", why);
    let value = typed.get("message").cloned().unwrap_or_default();
    view! {
        <div class="field">
            <label for="message">"Votre message"</label>
            <textarea id="message" name="message" maxlength="5000">{value}</textarea>
            {error(&found)}
        </div>
    }
}

/// The words go with the form, so that what is kept is what was shown.
fn consent(words: &str, why: Option<&Why>) -> impl IntoView + use<> {
    let found = beside("accord", why);
    let (words, shown) = (words.to_owned(), french(words));
    view! {
        <div class="field">
            <input type="hidden" name="mots" value=words/>
            <label class="tick" for="accord"><input id="accord" type="checkbox" name="accord" value="oui"/>{shown}</label>
            {error(&found)}
        </div>
    }
}
