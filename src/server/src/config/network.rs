//! Addresses and networks (`UWI_TRUSTED_PROXIES`).

use super::text::listed;
use super::{ConfigError, Env, error};
use std::net::{IpAddr, Ipv6Addr};

/// An address with a prefix length, `10.0.0.0/8`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    bits: u128,
    mask: u128,
}

impl Network {
    /// Reads an address or a network.
    pub fn parse(raw: &str) -> Option<Self> {
        let (address, prefix) = raw.split_once('/').map_or((raw, None), |(a, p)| (a, Some(p)));
        let address: IpAddr = address.trim().parse().ok()?;
        let longest: u32 = if address.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.map_or(Some(longest), |prefix| prefix.trim().parse().ok())?;
        // An IPv4 network lies in the last 32 bits of the mapped form.
        let free = longest.checked_sub(prefix)?;
        let mask = u128::MAX.checked_shl(free).unwrap_or(0);
        Some(Self { bits: bits(address) & mask, mask })
    }

    /// True when the address lies in it.
    pub fn contains(&self, address: IpAddr) -> bool {
        bits(address) & self.mask == self.bits
    }
}

fn bits(address: IpAddr) -> u128 {
    let mapped: Ipv6Addr = match address {
        IpAddr::V4(address) => address.to_ipv6_mapped(),
        IpAddr::V6(address) => address,
    };
    u128::from(mapped)
}

/// `UWI_TRUSTED_PROXIES`.
pub(super) fn networks(env: Env<'_>) -> Result<Vec<Network>, ConfigError> {
    let name = "UWI_TRUSTED_PROXIES";
    let parsed = listed(env, name).into_iter().map(|raw| {
        Network::parse(&raw).ok_or_else(|| error(name, format!("{raw} is no address or network")))
    });
    parsed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_contains_its_addresses_only() {
        let network = Network::parse("10.1.0.0/16").unwrap();
        assert!(network.contains("10.1.255.3".parse().unwrap()));
        assert!(network.contains("::ffff:10.1.0.1".parse().unwrap()));
        assert!(!network.contains("10.2.0.1".parse().unwrap()));
        let one = Network::parse("::1").unwrap();
        assert!(one.contains("::1".parse().unwrap()) && !one.contains("::2".parse().unwrap()));
        assert!(Network::parse("::/0").unwrap().contains("1.2.3.4".parse().unwrap()));
        for bad in ["", "10.0.0.0/33", "10.0.0/8", "x", "::1/129"] {
            assert_eq!(Network::parse(bad), None, "{bad}");
        }
    }
}
