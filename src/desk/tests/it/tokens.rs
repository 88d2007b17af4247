//! Tokens of programs: what each opens, until when, and who may say so.

use crate::house::House;
use desk::tokens::{self, TokenError, Wanted};
use desk::{Desk, Who, tenants};
use domain::id::TenantId;
use domain::role::Role;
use domain::tenant::settings::Settings;
use jiff::SignedDuration;
use std::sync::Arc;
use store::on_both_backends;
use store::testing::Bench;

async fn house(bench: Bench) -> House {
    let house = House::open(bench).await;
    let settings = Settings::from_toml("name = \"Cabinet Martin\"").unwrap();
    tenants::apply(&house.office, &settings).await.unwrap();
    house
}

fn desk(house: &House, who: Who) -> Desk {
    Desk::new(Arc::clone(&house.office), TenantId(2), who)
}

fn member(role: Role) -> Who {
    Who::Member { email: "camille@exemple.fr".to_owned(), role }
}

fn owner(house: &House) -> Desk {
    desk(house, member(Role::Owner))
}

fn wanted(scope: &str) -> Wanted {
    let life = Some(SignedDuration::from_hours(48));
    Wanted { name: "Site".to_owned(), scopes: vec![scope.to_owned()], life }
}

async fn opens(house: &House, token: &str) -> bool {
    tokens::check(&house.office, token).await.unwrap().is_some()
}

fn wait(house: &House, time: SignedDuration) {
    let now = house.office.world.clock.now();
    house.office.world.clock.set(now + time);
}

fn prefix(token: &str) -> String {
    token.split('_').nth(1).unwrap().to_owned()
}

async fn a_token_opens_its_tenant_and_only_its_hash_is_stored(bench: Bench) {
    let house = house(bench).await;
    let text = owner(&house).create_token(&wanted("appointments:read")).await.unwrap();
    let opened = tokens::check(&house.office, &text).await.unwrap().unwrap();
    assert_eq!(opened.tenant(), TenantId(2));
    let stored = house.texts("SELECT secret_hash || prefix || name FROM api_tokens").await;
    let secret = text.rsplit('_').next().unwrap();
    assert!(stored.iter().all(|row| !row.contains(secret)));
    let one_less = &text[..text.len() - 1];
    for bad in ["", "uwi_", "uwi__", "uwi_x_y", "uwi_é_é", one_less, &format!("{text}0")] {
        assert!(!opens(&house, bad).await, "{bad}");
    }
}

async fn a_token_ends_with_its_life_by_revocation_and_with_its_tenant(bench: Bench) {
    let house = house(bench).await;
    let desk = owner(&house);
    let (short, revoked) = (
        desk.create_token(&wanted("read")).await.unwrap(),
        desk.create_token(&wanted("read")).await.unwrap(),
    );
    let endless = Wanted { life: None, ..wanted("read") };
    let endless = desk.create_token(&endless).await.unwrap();
    desk.revoke_token(&prefix(&revoked)).await.unwrap();
    assert!(!opens(&house, &revoked).await);
    assert!(matches!(desk.revoke_token(&prefix(&revoked)).await, Err(TokenError::Gone)));
    wait(&house, SignedDuration::from_hours(47));
    assert!(opens(&house, &short).await);
    wait(&house, SignedDuration::from_hours(1));
    assert!(!opens(&house, &short).await);
    assert!(opens(&house, &endless).await);
    assert_eq!(desk.tokens().await.unwrap().len(), 1);
    let suspend = "UPDATE tenants SET status = 'suspended' WHERE tenant_id = 2";
    house.bench.prompt(suspend).await.unwrap();
    assert!(!opens(&house, &endless).await);
}

async fn a_replaced_token_stays_for_the_overlap(bench: Bench) {
    let house = house(bench).await;
    let desk = owner(&house);
    let old = desk.create_token(&wanted("calls:read")).await.unwrap();
    let new = desk.rotate_token(&prefix(&old), SignedDuration::from_hours(2)).await.unwrap();
    assert!(opens(&house, &old).await && opens(&house, &new).await);
    let again = desk.rotate_token(&prefix(&old), SignedDuration::from_hours(2)).await;
    assert!(matches!(again, Err(TokenError::Replaced)));
    let listed = desk.tokens().await.unwrap();
    let shown = listed.iter().find(|token| token.prefix == prefix(&old)).unwrap();
    assert_eq!(shown.replaced_by, Some(prefix(&new)));
    wait(&house, SignedDuration::from_hours(2));
    assert!(!opens(&house, &old).await && opens(&house, &new).await);
    // The new one has the length of life of the old one, and its scopes.
    let listed = desk.tokens().await.unwrap();
    assert_eq!(listed[0].scopes, ["calls:read"]);
    let life = listed[0].expires_at.unwrap().duration_since(listed[0].created_at);
    assert_eq!(life, SignedDuration::from_hours(48));
    let last = desk.rotate_token(&prefix(&new), SignedDuration::ZERO).await.unwrap();
    assert!(!opens(&house, &new).await && opens(&house, &last).await);
    let gone = desk.rotate_token(&prefix(&new), SignedDuration::ZERO).await;
    assert!(matches!(gone, Err(TokenError::Gone)));
}

