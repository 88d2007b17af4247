//! What follows a call: until when requests are answered, what the practice
//! and the caller are told, and the form on which one may write instead.

use crate::ticket::Delays;
use jiff::civil::{DateTime, Time, time};

/// A tenant's settings of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Following {
    /// Until when requests should be answered.
    pub delays: Delays,
    /// When no mail is written to the practice; `None`: always.
    pub quiet: Option<Quiet>,
    /// Whether a caller is offered a confirmation by text message.
    pub confirmation: Confirmation,
    /// The public form; `None`: there is none.
    pub form: Option<Form>,
}

impl Default for Following {
    fn default() -> Self {
        Self {
            delays: Delays::default(),
            quiet: Some(Quiet { from: time(21, 0, 0, 0), to: time(7, 0, 0, 0) }),
            confirmation: Confirmation::Wanted,
            form: None,
        }
    }
}

/// Hours of the night, over midnight when `to` is before `from`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quiet {
    /// The first quiet minute.
    pub from: Time,
    /// The first minute after.
    pub to: Time,
}

/// Whether a caller is offered a confirmation by text message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confirmation {
    /// After a booking, once the tenant can send text messages.
    Wanted,
    /// After a booking: the tenant can send text messages.
    Ready,
    /// Never.
    Off,
}

/// What the public form says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// What one may write for, in a line.
    pub title: String,
    /// The words that one agrees to.
    pub consent: String,
}

impl Quiet {
    /// The end of the quiet hours that `local` lies in; `None`: it is not quiet.
    pub fn ends_after(&self, local: DateTime) -> Option<DateTime> {
        let clock = local.time();
        let today = local.date().to_datetime(self.to);
        let over_midnight = self.to < self.from;
        if over_midnight && clock >= self.from {
            return Some(local.date().tomorrow().ok()?.to_datetime(self.to));
        }
        let quiet = clock < self.to && (over_midnight || clock >= self.from);
        quiet.then_some(today)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(quiet: Quiet, local: &str) -> Option<String> {
        quiet.ends_after(local.parse().unwrap()).map(|end| end.to_string())
    }

    #[test]
    fn a_night_ends_in_the_morning() {
        let night = Quiet { from: time(21, 0, 0, 0), to: time(7, 0, 0, 0) };
        let morning = |day: &str| Some(format!("{day}T07:00:00"));
        assert_eq!(end(night, "2026-11-23T21:00:00"), morning("2026-11-24"));
        assert_eq!(end(night, "2026-11-24T06:59:59"), morning("2026-11-24"));
        assert_eq!(end(night, "2026-11-24T07:00:00"), None);
        assert_eq!(end(night, "2026-11-24T20:59:00"), None);
        let lunch = Quiet { from: time(12, 0, 0, 0), to: time(14, 0, 0, 0) };
        assert_eq!(end(lunch, "2026-11-24T13:00:00"), Some("2026-11-24T14:00:00".to_owned()));
        assert_eq!(end(lunch, "2026-11-24T11:00:00"), None);
        assert_eq!(end(lunch, "2026-11-24T15:00:00"), None);
    }
}
