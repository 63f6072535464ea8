//! Networks: `10.0.0.0/8`, `2001:db8::/32`, or one address.

use std::{fmt, net::IpAddr, str::FromStr};

/// A block of addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Cidr {
    address: IpAddr,
    prefix: u8,
}

/// Why a text is not a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CidrError {
    /// The part before the `/` is not an address.
    #[error("it is not an IP address or network; write it like 10.0.0.0/8 or 2001:db8::1")]
    Address,
    /// The part after the `/` is not a number of bits.
    #[error("the part after the / is not right; write a number from 0 to {most}")]
    Prefix {
        /// The bits of such an address.
        most: u8,
    },
    /// Bits set after the prefix: one network or one address may have been meant.
    #[error("it is an address inside a network; write {network} for the whole network")]
    HostBits {
        /// The network it lies in.
        network: Cidr,
    },
}

impl Cidr {
    /// Whether `address` lies inside. An IPv4 address written as IPv6 (`::ffff:10.0.0.1`) counts as IPv4.
    pub fn contains(&self, address: IpAddr) -> bool {
        truncated(address.to_canonical(), self.prefix) == Some(self.address)
            && self.address.is_ipv4() == address.to_canonical().is_ipv4()
    }

    /// Whether every address of its kind lies inside.
    pub fn is_everything(&self) -> bool {
        self.prefix == 0
    }

    /// The first address.
    pub fn address(&self) -> IpAddr {
        self.address
    }

    /// How many leading bits are fixed.
    pub fn prefix(&self) -> u8 {
        self.prefix
    }
}

impl FromStr for Cidr {
    type Err = CidrError;

    fn from_str(text: &str) -> Result<Self, CidrError> {
        let (address, prefix) = text.split_once('/').map_or((text, None), |(it, bits)| (it, Some(bits)));
        let address: IpAddr = address.parse().ok().ok_or(CidrError::Address)?;
        let most = bits(address);
        let prefix = match prefix {
            None => most,
            Some(written) => prefix_of(written).filter(|it| *it <= most).ok_or(CidrError::Prefix { most })?,
        };
        let network = truncated(address, prefix).ok_or(CidrError::Prefix { most })?;
        if network == address {
            Ok(Self { address, prefix })
        } else {
            Err(CidrError::HostBits { network: Self { address: network, prefix } })
        }
    }
}

impl fmt::Display for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.prefix)
    }
}

/// Digits alone: `parse` of an integer would also take `+8`, and `08` reads as octal elsewhere.
fn prefix_of(written: &str) -> Option<u8> {
    let plain =
        written.bytes().all(|it| it.is_ascii_digit()) && (written == "0" || !written.starts_with('0'));
    plain.then(|| written.parse().ok()).flatten()
}

const fn bits(address: IpAddr) -> u8 {
    match address {
        IpAddr::V4(_) => 32,
        IpAddr::V6(_) => 128,
    }
}

/// `address` with all bits after the first `prefix` cleared; `None` when it has fewer bits than that.
fn truncated(address: IpAddr, prefix: u8) -> Option<IpAddr> {
    let dropped = u32::from(bits(address).checked_sub(prefix)?);
    Some(match address {
        IpAddr::V4(it) => IpAddr::V4((it.to_bits() & u32::MAX.checked_shl(dropped).unwrap_or(0)).into()),
        IpAddr::V6(it) => IpAddr::V6((it.to_bits() & u128::MAX.checked_shl(dropped).unwrap_or(0)).into()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contains(network: &str, address: &str) -> bool {
        network.parse::<Cidr>().unwrap().contains(address.parse().unwrap())
    }

    #[test]
    fn a_network_holds_its_addresses_and_no_others() {
        assert!(contains("10.0.0.0/8", "10.255.255.255"));
        assert!(!contains("10.0.0.0/8", "11.0.0.0"));
        assert!(contains("127.0.0.1", "127.0.0.1") && !contains("127.0.0.1", "127.0.0.2"));
        assert!(contains("127.0.0.1/32", "::ffff:127.0.0.1"));
        assert!(contains("0.0.0.0/0", "203.0.113.9") && !contains("0.0.0.0/0", "2001:db8::1"));
        assert!(contains("::/0", "2001:db8::1") && !contains("::/0", "10.0.0.1"));
        assert!(
            contains("2001:db8::/33", "2001:db8:7fff::1") && !contains("2001:db8::/33", "2001:db8:8000::1")
        );
        assert!(contains("::1", "::1") && !contains("::1", "::2"));
    }

    #[test]
    fn a_network_that_is_not_one_is_refused() {
        for (text, reason) in [
            ("", CidrError::Address),
            ("localhost", CidrError::Address),
            ("10.0.0/8", CidrError::Address),
            ("010.0.0.0/8", CidrError::Address),
            ("10.0.0.0/8 ", CidrError::Prefix { most: 32 }),
            ("10.0.0.0/", CidrError::Prefix { most: 32 }),
            ("10.0.0.0/33", CidrError::Prefix { most: 32 }),
            ("10.0.0.0/+8", CidrError::Prefix { most: 32 }),
            ("10.0.0.0/08", CidrError::Prefix { most: 32 }),
            ("10.0.0.0/-1", CidrError::Prefix { most: 32 }),
            ("::1/129", CidrError::Prefix { most: 128 }),
            ("::1/999999999999", CidrError::Prefix { most: 128 }),
            ("fe80::1%eth0", CidrError::Address),
        ] {
            assert_eq!(text.parse::<Cidr>(), Err(reason), "{text:?}");
        }
        let reason = "10.0.0.1/8".parse::<Cidr>().unwrap_err();
        assert_eq!(
            reason.to_string(),
            "it is an address inside a network; write 10.0.0.0/8 for the whole network"
        );
    }
}
