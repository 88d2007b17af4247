//! The second wall on Postgres, attacked with raw connections: whatever the
//! code above forgets, no row of another tenant is read, changed or made.
//!
//! The tables come from the catalogue, so that a new one is attacked too.

use std::collections::BTreeSet;
use store::sqlx::{self, AssertSqlSafe, Connection as _, Executor as _, PgConnection, Row as _};
use store::testing::Bench;
use store::{Db, directory, fetch_optional};

const VICTIM: i64 = 7;
const ATTACKER: i64 = 8;

/// A table with rows of tenants: its name, the column of the tenant, and every
/// column with its type.
struct Table {
    name: String,
    key: String,
    columns: Vec<(String, String)>,
}

const COLUMNS: &str = "SELECT c.table_name::text, c.column_name::text, c.data_type::text
  FROM information_schema.columns c
  JOIN information_schema.tables t USING (table_schema, table_name)
  WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER'
  ORDER BY c.table_name, c.ordinal_position";

async fn tables_of_tenants(owner: &mut PgConnection) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    for row in owner.fetch_all(COLUMNS).await.unwrap() {
        let (name, column, kind): (String, String, String) = (row.get(0), row.get(1), row.get(2));
        if tables.last().is_none_or(|last| last.name != name) {
            tables.push(Table { name, key: String::new(), columns: Vec::new() });
        }
        let table = tables.last_mut().unwrap();
        if ["tenant_id", "client_id"].contains(&column.as_str()) {
            table.key = column.clone();
        }
        table.columns.push((column, kind));
    }
    tables.retain(|table| !table.key.is_empty() && !directory::TABLES.contains(&&*table.name));
    tables
}

impl Table {
    /// A row of this tenant; rows with another mark differ in every column.
    fn insert(&self, tenant: i64, mark: i64) -> String {
        let names: Vec<_> = self.columns.iter().map(|(name, _)| name.as_str()).collect();
        let values = self.columns.iter().enumerate().map(|(place, (name, kind))| {
            if *name == self.key {
                return tenant.to_string();
            }
            match kind.as_str() {
                "bigint" | "integer" | "double precision" | "numeric" => {
                    (mark * 1_000 + place as i64).to_string()
                }
                "text" => format!("'{}-{mark}'", self.name),
                "boolean" => "true".to_owned(),
                "jsonb" | "json" => "'{}'".to_owned(),
                kind if kind.starts_with("timestamp") => "now()".to_owned(),
                other => panic!("{}.{name}: say how a value of type {other} looks", self.name),
            }
        });
        let values: Vec<String> = values.collect();
        format!("INSERT INTO {} ({}) VALUES ({})", self.name, names.join(", "), values.join(", "))
    }
}

/// One row of each of two tenants in every table, whatever constraints say:
/// only row security is asked about here.
async fn fill(owner: &mut PgConnection, tables: &[Table]) {
    owner.execute("SET session_replication_role = replica").await.unwrap();
    let checks = "SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname)
      FROM pg_constraint WHERE contype = 'c' AND conrelid <> 0
        AND connamespace = 'public'::regnamespace";
    for row in owner.fetch_all(checks).await.unwrap() {
        owner.execute(AssertSqlSafe(row.get::<String, _>(0))).await.unwrap();
    }
    for table in tables {
        for tenant in [VICTIM, ATTACKER] {
            owner.execute(AssertSqlSafe(table.insert(tenant, tenant))).await.unwrap();
        }
    }
}

/// For whom the attacker's connection says that it works.
const VIEWS: [Option<&str>; 4] = [None, Some(""), Some("8"), Some("7 OR true")];

async fn touched(conn: &mut PgConnection, sql: String) -> Result<u64, String> {
    let done = conn.execute(AssertSqlSafe(sql)).await;
    done.map(|done| done.rows_affected()).map_err(|error| {
        error.as_database_error().and_then(|told| told.code()).unwrap_or_default().into_owned()
    })
}

/// The code of a row that row security refuses, and of a missing right.
const NOT_ALLOWED: &str = "42501";
/// The code of a text that is no number.
const NO_NUMBER: &str = "22P02";

