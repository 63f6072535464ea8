//! Against a name server of our own on this machine: nobody else is asked.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use tokio::net::UdpSocket;

use super::*;

/// A name server that knows a few domains, and counts questions.
struct Names {
    addr: SocketAddr,
    asked: Arc<AtomicUsize>,
}

/// MX and A of `example.org`, in the answer section; an MX of preference 0.
fn answer(name: &str, kind: u16) -> (u8, Vec<Vec<u8>>) {
    const MX: u16 = 15;
    let mx = |exchange: &[u8]| [&[0, 0], exchange].concat();
    match (name, kind) {
        ("null.example", MX) => (0, vec![mx(&[0])]),
        ("with.example", MX) => (0, vec![mx(b"\x02mx\x04with\x07example\x00")]),
        ("both.example", MX) => (0, vec![mx(&[0]), mx(b"\x02mx\x04both\x07example\x00")]),
        ("address.example", 1) => (0, vec![vec![192, 0, 2, 1]]),
        ("address.example" | "nothing.example", _) => (0, Vec::new()),
        ("broken.example", _) => (2, Vec::new()),
        (_, _) => (3, Vec::new()),
    }
}

fn reply(question: &[u8]) -> Option<Vec<u8>> {
    let mut labels = Vec::new();
    let mut at = 12;
    while let Some(length) = question.get(at).copied().map(usize::from).filter(|it| *it > 0) {
        labels.push(String::from_utf8_lossy(question.get(at + 1..at + 1 + length)?).to_lowercase());
        at += 1 + length;
    }
    let kind = u16::from_be_bytes([*question.get(at + 1)?, *question.get(at + 2)?]);
    let (code, records) = answer(&labels.join("."), kind);
    let count = u8::try_from(records.len()).ok()?;
    let mut reply = question.get(..2)?.to_vec();
    reply.extend([0x81, 0x80 | code, 0, 1, 0, count, 0, 0, 0, 0]);
    reply.extend(question.get(12..at + 5)?);
    for data in records {
        reply.extend([0xc0, 12]);
        reply.extend(kind.to_be_bytes());
        reply.extend([0, 1, 0, 0, 0, 60, 0, u8::try_from(data.len()).ok()?]);
        reply.extend(data);
    }
    Some(reply)
}

impl Names {
    async fn start() -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let (addr, asked) = (socket.local_addr().unwrap(), Arc::new(AtomicUsize::new(0)));
        let counter = Arc::clone(&asked);
        tokio::spawn(async move {
            let mut buffer = [0; 512];
            while let Ok((length, from)) = socket.recv_from(&mut buffer).await {
                counter.fetch_add(1, Ordering::Relaxed);
                if let Some(reply) = buffer.get(..length).and_then(reply) {
                    let _ = socket.send_to(&reply, from).await;
                }
            }
        });
        Self { addr, asked }
    }
}

#[tokio::test]
async fn only_a_clear_no_is_a_no() {
    let names = Names::start().await;
    let check = MxCheck::new(Some(names.addr)).unwrap();
    for (domain, expected) in [
        ("with.example", Takes::Mail),
        ("both.example", Takes::Mail),
        ("address.example", Takes::Mail),
        ("null.example", Takes::None("its domain takes no mail (null MX, RFC 7505)")),
        ("nothing.example", Takes::None("its domain has no mail server")),
        ("nowhere.example", Takes::None("its domain does not exist")),
        ("broken.example", Takes::Unknown),
    ] {
        assert_eq!(check.takes_mail(domain).await, expected, "{domain}");
    }
}

#[tokio::test]
async fn an_answer_is_kept_for_as_long_as_it_says() {
    let names = Names::start().await;
    let check = MxCheck::new(Some(names.addr)).unwrap();
    assert_eq!(check.takes_mail("with.example").await, Takes::Mail);
    let asked = names.asked.load(Ordering::Relaxed);
    for _ in 0..5 {
        assert_eq!(check.takes_mail("with.example").await, Takes::Mail);
    }
    assert_eq!(names.asked.load(Ordering::Relaxed), asked);
}

#[tokio::test]
async fn when_nobody_answers_nothing_is_known() {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let check = MxCheck::new(Some(socket.local_addr().unwrap())).unwrap();
    assert_eq!(check.takes_mail("with.example").await, Takes::Unknown);
}
