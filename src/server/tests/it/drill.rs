//! The rehearsal of a month, small, by its command.

use serde_json::Value;
use std::process::Command;

fn month(url: &str, seed: &str) -> Value {
    let sizes = ["--tenants", "8", "--appointments", "320", "--seed", seed];
    let mut command = Command::new(env!("CARGO_BIN_EXE_uwi"));
    command.args(["drill", "month", "--json"]).args(sizes).env_clear().env("DATABASE_URL", url);
    let output = command.output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    let problem = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{told}{problem}");
    serde_json::from_str(&told).unwrap()
}

fn keeps_its_promises(url: &str, seed: &str) {
    let report = month(url, seed);
    let count = |name: &str| report[name].as_u64().unwrap();
    assert_eq!((count("broken"), count("tenants")), (0, 8), "{report}");
    assert!(count("appointments") > 300 && count("moved") > 30, "{report}");
    assert!(count("cancelled") > 15 && count("reminders") > 300, "{report}");
    assert!(count("stopped") > 0 && count("provider_errors") > 0, "{report}");
}

#[test]
fn a_month_on_sqlite_keeps_its_promises() {
    keeps_its_promises("sqlite://nowhere/uwi.db", "1");
}

#[test]
fn a_month_on_postgres_keeps_its_promises() {
    match std::env::var("TEST_POSTGRES_URL") {
        Ok(url) => keeps_its_promises(&url, "2"),
        Err(_) => eprintln!("skipped: TEST_POSTGRES_URL names no server"),
    }
}
