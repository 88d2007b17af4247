//! Who signs in.

use domain::id::TenantId;
use domain::role::Role;
use jiff::{SignedDuration, Timestamp};
use store::identity::links::{self, Link};
use store::identity::sessions::{self, Saved};
use store::identity::tokens::{self, TokenRow};
use store::identity::{attempts, members, passwords};
use store::outbox::{self, Lane, NewJob};
use store::tenants::{self, TenantData};
use store::testing::Bench;
use store::{StoreError, Tx, on_both_backends};

on_both_backends!(
    a_link_works_once,
    a_link_ends,
    sessions_are_listed_and_ended_by_their_owner,
    a_session_that_was_ended_does_not_come_back,
    members_belong_to_tenants_in_use,
    tries_are_counted_by_window,
    a_password_is_replaced_and_removed,
    a_token_is_found_until_it_is_revoked,
    a_job_is_claimed_once_and_written_once,
    a_tenant_has_a_few_places_in_a_lane_and_what_is_urgent_comes_first,
    what_waits_in_one_lane_hides_no_other,
);

fn now() -> Timestamp {
    "2026-11-23T09:00:00Z".parse().unwrap()
}

fn minutes(minutes: i64) -> Timestamp {
    now() + SignedDuration::from_mins(minutes)
}

async fn tenant(bench: &Bench, id: i64) {
    let mut tx = bench.db.begin_directory().await.unwrap();
    let data = TenantData { name: "Cabinet Martin", timezone: "Europe/Paris", settings: "{}" };
    tenants::insert(&mut tx, TenantId(id), &data, now()).await.unwrap();
    tx.commit().await.unwrap();
}

async fn link(bench: &Bench) {
    let mut tx = bench.db.begin_directory().await.unwrap();
    let link = Link { email: "camille@exemple.fr".to_owned(), tenant: Some(TenantId(2)) };
    links::create(&mut tx, "hash", &link, now(), minutes(10)).await.unwrap();
    tx.commit().await.unwrap();
}

async fn consume(bench: &Bench, at: Timestamp) -> Result<Option<Link>, StoreError> {
    let mut tx = bench.db.begin_directory().await?;
    let found = links::consume(&mut tx, "hash", at).await?;
    tx.commit().await?;
    Ok(found)
}

async fn a_link_works_once(bench: Bench) {
    link(&bench).await;
    let mut reader = bench.db.read_directory().await.unwrap();
    assert!(links::works(&mut reader, "hash", now()).await.unwrap());
    assert!(links::works(&mut reader, "hash", now()).await.unwrap());
    drop(reader);
    let (one, two) = tokio::join!(consume(&bench, minutes(1)), consume(&bench, minutes(1)));
    let found: Vec<Link> = [one, two].into_iter().filter_map(|r| r.ok().flatten()).collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].tenant, Some(TenantId(2)));
    let mut reader = bench.db.read_directory().await.unwrap();
    assert!(!links::works(&mut reader, "hash", now()).await.unwrap());
}

async fn a_link_ends(bench: Bench) {
    link(&bench).await;
    assert_eq!(consume(&bench, minutes(10)).await.unwrap(), None);
    assert!(consume(&bench, minutes(9)).await.unwrap().is_some());
}

fn saved<'a>(id_hash: &'a str, email: &'a str) -> Saved<'a> {
    Saved {
        id_hash,
        email: Some(email),
        data: "{}",
        agent: Some("Firefox sur Linux"),
        network: None,
        expires_at: minutes(60).as_millisecond(),
    }
}

async fn sessions_are_listed_and_ended_by_their_owner(bench: Bench) {
    let mut tx = bench.db.begin_directory().await.unwrap();
    for (id, email) in [("a", "one@x"), ("b", "one@x"), ("c", "two@x")] {
        sessions::save(&mut tx, &saved(id, email), now()).await.unwrap();
    }
    assert!(!sessions::remove_own(&mut tx, "one@x", "c").await.unwrap());
    assert_eq!(sessions::of_email(&mut tx, "one@x", now()).await.unwrap().len(), 2);
    assert!(sessions::of_email(&mut tx, "one@x", minutes(60)).await.unwrap().is_empty());
    assert_eq!(sessions::find(&mut tx, "a", minutes(60)).await.unwrap(), None);
    assert_eq!(sessions::remove_others(&mut tx, "one@x", "a").await.unwrap(), 1);
    assert!(sessions::find(&mut tx, "a", now()).await.unwrap().is_some());
    assert!(sessions::find(&mut tx, "c", now()).await.unwrap().is_some());
    assert_eq!(sessions::sweep(&mut tx, minutes(61)).await.unwrap(), 2);
}

async fn a_session_that_was_ended_does_not_come_back(bench: Bench) {
    let mut tx = bench.db.begin_directory().await.unwrap();
    sessions::save(&mut tx, &saved("a", "one@x"), now()).await.unwrap();
    assert!(sessions::update(&mut tx, &saved("a", "one@x"), minutes(1)).await.unwrap());
    sessions::remove(&mut tx, "a").await.unwrap();
    assert!(!sessions::update(&mut tx, &saved("a", "one@x"), minutes(2)).await.unwrap());
    assert_eq!(sessions::find(&mut tx, "a", minutes(2)).await.unwrap(), None);
}

