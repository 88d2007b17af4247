//! The way back: what is taken back comes again as it was, and nothing is lost
//! that no backup holds.

use std::path::PathBuf;
use store::backup::{self, BackupError};
use store::migrate::down::DownError;
use store::testing::Bench;
use store::{fetch_all, on_both_backends};

const SQLITE: &str = "SELECT type || ' ' || name || ' ' || tbl_name || ' ' || COALESCE(sql, '')
  FROM sqlite_master WHERE name NOT LIKE 'sqlite%' ORDER BY 1";
const POSTGRES: &str = "SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type
    || ' ' || is_nullable || ' ' || COALESCE(column_default, '')
    FROM information_schema.columns WHERE table_schema = 'public'
  UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
  UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
  UNION ALL SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL SELECT 'function ' || proname || ' ' || prosrc FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace
  UNION ALL SELECT 'policy ' || tablename || ' ' || policyname || ' ' || COALESCE(qual, '')
    FROM pg_policies WHERE schemaname = 'public'
  UNION ALL SELECT 'security ' || relname || relrowsecurity || relforcerowsecurity
    FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
  ORDER BY 1";

async fn schema(bench: &Bench) -> Vec<String> {
    // Another one: a connection may remember what was.
    let db = bench.another().await;
    let mut reader = db.read_directory().await.unwrap();
    let sql = if db.engine() == "sqlite" { SQLITE } else { POSTGRES };
    fetch_all!(reader, sql => (String,)).unwrap().into_iter().map(|(text,)| text).collect()
}

const TENANTS: &str = "INSERT INTO tenants (tenant_id, name, settings, created_at, updated_at)
  VALUES (7, 'Cabinet Vaucluse', '{}', 1, 1)";
const TICKETS: &str = "INSERT INTO tickets (tenant_id, id, subject, category, created_by,
  created_at, updated_at) VALUES (7, 'a', 'une fuite', 'question', 'manual', 1, 1);
  INSERT INTO ticket_history (tenant_id, id, ticket_id, kind, author, body, created_at)
  VALUES (7, 'b', 'a', 'comment', 'camille@exemple.fr', 'vu', 1)";

fn file(bench: &Bench) -> PathBuf {
    let name = bench.url.rsplit('/').next().unwrap().replace(['?', '='], "_");
    let folder = bench.url.strip_prefix("sqlite://").map(|path| {
        PathBuf::from(path).parent().unwrap().file_name().unwrap().to_string_lossy().into_owned()
    });
    let name = format!("{}_{name}.saved", folder.unwrap_or_default());
    let path = std::env::temp_dir().join(name);
    let _ = std::fs::remove_file(&path);
    path
}

async fn what_is_taken_back_comes_again_as_it_was(bench: Bench) {
    let before = schema(&bench).await;
    let first = bench.db.migrate_down(None, None).await.unwrap();
    assert_eq!(first.versions.len(), 1);
    assert_ne!(schema(&bench).await, before);
    assert_eq!(bench.db.migrate().await.unwrap().applied, 1);
    assert_eq!(schema(&bench).await, before);
    let all = bench.db.migrate_down(Some(0), None).await.unwrap();
    assert_eq!((all.version, all.lost.len()), (0, 0));
    assert!(schema(&bench).await.iter().all(|what| what.contains("schema_migrations")));
    assert!(matches!(bench.db.migrate_down(Some(0), None).await, Err(DownError::Nothing(0))));
    assert_eq!(bench.db.migrate().await.unwrap().applied, all.versions.len());
    assert_eq!(schema(&bench).await, before);
}

async fn rows_are_not_lost_without_a_backup_of_now(bench: Bench) {
    bench.prompt(TENANTS).await.unwrap();
    bench.prompt(TICKETS).await.unwrap();
    let before = schema(&bench).await;
    let refused = bench.db.migrate_down(Some(0), None).await.unwrap_err();
    assert!(refused.to_string().contains("ticket_history: 1 rows"), "{refused}");
    let saved = file(&bench);
    let missing = bench.db.migrate_down(Some(0), Some(&saved)).await;
    assert!(
        matches!(missing, Err(DownError::Backup(BackupError::Unreadable { .. }))),
        "{missing:?}"
    );
    bench.db.backup(&saved).await.unwrap();
    assert!(matches!(bench.db.backup(&saved).await, Err(BackupError::Exists(_))));
    bench.prompt("UPDATE tickets SET subject = 'une grande fuite'").await.unwrap();
    let old = bench.db.migrate_down(Some(0), Some(&saved)).await;
    let differs =
        matches!(&old, Err(DownError::Backup(BackupError::NotCurrent(t))) if t == "tickets");
    assert!(differs, "{old:?}");
    assert_eq!(schema(&bench).await, before, "nothing was taken back");
    bench.prompt("UPDATE tickets SET subject = 'une fuite'").await.unwrap();
    let done = bench.db.migrate_down(Some(0), Some(&saved)).await.unwrap();
    assert!(done.lost.iter().any(|loss| loss.table == "tenants" && loss.rows == 1));
    backup::restore(&bench.url, &saved).await.unwrap();
    assert_eq!(schema(&bench).await, before);
    let db = bench.another().await;
    let mut reader = db.read(domain::id::TenantId(7)).await.unwrap();
    let rows = "SELECT t.subject || ' ' || h.body FROM tickets t
      JOIN ticket_history h ON h.ticket_id = t.id AND h.tenant_id = t.tenant_id";
    assert_eq!(fetch_all!(reader, rows => (String,)).unwrap(), [("une fuite vu".to_owned(),)]);
    let again = backup::restore(&bench.url, &saved).await;
    assert!(matches!(again, Err(BackupError::NotEmpty)), "{again:?}");
    std::fs::remove_file(saved).unwrap();
}

async fn a_file_that_is_no_backup_is_not_believed(bench: Bench) {
    bench.prompt(TENANTS).await.unwrap();
    let saved = file(&bench);
    bench.db.backup(&saved).await.unwrap();
    let whole = std::fs::read(&saved).unwrap();
    for broken in [&b"hello"[..], &whole[..whole.len() / 2], &[]] {
        std::fs::write(&saved, broken).unwrap();
        let refused = bench.db.migrate_down(Some(0), Some(&saved)).await;
        assert!(matches!(refused, Err(DownError::Backup(_))), "{refused:?}");
    }
    std::fs::remove_file(saved).unwrap();
}

on_both_backends!(
    what_is_taken_back_comes_again_as_it_was,
    rows_are_not_lost_without_a_backup_of_now,
    a_file_that_is_no_backup_is_not_believed,
);
