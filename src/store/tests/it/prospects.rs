use domain::event::EventKind;
use domain::id::{CallId, EventId, ProspectId, TenantId, TicketId};
use domain::phone::E164;
use domain::qualification::{Columns, Score, Status};
use domain::support::Priority;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashSet;
use store::calls::{self, NewCall};
use store::dashboard::{prospects as shown, tickets as waiting};
use store::events::{self, NewEvent};
use store::prospects::{self, NewProspect};
use store::tenants::{self, TenantData};
use store::testing::Bench;
use store::tickets::{self, NewTicket};
use store::{StoreError, fetch_all, on_both_backends, retention, sandbox};

const TENANT: TenantId = TenantId(7);
const OTHER: TenantId = TenantId(8);

fn now() -> Timestamp {
    "2026-11-23T09:00:00Z".parse().unwrap()
}

fn minutes_later(minutes: i64) -> Timestamp {
    now().checked_add(SignedDuration::from_mins(minutes)).unwrap()
}

async fn with_tenants(bench: &Bench) {
    let mut tx = bench.db.begin_directory().await.unwrap();
    for tenant in [TENANT, OTHER] {
        let data = TenantData { name: "Agence", timezone: "Europe/Paris", settings: "{}" };
        assert!(tenants::insert(&mut tx, tenant, &data, now()).await.unwrap());
    }
    tx.commit().await.unwrap();
}

fn id(number: u128) -> ProspectId {
    ProspectId(uuid::Uuid::from_u128(number))
}

fn prospect<'a>(number: u128, columns: &'a Columns, status: Status) -> NewProspect<'a> {
    NewProspect {
        id: id(number),
        name: Some("Camille Lefèvre"),
        phone: None,
        email: None,
        source: "phone",
        columns,
        answers: "[]",
        score: Score { points: 70, status },
        call: None,
        author: "sara",
        now: minutes_later(i64::try_from(number).unwrap()),
        consent: None,
        notes: None,
    }
}

async fn put(bench: &Bench, tenant: TenantId, new: &NewProspect<'_>) -> Result<(), StoreError> {
    let mut tx = bench.db.begin(tenant).await.unwrap();
    prospects::insert(&mut tx, new).await?;
    tx.commit().await
}

async fn ids(bench: &Bench, status: &str, before: Option<(i64, &str)>, limit: i64) -> Vec<String> {
    let mut reader = bench.db.read(TENANT).await.unwrap();
    let filter = shown::ProspectFilter {
        status: status.to_owned(),
        before: before.map(|(at, id)| (at, id.to_owned())),
        ..Default::default()
    };
    let rows = shown::page(&mut reader, &filter, limit).await.unwrap();
    rows.into_iter().map(|row| row.id).collect()
}

async fn a_prospect_is_kept_with_its_columns(bench: Bench) {
    with_tenants(&bench).await;
    let columns = Columns {
        interest_type: Some("Acheter".into()),
        budget_min: Some(200_000),
        budget_max: Some(250_000),
        location_preference: Some("Rennes".into()),
        property_type: Some("Maison".into()),
    };
    let phone = E164::parse("06 39 98 12 34", "FR").unwrap();
    let new = NewProspect { phone: Some(&phone), ..prospect(1, &columns, Status::Qualified) };
    put(&bench, TENANT, &new).await.unwrap();
    let mut reader = bench.db.read(TENANT).await.unwrap();
    let kept = "SELECT interest_type || ' ' || budget_min || ' ' || budget_max || ' '
        || location_preference || ' ' || property_type || ' ' || phone FROM prospects";
    let kept = fetch_all!(reader, kept => (String,)).unwrap();
    assert_eq!(kept[0].0, "Acheter 200000 250000 Rennes Maison +33639981234");
    let row = shown::one(&mut reader, &id(1).to_string()).await.unwrap().unwrap();
    assert_eq!((row.qualification_score, row.qualification_status.as_str()), (70, "qualified"));
}

async fn lists_are_cut_into_pages_and_filtered(bench: Bench) {
    with_tenants(&bench).await;
    let columns = Columns::default();
    for (number, status) in [(1, Status::Qualified), (2, Status::FollowUp), (3, Status::Qualified)]
    {
        put(&bench, TENANT, &prospect(number, &columns, status)).await.unwrap();
    }
    let name = |number| id(number).to_string();
    assert_eq!(ids(&bench, "", None, 2).await, [name(3), name(2)]);
    let last = (minutes_later(2).as_millisecond(), name(2));
    assert_eq!(ids(&bench, "", Some((last.0, &last.1)), 2).await, [name(1)]);
    assert_eq!(ids(&bench, "qualified", None, 9).await, [name(3), name(1)]);
    assert!(ids(&bench, "lost", None, 9).await.is_empty());
}

async fn another_tenants_prospects_are_not_there(bench: Bench) {
    with_tenants(&bench).await;
    put(&bench, OTHER, &prospect(1, &Columns::default(), Status::New)).await.unwrap();
    assert!(ids(&bench, "", None, 9).await.is_empty());
    let mut reader = bench.db.read(TENANT).await.unwrap();
    assert!(shown::one(&mut reader, &id(1).to_string()).await.unwrap().is_none());
}