async fn members_belong_to_tenants_in_use(bench: Bench) {
    tenant(&bench, 2).await;
    let mut tx = bench.db.begin_directory().await.unwrap();
    members::put(&mut tx, TenantId(2), "one@x", Role::Secretary, now()).await.unwrap();
    members::put(&mut tx, TenantId(2), "one@x", Role::Owner, now()).await.unwrap();
    let found = members::of_email(&mut tx, "one@x").await.unwrap();
    assert_eq!((found.len(), found[0].role), (1, Role::Owner));
    assert_eq!(members::of_tenant(&mut tx, TenantId(2)).await.unwrap().len(), 1);
    let suspend = "UPDATE tenants SET status = 'suspended' WHERE tenant_id = 2";
    store::execute!(tx, suspend).unwrap();
    assert!(members::of_email(&mut tx, "one@x").await.unwrap().is_empty());
}

async fn tries_are_counted_by_window(bench: Bench) {
    let mut tx = bench.db.begin_directory().await.unwrap();
    for expected in 1..=3 {
        assert_eq!(attempts::note(&mut tx, "login", "who", now()).await.unwrap(), expected);
    }
    assert_eq!(attempts::note(&mut tx, "login", "who", minutes(15)).await.unwrap(), 1);
    assert_eq!(attempts::note(&mut tx, "login", "else", now()).await.unwrap(), 1);
    assert_eq!(attempts::sweep(&mut tx, minutes(15)).await.unwrap(), 2);
}

async fn a_password_is_replaced_and_removed(bench: Bench) {
    let mut tx = bench.db.begin_directory().await.unwrap();
    passwords::put(&mut tx, "one@x", "$argon2id$1", now()).await.unwrap();
    passwords::put(&mut tx, "one@x", "$argon2id$2", now()).await.unwrap();
    let stored = passwords::find(&mut tx, "one@x").await.unwrap();
    assert_eq!(stored.as_deref(), Some("$argon2id$2"));
    passwords::remove(&mut tx, "one@x").await.unwrap();
    assert_eq!(passwords::find(&mut tx, "one@x").await.unwrap(), None);
}

async fn a_token_is_found_until_it_is_revoked(bench: Bench) {
    tenant(&bench, 2).await;
    let token = TokenRow {
        prefix: "abc".to_owned(),
        secret_hash: "hash".to_owned(),
        tenant_id: 2,
        name: "Site".to_owned(),
        scopes: "read".to_owned(),
        created_at: now().as_millisecond(),
        expires_at: Some(minutes(60).as_millisecond()),
        last_used_at: None,
        replaces: None,
    };
    let mut tx = bench.db.begin_directory().await.unwrap();
    tokens::create(&mut tx, &token).await.unwrap();
    assert_eq!(tokens::find(&mut tx, "abc", now()).await.unwrap().as_ref(), Some(&token));
    assert_eq!(tokens::find(&mut tx, "abc", minutes(60)).await.unwrap(), None);
    tokens::touch(&mut tx, "abc", minutes(1), minutes(0)).await.unwrap();
    // Another instance that looked at the same moment writes nothing.
    tokens::touch(&mut tx, "abc", minutes(2), minutes(1)).await.unwrap();
    let listed = tokens::of_tenant(&mut tx, TenantId(2), now()).await.unwrap();
    assert_eq!(listed[0].last_used_at, Some(minutes(1).as_millisecond()));
    assert!(!tokens::end_at(&mut tx, TenantId(3), "abc", minutes(1)).await.unwrap());
    for (until, ends) in [(minutes(90), minutes(60)), (minutes(30), minutes(30))] {
        assert!(tokens::end_at(&mut tx, TenantId(2), "abc", until).await.unwrap());
        let found = tokens::find(&mut tx, "abc", now()).await.unwrap().unwrap();
        assert_eq!(found.expires_at, Some(ends.as_millisecond()));
    }
    assert!(!tokens::revoke(&mut tx, TenantId(3), "abc", now()).await.unwrap());
    assert!(tokens::revoke(&mut tx, TenantId(2), "abc", now()).await.unwrap());
    assert_eq!(tokens::find(&mut tx, "abc", now()).await.unwrap(), None);
}

