//! Gets a page again and again, as a dashboard that refreshes.

use crate::{client::Client, stats::Durations};
use clap::Args;
use std::net::SocketAddr;
use std::time::Duration;

/// One run.
#[derive(Args)]
pub struct Page {
    /// The server.
    #[arg(long)]
    to: SocketAddr,
    /// The page.
    #[arg(long, default_value = "/app")]
    path: String,
    /// The session's cookie, `name=value`.
    #[arg(long, default_value = "")]
    cookie: String,
    /// How often; at most 10 000.
    #[arg(long, default_value_t = 200)]
    times: u32,
    /// Milliseconds between two.
    #[arg(long, default_value_t = 5)]
    pause: u64,
}

impl Page {
    /// Runs and prints one JSON line.
    pub async fn run(self) {
        let headers =
            format!("Cookie: {}\r\nAccept: text/html\r\nAccept-Encoding: gzip\r\n", self.cookie);
        let mut client = Client::connect(self.to).await.expect("the server accepts");
        let mut first = Durations::default();
        let mut bytes = 0;
        let mut status = 0;
        for _ in 0..self.times.min(10_000) {
            let reply = client.get(&self.path, &headers).await.expect("the server answers");
            bytes = reply.body.len();
            status = reply.status;
            first.push(reply.first);
            tokio::time::sleep(Duration::from_millis(self.pause)).await;
        }
        println!(
            "{}",
            serde_json::json!({
                "status": status,
                "bytes": bytes,
                "first_p50_ms": first.percentile_ms(0.5),
                "first_p95_ms": first.percentile_ms(0.95),
            })
        );
    }
}
