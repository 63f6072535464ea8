//! Secrets and their rotation, with the reference libraries as judges.

use std::{
    io::Write as _,
    process::{Command, Stdio},
};

use ayeaye::{
    app::Clock,
    domain::time::{HOUR, MINUTE},
};
use serde_json::json;

use super::Owner;
use crate::support::{
    app::TestApp,
    database::both,
    receiver::{Receiver, Request},
    smtp_real::python,
};

/// Checks a message with the public key alone (Ed25519 of another implementation): how many of its `v1a` fit.
const CHECK: &str = r#"
import base64, sys
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
key, message_id, timestamp, signatures = sys.argv[1:]
assert key.startswith("whpk_")
key = Ed25519PublicKey.from_public_bytes(base64.b64decode(key.removeprefix("whpk_"), validate=True))
signed = f"{message_id}.{timestamp}.".encode() + sys.stdin.buffer.read()
fit = 0
for version, signature in (it.split(",", 1) for it in signatures.split(" ")):
    if version != "v1a":
        continue
    try:
        key.verify(base64.b64decode(signature, validate=True), signed)
        fit += 1
    except InvalidSignature:
        pass
print(fit)
"#;

/// How many asymmetric signatures of a message fit a public key.
fn asymmetric(request: &Request, public_key: &str) -> usize {
    let header = |name| request.header(name).unwrap().to_owned();
    let mut checker = Command::new(python())
        .args(["-c", CHECK, public_key])
        .args([header("webhook-id"), header("webhook-timestamp"), header("webhook-signature")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    checker.stdin.take().unwrap().write_all(&request.body).unwrap();
    let output = checker.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap().trim().parse().unwrap()
}

/// Whether the reference library takes a message. It compares the timestamp with the machine's clock.
fn symmetric(request: &Request, secret: &str) -> bool {
    let reference = standardwebhooks::Webhook::new(secret).unwrap();
    let mut headers = http::HeaderMap::new();
    for (name, value) in &request.headers {
        headers.append(http::HeaderName::try_from(name.as_str()).unwrap(), value.parse().unwrap());
    }
    reference.verify(&request.body, &headers).is_ok()
}

both! {
    async fn a_rotated_secret_signs_beside_the_new_one_for_its_time_and_no_longer(app: TestApp) {
        let owner = Owner::of(&app).await;
        let receiver = Receiver::start([]).await;
        let old = owner.endpoint(&receiver.url(), &["ping"], false).await;
        let ping = async || {
            owner.post(&format!("{}:test", old.path), None).await;
            app.run_due().await;
            receiver.requests().pop().unwrap()
        };
        let now = Clock::system().now();
        app.clock.advance(now.plus(-3 * MINUTE).since(app.clock.now()));
        let before = ping().await;
        assert!(symmetric(&before, &old.secret) && asymmetric(&before, &old.public_key) == 1);
        let rotated = owner.post(&format!("{}:rotate", old.path), Some(json!({ "overlap_hours": 24 }))).await;
        let text = |name: &str| rotated[name].as_str().unwrap().to_owned();
        let (secret, public_key) = (text("secret"), text("public_key"));
        let during = ping().await;
        let versions: Vec<&str> = during.header("webhook-signature").unwrap().split(' ').map(|it| it.split(',').next().unwrap()).collect();
        assert_eq!(versions, ["v1", "v1a", "v1", "v1a"]);
        assert!(symmetric(&during, &secret) && symmetric(&during, &old.secret));
        assert_eq!((asymmetric(&during, &public_key), asymmetric(&during, &old.public_key)), (1, 1));
        assert!(!symmetric(&before, &secret) && asymmetric(&before, &public_key) == 0);
        app.clock.advance(24 * HOUR);
        let after = ping().await;
        assert_eq!(after.header("webhook-signature").unwrap().split(' ').count(), 2);
        assert_eq!((asymmetric(&after, &public_key), asymmetric(&after, &old.public_key)), (1, 0));
    }

    async fn a_leaked_secret_ends_at_once(app: TestApp) {
        let owner = Owner::of(&app).await;
        let receiver = Receiver::start([]).await;
        let leaked = owner.endpoint(&receiver.url(), &["ping"], false).await;
        let rotated = owner.post(&format!("{}:rotate", leaked.path), Some(json!({ "overlap_hours": 0 }))).await;
        app.clock.advance(Clock::system().now().since(app.clock.now()));
        owner.post(&format!("{}:test", leaked.path), None).await;
        app.run_due().await;
        let request = &receiver.wait_for(1).await[0];
        assert!(symmetric(request, rotated["secret"].as_str().unwrap()));
        assert!(!symmetric(request, &leaked.secret));
        assert_eq!(asymmetric(request, &leaked.public_key), 0);
    }

    async fn no_two_endpoints_share_a_secret_and_none_is_stored(app: TestApp) {
        let owner = Owner::of(&app).await;
        let one = owner.endpoint("http://127.0.0.1:18081/a", &["*"], false).await;
        let two = owner.endpoint("http://127.0.0.1:18081/b", &["*"], false).await;
        assert_ne!(one.secret, two.secret);
        assert_ne!(one.public_key, two.public_key);
        let rows = app.dump().await;
        for made in [one, two] {
            let bare = made.secret.trim_start_matches("whsec_");
            assert!(!rows.contains(bare));
        }
    }
}
