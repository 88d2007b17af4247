//! Percentiles of durations.

use std::time::Duration;

/// Durations of one run.
#[derive(Default)]
pub struct Durations(Vec<u64>);

impl Durations {
    /// Adds one.
    pub fn push(&mut self, took: Duration) {
        self.0.push(u64::try_from(took.as_nanos()).unwrap_or(u64::MAX));
    }

    /// Adds all of another.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The value below which `share` (0 to 1) of them lie, in milliseconds.
    pub fn percentile_ms(&mut self, share: f64) -> f64 {
        self.percentile_us(share) / 1_000.0
    }

    /// The same in microseconds.
    pub fn percentile_us(&mut self, share: f64) -> f64 {
        if self.0.is_empty() {
            return 0.0;
        }
        self.0.sort_unstable();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "an index among measured values"
        )]
        let index = ((self.0.len() - 1) as f64 * share).round() as usize;
        #[expect(clippy::cast_precision_loss, reason = "nanoseconds of a short run")]
        let micros = self.0[index] as f64 / 1_000.0;
        micros
    }
}
