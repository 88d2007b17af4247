//! Editing settings part by part, and opening clients.

use crate::house::{House, rules};
use desk::members::{self, MemberError};
use desk::onboarding::{self, OpeningError, Step};
use desk::settings::{EditError, Part};
use desk::sign_in::Email;
use desk::tenants::{self, ApplyError};
use desk::{Desk, Who};
use domain::email::EmailAddress;
use domain::id::TenantId;
use domain::role::Role;
use domain::tenant::presets::Preset;
use domain::tenant::settings::Settings;
use std::sync::Arc;
use store::on_both_backends;
use store::testing::Bench;

async fn practice(house: &House) -> Desk {
    let settings = Settings::from_toml("name = \"Cabinet Martin\"\n").unwrap();
    let tenant = tenants::apply(&house.office, &settings).await.unwrap().tenant;
    Desk::new(Arc::clone(&house.office), tenant, Who::Operator)
}

fn as_role(desk: &Desk, role: Role) -> Desk {
    let who = Who::Member { email: "alix@exemple.fr".to_owned(), role };
    Desk::new(Arc::clone(desk.office()), desk.tenant(), who)
}

async fn address(desk: &Desk, seen: &str, address: &str) -> Result<(), EditError> {
    desk.edit(Part::Practice, seen, |settings| settings.address = Some(address.to_owned())).await
}

async fn of_many_editors_of_one_state_one_writes(bench: Bench) {
    let house = House::open(bench).await;
    let desk = practice(&house).await;
    let seen = Part::Practice.state(&desk.settings().await.unwrap());
    let tasks: Vec<_> = (0..20)
        .map(|number| {
            let (desk, seen) = (desk.clone(), seen.clone());
            tokio::spawn(async move { address(&desk, &seen, &format!("{number} rue")).await })
        })
        .collect();
    let mut written = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(()) => written += 1,
            Err(EditError::Changed) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(written, 1);
    let stored = desk.settings().await.unwrap();
    assert_eq!(house.office.profile(desk.tenant()).await.unwrap().address, stored.address);
}

async fn different_parts_are_edited_side_by_side(bench: Bench) {
    let house = House::open(bench).await;
    let desk = practice(&house).await;
    let before = desk.settings().await.unwrap();
    address(&desk, &Part::Practice.state(&before), "3 rue des Lilas").await.unwrap();
    let seen = Part::Questions.state(&before);
    let change = |settings: &mut Settings| settings.access = Some("Au rez-de-chaussée.".to_owned());
    desk.edit(Part::Questions, &seen, change).await.unwrap();
    let after = desk.settings().await.unwrap();
    assert_eq!(after.address.as_deref(), Some("3 rue des Lilas"));
    assert!(after.access.is_some());
    let seen = Part::Hours.state(&after);
    let refused = desk.edit(Part::Hours, &seen, |settings| settings.booking.horizon_days = 0).await;
    assert!(
        matches!(&refused, Err(EditError::Settings(error)) if error.path == "booking.horizon_days")
    );
    assert_eq!(desk.settings().await.unwrap(), after);
}

async fn roles_decide_who_edits_what(bench: Bench) {
    let house = House::open(bench).await;
    let desk = practice(&house).await;
    let settings = desk.settings().await.unwrap();
    let seen = Part::Welcome.state(&settings);
    for role in [Role::Practitioner, Role::Secretary] {
        let member = as_role(&desk, role);
        assert!(!member.may_edit());
        let told = member.edit(Part::Welcome, &seen, |_| {}).await;
        assert!(matches!(told, Err(EditError::Forbidden)), "{told:?}");
    }
    let owner = as_role(&desk, Role::Owner);
    assert!(owner.may_edit());
    owner.edit(Part::Welcome, &seen, |_| {}).await.unwrap();
}

async fn a_client_is_opened_by_our_staff_only_and_never_the_test_tenant(bench: Bench) {
    let house = House::open(bench).await;
    let preset = Preset::named("osteopathe").unwrap();
    let office = &house.office;
    let tenant = onboarding::begin(office, " Cabinet  Perrin ", preset).await.unwrap();
    let again = onboarding::begin(office, "Cabinet Perrin", preset).await;
    assert!(matches!(again, Err(OpeningError::NameTaken)), "{again:?}");
    let staff = Email::parse(&rules().staff[0]).unwrap();
    let stranger = Email::parse("camille@exemple.fr").unwrap();
    assert!(onboarding::desk(office, &stranger, tenant).await.unwrap().is_none());
    assert!(onboarding::desk(office, &staff, rules().test.tenant).await.unwrap().is_none());
    assert!(onboarding::desk(office, &staff, TenantId(999)).await.unwrap().is_none());
    let desk = onboarding::desk(office, &staff, tenant).await.unwrap().unwrap();
    let progress = desk.opening().await.unwrap();
    assert_eq!((progress.count(), progress.next()), (0, Some(Step::Practice)));
    desk.link_number("01 99 00 11 22").await.unwrap();
    assert!(desk.opening().await.unwrap().is_done(Step::Number));
    let test = desk.link_number(rules().test.number.as_str()).await;
    assert!(matches!(test, Err(OpeningError::Apply(ApplyError::TestNumber))), "{test:?}");
    let owner = as_role(&desk, Role::Owner).link_number("01 99 00 33 44").await;
    assert!(matches!(owner, Err(OpeningError::NotOpened)), "{owner:?}");
}

