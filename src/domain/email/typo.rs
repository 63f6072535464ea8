//! Slips of the finger in the domains most people have their mailbox at.

use crate::domain::nearest::distance;

/// Domains people mean. Short names (`free.fr`, `gmx.de`, `aol.com`) are left out: too many real domains are
/// one letter away from them.
const MEANT: &[&str] = &[
    "gmail.com",
    "googlemail.com",
    "hotmail.com",
    "hotmail.fr",
    "hotmail.co.uk",
    "outlook.com",
    "outlook.fr",
    "yahoo.com",
    "yahoo.fr",
    "yahoo.co.uk",
    "icloud.com",
    "protonmail.com",
    "orange.fr",
    "wanadoo.fr",
    "laposte.net",
    "comcast.net",
    "btinternet.com",
];

/// Real providers one letter away from one of the above: nobody who has a mailbox there is to be doubted.
const REAL: &[&str] = &[
    "email.com",
    "ymail.com",
    "mail.com",
    "gmail.de",
    "yahoo.de",
    "yahoo.es",
    "yahoo.it",
    "yahoo.ca",
    "hotmail.de",
    "hotmail.es",
    "hotmail.it",
    "hotmail.be",
    "hotmail.ch",
    "outlook.de",
    "outlook.es",
    "outlook.it",
    "outlook.be",
    "yahoo.in",
    "yahoo.gr",
    "yahoo.se",
    "yahoo.ie",
    "yahoo.com.br",
];

/// Slips more than one letter away, yet beyond doubt.
const KNOWN: &[(&str, &str)] = &[
    ("gmail.fr", "gmail.com"),
    ("gmail.co.uk", "gmail.com"),
    ("gmali.con", "gmail.com"),
    ("gmial.con", "gmail.com"),
    ("hotmail.con", "hotmail.com"),
    ("la-poste.net", "laposte.net"),
    ("laposte.fr", "laposte.net"),
];

/// The domain `typed` was probably meant to be; `None` when it stands as it is.
pub(super) fn meant(typed: &str) -> Option<&'static str> {
    if MEANT.contains(&typed) || REAL.contains(&typed) {
        return None;
    }
    let known = KNOWN.iter().find(|(slip, _)| *slip == typed).map(|(_, meant)| *meant);
    known.or_else(|| MEANT.iter().copied().find(|it| distance(typed, it) == 1))
}

/// The provider of exactly this domain, if it is one that people mean.
pub(super) fn provider(domain: &str) -> Option<&'static str> {
    MEANT.iter().copied().find(|it| *it == domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_seen_and_a_real_domain_is_left_alone() {
        for (typed, expected) in [
            ("gmial.com", Some("gmail.com")),
            ("gmail.con", Some("gmail.com")),
            ("gmail.co", Some("gmail.com")),
            ("gmai.com", Some("gmail.com")),
            ("gmail.fr", Some("gmail.com")),
            ("hotmal.fr", Some("hotmail.fr")),
            ("oranje.fr", Some("orange.fr")),
            ("yaho.co.uk", Some("yahoo.co.uk")),
            ("gmail.com", None),
            ("ymail.com", None),
            ("email.com", None),
            ("hotmail.fr", None),
            ("example.org", None),
            ("free.fr", None),
        ] {
            assert_eq!(meant(typed), expected, "{typed}");
        }
    }

    #[test]
    fn the_lists_do_not_contradict_each_other() {
        for (slip, meant) in KNOWN {
            assert!(MEANT.contains(meant) && !MEANT.contains(slip) && !REAL.contains(slip), "{slip}");
        }
        assert!(REAL.iter().all(|it| !MEANT.contains(it)));
    }
}
