//! The yardstick: a bare axum handler that parses the same request and answers
//! the same shape, with nothing in between.

use axum::{Json, Router, http::header, response::IntoResponse, routing::post};
use serde::Deserialize;
use std::net::SocketAddr;

#[derive(Deserialize)]
struct Request {
    messages: Vec<Message>,
    call: Call,
}

#[derive(Deserialize)]
struct Message {
    role: String,
    content: String,
}

#[derive(Deserialize)]
struct Call {
    id: String,
}

/// Serves until it is stopped.
pub async fn serve(listen: SocketAddr) {
    let app = Router::new().route("/api/vapi/chat/completions", post(answer));
    let listener = tokio::net::TcpListener::bind(listen).await.expect("the address is free");
    axum::serve(listener, app).await.expect("the server runs");
}

async fn answer(Json(request): Json<Request>) -> impl IntoResponse {
    let users = request.messages.iter().filter(|message| message.role == "user").count();
    let letters: usize = request.messages.iter().map(|message| message.content.len()).sum();
    // Sentences that lead the caller through as many turns as the product does.
    let said = match users {
        1 => "À quel nom ?",
        2 => "Quel jour vous arrange ?",
        3 => "Je vous propose mardi à 10 h 30 ou jeudi à 9 h. Lequel vous convient ?",
        4 => "J'ai un numéro qui se termine par 34. C'est bien le vôtre ?",
        5 => "C'est confirmé : mardi à 10 h 30.",
        _ => "Au revoir.",
    };
    let frame = |delta: &str, finish: &str| {
        format!(
            "data: {{\"id\":\"chatcmpl-{}-{letters}\",\"object\":\"chat.completion.chunk\",\"created\":1789374613,\"model\":\"receptionist-fr\",\"choices\":[{{\"index\":0,\"delta\":{delta},\"finish_reason\":{finish}}}]}}\n\n",
            request.call.id
        )
    };
    let mut body = frame("{\"role\":\"assistant\",\"content\":\"\"}", "null");
    body.push_str(&frame(&format!("{{\"content\":\"{said}\"}}"), "null"));
    body.push_str(&frame("{}", "\"stop\""));
    body.push_str("data: [DONE]\n\n");
    ([(header::CONTENT_TYPE, "text/event-stream")], body)
}
