//! The providers of a drill: the simulators of Twilio, Meta and a mail server,
//! asked over HTTP and SMTP by the clients that ask the real ones. By a seed
//! they refuse, fail, answer nothing, are out of reach, take a message that does
//! not arrive, and report late, twice and out of order. Their book is what is
//! judged.

use super::DrillError;
use super::book::{Fate, Letter, Of, channel_of, mark_of, sender_of};
use crate::channels::vault::Vault;
use crate::office::Office;
use crate::outbox::{Mail, after};
use crate::sending::carriers::{Carriers, Meta};
use crate::sending::reports::{self, Told};
use domain::message::Status;
use jiff::{SignedDuration, Timestamp};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use secrecy::SecretString;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use store::StoreError;
use tokio::task::JoinHandle;
use vendors::mail::Mailer;
use vendors::mail::simulator::{Dealt, MailServer, Mood};
use vendors::simulator::{Misbehaviour, Recorded, Setup, Trouble, World};
use vendors::twilio::client::Twilio;
use vendors::whatsapp::api::{PhoneNumberId, WhatsApp};
use vendors::whatsapp::simulator::PHONE_NUMBER_ID;

/// Messages of Twilio and of Meta, in the paths of both.
const MESSAGES: &str = "POST essages";
/// How many troubles lie ahead in one step.
const TROUBLES: usize = 12;
/// Of how many messages one meets trouble.
const ONE_OF: u32 = 7;
/// What links and seals are made with.
const KEY: &str = "a key for rehearsals, thrown away with their database";
/// Nobody listens there: reports are handed over here.
const HOME: &str = "http://127.0.0.1:9";

/// What a provider will say of a message.
struct Report {
    provider: &'static str,
    mark: String,
    status: Status,
    /// Whether the report carries our mark.
    marked: bool,
}

/// All of them.
pub(super) struct Providers {
    world: World,
    mail: MailServer,
    base: reqwest::Url,
    serving: [JoinHandle<()>; 2],
    clock: Arc<Mutex<Timestamp>>,
    client: reqwest::Client,
    chance: StdRng,
    deaf: bool,
    letters: Vec<Letter>,
    reports: BTreeMap<Timestamp, Vec<Report>>,
}

impl Drop for Providers {
    fn drop(&mut self) {
        self.serving.iter().for_each(JoinHandle::abort);
    }
}

impl Providers {
    pub(super) async fn open(seed: u64, client: &reqwest::Client) -> Result<Self, DrillError> {
        let clock = Arc::new(Mutex::new(Timestamp::UNIX_EPOCH));
        let told = Arc::clone(&clock);
        let now = move || *told.lock().unwrap_or_else(PoisonError::into_inner);
        let world = World::new(Setup { seed, ..Setup::demo(Arc::new(now)) }, client.clone());
        world.report_messages(vendors::simulator::Reports::Held);
        let (base, http) = world.listen(([127, 0, 0, 1], 0).into()).await?;
        let (mail, smtp) = MailServer::start(Mood::Accepts).await?;
        Ok(Self {
            world,
            mail,
            base,
            serving: [http, smtp],
            clock,
            client: client.clone(),
            chance: StdRng::seed_from_u64(seed ^ 0x9057),
            deaf: false,
            letters: Vec::new(),
            reports: BTreeMap::new(),
        })
    }

    /// What a process that starts has of them: connections of its own.
    pub(super) fn carriers(&self) -> Result<Carriers, DrillError> {
        let setup = self.world.setup();
        let token = setup.whatsapp_token.clone();
        let base = Some(&self.base);
        let mailer = Mailer::new(&SecretString::from(self.mail.url()), "UWi <bonjour@exemple.fr>");
        Ok(Carriers {
            twilio: Some(Twilio::new(self.client.clone(), base, setup.twilio.clone())),
            sender: None,
            whatsapp: Some(Meta {
                api: WhatsApp::new(self.client.clone(), base, token),
                number: PhoneNumberId::parse(PHONE_NUMBER_ID),
            }),
            mail: Mail::Smtp(Box::new(mailer?)),
            vault: Vault::new(&[SecretString::from(KEY)]),
            home: HOME.to_owned(),
            public: false,
        })
    }

    pub(super) fn into_letters(mut self) -> Vec<Letter> {
        std::mem::take(&mut self.letters)
    }

    /// What lies ahead of the messages of a step. The deaf take nothing.
    pub(super) fn feel(&mut self, now: Timestamp, deaf: bool) {
        *self.clock.lock().unwrap_or_else(PoisonError::into_inner) = now;
        if deaf && self.deaf {
            return;
        }
        self.deaf = deaf;
        self.world.behave();
        self.mail.feel(if deaf { Mood::Busy } else { Mood::Accepts });
        if deaf {
            let seconds = None;
            let trouble = if self.chance.random_bool(0.5) {
                Trouble::RateLimited { seconds }
            } else {
                Trouble::Unauthorised
            };
            let always = Misbehaviour { times: u32::MAX, ..Misbehaviour::once("", trouble) };
            self.world.misbehave(always);
            return;
        }
        for _ in 0..TROUBLES {
            let trouble = self.trouble();
            let after = self.chance.random_range(0..2 * ONE_OF);
            self.world.misbehave(Misbehaviour { after, ..Misbehaviour::once(MESSAGES, trouble) });
        }
        let moods: Vec<Mood> = (0..TROUBLES).map(|_| self.mood()).collect();
        self.mail.plan(moods);
    }

