//! Which endpoint URLs may be saved.
//!
//! Saving is the moment to explain; it proves nothing about the address. A public-looking name may resolve
//! to a private address (`127.0.0.1.nip.io`) or change its mind, so the client judges the addresses again at
//! every attempt (`guard`, and the client that delivers).

use std::{fmt, net::IpAddr};

use url::{Host, Url};

use super::guard::AllowNets;

/// The longest URL that may be saved, in characters.
const LONGEST: usize = 2_000;

/// Ports from 1024 up on which something other than a web server is expected: databases, caches, queues,
/// cluster and container control, remote desktops, mail and chat; with the ports browsers refuse (WHATWG
/// Fetch, "bad port"). All of them lie below 32768, where ports given out by the system begin.
const SERVICE_PORTS: [u16; 70] = [
    1080, 1099, 1433, 1434, 1521, 1719, 1720, 1723, 1883, 2049, 2181, 2375, 2376, 2377, 2379, 2380, 2525,
    3128, 3268, 3269, 3306, 3389, 3659, 4045, 4190, 4369, 5060, 5061, 5222, 5269, 5432, 5433, 5671, 5672,
    5900, 5901, 5984, 5985, 5986, 6000, 6379, 6380, 6432, 6443, 6566, 6665, 6666, 6667, 6668, 6669, 6679,
    6697, 7001, 7199, 8086, 8125, 8500, 9042, 9092, 9160, 9200, 9300, 10080, 10250, 11211, 15672, 25565,
    27017, 27018, 27019,
];

/// Endings of names that only mean something inside a private network (RFC 6761, RFC 6762, RFC 8375, ICANN's
/// `.internal`, and what routers and offices use) or that no public resolver answers.
const LOCAL_ENDINGS: [&str; 13] = [
    "localhost",
    "local",
    "localdomain",
    "internal",
    "intranet",
    "private",
    "corp",
    "home",
    "lan",
    "home.arpa",
    "in-addr.arpa",
    "ip6.arpa",
    "onion",
];

/// The URL of an endpoint, checked when it was saved.
///
/// Its path and query may hold a secret of the receiver: `Debug` shows the host alone.
#[derive(Clone, PartialEq, Eq)]
pub struct EndpointUrl(Url);

/// The host of an address, as people know the recipient by: path and query may hold a key.
pub fn host(url: &str) -> Option<String> {
    Url::parse(url).ok()?.host_str().map(str::to_owned)
}

/// Why an endpoint's URL is refused, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UrlRefusal {
    /// Longer than 2,000 characters.
    #[error("This URL is longer than 2,000 characters. Use a shorter one.")]
    TooLong,
    /// No URL with a host.
    #[error("This URL cannot be read. Write it like https://hooks.example.com/path, without spaces.")]
    Unreadable,
    /// Neither https nor, inside an opened network, http.
    #[error(
        "The URL must start with https://. Plain http works only inside a network that the operator has opened \
         with AYEAYE_WEBHOOK_ALLOW_NET."
    )]
    Scheme,
    /// A user name or a password in the URL.
    #[error(
        "Take the user name and password out of the URL. Every delivery is signed: check the signature instead."
    )]
    Credentials,
    /// A fragment.
    #[error("Take the # and what follows it out of the URL: that part is never sent.")]
    Fragment,
    /// A port where no webhook receiver is expected.
    #[error(
        "Port {0} is kept for another kind of service. Use 443, 8443, or a port from 1024 up that no common \
         service uses."
    )]
    Port(u16),
    /// A name of a private network.
    #[error(
        "“{0}” is a name inside a private network. Use a name of the public Internet, or ask the operator to open \
         that network with AYEAYE_WEBHOOK_ALLOW_NET."
    )]
    LocalName(String),
    /// An address that is not public.
    #[error(
        "{0} is not a public address. Use a name of the public Internet, or ask the operator to open that network \
         with AYEAYE_WEBHOOK_ALLOW_NET."
    )]
    Address(IpAddr),
}

impl EndpointUrl {
    /// Reads a URL as its owner typed it.
    ///
    /// Inside opened networks (`nets`) plain http, port 80 and names of a private network are possible too;
    /// the addresses those names have are judged at every attempt.
    ///
    /// # Errors
    /// The first rule that the URL breaks, in words for its owner.
    pub fn parse(text: &str, nets: &AllowNets) -> Result<Self, UrlRefusal> {
        let text = text.trim();
        if text.chars().count() > LONGEST {
            return Err(UrlRefusal::TooLong);
        }
        // The URL standard drops tabs and line breaks and reads backslashes as slashes; nobody types those.
        if text.chars().any(|it| it.is_whitespace() || it.is_control() || it == '\\') {
            return Err(UrlRefusal::Unreadable);
        }
        let Ok(url) = Url::parse(text) else { return Err(UrlRefusal::Unreadable) };
        check_scheme(&url, text, nets)?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(UrlRefusal::Credentials);
        }
        if url.fragment().is_some() {
            return Err(UrlRefusal::Fragment);
        }
        check_port(&url)?;
        check_host(&url, nets)?;
        if url.as_str().len() > LONGEST {
            return Err(UrlRefusal::TooLong);
        }
        Ok(Self(url))
    }

    /// The whole URL in its normal form, for storing and for its owner's eyes.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The host alone, for logs.
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// True for plain http, which only goes to opened networks.
    pub fn is_plain(&self) -> bool {
        self.0.scheme() == "http"
    }

    /// The address, when the URL names an address and not a host.
    pub fn address(&self) -> Option<IpAddr> {
        address(&self.0)
    }

    /// The parsed URL.
    pub fn url(&self) -> &Url {
        &self.0
    }
}

