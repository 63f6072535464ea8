//! Who pressed: a person, or something that opens links and presses buttons by itself?
//!
//! A remark in the evidence and nothing more: it never keeps anybody from confirming or leaving. Scanners of mail
//! providers open every link within seconds, some run scripts, a few press buttons; lists of their names and
//! networks are unreliable as a control and good enough as a remark. What a browser says of a request by itself
//! (Fetch Metadata, `Sec-Purpose`) cannot be set by any page or script in it.

use super::time::SECOND;

/// What a confirmation looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grade {
    /// A person, as far as one can tell.
    Person,
    /// More speaks for a machine than for a person.
    LikelyAutomated,
}

impl Grade {
    /// The word in the evidence.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::LikelyAutomated => "likely-automated",
        }
    }
}

/// One thing that speaks for a person or for a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The link was opened in the browser that signed up: only that one has the cookie.
    SameBrowser,
    /// The code of the mail was typed in the tab of the signup: whoever did held both.
    CodeTyped,
    /// `Sec-Fetch-User: ?1`: the browser says that somebody clicked, tapped or pressed a key.
    UserActivated,
    /// The page was on the screen for a while before its button was pressed.
    TookTime,
    /// Pressed sooner after the page was opened than anybody reads and reaches for a button.
    PressedAtOnce,
    /// Pressed without the page of the button ever having been opened.
    PageNotOpened,
    /// The browser sends `Sec-Fetch-*` and says that nobody clicked: a script sent the form.
    NoActivation,
    /// No `Sec-Fetch-*` at all: a browser from before 2023, or none.
    NoFetchMetadata,
    /// Not a page being opened: a script, an image, a frame.
    NotNavigated,
    /// Sent from a page of another site.
    CrossSite,
    /// `Sec-Purpose` or `Purpose` says that the browser only looks ahead.
    Prefetch,
    /// `HEAD`: whoever asks so reads nothing.
    Head,
    /// A scanner or preview that says its name.
    KnownScanner,
    /// A library or command line tool that says its name.
    Library,
    /// No name at all.
    NoUserAgent,
    /// Opened within two seconds of the mail being handed over.
    OpenedAtOnce,
    /// Several links of one mail opened within seconds of one another.
    SeveralLinks,
}

impl Reason {
    /// The word in the evidence.
    pub const fn word(self) -> &'static str {
        match self {
            Self::SameBrowser => "same-browser",
            Self::CodeTyped => "code-typed",
            Self::UserActivated => "user-activated",
            Self::TookTime => "took-time",
            Self::PressedAtOnce => "pressed-at-once",
            Self::PageNotOpened => "page-not-opened",
            Self::NoActivation => "no-activation",
            Self::NoFetchMetadata => "no-fetch-metadata",
            Self::NotNavigated => "not-navigated",
            Self::CrossSite => "cross-site",
            Self::Prefetch => "prefetch",
            Self::Head => "head",
            Self::KnownScanner => "known-scanner",
            Self::Library => "library",
            Self::NoUserAgent => "no-user-agent",
            Self::OpenedAtOnce => "opened-at-once",
            Self::SeveralLinks => "several-links",
        }
    }

    /// How much it says, for a person above zero. A name can be borrowed and a clock may stand, so that no more
    /// than two signs of a person outweigh one plain sign of a machine.
    const fn weight(self) -> i32 {
        match self {
            Self::SameBrowser | Self::CodeTyped => 3,
            Self::UserActivated => 2,
            Self::TookTime => 1,
            Self::NoFetchMetadata | Self::CrossSite => -1,
            Self::PageNotOpened => -2,
            Self::PressedAtOnce
            | Self::NoActivation
            | Self::NotNavigated
            | Self::NoUserAgent
            | Self::OpenedAtOnce
            | Self::SeveralLinks => -3,
            Self::Prefetch | Self::Head | Self::KnownScanner | Self::Library => -5,
        }
    }
}

/// What a browser says of a request by itself: `Sec-Fetch-Site`, `-Mode`, `-Dest`, `-User`, and `Sec-Purpose` or
/// `Purpose`, as sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fetch {
    /// `same-origin`, `same-site`, `cross-site`, or `none` when the person typed it or came from a mail program.
    pub site: Option<String>,
    /// `navigate` when a page is opened.
    pub mode: Option<String>,
    /// `document` when it is opened in a tab.
    pub dest: Option<String>,
    /// `?1` when somebody's own act opened it.
    pub user: Option<String>,
    /// `prefetch` when the browser only looks ahead.
    pub purpose: Option<String>,
}

impl Fetch {
    /// Whether the browser said anything about the request.
    pub fn is_told(&self) -> bool {
        self.site.is_some() || self.mode.is_some() || self.dest.is_some() || self.user.is_some()
    }

    fn is_navigation(&self) -> bool {
        let is = |value: &Option<String>, wanted: &str| value.as_deref().is_none_or(|it| it == wanted);
        is(&self.mode, "navigate") && is(&self.dest, "document")
    }

    fn is_ahead(&self) -> bool {
        let ahead = ["prefetch", "prerender", "preview"];
        self.purpose.as_deref().is_some_and(|it| ahead.iter().any(|word| it.contains(word)))
    }
}

/// How a confirmation was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// By the button behind the link in the mail.
    Link,
    /// By the code of the mail, typed where the person signed up.
    Code,
    /// By opening the link in the browser that signed up: its page sends the answer by itself, with a cookie that
    /// no scanner has.
    SameBrowser,
}

impl Method {
    /// The word in the evidence.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Code => "code",
            Self::SameBrowser => "same-browser",
        }
    }
}

