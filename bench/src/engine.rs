//! The second yardstick: the same endpoint without persistence. The request goes
//! through what the server has around every request, is read, the dialogue steps,
//! the answer is streamed; calls, and what is booked of each tenant's agenda, are
//! kept in memory.

use axum::{
    Router, body::Bytes, extract::State, http::header, middleware::from_fn_with_state,
    response::IntoResponse, routing::post,
};
use dialogue::{Answer, Ask, Input, Mode, Next, Now, Receipt, Register, Script};
use domain::availability::{Busy, Slot, Wish, openings};
use domain::id::TenantId;
use domain::phone::E164;
use domain::tenant::{Profile, settings::Settings};
use jiff::Timestamp;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex};
use uwi::config::Config;
use uwi::http::{outer, site::Site};
use vendors::vapi::chat::ChatRequest;
use vendors::vapi::stream::{Head, events};

type Agenda = Arc<Mutex<Vec<Busy>>>;

struct Engine {
    /// Of all tenants, which differ by their numbers only.
    profile: Profile,
    now: Now,
    calls: Mutex<HashMap<String, dialogue::State>>,
    /// What is booked, by the number that was dialled.
    agendas: Mutex<HashMap<String, Agenda>>,
}

/// Serves until it is stopped; `at` is the instant of every turn, `tenant` the file
/// of `uwi tenant apply` that the server's tenants were made from.
pub async fn serve(listen: SocketAddr, at: Timestamp, tenant: &Path) {
    let text = std::fs::read_to_string(tenant).expect("the tenant's file is there");
    let settings = Settings::from_toml(&text).expect("the tenant's file is one");
    let profile = settings.profile(TenantId(1)).expect("its settings are correct");
    let now = Now { instant: at, local: at.to_zoned(profile.zone.clone()).datetime() };
    let (calls, agendas) = (Mutex::default(), Mutex::default());
    let engine = Arc::new(Engine { profile, now, calls, agendas });
    let app = Router::new()
        .route("/api/vapi/chat/completions", post(answer))
        .with_state(engine)
        .layer(from_fn_with_state(site().await, outer::around));
    let app = app.into_make_service_with_connect_info::<SocketAddr>();
    let listener = tokio::net::TcpListener::bind(listen).await.expect("the address is free");
    axum::serve(listener, app).await.expect("the server runs");
}

/// The server's parts, from the same environment; its database is not asked.
async fn site() -> Arc<Site> {
    let config = Config::read(&|name| std::env::var(name).ok()).expect("the server's environment");
    let office = uwi::cli::open(&config).await.expect("the server's database is there");
    uwi::serve::site(config, office).expect("the server could start")
}

async fn answer(State(engine): State<Arc<Engine>>, body: Bytes) -> impl IntoResponse {
    let request = ChatRequest::read(&body, None).expect("the bench sends chat requests");
    let call = request.facts.call.as_ref().map(|call| call.as_str().to_owned()).unwrap_or_default();
    let before = engine.calls.lock().expect("nobody panics").get(&call).cloned();
    let mut state = before.unwrap_or_else(|| dialogue::State::new(true));
    state.caller = request.facts.caller.as_deref().and_then(|raw| E164::parse(raw, "FR").ok());
    let dialled = request.facts.dialled.as_deref().unwrap_or_default();
    let (state, said) = engine.turn(state, dialled, &request.history.last_user);
    engine.calls.lock().expect("nobody panics").insert(call.clone(), state);
    let head = Head { id: call.into(), created: engine.now.instant.as_second(), model: "uwi-fr" };
    ([(header::CONTENT_TYPE, "text/event-stream")], events(&head, &said, None))
}

impl Engine {
    fn turn(
        &self,
        state: dialogue::State,
        dialled: &str,
        heard: &str,
    ) -> (dialogue::State, String) {
        let script = Script { profile: &self.profile, mode: Mode::Full, register: Register::Voice };
        let mut step = dialogue::step(&script, &state, &Input::Heard(heard.to_owned()), self.now);
        for _ in 0..dialogue::MAX_ROUNDS {
            let Next::Ask(ask) = &step.next else { break };
            let answer = self.outside(ask, dialled);
            step = dialogue::step(&script, &step.state, &Input::Answer(answer), self.now);
        }
        (step.state, step.say)
    }

    fn outside(&self, ask: &Ask, dialled: &str) -> Answer {
        let mut agendas = self.agendas.lock().expect("nobody panics");
        let agenda = Arc::clone(agendas.entry(dialled.to_owned()).or_default());
        drop(agendas);
        let mut busy = agenda.lock().expect("nobody panics");
        match ask {
            Ask::Openings { wish, limit } => {
                let slots = self.openings(wish, &busy, *limit);
                let nearest = match slots.is_empty() {
                    true => self.openings(&Wish::default(), &busy, *limit),
                    false => Vec::new(),
                };
                Answer::Openings { slots, nearest }
            }
            Ask::Book(booking) => {
                let Slot { calendar, start, end, .. } = booking.slot.clone();
                busy.push(Busy { calendar, start, end });
                Answer::Booked(Receipt::committed_with("bench", booking.slot.clone()))
            }
            _ => Answer::Failed,
        }
    }

    fn openings(&self, wish: &Wish, busy: &[Busy], limit: usize) -> Vec<Slot> {
        openings(&self.profile, wish, busy, self.now.instant, limit)
    }
}
