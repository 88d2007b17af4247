//! A server's rows, one to a line: `table`, a tab, the row as JSON. The first
//! line names the migrations that were applied, the last one how many rows
//! there are, so that half a file is recognised.

use super::BackupError;
use crate::StoreError;
use crate::migrate::{DONE, JOURNAL, LOCK, MIGRATIONS, NOTE};
use futures::TryStreamExt as _;
use sqlx::{AssertSqlSafe, Executor as _, PgConnection};
use std::collections::{BTreeMap, hash_map::DefaultHasher};
use std::fs::File;
use std::hash::{Hash as _, Hasher as _};
use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::path::Path;

/// How the first line begins.
const MARK: &str = "uwi-backup 1 postgres ";
/// How the last line begins.
const END: &str = "end ";

/// Every table but the journal, those that others refer to first.
const TABLES: &str = "SELECT relname::text FROM pg_class
  WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
    AND relname <> 'schema_migrations' ORDER BY oid";

/// Every tenant: each row of a tenant's tables is of one of these.
const TENANTS: &str = "SELECT tenant_id FROM tenants ORDER BY tenant_id";
/// Lets the rows of one tenant be seen, within the transaction.
const AS_TENANT: &str = "SELECT set_config('uwi.tenant_id', $1, true)";

/// How many rows there are, and what they are together in any order.
type Sum = (u64, u64);

/// Lets the owner of a table see all of its rows, within the transaction.
pub(crate) async fn open_to_owner(conn: &mut PgConnection, table: &str) -> Result<(), sqlx::Error> {
    force(conn, table, "NO FORCE").await
}

/// Takes that back.
pub(crate) async fn close_to_owner(
    conn: &mut PgConnection,
    table: &str,
) -> Result<(), sqlx::Error> {
    force(conn, table, "FORCE").await
}

/// True where row security is on and binds this login.
async fn is_bound(conn: &mut PgConnection, table: &str) -> Result<bool, sqlx::Error> {
    const BOUND: &str = "SELECT c.relrowsecurity AND NOT (r.rolsuper OR r.rolbypassrls)
      FROM pg_class c, pg_roles r
      WHERE c.relname = $1 AND c.relnamespace = current_schema()::regnamespace
        AND r.rolname = session_user";
    let bound: Option<(bool,)> =
        sqlx::query_as(BOUND).bind(table).fetch_optional(&mut *conn).await?;
    Ok(bound == Some((true,)))
}

async fn force(
    conn: &mut PgConnection,
    table: &str,
    word: &'static str,
) -> Result<(), sqlx::Error> {
    if is_bound(conn, table).await? {
        let sql = format!("ALTER TABLE {table} {word} ROW LEVEL SECURITY");
        conn.execute(AssertSqlSafe(sql)).await?;
    }
    Ok(())
}

async fn tables(conn: &mut PgConnection) -> Result<Vec<String>, sqlx::Error> {
    let rows: Vec<(String,)> = sqlx::query_as(TABLES).fetch_all(conn).await?;
    Ok(rows.into_iter().map(|(name,)| name).collect())
}

fn rows_of(table: &str) -> AssertSqlSafe<String> {
    AssertSqlSafe(format!("SELECT row_to_json(r)::text FROM {table} r"))
}

/// Writes everything, as of one instant. It only reads, and locks nobody out.
pub(super) async fn save(conn: &mut PgConnection, file: &Path) -> Result<(), BackupError> {
    conn.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
    let saved = write(conn, file).await;
    conn.execute("ROLLBACK").await?;
    if saved.is_err() {
        let _ = std::fs::remove_file(file);
    }
    saved
}

async fn write(conn: &mut PgConnection, file: &Path) -> Result<(), BackupError> {
    let failed =
        |error: std::io::Error| StoreError::Unavailable(format!("{}: {error}", file.display()));
    let mut out = BufWriter::new(File::create_new(file).map_err(failed)?);
    let done: Vec<(i64,)> = sqlx::query_as(DONE).fetch_all(&mut *conn).await?;
    let versions: Vec<String> = done.iter().map(|(version,)| version.to_string()).collect();
    writeln!(out, "{MARK}{}", versions.join(",")).map_err(failed)?;
    let mut count: u64 = 0;
    let tenants: Vec<(i64,)> = sqlx::query_as(TENANTS).fetch_all(&mut *conn).await?;
    for table in tables(conn).await? {
        // Where row security binds us we are one tenant after the other.
        let bound = is_bound(conn, &table).await?;
        let visits = if bound { tenants.iter().map(Some).collect() } else { vec![None] };
        for tenant in visits {
            if let Some((tenant,)) = tenant {
                sqlx::query(AS_TENANT).bind(tenant.to_string()).execute(&mut *conn).await?;
            }
            let mut rows = sqlx::query_as(rows_of(&table)).fetch(&mut *conn);
            while let Some(row) = rows.try_next().await? {
                let (row,): (String,) = row;
                writeln!(out, "{table}\t{row}").map_err(failed)?;
                count += 1;
            }
        }
    }
    writeln!(out, "{END}{count}").map_err(failed)?;
    out.into_inner().map_err(|error| failed(error.into_error()))?.sync_all().map_err(failed)?;
    Ok(())
}

