//! A tenant that is deleted, and what it pays for.

use crate::exchange::{Exchange, area, new_agent};
use desk::numbers::NumberError;
use desk::numbers::provision::{More, drive};
use desk::routes::add_route;
use desk::sign_in::{self, Email};
use desk::tenants::{self, ApplyError, DeleteError};
use desk::{Desk, Who, tokens};
use domain::id::TenantId;
use domain::numbers::Stage;
use domain::phone::E164;
use domain::role::Role;
use domain::routing::Channel;
use domain::tenant::settings::Settings;
use std::sync::Arc;
use store::testing::Bench;
use store::{StoreError, on_both_backends};

async fn a_deleted_tenant_gives_back_everything_it_pays_for(bench: Bench) {
    let exchange = Exchange::open(bench).await;
    let (office, tenant) = (&exchange.house.office, exchange.tenant);
    let mut numbers = Vec::new();
    for _ in 0..2 {
        let id = exchange.fresh();
        let agent = exchange.desk().create_agent(&exchange.providers, &new_agent(), id).await;
        let agent = agent.unwrap().agent_id;
        numbers.push(exchange.provision(&agent).await.unwrap().phone_number);
    }
    let deleted = tenants::delete(office, tenant).await.unwrap();
    assert_eq!((deleted.agents, deleted.numbers), (2, 2));
    for number in &numbers {
        assert!(!exchange.answers(number).await);
    }
    assert_eq!(exchange.world.books().owned, 2);
    let again = tenants::delete(office, tenant).await.unwrap();
    assert_eq!((again.agents, again.release_at), (0, deleted.release_at));
    let report = exchange.restarted(26).await;
    assert!(report.is_clean(), "{report:?}");
    exchange.books_balance(0).await;
    let api = exchange.providers.vapi.as_ref().unwrap();
    assert!(api.assistants().await.unwrap().is_empty());
}

async fn a_number_that_is_being_got_for_a_deleted_tenant_goes_back(bench: Bench) {
    let mut exchange = Exchange::open(bench).await;
    for stage in Stage::STEPS {
        exchange.moves_to(stage.as_str()).await;
        let office = &exchange.house.office;
        let id = exchange.fresh();
        let agent = exchange.agent().await;
        let place = area("415");
        let wish = (&place, More::First);
        let row = exchange.desk().wish(&exchange.providers, &agent, wish, id).await.unwrap();
        let _ = drive(office, &exchange.providers, exchange.tenant, row, stage).await;
        tenants::delete(office, exchange.tenant).await.unwrap();
        let report = exchange.restarted(26).await;
        assert!(report.is_clean(), "{stage:?}: {report:?}");
        exchange.books_balance(0).await;
    }
}

async fn nothing_is_got_for_a_deleted_tenant(bench: Bench) {
    let exchange = Exchange::open(bench).await;
    let agent = exchange.agent().await;
    tenants::delete(&exchange.house.office, exchange.tenant).await.unwrap();
    let told = exchange.provision(&agent).await;
    assert!(matches!(told, Err(NumberError::NoAgent)), "{told:?}");
    let told =
        exchange.desk().create_agent(&exchange.providers, &new_agent(), exchange.fresh()).await;
    assert!(matches!(told, Err(NumberError::NoAgent)), "{told:?}");
    let number = E164::parse("+33199001122", "FR").unwrap();
    let routed = add_route(&exchange.house.office, Channel::Vocal, &number, exchange.tenant).await;
    assert!(matches!(routed, Err(StoreError::Refused(_))), "{routed:?}");
    let file = format!("id = {}\nname = \"Cabinet Martin\"\n", exchange.tenant);
    let settings = Settings::from_toml(&file).unwrap();
    let applied = tenants::apply(&exchange.house.office, &settings).await;
    assert!(matches!(applied, Err(ApplyError::Deleted(_))), "{applied:?}");
}

async fn nobody_enters_a_deleted_tenant(bench: Bench) {
    let exchange = Exchange::open(bench).await;
    let (office, tenant) = (&exchange.house.office, exchange.tenant);
    let file = format!(
        "id = {tenant}\nname = \"Cabinet Martin\"\n\
         [[member]]\nemail = \"camille@example.fr\"\nrole = \"owner\"\n"
    );
    tenants::apply(office, &Settings::from_toml(&file).unwrap()).await.unwrap();
    let token = tokens::create(office, tenant, "t", &["read".to_owned()], None).await.unwrap();
    let email = Email::parse("camille@example.fr").unwrap();
    assert_eq!(sign_in::places(office, &email).await.unwrap().len(), 1);
    tenants::delete(office, tenant).await.unwrap();
    assert!(tokens::check(office, &token).await.unwrap().is_none());
    assert!(sign_in::places(office, &email).await.unwrap().is_empty());
}

async fn what_the_house_needs_is_not_deleted(bench: Bench) {
    let exchange = Exchange::open(bench).await;
    let office = &exchange.house.office;
    let told = tenants::delete(office, TenantId(1)).await;
    assert!(matches!(told, Err(DeleteError::Needed)), "{told:?}");
    let told = tenants::delete(office, TenantId(99)).await;
    assert!(matches!(told, Err(DeleteError::NoTenant)), "{told:?}");
}

async fn only_owners_buy_and_release(bench: Bench) {
    let exchange = Exchange::open(bench).await;
    let agent = exchange.agent().await;
    let office = Arc::clone(&exchange.house.office);
    let email = "alix@example.fr".to_owned();
    let reader = Who::Token { prefix: "x".to_owned(), scopes: vec!["agents:read".to_owned()] };
    for who in [Who::Member { email, role: Role::Secretary }, reader] {
        let desk = Desk::new(Arc::clone(&office), exchange.tenant, who);
        assert!(!desk.may_spend());
        let place = area("212");
        let wish = (&place, More::First);
        let told = desk.provision(&exchange.providers, &agent, wish, exchange.fresh()).await;
        assert!(matches!(told, Err(NumberError::Forbidden)), "{told:?}");
        let told = desk.delete_agent(&exchange.providers, &agent).await;
        assert!(matches!(told, Err(NumberError::Forbidden)), "{told:?}");
    }
    exchange.books_balance(0).await;
}

async fn a_number_that_is_routed_to_somebody_else_goes_back(bench: Bench) {
    let exchange = Exchange::open(bench).await;
    let agent = exchange.agent().await;
    let office = &exchange.house.office;
    let other = Settings::from_toml("name = \"Garage Durand\"\n").unwrap();
    let other = tenants::apply(office, &other).await.unwrap().tenant;
    let number = exchange.provision(&agent).await.unwrap().phone_number;
    exchange.desk().delete_agent(&exchange.providers, &agent).await.unwrap();
    exchange.restarted(26).await;
    let dialled = E164::parse(&number, "US").unwrap();
    add_route(office, Channel::Vocal, &dialled, other).await.unwrap();
    let id = exchange.fresh();
    let agent = exchange.desk().create_agent(&exchange.providers, &new_agent(), id).await.unwrap();
    let told = exchange.provision(&agent.agent_id).await;
    assert!(matches!(told, Err(NumberError::Taken)), "{told:?}");
    exchange.books_balance(0).await;
}

on_both_backends!(
    a_deleted_tenant_gives_back_everything_it_pays_for,
    a_number_that_is_being_got_for_a_deleted_tenant_goes_back,
    nothing_is_got_for_a_deleted_tenant,
    nobody_enters_a_deleted_tenant,
    what_the_house_needs_is_not_deleted,
    only_owners_buy_and_release,
    a_number_that_is_routed_to_somebody_else_goes_back,
);
