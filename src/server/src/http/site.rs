//! What every handler has at hand.

use crate::config::Config;
use desk::outbox::Mail;
use desk::providers::Providers;
use desk::recordings::Recordings;
use desk::{Clock, Office};
use jiff::Timestamp;
use metrics_exporter_prometheus::PrometheusHandle;
use reqwest::Url;
use std::sync::Arc;
use vendors::vapi::control::Controller;

/// The running server's parts.
pub struct Site {
    /// What the operator decided.
    pub config: Config,
    /// The product.
    pub office: Arc<Office>,
    /// Acts on live calls.
    pub controller: Controller,
    /// Who removes recordings that may not be kept.
    pub recordings: Recordings,
    /// Who sells numbers and who speaks.
    pub providers: Providers,
    /// How mail leaves.
    pub mail: Mail,
    /// Where the figures of `/metrics` are kept.
    pub figures: PrometheusHandle,
    /// Where providers reach us, without a trailing slash.
    pub public_base: String,
    /// When the process began to serve.
    pub started: Timestamp,
}

impl Site {
    /// The business clock.
    pub fn now(&self) -> Timestamp {
        self.office.world.clock.now()
    }

    /// The machine's clock, for signatures: nobody may set it.
    pub fn system_now(&self) -> Timestamp {
        Clock::System.now()
    }

    /// The host that the operator has set in Vapi's place, when this house is
    /// private: in public only Vapi's own hosts are called.
    pub fn own_vapi(&self) -> Option<&Url> {
        let private = self.config.house() == crate::config::House::Private;
        self.config.vapi.base_url.as_ref().filter(|_| private)
    }
}
