//! What a receiver answered, and what its answer means.

use jiff::fmt::strtime;

/// What one attempt came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttemptResult {
    /// The HTTP status; `None` when there was no answer.
    pub status: Option<u16>,
    /// How long the attempt took, in milliseconds.
    pub ms: i64,
    /// The first 4 KiB of the answer's body, as they came.
    pub body: Vec<u8>,
    /// The wish in `Retry-After`, in seconds from the attempt; never negative.
    pub retry_after: Option<i64>,
    /// Why there was no answer.
    pub error: Option<Failure>,
}

impl AttemptResult {
    /// An attempt without an answer.
    pub(super) fn failed(error: Failure) -> Self {
        Self { status: None, ms: 0, body: Vec::new(), retry_after: None, error: Some(error) }
    }
}

/// Why an attempt got no answer. `Display` is what the delivery log shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The host has an address outside what may be reached.
    #[error("address not allowed")]
    AddressRefused,
    /// The host's name has no address.
    #[error("host name not found")]
    UnknownName,
    /// Nobody listens, or the network does not get there.
    #[error("no connection")]
    NoConnection,
    /// The TLS handshake failed, most often because of the certificate.
    #[error("TLS certificate or handshake refused")]
    Tls,
    /// No answer before the deadline.
    #[error("no answer in time")]
    Timeout,
    /// The connection ended early, or what came is no HTTP answer.
    #[error("connection broken or answer unreadable")]
    Broken,
    /// The message has no secret, or an id that cannot be signed. Ours to repair.
    #[error("message cannot be signed")]
    Unsendable,
}

/// What to do after an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The receiver has it.
    Delivered,
    /// Try again; `after` is the receiver's wish in milliseconds, to be bounded by `domain::backoff`.
    Retry {
        /// Milliseconds the receiver asks to be left alone.
        after: Option<i64>,
    },
    /// The receiver wants no more of anything: disable the endpoint.
    Gone,
}

/// What `result` means (Standard Webhooks 1.0.0, "Deliverability and reliability").
///
/// A redirect is a failure. Only answers that speak of load (429, 502, 503, 504) may ask for patience.
pub fn verdict(result: &AttemptResult) -> Verdict {
    let wish = result.retry_after.map(|seconds| seconds.saturating_mul(1_000));
    match result.status {
        Some(200..=299) => Verdict::Delivered,
        Some(410) => Verdict::Gone,
        Some(429 | 502 | 503 | 504) => Verdict::Retry { after: wish },
        Some(_) | None => Verdict::Retry { after: None },
    }
}

/// The three forms of an HTTP date (RFC 9110 section 5.6.7), the one in use first.
const DATE_FORMS: [&str; 3] =
    ["%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"];

/// Seconds from `now` (Unix seconds) that a `Retry-After` asks for: a number of seconds or an HTTP date
/// (RFC 9110 section 10.2.3). A date in the past is zero; anything else is no wish.
pub(super) fn retry_after_seconds(value: &str, now: i64) -> Option<i64> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|it| it.is_ascii_digit()) {
        return Some(value.parse().unwrap_or(i64::MAX));
    }
    let date = DATE_FORMS.iter().find_map(|form| strtime::parse(form, value).ok()?.to_datetime().ok())?;
    let at = date.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_second();
    Some(at.saturating_sub(now).max(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(status: u16, retry_after: Option<i64>) -> Verdict {
        verdict(&AttemptResult { status: Some(status), ms: 1, body: Vec::new(), retry_after, error: None })
    }

    #[test]
    fn only_2xx_is_delivered() {
        for status in [200, 201, 202, 204, 299] {
            assert_eq!(answered(status, Some(60)), Verdict::Delivered);
        }
        for status in [
            101, 199, 300, 301, 302, 304, 307, 308, 400, 401, 404, 408, 409, 411, 418, 422, 500, 501, 505,
            999,
        ] {
            assert_eq!(answered(status, None), Verdict::Retry { after: None }, "{status}");
        }
        assert_eq!(answered(410, Some(60)), Verdict::Gone);
    }

    #[test]
    fn only_answers_of_load_may_ask_for_patience() {
        for status in [429, 502, 503, 504] {
            assert_eq!(answered(status, Some(60)), Verdict::Retry { after: Some(60_000) });
            assert_eq!(answered(status, None), Verdict::Retry { after: None });
            assert_eq!(answered(status, Some(i64::MAX)), Verdict::Retry { after: Some(i64::MAX) });
        }
        assert_eq!(answered(500, Some(60)), Verdict::Retry { after: None });
        assert_eq!(answered(302, Some(60)), Verdict::Retry { after: None });
    }

    #[test]
    fn no_answer_is_tried_again() {
        for failure in [Failure::AddressRefused, Failure::Timeout, Failure::Broken, Failure::UnknownName] {
            assert_eq!(verdict(&AttemptResult::failed(failure)), Verdict::Retry { after: None });
        }
    }

    #[test]
    fn retry_after_is_read_as_seconds_or_as_any_http_date() {
        // 1994-11-06T08:49:37Z, the example of RFC 9110.
        let now = 784_111_777 - 90;
        for (value, seconds) in [
            ("120", Some(120)),
            ("0", Some(0)),
            (" 7 ", Some(7)),
            ("99999999999999999999", Some(i64::MAX)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(90)),
            ("Sunday, 06-Nov-94 08:49:37 GMT", Some(90)),
            ("Sun Nov  6 08:49:37 1994", Some(90)),
            ("Sun, 06 Nov 1994 08:40:00 GMT", Some(0)),
            ("Sun, 06 Nov 1994 08:49:37 CET", None),
            ("-5", None),
            ("1.5", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(retry_after_seconds(value, now), seconds, "{value}");
        }
    }
}
