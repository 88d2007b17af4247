use crate::house::{Caller, House, TEST_NUMBER, number, rules};
use desk::routes::{add_route, ensure_test_number_route, list_routes};
use desk::tenants::{self, ApplyError};
use desk::{HouseRules, Office, OfficeError, World};
use domain::id::TenantId;
use domain::routing::{Channel, Resolution, TestRoute};
use domain::tenant::settings::Settings;
use store::testing::Bench;
use store::{StoreError, on_both_backends};

const PLUMBER: &str = r#"
name = "Plomberie Roux"
timezone = "Pacific/Noumea"
trade = "plombier"
[[hours]]
days = ["mon", "tue", "wed", "thu", "fri"]
from = "08:00"
to = "18:00"
[[service]]
name = "Visite"
minutes = 60
[[number]]
e164 = "01 99 00 11 22"
[[member]]
email = "roux@example.fr"
role = "owner"
"#;

const PEOPLE: &str = "SELECT email || '=' || role FROM members WHERE tenant_id = 2 ORDER BY email";

fn plumber() -> Settings {
    Settings::from_toml(PLUMBER).unwrap()
}

async fn a_file_makes_a_tenant_once(bench: Bench) {
    let house = House::open(bench).await;
    let first = tenants::apply(&house.office, &plumber()).await.unwrap();
    let again = tenants::apply(&house.office, &plumber()).await.unwrap();
    assert!(first.created && !again.created);
    assert_eq!(first.tenant, again.tenant);
    assert_eq!(tenants::list(&house.office, 10).await.unwrap().len(), 2);
    let shown = tenants::show(&house.office, first.tenant).await.unwrap().unwrap();
    assert_eq!(shown.settings.name, "Plomberie Roux");
    assert_eq!(shown.routes.len(), 1);
}

async fn whom_the_file_leaves_out_signs_in_no_more(bench: Bench) {
    let house = House::open(bench).await;
    let with = |people: &str| {
        let file = format!("name = \"Cabinet Martin\"\n{people}");
        Settings::from_toml(&file).unwrap()
    };
    let person =
        |email: &str, role: &str| format!("[[member]]\nemail = \"{email}\"\nrole = \"{role}\"\n");
    let owner = person("camille@example.fr", "owner");
    let both = with(&(owner.clone() + &person("alix@example.fr", "secretary")));
    let tenant = tenants::apply(&house.office, &both).await.unwrap().tenant;
    house
        .bench
        .prompt(
            "INSERT INTO sessions (id_hash, email, data, created_at, last_seen_at, expires_at)
             VALUES ('a', 'alix@example.fr', '{}', 0, 0, 9000000000000),
                    ('c', 'camille@example.fr', '{}', 0, 0, 9000000000000)",
        )
        .await
        .unwrap();
    let people = async || house.texts_of(tenant, PEOPLE).await;
    let removed = tenants::rehearse(&house.office, &with(&owner)).await.unwrap().removed;
    assert_eq!(removed, ["member: 2 -> 1 (alix@example.fr)"]);
    // One put in place of another is told as well.
    let other = with(&(owner.clone() + &person("dominique@example.fr", "secretary")));
    let removed = tenants::rehearse(&house.office, &other).await.unwrap().removed;
    assert_eq!(removed, ["member: 2 -> 2 (alix@example.fr)"]);
    assert_eq!(people().await.len(), 2);
    tenants::apply(&house.office, &with(&owner)).await.unwrap();
    assert_eq!(people().await, ["camille@example.fr=owner"]);
    assert_eq!(house.texts("SELECT id_hash FROM sessions").await, ["c"]);
    // Nobody is left out who is the last that can change anything.
    let others = with(&person("alix@example.fr", "secretary"));
    let refused = tenants::apply(&house.office, &others).await;
    assert!(matches!(refused, Err(ApplyError::LastOwner)), "{refused:?}");
    // A file without people says nothing about them.
    let none = tenants::apply(&house.office, &with("")).await.unwrap();
    assert_eq!(none.removed, Vec::<String>::new());
    assert_eq!(people().await, ["camille@example.fr=owner"]);
    let shown = tenants::show(&house.office, tenant).await.unwrap().unwrap();
    assert_eq!(shown.settings.member.len(), 1);
}

async fn a_number_that_the_file_leaves_out_stays_and_that_is_told(bench: Bench) {
    let house = House::open(bench).await;
    tenants::apply(&house.office, &plumber()).await.unwrap();
    let less = Settings { number: Vec::new(), ..plumber() };
    let applied = tenants::apply(&house.office, &less).await.unwrap();
    assert_eq!(applied.removed, ["number: 1 -> 0 (they stay)"]);
    let shown = tenants::show(&house.office, applied.tenant).await.unwrap().unwrap();
    assert_eq!(shown.routes.len(), 1);
}

