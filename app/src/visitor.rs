//! Who is on the other end of the connection.

use axum::extract::{ConnectInfo, FromRequestParts};
use http::request::Parts;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// The address a request comes from. The server inserts it as an extension
/// when a trusted proxy stands before us; else it is the connection's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visitor {
    /// The person's address, not the proxy's.
    pub address: IpAddr,
}

impl Visitor {
    /// The network that limits count: the IPv4 address, or the /64 of an IPv6 address.
    pub fn network(&self) -> IpAddr {
        match self.address {
            IpAddr::V4(address) => IpAddr::V4(address),
            IpAddr::V6(address) => match address.to_ipv4_mapped() {
                Some(mapped) => IpAddr::V4(mapped),
                None => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
            },
        }
    }

    /// What a list of sessions may show: the first half of the address.
    pub fn shortened(&self) -> String {
        match self.network() {
            IpAddr::V4(address) => {
                let [first, second, ..] = address.octets();
                format!("{first}.{second}.…")
            }
            IpAddr::V6(address) => {
                let [first, second, ..] = address.segments();
                format!("{first:x}:{second:x}:…")
            }
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        if let Some(visitor) = parts.extensions.get::<Self>() {
            return Ok(*visitor);
        }
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let address = peer.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |ConnectInfo(peer)| peer.ip());
        Ok(Self { address })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_in_one_ipv6_network_count_together() {
        let of = |text: &str| Visitor { address: text.parse().expect("an address") };
        assert_eq!(of("2001:db8:1:2::1").network(), of("2001:db8:1:2:ffff::9").network());
        assert_ne!(of("2001:db8:1:2::1").network(), of("2001:db8:1:3::1").network());
        assert_eq!(of("::ffff:192.0.2.7").network(), of("192.0.2.7").network());
        assert_eq!(of("192.0.2.7").shortened(), "192.0.…");
        assert_eq!(of("2001:db8:1:2::1").shortened(), "2001:db8:…");
    }
}