async fn its_last_use_is_written_once_a_minute(bench: Bench) {
    let house = house(bench).await;
    let desk = owner(&house);
    let text = desk.create_token(&wanted("read")).await.unwrap();
    let mut written = Vec::new();
    for seconds in [0, 30, 30, 30, 31] {
        wait(&house, SignedDuration::from_secs(seconds));
        assert!(opens(&house, &text).await);
        written.push(desk.tokens().await.unwrap()[0].last_used_at.unwrap());
    }
    written.dedup();
    assert_eq!(written.len(), 2, "{written:?}");
}

async fn only_owners_and_our_own_people_have_a_say(bench: Bench) {
    let house = house(bench).await;
    let text = owner(&house).create_token(&wanted("read")).await.unwrap();
    let program = Who::Token { prefix: prefix(&text), scopes: vec!["admin".to_owned()] };
    for who in [member(Role::Secretary), member(Role::Practitioner), program] {
        let desk = desk(&house, who);
        let refused = |error: TokenError| matches!(error, TokenError::Forbidden);
        assert!(refused(desk.tokens().await.unwrap_err()));
        assert!(refused(desk.create_token(&wanted("read")).await.unwrap_err()));
        let rotated = desk.rotate_token(&prefix(&text), SignedDuration::ZERO).await;
        assert!(refused(rotated.unwrap_err()));
        assert!(refused(desk.revoke_token(&prefix(&text)).await.unwrap_err()));
    }
    assert!(opens(&house, &text).await);
    let elsewhere = Desk::new(Arc::clone(&house.office), TenantId(1), member(Role::Owner));
    assert!(matches!(elsewhere.revoke_token(&prefix(&text)).await, Err(TokenError::Gone)));
    assert!(elsewhere.tokens().await.unwrap().is_empty());
}

async fn scopes_of_the_whole_house_are_not_an_owners_to_give(bench: Bench) {
    let house = house(bench).await;
    for scope in ["admin", "metrics"] {
        let refused = owner(&house).create_token(&wanted(scope)).await;
        assert!(matches!(refused, Err(TokenError::Forbidden)), "{scope}");
        let operator = desk(&house, Who::Operator);
        let text = operator.create_token(&wanted(scope)).await.unwrap();
        let rotated = owner(&house).rotate_token(&prefix(&text), SignedDuration::ZERO).await;
        assert!(matches!(rotated, Err(TokenError::Forbidden)), "{scope}");
    }
}

async fn what_is_no_token_is_refused(bench: Bench) {
    let house = house(bench).await;
    let desk = owner(&house);
    for name in ["", "  ", &"é".repeat(81)] {
        let refused = desk.create_token(&Wanted { name: name.to_owned(), ..wanted("read") }).await;
        assert!(matches!(refused, Err(TokenError::BadName)), "{name}");
    }
    for scopes in [vec![], vec!["root".to_owned()], vec!["read write".to_owned()]] {
        let refused = desk.create_token(&Wanted { scopes, ..wanted("read") }).await;
        assert!(matches!(refused, Err(TokenError::BadScopes(_))));
    }
    for life in [SignedDuration::ZERO, SignedDuration::MAX, SignedDuration::MIN] {
        let refused = desk.create_token(&Wanted { life: Some(life), ..wanted("read") }).await;
        assert!(matches!(refused, Err(TokenError::BadLife)), "{life}");
    }
    for _ in 0..50 {
        desk.create_token(&wanted("read")).await.unwrap();
    }
    assert!(matches!(desk.create_token(&wanted("read")).await, Err(TokenError::TooMany)));
}

on_both_backends!(
    a_token_opens_its_tenant_and_only_its_hash_is_stored,
    a_token_ends_with_its_life_by_revocation_and_with_its_tenant,
    a_replaced_token_stays_for_the_overlap,
    its_last_use_is_written_once_a_minute,
    only_owners_and_our_own_people_have_a_say,
    scopes_of_the_whole_house_are_not_an_owners_to_give,
    what_is_no_token_is_refused,
);
