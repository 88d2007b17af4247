//! Scenarios in plain text; `tests/scenarios/README.md` says how to write one.

use super::Call;
use super::checks::{check_end, sound};
use super::noise::Noise;
use super::tenants::{number, tenant};
use super::world::{World, slot};
use dialogue::{Effect, Input, Mode, Register, Script, State};
use jiff::civil::DateTime;

/// One scenario as written.
#[derive(Debug, Default, Clone)]
pub struct Scenario {
    pub file: String,
    pub title: String,
    pub lines: Vec<(usize, String)>,
}

/// Cuts a file into its scenarios: each begins with a `#` line.
pub fn parse(file: &str, text: &str) -> Vec<Scenario> {
    let mut all: Vec<Scenario> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if let Some(title) = line.strip_prefix('#') {
            all.push(Scenario { file: file.into(), title: title.trim().into(), lines: Vec::new() });
        } else if !line.is_empty()
            && let Some(scenario) = all.last_mut()
        {
            scenario.lines.push((at + 1, line.to_owned()));
        }
    }
    all
}

/// True when pauses within its utterances legitimately change its course.
pub fn without_pauses(scenario: &Scenario) -> bool {
    scenario.lines.iter().any(|(_, line)| line.starts_with("d'un trait:"))
}

/// Runs a scenario; what went wrong, with the whole dialogue.
pub fn run(scenario: &Scenario, noise: Noise) -> Result<(), String> {
    let head = Head::read(scenario);
    let script = Script { profile: &head.profile, mode: head.mode, register: head.register };
    let mut world = World { races: head.races, down: head.down, ..World::default() };
    let opened = head.now.to_zoned(head.profile.zone.clone()).expect("a date").timestamp();
    for one in &head.existing {
        let slot = slot(&head.profile, one, opened);
        world.put(slot, &one.name, one.phone.as_deref().map(number));
    }
    world.away = head.away.clone();
    let mut state = State::new(head.greeted);
    state.caller = head.caller.as_deref().map(number);
    let call = Call::new(&script, &mut world, state, head.now);
    let mut run = Run { call, noise, said: String::new(), log: String::new(), turns: 0, events: 0 };
    for (at, line) in &scenario.lines {
        run.line(line).map_err(|why| {
            format!(
                "{}:{at} « {} » ({noise:?})\n{}\n  → {why}\n",
                scenario.file, scenario.title, run.log
            )
        })?;
    }
    let log = std::mem::take(&mut run.log);
    check_end(scenario, &world).map_err(|why| {
        format!("{} « {} » ({noise:?})\n{log}\n  → {why}\n", scenario.file, scenario.title)
    })
}

/// What a scenario says before the first words.
struct Head {
    profile: domain::tenant::Profile,
    mode: Mode,
    register: Register,
    now: DateTime,
    caller: Option<String>,
    greeted: bool,
    existing: Vec<Written>,
    away: Vec<String>,
    races: usize,
    down: bool,
}

impl Head {
    fn read(scenario: &Scenario) -> Self {
        let value = |key: &str| {
            scenario.lines.iter().find_map(|(_, line)| {
                line.strip_prefix(key).and_then(|rest| rest.strip_prefix(':')).map(str::trim)
            })
        };
        let caller = value("appelant").unwrap_or("06 39 98 12 34");
        let existing = scenario.lines.iter().filter_map(|(_, line)| line.strip_prefix("existe:"));
        Self {
            profile: tenant(value("cabinet").unwrap_or("martin")),
            mode: if value("ligne") == Some("inconnue") { Mode::MessageOnly } else { Mode::Full },
            register: match value("canal") {
                Some("écrit") => Register::Written,
                _ => Register::Voice,
            },
            now: moment(value("maintenant").unwrap_or("2026-11-23 08:00")),
            caller: (caller != "masqué").then(|| caller.to_owned()),
            greeted: value("accueil") != Some("non"),
            existing: existing.map(appointment).collect(),
            away: value("absent").map(str::to_owned).into_iter().collect(),
            races: value("pris-entre-temps").map_or(0, |n| n.parse().expect("a number")),
            down: value("panne") == Some("oui"),
        }
    }
}

/// An appointment as a scenario writes it.
pub struct Written {
    pub local: DateTime,
    pub name: String,
    pub phone: Option<String>,
    /// With whom, when that is said.
    pub calendar: Option<String>,
}

/// `2026-11-24 10:30 Camille Lefèvre +33639981234 @martin`.
pub(super) fn appointment(text: &str) -> Written {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    assert!(words.len() >= 3, "an appointment is: date hour name [number] [@calendar]: {text}");
    let mut last = |mark: char| words.pop_if(|last| last.starts_with(mark));
    let calendar = last('@').map(|id| id[1..].to_owned());
    let phone = last('+').map(str::to_owned);
    let local = moment(&format!("{} {}", words[0], words[1]));
    Written { local, name: words[2..].join(" "), phone, calendar }
}

