use domain::id::TenantId;
use domain::phone::E164;
use domain::routing::{Channel, TestRoute};
use jiff::Timestamp;
use store::tenants::{self, TenantData};
use store::testing::Bench;
use store::{Sql, StoreError, fetch_all, fetch_optional, on_both_backends, routes};

const NUMBER: &str = "+33939240575";

fn test_route() -> TestRoute {
    TestRoute { number: number(NUMBER), tenant: TenantId(1) }
}

fn number(text: &str) -> E164 {
    E164::parse(text, "FR").unwrap()
}

fn now() -> Timestamp {
    "2026-11-23T09:00:00Z".parse().unwrap()
}

/// Two tenants, the guard locked, the test route written.
async fn ready(bench: &Bench) {
    let mut tx = bench.db.begin_directory().await.unwrap();
    let data = TenantData { name: "x", timezone: "Europe/Paris", settings: "{}" };
    for tenant in [1, 2] {
        tenants::insert(&mut tx, TenantId(tenant), &data, now()).await.unwrap();
    }
    routes::lock_guard(&mut tx, &test_route()).await.unwrap();
    let vocal = (Channel::Vocal, &number(NUMBER));
    routes::add_route(&mut tx, &test_route(), vocal, TenantId(1), now()).await.unwrap();
    tx.commit().await.unwrap();
}

async fn owner(bench: &Bench, key: &str) -> Option<i64> {
    let mut reader = bench.db.read_directory().await.unwrap();
    let found = routes::resolve(&mut reader, Channel::Vocal, &number(key)).await.unwrap();
    found.map(|tenant| tenant.0)
}

/// What somebody with an SQL prompt may try, on each database.
const ATTACKS: &[Sql] = &[
    Sql {
        sqlite: "INSERT OR REPLACE INTO tenant_routing (channel, did_key, tenant_id, created_at)
          VALUES ('vocal', '+33939240575', 2, datetime('now'))",
        postgres: "INSERT INTO tenant_routing (channel, key, tenant_id, is_active, updated_at)
          VALUES ('vocal', '+33939240575', 2, TRUE, now()) ON CONFLICT (channel, key)
          DO UPDATE SET tenant_id = EXCLUDED.tenant_id, is_active = TRUE, updated_at = now()",
    },
    Sql {
        sqlite: "UPDATE tenant_routing SET tenant_id = 2 WHERE did_key = '+33939240575'",
        postgres: "UPDATE tenant_routing SET tenant_id = 2 WHERE key = '+33939240575'",
    },
    Sql {
        sqlite: "UPDATE OR REPLACE tenant_routing SET did_key = '+33939240575' WHERE tenant_id = 2",
        postgres: "UPDATE tenant_routing SET key = '+33939240575' WHERE tenant_id = 2",
    },
    Sql {
        sqlite: "UPDATE OR IGNORE tenant_routing SET tenant_id = 2",
        postgres: "UPDATE tenant_routing SET is_active = FALSE WHERE key = '+33939240575'",
    },
    Sql {
        sqlite: "UPDATE tenant_routing SET did_key = '+33199000000' WHERE tenant_id = 1",
        postgres: "UPDATE tenant_routing SET key = '+33199000000' WHERE tenant_id = 1",
    },
    Sql {
        sqlite: "UPDATE tenant_routing SET channel = 'sms' WHERE tenant_id = 1",
        postgres: "UPDATE tenant_routing SET channel = 'sms' WHERE tenant_id = 1",
    },
    Sql { sqlite: "DELETE FROM tenant_routing", postgres: "DELETE FROM tenant_routing" },
    Sql {
        sqlite: "PRAGMA recursive_triggers = 1; INSERT OR REPLACE INTO tenant_routing
          VALUES ('vocal', '+33939240575', 2, 'x')",
        postgres: "TRUNCATE tenant_routing",
    },
    Sql {
        sqlite: "UPDATE route_guard SET tenant_id = 2",
        postgres: "UPDATE route_guard SET tenant_id = 2",
    },
    Sql { sqlite: "DELETE FROM route_guard", postgres: "DELETE FROM route_guard" },
    Sql {
        sqlite: "INSERT OR REPLACE INTO route_guard VALUES (1, '+33199000000', 2)",
        postgres: "TRUNCATE route_guard",
    },
    Sql {
        sqlite: "INSERT INTO tenant_routing VALUES ('vocal', ' +33939240575', 2, 'x')",
        postgres: "INSERT INTO tenant_routing (channel, key, tenant_id) VALUES ('vocal', ' +33939240575', 2)",
    },
    Sql {
        sqlite: "INSERT INTO tenant_routing VALUES ('vocal', '0939240575', 2, 'x')",
        postgres: "INSERT INTO tenant_routing (channel, key, tenant_id) VALUES ('vocal', '0939240575', 2)",
    },
    Sql {
        sqlite: "INSERT INTO tenant_routing VALUES ('whatsapp', '+33939240575', 2, 'x')",
        postgres: "INSERT INTO tenant_routing (channel, key, tenant_id)
          VALUES ('whatsapp', '+33939240575', 2)",
    },
    Sql {
        sqlite: "INSERT INTO tenant_routing VALUES ('VOCAL', '+33939240575', 2, 'x')",
        postgres: "INSERT INTO tenant_routing (channel, key, tenant_id) VALUES ('VOCAL', '+33939240575', 2)",
    },
];

