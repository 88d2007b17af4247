//! A telephone that Vapi rings for a caller: it keeps the caller on hold,
//! speaks to whoever answers, and when nobody does gives the caller back to the
//! assistant instead of hanging up.

use domain::phone::E164;
use serde_json::{Value, json};

/// Said to whoever picks up, before the caller is put through.
const TO_THE_CALLED: &str = "Un appel pour vous, transmis par l'assistant automatique.";

/// One telephone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// Who is rung.
    pub number: E164,
    /// For how long, in seconds.
    pub ring_seconds: u32,
}

impl Destination {
    /// As Vapi wants it. `said`: what the caller hears before; empty: nothing.
    /// `fallback`: what they hear when nobody picks up; the call goes on then.
    pub fn as_vapi(&self, said: &str, fallback: &str) -> Value {
        json!({
            "type": "number",
            "number": self.number.as_str(),
            "message": said,
            "transferPlan": {
                // The only way of Vapi's in which a caller comes back.
                "mode": "warm-transfer-experimental",
                "message": TO_THE_CALLED,
                "timeout": self.ring_seconds,
                // What was said stays between the caller and us.
                "contextEngineeringPlan": { "type": "none" },
                "summaryPlan": { "enabled": false },
                "fallbackPlan": { "message": fallback, "endCallEnabled": false },
            },
        })
    }
}