async fn attack(conn: &mut PgConnection, table: &Table, view: Option<&str>) {
    let Table { name, key, .. } = table;
    // A name of a tenant that is no number is an error, and so reads nothing.
    let is_error = |got: &Result<u64, String>, code: &str| {
        got.as_ref().is_err_and(|told| [code, NO_NUMBER].contains(&told.as_str()))
    };
    for sql in [
        format!("SELECT 1 FROM {name} WHERE {key} = {VICTIM}"),
        format!("SELECT 1 FROM {name} WHERE {key} <> {ATTACKER}"),
        format!("UPDATE {name} SET {key} = {key} WHERE {key} = {VICTIM}"),
        format!("UPDATE {name} SET {key} = {ATTACKER} WHERE {key} = {VICTIM}"),
        format!("DELETE FROM {name} WHERE {key} = {VICTIM}"),
    ] {
        let got = touched(conn, sql.clone()).await;
        assert!(got == Ok(0) || is_error(&got, NO_NUMBER), "as {view:?}: {sql}: {got:?}");
    }
    let got = touched(conn, table.insert(VICTIM, 99)).await;
    assert!(is_error(&got, NOT_ALLOWED), "as {view:?}, a row made for another in {name}: {got:?}");
    if view == Some("8") {
        let sql = format!("SELECT 1 FROM {name}");
        assert_eq!(touched(conn, sql).await, Ok(1), "{name}: the own row is there");
        let sql = format!("UPDATE {name} SET {key} = {VICTIM} WHERE {key} = {ATTACKER}");
        let got = touched(conn, sql).await;
        assert!(is_error(&got, NOT_ALLOWED), "a row given away in {name}: {got:?}");
    }
}

async fn attack_all(url: &str, owner: &mut PgConnection, step_down: &'static str) {
    let tables = tables_of_tenants(owner).await;
    assert!(tables.len() >= 10, "the catalogue names the tables");
    fill(owner, &tables).await;
    for view in VIEWS {
        let mut conn = PgConnection::connect(url).await.unwrap();
        conn.execute(step_down).await.unwrap();
        if let Some(view) = view {
            let set = sqlx::query("SELECT set_config('uwi.tenant_id', $1, false)").bind(view);
            set.execute(&mut conn).await.unwrap();
        }
        for table in &tables {
            attack(&mut conn, table, view).await;
        }
    }
    for Table { name, key, .. } in &tables {
        let sql = format!("SELECT 1 FROM {name} WHERE {key} = {VICTIM}");
        assert_eq!(touched(owner, sql).await, Ok(1), "{name}: the row has outlived the attacks");
    }
}

#[tokio::test]
async fn the_operators_superuser_url_opens_no_other_tenants_rows() {
    let Some(bench) = Bench::postgres().await else { return };
    let mut reader = bench.db.read_directory().await.unwrap();
    let role = "SELECT current_user::text, rolsuper OR rolbypassrls FROM pg_roles
      WHERE rolname = current_user";
    let role = fetch_optional!(reader, role => (String, bool)).unwrap();
    assert_eq!(role, Some(("uwi_app".to_owned(), false)));
    drop(reader);
    let mut owner = PgConnection::connect(&bench.url).await.unwrap();
    attack_all(&bench.url, &mut owner, "SET ROLE uwi_app").await;
    let mut conn = PgConnection::connect(&bench.url).await.unwrap();
    conn.execute("SET ROLE uwi_app").await.unwrap();
    for Table { name, .. } in tables_of_tenants(&mut owner).await {
        for sql in [
            format!("TRUNCATE {name}"),
            format!("ALTER TABLE {name} DISABLE ROW LEVEL SECURITY"),
            format!("ALTER TABLE {name} NO FORCE ROW LEVEL SECURITY"),
            format!("CREATE POLICY mine ON {name} USING (true)"),
        ] {
            let got = touched(&mut conn, sql.clone()).await;
            assert_eq!(got, Err(NOT_ALLOWED.to_owned()), "{sql}");
        }
    }
}

/// A database whose owner is an ordinary role: the tables are the
/// application's own, and only `FORCE` binds it.
async fn owned_by_an_ordinary_role(bench: &Bench) -> (String, PgConnection) {
    let mut owner = PgConnection::connect(&bench.url).await.unwrap();
    let role = "DO $$ BEGIN CREATE ROLE uwi_ordinary LOGIN PASSWORD 'wall';
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$";
    owner.execute(role).await.unwrap();
    let (place, name) = bench.url.rsplit_once('/').unwrap();
    let name = format!("{}_own", name.split('?').next().unwrap());
    let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    owner.execute(AssertSqlSafe(drop)).await.unwrap();
    let make = format!("CREATE DATABASE {name} OWNER uwi_ordinary");
    owner.execute(AssertSqlSafe(make)).await.unwrap();
    let host = place.rsplit(['@', '/']).next().unwrap();
    let superuser = format!("{place}/{name}");
    let ordinary = format!("postgres://uwi_ordinary:wall@{host}/{name}");
    Db::open(&ordinary).await.unwrap().migrate().await.unwrap();
    (ordinary, PgConnection::connect(&superuser).await.unwrap())
}

