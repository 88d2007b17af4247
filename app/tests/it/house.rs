//! The pages on a test database, and a browser without scripts.

use app::{WebConfig, router};
use axum::Router;
use axum::body::{Body, to_bytes};
use desk::providers::Providers;
use desk::sign_in::{self, Email};
use desk::switchboard::{TurnRequest, answer_turn};
use desk::{HouseRules, Office, UnknownDid, World};
use domain::id::{CallId, TenantId};
use domain::phone::E164;
use domain::routing::{Channel, TestRoute};
use http::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use http::{HeaderMap, Request, StatusCode};
use scraper::{Html, Selector};
use std::sync::Arc;
use store::testing::Bench;
use tower::ServiceExt as _;

pub struct House {
    pub office: Arc<Office>,
    router: Router,
    // Held for its database.
    _bench: Bench,
}

/// An answer, read to its end.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl House {
    pub async fn open() -> Self {
        Self::with(Providers::none("http://localhost")).await
    }

    /// A house with these providers.
    pub async fn with(providers: Providers) -> Self {
        let bench = Bench::sqlite().await;
        let number = E164::parse("+33939240575", "FR").unwrap();
        let rules = HouseRules {
            test: TestRoute { number, tenant: TenantId(1) },
            default_tenant: TenantId(1),
            unknown_did: UnknownDid::Default,
            staff: vec!["staff@localhost".to_owned()],
        };
        let world = World::fixed("2026-11-23T09:00:00Z".parse().unwrap());
        let office = Office::open(bench.db.clone(), world, rules).await.unwrap();
        let router = router(Arc::clone(&office), providers, WebConfig::default());
        Self { office, router, _bench: bench }
    }

    pub async fn get(&self, path: &str, cookie: &str) -> Answer {
        self.send(Request::get(path).header(COOKIE, cookie).body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, path: &str, cookie: &str, form: &str) -> Answer {
        let request = Request::post(path)
            .header(COOKIE, cookie)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form.to_owned()));
        self.send(request.unwrap()).await
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 1 << 20).await.unwrap();
        let body = String::from_utf8(body.to_vec()).unwrap();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    /// A link for an address, unused.
    pub async fn link(&self, email: &str) -> String {
        let email = Email::parse(email).unwrap();
        sign_in::login_link(&self.office, &email, None).await.unwrap().unwrap()
    }

    /// The cookie of somebody who has just signed in.
    pub async fn sign_in(&self, email: &str) -> String {
        let link = self.link(email).await;
        self.post(&link, "", "").await.cookie()
    }

    /// Answers a whole call.
    pub async fn call(&self, name: &str, texts: &[&str]) {
        for (index, text) in texts.iter().enumerate() {
            let request = TurnRequest {
                call: CallId::parse(name),
                channel: Channel::Vocal,
                dialled: Some("+33939240575".to_owned()),
                caller: Some("+33639981234".to_owned()),
                user_messages: u32::try_from(index).unwrap() + 1,
                heard: (*text).to_owned(),
                greeted: true,
                control_url: None,
            };
            answer_turn(&self.office, request).await;
        }
    }

    pub async fn books(&self) {
        let texts =
            ["je voudrais un rendez-vous", "Camille Lefèvre", "mardi matin", "le premier", "oui"];
        self.call("call-1", &texts).await;
    }
}

impl Answer {
    /// Where it sends the browser.
    pub fn location(&self) -> &str {
        self.headers.get(LOCATION).map_or("", |value| value.to_str().unwrap())
    }

    /// The cookie it sets, as the browser sends it back.
    pub fn cookie(&self) -> String {
        let set = self.headers.get(SET_COOKIE).map_or("", |value| value.to_str().unwrap());
        set.split(';').next().unwrap_or_default().to_owned()
    }

    /// The texts of what a selector finds, plain spaces between words.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let page = Html::parse_document(&self.body);
        let selector = Selector::parse(selector).unwrap();
        page.select(&selector)
            .map(|found| found.text().collect::<String>().replace(['\u{a0}', '\u{202f}'], " "))
            .map(|text| text.trim().to_owned())
            .collect()
    }

    /// An attribute of the first thing that a selector finds.
    pub fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        let page = Html::parse_document(&self.body);
        let selector = Selector::parse(selector).unwrap();
        page.select(&selector).next()?.value().attr(name).map(str::to_owned)
    }
}
