//! The published vectors of HMAC and HKDF, where the folder with them stands beside the repository. Without it these
//! tests assert nothing; the essentials are typed in beside each module.

use std::{fs, path::PathBuf};

use hkdf::Hkdf;
use serde_json::Value;
use sha2::Sha256;

use super::{
    Key,
    mac::{equal, hmac},
};

/// The file of this name, if there are any.
fn file(name: &str) -> Option<Value> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/vectors/crypto");
    folder.is_dir().then(|| serde_json::from_slice(&fs::read(folder.join(name)).unwrap()).unwrap())
}

fn all(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn bytes(value: &Value) -> Vec<u8> {
    hex::decode(value.as_str().unwrap()).unwrap()
}

#[test]
fn hmac_of_rfc_4231() {
    let Some(vectors) = file("hmac_sha256_rfc4231.json") else { return };
    for it in all(&vectors["cases"]) {
        let (tag, data) = (bytes(&it["hmac_sha256"]), bytes(&it["data"]));
        let (head, tail) = data.split_at(data.len() / 2);
        // One of them is cut to 128 bits.
        assert_eq!(hmac(&bytes(&it["key"]), &[head, tail])[..tag.len()], tag, "{}", it["tc"]);
    }
    assert_eq!(all(&vectors["cases"]).len(), 7);
}

#[test]
fn hmac_of_wycheproof() {
    let Some(vectors) = file("wycheproof_hmac_sha256_test.json") else { return };
    let mut tests = 0;
    for group in all(&vectors["testGroups"]) {
        let length = usize::try_from(group["tagSize"].as_u64().unwrap() / 8).unwrap();
        for it in all(&group["tests"]) {
            let made = hmac(&bytes(&it["key"]), &[&bytes(&it["msg"])]);
            let holds = equal(&made[..length], &bytes(&it["tag"]));
            assert_eq!(holds, it["result"] == "valid", "{}: {}", it["tcId"], it["comment"]);
            tests += 1;
        }
    }
    assert_eq!((tests, vectors["numberOfTests"].as_u64()), (174, Some(174)));
}

#[test]
fn hkdf_of_rfc_5869() {
    let Some(vectors) = file("hkdf_sha256_rfc5869.json") else { return };
    for it in all(&vectors["cases"]) {
        let (prk, hkdf) = Hkdf::<Sha256>::extract(Some(&bytes(&it["salt"])), &bytes(&it["ikm"]));
        assert_eq!(prk[..], bytes(&it["prk"]));
        let mut okm = vec![0; usize::try_from(it["L"].as_u64().unwrap()).unwrap()];
        hkdf.expand(&bytes(&it["info"]), &mut okm).unwrap();
        assert_eq!(okm, bytes(&it["okm"]), "{}", it["tc"]);
    }
    assert_eq!(all(&vectors["cases"]).len(), 3);
}

/// Keys descend by two HMACs and nothing else, RFC 5869 section 2 by hand.
#[test]
fn a_key_descends_as_the_standard_says() {
    let (master, label) = ([7; 32], "ayeaye/some/use");
    let prk = hmac(&[0; 32], &[&master]);
    let okm = hmac(&prk, &[label.as_bytes(), &[1]]);
    assert_eq!(Key::new(master).derive(label), Key::new(okm));
}
