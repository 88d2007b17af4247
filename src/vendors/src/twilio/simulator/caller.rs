//! Places calls: our webhooks are asked as Twilio asks them, and what they
//! answer is carried out.

use super::super::form::Form;
use super::live::Order;
use super::markup::{Element, verbs};
use super::webhooks::Reports;
use crate::simulator::{Line, Reach, Reporting, Script, Talk, Telephoned, Words, World};
use crate::vapi::simulator::streamed;
use reqwest::Url;
use serde_json::Value;

/// A call that asks for more documents than this goes in circles.
const MAX_DOCUMENTS: usize = 100;

/// The longest document, in bytes (error 11750).
const MAX_DOCUMENT: usize = 64 * 1024;

/// What the network shows for a withheld number.
const ANONYMOUS: &str = "+266696687";

/// What comes after a verb.
enum Next {
    /// The next verb of the document.
    Verb,
    /// Another document, asked for with these fields.
    Document(Url, Vec<(&'static str, String)>),
    /// The call ends with this status.
    End(&'static str),
}

struct Call<'a> {
    world: &'a World,
    script: &'a Script,
    sid: String,
    talk: Talk,
}

impl World {
    /// Calls a number of ours; `None` when it is not in service. Returns when
    /// the call is over and its status was reported.
    pub async fn call(&self, script: &Script) -> Option<Telephoned> {
        let bought = self.state().twilio.numbers.with("phone_number", &script.to).cloned();
        let own = script.line.as_ref().and_then(|line| serde_json::to_value(line).ok());
        let number = bought.or(own)?;
        let sid = {
            let mut state = self.state();
            format!("CA{}", self.digits(&mut state))
        };
        let mut call = Call { world: self, script, sid, talk: Talk::of(script) };
        self.state().twilio.live.insert(call.sid.clone(), None);
        let status = call.run(&number).await;
        self.state().twilio.live.remove(&call.sid);
        call.report(&number, status).await;
        Some(call.talk.over(&call.sid, status))
    }
}

impl Call<'_> {
    async fn run(&mut self, number: &Value) -> &'static str {
        let text = |field: &str| number[field].as_str().unwrap_or_default();
        let (voice, fallback) = (text("voice_url"), text("voice_fallback_url"));
        if self.world.vapi_inbound(voice, self.script, &mut self.talk).await {
            return "completed";
        }
        let Ok(mut url) = Url::parse(voice) else {
            self.talk.fail("the number has no voice URL");
            return "failed";
        };
        let mut fields = Vec::new();
        let mut status = "ringing";
        for _ in 0..MAX_DOCUMENTS {
            let document = match self.ask(&url, status, &fields).await {
                Ok(document) => document,
                Err(why) => match self.fall_back(fallback, &url, why).await {
                    Some(document) => document,
                    None => return "completed",
                },
            };
            status = "in-progress";
            match self.follow(&document, &url).await {
                Next::Document(next, with) => (url, fields) = (next, with),
                Next::End(status) => return status,
                Next::Verb => return "completed",
            }
        }
        self.talk.fail("the documents go in circles");
        "completed"
    }

    /// The document of the fallback URL, or the apology that Twilio speaks.
    async fn fall_back(&mut self, fallback: &str, url: &Url, why: String) -> Option<Vec<Element>> {
        self.talk.fail(why);
        let fallback = Url::parse(fallback).ok()?;
        let fields = [("ErrorCode", "11200".to_owned()), ("ErrorUrl", url.to_string())];
        match self.ask(&fallback, "in-progress", &fields).await {
            Ok(document) => Some(document),
            Err(why) => {
                self.talk.fail(why);
                self.talk.hear("We are sorry, an application error has occurred. Goodbye.");
                None
            }
        }
    }

