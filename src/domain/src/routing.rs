//! Which tenant answers a dialled number.

use crate::id::TenantId;
use crate::phone::E164;
use serde::{Deserialize, Serialize};

/// How somebody reaches a tenant (`tenant_routing.channel`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    /// A phone call.
    Vocal,
    /// A WhatsApp message.
    Whatsapp,
    /// A written conversation on a web page.
    Web,
    /// A text message.
    Sms,
}

impl Channel {
    /// The name stored in `tenant_routing.channel`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Vocal => "vocal",
            Self::Whatsapp => "whatsapp",
            Self::Web => "web",
            Self::Sms => "sms",
        }
    }

    /// Reads [`Channel::as_str`] back.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Vocal, Self::Whatsapp, Self::Web, Self::Sms]
            .into_iter()
            .find(|channel| channel.as_str() == text)
    }
}

/// The number that prospects call and the only tenant it may ever reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestRoute {
    /// The test number.
    pub number: E164,
    /// The test tenant.
    pub tenant: TenantId,
}

/// The test number was to be routed to somebody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the test number always routes to the test tenant")]
pub struct TestNumberImmutable;

/// Refuses a route that would take the test number away from the test tenant.
/// Called before every write of a route, on both databases.
pub fn guard_demo_number_routing(
    test: &TestRoute,
    number: &E164,
    tenant: TenantId,
) -> Result<(), TestNumberImmutable> {
    if *number == test.number && tenant != test.tenant {
        return Err(TestNumberImmutable);
    }
    Ok(())
}

/// What a dialled number resolves to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolution {
    /// The number is routed to this tenant.
    Routed(TenantId),
    /// The number is not routed: this default tenant keeps the call, with
    /// neutral wording and message-taking only.
    Default(TenantId),
    /// The number is not routed and the operator refuses such calls.
    Refused,
}
