use crate::house::{Conversation, House};
use axum::Json;
use axum::Router;
use axum::routing::post;
use serde_json::{Value, json};
use store::testing::Bench;
use tokio::net::TcpListener;
use tokio::sync::mpsc;

/// Somebody in Vapi's place who notes what a live call is told.
async fn vapi() -> (String, mpsc::Receiver<Value>) {
    let (sender, told) = mpsc::channel(8);
    let control = async move |Json(body): Json<Value>| {
        sender.send(body).await.unwrap();
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new().route("/{call}/control", post(control));
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (base, told)
}

#[tokio::test]
async fn a_call_without_tools_is_ended_through_its_control_url() {
    let (base, mut told) = vapi().await;
    let house = House::with(Bench::sqlite().await, &[("VAPI_BASE_URL", &base)]).await;
    let mut call = Conversation::new("call-1");
    call.body["call"]["monitor"] = json!({ "controlUrl": format!("{base}/call-1/control") });
    let said = call.says(&house, "Non rien, au revoir").await;
    assert!(said.contains("revoir"));
    assert_eq!(told.recv().await.unwrap(), json!({ "type": "end-call" }));
}

#[tokio::test]
async fn a_control_url_that_is_not_vapis_is_never_called() {
    let (base, mut told) = vapi().await;
    let house = House::open(Bench::sqlite().await).await;
    let mut call = Conversation::new("call-1");
    call.body["call"]["monitor"] = json!({ "controlUrl": format!("{base}/call-1/control") });
    call.says(&house, "Non rien, au revoir").await;
    // Nothing was begun: the only sender of commands is idle once it answered.
    assert!(told.try_recv().is_err());
}
