use super::*;

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0";
const CHROME: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
const IPHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 15_8 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/15.6 Mobile/15E148 Safari/604.1";
const HEADLESS: &str = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/142.0.0.0 Safari/537.36";

/// `site mode dest user purpose`, with `-` for what was not sent.
fn fetch(text: &str) -> Fetch {
    let mut words = text.split(' ').map(|it| (it != "-").then(|| it.to_owned()));
    let mut next = || words.next().flatten();
    Fetch { site: next(), mode: next(), dest: next(), user: next(), purpose: next() }
}

const CLICKED: &str = "same-origin navigate document ?1 -";
const SUBMITTED: &str = "same-origin navigate document - -";
const SCRIPTED: &str = "same-origin cors empty - -";
const OLD: &str = "- - - - -";

/// Who, how, how long after opening, as which program, with which `Sec-Fetch-*`; and what is made of it.
type Case = (&'static str, Method, Option<i64>, &'static str, &'static str, Grade, &'static [Reason]);

const CASES: [Case; 20] = [
    (
        "a person in Firefox",
        Method::Link,
        Some(4_200),
        FIREFOX,
        CLICKED,
        Grade::Person,
        &[Reason::UserActivated, Reason::TookTime],
    ),
    (
        "a person who left the tab open overnight",
        Method::Link,
        Some(50_000_000),
        CHROME,
        CLICKED,
        Grade::Person,
        &[Reason::UserActivated, Reason::TookTime],
    ),
    (
        "an old telephone",
        Method::Link,
        Some(6_000),
        IPHONE,
        OLD,
        Grade::Person,
        &[Reason::TookTime, Reason::NoFetchMetadata],
    ),
    (
        "a person who types the code",
        Method::Code,
        Some(40_000),
        CHROME,
        CLICKED,
        Grade::Person,
        &[Reason::CodeTyped, Reason::UserActivated, Reason::TookTime],
    ),
    (
        "a code typed on an old telephone",
        Method::Code,
        Some(40_000),
        IPHONE,
        OLD,
        Grade::Person,
        &[Reason::CodeTyped, Reason::TookTime, Reason::NoFetchMetadata],
    ),
    (
        "a code filled in by the telephone at once",
        Method::Code,
        Some(400),
        IPHONE,
        CLICKED,
        Grade::Person,
        &[Reason::PressedAtOnce, Reason::CodeTyped, Reason::UserActivated],
    ),
    (
        "a code from a page cached by the browser",
        Method::Code,
        None,
        CHROME,
        CLICKED,
        Grade::Person,
        &[Reason::CodeTyped, Reason::UserActivated],
    ),
    (
        "the page in the browser that signed up",
        Method::SameBrowser,
        Some(80),
        FIREFOX,
        SCRIPTED,
        Grade::Person,
        &[Reason::SameBrowser],
    ),
    (
        "a program with the cookie that says its name",
        Method::SameBrowser,
        Some(80),
        HEADLESS,
        SCRIPTED,
        Grade::LikelyAutomated,
        &[Reason::KnownScanner, Reason::SameBrowser],
    ),
    (
        "a page that submits itself",
        Method::Link,
        Some(30),
        CHROME,
        SUBMITTED,
        Grade::LikelyAutomated,
        &[Reason::PressedAtOnce, Reason::NoActivation],
    ),
    (
        "a script that waits before it submits",
        Method::Link,
        Some(9_000),
        CHROME,
        SUBMITTED,
        Grade::LikelyAutomated,
        &[Reason::NoActivation, Reason::TookTime],
    ),
    (
        "a script that fetches",
        Method::Link,
        Some(9_000),
        CHROME,
        SCRIPTED,
        Grade::LikelyAutomated,
        &[Reason::NotNavigated, Reason::TookTime],
    ),
    (
        "a scanner that clicks",
        Method::Link,
        Some(300),
        HEADLESS,
        CLICKED,
        Grade::LikelyAutomated,
        &[Reason::KnownScanner, Reason::PressedAtOnce, Reason::UserActivated],
    ),
    (
        "a scanner that clicks under another name",
        Method::Link,
        Some(300),
        CHROME,
        CLICKED,
        Grade::LikelyAutomated,
        &[Reason::PressedAtOnce, Reason::UserActivated],
    ),
    (
        "curl",
        Method::Link,
        None,
        "curl/8.14.1",
        OLD,
        Grade::LikelyAutomated,
        &[Reason::Library, Reason::PageNotOpened, Reason::NoFetchMetadata],
    ),
    (
        "Python that opens the page first",
        Method::Link,
        Some(3_000),
        "python-requests/2.32.5",
        OLD,
        Grade::LikelyAutomated,
        &[Reason::Library, Reason::TookTime, Reason::NoFetchMetadata],
    ),
    (
        "no name at all",
        Method::Link,
        Some(3_000),
        " ",
        OLD,
        Grade::LikelyAutomated,
        &[Reason::NoUserAgent, Reason::TookTime, Reason::NoFetchMetadata],
    ),
    (
        "a name borrowed by a tool that never opened the page",
        Method::Link,
        None,
        CHROME,
        OLD,
        Grade::LikelyAutomated,
        &[Reason::PageNotOpened, Reason::NoFetchMetadata],
    ),
    (
        "a form on another site",
        Method::Link,
        None,
        CHROME,
        "cross-site navigate document ?1 -",
        Grade::LikelyAutomated,
        &[Reason::PageNotOpened, Reason::UserActivated, Reason::CrossSite],
    ),
    (
        "codes tried by a program",
        Method::Code,
        None,
        "Go-http-client/2.0",
        OLD,
        Grade::LikelyAutomated,
        &[Reason::Library, Reason::CodeTyped, Reason::NoFetchMetadata],
    ),
];

