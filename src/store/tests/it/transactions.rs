use domain::id::TenantId;
use store::testing::Bench;
use store::{Db, StoreError, execute, execute_later, fetch_optional, on_both_backends};

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
    batches_all_count,
    a_batch_that_is_refused_harms_no_other,
    a_value_may_be_given_twice_and_in_any_order,
    what_was_written_later_is_read_in_the_same_transaction,
);

#[tokio::test]
async fn a_full_disk_says_so_and_harms_nobody_else() {
    let bench = Bench::sqlite().await;
    let mut tx = bench.db.begin(TENANT).await.unwrap();
    let (pages,) = fetch_optional!(tx, "PRAGMA page_count" => (i64,)).unwrap().unwrap();
    let limit = store::sqlx::AssertSqlSafe(format!("PRAGMA max_page_count = {}", pages + 2));
    store::on!(tx, |conn| store::sqlx::raw_sql(limit).execute(conn).await.map(|_| ())).unwrap();
    tx.commit().await.unwrap();
    let mut tx = bench.db.begin(TENANT).await.unwrap();
    // Longer than what is left.
    let refused = execute!(tx, ADD, TENANT.0, "x".repeat(20_000));
    assert_eq!(refused, Err(StoreError::Full));
    let small: Vec<_> = (0..8)
        .map(|_| {
            let db = bench.db.clone();
            tokio::spawn(async move { add(&db, "2026-11-24").await })
        })
        .collect();
    drop(tx);
    for task in small {
        assert_eq!(task.await.unwrap(), Ok(()));
    }
    assert_eq!(count(&bench.db, "2026-11-24").await, Some(8));
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

/// A transaction that only writes, and is committed together with others.
async fn add_later(db: &Db, day: &str, expected: u64) -> Result<(), StoreError> {
    let mut tx = db.begin(TENANT).await?;
    execute_later!(tx, Some(expected), ADD, TENANT.0, day)?;
    tx.commit().await
}

async fn batches_all_count(bench: Bench) {
    let tasks: Vec<_> = (0..200)
        .map(|_| {
            let db = bench.db.clone();
            tokio::spawn(async move { add_later(&db, "2026-11-24", 1).await })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert_eq!(count(&bench.db, "2026-11-24").await, Some(200));
}

async fn a_batch_that_is_refused_harms_no_other(bench: Bench) {
    let mut first = bench.db.begin(TENANT).await.unwrap();
    execute!(first, ADD, TENANT.0, "2026-11-23").unwrap();
    // They wait for the first, on SQLite as one group.
    let tasks: Vec<_> = (0..30)
        .map(|index| {
            let db = bench.db.clone();
            tokio::spawn(async move {
                match index % 10 {
                    3 => add_later(&db, "2026-11-25", 7).await,
                    6 => add_null(&db).await,
                    _ => add_later(&db, "2026-11-24", 1).await,
                }
            })
        })
        .collect();
    tokio::task::yield_now().await;
    first.commit().await.unwrap();
    for (index, task) in tasks.into_iter().enumerate() {
        match (index % 10, task.await.unwrap()) {
            (3, outcome) => assert_eq!(outcome, Err(StoreError::Conflict)),
            (6, outcome) => assert!(matches!(outcome, Err(StoreError::Refused(_))), "{outcome:?}"),
            (_, outcome) => assert_eq!(outcome, Ok(())),
        }
    }
    assert_eq!(count(&bench.db, "2026-11-24").await, Some(24));
    assert_eq!(count(&bench.db, "2026-11-25").await, None);
}

/// Begins well and is refused by the schema.
async fn add_null(db: &Db) -> Result<(), StoreError> {
    let mut tx = db.begin(TENANT).await?;
    execute_later!(tx, None, ADD, TENANT.0, "2026-11-25")?;
    let nothing: Option<&str> = None;
    execute_later!(tx, None, ADD, TENANT.0, nothing)?;
    tx.commit().await
}

async fn a_value_may_be_given_twice_and_in_any_order(bench: Bench) {
    const TWICE: &str = "INSERT INTO day_counters (day, tenant_id, calls, bookings)
      VALUES ($2, $1, $3, $3)";
    let mut tx = bench.db.begin(TENANT).await.unwrap();
    execute_later!(tx, Some(1), TWICE, TENANT.0, "2026-11-24", 4_i64).unwrap();
    tx.commit().await.unwrap();
    assert_eq!(count(&bench.db, "2026-11-24").await, Some(4));
}

async fn what_was_written_later_is_read_in_the_same_transaction(bench: Bench) {
    let mut tx = bench.db.begin(TENANT).await.unwrap();
    execute_later!(tx, Some(1), ADD, TENANT.0, "2026-11-24").unwrap();
    let (calls,) = fetch_optional!(tx, COUNT => (i64,), TENANT.0, "2026-11-24").unwrap().unwrap();
    assert_eq!(calls, 1);
    drop(tx);
    assert_eq!(count(&bench.db, "2026-11-24").await, None);
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

#[tokio::test]
async fn who_gives_up_while_opening_leaves_nothing_open() {
    let Some(bench) = Bench::postgres().await else { return };
    for _ in 0..40 {
        let given_up = std::time::Duration::ZERO;
        let _ = tokio::time::timeout(given_up, bench.db.read(TENANT)).await;
        let _ = tokio::time::timeout(given_up, bench.db.begin(TENANT)).await;
    }
    let setting = "SELECT COALESCE(current_setting('uwi.tenant_id', true), '')";
    for day in 0..40 {
        let mut reader = bench.db.read_directory().await.unwrap();
        let found = fetch_optional!(reader, setting => (String,)).unwrap();
        assert_eq!(found, Some((String::new(),)));
        add(&bench.db, &day.to_string()).await.unwrap();
    }
}