    async fn ask(
        &self,
        url: &Url,
        status: &str,
        more: &[(&'static str, String)],
    ) -> Result<Vec<Element>, String> {
        let form = self.form(status, more);
        let path = url.path();
        let token = self.world.idempotency_token();
        let answer = self.world.post_signed(url.as_str(), &form, &token).await;
        let answer = answer.map_err(|_| format!("{path}: no answer (11205)"))?;
        let code = answer.status().as_u16();
        if !answer.status().is_success() {
            return Err(format!("{path}: status {code} (11200)"));
        }
        let body = answer.text().await.map_err(|_| format!("{path}: no answer (11205)"))?;
        if body.len() > MAX_DOCUMENT {
            return Err(format!("{path}: longer than 64 kB (11750)"));
        }
        verbs(&body).map_err(|why| format!("{path}: {why} (12100)"))
    }

    fn form(&self, status: &str, more: &[(&'static str, String)]) -> Form {
        let from = self.script.from.as_deref().unwrap_or(ANONYMOUS);
        let (to, account) = (self.script.to.as_str(), &self.world.setup().twilio.account);
        let country = |number: &str| if number.starts_with("+33") { "FR" } else { "US" };
        let mut fields = vec![
            ("AccountSid", account.to_string()),
            ("ApiVersion", "2010-04-01".to_owned()),
            ("CallSid", self.sid.clone()),
            ("CallStatus", status.to_owned()),
            ("Direction", "inbound".to_owned()),
            ("Called", to.to_owned()),
            ("Caller", from.to_owned()),
            ("From", from.to_owned()),
            ("To", to.to_owned()),
            ("FromCity", String::new()),
            ("FromCountry", country(from).to_owned()),
            ("ToCity", String::new()),
            ("ToCountry", country(to).to_owned()),
        ];
        let forwarded = self.script.forwarded_from.iter().cloned();
        fields.extend(forwarded.map(|number| ("ForwardedFrom", number)));
        fields.extend(more.iter().cloned());
        Form::of(fields.into_iter().map(|(name, value)| (name.to_owned(), value)))
    }

    async fn follow(&mut self, document: &[Element], url: &Url) -> Next {
        for verb in document {
            let next = match verb.name.as_str() {
                "Say" => {
                    self.talk.hear(&verb.text);
                    Next::Verb
                }
                "Pause" | "Play" | "Start" => Next::Verb,
                "Gather" => self.gather(verb, url),
                "Record" => self.record(verb, url),
                "Dial" => self.dial(verb, url),
                "Connect" => self.connect(verb).await,
                "Redirect" => self.elsewhere(&verb.text, url, Vec::new()),
                "Hangup" => Next::End("completed"),
                "Reject" if verb.attribute("reason") == Some("busy") => Next::End("busy"),
                "Reject" => Next::End("no-answer"),
                other => {
                    self.talk.fail(format!("<{other}> is not known (12200)"));
                    Next::Verb
                }
            };
            if !matches!(next, Next::Verb) {
                return next;
            }
        }
        Next::End("completed")
    }

    fn elsewhere(&mut self, target: &str, url: &Url, fields: Vec<(&'static str, String)>) -> Next {
        match url.join(target) {
            Ok(next) => Next::Document(next, fields),
            Err(_) => {
                self.talk.fail("a URL that is none (11100)");
                Next::End("completed")
            }
        }
    }

    /// Empty words are silence: the next verb follows.
    fn gather(&mut self, verb: &Element, url: &Url) -> Next {
        for said in verb.children.iter().filter(|child| child.name == "Say") {
            self.talk.hear(&said.text);
        }
        let input = verb.attribute("input").unwrap_or("dtmf");
        let fields = match self.talk.next() {
            None => return Next::End("completed"),
            Some(Words::Speech(text)) if !text.is_empty() && input.contains("speech") => {
                vec![("SpeechResult", text), ("Confidence", "0.92".to_owned())]
            }
            Some(Words::Keys { keys }) if input.contains("dtmf") => vec![("Digits", keys)],
            Some(_) => return Next::Verb,
        };
        self.elsewhere(verb.attribute("action").unwrap_or_default(), url, fields)
    }

    fn record(&mut self, verb: &Element, url: &Url) -> Next {
        match self.talk.next() {
            None => return Next::End("completed"),
            Some(Words::Speech(text)) if text.is_empty() => return Next::Verb,
            Some(_) => self.talk.lines.push(Line::Recorded),
        }
        let recording = "https://api.twilio.com/2010-04-01/Recordings/RE0".to_owned();
        let fields = vec![("RecordingUrl", recording), ("RecordingDuration", "3".to_owned())];
        self.elsewhere(verb.attribute("action").unwrap_or_default(), url, fields)
    }

    fn dial(&mut self, verb: &Element, url: &Url) -> Next {
        let target = verb.child("Number").or_else(|| verb.child("Sip"));
        let target = target.map_or(verb.text.as_str(), |child| child.text.as_str()).to_owned();
        let reach = self.talk.dial(&target);
        let Some(action) = verb.attribute("action") else { return Next::Verb };
        let leg = {
            let mut state = self.world.state();
            format!("CA{}", self.world.digits(&mut state))
        };
        let mut fields = vec![
            ("DialCallSid", leg),
            ("DialCallStatus", reach.as_str().to_owned()),
            ("DialBridged", (reach == Reach::Completed).to_string()),
        ];
        if reach == Reach::Completed {
            fields.push(("DialCallDuration", "3".to_owned()));
        }
        self.elsewhere(action, url, fields)
    }

    /// A voice agent takes the call until it or the caller ends it.
    async fn connect(&mut self, verb: &Element) -> Next {
        let Some(stream) = verb.child("Stream") else { return Next::Verb };
        let url = stream.attribute("url").unwrap_or_default();
        let taken = match streamed(url) {
            Some(id) => {
                let ended = self.world.vapi_stream(id, self.script, &mut self.talk).await;
                if ended.as_deref() == Some("assistant-forwarded-call") {
                    return Next::End("completed");
                }
                ended.is_some()
            }
            None => {
                let named = |child: &&Element| child.attribute("name") == Some("conversation_id");
                let parameter = stream.children.iter().find(named);
                let name = parameter.and_then(|child| child.attribute("value"));
                let (name, talk) = (name.unwrap_or_default(), &mut self.talk);
                self.world.elevenlabs_stream(url, name, &self.sid, talk).await
            }
        };
        if !taken {
            self.talk.fail("nobody is at the stream's URL (31920)");
        }
        let order = self.world.state().twilio.live.get_mut(&self.sid).and_then(Option::take);
        match order {
            Some(Order::Go(url)) => Next::Document(url, Vec::new()),
            Some(Order::End) => Next::End("completed"),
            None if self.talk.hung_up => Next::End("completed"),
            None => Next::Verb,
        }
    }

    async fn report(&self, number: &Value, status: &'static str) {
        let Some(url) = number["status_callback"].as_str().filter(|url| !url.is_empty()) else {
            return;
        };
        let reports = Reports {
            world: self.world.clone(),
            url: url.to_owned(),
            forms: match self.script.reports {
                Reporting::OutOfOrder => [(status, 2), ("in-progress", 1), ("ringing", 0)]
                    .map(|(status, sequence)| self.status_form(status, sequence))
                    .into(),
                _ => vec![self.status_form(status, 0)],
            },
        };
        reports.send(self.script.reports).await;
    }

    fn status_form(&self, status: &'static str, sequence: u32) -> Form {
        let seconds = if status == "completed" { self.talk.seconds() } else { 0 };
        let at = self.world.now().to_zoned(jiff::tz::TimeZone::UTC);
        let mut more = vec![
            ("CallbackSource", "call-progress-events".to_owned()),
            ("SequenceNumber", sequence.to_string()),
            ("Timestamp", jiff::fmt::rfc2822::to_string(&at).unwrap_or_default()),
        ];
        if !["ringing", "in-progress"].contains(&status) {
            more.push(("CallDuration", seconds.to_string()));
            more.push(("Duration", (seconds / 60 + i64::from(seconds % 60 > 0)).to_string()));
        }
        self.form(status, &more)
    }
}
