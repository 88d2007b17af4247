//! What the practice does with requests and prospects.

use crate::house::{Caller, House};
use desk::prospects::{ProspectChange, ProspectError, ProspectGiven, Taken, take_form};
use desk::tickets::{TicketChange, TicketError, TicketWanted, Wanted};
use desk::{Desk, Who, prospects, tenants};
use domain::id::TenantId;
use domain::qualification as qualified;
use domain::role::Role;
use domain::support::Priority;
use domain::tenant::settings::Settings;
use domain::ticket::Status;
use jiff::civil::date;
use std::sync::Arc;
use store::on_both_backends;
use store::testing::Bench;

const OWNER: &str = "camille@exemple.fr";

const PRACTICE: &str = r#"
name = "Agence des Lices"
agents = ["qualification", "support"]
[[hours]]
days = ["mon-fri"]
from = "09:00"
to = "18:00"
[[question]]
id = "projet"
ask = "Acheter ou louer ?"
kind = "choice"
options = [{ label = "Acheter", points = 50 }, "Louer"]
[[question]]
id = "budget"
ask = "Quel budget ?"
kind = "amount"
field = "budget_max"
points = 50
[form]
enabled = true
[[member]]
email = "camille@exemple.fr"
role = "owner"
"#;

struct Agency {
    house: House,
    desk: Desk,
}

async fn agency(bench: Bench) -> Agency {
    let house = House::open(bench).await;
    let settings = Settings::from_toml(PRACTICE).unwrap();
    let tenant = tenants::apply(&house.office, &settings).await.unwrap().tenant;
    let who = Who::Member { email: OWNER.to_owned(), role: Role::Owner };
    let desk = Desk::new(Arc::clone(&house.office), tenant, who);
    Agency { house, desk }
}

impl Agency {
    async fn ticket(&self) -> store::dashboard::tickets::TicketRow {
        let wanted = TicketWanted {
            subject: "Une fuite".to_owned(),
            name: Some("Alix Martin".to_owned()),
            phone: Some("06 39 98 12 35".to_owned()),
            ..TicketWanted::default()
        };
        self.desk.create_ticket(&wanted).await.unwrap()
    }

    fn at(&self, instant: &str) {
        self.house.office.world.clock.set(instant.parse().unwrap());
    }
}

fn status(to: Status) -> TicketChange {
    TicketChange { status: Some(to), ..TicketChange::default() }
}

async fn a_ticket_opened_by_hand_has_a_reference_and_a_due_time(bench: Bench) {
    let agency = agency(bench).await;
    let made = agency.ticket().await;
    assert_eq!((made.reference.as_deref(), made.created_by.as_str()), (Some("T4821"), "manual"));
    assert_eq!(made.category, "question", "what fits none");
    // Monday at ten, sixteen hours of opening: Tuesday at five in the afternoon.
    let due = jiff::Timestamp::from_millisecond(made.due_at.unwrap()).unwrap();
    assert_eq!(due.to_string(), "2026-11-24T16:00:00Z");
    let story = agency.desk.ticket(&made.id).await.unwrap().unwrap();
    assert_eq!(
        (story.history[0].kind.as_str(), story.history[0].author.as_str()),
        ("created", OWNER)
    );
}

async fn changes_are_kept_and_a_stale_one_is_refused(bench: Bench) {
    let agency = agency(bench).await;
    let made = agency.ticket().await;
    let change = TicketChange {
        priority: Some(Priority::Urgent),
        assigned_to: Some(Some(OWNER.to_uppercase())),
        ..TicketChange::default()
    };
    let changed = agency.desk.change_ticket(&made.id, Some(1), &change).await.unwrap();
    assert_eq!((changed.version, changed.assigned_to.as_deref()), (2, Some(OWNER)));
    assert!(changed.due_at < made.due_at, "urgent is sooner");
    let stale = agency.desk.change_ticket(&made.id, Some(1), &status(Status::Closed)).await;
    assert!(matches!(stale, Err(TicketError::Changed)), "{stale:?}");
    let same = agency.desk.change_ticket(&made.id, Some(2), &change).await.unwrap();
    assert_eq!(same.version, 2, "nothing changed");
    let history = agency.desk.ticket(&made.id).await.unwrap().unwrap().history;
    assert_eq!(history.len(), 2);
    let detail: serde_json::Value = serde_json::from_str(&history[1].detail).unwrap();
    assert_eq!(detail["priority"], serde_json::json!(["medium", "urgent"]));
}