impl fmt::Debug for EndpointUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EndpointUrl({}://{}/…)", self.0.scheme(), self.host())
    }
}

fn address(url: &Url) -> Option<IpAddr> {
    match url.host() {
        Some(Host::Ipv4(ip)) => Some(ip.into()),
        Some(Host::Ipv6(ip)) => Some(ip.into()),
        Some(Host::Domain(_)) | None => None,
    }
}

fn check_scheme(url: &Url, text: &str, nets: &AllowNets) -> Result<(), UrlRefusal> {
    // `https:example.com` is read as `https://example.com`; what was meant is anyone's guess.
    let prefix = format!("{}://", url.scheme());
    if !text.get(..prefix.len()).is_some_and(|it| it.eq_ignore_ascii_case(&prefix)) {
        return Err(UrlRefusal::Unreadable);
    }
    let plain_possible = match address(url) {
        Some(ip) => nets.contains(ip),
        None => !nets.is_empty(),
    };
    match url.scheme() {
        "https" => Ok(()),
        "http" if plain_possible => Ok(()),
        _ => Err(UrlRefusal::Scheme),
    }
}

fn check_port(url: &Url) -> Result<(), UrlRefusal> {
    match url.port() {
        // None is the scheme's own port, 443 or 80.
        None | Some(443) => Ok(()),
        Some(port) if port >= 1024 && !SERVICE_PORTS.contains(&port) => Ok(()),
        Some(port) => Err(UrlRefusal::Port(port)),
    }
}

fn check_host(url: &Url, nets: &AllowNets) -> Result<(), UrlRefusal> {
    if let Some(ip) = address(url) {
        return if nets.permit(ip) { Ok(()) } else { Err(UrlRefusal::Address(ip)) };
    }
    let name = url.domain().ok_or(UrlRefusal::Unreadable)?;
    let name = name.strip_suffix('.').unwrap_or(name);
    if name.len() > 253 || name.split('.').any(|label| label.is_empty() || label.len() > 63) {
        return Err(UrlRefusal::Unreadable);
    }
    if nets.is_empty() && is_local(name) {
        return Err(UrlRefusal::LocalName(name.to_owned()));
    }
    Ok(())
}