/// What a backup holds, read to its end.
struct Saved {
    versions: Vec<i64>,
    sums: BTreeMap<String, Sum>,
}

fn lines(file: &Path) -> Result<impl Iterator<Item = std::io::Result<String>>, BackupError> {
    let open = File::open(file).map_err(|error| BackupError::unreadable(file, error))?;
    Ok(BufReader::new(open).lines())
}

fn read(file: &Path) -> Result<Saved, BackupError> {
    let bad = |why: &str| BackupError::unreadable(file, why);
    let mut lines = lines(file)?;
    let first = lines.next().and_then(Result::ok).unwrap_or_default();
    let versions = first.strip_prefix(MARK).ok_or_else(|| bad("it is not ours"))?;
    let versions: Result<Vec<i64>, _> = versions.split(',').map(str::parse).collect();
    let mut sums: BTreeMap<String, Sum> = BTreeMap::new();
    let (mut count, mut end) = (0_u64, None);
    for line in lines {
        let line = line.map_err(|error| BackupError::unreadable(file, error))?;
        match line.split_once('\t') {
            Some((table, row)) => {
                add(sums.entry(table.to_owned()).or_default(), row);
                count += 1;
            }
            None => end = line.strip_prefix(END).and_then(|number| number.parse().ok()),
        }
    }
    if end != Some(count) {
        return Err(bad("its end is missing"));
    }
    Ok(Saved { versions: versions.map_err(|_| bad("its first line is damaged"))?, sums })
}

fn add(sum: &mut Sum, row: &str) {
    let mut hash = DefaultHasher::new();
    row.hash(&mut hash);
    *sum = (sum.0 + 1, sum.1.wrapping_add(hash.finish()));
}

/// True when the backup holds exactly the rows of these tables.
pub(crate) async fn holds(
    conn: &mut PgConnection,
    file: &Path,
    tables: &[String],
) -> Result<(), BackupError> {
    let saved = read(file)?;
    for table in tables {
        open_to_owner(conn, table).await?;
        let mut sum = Sum::default();
        let mut rows = sqlx::query_as(rows_of(table)).fetch(&mut *conn);
        while let Some(row) = rows.try_next().await? {
            let (row,): (String,) = row;
            add(&mut sum, &row);
        }
        drop(rows);
        close_to_owner(conn, table).await?;
        if saved.sums.get(table).copied().unwrap_or_default() != sum {
            return Err(BackupError::NotCurrent(table.clone()));
        }
    }
    Ok(())
}

/// Makes the schema of the backup and puts its rows into it, all or nothing.
pub(super) async fn restore(conn: &mut PgConnection, file: &Path) -> Result<(), BackupError> {
    let saved = read(file)?;
    conn.execute("BEGIN").await?;
    let restored = put_back(conn, file, &saved).await;
    conn.execute(if restored.is_ok() { "COMMIT" } else { "ROLLBACK" }).await?;
    restored
}

async fn put_back(conn: &mut PgConnection, file: &Path, saved: &Saved) -> Result<(), BackupError> {
    conn.execute(LOCK).await?;
    conn.execute(JOURNAL).await?;
    let done: Vec<(i64,)> = sqlx::query_as(DONE).fetch_all(&mut *conn).await?;
    if !done.is_empty() {
        return Err(BackupError::NotEmpty);
    }
    for version in &saved.versions {
        let known = MIGRATIONS.iter().find(|migration| migration.version == *version);
        let migration = known.ok_or(BackupError::Unknown(*version))?;
        sqlx::raw_sql(migration.up.postgres).execute(&mut *conn).await?;
        sqlx::query(NOTE).bind(*version).execute(&mut *conn).await?;
    }
    let tables = tables(conn).await?;
    // What triggers made of the rows is among the rows.
    for table in &tables {
        open_to_owner(conn, table).await?;
        let sql = format!("ALTER TABLE {table} DISABLE TRIGGER USER");
        conn.execute(AssertSqlSafe(sql)).await?;
    }
    for line in lines(file)? {
        let line = line.map_err(|error| BackupError::unreadable(file, error))?;
        let Some((table, row)) = line.split_once('\t') else { continue };
        if !tables.iter().any(|known| known == table) {
            return Err(BackupError::unreadable(file, format!("{table} is no table")));
        }
        let sql = format!(
            "INSERT INTO {table} SELECT * FROM json_populate_record(NULL::{table}, $1::json)"
        );
        sqlx::query(AssertSqlSafe(sql)).bind(row).execute(&mut *conn).await?;
    }
    for table in &tables {
        let sql = format!("ALTER TABLE {table} ENABLE TRIGGER USER");
        conn.execute(AssertSqlSafe(sql)).await?;
        close_to_owner(conn, table).await?;
    }
    Ok(())
}
