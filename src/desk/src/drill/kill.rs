//! Stopping work in the middle: a future that is dropped after so many steps.

use std::future::Future;
use std::pin::pin;
use std::task::Poll;

/// Lets `work` take so many steps; `None` when it was stopped before its end.
pub(super) async fn after<T>(steps: usize, work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    let mut left = steps;
    std::future::poll_fn(move |context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        work.as_mut().poll(context).map(Some)
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::after;

    #[tokio::test]
    async fn work_is_stopped_after_its_steps() {
        let work = async {
            for _ in 0..3 {
                tokio::task::yield_now().await;
            }
            "done"
        };
        assert_eq!(after(2, work).await, None);
        assert_eq!(after(9, async { "done" }).await, Some("done"));
    }
}
