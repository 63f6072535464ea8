use actix_web::error::PayloadError;
use futures_util::{Stream, stream};

use super::*;

fn reader(chunks: impl Stream<Item = Result<Bytes, PayloadError>> + 'static, deadline: Duration) -> Reader {
    Reader::new(Payload::Stream { payload: Box::pin(chunks) }, deadline)
}

fn of(chunks: Vec<String>) -> Reader {
    reader(stream::iter(chunks.into_iter().map(|it| Ok(Bytes::from(it)))), Duration::from_secs(5))
}

fn lines(part: &Part) -> Vec<(usize, String)> {
    part.lines().map(|(number, it)| (number, String::from_utf8(it.to_vec()).unwrap())).collect()
}

#[tokio::test]
async fn lines_are_put_together_and_numbered_whatever_the_network_cuts() {
    let mut reader = of(["a\nb", "b\n", "\n \nc", "c"].map(str::to_owned).to_vec());
    let part = reader.part().await.unwrap().unwrap();
    let expected = [(1, "a"), (2, "bb"), (5, "cc")].map(|(number, it)| (number, it.to_owned()));
    assert_eq!(lines(&part), expected);
    assert!(reader.part().await.unwrap().is_none());
}

#[tokio::test]
async fn a_part_has_so_many_lines_or_bytes_at_most() {
    let mut short = of(vec!["x\n".repeat(gate::MOST + 3), "y\n".repeat(gate::MOST)]);
    let mut counts = Vec::new();
    let mut firsts = Vec::new();
    while let Some(part) = short.part().await.unwrap() {
        counts.push(part.lines().count());
        firsts.push(part.lines().next().unwrap().0);
    }
    assert_eq!(
        (counts, firsts),
        (vec![gate::MOST, gate::MOST, 3], vec![1, gate::MOST + 1, 2 * gate::MOST + 1])
    );
    let long = format!("{}\n", "z".repeat(LINE_MAX - 1));
    let mut wide = of(vec![long.repeat(200)]);
    let part = wide.part().await.unwrap().unwrap();
    assert_eq!(part.bytes.len(), PART_BYTES, "full by its bytes");
}

#[tokio::test]
async fn what_has_no_end_of_line_is_too_long() {
    let endless = stream::repeat_with(|| Ok(Bytes::from_static(&[b'x'; 1_000])));
    let part = reader(endless, Duration::from_secs(5)).part().await;
    assert!(matches!(part, Err(Fault::TooLarge)));
}

#[tokio::test]
async fn a_body_that_stands_still_is_answered_as_far_as_it_came_and_then_given_up() {
    let begun = stream::iter([Ok(Bytes::from_static(b"a\nb"))]).chain(stream::pending());
    let mut reader = reader(begun, Duration::from_millis(20));
    assert_eq!(lines(&reader.part().await.unwrap().unwrap()), [(1, "a".to_owned())]);
    assert!(matches!(reader.part().await, Err(Fault::TooSlow)));
}

#[tokio::test]
async fn a_body_that_breaks_off_is_no_whole_one() {
    let broken = stream::iter([Ok(Bytes::from_static(b"a\n")), Err(PayloadError::Incomplete(None))]);
    assert!(matches!(reader(broken, Duration::from_secs(5)).part().await, Err(Fault::Interrupted)));
}