async fn a_call_belongs_to_the_day_of_its_tenant(bench: Bench) {
    let house = House::open(bench).await;
    let tenant = tenants::apply(&house.office, &plumber()).await.unwrap().tenant;
    // 22:00 in Paris on Monday is Tuesday in Nouméa.
    house.office.world.clock.set("2026-11-23T21:00:00Z".parse().unwrap());
    let mut caller = Caller::new(&house.office, "call-1");
    caller.request.dialled = Some("01 99 00 11 22".to_owned());
    caller.says("Bonjour").await;
    let days = house.texts_of(tenant, "SELECT local_day FROM call_logs").await;
    assert_eq!(days, ["2026-11-24"]);
    let days = house.texts_of(tenant, "SELECT day FROM day_counters").await;
    assert_eq!(days, ["2026-11-24"]);
}

async fn a_number_of_somebody_else_is_not_taken_over(bench: Bench) {
    let house = House::open(bench).await;
    tenants::apply(&house.office, &plumber()).await.unwrap();
    let thief = Settings { name: "Autre".to_owned(), ..plumber() };
    let refused = tenants::apply(&house.office, &thief).await;
    assert!(matches!(refused, Err(ApplyError::NumberTaken { .. })));
    let mut thief = plumber();
    thief.number[0].e164 = TEST_NUMBER.to_owned();
    let refused = tenants::apply(&house.office, &thief).await;
    assert!(matches!(refused, Err(ApplyError::TestNumber)));
    assert_eq!(tenants::list(&house.office, 10).await.unwrap().len(), 2);
}

async fn the_test_number_never_leaves_the_test_tenant(bench: Bench) {
    let house = House::open(bench).await;
    let tenant = tenants::apply(&house.office, &plumber()).await.unwrap().tenant;
    for channel in [Channel::Vocal, Channel::Whatsapp, Channel::Sms] {
        let refused = add_route(&house.office, channel, &number(TEST_NUMBER), tenant).await;
        assert_eq!(refused, Err(StoreError::TestNumberImmutable));
    }
    assert_eq!(ensure_test_number_route(&house.office).await, Ok(false));
    let routes = list_routes(&house.office, 10).await.unwrap();
    assert!(routes.iter().any(|route| route.key == TEST_NUMBER && route.tenant_id == 1));
}

async fn another_test_number_refuses_to_start(bench: Bench) {
    let house = House::open(bench).await;
    let test = TestRoute { number: number("+33199001234"), tenant: TenantId(1) };
    let refused =
        Office::open(house.bench.db.clone(), World::real(), HouseRules { test, ..rules() }).await;
    assert!(matches!(refused, Err(OfficeError::OtherTestRoute { .. })));
}

async fn a_new_route_is_seen_although_nobodys_was_remembered(bench: Bench) {
    let house = House::open(bench).await;
    let free = number("+33199005555");
    let before = house.office.resolve_tenant_id_from_vocal_call(&free, Channel::Vocal).await;
    assert_eq!(before, Ok(Resolution::Default(TenantId(1))));
    let tenant = tenants::apply(&house.office, &plumber()).await.unwrap().tenant;
    add_route(&house.office, Channel::Vocal, &free, tenant).await.unwrap();
    let after = house.office.resolve_tenant_id_from_vocal_call(&free, Channel::Vocal).await;
    assert_eq!(after, Ok(Resolution::Routed(tenant)));
}

async fn a_change_by_others_is_noticed(bench: Bench) {
    let house = House::open(bench).await;
    let tenant = tenants::apply(&house.office, &plumber()).await.unwrap().tenant;
    let working = tokio::spawn(desk::jobs::run(house.office.clone()));
    let free = number("+33199005555");
    let other = house.another().await;
    let resolve = || house.office.resolve_tenant_id_from_vocal_call(&free, Channel::Vocal);
    resolve().await.unwrap();
    add_route(&other, Channel::Vocal, &free, tenant).await.unwrap();
    let noticed = async {
        while resolve().await != Ok(Resolution::Routed(tenant)) {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(5), noticed).await.unwrap();
    working.abort();
}

on_both_backends!(
    a_file_makes_a_tenant_once,
    whom_the_file_leaves_out_signs_in_no_more,
    a_number_that_the_file_leaves_out_stays_and_that_is_told,
    a_call_belongs_to_the_day_of_its_tenant,
    a_number_of_somebody_else_is_not_taken_over,
    the_test_number_never_leaves_the_test_tenant,
    another_test_number_refuses_to_start,
    a_new_route_is_seen_although_nobodys_was_remembered,
    a_change_by_others_is_noticed,
);
