//! `/app/appels`: calls with filters.

use super::frame::{Frame, Section};
use super::period::{self, Span};
use super::{Answer, failed, rows};
use crate::parts::{Empty, event_look};
use crate::session::Member;
use crate::typo;
use axum::extract::Query;
use desk::calls::{Mark, Page, Wanted};
use desk::snapshot::Period;
use domain::event::EventKind;
use domain::phone::E164;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use store::dashboard::calls::CallRow;

/// Outcomes that calls are filtered by.
const OUTCOMES: [EventKind; 12] = [
    EventKind::BookingConfirmed,
    EventKind::ModifyDone,
    EventKind::CancelDone,
    EventKind::ProspectCreated,
    EventKind::TicketCreated,
    EventKind::TransferredHuman,
    EventKind::TransferFailed,
    EventKind::AgentFailed,
    EventKind::MessageTaken,
    EventKind::QuestionAnswered,
    EventKind::UserAbandon,
    EventKind::Emergency,
];

/// What the address says.
#[derive(Deserialize, Serialize, Default, Clone)]
pub(super) struct Asked {
    #[serde(default)]
    periode: String,
    #[serde(default)]
    du: String,
    #[serde(default)]
    au: String,
    #[serde(default)]
    resultat: String,
    #[serde(default)]
    numero: String,
    #[serde(default)]
    q: String,
    #[serde(default)]
    avant: String,
}

impl Asked {
    /// The address that says this.
    fn href(&self) -> String {
        let pairs = [
            ("periode", &self.periode),
            ("du", &self.du),
            ("au", &self.au),
            ("resultat", &self.resultat),
            ("numero", &self.numero),
            ("q", &self.q),
            ("avant", &self.avant),
        ];
        super::address("/app/appels", &pairs)
    }
}

struct CallsPage {
    asked: Asked,
    span: Span,
    numbers: Vec<E164>,
    page: Page<CallRow>,
    zone: TimeZone,
    today: Date,
}

/// Shows them.
pub(super) async fn show(member: Member, Query(asked): Query<Asked>) -> Answer {
    let frame = Frame::of(&member, Section::Calls, "Appels").await?;
    let desk = &member.desk;
    let profile = desk.office().profile(desk.tenant()).await.map_err(failed)?;
    let zone = profile.zone.clone();
    let today = desk.today(&zone);
    let span = Span::read(&asked.periode, &asked.du, &asked.au, Period::SevenDays);
    let wanted = Wanted {
        days: span.days(today, &zone),
        outcome: asked.resultat.clone(),
        dialled: asked.numero.clone(),
        search: asked.q.clone(),
        before: Mark::parse(&asked.avant),
    };
    let page = desk.calls(&wanted).await.map_err(failed)?;
    let numbers = profile.numbers.clone();
    Ok(frame.show(content(CallsPage { asked, span, numbers, page, zone, today })))
}

fn content(page: CallsPage) -> impl IntoView {
    let CallsPage { asked, span, numbers, page, zone, today } = page;
    let words = span.words();
    let list = if page.rows.is_empty() {
        view! { <Empty icon="phone" title="Aucun appel ne correspond" text="Élargissez la période ou retirez un filtre. Un appel qui arrive apparaît ici aussitôt."/> }.into_any()
    } else {
        rows::calls(page.rows, &zone, today).into_any()
    };
    view! {
        <header class="page-head"><h1>"Appels"</h1><p class="soft">{words}</p></header>
        {filters(&asked, &span, numbers).into_any()}
        <section id="appels" data-live="">{list}</section>
        {pager(&asked, page.next).into_any()}
    }
}

fn filters(asked: &Asked, span: &Span, numbers: Vec<E164>) -> impl IntoView + use<> {
    let picker = period::picker(span, |period| {
        let there = Asked {
            periode: period.as_str().to_owned(),
            du: String::new(),
            au: String::new(),
            avant: String::new(),
            ..asked.clone()
        };
        there.href()
    });
    let outcomes = OUTCOMES
        .map(|kind| (kind.as_str(), event_look(kind).word))
        .map(|(value, word)| {
            let chosen = asked.resultat == value;
            view! { <option value=value selected=chosen>{word}</option> }
        })
        .collect_view();
    let numbers = (numbers.len() > 1).then(|| numbers_field(&asked.numero, &numbers).into_any());
    let hidden = (!asked.periode.is_empty())
        .then(|| view! { <input type="hidden" name="periode" value=asked.periode.clone()/> });
    view! {
        <div class="filters">
            {picker.into_any()}
            <form class="filter field" method="get" action="/app/appels" data-auto="">
                {hidden}
                <span class="dates"><label for="du">"Du"</label><input id="du" name="du" type="date" value=asked.du.clone()/><label for="au">"au"</label><input id="au" name="au" type="date" value=asked.au.clone()/></span>
                <label class="unseen" for="resultat">"Résultat"</label>
                <select id="resultat" name="resultat"><option value="">"Tous les résultats"</option>{outcomes}</select>
                {numbers}
                <label class="unseen" for="q">"Nom ou fin du numéro"</label>
                <input id="q" name="q" type="search" placeholder="Nom ou fin du numéro" maxlength="60" value=asked.q.clone()/>
                <button class="button" type="submit" data-without-script="">"Filtrer"</button>
            </form>
        </div>
    }
}

fn numbers_field(chosen: &str, numbers: &[E164]) -> impl IntoView + use<> {
    let options = numbers
        .iter()
        .map(|number| {
            let here = number.as_str() == chosen;
            view! { <option value=number.as_str().to_owned() selected=here>{typo::phone(number)}</option> }
        })
        .collect_view();
    view! {
        <label class="unseen" for="numero">"Numéro appelé"</label>
        <select id="numero" name="numero"><option value="">"Tous les numéros"</option>{options}</select>
    }
}

fn pager(asked: &Asked, next: Option<Mark>) -> impl IntoView + use<> {
    let first = (!asked.avant.is_empty()).then(|| Asked { avant: String::new(), ..asked.clone() });
    let older = next.map(|mark| Asked { avant: mark.to_string(), ..asked.clone() });
    super::pager(first.map(|asked| asked.href()), older.map(|asked| asked.href()))
}