#[test]
fn confirmations_are_graded_by_what_they_look_like() {
    for (who, method, after, user_agent, told, grade, reasons) in CASES {
        let fetch = fetch(told);
        let judged = judge(&Press { method, after, user_agent, fetch: &fetch });
        assert_eq!(judged, (grade, reasons.to_vec()), "{who}");
    }
}

#[test]
fn a_second_is_the_least_anybody_needs() {
    let clicked = fetch(CLICKED);
    let grade = |after| {
        let press = Press { method: Method::Link, after: Some(after), user_agent: CHROME, fetch: &clicked };
        judge(&press).0
    };
    assert_eq!(grade(-5), Grade::LikelyAutomated, "the clock went backwards");
    assert_eq!((grade(999), grade(1_000)), (Grade::LikelyAutomated, Grade::Person));
}

#[test]
fn openings_by_machines_are_told_from_those_of_people() {
    const MAIL: &str = "none navigate document ?1 -";
    let people = [
        ("a link in a mail program", FIREFOX, MAIL, Some(30_000)),
        ("webmail", CHROME, "cross-site navigate document ?1 -", Some(3_600_000)),
        ("an old telephone", IPHONE, OLD, Some(9_000)),
        ("after a restart", CHROME, MAIL, None),
        ("a browser that leaves the destination out", CHROME, "none navigate - ?1 -", Some(9_000)),
    ];
    for (who, user_agent, told, after_mail) in people {
        let fetch = fetch(told);
        let opening = Opening { head: false, after_mail, together: false, user_agent, fetch: &fetch };
        assert_eq!(automated(&opening), None, "{who}");
    }
    let machines = [
        ("HEAD", true, false, CHROME, MAIL, Some(9_000), Reason::Head),
        (
            "prefetch",
            false,
            false,
            CHROME,
            "none navigate document - prefetch;prerender",
            Some(9_000),
            Reason::Prefetch,
        ),
        ("an image", false, false, CHROME, "cross-site no-cors image - -", Some(9_000), Reason::NotNavigated),
        ("a fetch", false, false, CHROME, SCRIPTED, Some(9_000), Reason::NotNavigated),
        ("all links at once", false, true, CHROME, MAIL, Some(9_000), Reason::SeveralLinks),
        ("faster than any inbox", false, false, CHROME, MAIL, Some(1_999), Reason::OpenedAtOnce),
        ("Office", false, false, "Microsoft Office Existence Discovery", OLD, None, Reason::KnownScanner),
        ("a preview", false, false, "WhatsApp/2.23.20.0 A", OLD, None, Reason::KnownScanner),
        (
            "a crawler",
            false,
            false,
            "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
            OLD,
            None,
            Reason::KnownScanner,
        ),
        (
            "a gateway",
            false,
            false,
            "Mozilla/5.0 (compatible; Proofpoint URL Defense)",
            OLD,
            None,
            Reason::KnownScanner,
        ),
        ("a program", false, false, "Wget/1.25.0", OLD, None, Reason::Library),
        ("nobody", false, false, "", OLD, None, Reason::NoUserAgent),
    ];
    for (who, head, together, user_agent, told, after_mail, reason) in machines {
        let fetch = fetch(told);
        let opening = Opening { head, after_mail, together, user_agent, fetch: &fetch };
        assert_eq!(automated(&opening), Some(reason), "{who}");
    }
}

#[test]
fn the_browsers_of_people_are_not_taken_for_tools() {
    for name in [
        FIREFOX,
        CHROME,
        IPHONE,
        "Mozilla/5.0 (Linux; Android 16; CUBOT X90) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
        "Lynx/2.9.2 libwww-FM/2.14 SSL-MM/1.4.1",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15",
        "Mozilla/5.0 (X11; CrOS x86_64 16181.61.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
        "Opera/9.80 (J2ME/MIDP; Opera Mini/7.1) Presto/2.12.423",
    ] {
        assert_eq!(named(name), None, "{name}");
    }
}
