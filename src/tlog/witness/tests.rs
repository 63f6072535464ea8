//! Requests byte by byte, and every answer a witness may give.

use super::*;

const LINE: &str = "— Wit1 mz+y1QAAAABpVbkApmYpTeTNbGtPX5WCNTYAM8mU9jtKA1IKlkal9NGh7E7XfhbLW9TcGVlaXugbrU07pTwVdIPlNqpWrGVUwYUhDQ==";

#[test]
fn a_request_is_size_proof_and_checkpoint() {
    assert_eq!(request(0, &[], "o\n1\nr\n\n— s\n"), "old 0\n\no\n1\nr\n\n— s\n");
    let hashes = [Hash::new([0; 32]), Hash::new([255; 32])];
    let expected = "old 18446744073709551615\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n//////////////////////////////////////////8=\n\nc\n";
    assert_eq!(request(u64::MAX, &hashes, "c\n"), expected);
}

#[test]
fn cosignatures_are_handed_on_line_by_line() {
    let body = format!("{LINE}\n{LINE}\n");
    let lines = vec![LINE.to_owned(), LINE.to_owned()];
    assert_eq!(parse_answer(200, "text/plain", body.as_bytes()), Answer::Cosignatures(lines));
}

#[test]
fn another_size_is_told() {
    for content_type in ["text/x.tlog.size", "Text/X.Tlog.Size; charset=utf-8"] {
        assert_eq!(parse_answer(409, content_type, b"3\n"), Answer::Conflict(3));
    }
    assert_eq!(parse_answer(409, SIZE_TYPE, b"18446744073709551615\n"), Answer::Conflict(u64::MAX));
}

#[test]
fn each_refusal_has_its_reason() {
    let reasons = [
        (400, Refusal::BadRequest),
        (403, Refusal::Signature),
        (404, Refusal::UnknownLog),
        (409, Refusal::OtherRoot),
        (422, Refusal::Proof),
        (429, Refusal::Status(429)),
        (500, Refusal::Status(500)),
        (204, Refusal::Status(204)),
        (301, Refusal::Status(301)),
    ];
    for (status, reason) in reasons {
        assert_eq!(parse_answer(status, "text/plain", b"words\n"), Answer::Refused(reason), "{status}");
    }
}

#[test]
fn an_answer_that_is_not_what_it_says_is_unreadable() {
    let many = format!("{LINE}\n").repeat(MOST_SIGNATURES + 1);
    let long = format!("— w {}\n", "A".repeat(LONGEST_ANSWER));
    let cosignatures = [
        "",
        "\n",
        LINE,
        &format!("{LINE}\n\n"),
        &format!("{LINE}\nx\n"),
        &format!("{LINE}\r\n"),
        &many,
        &long,
    ];
    for body in cosignatures {
        assert_eq!(parse_answer(200, "text/plain", body.as_bytes()), UNREADABLE);
    }
    assert_eq!(parse_answer(200, "text/plain", &[0xff, b'\n']), UNREADABLE);
    for body in ["", "\n", "3", "03\n", "-3\n", "3\n\n", " 3\n", "18446744073709551616\n"] {
        assert_eq!(parse_answer(409, SIZE_TYPE, body.as_bytes()), UNREADABLE, "{body:?}");
    }
}
