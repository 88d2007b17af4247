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

/// Lines of a JSON run: line, result.
fn results(told: &str) -> Vec<(i64, String)> {
    let result = |row: &Value| row["result"].as_str().unwrap_or_default().to_owned();
    lines(told).iter().map(|row| (row["line"].as_i64().unwrap(), result(row))).collect()
}

#[test]
fn a_file_is_looked_at_wholly_before_anything_is_bought() {
    let desk = Desk::new();
    let id = tenant(&desk, "Cabinet Martin");
    let file = format!("tenant,area_code,country\n{id},212,\n99,212,\n{id},415,\n{id},21,US\nx\n");
    let file = desk.file("numbers.csv", &file);
    let refused = desk.run(&["number", "provision", "--file", &file, "--json"]);
    assert_eq!(refused.status.code(), Some(1));
    let faults = lines(&String::from_utf8(refused.stdout).unwrap());
    let at: Vec<_> = faults.iter().map(|fault| fault["line"].as_i64().unwrap()).collect();
    assert_eq!(at, [3, 4, 5, 6], "{faults:?}");
    assert!(numbers(&desk).is_empty());
    assert_eq!(desk.code(&["number", "provision", "--file", "missing.csv"]), Some(2));
}

#[test]
fn the_same_file_again_buys_nothing_twice() {
    let desk = Desk::new();
    let (one, two) = (tenant(&desk, "Cabinet Martin"), tenant(&desk, "Garage Durand"));
    let text = format!(
        "{{\"tenant\":{one},\"area_code\":\"212\"}}\n{{\"tenant\":{two},\"country\":\"FR\"}}\n"
    );
    let file = desk.file("numbers.jsonl", &text);
    let run = ["number", "provision", "--file", &file, "--json"];
    let dry = desk.text(&[&run[..], &["--dry-run"]].concat());
    assert_eq!(results(&dry), [(1, "would".to_owned()), (2, "would".to_owned())]);
    assert!(numbers(&desk).is_empty());
    assert_eq!(results(&desk.text(&run)), [(1, "got".to_owned()), (2, "got".to_owned())]);
    assert_eq!(numbers(&desk).len(), 2);
    assert_eq!(results(&desk.text(&run)), [(1, "had".to_owned()), (2, "had".to_owned())]);
    // What was given back since is not bought again by the same line.
    let number = numbers(&desk)[0].0.clone();
    desk.text(&["number", "release", &number, "--now"]);
    assert_eq!(results(&desk.text(&run)), [(1, "had".to_owned()), (2, "had".to_owned())]);
    assert_eq!(numbers(&desk).len(), 1);
}

#[test]
fn who_reads_no_further_stops_no_purchase() {
    let desk = Desk::new();
    let ids = ["Cabinet Martin", "Garage Durand", "Salon Perrin"].map(|name| tenant(&desk, name));
    let rows = ids.map(|id| format!("{{\"tenant\":{id},\"area_code\":\"212\"}}\n")).concat();
    let file = desk.file("numbers.jsonl", &rows);
    let mut child = desk.command(&["number", "provision", "--file", &file]).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(numbers(&desk).len(), 3);
}

#[test]
fn numbers_are_taken_over_by_the_providers_list_alone() {
    let desk = Desk::new();
    let (one, two) = (tenant(&desk, "Cabinet Martin"), tenant(&desk, "Garage Durand"));
    desk.text(&["number", "provision", "--tenant", &one, "--area-code", "212"]);
    let theirs = numbers(&desk)[0].0.clone();
    let file = desk.file(
        "import.csv",
        &format!("tenant,number\n{two},{theirs}\n{two},+12125550199\n{two},nothing\n"),
    );
    let import = ["number", "import", "--file", &file, "--json"];
    let refused = desk.run(&import);
    assert_eq!(refused.status.code(), Some(1));
    let faults = lines(&String::from_utf8(refused.stdout).unwrap());
    let told: Vec<_> = faults.iter().map(|fault| fault["error"].as_str().unwrap()).collect();
    assert!(told[0].contains("somebody else"), "{told:?}");
    assert!(told[1].contains("no such number") && told[2].contains("number"), "{told:?}");
    let sid = desk.file("sid.csv", "tenant,number,sid\n2,+12125550100,PN00\n");
    assert_eq!(desk.code(&["number", "import", "--file", &sid]), Some(1));
    let own = desk.file("own.csv", &format!("{one},{theirs}\n"));
    let own = ["number", "import", "--file", &own, "--json", "--dry-run"];
    assert_eq!(results(&desk.text(&own)), [(1, "had".to_owned())]);
}

#[test]
fn documents_are_handed_in_from_a_file() {
    let desk = Desk::new();
    let id = tenant(&desk, "Cabinet Martin");
    let show = ["number", "documents", "--tenant", &id, "--json"];
    assert_eq!(lines(&desk.text(&show))[0]["status"], "missing");
    let dossier = |registration: &str| {
        format!(
            "{{\"business_name\":\"Cabinet Martin\",\"registration\":\"{registration}\",\
             \"first_name\":\"Camille\",\"last_name\":\"Martin\",\"email\":\"camille@example.fr\",\
             \"street\":\"12 rue des Lilas\",\"postal_code\":\"75001\",\"city\":\"Paris\"}}"
        )
    };
    let wrong = desk.file("wrong.json", &dossier("123456783"));
    let refused = desk.run(&[&show[..], &["--file", &wrong]].concat());
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("registration is a SIREN"));
    let kbis = desk.file("kbis.pdf", "%PDF-1.7 scan");
    let right = desk.file("right.json", &dossier("123 456 782 00010"));
    let handed = desk.text(&[&show[..], &["--file", &right, "--kbis", &kbis]].concat());
    assert_eq!(lines(&handed)[0]["status"], "approved");
    let text = desk.file("kbis.txt", "no scan");
    assert_eq!(desk.code(&[&show[..], &["--file", &right, "--kbis", &text]].concat()), Some(1));
}
