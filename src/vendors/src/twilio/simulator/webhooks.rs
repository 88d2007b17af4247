//! Asking our webhooks, and telling them how calls ended.

use super::super::form::Form;
use super::super::signature::{Signed, sign};
use crate::simulator::{Reporting, World};
use std::time::Duration;

/// How late a late report is.
const LATE: Duration = Duration::from_millis(400);

impl World {
    /// A new `I-Twilio-Idempotency-Token`: the same request sent again has the same.
    pub(super) fn idempotency_token(&self) -> String {
        let mut state = self.state();
        self.digits(&mut state)
    }

    /// Posts a form as Twilio does.
    pub(super) async fn post_signed(
        &self,
        url: &str,
        form: &Form,
        token: &str,
    ) -> Result<reqwest::Response, reqwest::Error> {
        let signature = sign(&self.setup().twilio.token, url, Signed::Form(form));
        let request = self.client().post(url).body(form.encode());
        let request = request
            .header("content-type", "application/x-www-form-urlencoded")
            .header("x-twilio-signature", signature)
            .header("i-twilio-idempotency-token", token)
            .timeout(Duration::from_secs(15));
        request.send().await
    }
}

/// What is told of a call that is over.
pub(super) struct Reports {
    pub(super) world: World,
    pub(super) url: String,
    pub(super) forms: Vec<Form>,
}

impl Reports {
    /// Tells it. A callback that fails is not repeated, as with Twilio's default.
    pub(super) async fn send(self, how: Reporting) {
        match how {
            Reporting::Late => drop(tokio::spawn(async move {
                tokio::time::sleep(LATE).await;
                self.post(1).await;
            })),
            Reporting::Twice => self.post(2).await,
            Reporting::Once | Reporting::OutOfOrder => self.post(1).await,
        }
    }

    async fn post(&self, times: u32) {
        for form in &self.forms {
            let token = self.world.idempotency_token();
            for _ in 0..times {
                let _ = self.world.post_signed(&self.url, form, &token).await;
            }
        }
    }
}