fn ticket(number: u128, reference: Option<&domain::support::Reference>) -> NewTicket<'_> {
    NewTicket {
        id: TicketId(uuid::Uuid::from_u128(number)),
        name: None,
        phone: None,
        subject: "une fuite",
        description: "une fuite",
        category: "technique",
        priority: Priority::Medium,
        reference,
        email: None,
        details: "{}",
        call: None,
        now: minutes_later(i64::try_from(number).unwrap()),
        author: "sara",
        due: minutes_later(60),
    }
}

async fn references_are_given_out_once_per_tenant(bench: Bench) {
    with_tenants(&bench).await;
    let mut given = HashSet::new();
    for number in 0..20 {
        let mut tx = bench.db.begin(TENANT).await.unwrap();
        let reference = tickets::next_reference(&mut tx).await.unwrap();
        tickets::insert(&mut tx, &ticket(number, Some(&reference))).await.unwrap();
        tx.commit().await.unwrap();
        assert!(given.insert(reference.to_string()), "{reference} twice");
    }
    let mut tx = bench.db.begin(OTHER).await.unwrap();
    let theirs = tickets::next_reference(&mut tx).await.unwrap();
    assert!(given.contains(theirs.as_str()), "every tenant has its own");
}

async fn the_database_refuses_a_reference_given_twice(bench: Bench) {
    with_tenants(&bench).await;
    let mut tx = bench.db.begin(TENANT).await.unwrap();
    let reference = tickets::next_reference(&mut tx).await.unwrap();
    tickets::insert(&mut tx, &ticket(1, Some(&reference))).await.unwrap();
    let again = tickets::insert(&mut tx, &ticket(2, Some(&reference))).await;
    assert!(again.is_err() || tx.commit().await.is_err());
}

async fn urgent_requests_are_listed_first(bench: Bench) {
    with_tenants(&bench).await;
    let mut tx = bench.db.begin(TENANT).await.unwrap();
    let priorities = [Priority::High, Priority::Low, Priority::Urgent, Priority::Medium];
    for (number, priority) in (1..).zip(priorities) {
        let new = NewTicket { priority, ..ticket(number, None) };
        tickets::insert(&mut tx, &new).await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut reader = bench.db.read(TENANT).await.unwrap();
    let rows = waiting::waiting(&mut reader, 9).await.unwrap();
    let order: Vec<&str> = rows.iter().map(|row| row.priority.as_str()).collect();
    assert_eq!(order, ["urgent", "high", "medium", "low"]);
}

async fn what_a_call_did_is_kept_once_and_in_order(bench: Bench) {
    with_tenants(&bench).await;
    let call = CallId::parse("call-1").unwrap();
    let day = Date::constant(2026, 11, 23);
    let mut tx = bench.db.begin(TENANT).await.unwrap();
    let new = NewCall {
        call: &call,
        id: uuid::Uuid::from_u128(1),
        from: None,
        to: None,
        unrouted: false,
        day,
        at: now(),
    };
    calls::insert(&mut tx, &new).await.unwrap();
    let happened = [
        (EventKind::QuestionAnswered, "hours"),
        (EventKind::ProspectCreated, "a"),
        (EventKind::ProspectCreated, "a"),
        (EventKind::TransferredHuman, ""),
    ];
    for (number, (kind, subject)) in (1..).zip(happened) {
        let id = EventId(uuid::Uuid::from_u128(number));
        let (context, reason) = ("{}", None);
        let event = NewEvent { id, call: &call, kind, subject, context, reason, day, at: now() };
        events::create_ivr_event(&mut tx, &event).await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut reader = bench.db.read(TENANT).await.unwrap();
    let kept = fetch_all!(reader, "SELECT actions_performed FROM call_logs" => (String,)).unwrap();
    let kept = kept[0].0.replace(' ', "");
    let [first, last] = kept.split("},{").collect::<Vec<_>>()[..] else { panic!("{kept}") };
    assert!(first.contains("\"action\":\"prospect_created\"") && first.contains("\"id\":\"a\""));
    assert_eq!(last, "\"action\":\"transferred_human\"}]");
    assert!(events::was_served(&mut reader, &call).await.unwrap());
}

async fn prospects_are_forgotten_in_time_except_customers(bench: Bench) {
    with_tenants(&bench).await;
    for number in [1, 2, 30] {
        put(&bench, TENANT, &prospect(number, &Columns::default(), Status::New)).await.unwrap();
    }
    let mut tx = bench.db.begin(TENANT).await.unwrap();
    let customer = "UPDATE prospects SET converted_to_client = 1 WHERE tenant_id = $1 AND id = $2";
    store::execute!(tx, customer, TENANT.0, id(2).to_string()).unwrap();
    retention::forget_people(&mut tx, minutes_later(10)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(ids(&bench, "", None, 9).await, [id(30).to_string(), id(2).to_string()]);
    let mut tx = bench.db.begin(TENANT).await.unwrap();
    sandbox::reset(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    assert!(ids(&bench, "", None, 9).await.is_empty());
}

on_both_backends!(
    a_prospect_is_kept_with_its_columns,
    lists_are_cut_into_pages_and_filtered,
    another_tenants_prospects_are_not_there,
    references_are_given_out_once_per_tenant,
    the_database_refuses_a_reference_given_twice,
    urgent_requests_are_listed_first,
    what_a_call_did_is_kept_once_and_in_order,
    prospects_are_forgotten_in_time_except_customers,
);