    fn trouble(&mut self) -> Trouble {
        match self.chance.random_range(0..15) {
            0..3 => Trouble::RateLimited { seconds: None },
            3..5 => Trouble::Unauthorised,
            5..8 => Trouble::Refuse { status: 400, code: 21612 },
            8..10 => Trouble::CutAfter,
            10..13 => Trouble::ErrorAfter { status: 503 },
            13 => Trouble::CutBefore,
            _ => Trouble::Error { status: 500 },
        }
    }

    fn mood(&mut self) -> Mood {
        match self.chance.random_range(0..100) {
            0..6 => Mood::Greylists,
            6..9 => Mood::HangsUpAfterTheLetter,
            9 => Mood::HangsUpBeforeTheLetter,
            _ => Mood::Accepts,
        }
    }

    /// Writes into the book what was asked of them since it was last done.
    pub(super) fn write_down(&mut self, now: Timestamp) {
        for request in self.world.take_recorded() {
            if let Some(mark) = mark_of(&request) {
                self.request(&request, mark, now);
            }
        }
        for dealt in self.mail.take_dealt() {
            self.letter(&dealt, now);
        }
    }

    fn request(&mut self, request: &Recorded, mark: String, now: Timestamp) {
        let (channel, provider) = channel_of(request);
        let mut fate = match (request.outcome(), &request.trouble) {
            (Some(200..300), _) => Fate::Left,
            // By its own rules: the person has said STOP.
            (Some(_), _) => Fate::Closed,
            (None, Some(Trouble::RateLimited { .. } | Trouble::Unauthorised)) => Fate::Busy,
            (None, Some(Trouble::Refuse { .. })) => Fate::Refused,
            (None, _) => Fate::Silent,
        };
        if fate == Fate::Left {
            if self.chance.random_bool(0.03) {
                fate = Fate::Lost;
            } else if channel == "sms" && self.chance.random_bool(0.02) {
                let (from, to) = sender_of(request);
                self.world.unsubscribe(&from, &to);
            }
            self.plan_reports(fate, (provider, &mark), now);
        }
        let message = mark.split_once('.').map_or(&*mark, |(_, id)| id).to_owned();
        self.letters.push(Letter { of: Of::Message(message), channel, at: now, fate });
    }

    /// Late, twice, out of order, with our mark or without.
    fn plan_reports(&mut self, fate: Fate, (provider, mark): (&'static str, &str), now: Timestamp) {
        let words: &[Status] = match (fate, self.chance.random_range(0..4)) {
            (Fate::Lost, _) => &[Status::Failed],
            (_, 0) => &[Status::Delivered, Status::Sent],
            (_, 1) => &[Status::Sent, Status::Delivered, Status::Delivered],
            _ => &[Status::Delivered],
        };
        // Who is told of a failure has time for another way.
        let longest = if fate == Fate::Lost { 20 } else { 180 };
        let late = SignedDuration::from_mins(self.chance.random_range(0..longest));
        for status in words {
            let marked = self.chance.random_bool(0.8);
            let report = Report { provider, mark: mark.to_owned(), status: *status, marked };
            self.reports.entry(after(now, late)).or_default().push(report);
        }
    }

    fn letter(&mut self, dealt: &Dealt, now: Timestamp) {
        let fate = match dealt.mood {
            _ if dealt.taken => Fate::Left,
            Mood::RefusesRecipient => Fate::Closed,
            Mood::HangsUpBeforeTheLetter => Fate::Silent,
            _ => Fate::Busy,
        };
        if fate == Fate::Left && self.chance.random_bool(0.02) {
            self.mail.close_mailbox(&dealt.to);
        }
        let message = dealt.id.as_deref().and_then(|id| id.strip_suffix("@uwi"));
        let of = match message {
            Some(id) => Of::Message(id.to_owned()),
            None => Of::Address(dealt.to.clone()),
        };
        self.letters.push(Letter { of, channel: "email", at: now, fate });
    }

    /// Hands over the reports whose time has come.
    pub(super) async fn report(
        &mut self,
        office: &Office,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        if self.deaf {
            return Ok(());
        }
        while let Some(next) = self.reports.first_entry().filter(|next| *next.key() <= now) {
            let (at, told) = next.remove_entry();
            for (number, report) in told.iter().enumerate() {
                match self.tell(office, report).await {
                    // They come again, as they do when we do not answer.
                    Err(error) if error.is_transient() || error == StoreError::Conflict => {
                        self.reports.insert(at, told.into_iter().skip(number).collect());
                        return Ok(());
                    }
                    told => told?,
                }
            }
        }
        Ok(())
    }

    async fn tell(&self, office: &Office, report: &Report) -> Result<(), StoreError> {
        let Some(external) = self.world.message_marked(&report.mark) else { return Ok(()) };
        let failed = (report.status == Status::Failed).then_some(30005);
        if report.provider == "twilio" {
            self.world.note_message(&external, word(report.status), failed);
        }
        let told = Told {
            provider: report.provider,
            external: &external,
            status: report.status,
            code: failed.map(|_| "30005"),
            tag: report.marked.then_some(&*report.mark),
            at: None,
        };
        reports::receive(office, &told).await
    }
}

/// Twilio's word.
fn word(status: Status) -> &'static str {
    match status {
        Status::Failed => "undelivered",
        Status::Delivered => "delivered",
        _ => "sent",
    }
}
