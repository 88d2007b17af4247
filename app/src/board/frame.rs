//! What every page of the dashboard has around it.

use super::{Answer, failed};
use crate::page::{Head, Script, render};
use crate::parts::Icon;
use crate::problem;
use crate::session::{Member, key};
use axum::Form;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::id::TenantId;
use domain::tenant::AgentKind;
use leptos::prelude::*;
use serde::Deserialize;

/// The dashboard's sections, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    /// `/app`
    Today,
    /// `/app/appels`
    Calls,
    /// `/app/agenda`
    Agenda,
    /// `/app/messages`
    Messages,
    /// `/app/prospects`
    Prospects,
    /// `/app/evenements`
    Events,
    /// `/app/reglages`
    Settings,
    /// `/admin`
    Admin,
}

impl Section {
    fn link(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Today => ("/app", "today", "Aujourd’hui"),
            Self::Calls => ("/app/appels", "phone", "Appels"),
            Self::Agenda => ("/app/agenda", "calendar", "Agenda"),
            Self::Messages => ("/app/messages", "message", "Messages"),
            Self::Prospects => ("/app/prospects", "person", "Prospects"),
            Self::Events => ("/app/evenements", "list", "Événements"),
            Self::Settings => ("/app/reglages", "settings", "Réglages"),
            Self::Admin => ("/admin", "shield", "Exploitation"),
        }
    }
}

/// What is said around a page.
pub(crate) struct Frame {
    title: String,
    section: Section,
    tenant: TenantId,
    name: String,
    places: Vec<(TenantId, String)>,
    email: String,
    waiting: i64,
    staff: Staff,
    sandbox: bool,
    qualifies: Qualifies,
}

/// Whether the assistant asks the tenant's questions of prospects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Qualifies {
    Yes,
    No,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Staff {
    Yes,
    No,
}

impl Frame {
    /// Reads what every page says around itself.
    pub(crate) async fn of(
        member: &Member,
        section: Section,
        title: impl Into<String>,
    ) -> Result<Self, Response> {
        let profile = member.desk.office().profile(member.desk.tenant()).await.map_err(failed)?;
        let waiting = member.desk.count_waiting().await.map_err(failed)?;
        Ok(Self {
            title: title.into(),
            section,
            tenant: member.desk.tenant(),
            name: profile.name.clone(),
            places: member.places.iter().map(|p| (p.tenant, p.name.clone())).collect(),
            email: member.email.as_str().to_owned(),
            waiting,
            staff: if member.is_staff() { Staff::Yes } else { Staff::No },
            sandbox: profile.sandbox,
            qualifies: match profile.does(AgentKind::Qualification) {
                true => Qualifies::Yes,
                false => Qualifies::No,
            },
        })
    }

    /// Renders a page inside it.
    pub(crate) fn show(self, content: impl IntoView + 'static) -> Response {
        self.show_as(StatusCode::OK, content)
    }

    /// The same, for a form that was refused.
    pub(crate) fn show_as(self, status: StatusCode, content: impl IntoView + 'static) -> Response {
        let title = format!("{} · {}", self.title, self.name);
        let head = Head { title, description: None, script: Script::Yes, class: "app" };
        render(status, head, around(self, content.into_any()))
    }
}

fn around(frame: Frame, content: AnyView) -> impl IntoView {
    let mut sections = vec![Section::Today, Section::Calls, Section::Agenda, Section::Messages];
    if frame.qualifies == Qualifies::Yes || frame.section == Section::Prospects {
        sections.push(Section::Prospects);
    }
    sections.extend([Section::Events, Section::Settings]);
    if frame.staff == Staff::Yes {
        sections.push(Section::Admin);
    }
    let links = sections
        .into_iter()
        .map(|section| link(section, frame.section, frame.waiting))
        .collect_view();
    let sandbox = frame.sandbox.then(|| {
        view! { <span class="chip"><Icon name="info"/>"Cabinet d’essai"</span> }
    });
    view! {
        <header class="app-head">
            <a class="brand" href="/app" aria-label="UWi, aujourd’hui"><span class="mark"><Icon name="assistant"/></span></a>
            {place(frame.tenant, frame.name, frame.places).into_any()}
            {sandbox}
            <form class="leave" method="post" action="/deconnexion">
                <span class="soft small who">{frame.email}</span>
                <button class="button plain" type="submit"><Icon name="out"/><span class="word">"Se déconnecter"</span></button>
            </form>
        </header>
        <div class="app-body">
            <nav class="nav" aria-label="Rubriques"><ul>{links}</ul></nav>
            <main id="contenu">{content}</main>
        </div>
    }
}

fn link(section: Section, current: Section, waiting: i64) -> impl IntoView {
    let (href, icon, word) = section.link();
    let here = (section == current).then_some("page");
    let count = (section == Section::Messages && waiting > 0).then(|| {
        view! { <span class="count">{waiting}<span class="unseen">" en attente"</span></span> }
    });
    let badge = (section == Section::Messages)
        .then(|| view! { <span id="nav-attente" data-live="">{count}</span> });
    view! { <li><a href=href aria-current=here><Icon name=icon/>{word}{badge}</a></li> }
}

/// The tenant's name; a choice for those who have several.
fn place(tenant: TenantId, name: String, places: Vec<(TenantId, String)>) -> impl IntoView {
    if places.len() < 2 {
        return view! { <p class="place"><strong>{name}</strong></p> }.into_any();
    }
    let options = places
        .into_iter()
        .map(|(id, name)| view! { <option value=id.0.to_string() selected=id == tenant>{name}</option> })
        .collect_view();
    view! {
        <form class="place field" method="post" action="/app/cabinet" data-auto="">
            <select name="tenant" aria-label="Cabinet">{options}</select>
            <button class="button" type="submit" data-without-script="">"Ouvrir"</button>
        </form>
    }
    .into_any()
}

/// Which tenant to look at from now on.
#[derive(Deserialize)]
pub(crate) struct Choice {
    #[serde(default)]
    tenant: String,
}

/// Changes the tenant, among those of the person.
pub(crate) async fn choose(member: Member, Form(choice): Form<Choice>) -> Answer {
    let wanted = choice.tenant.parse().map(TenantId);
    let Some(place) = member.places.iter().find(|place| Ok(place.tenant) == wanted) else {
        return Err(problem::missing());
    };
    member
        .session
        .insert(key::TENANT, place.tenant.0)
        .await
        .map_err(|error| failed(store::StoreError::Unavailable(error.to_string())))?;
    Ok(Redirect::to("/app").into_response())
}