async fn nobody_with_an_sql_prompt_takes_the_test_number_away(bench: Bench) {
    ready(&bench).await;
    let mut tx = bench.db.begin_directory().await.unwrap();
    let other = (Channel::Vocal, &number("+33199001111"));
    routes::add_route(&mut tx, &test_route(), other, TenantId(2), now()).await.unwrap();
    tx.commit().await.unwrap();
    for attack in ATTACKS {
        let sql = if bench.db.engine() == "sqlite" { attack.sqlite } else { attack.postgres };
        assert!(bench.prompt(sql).await.is_err(), "went through: {sql}");
        assert_eq!(owner(&bench, NUMBER).await, Some(1), "{sql}");
    }
    assert_eq!(owner(&bench, "+33199001111").await, Some(2));
}

async fn the_first_documents_statements_run_as_written(bench: Bench) {
    ready(&bench).await;
    const UPSERT: Sql = Sql {
        sqlite: "INSERT OR REPLACE INTO tenant_routing (channel, did_key, tenant_id, created_at)
VALUES ('vocal', '+33939240575', 1, datetime('now'));",
        postgres: "INSERT INTO tenant_routing (channel, key, tenant_id, is_active, updated_at)
VALUES ('vocal', '+33939240575', 1, TRUE, now())
ON CONFLICT (channel, key) DO UPDATE SET tenant_id = EXCLUDED.tenant_id, is_active = TRUE, updated_at = now();",
    };
    let sql = if bench.db.engine() == "sqlite" { UPSERT.sqlite } else { UPSERT.postgres };
    for _ in 0..2 {
        bench.prompt(sql).await.unwrap();
    }
    assert_eq!(owner(&bench, NUMBER).await, Some(1));
}

async fn the_domain_refuses_before_the_schema(bench: Bench) {
    ready(&bench).await;
    let mut tx = bench.db.begin_directory().await.unwrap();
    let vocal = (Channel::Vocal, &number(NUMBER));
    let refused = routes::add_route(&mut tx, &test_route(), vocal, TenantId(2), now()).await;
    assert_eq!(refused, Err(StoreError::TestNumberImmutable));
}

async fn the_guard_keeps_what_was_locked_first(bench: Bench) {
    ready(&bench).await;
    let mut tx = bench.db.begin_directory().await.unwrap();
    let other = TestRoute { number: number("+33199001111"), tenant: TenantId(2) };
    let locked = routes::lock_guard(&mut tx, &other).await.unwrap();
    assert_eq!(locked, (NUMBER.to_owned(), TenantId(1)));
}

async fn every_change_of_a_route_is_numbered(bench: Bench) {
    if bench.db.engine() == "postgres" {
        return; // Notified there: see the watch's own test.
    }
    ready(&bench).await;
    const VERSION: &str = "SELECT version FROM changes WHERE topic = 'routes'";
    let mut before = 0;
    for sql in [
        "INSERT INTO tenant_routing VALUES ('vocal', '+33199001111', 2, 'x')",
        "INSERT OR REPLACE INTO tenant_routing VALUES ('vocal', '+33199001111', 1, 'x')",
        "INSERT OR IGNORE INTO tenant_routing VALUES ('vocal', '+33199002222', 1, 'x')",
        "UPDATE OR IGNORE tenant_routing SET tenant_id = 2 WHERE did_key = '+33199001111'",
        "DELETE FROM tenant_routing WHERE did_key = '+33199001111'",
    ] {
        bench.prompt(sql).await.unwrap();
        let mut reader = bench.db.read_directory().await.unwrap();
        let (version,) = fetch_optional!(reader, VERSION => (i64,)).unwrap().unwrap();
        assert!(version > before, "not noticed: {sql}");
        before = version;
    }
}

async fn routes_are_listed_in_order(bench: Bench) {
    ready(&bench).await;
    let mut tx = bench.db.begin_directory().await.unwrap();
    for key in ["+33199002222", "+33199001111"] {
        let route = (Channel::Vocal, &number(key));
        routes::add_route(&mut tx, &test_route(), route, TenantId(2), now()).await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut reader = bench.db.read_directory().await.unwrap();
    let of_two = routes::of_tenant(&mut reader, TenantId(2)).await.unwrap();
    let keys: Vec<_> = of_two.iter().map(|route| route.key.as_str()).collect();
    assert_eq!(keys, ["+33199001111", "+33199002222"]);
    assert_eq!(routes::list(&mut reader, 2).await.unwrap().len(), 2);
    let names = fetch_all!(reader, "SELECT name FROM tenants" => (String,)).unwrap();
    assert_eq!(names.len(), 2);
}

on_both_backends!(
    nobody_with_an_sql_prompt_takes_the_test_number_away,
    the_first_documents_statements_run_as_written,
    the_domain_refuses_before_the_schema,
    the_guard_keeps_what_was_locked_first,
    every_change_of_a_route_is_numbered,
    routes_are_listed_in_order,
);
