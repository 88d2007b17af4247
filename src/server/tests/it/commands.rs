use crate::house::{TEST_NUMBER, fixtures};
use serde_json::Value;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};

/// A folder with a database, and the program beside it.
pub struct Desk {
    folder: PathBuf,
    pub env: Vec<(&'static str, String)>,
}

static MADE: AtomicU64 = AtomicU64::new(0);

impl Desk {
    pub fn new() -> Self {
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let name = format!("uwi_commands_{}_{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        let database = format!("sqlite://{}", folder.join("uwi.db").display());
        Self { folder, env: vec![("DATABASE_URL", database), ("UWI_LISTEN", "127.0.0.1:0".into())] }
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_uwi"));
        command.args(args).env_clear().envs(self.env.iter().map(|(k, v)| (*k, v.as_str())));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    pub fn text(&self, args: &[&str]) -> String {
        let output = self.run(args);
        let problem = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{args:?}: {problem}");
        String::from_utf8(output.stdout).unwrap()
    }

    pub fn code(&self, args: &[&str]) -> Option<i32> {
        self.run(args).status.code()
    }

    pub fn file(&self, name: &str, text: &str) -> String {
        let path = self.folder.join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    }

    /// Starts the server; gives its address and its lines until `call:`.
    pub fn serve(&self) -> (Server, Vec<String>) {
        let mut child = self.command(&["serve"]).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut printed = Vec::new();
        while let Some(Ok(line)) = lines.next() {
            let last = line.starts_with("call: ");
            printed.push(line);
            if last {
                break;
            }
        }
        (Server(child), printed)
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

pub struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_call_is_placed_and_booked_from_a_script() {
    let desk = Desk::new();
    let (_server, printed) = desk.serve();
    let home = printed[0].strip_prefix("home: ").unwrap().to_owned();
    assert!(printed[1].starts_with(&format!("login: {home}login/")), "{printed:?}");
    assert_eq!(printed[2], "call: uwi call");
    let booking = "Bonjour, je voudrais un rendez-vous\n= none\nCamille Lefèvre\n\
        le plus tôt possible\nle premier\noui\n= booking_confirmed\n";
    let script = desk.file("booking.txt", booking);
    let said = desk.text(&["call", "--server", &home, "--script", &script]);
    assert!(said.contains("confirmé"), "{said}");
    let listed = desk.text(&["appointment", "list", "--json"]);
    let first: Value = serde_json::from_str(listed.lines().next().unwrap()).unwrap();
    assert_eq!(first["name"], "Camille Lefèvre");
    let abandon = desk.file("abandon.txt", "Non rien, au revoir\n= user_abandon\n");
    assert_eq!(
        desk.code(&["call", "--server", &home, "--script", &abandon, "--from", "hidden"]),
        Some(0)
    );
    let unmet = desk.file("unmet.txt", "Bonjour\n= booking_confirmed\n");
    assert_eq!(desk.code(&["call", "--server", &home, "--script", &unmet]), Some(1));
    assert!(desk.text(&["rebuild-counters"]).contains("were right"));
}

#[test]
fn a_call_is_replayed_and_a_changed_setting_shows() {
    let desk = Desk::new();
    let (_server, printed) = desk.serve();
    let home = printed[0].strip_prefix("home: ").unwrap().to_owned();
    let script = desk.file("address.txt", "Bonjour, quelle est votre adresse ?\nmerci au revoir\n");
    let hint = desk.run(&["call", "--server", &home, "--script", &script]).stderr;
    let hint = String::from_utf8(hint).unwrap();
    let call = hint.trim().rsplit(' ').next().unwrap().to_owned();
    let same = desk.text(&["replay", &call]);
    assert!(same.contains("turn 1: same") && !same.contains("settings"), "{same}");
    let settings = desk.text(&["tenant", "show", "1"]);
    let address = settings.lines().find(|line| line.starts_with("address")).unwrap();
    let moved = settings.replace(address, "address = \"3 rue des Tilleuls, Lyon\"");
    desk.text(&["tenant", "apply", &desk.file("moved.toml", &moved)]);
    let output = desk.run(&["replay", &call]);
    let shown = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{shown}");
    assert!(shown.contains("DIFFERENT") && shown.contains("Tilleuls"), "{shown}");
    assert!(shown.contains("today's are used"), "{shown}");
    let wire = desk.run(&["replay", &call, "--json"]).stdout;
    let wire: Value = serde_json::from_slice(&wire).unwrap();
    assert_eq!((&wire["same"], &wire["turns"][0]["result"]), (&false.into(), &"different".into()));
    assert_eq!(desk.code(&["replay", "nobody"]), Some(1));
    assert_eq!(desk.code(&["replay"]), Some(2));
}

#[test]
fn exit_codes_say_what_happened() {
    let desk = Desk::new();
    assert_eq!(desk.code(&["fly"]), Some(2));
    assert_eq!(desk.code(&["call", "--server", "http://127.0.0.1:9"]), Some(3));
    assert_eq!(desk.code(&["login-link", "nobody@example.fr"]), Some(1));
    assert_eq!(desk.code(&["appointment", "cancel", "x"]), Some(1));
    assert_eq!(desk.code(&["token", "create", "--tenant", "1", "--scope", "root"]), Some(2));
    assert_eq!(desk.code(&["migrate"]), Some(0));
    assert_eq!(desk.code(&["migrate"]), Some(0));
    assert_eq!(desk.code(&["route", "set", TEST_NUMBER, "--tenant", "2"]), Some(1));
    assert_eq!(desk.code(&["route", "ensure-test"]), Some(0));
    let mut elsewhere = Desk::new();
    elsewhere.env[0].1 = "postgres://nobody@127.0.0.1:9/nothing".into();
    assert_eq!(elsewhere.code(&["migrate"]), Some(3));
    elsewhere.env[0].1 = "mysql://x".into();
    assert_eq!(elsewhere.code(&["migrate"]), Some(2));
}

#[test]
fn help_shows_examples_and_every_variable() {
    let desk = Desk::new();
    let help = desk.text(&["--help"]);
    for (name, _) in uwi::config::VARIABLES {
        assert!(help.contains(name), "{name}");
    }
    for command in ["call", "tenant", "route", "appointment", "token", "login-link", "doctor"] {
        assert!(help.contains(command), "{command}");
        desk.text(&[command, "--help"]);
    }
    assert!(desk.text(&["tenant", "apply", "--help"]).contains("[[hours]]"));
}

#[test]
fn the_readme_names_every_variable_that_is_used_now() {
    let readme = fixtures().join("../../../../../README.md");
    let readme = std::fs::read_to_string(readme).unwrap();
    for name in
        ["UWI_LISTEN", "DATABASE_URL", "WEBHOOK_BASE_URL", "VAPI_WEBHOOK_SECRET", "UWI_CLOCK"]
    {
        assert!(readme.contains(name), "{name}");
    }
}

#[test]
fn a_tenant_is_made_from_its_file_and_shown_as_a_file() {
    let desk = Desk::new();
    let file = desk.file(
        "cabinet.toml",
        "name = \"Cabinet Martin\"\n[[hours]]\ndays = [\"mon\"]\nfrom = \"09:00\"\nto = \"12:00\"\n\
         [[number]]\ne164 = \"01 99 00 11 22\"\nchannel = \"vocal\"\n",
    );
    let id = desk.text(&["tenant", "apply", &file]).trim().to_owned();
    assert_eq!(desk.text(&["tenant", "apply", &file]).trim(), id);
    let shown = desk.file("shown.toml", &desk.text(&["tenant", "show", &id]));
    assert_eq!(desk.text(&["tenant", "apply", &shown]).trim(), id);
    assert!(desk.text(&["route", "list"]).contains("+33199001122"));
    assert_eq!(desk.code(&["tenant", "apply", &desk.file("bad.toml", "nom = 3")]), Some(1));
    assert_eq!(desk.code(&["tenant", "apply", "missing.toml"]), Some(2));
}

#[test]
fn reminders_that_are_due_are_listed() {
    let desk = Desk::new();
    assert!(desk.text(&["reminders", "due"]).starts_with("tenant"));
    assert_eq!(desk.text(&["reminders", "due", "--at", "2026-11-24T10:00", "--json"]), "");
    assert_eq!(desk.text(&["reminders", "due", "--at", "2026-11-24T09:00:00Z", "--json"]), "");
    assert_eq!(desk.code(&["reminders", "due", "--at", "demain"]), Some(2));
}

#[test]
fn a_token_is_made_listed_rotated_and_revoked() {
    let desk = Desk::new();
    let create = ["token", "create", "--tenant", "1", "--scope", "read,appointments:write"];
    let token = desk.text(&create).trim().to_owned();
    let prefix = token.rsplit_once('_').unwrap().0.to_owned();
    let list = || {
        let printed = desk.text(&["token", "list", "--tenant", "1", "--json"]);
        let lines = printed.lines().map(|line| serde_json::from_str(line).unwrap());
        lines.collect::<Vec<Value>>()
    };
    assert_eq!(list()[0]["prefix"], prefix.as_str());
    assert_eq!(list()[0]["scopes"], serde_json::json!(["read", "appointments:write"]));
    let rotate = ["token", "rotate", &prefix, "--tenant", "1", "--overlap-hours", "2"];
    let second = desk.text(&rotate).trim().to_owned();
    assert_ne!(second, token);
    assert_eq!(list().len(), 2);
    assert_eq!(desk.code(&rotate), Some(1));
    desk.text(&["token", "revoke", &prefix, "--tenant", "1"]);
    assert_eq!(list().len(), 1);
    assert_eq!(desk.code(&["token", "revoke", &prefix, "--tenant", "1"]), Some(1));
    assert_eq!(desk.code(&["token", "list", "--tenant", "99"]), Some(1));
}

#[test]
fn what_is_understood_comes_line_by_line() {
    let desk = Desk::new();
    let mut child = desk.command(&["understand"]).stdin(Stdio::piped()).spawn().unwrap();
    let lines = "{\"text\":\"mardi à 14 heures\",\"now\":\"2026-11-23T09:00\",\"tz\":\"Europe/Paris\"}\n{\n{\"text\":\"\",\"now\":null}\n";
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let answers: Vec<Value> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(answers.len(), 3);
    assert_eq!(answers[0]["when"][0]["from"], "2026-11-24T14:00");
    assert!(answers[1]["error"].is_string());
    assert_eq!(answers[2]["when"], serde_json::json!([]));
}

#[test]
fn the_doctor_names_what_is_wrong_and_what_to_do() {
    let mut desk = Desk::new();
    let healthy: Value = serde_json::from_str(&desk.text(&["doctor", "--json"])).unwrap();
    assert_eq!(healthy["ok"], true);
    desk.env.push(("USE_PG_EVENTS", "true".into()));
    desk.env.push(("DEFAULT_TENANT_ID", "9".into()));
    desk.env.push(("TWILIO_AUTH_TOKEN", "x".into()));
    let output = desk.run(&["doctor", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let wrong: Vec<_> = found["checks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|check| check["level"] == "wrong")
        .map(|check| {
            assert!(!check["remedy"].as_str().unwrap().is_empty(), "{check}");
            check["name"].as_str().unwrap()
        })
        .collect();
    assert_eq!(wrong, ["same-database", "twilio", "default-tenant", "telephone"]);
}
