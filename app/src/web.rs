//! What every handler has: the product, and what the operator decided about pages.

use desk::Office;
use desk::providers::{Account, Providers};
use std::sync::Arc;

/// What the operator decided about pages.
#[derive(Debug, Clone, Default)]
pub struct WebConfig {
    /// How cookies travel.
    pub cookies: Cookies,
    /// What every page says first.
    pub banner: Banner,
    /// Where visitors can write to, shown on the legal pages.
    pub contact: Option<String>,
    /// Our own address, without a slash at the end.
    pub home: String,
}

/// Whether every page says that the providers are simulated: it must, where
/// anybody may come (`UWI_SIMULATORS=on`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Banner {
    /// Nothing is said.
    #[default]
    Off,
    /// It is, on every page.
    Simulated,
}

/// How cookies travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cookies {
    /// Also over plain HTTP: a listener on this machine.
    #[default]
    Plain,
    /// Only over HTTPS: everywhere else.
    Secure,
}

/// What every handler has.
#[derive(Clone)]
pub struct Web {
    /// The product.
    pub office: Arc<Office>,
    /// Who sells numbers and who speaks.
    pub providers: Arc<Providers>,
    /// What the operator decided about pages.
    pub config: Arc<WebConfig>,
}

impl Web {
    /// True when the built-in simulators stand in for the providers.
    pub(crate) fn is_simulated(&self) -> bool {
        self.providers.account == Account::Simulated
    }
}
