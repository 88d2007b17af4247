//! `uwi drill month`: a simulated month of appointments and reminders, judged.
//!
//! [`plan`] draws what people do (book, move, cancel) from a seed; two
//! instances of the product on one scratch database live through it on a
//! clock of our own, in steps of five minutes, are stopped in mid-work and
//! started again. What is due takes the path that every message takes, to the
//! simulators of Twilio, Meta and a mail server ([`providers`]), who keep a book
//! of what really left. [`judge`] computes from the plan alone what should
//! have left, and compares.

mod book;
mod judge;
mod kill;
mod plan;
mod providers;
mod report;
mod season;
mod wish;

pub use report::{Broken, Report};

use crate::office::{HouseRules, OfficeError, UnknownDid};
use domain::id::TenantId;
use domain::phone::E164;
use domain::routing::TestRoute;
use jiff::civil::{Date, date};
use store::StoreError;
use store::scratch::Scratch;
use vendors::mail::MailSetupError;

/// How large, and from which seed.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// How many tenants.
    pub tenants: usize,
    /// How many appointments.
    pub appointments: usize,
    /// Everything random comes from it.
    pub seed: u64,
}

/// Why a drill could not be held.
#[derive(Debug, thiserror::Error)]
pub enum DrillError {
    /// The database refuses or does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The product does not start on the scratch database.
    #[error(transparent)]
    Office(#[from] OfficeError),
    /// The simulators cannot be served.
    #[error("the simulated providers: {0}")]
    Providers(#[from] std::io::Error),
    /// The simulated mail server cannot be written to.
    #[error("the simulated mail server: {0}")]
    Mail(#[from] MailSetupError),
    /// A file of a tenant that the drill makes is refused.
    #[error("a tenant of the drill: {0}")]
    Tenant(String),
}

/// First days of the two months: in each the clocks change, on different days
/// in Europe and in America.
const MONTHS: [Date; 2] = [date(2026, 3, 5), date(2026, 10, 8)];

/// Holds the drill on scratch databases of the engine of `url`: half of the
/// tenants live in spring, half in autumn. `client` carries what is asked of the
/// simulated providers.
pub async fn month(url: &str, size: Size, client: &reqwest::Client) -> Result<Report, DrillError> {
    let mut report = Report::default();
    for (number, first) in MONTHS.into_iter().enumerate() {
        let half = |whole: usize| (whole + 1 - number) / 2;
        let size = Size {
            tenants: half(size.tenants).max(1),
            appointments: half(size.appointments).max(1),
            seed: size.seed.wrapping_mul(31).wrapping_add(number as u64),
        };
        let name = format!("uwi_drill_{}_{}_{number}", std::process::id(), size.seed);
        let scratch = Scratch::make(url, &name).await?;
        let lived = season::live(&scratch, size, first, client).await;
        scratch.remove().await?;
        report.add(lived?);
    }
    Ok(report)
}

/// The house of a drill; its test tenant takes no part.
fn rules() -> HouseRules {
    let number = E164::parse("+33939240575", "FR").expect("the public test number is one");
    HouseRules {
        test: TestRoute { number, tenant: TenantId(1) },
        default_tenant: TenantId(1),
        unknown_did: UnknownDid::Default,
        staff: Vec::new(),
    }
}
