use std::collections::{BTreeMap, BTreeSet};
use store::testing::Bench;
use store::{directory, fetch_all, on_both_backends};

type Tables = BTreeMap<String, BTreeSet<String>>;

const SQLITE: &str = "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
  WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER BY 1, 2";
const POSTGRES: &str = "SELECT table_name::text, column_name::text FROM information_schema.columns
  WHERE table_schema = 'public' ORDER BY 1, 2";

async fn tables(bench: &Bench) -> Tables {
    let mut reader = bench.db.read_directory().await.unwrap();
    let sql = if bench.db.engine() == "sqlite" { SQLITE } else { POSTGRES };
    let mut tables = Tables::new();
    for (table, column) in fetch_all!(reader, sql => (String, String)).unwrap() {
        tables.entry(table).or_default().insert(column);
    }
    tables
}

#[tokio::test]
async fn both_databases_have_the_same_tables_and_columns() {
    let Some(server) = Bench::postgres().await else { return };
    let mut file = tables(&Bench::sqlite().await).await;
    let mut server = tables(&server).await;
    // The one difference: the first documents give this table's columns per database.
    let routing = file.remove("tenant_routing").unwrap();
    assert_eq!(routing, ["channel", "did_key", "tenant_id", "created_at"].map(String::from).into());
    let routing = server.remove("tenant_routing").unwrap();
    let expected = ["channel", "key", "tenant_id", "is_active", "updated_at"];
    assert_eq!(routing, expected.map(String::from).into());
    assert_eq!(file, server);
}

async fn migrating_again_does_nothing(bench: Bench) {
    let again = bench.db.migrate().await.unwrap();
    assert_eq!(again.applied, 0);
}

async fn instances_that_start_together_migrate_once(bench: Bench) {
    let other = bench.another().await;
    let (one, two) = tokio::join!(bench.db.migrate(), other.migrate());
    assert_eq!(one.unwrap().applied + two.unwrap().applied, 0);
}

on_both_backends!(migrating_again_does_nothing, instances_that_start_together_migrate_once);

#[tokio::test]
async fn every_table_of_a_tenant_has_row_security() {
    let Some(bench) = Bench::postgres().await else { return };
    let mut reader = bench.db.read_directory().await.unwrap();
    let open = "SELECT relname::text FROM pg_class
      WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
        AND NOT (relrowsecurity AND relforcerowsecurity)";
    let open: BTreeSet<String> =
        fetch_all!(reader, open => (String,)).unwrap().into_iter().map(|(name,)| name).collect();
    let mut expected: BTreeSet<String> = directory::TABLES.iter().map(|t| t.to_string()).collect();
    expected.insert("schema_migrations".to_owned());
    assert_eq!(open, expected);
}