async fn what_waits_for_the_customer_is_never_late(bench: Bench) {
    let agency = agency(bench).await;
    let made = agency.ticket().await;
    let late = Wanted { overdue: desk::tickets::Overdue::Only, ..Wanted::default() };
    let count = async || agency.desk.tickets(&late).await.unwrap().rows.len();
    assert_eq!(count().await, 0);
    agency.at("2026-11-25T09:00:00Z");
    assert_eq!(count().await, 1);
    let turned = agency.desk.change_ticket(&made.id, None, &status(Status::WaitingCustomer)).await;
    assert_eq!(turned.unwrap().due_at, None);
    assert_eq!((count().await, agency.desk.count_waiting().await.unwrap()), (0, 0));
    let back =
        agency.desk.change_ticket(&made.id, None, &status(Status::InProgress)).await.unwrap();
    let due = jiff::Timestamp::from_millisecond(back.due_at.unwrap()).unwrap();
    assert_eq!(due.to_string(), "2026-11-26T16:00:00Z", "counted anew");
}

async fn what_is_closed_is_only_opened_again(bench: Bench) {
    let agency = agency(bench).await;
    let made = agency.ticket().await;
    agency.desk.change_ticket(&made.id, None, &status(Status::Closed)).await.unwrap();
    let moved = agency.desk.change_ticket(&made.id, None, &status(Status::Resolved)).await;
    assert!(matches!(moved, Err(TicketError::Move)), "{moved:?}");
    assert!(!agency.desk.deal_with(&made.id).await.unwrap());
    assert!(agency.desk.reopen(&made.id).await.unwrap());
    assert!(!agency.desk.reopen(&made.id).await.unwrap(), "once");
}

async fn a_field_that_cannot_be_that_changes_nothing(bench: Bench) {
    let agency = agency(bench).await;
    let made = agency.ticket().await;
    let some = |text: &str| Some(Some(text.to_owned()));
    for (change, field) in [
        (TicketChange { phone: some("12"), ..TicketChange::default() }, "phone"),
        (TicketChange { email: some("a@b@c"), ..TicketChange::default() }, "email"),
        (TicketChange { assigned_to: some("x@y.fr"), ..TicketChange::default() }, "assigned_to"),
        (TicketChange { category: Some("greffe".into()), ..TicketChange::default() }, "category"),
        (TicketChange { subject: Some(" \n".into()), ..TicketChange::default() }, "subject"),
    ] {
        let refused = agency.desk.change_ticket(&made.id, None, &change).await;
        assert!(matches!(refused, Err(TicketError::Field(name)) if name == field), "{refused:?}");
    }
    let story = agency.desk.ticket(&made.id).await.unwrap().unwrap();
    assert_eq!((story.ticket.version, story.history.len()), (1, 1));
    let long = "x".repeat(5_001);
    assert!(agency.desk.comment_ticket(&made.id, &long).await.is_err());
    assert!(agency.desk.comment_ticket(&made.id, "Rappelée.").await.is_ok());
}

async fn a_request_goes_with_its_history(bench: Bench) {
    let house = House::open(bench).await;
    let mut caller = Caller::new(&house.office, "call-1");
    let message = "je voudrais qu'on me rappelle pour mes analyses";
    caller.says_all(&[message, "Hugo Bernard", "oui", "merci"]).await;
    let who = Who::Member { email: OWNER.to_owned(), role: Role::Owner };
    let desk = Desk::new(Arc::clone(&house.office), TenantId(1), who);
    let id = house.texts("SELECT id FROM tickets").await.remove(0);
    desk.comment_ticket(&id, "Rappelé.").await.unwrap();
    tenants::reset_sandbox(&house.office).await.unwrap();
    assert!(house.texts("SELECT id FROM ticket_history").await.is_empty());
}

fn written() -> ProspectGiven {
    let answers = serde_json::json!({ "projet": "Acheter", "budget": "250 000" });
    ProspectGiven {
        name: Some("Camille Lefèvre".to_owned()),
        phone: Some("06 39 98 12 34".to_owned()),
        answers: answers.as_object().unwrap().clone(),
        ..ProspectGiven::default()
    }
}

async fn send(agency: &Agency, given: ProspectGiven, agreed: Option<String>) -> Result<(), String> {
    let (page, network) = ("/contact/2".to_owned(), "192.0.2.1".to_owned());
    let taken = Taken { given, agreed, page, network };
    let tenant = agency.desk.tenant();
    take_form(&agency.house.office, tenant, taken).await.map_err(|error| error.to_string())
}

