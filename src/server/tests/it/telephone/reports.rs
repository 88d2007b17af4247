//! How calls end, as Twilio tells it.

use super::line::{ENV, NUMBER, Phone, fixture, logs, posted, practice};
use crate::house::House;
use domain::id::TenantId;
use store::on_both_backends;
use store::testing::Bench;

async fn a_call_never_goes_back_to_an_earlier_state(bench: Bench) {
    let house = House::with(bench, &ENV).await;
    let tenant = practice(&house, "").await;
    let phone = Phone::to(&house, NUMBER);
    phone.rings().await;
    assert_eq!(phone.ends("ringing", "0").await.status, 204);
    assert_eq!(logs(&house, tenant).await[0].call_status, "in-progress");
    assert_eq!(phone.ends("completed", "41").await.status, 204);
    let ended = logs(&house, tenant).await;
    assert_eq!((ended[0].call_status.as_str(), ended[0].duration_seconds), ("completed", Some(41)));
    for (late, seconds) in
        [("in-progress", "0"), ("initiated", "0"), ("no-answer", "0"), ("busy", "0")]
    {
        assert_eq!(phone.ends(late, seconds).await.status, 204, "{late}");
    }
    assert_eq!(logs(&house, tenant).await, ended);
}

async fn the_end_of_a_call_that_was_never_heard_of_is_kept(bench: Bench) {
    let house = House::with(bench, &ENV).await;
    let path = "/api/webhooks/call/status";
    let form = fixture("voice-status-callback.inbound.completed.json");
    assert_eq!(posted(&house, path, &form, &[]).await.status, 204);
    let rows = logs(&house, TenantId(1)).await;
    assert_eq!((rows[0].call_status.as_str(), rows[0].duration_seconds), ("completed", Some(27)));
    assert_eq!(rows[0].outcome.as_deref(), Some("user_abandon"));
    // A call out is nobody's call in.
    let form = fixture("voice-status-callback.outbound.completed.json");
    assert_eq!(posted(&house, path, &form, &[]).await.status, 204);
    assert_eq!(logs(&house, TenantId(1)).await.len(), 1);
}

on_both_backends!(
    a_call_never_goes_back_to_an_earlier_state,
    the_end_of_a_call_that_was_never_heard_of_is_kept,
);
