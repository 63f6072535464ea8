//! Which addresses a delivery may reach: the public Internet, and the networks the operator opens.
//!
//! An endpoint's URL is chosen by a tenant and fetched from inside the operator's network, so the address
//! that is really connected to is what counts (OWASP, server-side request forgery). Names prove nothing:
//! they are resolved anew at every attempt and every address they give is judged here.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    str::FromStr,
};

use super::net::{Cidr, CidrError};

/// Networks inside which endpoints may lie although they are not public; none by default.
///
/// Made from the networks of the configuration, or read from `127.0.0.1/32,10.0.0.0/8,::1/128`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AllowNets(Vec<Cidr>);

/// Why a list of networks cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{item}” is no network: {reason}")]
pub struct NetError {
    /// The item of the list.
    pub item: String,
    /// What is wrong with it.
    pub reason: CidrError,
}

impl AllowNets {
    /// True when the operator opened no network.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// True when `ip` lies in one of these networks. An IPv4 address written as IPv6 is the IPv4 address.
    pub fn contains(&self, ip: IpAddr) -> bool {
        self.0.iter().any(|it| it.contains(ip))
    }

    /// True when a delivery may connect to `ip`.
    pub fn permit(&self, ip: IpAddr) -> bool {
        is_public(ip) || self.contains(ip)
    }
}

impl From<Vec<Cidr>> for AllowNets {
    fn from(nets: Vec<Cidr>) -> Self {
        Self(nets)
    }
}

impl FromStr for AllowNets {
    type Err = NetError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let items = text.split(',').map(str::trim).filter(|it| !it.is_empty());
        let read = |item: &str| item.parse().map_err(|reason| NetError { item: item.to_owned(), reason });
        Ok(Self(items.map(read).collect::<Result<_, _>>()?))
    }
}

/// True for addresses of the public Internet; false for everything of special use (IANA registries of
/// special-purpose addresses), and for whatever is not clearly public.
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(v4) => is_public_v4(v4),
        // `::ffff:10.0.0.1` is connected to as 10.0.0.1.
        IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or_else(|| is_public_v6(v6), is_public_v4),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let special = match ip.octets() {
        // This network · private · loopback · multicast, reserved and broadcast.
        [0 | 10 | 127 | 224..=255, ..]
        // Shared by carriers, RFC 6598 (holds one cloud's metadata service).
        | [100, 64..=127, ..]
        // Link-local, where clouds keep their metadata service.
        | [169, 254, ..]
        | [172, 16..=31, ..]
        // IETF protocols · documentation · old 6to4 relays · private.
        | [192, 0, 0 | 2, _]
        | [192, 88, 99, _]
        | [192, 168, ..]
        // Benchmarks · documentation.
        | [198, 18 | 19, ..]
        | [198, 51, 100, _]
        | [203, 0, 113, _]
        // Public by its number, but the host's own agent inside one cloud.
        | [168, 63, 129, 16] => true,
        [..] => false,
    };
    !special
}

