//! Sends whole dialogues: paced like calls, or flat out.

use crate::{caller, client::Client, stats::Durations};
use clap::Args;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// One run.
#[derive(Args, Clone)]
pub struct Load {
    /// The server.
    #[arg(long)]
    to: SocketAddr,
    /// Connections, each with one call at a time.
    #[arg(long, default_value_t = 100)]
    calls: u64,
    /// Seconds to run; at most 120.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Milliseconds between two turns of a call; 0 is flat out.
    #[arg(long, default_value_t = 0)]
    pause: u64,
    /// Dialled numbers, comma-separated; each call takes the next.
    #[arg(long, value_delimiter = ',', default_value = "+33939240575")]
    dial: Vec<String>,
    /// Distinguishes the calls of two runs on one database.
    #[arg(long, default_value_t = 1)]
    run: u64,
}

#[derive(Default)]
struct Tally {
    total: Durations,
    first: Durations,
    bookings: u64,
    calls: u64,
    refused: u64,
}

impl Load {
    /// Runs and prints one JSON line.
    pub async fn run(self) {
        let counter = Arc::new(AtomicU64::new(0));
        let begun = Instant::now();
        let until = begun + Duration::from_secs(self.seconds.min(120));
        let mut lines = tokio::task::JoinSet::new();
        for line in 0..self.calls {
            let (load, counter) = (self.clone(), counter.clone());
            lines.spawn(async move { load.line(line, &counter, until).await });
        }
        let mut all = Tally::default();
        while let Some(done) = lines.join_next().await {
            let done = done.expect("a line does not panic");
            all.total.extend(done.total);
            all.first.extend(done.first);
            all.bookings += done.bookings;
            all.calls += done.calls;
            all.refused += done.refused;
        }
        let seconds = begun.elapsed().as_secs_f64();
        #[expect(clippy::cast_precision_loss, reason = "a count of turns")]
        let per_second = all.total.len() as f64 / seconds;
        println!(
            "{}",
            serde_json::json!({
                "turns": all.total.len(),
                "turns_per_second": per_second.round(),
                "first_p99_ms": all.first.percentile_ms(0.99),
                "p50_ms": all.total.percentile_ms(0.5),
                "p99_ms": all.total.percentile_ms(0.99),
                "calls": all.calls,
                "bookings": all.bookings,
                "refused": all.refused,
            })
        );
    }

    async fn line(&self, line: u64, counter: &AtomicU64, until: Instant) -> Tally {
        let mut tally = Tally::default();
        let mut client = Client::connect(self.to).await.expect("the server accepts");
        if self.pause > 0 {
            // Calls do not speak in step.
            tokio::time::sleep(Duration::from_millis(self.pause * line / self.calls)).await;
        }
        while Instant::now() < until {
            let index = counter.fetch_add(1, Ordering::Relaxed);
            let dialled = &self.dial[usize::try_from(index).unwrap_or(0) % self.dial.len()];
            let mut call = caller::Caller::new(self.run, index, dialled);
            tally.calls += 1;
            let mut said = None;
            while let Some(body) = call.request(said.as_deref()) {
                let due = Instant::now() + Duration::from_millis(self.pause);
                let reply = client
                    .post("/api/vapi/chat/completions", "", &body)
                    .await
                    .expect("the server answers");
                if reply.status != 200 {
                    tally.refused += 1;
                    break;
                }
                tally.total.push(reply.total);
                tally.first.push(reply.first);
                let sentence = caller::spoken(&reply.body);
                tally.bookings += u64::from(sentence.contains("confirmé"));
                said = Some(sentence);
                if self.pause > 0 {
                    tokio::time::sleep_until(due.into()).await;
                }
                if Instant::now() >= until {
                    break;
                }
            }
        }
        tally
    }
}
