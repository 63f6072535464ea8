//! The people who sign up: each is a number, and so is their address.

/// What stands before the number in an address.
const NAME: &str = "person-";
/// What stands after it.
const DOMAIN: &str = "@example.org";
/// Numbers from here on never sign up.
pub(crate) const STRANGERS: u32 = 1_000_000_000;

/// The address of a person.
pub(crate) fn address(number: u32) -> String {
    format!("{NAME}{number}{DOMAIN}")
}

/// The person whose address stands in a command to a relay.
pub(crate) fn number(command: &[u8]) -> Option<u32> {
    let text = str::from_utf8(command).ok()?;
    let (_, after) = text.split_once(NAME)?;
    after.split_once(DOMAIN)?.0.parse().ok()
}
