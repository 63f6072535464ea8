//! One mail as the bytes of RFC 5322: both parts, the headers, the files that go with it, nothing else.
//!
//! The same [`Message`] always gives the same bytes, so that a mail sent again after a lost connection is
//! the same mail. There is no `List-Unsubscribe` (these mails are transactional) and nothing that tracks.

use std::time::{Duration, SystemTime};

use lettre::{
    Address,
    message::{
        Attachment, Body, Mailbox, MultiPart, SinglePart,
        header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue},
    },
};

use super::{
    rendered::File,
    text::{file_name, one_line},
};
use crate::domain::{Locale, Timestamp};

/// Both parts are quoted-printable, where `=` is always followed by two hexadecimal digits or a line end:
/// this boundary cannot occur in them, and need not be random.
const BOUNDARY: &str = "=_ayeaye_parts";
/// Around both parts and the files, which are base64: it has no `_`.
const FILES_BOUNDARY: &str = "=_ayeaye_files";
/// Around the HTML part and what it shows.
const SHOWN_BOUNDARY: &str = "=_ayeaye_shown";

/// Longest line allowed, without its CRLF (RFC 5322 section 2.1.1).
const LONGEST_LINE: usize = 998;

/// What a mail is made of.
#[derive(Clone, Copy, Debug)]
pub struct Message<'a> {
    /// The whole `Message-ID`, angle brackets included: see [`message_id`].
    pub message_id: &'a str,
    /// When the mail was decided, which stays the same when it is sent again.
    pub date: Timestamp,
    /// Display name of the sender; line breaks and control characters in it are dropped.
    pub from_name: &'a str,
    /// Address of the sender.
    pub from_address: &'a str,
    /// Where answers go, when not to the sender.
    pub reply_to: Option<&'a str>,
    /// Address of the recipient.
    pub to: &'a str,
    /// Subject; line breaks and control characters in it are dropped.
    pub subject: &'a str,
    /// The plain text part.
    pub text: &'a str,
    /// The HTML part, with the same content.
    pub html: &'a str,
    /// Files that go with it, in this order.
    pub files: &'a [File],
    /// Language of both parts.
    pub locale: Locale,
}

/// Why a [`Message`] cannot be written down.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ComposeError {
    /// The sender or reply address of the tenant is none.
    #[error("the sender's address or reply address is not a mail address")]
    Sender,
    /// The recipient's address is none.
    #[error("the recipient's address is not a mail address")]
    Recipient,
    /// The `Message-ID` is not `<left@right>` in plain ASCII.
    #[error("the Message-ID is not of the form <id@domain>")]
    MessageId,
    /// The builder refused; should not happen once the parts above are checked.
    #[error("the mail could not be built: {0}")]
    Build(String),
    /// A line would be longer than 998 octets.
    #[error("a line of the mail would be longer than 998 octets")]
    LineTooLong,
}

/// The `Message-ID` of the mail `id`, at the domain of the sender's address: `<msg_01h…@acme.example>`.
pub fn message_id(id: &str, from_address: &str) -> String {
    let domain = from_address.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
    format!("<{id}@{domain}>")
}

/// The bytes of `message`: CRLF line ends, 7-bit unless an address is not ASCII, lines of the body at most
/// 76 octets long.
///
/// # Errors
/// When an address or the `Message-ID` is malformed, or a line would be too long.
pub fn compose(message: &Message<'_>) -> Result<Vec<u8>, ComposeError> {
    let from = address(message.from_address).ok_or(ComposeError::Sender)?;
    let to = address(message.to).ok_or(ComposeError::Recipient)?;
    let name = Some(one_line(message.from_name)).filter(|it| !it.is_empty());
    let mut builder = lettre::Message::builder()
        .raw_header(checked_message_id(message.message_id)?)
        .date(date(message.date))
        .from(Mailbox::new(name, from))
        .to(Mailbox::new(None, to));
    if let Some(reply_to) = message.reply_to {
        builder = builder.reply_to(Mailbox::new(None, address(reply_to).ok_or(ComposeError::Sender)?));
    }
    let raw = builder
        .subject(one_line(message.subject))
        .raw_header(plain_header("Auto-Submitted", "auto-generated"))
        .raw_header(plain_header("X-Auto-Response-Suppress", "All"))
        .raw_header(plain_header("Content-Language", message.locale.tag()))
        .multipart(all_parts(message)?)
        .map_err(|it| ComposeError::Build(it.to_string()))?
        .formatted();
    if raw.split(|it| *it == b'\n').any(|line| line.len() > LONGEST_LINE + 1) {
        return Err(ComposeError::LineTooLong);
    }
    Ok(raw)
}

