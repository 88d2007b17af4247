//! Twilio's error codes, as far as they change what we do.

use crate::exchange::sentence;
use crate::fault::{Reason, Refusal};
use serde_json::Value;

/// Reads `{"code", "message", …}`; only the code is stable.
pub fn read(status: u16, body: &Value) -> Refusal {
    let code = body.get("code").and_then(Value::as_u64).and_then(|code| u32::try_from(code).ok());
    Refusal { status, code, reason: reason(code), message: sentence(body.get("message")) }
}

/// What a code means.
fn reason(code: Option<u32>) -> Reason {
    match code.unwrap_or_default() {
        21422 => Reason::NumberGone,
        21421 | 21401 => Reason::NumberInvalid,
        21452 => Reason::NoNumbers,
        21451 => Reason::AreaCodeInvalid,
        21404 => Reason::TrialAccount,
        21649 => Reason::BundleRequired,
        21631 => Reason::AddressRequired,
        21615 => Reason::LocalAddressRequired,
        21650 | 22214..=22217 => Reason::DocumentRequired,
        22219 => Reason::AddressRequired,
        21651 | 22218 => Reason::DocumentInsufficient,
        21647 | 21648 => Reason::Conflict,
        21402 | 21403 | 21628 | 21629 | 22103..=22106 | 22200..=22213 => Reason::Invalid,
        _ => Reason::Other,
    }
}
