//! One file out of a form that sends files (`multipart/form-data`, RFC 7578), for the few pages that take one.
//!
//! The whole body is read first, within the limit and the deadline of every body; nothing is written anywhere.

use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header::CONTENT_TYPE, web::Bytes};

use super::{
    error::Fault,
    extract::{body, header},
};

/// The largest file, in bytes.
pub const FILE_LIMIT: usize = 1 << 20;
/// What the form around the file may take, in bytes.
const AROUND: usize = 4 * 1024;
/// The longest boundary (RFC 2046 section 5.1.1).
const LONGEST_BOUNDARY: usize = 70;

/// The file in the field `file`; empty when none was chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Upload(pub Bytes);

impl FromRequest for Upload {
    type Error = Fault;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Fault>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let media_type = header(request, &CONTENT_TYPE).unwrap_or_default();
        let body = body(request, payload, FILE_LIMIT + AROUND);
        Box::pin(async move {
            let body = body.await?;
            if body.is_empty() {
                return Ok(Self::default());
            }
            let boundary = boundary(&media_type).ok_or(Fault::NotAForm)?;
            let file = file(&body, boundary).ok_or(Fault::NotAForm)?;
            if file.len() > FILE_LIMIT {
                return Err(Fault::TooLarge);
            }
            Ok(Self(body.slice_ref(file)))
        })
    }
}

/// The boundary that a content type names.
fn boundary(media_type: &str) -> Option<&str> {
    let (kind, parameters) = media_type.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let boundary = parameters.split(';').find_map(|it| {
        let (name, value) = it.split_once('=')?;
        name.trim().eq_ignore_ascii_case("boundary").then(|| value.trim().trim_matches('"'))
    })?;
    (1..=LONGEST_BOUNDARY).contains(&boundary.len()).then_some(boundary)
}

/// The content of the part named `file`; empty when there is none. `None` when the body is no such form.
fn file<'a>(body: &'a [u8], boundary: &str) -> Option<&'a [u8]> {
    let delimiter = format!("\r\n--{boundary}");
    let mut rest = body.strip_prefix(delimiter.get(2..)?.as_bytes())?;
    let mut found: &[u8] = &[];
    while let Some(part) = rest.strip_prefix(b"\r\n") {
        let end = find(part, delimiter.as_bytes())?;
        let (part, after) = (part.get(..end)?, part.get(end + delimiter.len()..)?);
        let blank = find(part, b"\r\n\r\n")?;
        if is_file(part.get(..blank)?) {
            found = part.get(blank + 4..)?;
        }
        rest = after;
    }
    rest.starts_with(b"--").then_some(found)
}

/// Whether these are the header lines of the field `file`.
fn is_file(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head);
    head.split("\r\n").any(|line| {
        let disposition = line.to_ascii_lowercase().starts_with("content-disposition:");
        disposition && line.split(';').any(|it| it.trim() == "name=\"file\"")
    })
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|it| it == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: &[u8] = b"--b\r\nContent-Disposition: form-data; name=\"locale\"\r\n\r\nfr\r\n\
        --b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a;b.json\"\r\n\
        Content-Type: application/json\r\n\r\n{\r\n--\r\n}\r\n--b--\r\n";

    #[test]
    fn the_file_is_found_between_its_boundaries() {
        assert_eq!(file(FORM, "b"), Some(&b"{\r\n--\r\n}"[..]));
        let empty =
            b"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\n\r\n--b--\r\n";
        assert_eq!(file(empty, "b"), Some(&b""[..]));
        assert_eq!(file(b"--b--\r\n", "b"), Some(&b""[..]));
    }

    #[test]
    fn what_is_cut_off_is_no_form() {
        for end in 0..FORM.len() - 4 {
            assert_eq!(file(&FORM[..end], "b"), None, "{end}");
        }
        assert_eq!(file(FORM, "c"), None);
    }

    #[test]
    fn a_boundary_is_named_by_the_content_type() {
        assert_eq!(boundary("multipart/form-data; boundary=b"), Some("b"));
        assert_eq!(boundary("Multipart/Form-Data; charset=utf-8; Boundary=\"x-y\""), Some("x-y"));
        for wrong in [
            "multipart/form-data",
            "multipart/mixed; boundary=b",
            "text/plain",
            "multipart/form-data; boundary=",
        ] {
            assert_eq!(boundary(wrong), None, "{wrong}");
        }
        assert_eq!(boundary(&format!("multipart/form-data; boundary={}", "b".repeat(71))), None);
    }
}