/// What is known of one confirmation.
#[derive(Clone, Copy, Debug)]
pub struct Press<'a> {
    /// How it was made.
    pub method: Method,
    /// How long the page had been open, in milliseconds; `None` when it was not opened.
    pub after: Option<i64>,
    /// `User-Agent`.
    pub user_agent: &'a str,
    /// What the browser says of it.
    pub fetch: &'a Fetch,
}

/// Nobody reads a page and reaches for a button in less, in milliseconds.
const AT_ONCE: i64 = SECOND;
/// No mail is delivered, seen and opened in less, in milliseconds.
const DELIVERED: i64 = 2 * SECOND;
/// Links of one mail opened this close to one another are opened by a list, in milliseconds.
pub const TOGETHER: i64 = 5 * SECOND;

/// Judges a confirmation: the grade, and what speaks for and against it, most telling first.
pub fn judge(press: &Press<'_>) -> (Grade, Vec<Reason>) {
    let Press { method, after: _, user_agent, fetch } = *press;
    let mut reasons = match method {
        Method::Link | Method::Code => pressed(press),
        // Nobody pressed: that a script sent it at once is how it is meant to be.
        Method::SameBrowser => vec![Reason::SameBrowser],
    };
    if fetch.site.as_deref() == Some("cross-site") {
        reasons.push(Reason::CrossSite);
    }
    reasons.extend(fetch.is_ahead().then_some(Reason::Prefetch));
    reasons.extend(named(user_agent));
    reasons.sort_by_key(|it| -it.weight().abs());
    let sum: i32 = reasons.iter().map(|it| it.weight()).sum();
    (if sum < 0 { Grade::LikelyAutomated } else { Grade::Person }, reasons)
}

/// What speaks for and against somebody having pressed a button or typed a code.
fn pressed(press: &Press<'_>) -> Vec<Reason> {
    let Press { method, after, user_agent: _, fetch } = *press;
    let mut reasons = Vec::new();
    match (method, after) {
        (_, Some(AT_ONCE..)) => reasons.push(Reason::TookTime),
        (_, Some(_)) => reasons.push(Reason::PressedAtOnce),
        (Method::Link, None) => reasons.push(Reason::PageNotOpened),
        (Method::Code | Method::SameBrowser, None) => {}
    }
    reasons.extend((method == Method::Code).then_some(Reason::CodeTyped));
    match (fetch.is_told(), fetch.user.as_deref()) {
        (false, _) => reasons.push(Reason::NoFetchMetadata),
        (true, _) if !fetch.is_navigation() => reasons.push(Reason::NotNavigated),
        (true, Some("?1")) => reasons.push(Reason::UserActivated),
        (true, _) => reasons.push(Reason::NoActivation),
    }
    reasons
}

/// What is known of one opening of a page.
#[derive(Clone, Copy, Debug)]
pub struct Opening<'a> {
    /// By `HEAD`.
    pub head: bool,
    /// How long after the mail was handed over, in milliseconds, if that is known.
    pub after_mail: Option<i64>,
    /// Whether another link of the same mail was opened within [`TOGETHER`].
    pub together: bool,
    /// `User-Agent`.
    pub user_agent: &'a str,
    /// What the browser says of it.
    pub fetch: &'a Fetch,
}

/// Why an opening looks like that of a machine; `None` when it may well be a person's.
pub fn automated(opening: &Opening<'_>) -> Option<Reason> {
    let Opening { head, after_mail, together, user_agent, fetch } = *opening;
    if head {
        return Some(Reason::Head);
    }
    if fetch.is_ahead() {
        return Some(Reason::Prefetch);
    }
    if let Some(name) = named(user_agent) {
        return Some(name);
    }
    if !fetch.is_navigation() {
        return Some(Reason::NotNavigated);
    }
    if together {
        return Some(Reason::SeveralLinks);
    }
    after_mail.is_some_and(|it| it < DELIVERED).then_some(Reason::OpenedAtOnce)
}

/// Parts of the names of scanners, link previews and browsers run by programs, in lower case.
const SCANNERS: [&str; 29] = [
    "barracuda",
    "bingpreview",
    "bitdefender",
    "bot/",
    "bot;",
    "cisco",
    "cloudmark",
    "crawler",
    "existence discovery",
    "externalhit",
    "forcepoint",
    "fortinet",
    "googleimageproxy",
    "headless",
    "linkexpanding",
    "mimecast",
    "ms-office",
    "phantomjs",
    "playwright",
    "proofpoint",
    "puppeteer",
    "safelinks",
    "scanner",
    "selenium",
    "skypeuripreview",
    "sophos",
    "symantec",
    "trendmicro",
    "whatsapp",
];

/// How libraries and command line tools begin their names, in lower case.
const LIBRARIES: [&str; 18] = [
    "aiohttp",
    "apache-httpclient",
    "axios",
    "curl",
    "go-http-client",
    "got ",
    "guzzlehttp",
    "java",
    "libwww-perl",
    "node",
    "okhttp",
    "php",
    "postmanruntime",
    "python",
    "reqwest",
    "ruby",
    "undici",
    "wget",
];

/// What a name gives away.
fn named(user_agent: &str) -> Option<Reason> {
    let name = user_agent.trim().to_ascii_lowercase();
    if name.is_empty() {
        return Some(Reason::NoUserAgent);
    }
    if SCANNERS.iter().any(|it| name.contains(it)) {
        return Some(Reason::KnownScanner);
    }
    LIBRARIES.iter().any(|it| name.starts_with(it)).then_some(Reason::Library)
}

#[cfg(test)]
mod tests;