#[tokio::test]
async fn an_ordinary_owner_of_the_tables_reads_no_other_tenants_rows() {
    let Some(bench) = Bench::postgres().await else { return };
    let (url, mut owner) = owned_by_an_ordinary_role(&bench).await;
    attack_all(&url, &mut owner, "SELECT 1").await;
}

#[tokio::test]
async fn a_backup_as_an_ordinary_owner_holds_everything_and_waits_for_nobody() {
    let Some(bench) = Bench::postgres().await else { return };
    let (url, mut owner) = owned_by_an_ordinary_role(&bench).await;
    let tables = tables_of_tenants(&mut owner).await;
    fill(&mut owner, &tables).await;
    for tenant in [VICTIM, ATTACKER] {
        let sql = format!(
            "INSERT INTO tenants (tenant_id, name, timezone, settings, created_at, updated_at)
             VALUES ({tenant}, 'x', 'Europe/Paris', '{{}}', 0, 0)"
        );
        owner.execute(AssertSqlSafe(sql)).await.unwrap();
    }
    // Somebody is at work in every table.
    owner.execute("BEGIN").await.unwrap();
    for table in &tables {
        let sql = format!("LOCK TABLE {} IN ROW EXCLUSIVE MODE", table.name);
        owner.execute(AssertSqlSafe(sql)).await.unwrap();
    }
    let file = std::env::temp_dir().join(format!("uwi_backup_{}", std::process::id()));
    let db = Db::open(&url).await.unwrap();
    let saving = tokio::time::timeout(std::time::Duration::from_secs(20), db.backup(&file));
    saving.await.expect("nobody is waited for").unwrap();
    let saved = std::fs::read_to_string(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    for table in &tables {
        let start = format!("{}\t", table.name);
        let rows = saved.lines().filter(|line| line.starts_with(&start)).count();
        assert_eq!(rows, 2, "{}", table.name);
    }
}

#[tokio::test]
async fn a_connection_forgets_its_tenant_with_the_transaction() {
    let Some(bench) = Bench::postgres().await else { return };
    let mut owner = PgConnection::connect(&bench.url).await.unwrap();
    let tables = tables_of_tenants(&mut owner).await;
    fill(&mut owner, &tables).await;
    let count = "SELECT count(*) FROM call_logs";
    // More than the pool holds: each connection has served the other tenant.
    for _ in 0..20 {
        let tx = bench.db.begin(domain::id::TenantId(VICTIM)).await.unwrap();
        tx.commit().await.unwrap();
        let mut reader = bench.db.read_directory().await.unwrap();
        assert_eq!(fetch_optional!(reader, count => (i64,)).unwrap(), Some((0,)));
    }
}

#[tokio::test]
async fn nothing_in_the_schema_goes_around_the_wall() {
    let Some(bench) = Bench::postgres().await else { return };
    let mut owner = PgConnection::connect(&bench.url).await.unwrap();
    for (what, sql) in [
        (
            "a function with its owner's rights",
            "SELECT proname::text FROM pg_proc
              WHERE pronamespace = 'public'::regnamespace AND prosecdef",
        ),
        (
            "a view, which would read with its owner's rights",
            "SELECT relname::text FROM pg_class
              WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')",
        ),
        (
            "a policy that is not the tenant's own",
            "SELECT tablename || ': ' || coalesce(qual, '') FROM pg_policies
              WHERE schemaname = 'public' AND qual NOT IN (
                $$(tenant_id = (NULLIF(current_setting('uwi.tenant_id'::text, true), ''::text))::bigint)$$,
                $$(client_id = (NULLIF(current_setting('uwi.tenant_id'::text, true), ''::text))::bigint)$$)",
        ),
    ] {
        let found: BTreeSet<String> =
            owner.fetch_all(sql).await.unwrap().iter().map(|row| row.get(0)).collect();
        assert_eq!(found, BTreeSet::new(), "{what}");
    }
}
