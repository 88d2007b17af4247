//! `uwi number` and `uwi tenant delete`, as an operator runs them, with the
//! simulated providers.

use crate::commands::Desk;
use serde_json::Value;

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn tenant(desk: &Desk, name: &str) -> String {
    let file = desk.file("tenant.toml", &format!("name = \"{name}\"\n"));
    desk.text(&["tenant", "apply", &file]).trim().to_owned()
}

fn numbers(desk: &Desk) -> Vec<(String, String)> {
    let listed = lines(&desk.text(&["number", "list", "--json"]));
    let text = |row: &Value, name: &str| row[name].as_str().unwrap_or_default().to_owned();
    listed.iter().map(|row| (text(row, "phone_number"), text(row, "status"))).collect()
}

#[test]
fn a_number_is_got_released_taken_back_and_given_back() {
    let desk = Desk::new();
    let id = tenant(&desk, "Cabinet Martin");
    let get = ["number", "provision", "--tenant", &id, "--area-code", "212", "--json"];
    let told = desk.text(&[&get[..], &["--dry-run"]].concat());
    assert_eq!((&lines(&told)[0]["dry_run"], numbers(&desk).len()), (&true.into(), 0));
    let got = lines(&desk.text(&get)).remove(0);
    let number = got["phone_number"].as_str().unwrap().to_owned();
    assert!(number.starts_with("+1212555"), "{got}");
    assert_eq!(numbers(&desk), [(number.clone(), "active".to_owned())]);
    // It has one.
    assert_eq!(desk.code(&get), Some(1));
    desk.text(&["number", "release", &number]);
    assert_eq!(numbers(&desk), [(number.clone(), "inactive".to_owned())]);
    assert!(!desk.text(&["route", "list"]).contains(&number));
    desk.text(&["number", "undo", &number]);
    assert_eq!(numbers(&desk), [(number.clone(), "active".to_owned())]);
    assert!(desk.text(&["route", "list"]).contains(&number));
    assert!(desk.text(&["number", "reconcile"]).contains("The books balance."));
    desk.text(&["number", "release", &number, "--now"]);
    assert!(numbers(&desk).is_empty());
    assert_eq!(desk.code(&["number", "undo", &number]), Some(1));
    assert_eq!(desk.code(&["number", "release", "+33199000000"]), Some(1));
    assert_eq!(desk.code(&["number", "provision"]), Some(2));
    assert_eq!(desk.code(&["number", "provision", "--tenant", "99"]), Some(1));
    assert_eq!(desk.code(&["number", "provision", "--tenant", &id, "--country", "ZZ"]), Some(1));
}

#[test]
fn a_deleted_tenant_has_no_number_the_day_after() {
    let mut desk = Desk::new();
    desk.env.push(("UWI_CLOCK", "2026-11-23T08:00:00Z".into()));
    let id = tenant(&desk, "Cabinet Martin");
    desk.text(&["number", "provision", "--tenant", &id, "--area-code", "212"]);
    // Only told, until it is said.
    assert_eq!(desk.code(&["tenant", "delete", &id]), Some(1));
    assert_eq!(numbers(&desk)[0].1, "active");
    let deleted = lines(&desk.text(&["tenant", "delete", &id, "--yes", "--json"])).remove(0);
    assert_eq!((&deleted["phone_numbers"], &deleted["agents"]), (&1.into(), &1.into()));
    assert_eq!(numbers(&desk)[0].1, "inactive");
    assert!(desk.text(&["tenant", "list"]).contains("deleted"));
    desk.env.last_mut().unwrap().1 = "2026-11-24T09:00:00Z".into();
    desk.text(&["number", "reconcile"]);
    assert!(numbers(&desk).is_empty());
    assert_eq!(desk.code(&["tenant", "delete", "1", "--yes"]), Some(1));
    assert_eq!(desk.code(&["tenant", "delete", "99", "--yes"]), Some(1));
}
