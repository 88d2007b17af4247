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

#[tokio::test]
async fn a_full_disk_says_so_and_harms_nobody_else() {
    let bench = Bench::sqlite().await;
    let mut tx = bench.db.begin(TENANT).await.unwrap();
    let (pages,) = fetch_optional!(tx, "PRAGMA page_count" => (i64,)).unwrap().unwrap();
    let limit = store::sqlx::AssertSqlSafe(format!("PRAGMA max_page_count = {}", pages + 2));
    store::on!(tx, |conn| store::sqlx::raw_sql(limit).execute(conn).await.map(|_| ())).unwrap();
    tx.commit().await.unwrap();
    let fill = |db: Db, day: usize| async move {
        let mut tx = db.begin(TENANT).await?;
        // Longer than what is left.
        execute!(tx, ADD, TENANT.0, format!("{day}{}", "x".repeat(20_000)))?;
        tx.commit().await
    };
    let large: Vec<_> = (0..8).map(|day| tokio::spawn(fill(bench.db.clone(), day))).collect();
    let small: Vec<_> = (0..8)
        .map(|_| {
            let db = bench.db.clone();
            tokio::spawn(async move { add(&db, "2026-11-24").await })
        })
        .collect();
    for task in large {
        assert_eq!(task.await.unwrap(), Err(StoreError::Full));
    }
    let mut kept = 0;
    for task in small {
        kept += i64::from(task.await.unwrap().is_ok());
    }
    // Exactly those that were told so are there, and the writer goes on.
    assert_eq!(count(&bench.db, "2026-11-24").await.unwrap_or(0), kept);
    let mut tx = bench.db.begin(TENANT).await.unwrap();
    let limit = "PRAGMA max_page_count = 1000000";
    store::on!(tx, |conn| store::sqlx::raw_sql(limit).execute(conn).await.map(|_| ())).unwrap();
    tx.commit().await.unwrap();
    add(&bench.db, "2026-11-25").await.unwrap();
    assert_eq!(count(&bench.db, "2026-11-25").await, Some(1));
}

#[tokio::test]
async fn another_process_that_writes_is_waited_for() {
    let bench = Bench::sqlite().await;
    let other = bench.another().await;
    let (one, two) = tokio::join!(
        async {
            for _ in 0..50 {
                add(&bench.db, "2026-11-24").await.unwrap();
            }
        },
        async {
            for _ in 0..50 {
                add(&other, "2026-11-24").await.unwrap();
            }
        }
    );
    let ((), ()) = (one, two);
    assert_eq!(count(&bench.db, "2026-11-24").await, Some(100));
}

#[tokio::test]
async fn whoever_hangs_up_at_the_beginning_keeps_no_other_process_waiting() {
    let bench = Bench::sqlite().await;
    let other = bench.another().await;
    for _ in 0..20 {
        {
            let begin = std::pin::pin!(bench.db.begin(TENANT));
            // Begun or half begun: dropped all the same.
            let _ = futures::poll!(begin);
        }
        add(&other, "2026-11-24").await.unwrap();
    }
    assert_eq!(count(&bench.db, "2026-11-24").await, Some(20));
}

#[tokio::test]
async fn what_was_never_sent_takes_nothing_committed_with_it() {
    let bench = Bench::sqlite().await;
    for _ in 0..20 {
        let mut tx = bench.db.begin(TENANT).await.unwrap();
        execute!(tx, ADD, TENANT.0, "2026-11-24").unwrap();
        let mut commit = std::pin::pin!(tx.commit());
        assert!(futures::poll!(commit.as_mut()).is_pending());
        // In line before the flusher, and gone without a word.
        drop(bench.db.begin(TENANT).await.unwrap());
        add(&bench.db, "2026-11-25").await.unwrap();
        commit.await.unwrap();
    }
    assert_eq!(count(&bench.db, "2026-11-24").await, Some(20));
    assert_eq!(count(&bench.db, "2026-11-25").await, Some(20));
}

#[tokio::test]
async fn a_transaction_of_one_tenant_cannot_write_for_another() {
    let Some(bench) = Bench::postgres().await else { return };
    let mut tx = bench.db.begin(TENANT).await.unwrap();
    let refused = execute!(tx, ADD, 8_i64, "2026-11-24");
    assert!(matches!(refused, Err(StoreError::Refused(_))), "{refused:?}");
    drop(tx);
    let mut tx = bench.db.begin_directory().await.unwrap();
    assert!(execute!(tx, ADD, 8_i64, "2026-11-24").is_err());
}

#[tokio::test]
async fn what_was_written_reaches_the_main_file_by_itself() {
    let bench = Bench::sqlite().await;
    let Db::Sqlite(file) = &bench.db else { panic!("a file was asked for") };
    for day in 0..50 {
        add(&bench.db, &format!("{day}{}", "x".repeat(20_000))).await.unwrap();
    }
    let grown = async {
        while std::fs::metadata(file.path()).unwrap().len() < 1_000_000 {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), grown).await.unwrap();
}