fn moment(text: &str) -> DateTime {
    let iso = text.trim().replacen(' ', "T", 1);
    iso.parse().unwrap_or_else(|why| panic!("{text} is not a date and hour: {why}"))
}

struct Run<'a> {
    call: Call<'a>,
    noise: Noise,
    said: String,
    log: String,
    turns: usize,
    events: usize,
}

impl Run<'_> {
    fn line(&mut self, line: &str) -> Result<(), String> {
        let Some((mark, rest)) = line.split_once(' ').or(Some((line, ""))) else { return Ok(()) };
        match mark {
            ">" => self.heard(rest.trim()),
            "*" => self.turn(Input::Keypad(rest.trim().into()), rest),
            "~" => self.turn(Input::TransferFailed(reason(rest.trim())?.into()), line),
            "attente" => self.wait(rest.trim()),
            "<" if self.noise == Noise::None => expect(&self.said, rest, true),
            "!" => expect(&self.said, rest, false),
            "?" => self.pending(rest.trim()),
            "=" => self.event(rest.trim()),
            "tours" | "fin" | "panne" => self.fact(mark, rest),
            _ => Ok(()),
        }
    }

    fn heard(&mut self, text: &str) -> Result<(), String> {
        if text == "…" {
            return self.turn(Input::Heard(String::new()), "");
        }
        for part in self.noise.over(text) {
            // Who has hung up does not hear the rest.
            if self.call.over && self.noise == Noise::Split {
                break;
            }
            self.turn(Input::Heard(part.clone()), &part)?;
        }
        Ok(())
    }

    fn turn(&mut self, input: Input, shown: &str) -> Result<(), String> {
        if self.call.over {
            return Err("the call is over".into());
        }
        self.turns += 1;
        let reply = self.call.turn(input);
        self.log += &format!("  > {shown}\n    {} [{}]\n", reply.say, reply.rule);
        self.said.clone_from(&reply.say);
        sound(&reply, &self.call)
    }

    /// Seconds that pass without a word.
    fn wait(&mut self, seconds: &str) -> Result<(), String> {
        let seconds: i64 = seconds.parse().map_err(|_| "attente wants seconds")?;
        let span = jiff::Span::new().try_seconds(seconds).map_err(|why| why.to_string())?;
        self.call.now = self.call.now.checked_add(span).map_err(|why| why.to_string())?;
        Ok(())
    }

    fn pending(&self, name: &str) -> Result<(), String> {
        match self.call.state.pending_name() {
            pending if pending == name => Ok(()),
            pending => Err(format!("expected {name}, not {pending}")),
        }
    }

    /// The next event of the call in order; `= aucun` means none at all.
    fn event(&mut self, name: &str) -> Result<(), String> {
        let events: Vec<&str> = self.call.effects.iter().filter_map(counted).collect();
        if name == "aucun" {
            return if events.is_empty() { Ok(()) } else { Err(format!("events: {events:?}")) };
        }
        let found = events.iter().skip(self.events).position(|event| *event == name);
        match found {
            Some(at) => self.events += at + 1,
            None => return Err(format!("no {name} among {events:?}")),
        }
        Ok(())
    }

    fn fact(&mut self, key: &str, rest: &str) -> Result<(), String> {
        match (key, rest.trim()) {
            ("tours", _) if self.noise == Noise::Split => Ok(()),
            ("tours", most) => {
                let most: usize = most.parse().map_err(|_| "tours wants a number")?;
                if self.turns <= most { Ok(()) } else { Err(format!("{} turns", self.turns)) }
            }
            ("fin", "raccroché") if !self.call.over => Err("the call goes on".into()),
            ("fin", "transféré") if !self.call.transferred => Err("no transfer".into()),
            ("fin", "en cours") if self.call.over => Err("the call is over".into()),
            ("panne", what) => {
                self.call.world.down = what == "oui";
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

/// What the telephone company reports of a transfer.
fn reason(told: &str) -> Result<&'static str, String> {
    match told {
        "personne ne décroche" => Ok("no-answer"),
        "occupé" => Ok("busy"),
        "le transfert échoue" => Ok("failed"),
        other => Err(format!("no such news of a transfer: {other}")),
    }
}

/// Steps of the recovery ladder are told apart by scenarios through what is said.
fn counted(effect: &Effect) -> Option<&str> {
    match effect {
        Effect::Event { kind, .. } => match kind.as_str() {
            "recovery_step" | "empty_message" | "repeat_used" => None,
            name => Some(name),
        },
        _ => None,
    }
}

fn expect(said: &str, wanted: &str, present: bool) -> Result<(), String> {
    let wanted = wanted.trim();
    match said.contains(wanted) == present {
        true => Ok(()),
        false if present => Err(format!("« {wanted} » is not said")),
        false => Err(format!("« {wanted} » is said")),
    }
}