/// Both parts, and around them the files when there are any.
fn all_parts(message: &Message<'_>) -> Result<MultiPart, ComposeError> {
    let (shown, beside): (Vec<&File>, Vec<&File>) =
        message.files.iter().partition(|it| is_shown(it, message.html));
    let both = both_parts(message, &shown)?;
    if beside.is_empty() {
        return Ok(both);
    }
    let mut all = MultiPart::mixed().boundary(FILES_BOUNDARY).multipart(both);
    for file in beside {
        all = all.singlepart(attached(file)?);
    }
    Ok(all)
}

/// Base64 always, in lines of 76: a PDF is no text, and a relay that mends line ends would break a proof.
fn attached(file: &File) -> Result<SinglePart, ComposeError> {
    let File { name, media_type, data } = file;
    let kind = ContentType::parse(media_type).map_err(|it| ComposeError::Build(it.to_string()))?;
    let body = Body::new_with_encoding(data.clone(), ContentTransferEncoding::Base64)
        .map_err(|_kept| ComposeError::Build("a file could not be encoded".to_owned()))?;
    Ok(Attachment::new(file_name(name)).body(body, kind))
}

/// Whether the HTML part shows a file (RFC 2392): such a one travels with that part.
fn is_shown(file: &File, html: &str) -> bool {
    html.contains(&format!("\"cid:{}\"", file.name))
}

/// Text first: a reader shows the last part it understands.
fn both_parts(message: &Message<'_>, shown: &[&File]) -> Result<MultiPart, ComposeError> {
    let text =
        MultiPart::alternative().boundary(BOUNDARY).singlepart(part(ContentType::TEXT_PLAIN, message.text));
    let html = part(ContentType::TEXT_HTML, message.html);
    if shown.is_empty() {
        return Ok(text.singlepart(html));
    }
    let mut related = MultiPart::related().boundary(SHOWN_BOUNDARY).singlepart(html);
    for File { name, media_type, data } in shown {
        let kind = ContentType::parse(media_type).map_err(|it| ComposeError::Build(it.to_string()))?;
        let body = Body::new_with_encoding(data.clone(), ContentTransferEncoding::Base64)
            .map_err(|_kept| ComposeError::Build("a picture could not be encoded".to_owned()))?;
        related = related.singlepart(Attachment::new_inline(file_name(name)).body(body, kind));
    }
    Ok(text.multipart(related))
}

/// Quoted-printable always: no relay needs an extension for it, and lines are short whatever the text.
fn part(kind: ContentType, text: &str) -> SinglePart {
    let encoding = ContentTransferEncoding::QuotedPrintable;
    let body = Body::new_with_encoding(text.to_owned(), encoding).unwrap_or_else(Body::new);
    SinglePart::builder().header(kind).body(body)
}

/// The address of exactly this text. Ours were checked long before; this is the last door, and it keeps
/// line breaks and angle brackets out of headers whatever happened before.
pub(super) fn address(text: &str) -> Option<Address> {
    let unfit = |it: char| it.is_control() || it.is_whitespace() || matches!(it, '<' | '>' | '"' | ',');
    if text.len() > 254 || text.contains(unfit) {
        return None;
    }
    let (local, domain) = text.rsplit_once('@')?;
    Address::new(local, domain).ok()
}

