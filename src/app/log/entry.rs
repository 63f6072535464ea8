//! What stands in the log: small canonical entries (RFC 8785) with nothing personal in them.

use serde_json::json;

use crate::{
    crypto::mac,
    store::{evidence::Evidence, publication::Publication},
    tlog::{checkpoint::Checkpoint, jcs},
};

/// One entry, exactly as it is hashed.
pub(in crate::app) struct Entry(pub(in crate::app) String);

impl Entry {
    /// The commitment to a fact: `HMAC-SHA256(salt, record)`. Of a person erased before it could be logged there is
    /// nothing to commit to; `None` when record and salt are not what this program writes.
    pub(in crate::app) fn of_fact(fact: &Evidence) -> Option<Self> {
        match (&fact.record, &fact.salt) {
            (Some(record), Some(salt)) => {
                let salt: [u8; 32] = hex::decode(salt).ok()?.try_into().ok()?;
                let commitment = hex::encode(mac::hmac(&salt, &[record.as_bytes()]));
                Some(Self(format!("{{\"c\":\"{commitment}\",\"t\":\"evidence\",\"v\":1}}")))
            }
            (None, None) => Some(Self("{\"t\":\"erased\",\"v\":1}".to_owned())),
            (Some(_), None) | (None, Some(_)) => None,
        }
    }

    /// The hash of a published text.
    pub(in crate::app) fn of_text(text: &Publication) -> Self {
        let Publication { kind, sha256, .. } = text;
        Self(format!("{{\"h\":\"{sha256}\",\"t\":\"{kind}\",\"v\":1}}"))
    }

    /// What an operator says about going on from a database older than the last checkpoint, `after`.
    pub(super) fn of_adoption(reason: &str, after: Option<&Checkpoint>) -> Self {
        let after =
            after.map(|it| json!({ "origin": it.origin, "size": it.size, "root": it.root.to_base64() }));
        let entry = json!({ "t": "adoption", "v": 1, "reason": reason, "after": after });
        Self(jcs::canonical(&entry).unwrap_or_else(|_| entry.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        crypto::Random,
        domain::{
            Timestamp,
            id::{ContactId, EvidenceId, TenantId},
        },
    };

    fn fact(record: Option<&str>, salt: Option<&str>) -> Evidence {
        let (random, at) = (Random::seeded(1), Timestamp::from_millis(1));
        Evidence {
            tenant: TenantId::new(&random),
            id: EvidenceId::new(at, &random),
            contact: ContactId::new(at, &random),
            kind: "consent.confirmed".to_owned(),
            at,
            receipt: None,
            record: record.map(str::to_owned),
            salt: salt.map(str::to_owned),
            position: None,
        }
    }

    #[test]
    fn a_fact_commits_to_its_record_under_its_salt() {
        let salt = "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f";
        let record = "{\"controller\":\"ACME SAS\",\"event\":\"consent.given\",\"evidence\":{\"doi_mail_sent_at\":\"2026-01-15T10:29:56Z\",\"ip\":\"192.0.2.10\",\"method\":\"post-confirm\",\"ua_sha256\":\"0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f\"},\"language\":\"fr\",\"notice_sha256\":\"abababababababababababababababababababababababababababababababab\",\"occurred_at\":\"2026-01-15T10:31:07Z\",\"purposes\":[\"newsletter\"],\"record_id\":\"a6f58318-72e6-46a2-bfd7-f36d795e30cd\",\"subject\":\"jane@example.com\",\"v\":1}";
        assert_eq!(
            Entry::of_fact(&fact(Some(record), Some(salt))).unwrap().0,
            "{\"c\":\"751b78c825af0aae9bcad9e6225fffe782fe5e02c9d75d0e151bf338c8e51e10\",\"t\":\"evidence\",\"v\":1}"
        );
        assert_eq!(Entry::of_fact(&fact(None, None)).unwrap().0, "{\"t\":\"erased\",\"v\":1}");
        assert!(Entry::of_fact(&fact(Some(record), None)).is_none());
        assert!(Entry::of_fact(&fact(None, Some(salt))).is_none());
        assert!(Entry::of_fact(&fact(Some(record), Some("80"))).is_none());
    }
}
