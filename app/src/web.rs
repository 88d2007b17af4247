//! What every handler has: the product, and what the operator decided about pages.

use desk::Office;
use std::sync::Arc;

/// What the operator decided about pages.
#[derive(Debug, Clone, Default)]
pub struct WebConfig {
    /// How cookies travel.
    pub cookies: Cookies,
    /// Where visitors can write to, shown on the legal pages.
    pub contact: Option<String>,
    /// Our own address, without a slash at the end.
    pub home: String,
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
    /// What the operator decided about pages.
    pub config: Arc<WebConfig>,
}
