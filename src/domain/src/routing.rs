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

#[cfg(test)]
mod tests {
    use super::*;

    fn number(raw: &str) -> E164 {
        E164::parse(raw, "FR").unwrap()
    }

    fn test_route() -> TestRoute {
        TestRoute { number: number("+33939240575"), tenant: TenantId(1) }
    }

    #[test]
    fn the_test_number_reaches_nobody_but_the_test_tenant() {
        for spelling in ["09 39 24 05 75", "0033939240575", "tel:+33939240575", "33939240575"] {
            let refused = guard_demo_number_routing(&test_route(), &number(spelling), TenantId(2));
            assert_eq!(refused, Err(TestNumberImmutable));
        }
    }

    #[test]
    fn the_test_tenant_keeps_its_number_and_may_have_others() {
        for spelling in ["09 39 24 05 75", "01 99 00 45 67"] {
            let allowed = guard_demo_number_routing(&test_route(), &number(spelling), TenantId(1));
            assert_eq!(allowed, Ok(()));
        }
    }

    #[test]
    fn other_numbers_go_where_they_are_sent() {
        let allowed =
            guard_demo_number_routing(&test_route(), &number("01 99 00 45 67"), TenantId(2));
        assert_eq!(allowed, Ok(()));
    }

    #[test]
    fn stored_channels_read_back() {
        for channel in [Channel::Vocal, Channel::Whatsapp, Channel::Web, Channel::Sms] {
            assert_eq!(Channel::parse(channel.as_str()), Some(channel));
        }
        assert_eq!(Channel::parse("VOCAL"), None);
    }
}
