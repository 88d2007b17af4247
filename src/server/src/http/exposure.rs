//! Is this request private? The one place that decides it.

use crate::config::{House, Network, is_loopback};
use axum::http::{HeaderMap, Uri, header};
use std::net::IpAddr;

/// How far a request may come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exposure {
    /// From this machine, past no proxy: simulators, unsigned hooks and
    /// printed links are allowed.
    Private,
    /// From anywhere.
    Public,
}

impl Exposure {
    /// Private needs a private house, no forwarding header and a loopback host.
    pub fn of(house: House, headers: &HeaderMap, uri: &Uri) -> Self {
        let host = uri.host().or_else(|| host_header(headers));
        let private = house == House::Private && !was_forwarded(headers);
        if private && host.is_some_and(is_loopback) { Self::Private } else { Self::Public }
    }
}

/// True when the request says that it passed a proxy.
pub fn was_forwarded(headers: &HeaderMap) -> bool {
    headers.keys().any(|name| {
        let name = name.as_str();
        name == "forwarded" || name.starts_with("x-forwarded-")
    })
}

fn host_header(headers: &HeaderMap) -> Option<&str> {
    let host = headers.get(header::HOST)?.to_str().ok()?.trim();
    if let Some(end) = host.strip_prefix('[').and_then(|rest| rest.find(']')) {
        return Some(&host[..end + 2]);
    }
    Some(host.split_once(':').map_or(host, |(name, _port)| name))
}

/// The client's address: the peer's, or what a trusted proxy says. The last
/// entry that is not itself a trusted proxy counts; earlier ones are the
/// client's own claims.
pub fn client(headers: &HeaderMap, peer: IpAddr, trusted: &[Network]) -> IpAddr {
    let is_trusted = |address: &IpAddr| trusted.iter().any(|network| network.contains(*address));
    if !is_trusted(&peer) {
        return peer;
    }
    let forwarded = headers.get_all("x-forwarded-for").iter().filter_map(|v| v.to_str().ok());
    let hops: Vec<IpAddr> =
        forwarded.flat_map(|value| value.split(',')).filter_map(address).collect();
    hops.iter().rev().find(|hop| !is_trusted(hop)).copied().unwrap_or(peer)
}

fn address(raw: &str) -> Option<IpAddr> {
    let raw = raw.trim();
    raw.parse().ok().or_else(|| raw.parse().ok().map(|socket: std::net::SocketAddr| socket.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exposure(house: House, headers: &[(&'static str, &'static str)]) -> Exposure {
        Exposure::of(house, &map(headers), &Uri::from_static("/api/vapi/webhook"))
    }

    fn map(headers: &[(&'static str, &'static str)]) -> HeaderMap {
        headers.iter().map(|(k, v)| (k.parse().unwrap(), v.parse().unwrap())).collect()
    }

    #[test]
    fn private_is_a_loopback_host_and_no_proxy() {
        for host in ["localhost:3000", "127.0.0.1", "127.8.0.1:1", "[::1]:3000", "LOCALHOST"] {
            assert_eq!(exposure(House::Private, &[("host", host)]), Exposure::Private, "{host}");
        }
    }

    #[test]
    fn anything_else_is_public() {
        assert_eq!(exposure(House::Public, &[("host", "localhost")]), Exposure::Public);
        assert_eq!(exposure(House::Private, &[]), Exposure::Public);
        for host in ["voice.example.fr", "127.0.0.1.example.fr", "[::2]:3000", "[::1", ""] {
            assert_eq!(exposure(House::Private, &[("host", host)]), Exposure::Public, "{host}");
        }
        for name in ["forwarded", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-anything"] {
            let headers = [("host", "localhost"), (name, "x")];
            assert_eq!(exposure(House::Private, &headers), Exposure::Public, "{name}");
        }
    }

    #[test]
    fn only_a_trusted_proxy_tells_the_clients_address() {
        let headers = map(&[("x-forwarded-for", "203.0.113.9, 198.51.100.7, 10.0.0.2")]);
        let trusted = [Network::parse("10.0.0.0/8").unwrap()];
        let proxy: IpAddr = "10.0.0.1".parse().unwrap();
        let stranger: IpAddr = "192.0.2.1".parse().unwrap();
        assert_eq!(client(&headers, proxy, &trusted).to_string(), "198.51.100.7");
        assert_eq!(client(&headers, stranger, &trusted), stranger);
        assert_eq!(client(&headers, proxy, &[]), proxy);
        assert_eq!(client(&HeaderMap::new(), proxy, &trusted), proxy);
    }
}