fn checked_message_id(id: &str) -> Result<HeaderValue, ComposeError> {
    let inside = id.strip_prefix('<').and_then(|it| it.strip_suffix('>')).unwrap_or_default();
    let fit = |it: &str| {
        !it.is_empty() && it.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'<' | b'>' | b'@'))
    };
    match inside.split_once('@') {
        Some((left, right)) if fit(left) && fit(right) && id.len() <= 250 => {
            Ok(plain_header("Message-ID", id))
        }
        Some(_) | None => Err(ComposeError::MessageId),
    }
}

fn plain_header(name: &'static str, value: &str) -> HeaderValue {
    let name = HeaderName::new_from_ascii_str(name);
    HeaderValue::dangerous_new_pre_encoded(name, value.to_owned(), value.to_owned())
}

fn date(at: Timestamp) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(u64::try_from(at.seconds()).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use mail_parser::{MessageParser, MimeHeaders as _};

    use super::*;

    fn message() -> Message<'static> {
        Message {
            message_id: "<msg_1@acme.example>",
            date: Timestamp::from_millis(1_795_255_200_000),
            from_name: "Acme",
            from_address: "confirm@acme.example",
            reply_to: Some("privacy@acme.example"),
            to: "ada@example.org",
            subject: "Confirm your subscription to Acme",
            text: "Yes\nhttps://consent.example.org/c/1\n.\n",
            html: "<p>Yes</p>\n",
            files: &[],
            locale: Locale::En,
        }
    }

    fn composed(message: &Message<'_>) -> String {
        String::from_utf8(compose(message).unwrap()).unwrap()
    }

    /// The header lines of a mail, unfolded.
    fn headers(raw: &str) -> Vec<String> {
        let head = raw.split_once("\r\n\r\n").unwrap().0;
        head.replace("\r\n\t", " ").replace("\r\n ", " ").split("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn the_whole_mail_is_as_written_here() {
        let expected = "Message-ID: <msg_1@acme.example>\r\n\
            Date: Sat, 21 Nov 2026 10:00:00 +0000\r\n\
            From: Acme <confirm@acme.example>\r\n\
            To: ada@example.org\r\n\
            Reply-To: privacy@acme.example\r\n\
            Subject: Confirm your subscription to Acme\r\n\
            Auto-Submitted: auto-generated\r\n\
            X-Auto-Response-Suppress: All\r\n\
            Content-Language: en\r\n\
            MIME-Version: 1.0\r\n\
            Content-Type: multipart/alternative; boundary=\"=_ayeaye_parts\"\r\n\
            \r\n\
            --=_ayeaye_parts\r\n\
            Content-Type: text/plain; charset=utf-8\r\n\
            Content-Transfer-Encoding: quoted-printable\r\n\
            \r\n\
            Yes\r\nhttps://consent.example.org/c/1\r\n.\r\n\r\n\
            --=_ayeaye_parts\r\n\
            Content-Type: text/html; charset=utf-8\r\n\
            Content-Transfer-Encoding: quoted-printable\r\n\
            \r\n\
            <p>Yes</p>\r\n\r\n\
            --=_ayeaye_parts--\r\n";
        assert_eq!(composed(&message()), expected);
    }

    fn file(name: &str, data: &[u8]) -> File {
        File { name: name.to_owned(), media_type: "application/pdf", data: data.to_vec() }
    }

    #[test]
    fn a_picture_that_the_html_part_shows_travels_with_it() {
        let picture =
            File { name: "logo.png".to_owned(), media_type: "image/png", data: vec![0x89, 1, 2, 3] };
        let files = [picture, file("R-1.pdf", b"paper")];
        let message = Message {
            html: "<img src=\"cid:logo.png\" alt=\"Acme\"><p>Yes</p>\n",
            files: &files,
            ..message()
        };
        let raw = composed(&message);
        assert!(raw.contains("Content-Type: multipart/related; boundary=\"=_ayeaye_shown\"\r\n"), "{raw}");
        assert!(raw.contains("Content-ID: <logo.png>\r\nContent-Disposition: inline\r\n"), "{raw}");
        let read = MessageParser::default().parse(raw.as_bytes()).unwrap();
        assert_eq!(read.body_text(0).unwrap().trim_end(), "Yes\r\nhttps://consent.example.org/c/1\r\n.");
        assert!(read.body_html(0).unwrap().starts_with("<img src=\"cid:logo.png\""));
        let names: Vec<_> = read.attachments().filter_map(|it| it.attachment_name()).collect();
        assert_eq!(names, ["R-1.pdf"], "a picture is no attachment to be opened");
    }

    #[test]
    fn files_come_after_both_parts_and_arrive_as_they_were() {
        let every_byte: Vec<u8> = (0..=255).cycle().take(70_000).collect();
        let like_ours = b"\r\n--=_ayeaye_files--\r\n.\r\n".to_vec();
        let files =
            [file("R-7Q2M-K4XD.pdf", &every_byte), file("R-7Q2M-K4XD.jsonld", &like_ours), file("a", b"")];
        let message = Message { files: &files, ..message() };
        let raw = composed(&message);
        assert_eq!(raw, composed(&message), "the same mail has the same bytes");
        assert!(raw.is_ascii() && raw.split("\r\n").skip(16).all(|line| line.len() <= 76));
        assert!(raw.contains("Content-Type: multipart/mixed; boundary=\"=_ayeaye_files\"\r\n"));
        let read = MessageParser::default().parse(raw.as_bytes()).unwrap();
        assert_eq!(read.body_text(0).unwrap().trim_end(), "Yes\r\nhttps://consent.example.org/c/1\r\n.");
        assert_eq!(read.body_html(0).unwrap().trim_end(), "<p>Yes</p>");
        let found: Vec<(&str, &[u8])> =
            read.attachments().map(|it| (it.attachment_name().unwrap(), it.contents())).collect();
        let expected: Vec<(&str, &[u8])> =
            files.iter().map(|it| (it.name.as_str(), it.data.as_slice())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_name_of_a_file_makes_no_header_and_no_path() {
        for evil in [
            "a\r\nBcc: eve@evil.example",
            "../../etc/passwd",
            "a\"; x=\"b.pdf",
            "\0\u{202e}fdp.exe",
            "=?utf-8?q?=0D=0A?=",
            &"x".repeat(5_000),
            "",
        ] {
            let files = [file(evil, b"data")];
            let raw = composed(&Message { files: &files, ..message() });
            assert!(!raw.contains("Bcc:") && raw.split("\r\n").all(|line| line.len() <= 998), "{raw}");
            let read = MessageParser::default().parse(raw.as_bytes()).unwrap();
            let name = read.attachment(0).unwrap().attachment_name().unwrap().to_owned();
            assert!(!name.is_empty() && name.len() <= 80, "{name:?} for {evil:?}");
            assert!(name.bytes().all(|it| it.is_ascii_alphanumeric() || b"-._".contains(&it)), "{name:?}");
            assert!(!name.starts_with('.'), "{name:?}");
        }
    }

    #[test]
    fn composing_again_gives_the_same_bytes() {
        assert_eq!(compose(&message()).unwrap(), compose(&message()).unwrap());
    }

    #[test]
    fn accents_travel_in_seven_bits_and_short_lines() {
        let long = "Vous recevrez nos nouvelles\u{a0}: œuvres, fêtes, déjà-vu. ".repeat(60);
        let raw = composed(&Message {
            from_name: "Société générale de l’Été & Cie",
            subject: "Confirmez votre inscription à L’Été",
            text: &long,
            html: &long,
            locale: Locale::Fr,
            ..message()
        });
        assert!(raw.is_ascii());
        let (head, body) = raw.split_once("\r\n\r\n").unwrap();
        assert!(head.split("\r\n").all(|line| line.len() <= 998), "{head}");
        let longest = body.split("\r\n").max_by_key(|line| line.len()).unwrap();
        assert!(longest.len() <= 76, "{longest}");
        let read = MessageParser::default().parse(raw.as_bytes()).unwrap();
        assert_eq!(read.subject(), Some("Confirmez votre inscription à L’Été"));
        assert_eq!(read.from().unwrap().first().unwrap().name(), Some("Société générale de l’Été & Cie"));
        assert_eq!(read.body_text(0).unwrap().trim_end(), long.trim_end());
        assert_eq!(read.body_html(0).unwrap().trim_end(), long.trim_end());
    }

    #[test]
    fn nothing_put_into_a_name_or_subject_makes_another_header() {
        let names = ["From", "To", "Subject", "Date", "Message-ID", "Reply-To", "Bcc", "X-Evil"];
        for evil in [
            "Acme\r\nBcc: eve@evil.example",
            "Acme\nX-Evil: 1",
            "Acme\rX-Evil: 1",
            "Acme\r\n\r\n<h1>body</h1>",
            "Acme\0",
            "Acme\u{85}X-Evil: 1\u{2028}Bcc: e@e.fr",
            "\u{202e}emcA\u{2066}",
            "Acme\" <eve@evil.example>, \"",
            "=?utf-8?q?=0D=0AX-Evil:_1?=",
            &"a".repeat(5_000),
            &"é ".repeat(5_000),
            "",
        ] {
            let raw = composed(&Message { from_name: evil, subject: evil, ..message() });
            let found = headers(&raw);
            for name in names {
                let times = found.iter().filter(|it| it.starts_with(&format!("{name}:"))).count();
                assert_eq!(
                    times,
                    usize::from(!matches!(name, "Bcc" | "X-Evil")),
                    "{name} for {evil:?}: {raw}"
                );
            }
            assert_eq!(found.len(), 11, "{evil:?}");
            let read = MessageParser::default().parse(raw.as_bytes()).unwrap();
            assert_eq!(read.from().unwrap().first().unwrap().address(), Some("confirm@acme.example"));
            assert_eq!(read.to().unwrap().as_list().unwrap().len(), 1);
        }
    }

    #[test]
    fn addresses_with_line_breaks_or_brackets_are_refused() {
        for evil in [
            "ada@example.org\r\nBcc: e@evil.example",
            "ada\r\n@example.org",
            "x <ada@example.org>",
            "ada@example.org>",
            "ada@example.org,eve@evil.example",
            "ada @example.org",
            "ada",
            "",
        ] {
            assert_eq!(compose(&Message { to: evil, ..message() }), Err(ComposeError::Recipient), "{evil:?}");
            let from = Message { from_address: evil, ..message() };
            assert_eq!(compose(&from), Err(ComposeError::Sender), "{evil:?}");
            let reply = Message { reply_to: Some(evil), ..message() };
            assert_eq!(compose(&reply), Err(ComposeError::Sender), "{evil:?}");
        }
    }

    #[test]
    fn a_message_id_is_taken_whole_or_refused() {
        assert_eq!(message_id("msg_1", "confirm@acme.example"), "<msg_1@acme.example>");
        for bad in ["msg_1@acme.example", "<msg_1>", "<a@b>\r\nBcc: c@d.fr", "<a b@c>", "<a@b@c>", "<@b>", ""]
        {
            let refused = compose(&Message { message_id: bad, ..message() });
            assert_eq!(refused, Err(ComposeError::MessageId), "{bad:?}");
        }
    }

    #[test]
    fn an_accented_local_part_is_kept_as_it_is() {
        let raw = composed(&Message { to: "élodie@exemple.fr", ..message() });
        assert!(raw.contains("To: élodie@exemple.fr\r\n"), "{raw}");
    }
}