/// `email=role`, by address.
async fn people(desk: &Desk) -> Vec<String> {
    let people = desk.members().await.unwrap();
    people.into_iter().map(|(email, role)| format!("{email}={}", role.as_str())).collect()
}

async fn seen(desk: &Desk) -> String {
    members::state(&desk.members().await.unwrap())
}

/// Waits until somebody waits for a lock of this database.
async fn until_somebody_waits(url: &str) {
    let pool = store::sqlx::PgPool::connect(url).await.unwrap();
    let waiting = async {
        loop {
            let (count,): (i64,) = store::sqlx::query_as(WAITING).fetch_one(&pool).await.unwrap();
            if count > 0 {
                break;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), waiting).await.unwrap();
}

const WAITING: &str = "SELECT COUNT(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'";

async fn of_two_owners_who_demote_each_other_one_stays(bench: Bench) {
    let house = House::open(bench).await;
    let desk = practice(&house).await;
    let put = async |email: &str, role: Role| {
        let address = EmailAddress::parse(email).unwrap();
        desk.put_member(address, role, (&seen(&desk).await, "192.0.2.0")).await
    };
    put("alix@exemple.fr", Role::Owner).await.unwrap();
    put("camille@exemple.fr", Role::Owner).await.unwrap();
    let other = Desk::new(house.another().await, desk.tenant(), Who::Operator);
    // Alix is about to demote Camille, and holds Alix's own row as well.
    let now = house.office.world.clock.now();
    let mut first = house.office.db.begin_directory().await.unwrap();
    let tenant = desk.tenant();
    let row = store::tenants::get(&mut first, tenant).await.unwrap().unwrap();
    for (email, role) in [("alix@exemple.fr", Role::Owner), ("camille@exemple.fr", Role::Secretary)]
    {
        store::identity::members::put(&mut first, tenant, email, role, now).await.unwrap();
    }
    let data = store::tenants::TenantData {
        name: &row.name,
        timezone: &row.timezone,
        settings: &row.settings,
    };
    assert!(store::tenants::replace(&mut first, tenant, &data, row.version, now).await.unwrap());
    let seen = seen(&desk).await;
    let second = tokio::spawn(async move {
        let address = EmailAddress::parse("alix@exemple.fr").unwrap();
        other.put_member(address, Role::Secretary, (&seen, "192.0.2.0")).await
    });
    // On SQLite the second waits to begin.
    if house.bench.db.engine() == "postgres" {
        until_somebody_waits(&house.bench.url).await;
    }
    first.commit().await.unwrap();
    let told = second.await.unwrap();
    assert!(matches!(told, Err(MemberError::Changed)), "{told:?}");
    assert_eq!(people(&desk).await, ["alix@exemple.fr=owner", "camille@exemple.fr=secretary"]);
}

async fn people_come_change_and_go_but_the_last_owner_stays(bench: Bench) {
    let house = House::open(bench).await;
    let owner = as_role(&practice(&house).await, Role::Owner);
    let put = async |email: &str, role: Role| {
        let address = EmailAddress::parse(email).unwrap();
        owner.put_member(address, role, (&seen(&owner).await, "192.0.2.0")).await
    };
    put("Camille@exemple.fr", Role::Owner).await.unwrap();
    let alone = owner.remove_member("camille@exemple.fr", &seen(&owner).await).await;
    assert!(matches!(alone, Err(MemberError::LastOwner)), "{alone:?}");
    let demoted = put("camille@exemple.fr", Role::Secretary).await;
    assert!(matches!(demoted, Err(MemberError::LastOwner)), "{demoted:?}");
    let before = seen(&owner).await;
    put("alix@exemple.fr", Role::Secretary).await.unwrap();
    let late = owner.remove_member("alix@exemple.fr", &before).await;
    assert!(matches!(late, Err(MemberError::Changed)), "{late:?}");
    put("alix@exemple.fr", Role::Owner).await.unwrap();
    owner.remove_member("camille@exemple.fr", &seen(&owner).await).await.unwrap();
    assert_eq!(people(&owner).await, ["alix@exemple.fr=owner"]);
    // What the file of `tenant show` says is the same, so that applying it brings nobody back.
    let stored = owner.settings().await.unwrap().member;
    assert_eq!(stored.len(), 1);
    assert_eq!(stored[0].email.key(), "alix@exemple.fr");
    let gone = owner.remove_member("camille@exemple.fr", &seen(&owner).await).await;
    assert!(matches!(gone, Err(MemberError::Missing)), "{gone:?}");
    let secretary = as_role(&owner, Role::Secretary);
    let refused = secretary.remove_member("alix@exemple.fr", &seen(&owner).await).await;
    assert!(matches!(refused, Err(MemberError::Forbidden)), "{refused:?}");
}

on_both_backends!(
    of_two_owners_who_demote_each_other_one_stays,
    people_come_change_and_go_but_the_last_owner_stays,
    of_many_editors_of_one_state_one_writes,
    different_parts_are_edited_side_by_side,
    roles_decide_who_edits_what,
    a_client_is_opened_by_our_staff_only_and_never_the_test_tenant,
);