async fn a_job_is_claimed_once_and_written_once(bench: Bench) {
    let id = uuid::Uuid::from_u128(7);
    let job = job(id, (None, Lane::Urgent), "k");
    let mut tx = bench.db.begin_directory().await.unwrap();
    outbox::insert(&mut tx, &job, now()).await.unwrap();
    let again = NewJob { id: uuid::Uuid::from_u128(8), ..job };
    outbox::insert(&mut tx, &again, now()).await.unwrap();
    tx.commit().await.unwrap();
    let claim = async || {
        let mut tx = bench.db.begin_directory().await.unwrap();
        let mut jobs = outbox::take(&mut tx, &[&id.to_string()], now(), minutes(1)).await.unwrap();
        tx.commit().await.unwrap();
        jobs.pop()
    };
    let (one, two) = tokio::join!(claim(), claim());
    assert!(one.is_none() || two.is_none(), "one only");
    let job = one.or(two).unwrap();
    let mut tx = bench.db.begin_directory().await.unwrap();
    assert!(!outbox::is_due(&mut tx, now()).await.unwrap());
    assert!(outbox::is_due(&mut tx, minutes(1)).await.unwrap());
    outbox::postpone(&mut tx, &job, "later", minutes(5)).await.unwrap();
    assert!(!outbox::is_due(&mut tx, minutes(4)).await.unwrap());
    // Somebody else has it by now: who was too slow says nothing of it any more.
    let late = job;
    let job = outbox::take(&mut tx, &[&late.id], minutes(5), minutes(6)).await.unwrap().remove(0);
    outbox::finish(&mut tx, &late, None, minutes(5)).await.unwrap();
    outbox::postpone(&mut tx, &late, "later", minutes(5)).await.unwrap();
    assert!(!outbox::is_due(&mut tx, minutes(5)).await.unwrap());
    assert!(outbox::is_due(&mut tx, minutes(6)).await.unwrap());
    outbox::finish(&mut tx, &job, None, minutes(5)).await.unwrap();
    assert!(!outbox::is_due(&mut tx, minutes(99)).await.unwrap());
    outbox::forget(&mut tx, minutes(5)).await.unwrap();
    assert_eq!(jobs_kept(&mut tx).await, 1);
    outbox::forget(&mut tx, minutes(6)).await.unwrap();
    assert_eq!(jobs_kept(&mut tx).await, 0);
}

async fn jobs_kept(tx: &mut Tx) -> usize {
    store::fetch_all!(tx, "SELECT id FROM outbox" => (String,)).unwrap().len()
}

fn job(id: uuid::Uuid, (tenant, lane): (Option<i64>, Lane), key: &str) -> NewJob<'_> {
    let tenant = tenant.map(TenantId);
    NewJob { id, tenant, kind: "login_link", lane, payload: "{}", key, due: now() }
}

async fn a_tenant_has_a_few_places_in_a_lane_and_what_is_urgent_comes_first(bench: Bench) {
    let mut tx = bench.db.begin_directory().await.unwrap();
    let places = [(Some(2), Lane::Sms); 5].into_iter().chain([
        (Some(3), Lane::Sms),
        (Some(2), Lane::Email),
        (None, Lane::Urgent),
        (None, Lane::Urgent),
        (None, Lane::Urgent),
    ]);
    for (at, place) in (1..).zip(places) {
        let key = at.to_string();
        let new = job(uuid::Uuid::from_u128(at), place, &key);
        outbox::insert(&mut tx, &new, now()).await.unwrap();
    }
    let first = uuid::Uuid::from_u128(1).to_string();
    outbox::take(&mut tx, &[&first], now(), minutes(1)).await.unwrap();
    let due = async |tx: &mut Tx| {
        let due = outbox::due(tx, now(), (2, 10)).await.unwrap();
        due.into_iter().map(|row| (row.lane, row.tenant_id)).collect::<Vec<_>>()
    };
    let urgent = ("urgent".to_owned(), None);
    let (two, three) = (("sms".to_owned(), Some(2)), ("sms".to_owned(), Some(3)));
    let mail = ("email".to_owned(), Some(2));
    let all = [urgent.clone(), urgent.clone(), urgent, two, three.clone(), mail.clone()];
    assert_eq!(due(&mut tx).await, all);
    let second = uuid::Uuid::from_u128(2).to_string();
    let job = outbox::take(&mut tx, &[&second], now(), minutes(1)).await.unwrap().remove(0);
    assert_eq!(due(&mut tx).await[3..], [three.clone(), mail.clone()]);
    outbox::postpone(&mut tx, &job, "away", minutes(1)).await.unwrap();
    outbox::rest(&mut tx, &job, now(), minutes(1)).await.unwrap();
    assert_eq!(due(&mut tx).await[3..], [three, mail], "the others of its lane rest with it");
}

async fn what_waits_in_one_lane_hides_no_other(bench: Bench) {
    let mut tx = bench.db.begin_directory().await.unwrap();
    let flood = (1..=30).map(|tenant| (tenant, Lane::Sms, now()));
    for (tenant, lane, due) in flood.chain([(31, Lane::Email, minutes(1))]) {
        let key = tenant.to_string();
        let id = uuid::Uuid::from_u128(u128::try_from(tenant).unwrap());
        let new = NewJob { due, ..job(id, (Some(tenant), lane), &key) };
        outbox::insert(&mut tx, &new, now()).await.unwrap();
    }
    let due = outbox::due(&mut tx, minutes(1), (2, 10)).await.unwrap();
    assert_eq!(due.iter().filter(|row| row.lane == "sms").count(), 10);
    assert_eq!(due.last().map(|row| row.lane.as_str()), Some("email"));
}
