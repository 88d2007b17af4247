//! `uwi call --phone`: the simulated telephone company of a running server rings
//! it, with its signed webhooks, and does what it is told.

use super::script::{self, Step};
use super::{CallArgs, Speaker, judge, line, tell};
use crate::accounts;
use crate::cli::{self, Failure, Form, Outcome, output};
use crate::config::Config;
use clap::ValueEnum;
use desk::Office;
use domain::id::CallId;
use reqwest::Url;
use serde::Serialize;
use std::time::Duration;
use vendors::simulator::{
    Line, Misbehaviour, OwnLine, Reach, Reporting, Script, Telephoned, Trouble, Words,
};

/// A whole call is made in one request.
const PATIENCE: Duration = Duration::from_secs(120);
/// How voice agents are asked to take a call.
const BRIDGES: [&str; 2] = ["POST /call", "POST /v1/convai/twilio/register-call"];

/// How the end of a call is reported.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Reports {
    /// Once.
    #[default]
    Once,
    /// The same report twice.
    Twice,
    /// Every status, the last one first.
    OutOfOrder,
    /// A while after the call.
    Late,
}

impl From<Reports> for Reporting {
    fn from(reports: Reports) -> Self {
        match reports {
            Reports::Once => Self::Once,
            Reports::Twice => Self::Twice,
            Reports::OutOfOrder => Self::OutOfOrder,
            Reports::Late => Self::Late,
        }
    }
}

/// Where the server's simulators are; one that has just started is waited for.
async fn simulators(office: &Office) -> Result<Url, Failure> {
    for _ in 0..10 {
        if let Some(base) = accounts::running(office).await? {
            return Ok(base);
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    Err(Failure::Unreachable("no server runs here; start `uwi`".to_owned()))
}

/// Places the call and shows it; then judges what was expected of it.
pub(super) async fn run(config: &Config, args: &CallArgs, form: Form) -> Outcome {
    if !accounts::are_simulated(config) {
        let text = "--phone rings at the built-in simulators: in private, without accounts";
        return Err(Failure::Usage(text.to_owned()));
    }
    let steps = match &args.script {
        Some(path) => script::read(path)?,
        None => typed(),
    };
    let office = cli::open(config).await?;
    let base = simulators(&office).await?;
    let company = Company { client: cli::http_client(PATIENCE)?, base };
    if args.agent_fails {
        for bridge in BRIDGES {
            let trouble = Misbehaviour::once(bridge, Trouble::Error { status: 503 });
            company.post("_sim/troubles", &trouble).await?;
        }
    }
    let called = company.post("_sim/calls", &call(config, args, &steps)?).await;
    if args.agent_fails {
        company.behave().await?;
    }
    let called: Telephoned = called?.json().await.map_err(unreachable)?;
    for line in &called.lines {
        show(line, form);
    }
    let Some(id) = CallId::parse(&called.call) else { return Ok(()) };
    if form == Form::Text {
        eprintln!("{} after {} s, call {id}", called.ended, called.seconds);
    }
    let mut judge = judge::Judge::open(config, id, form).await?;
    for step in &steps {
        judge.check(step).await?;
    }
    judge.verdict()
}

/// Everything that is typed, until the end.
fn typed() -> Vec<Step> {
    let lines = std::io::stdin().lines().map_while(Result::ok);
    lines.map(|line| Step::Say(line.trim().to_owned())).collect()
}

fn call(config: &Config, args: &CallArgs, steps: &[Step]) -> Result<Script, Failure> {
    let number = |raw: &str, option| line::number(raw, option).map(|n| n.as_str().to_owned());
    let to = match &args.to {
        Some(raw) => number(raw, "--to")?,
        None => config.rules.test.number.as_str().to_owned(),
    };
    let says = steps.iter().filter_map(|step| match step {
        Step::Say(text) => Some(Words::from(text.as_str())),
        Step::Expect(_) | Step::ExpectNothing => None,
    });
    let own = format!("http://{}", config.listen);
    let server = args.server.as_deref().unwrap_or(&own).trim_end_matches('/');
    let hook = |name: &str| format!("{server}/api/webhooks/call/{name}");
    let reach = args.picked_up.then(|| ("*".to_owned(), Reach::Completed));
    Ok(Script {
        to,
        from: line::caller(args)?.map(|number| number.as_str().to_owned()),
        forwarded_from: match &args.forwarded_from {
            Some(raw) => Some(number(raw, "--forwarded-from")?),
            None => None,
        },
        says: says.collect(),
        reach: reach.into_iter().collect(),
        reports: args.reports.into(),
        line: Some(OwnLine { voice_url: hook("incoming"), status_callback: hook("status") }),
    })
}

/// The simulated telephone company.
struct Company {
    client: reqwest::Client,
    base: Url,
}

impl Company {
    async fn post(&self, path: &str, body: &impl Serialize) -> Result<reqwest::Response, Failure> {
        let url = self.base.join(path).map_err(|error| Failure::Refused(error.to_string()))?;
        let answer = self.client.post(url).json(body).send().await.map_err(unreachable)?;
        answer.error_for_status().map_err(|error| Failure::Refused(error.to_string()))
    }

    async fn behave(&self) -> Result<(), Failure> {
        let url = self.base.join("_sim/troubles").ok();
        let Some(url) = url else { return Ok(()) };
        self.client.delete(url).send().await.map_err(unreachable).map(drop)
    }
}

fn unreachable(_: reqwest::Error) -> Failure {
    Failure::Unreachable("the simulators of the running server do not answer".to_owned())
}

fn show(line: &Line, form: Form) {
    if form == Form::Json {
        output::json(line);
        return;
    }
    match line {
        Line::Heard { text } => tell(form, Speaker::Assistant, text),
        Line::Said { text } => tell(form, Speaker::Caller, text),
        Line::Pressed { keys } => println!("caller: ({keys})"),
        Line::Dialled { to, reach } => println!("      : (rings {to}: {})", reach.as_str()),
        Line::Recorded => println!("      : (recorded)"),
        Line::Agent { provider } => println!("      : ({provider} answers)"),
        Line::Failed { why } => println!("      : (failed: {why})"),
    }
}