/// True for single labels and for names with a local ending.
fn is_local(name: &str) -> bool {
    let ends_with =
        |ending: &str| name.strip_suffix(ending).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    !name.contains('.') || LOCAL_ENDINGS.into_iter().any(ends_with)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(url: &str) -> UrlRefusal {
        match EndpointUrl::parse(url, &AllowNets::default()) {
            Ok(url) => panic!("{} was accepted", url.as_str()),
            Err(refusal) => refusal,
        }
    }

    /// What may not be saved although it can be read. Names that look public and resolve to a private
    /// address are the client's to refuse.
    #[test]
    fn urls_that_lead_inside_are_refused_however_they_are_written() {
        for url in [
            "https://127.0.0.1/",
            "https://127.1/",
            "https://2130706433/",
            "https://0x7f000001/",
            "https://0x7f.1/",
            "https://0177.0.0.1/",
            "https://0.0.0.0/",
            "https://[::1]/",
            "https://[::]/",
            "https://[::ffff:127.0.0.1]/",
            "https://[::ffff:7f00:1]/",
            "https://[64:ff9b::7f00:1]/",
            "https://[fe80::1]/",
            "https://[fc00::1]/",
            "https://10.0.0.1/",
            "https://172.16.0.1/",
            "https://172.31.255.254/",
            "https://192.168.1.1/",
            "https://100.64.0.1/",
            "https://169.254.169.254/latest/meta-data/",
            "https://[fd00:ec2::254]/",
            "https://192.0.2.1/",
            "https://198.18.0.1/",
            "https://198.51.100.7/",
            "https://203.0.113.9/",
            "https://224.0.0.1/",
            "https://240.0.0.1/",
            "https://255.255.255.255/",
            "https://127。0。0。1/",
            "https://①②⑦.⓪.⓪.①/",
            "https://%31%32%37.0.0.1/",
        ] {
            assert!(matches!(refusal(url), UrlRefusal::Address(_)), "{url}: {:?}", refusal(url));
        }
    }

    #[test]
    fn names_of_private_networks_are_refused() {
        for url in [
            "https://localhost/",
            "https://LOCALHOST./",
            "https://app.localhost/",
            "https://metadata.google.internal/",
            "https://metadata/",
            "https://printer.local/",
            "https://nas.home.arpa/",
            "https://crm.corp/hook",
        ] {
            assert!(matches!(refusal(url), UrlRefusal::LocalName(_)), "{url}: {:?}", refusal(url));
        }
    }

    #[test]
    fn everything_else_is_refused_for_its_own_reason() {
        for url in
            ["http://example.com/hook", "ftp://example.com/", "file:///etc/passwd", "gopher://example.com/"]
        {
            assert_eq!(refusal(url), UrlRefusal::Scheme, "{url}");
        }
        for url in
            ["https://user:pass@example.com/", "https://user@example.com/", "https://example.com@127.0.0.1/"]
        {
            assert_eq!(refusal(url), UrlRefusal::Credentials, "{url}");
        }
        for url in [
            "https://exa%00mple.com/",
            "https://",
            "https:example.com",
            "https:\\\\example.com\\",
            "",
            "example.com/hook",
            "https://exam ple.com/",
            "https://example.com/\r\nHost:x",
            "https://a..example.com/",
            "https://[fe80::1%25eth0]/",
            "https://\u{202e}example.com/",
            "javascript:alert(1)",
            "//example.com/",
        ] {
            assert_eq!(refusal(url), UrlRefusal::Unreadable, "{url}");
        }
        assert_eq!(refusal("https://example.com/#top"), UrlRefusal::Fragment);
        for (url, port) in [
            ("https://example.com:22/", 22),
            ("https://example.com:80/", 80),
            ("https://example.com:0/", 0),
            ("https://example.com:6379/", 6379),
            ("https://example.com:5432/", 5432),
        ] {
            assert_eq!(refusal(url), UrlRefusal::Port(port));
        }
        assert_eq!(refusal(&format!("https://example.com/{}", "a".repeat(1_981))), UrlRefusal::TooLong);
        assert_eq!(refusal(&format!("https://example.com/{}", "é".repeat(900))), UrlRefusal::TooLong);
    }

    #[test]
    fn ordinary_endpoints_are_accepted_in_their_normal_form() {
        for (typed, kept) in [
            ("https://hooks.example.com/a?b=c", "https://hooks.example.com/a?b=c"),
            ("https://hooks.example.com:8443/x", "https://hooks.example.com:8443/x"),
            ("https://müller.example/h", "https://xn--mller-kva.example/h"),
            (" HTTPS://Hooks.Example.com:443 ", "https://hooks.example.com/"),
            ("https://93.184.215.14/h", "https://93.184.215.14/h"),
            ("https://[2a00:1450:4007::1]/h", "https://[2a00:1450:4007::1]/h"),
            ("https://notlocalhost.example/", "https://notlocalhost.example/"),
        ] {
            let url = EndpointUrl::parse(typed, &AllowNets::default());
            assert_eq!(url.as_ref().map(EndpointUrl::as_str), Ok(kept), "{typed}");
        }
        let longest = format!("https://example.com/{}", "a".repeat(1_980));
        assert_eq!(EndpointUrl::parse(&longest, &AllowNets::default()).unwrap().as_str(), longest);
    }

    #[test]
    fn an_opened_network_takes_plain_http_and_private_names() {
        let nets: AllowNets = "127.0.0.1/32,10.0.0.0/8".parse().unwrap();
        for url in [
            "http://127.0.0.1:40123/hook",
            "http://127.0.0.1/",
            "https://10.1.2.3/",
            "http://crm:8080/hook",
            "http://localhost:9100/",
            "http://crm.internal/",
        ] {
            assert!(EndpointUrl::parse(url, &nets).is_ok(), "{url}");
        }
        for url in [
            "http://127.0.0.2/",
            "http://93.184.215.14/",
            "https://192.168.0.1/",
            "http://127.0.0.1:6379/",
            "http://user@127.0.0.1/",
            "http://[::1]/",
        ] {
            assert!(EndpointUrl::parse(url, &nets).is_err(), "{url}");
        }
    }

    #[test]
    fn service_ports_are_sorted_once_each_and_below_the_ports_given_out_by_the_system() {
        assert!(SERVICE_PORTS.is_sorted_by(|a, b| a < b));
        assert!(SERVICE_PORTS.iter().all(|it| (1024..32_768).contains(it)));
        assert!(!SERVICE_PORTS.contains(&8443));
    }

    #[test]
    fn a_secret_in_the_path_does_not_reach_the_logs() {
        let url = EndpointUrl::parse("https://hooks.example.com/T0/s3cret?k=s3cret", &AllowNets::default())
            .unwrap();
        assert_eq!(format!("{url:?}"), "EndpointUrl(https://hooks.example.com/…)");
    }
}
