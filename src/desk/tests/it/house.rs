//! A house to test in: an office on a test database, a clock that stands
//! still, callers.

use desk::switchboard::{self, TurnReply, TurnRequest};
use desk::{HouseRules, Office, UnknownDid, World};
use domain::id::{CallId, TenantId};
use domain::phone::E164;
use domain::routing::{Channel, TestRoute};
use jiff::Timestamp;
use std::sync::Arc;
use store::testing::Bench;
use store::{Db, fetch_all};

pub const TEST_NUMBER: &str = "+33939240575";
pub const CALLER: &str = "+33639981234";

pub fn number(text: &str) -> E164 {
    E164::parse(text, "FR").unwrap()
}

pub fn call_id(name: &str) -> CallId {
    CallId::parse(name).unwrap()
}

pub fn rules() -> HouseRules {
    HouseRules {
        test: TestRoute { number: number(TEST_NUMBER), tenant: TenantId(1) },
        default_tenant: TenantId(1),
        unknown_did: UnknownDid::Default,
        staff: vec!["staff@localhost".to_owned()],
    }
}

/// Monday 23 November 2026, 10:00 in Paris.
pub fn monday() -> Timestamp {
    "2026-11-23T09:00:00Z".parse().unwrap()
}

pub struct House {
    pub office: Arc<Office>,
    // Held for its database.
    pub bench: Bench,
}

impl House {
    pub async fn open(bench: Bench) -> Self {
        let office = office(bench.db.clone()).await;
        Self { office, bench }
    }

    /// A second instance on the same database, at the same time.
    pub async fn another(&self) -> Arc<Office> {
        office(self.bench.another().await).await
    }

    /// Every row of a query of one text column.
    pub async fn texts(&self, sql: &'static str) -> Vec<String> {
        self.texts_of(TenantId(1), sql).await
    }

    pub async fn texts_of(&self, tenant: TenantId, sql: &'static str) -> Vec<String> {
        let mut reader = self.office.db.read(tenant).await.unwrap();
        let rows = fetch_all!(reader, sql => (String,)).unwrap();
        rows.into_iter().map(|(text,)| text).collect()
    }
}

async fn office(db: Db) -> Arc<Office> {
    Office::open(db, World::fixed(monday()), rules()).await.unwrap()
}

/// Somebody on the telephone.
pub struct Caller {
    pub office: Arc<Office>,
    pub request: TurnRequest,
}

impl Caller {
    pub fn new(office: &Arc<Office>, call: &str) -> Self {
        let request = TurnRequest {
            call: Some(call_id(call)),
            channel: Channel::Vocal,
            dialled: Some(TEST_NUMBER.to_owned()),
            caller: Some(CALLER.to_owned()),
            user_messages: 0,
            heard: String::new(),
            greeted: true,
            control_url: None,
        };
        Self { office: Arc::clone(office), request }
    }

    /// Says one more thing and hears the answer.
    pub async fn says(&mut self, text: &str) -> TurnReply {
        self.request.user_messages += 1;
        self.request.heard = text.to_owned();
        self.again().await
    }

    /// The last request once more.
    pub async fn again(&self) -> TurnReply {
        switchboard::answer_turn(&self.office, self.request.clone()).await
    }

    pub async fn says_all(&mut self, texts: &[&str]) -> TurnReply {
        let mut reply = None;
        for text in texts {
            let answer = self.says(text).await;
            eprintln!("- {text}\n  {}", answer.say);
            reply = Some(answer);
        }
        reply.expect("something was said")
    }

    /// Books an appointment on Tuesday.
    pub async fn books(&mut self) -> TurnReply {
        self.says_all(BOOKING).await
    }
}

pub const BOOKING: &[&str] = &[
    "Bonjour, je voudrais prendre rendez-vous",
    "Camille Lefèvre",
    "mardi matin",
    "le premier",
    "oui",
];