async fn a_form_brings_a_prospect_with_the_proof_of_its_consent(bench: Bench) {
    let agency = agency(bench).await;
    let tenant = agency.desk.tenant();
    let (_, form) = agency.house.office.form(tenant).await.unwrap().unwrap();
    assert!(send(&agency, written(), None).await.is_err());
    assert!(send(&agency, written(), Some("Autre chose.".into())).await.is_err());
    send(&agency, written(), Some(form.consent.clone())).await.unwrap();
    let rows = agency.desk.prospects(&prospects::Wanted::default()).await.unwrap().rows;
    assert_eq!(rows.len(), 1);
    let row = &rows[0];
    assert_eq!((row.source.as_str(), row.qualification_score), ("web", 100));
    assert_eq!((row.budget_max, row.qualification_status.as_str()), (Some(250_000), "qualified"));
    assert_eq!(row.consent_text.as_deref(), Some(form.consent.as_str()));
    assert!(row.consent_at.is_some() && row.consent_source.as_deref() == Some("/contact/2"));
    assert!(agency.house.office.form(TenantId(1)).await.unwrap().is_none(), "off unless set");
    assert!(agency.house.office.form(TenantId(99)).await.unwrap().is_none());
}

async fn forms_from_one_network_are_counted(bench: Bench) {
    let agency = agency(bench).await;
    let (_, form) = agency.house.office.form(agency.desk.tenant()).await.unwrap().unwrap();
    for _ in 0..10 {
        send(&agency, written(), Some(form.consent.clone())).await.unwrap();
    }
    let refused = send(&agency, written(), Some(form.consent.clone())).await.unwrap_err();
    assert!(refused.contains("too many"), "{refused}");
}

async fn a_prospect_is_followed_up_until_it_is_over(bench: Bench) {
    let agency = agency(bench).await;
    let given = ProspectGiven { source: "phone".to_owned(), ..written() };
    let made = agency.desk.create_prospect(&given).await.unwrap();
    let plan =
        |day| ProspectChange { next_follow_up: Some(Some(day)), ..ProspectChange::default() };
    let today = date(2026, 11, 23);
    agency.desk.change_prospect(&made.id, Some(1), &plan(today)).await.unwrap();
    assert_eq!(agency.desk.count_follow_ups().await.unwrap(), 1);
    let later = plan(date(2026, 11, 24));
    let stale = agency.desk.change_prospect(&made.id, Some(1), &later).await;
    assert!(matches!(stale, Err(ProspectError::Changed)));
    agency.desk.change_prospect(&made.id, Some(2), &later).await.unwrap();
    assert_eq!(agency.desk.count_follow_ups().await.unwrap(), 0);
    let won =
        ProspectChange { status: Some(qualified::Status::Converted), ..ProspectChange::default() };
    let won = agency.desk.change_prospect(&made.id, None, &won).await.unwrap();
    assert!(won.converted_at.is_some() && won.next_follow_up_at.is_none());
    let lost =
        ProspectChange { status: Some(qualified::Status::Lost), ..ProspectChange::default() };
    let lost = agency.desk.change_prospect(&made.id, None, &lost).await;
    assert!(matches!(lost, Err(ProspectError::Move)));
}

async fn what_cannot_be_an_answer_is_refused_with_its_question(bench: Bench) {
    let agency = agency(bench).await;
    let refused = async |given: ProspectGiven| match agency.desk.create_prospect(&given).await {
        Err(ProspectError::Field(field)) => field,
        other => panic!("{other:?}"),
    };
    let phone = || ProspectGiven { source: "phone".to_owned(), ..written() };
    let with = |id: &str, value: serde_json::Value| {
        let mut given = phone();
        given.answers.insert(id.to_owned(), value);
        given
    };
    assert_eq!(refused(with("projet", "vendre".into())).await, "answers.projet");
    assert_eq!(refused(with("autre", "oui".into())).await, "answers.autre");
    assert_eq!(refused(ProspectGiven { source: "fax".to_owned(), ..written() }).await, "source");
    assert_eq!(refused(ProspectGiven { phone: None, ..phone() }).await, "phone");
    assert_eq!(refused(written()).await, "consent");
}

on_both_backends!(
    a_ticket_opened_by_hand_has_a_reference_and_a_due_time,
    changes_are_kept_and_a_stale_one_is_refused,
    what_waits_for_the_customer_is_never_late,
    what_is_closed_is_only_opened_again,
    a_field_that_cannot_be_that_changes_nothing,
    a_request_goes_with_its_history,
    a_form_brings_a_prospect_with_the_proof_of_its_consent,
    forms_from_one_network_are_counted,
    a_prospect_is_followed_up_until_it_is_over,
    what_cannot_be_an_answer_is_refused_with_its_question,
);
