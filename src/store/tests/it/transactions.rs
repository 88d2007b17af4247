use domain::id::TenantId;
use store::testing::Bench;
use store::{Db, StoreError, execute, fetch_optional, on_both_backends};

const TENANT: TenantId = TenantId(7);
const COUNT: &str = "SELECT calls FROM day_counters WHERE tenant_id = $1 AND day = $2";
const ADD: &str = "INSERT INTO day_counters (tenant_id, day, calls) VALUES ($1, $2, 1)
  ON CONFLICT (tenant_id, day) DO UPDATE SET calls = day_counters.calls + 1";

async fn add(db: &Db, day: &str) -> Result<(), StoreError> {
    let mut tx = db.begin(TENANT).await?;
    execute!(tx, ADD, TENANT.0, day)?;
    tx.commit().await
}

async fn count(db: &Db, day: &str) -> Option<i64> {
    let mut reader = db.read(TENANT).await.unwrap();
    fetch_optional!(reader, COUNT => (i64,), TENANT.0, day).unwrap().map(|(calls,)| calls)
}

async fn a_dropped_transaction_leaves_no_trace(bench: Bench) {
    let mut tx = bench.db.begin(TENANT).await.unwrap();
    execute!(tx, ADD, TENANT.0, "2026-11-23").unwrap();
    drop(tx);
    add(&bench.db, "2026-11-24").await.unwrap();
    assert_eq!(count(&bench.db, "2026-11-23").await, None);
    assert_eq!(count(&bench.db, "2026-11-24").await, Some(1));
}

async fn a_refused_statement_does_not_harm_the_others(bench: Bench) {
    let mut tx = bench.db.begin(TENANT).await.unwrap();
    execute!(tx, "INSERT INTO day_counters (tenant_id, day) VALUES ($1, NULL)", TENANT.0)
        .unwrap_err();
    drop(tx);
    add(&bench.db, "2026-11-24").await.unwrap();
    assert_eq!(count(&bench.db, "2026-11-24").await, Some(1));
}

async fn many_at_once_all_count(bench: Bench) {
    let tasks: Vec<_> = (0..200)
        .map(|_| {
            let db = bench.db.clone();
            tokio::spawn(async move { add(&db, "2026-11-24").await })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert_eq!(count(&bench.db, "2026-11-24").await, Some(200));
}

async fn callers_who_hang_up_never_wedge_the_writer(bench: Bench) {
    // Each is dropped after another number of polls, so somewhere else each time.
    for polls in 0..60 {
        let db = bench.db.clone();
        let mut abandoned = Box::pin(async move { add(&db, "2026-11-23").await });
        for _ in 0..polls {
            if futures::poll!(abandoned.as_mut()).is_ready() {
                break;
            }
            tokio::task::yield_now().await;
        }
        let db = bench.db.clone();
        let kept = tokio::spawn(async move { add(&db, "2026-11-24").await });
        drop(abandoned);
        kept.await.unwrap().unwrap();
    }
    assert_eq!(count(&bench.db, "2026-11-24").await, Some(60));
}

async fn a_tenant_is_invisible_to_the_others(bench: Bench) {
    add(&bench.db, "2026-11-24").await.unwrap();
    let mut reader = bench.db.read(TenantId(8)).await.unwrap();
    let seen = fetch_optional!(reader, COUNT => (i64,), TENANT.0, "2026-11-24").unwrap();
    // SQLite has no second wall: there the statement's own tenant is the only one.
    assert_eq!(seen.is_none(), bench.db.engine() == "postgres");
}

async fn a_reader_sees_one_moment(bench: Bench) {
    add(&bench.db, "2026-11-24").await.unwrap();
    let mut reader = bench.db.read(TENANT).await.unwrap();
    let refused = execute!(reader, ADD, TENANT.0, "2026-11-24");
    assert!(refused.is_err(), "a reader cannot write");
}

on_both_backends!(
    a_dropped_transaction_leaves_no_trace,
    a_refused_statement_does_not_harm_the_others,
    many_at_once_all_count,
    callers_who_hang_up_never_wedge_the_writer,
    a_tenant_is_invisible_to_the_others,
    a_reader_sees_one_moment,
);
