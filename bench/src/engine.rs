//! The second yardstick: the same endpoint without persistence. The request is
//! read, the dialogue steps, the answer is streamed; state lives in memory and
//! bookings are written nowhere.

use axum::{
    Router, body::Bytes, extract::State, http::header, response::IntoResponse, routing::post,
};
use dialogue::{Answer, Ask, Input, Mode, Next, Now, Receipt, Register, Script};
use domain::availability::openings;
use domain::id::TenantId;
use domain::phone::E164;
use domain::tenant::{Profile, settings::Settings};
use jiff::Timestamp;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use vendors::vapi::chat::ChatRequest;
use vendors::vapi::stream::{Head, events};

struct Engine {
    profile: Profile,
    now: Now,
    calls: Mutex<HashMap<String, dialogue::State>>,
}

/// Serves until it is stopped; `at` is the instant of every turn.
pub async fn serve(listen: SocketAddr, at: Timestamp) {
    let profile =
        Settings::sandbox_demo().profile(TenantId(1)).expect("the sandbox has correct settings");
    let now = Now { instant: at, local: at.to_zoned(profile.zone.clone()).datetime() };
    let engine = Arc::new(Engine { profile, now, calls: Mutex::default() });
    let app = Router::new().route("/api/vapi/chat/completions", post(answer)).with_state(engine);
    let listener = tokio::net::TcpListener::bind(listen).await.expect("the address is free");
    axum::serve(listener, app).await.expect("the server runs");
}

async fn answer(State(engine): State<Arc<Engine>>, body: Bytes) -> impl IntoResponse {
    let request = ChatRequest::read(&body, None).expect("the bench sends chat requests");
    let call = request.facts.call.as_ref().map(|call| call.as_str().to_owned()).unwrap_or_default();
    let before = engine.calls.lock().expect("nobody panics").get(&call).cloned();
    let mut state = before.unwrap_or_else(|| dialogue::State::new(true));
    state.caller = request.facts.caller.as_deref().and_then(|raw| E164::parse(raw, "FR").ok());
    let (state, said) = engine.turn(state, &request.history.last_user);
    engine.calls.lock().expect("nobody panics").insert(call.clone(), state);
    let head = Head { id: call.into(), created: engine.now.instant.as_second(), model: "uwi-fr" };
    ([(header::CONTENT_TYPE, "text/event-stream")], events(&head, &said, None))
}

impl Engine {
    fn turn(&self, state: dialogue::State, heard: &str) -> (dialogue::State, String) {
        let script = Script { profile: &self.profile, mode: Mode::Full, register: Register::Voice };
        let mut step = dialogue::step(&script, &state, &Input::Heard(heard.to_owned()), self.now);
        for _ in 0..dialogue::MAX_ROUNDS {
            let Next::Ask(ask) = &step.next else { break };
            let answer = self.outside(ask);
            step = dialogue::step(&script, &step.state, &Input::Answer(answer), self.now);
        }
        (step.state, step.say)
    }

    fn outside(&self, ask: &Ask) -> Answer {
        match ask {
            Ask::Openings { wish, limit } => Answer::Openings {
                slots: openings(&self.profile, wish, &[], self.now.instant, *limit),
                nearest: Vec::new(),
            },
            Ask::Book(booking) => {
                Answer::Booked(Receipt::committed_with("bench", booking.slot.clone()))
            }
            _ => Answer::Failed,
        }
    }
}
