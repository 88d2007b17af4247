//! A house with the simulated providers.

use crate::house::{House, monday};
use desk::agents::{NewAgent, agent_id};
use desk::numbers::NumberError;
use desk::numbers::provision::More;
use desk::numbers::reconcile::{Report, reconcile};
use desk::providers::{Account, Providers, Telephony};
use desk::{Desk, Office, Who, tenants};
use domain::id::TenantId;
use domain::numbers::Place;
use domain::phone::E164;
use domain::routing::{Channel, Resolution};
use domain::tenant::AgentKind;
use domain::tenant::settings::Settings;
use jiff::SignedDuration;
use std::sync::Arc;
use store::numbers::NumberRow;
use store::testing::Bench;
use uuid::Uuid;
use vendors::elevenlabs::api::Api as ElevenLabs;
use vendors::simulator::{Review, Setup, World};
use vendors::twilio::client::Twilio;
use vendors::vapi::api::Api;

pub struct Exchange {
    pub house: House,
    pub world: World,
    pub providers: Providers,
    pub tenant: TenantId,
}

fn client() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

impl Exchange {
    pub async fn open(bench: Bench) -> Self {
        Self::reviewed(bench, Review::Approve).await
    }

    pub async fn reviewed(bench: Bench, review: Review) -> Self {
        let house = House::open(bench).await;
        let setup = Setup { review, ..Setup::demo(Arc::new(monday)) };
        let world = World::new(setup, client());
        let (base, _serving) = world.listen(([127, 0, 0, 1], 0).into()).await.unwrap();
        let setup = world.setup();
        let telephony = Telephony {
            client: Twilio::new(client(), Some(&base), setup.twilio.clone()),
            credentials: setup.twilio.clone(),
        };
        let providers = Providers {
            twilio: Some(telephony),
            vapi: Some(Api::new(client(), Some(&base), setup.vapi_key.clone())),
            elevenlabs: Some(ElevenLabs::new(client(), Some(&base), setup.elevenlabs_key.clone())),
            secret: None,
            home: "https://uwi.example".to_owned(),
            account: Account::Simulated,
        };
        let tenant = tenant(&house.office, "Cabinet Martin").await;
        Self { house, world, providers, tenant }
    }

    /// Goes on with another tenant.
    pub async fn moves_to(&mut self, name: &str) {
        self.tenant = tenant(&self.house.office, name).await;
    }

    pub fn desk(&self) -> Desk {
        Desk::new(Arc::clone(&self.house.office), self.tenant, Who::Operator)
    }

    pub async fn agent(&self) -> String {
        let id = Uuid::from_u128(7);
        let made = self.desk().create_agent(&self.providers, &new_agent(), id).await.unwrap();
        assert_eq!(made.agent_id, agent_id(id));
        made.agent_id
    }

    pub async fn provision(&self, agent: &str) -> Result<NumberRow, NumberError> {
        let place = area("212");
        let wish = (&place, More::First);
        self.desk().provision(&self.providers, agent, wish, self.fresh()).await
    }

    pub fn fresh(&self) -> Uuid {
        self.house.office.world.ids.uuid(monday())
    }

    pub fn wait(&self, hours: i64) {
        let clock = &self.house.office.world.clock;
        clock.set(clock.now() + SignedDuration::from_hours(hours));
    }

    /// A process that starts anew, and its hourly work some hours long.
    pub async fn restarted(&self, hours: usize) -> Report {
        let office = self.house.another().await;
        office.world.clock.set(self.house.office.world.clock.now());
        let mut last = Report::default();
        for _ in 0..hours {
            office.world.clock.set(office.world.clock.now() + SignedDuration::from_hours(1));
            last = reconcile(&office, &self.providers).await.unwrap();
        }
        self.house.office.world.clock.set(office.world.clock.now());
        last
    }

    pub async fn answers(&self, number: &str) -> bool {
        let number = E164::parse(number, "US").unwrap();
        let office = self.house.another().await;
        let found = office.resolve_tenant_id_from_vocal_call(&number, Channel::Vocal).await;
        found.unwrap() == Resolution::Routed(self.tenant)
    }

    async fn open_wishes(&self) -> usize {
        self.desk().wishes().await.unwrap().len()
    }

    /// Every paid number is one of ours, and works.
    pub async fn books_balance(&self, numbers: usize) {
        assert_eq!(self.world.books().owned, numbers, "{:?}", self.world.books());
        let ours = self.desk().numbers().await.unwrap();
        assert_eq!(ours.len(), numbers);
        for number in &ours {
            assert_eq!(number.status, "active");
            assert!(self.answers(&number.phone_number).await);
        }
        assert_eq!(self.open_wishes().await, 0);
    }
}

async fn tenant(office: &Office, name: &str) -> TenantId {
    let settings = Settings::from_toml(&format!("name = \"{name}\"\n")).unwrap();
    tenants::apply(office, &settings).await.unwrap().tenant
}

pub fn new_agent() -> NewAgent {
    let name = "Accueil du cabinet".to_owned();
    NewAgent { name, language: "fr".to_owned(), kind: AgentKind::Appointment, voice: None }
}

pub fn area(code: &str) -> Place {
    Place::read(None, Some(code), "FR").unwrap()
}