/// Global unicast is `2000::/3`. Everything else is refused as a whole: unspecified, loopback, IPv4-compatible,
/// NAT64 (`64:ff9b::/96` and `64:ff9b:1::/48`), discard (`100::/64`), segment routing (`5f00::/16`), unique local,
/// link-local, site-local, multicast.
fn is_public_v6(ip: Ipv6Addr) -> bool {
    let special = match ip.segments() {
        // IETF protocols, with Teredo (2001::/32), benchmarks and ORCHID · documentation.
        [0x2001, 0..=0x01ff | 0x0db8, ..]
        // 6to4 carries an IPv4 address that would have to be judged again.
        | [0x2002, ..]
        // Documentation, RFC 9637.
        | [0x3fff, 0..=0x0fff, ..] => true,
        [first, ..] => first & 0xe000 != 0x2000,
    };
    !special
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn nets(text: &str) -> AllowNets {
        text.parse().unwrap()
    }

    #[test]
    fn addresses_of_special_use_are_not_public() {
        for address in "0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 100.127.255.255 127.0.0.1
            127.255.255.255 168.63.129.16 169.254.0.1 169.254.169.254 172.16.0.1 172.31.255.254 192.0.0.1 192.0.0.192
            192.0.2.1 192.88.99.1 192.168.0.0 192.168.255.255 198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9
            224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
            :: ::1 ::7f00:1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:0:127.0.0.1
            64:ff9b::7f00:1 64:ff9b::8.8.8.8 64:ff9b:1::1 100::1 100:0:0:1::1 1fff:ffff::1 2001::1 2001:0:4136:e378::1
            2001:2::1 2001:10::1 2001:20::1 2001:1ff::1 2001:db8::1 2001:db8:ffff::1 2002:7f00:1::1 2002:808:808::1
            3fff::1 3fff:fff::1 4000::1 5f00::1 8000::1 fc00::1 fd00:ec2::254 fdff::1 fe80::1 febf::1 fec0::1 feff::1
            ff02::1 ff0e::1"
            .split_whitespace()
        {
            assert!(!is_public(ip(address)), "{address} passes as public");
            assert!(!AllowNets::default().permit(ip(address)), "{address} is permitted");
        }
    }

    #[test]
    fn neighbours_of_special_ranges_are_public() {
        for address in "1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 93.184.215.14 100.63.255.255 100.128.0.0 126.255.255.255
            128.0.0.0 168.63.129.15 169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 192.0.1.1 192.0.3.0
            192.88.98.1 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 198.51.99.1 203.0.112.1 223.255.255.255
            ::ffff:8.8.8.8 2000::1 2001:200::1 2001:db7::1 2001:db9::1 2001:4860:4860::8888 2003::1 2600:1f18::1
            2a00:1450:4007::1 3ffe::1 3fff:1000::1"
            .split_whitespace()
        {
            assert!(is_public(ip(address)), "{address} is refused");
        }
    }

    #[test]
    fn opened_networks_hold_their_first_and_last_address_and_no_other() {
        let opened = nets("127.0.0.1/32, 10.0.0.0/8,fd00::/8,::1/128");
        for inside in
            ["127.0.0.1", "10.0.0.0", "10.255.255.255", "fd00::", "fdff:ffff::1", "::1", "::ffff:10.1.2.3"]
        {
            assert!(opened.contains(ip(inside)) && opened.permit(ip(inside)), "{inside}");
        }
        for outside in ["127.0.0.2", "fc00::1", "::2", "::", "192.168.0.1"] {
            assert!(!opened.contains(ip(outside)) && !opened.permit(ip(outside)), "{outside}");
        }
        for public in ["9.255.255.255", "11.0.0.0", "8.8.8.8", "2600::1"] {
            assert!(opened.permit(ip(public)) && !opened.contains(ip(public)), "{public}");
        }
    }

    #[test]
    fn prefixes_of_any_length_are_understood() {
        assert!(nets("0.0.0.0/0").contains(ip("255.255.255.255")));
        assert!(!nets("0.0.0.0/0").contains(ip("::1")), "an IPv4 network holds no IPv6 address");
        assert!(nets("::/0").contains(ip("fe80::1")));
        assert!(!nets("::/0").contains(ip("::ffff:127.0.0.1")), "IPv4 written as IPv6 is IPv4");
        assert!(nets("172.16.0.0/12").contains(ip("172.31.0.1")));
        assert!(!nets("172.16.0.0/12").contains(ip("172.32.0.1")));
        assert!(nets("192.168.7.9").contains(ip("192.168.7.9")));
        assert!(nets("").is_empty() && nets(" , ").is_empty());
    }

    #[test]
    fn networks_of_the_configuration_are_taken_as_they_are() {
        let read: Vec<Cidr> = vec!["127.0.0.1/32".parse().unwrap(), "10.0.0.0/8".parse().unwrap()];
        assert_eq!(AllowNets::from(read), nets("127.0.0.1/32,10.0.0.0/8"));
    }

    #[test]
    fn a_wrong_network_is_refused_with_what_to_write() {
        for wrong in ["10.0.0.0/33", "::1/129", "10.0.0/8", "localhost", "10.0.0.0/", "10.0.0.0/-1"] {
            let refused = format!("127.0.0.1,{wrong}").parse::<AllowNets>().unwrap_err();
            assert_eq!(refused.item, wrong);
        }
        let slip = "10.1.2.3/8".parse::<AllowNets>().unwrap_err();
        assert_eq!(
            slip.to_string(),
            "“10.1.2.3/8” is no network: it is an address inside a network; write 10.0.0.0/8 for the whole network"
        );
    }
}
