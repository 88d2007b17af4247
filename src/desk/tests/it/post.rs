//! A practice with channels, and simulated providers behind them.

use crate::house::{House, monday, number};
use desk::channels::vault::Vault;
use desk::channels::{Change, Switch};
use desk::outbox::{self, Mail, Outside};
use desk::recordings::Recordings;
use desk::sending::carriers::{Carriers, Meta};
use desk::sending::{self, Order, Queued};
use desk::{Desk, Office, Who, tenants};
use domain::channel::Kind;
use domain::id::{AppointmentId, MessageId, TenantId};
use domain::message::{Cause, Class, Event, Origin, Recipient};
use domain::tenant::settings::Settings;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use store::messages::log::{Filter, LogRow};
use store::testing::Bench;
use vendors::simulator::{Reports, Setup, World};
use vendors::twilio::client::Twilio;
use vendors::whatsapp::api::{PhoneNumberId, WhatsApp};
use vendors::whatsapp::simulator::PHONE_NUMBER_ID;

/// Nobody listens there.
pub const HOME: &str = "http://127.0.0.1:9";
pub const KEY: &str = "une clé d’essai assez longue pour cela";
/// Kept for fiction.
pub const PATIENT: &str = "+33639981234";
/// The practice's own number.
pub const OWN: &str = "+33199001234";

const FILE: &str = "name = \"Cabinet Martin\"\ntrade = \"médecin généraliste\"\n\
    [[hours]]\ndays = [\"mon-fri\"]\nfrom = \"09:00\"\nto = \"18:00\"\n\
    [[number]]\ne164 = \"+33199001234\"\nchannel = \"vocal\"\n";

pub struct Post {
    pub house: House,
    pub world: World,
    pub tenant: TenantId,
    pub base: reqwest::Url,
    pub letters: Arc<Mutex<Vec<outbox::KeptLetter>>>,
}

fn client() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

impl Post {
    /// With a key, and every account.
    pub async fn open(bench: Bench) -> Self {
        Self::with_keys(bench, &[KEY]).await
    }

    pub async fn with_keys(bench: Bench, keys: &[&str]) -> Self {
        let house = House::open(bench).await;
        let clock = house.office.world.clock.clone();
        let world = World::new(Setup::demo(Arc::new(move || clock.now())), client());
        world.report_messages(Reports::Held);
        let (base, _serving) = world.listen(([127, 0, 0, 1], 0).into()).await.unwrap();
        let settings = Settings::from_toml(FILE).unwrap();
        let tenant = tenants::apply(&house.office, &settings).await.unwrap().tenant;
        let post = Self { house, world, tenant, base, letters: Arc::default() };
        post.house.office.employ(post.carriers(keys));
        post
    }

    pub fn carriers(&self, keys: &[&str]) -> Carriers {
        let setup = self.world.setup();
        let keys: Vec<_> = keys.iter().map(|key| (*key).into()).collect();
        let token = setup.whatsapp_token.clone();
        Carriers {
            twilio: Some(Twilio::new(client(), Some(&self.base), setup.twilio.clone())),
            sender: None,
            whatsapp: Some(Meta {
                api: WhatsApp::new(client(), Some(&self.base), token),
                number: PhoneNumberId::parse(PHONE_NUMBER_ID),
            }),
            mail: Mail::Kept(Arc::clone(&self.letters)),
            vault: Vault::new(&keys),
            home: HOME.to_owned(),
            public: false,
        }
    }

    /// A second instance, with these keys and a clock that is not behind.
    pub async fn another(&self, keys: &[&str]) -> Arc<Office> {
        let other = self.house.another().await;
        other.employ(self.carriers(keys));
        other.world.clock.set(self.office().world.clock.now() + 1.second());
        other
    }

    pub fn office(&self) -> &Arc<Office> {
        &self.house.office
    }

    pub fn desk(&self) -> Desk {
        Desk::new(Arc::clone(self.office()), self.tenant, Who::Operator)
    }

    /// Sets a channel and switches it on.
    pub async fn channel(&self, kind: Kind, public: Value) {
        let enabled = Some(Switch::On);
        let change = Change { public: Some(public), enabled, ..Change::default() };
        self.desk().change_channel(kind, &change).await.unwrap();
    }

    /// Text messages from a name.
    pub async fn sms(&self) {
        self.channel(Kind::Sms, json!({ "sender": "Cab Martin" })).await;
    }

    pub async fn order(&self, order: &Order<'_>) -> MessageId {
        self.order_for(self.tenant, order).await
    }

    pub async fn order_for(&self, tenant: TenantId, order: &Order<'_>) -> MessageId {
        let profile = self.office().profile(tenant).await.unwrap();
        // Each a little later than the one before: the log shows them in order.
        let later = self.office().world.clock.now() + 1.millisecond();
        self.office().world.clock.set(later);
        let mut tx = self.office().db.begin(tenant).await.unwrap();
        let now = self.office().world.clock.now();
        let queued = sending::queue(&mut tx, &profile, order, now).await.unwrap();
        tx.commit().await.unwrap();
        match queued {
            Queued::New(id) | Queued::Known(id) | Queued::Refused(id, _) => id,
        }
    }

    /// Does what is due, on this instance.
    pub async fn run(&self) {
        self.run_on(self.office()).await;
    }

    pub async fn run_on(&self, office: &Office) {
        let outside = Outside {
            mail: Mail::Off,
            recordings: Recordings::Off,
            home: "https://uwi.example".to_owned(),
        };
        outbox::run_due(office, &outside).await.unwrap();
        sending::reports::apply_waiting(office).await.unwrap();
    }

    /// Lets time pass, working once in each step.
    pub async fn pass(&self, steps: usize, step: SignedDuration) {
        for _ in 0..steps {
            let now = self.office().world.clock.now();
            self.office().world.clock.set(now.saturating_add(step).unwrap());
            self.run().await;
        }
    }

    pub fn set_time(&self, at: &str) {
        self.office().world.clock.set(at.parse::<Timestamp>().unwrap());
    }

    /// What the log says, the oldest first.
    pub async fn log(&self) -> Vec<LogRow> {
        let mut rows = self.desk().messages_log(&Filter::default()).await.unwrap();
        rows.reverse();
        rows
    }

    /// Status and code of every message.
    pub async fn told(&self) -> Vec<String> {
        let word = |row: LogRow| match row.error_code {
            Some(code) => format!("{} {code}", row.status),
            None => row.status,
        };
        self.log().await.into_iter().map(word).collect()
    }
}

pub fn cause() -> Cause {
    Cause::Appointment(AppointmentId(uuid::Uuid::from_u128(7)))
}

/// A reminder by text message.
pub fn reminder(key: &str) -> Order<'_> {
    Order {
        key,
        to: Recipient::Sms(number(PATIENT)),
        class: Class::Transactional,
        origin: Origin::Reminder,
        event: Event::Reminder24h,
        language: "fr",
        variables: BTreeMap::from([
            ("date", "mardi 24 novembre".to_owned()),
            ("heure", "14 h 30".to_owned()),
        ]),
        not_before: None,
        not_after: Some(monday() + 48.hours()),
        cause: cause(),
    }
}
