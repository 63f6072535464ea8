//! A receipt as ISO/IEC TS 27560 has it, in the terms of the Data Privacy Vocabulary 2.3 (DPV), after the
//! guide "Consent Records and Receipts as per ISO/IEC TS 27560:2023 using DPV" of 15 February 2026.
//!
//! - The context is inside: the file parses offline.
//! - ISO wants UUIDs: [`uuid`] makes them from our ids; our own number stands beside (`dct:alternative`).
//! - The person is an opaque URN, never the address. What the file says of the person stands in `proofs` only.
//! - One record per state reached: a confirmation that left one purpose out is a yes and a no.
//! - Nothing is guessed. A country, a place of storage, transfers that the organisation has not told are said
//!   to be `dpv:NotAvailable`, with the reason in words. Naming the European Union instead would be a claim
//!   nobody made; that the GDPR applies is one the privacy notice makes itself.
//! - A consent without an end in time lasts until an event (`dpv:UntilEventDuration`): the withdrawal.

use serde_json::{Map, Value, json};

use super::{
    fact::{Fact, Purpose, uuid},
    receipt::{Receipt, notice_url},
    words,
};
use crate::i18n::Lang;

const RECEIPT_PROFILE: &str = "https://w3id.org/dpv/schema/dpv-27560#receipt-eu-gdpr";
const RECORD_PROFILE: &str = "https://w3id.org/dpv/schema/dpv-27560#record-eu-gdpr";

/// Properties whose values are names of things, not texts.
const REFERENCES: [&str; 18] = [
    "dpv:hasPurpose",
    "dpv:hasPersonalData",
    "dpv:hasLegalBasis",
    "dpv:hasJurisdiction",
    "dpv:hasApplicableLaw",
    "dpv:hasLocation",
    "dpv:isExercisedAt",
    "dpv:hasRecipient",
    "dpv:hasDataController",
    "dpv:isIndicatedBy",
    "dpv:hasDataSource",
    "dpv:hasProcessing",
    "dpv:hasNecessity",
    "dpv:hasAuthority",
    "dpv:hasApplicability",
    "dpv:hasRule",
    "dct:conformsTo",
    "schema:url",
];

/// The rights a person has where consent is the legal basis, by their article of the GDPR.
const RIGHTS: [&str; 7] = ["A7-3", "A15", "A16", "A17", "A18", "A20", "A77"];

/// What the file is made from, with the names used all over it.
struct Source<'a> {
    receipt: &'a Receipt<'a>,
    fact: Fact<'a>,
    lang: &'a Lang,
    /// The organisation, as an address.
    controller: String,
    /// The person.
    person: String,
    /// Where a link to one's choices is asked for.
    ask: String,
}

/// The whole file.
pub(super) fn receipt(receipt: &Receipt<'_>, lang: &Lang) -> Value {
    const NOTHING: &Value = &Value::Null;
    let fact = Fact::new(receipt.proofs.first().unwrap_or(NOTHING));
    let base = receipt.base_url;
    let id = uuid("receipt", fact.text("/id"));
    let number = fact.text("/receipt");
    let person = format!("urn:uuid:{}", uuid("contact", fact.text("/contact")));
    let source = Source {
        receipt,
        fact,
        lang,
        controller: format!("{base}/n/{}", receipt.controller.slug),
        person,
        ask: format!("{base}/p"),
    };
    json!({
        "@context": context(),
        "@id": format!("urn:uuid:{id}"),
        "@type": "dpv:ConsentReceipt",
        "dct:conformsTo": RECEIPT_PROFILE,
        "dct:identifier": id,
        "dpv:hasIdentifier": id,
        "dct:alternative": number,
        "dct:created": receipt.made_at.rfc3339(),
        "dct:language": lang.locale().tag(),
        "dct:publisher": { "@id": source.controller },
        "schema:url": format!("{base}/v"),
        "dpv:hasRecordOfActivity": source.records(),
        "dpv:hasEntity": source.entities(),
        "proofs": receipt.proofs,
    })
}

fn context() -> Value {
    let mut context = Map::new();
    let mut set = |key: &str, value: Value| context.insert(key.to_owned(), value);
    set("@version", json!(1.1));
    for (prefix, name) in [
        ("dpv", "https://w3id.org/dpv#"),
        ("pd", "https://w3id.org/dpv/pd#"),
        ("loc", "https://w3id.org/dpv/loc#"),
        ("eu-gdpr", "https://w3id.org/dpv/legal/eu/gdpr#"),
        ("dct", "http://purl.org/dc/terms/"),
        ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
        ("skos", "http://www.w3.org/2004/02/skos/core#"),
        ("schema", "https://schema.org/"),
        ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ] {
        set(prefix, json!(name));
    }
    for property in REFERENCES {
        set(property, json!({ "@type": "@id" }));
    }
    for property in ["dpv:isIndicatedAtTime", "dct:created"] {
        set(property, json!({ "@type": "xsd:dateTime" }));
    }
    set("proofs", json!({ "@id": "urn:ayeaye:proofs", "@type": "@json" }));
    Value::Object(context)
}

impl Source<'_> {
    /// A text in the language of the file.
    fn say(&self, text: &str) -> Value {
        json!({ "@language": self.lang.locale().tag(), "@value": text })
    }

    /// A thing of this type that the organisation has not told, and why it is not here.
    fn not_told(&self, kind: &str, why: &'static str) -> Value {
        json!({
            "@type": kind,
            "dpv:hasApplicability": "dpv:NotAvailable",
            "skos:note": self.say(&self.lang.get(why)),
        })
    }

    /// One record per state that purposes reached; one without purposes for what is about none.
    fn records(&self) -> Vec<Value> {
        let purposes = self.fact.purposes();
        let mut states: Vec<&str> = Vec::new();
        for purpose in &purposes {
            if !states.contains(&purpose.state()) {
                states.push(purpose.state());
            }
        }
        if states.is_empty() {
            return vec![self.record("", &[])];
        }
        let of =
            |state: &&str| purposes.iter().filter(|it| it.state() == *state).cloned().collect::<Vec<_>>();
        states.iter().map(|it| self.record(it, &of(it))).collect()
    }

    fn record(&self, state: &str, purposes: &[Purpose<'_>]) -> Value {
        let id = uuid("record", &format!("{}/{state}", self.fact.text("/id")));
        json!({
            "@id": format!("urn:uuid:{id}"),
            "@type": "dpv:ConsentRecord",
            "dct:identifier": id,
            "dpv:hasIdentifier": id,
            "dct:alternative": self.fact.text("/id"),
            "dct:conformsTo": RECORD_PROFILE,
            "dct:created": self.fact.text("/at"),
            "dpv:hasDataSubject": {
                "@id": self.person,
                "@type": "dpv:DataSubject",
                "dct:identifier": self.person,
                "dpv:hasIdentifier": self.person,
            },
            "dpv:hasNotice": self.notices(),
            "dpv:hasDataController": self.controller,
            "dpv:hasJurisdiction": self.jurisdiction(),
            "dpv:hasApplicableLaw": "eu-gdpr:GDPR",
            "dpv:hasLegalBasis": "eu-gdpr:A6-1-a",
            "dpv:hasAuthority": self.authority(),
            "dpv:hasProcess": purposes.iter().map(|it| self.process(it)).collect::<Vec<_>>(),
            "dpv:hasConsentControl": [{
                "@type": ["dpv:ProvideConsent", "dpv:WithdrawConsent"],
                "dpv:isExercisedAt": self.ask,
            }],
            "dpv:hasRight": self.rights(),
            "dpv:hasConsentStatus": self.statuses(state),
        })
    }

    /// The privacy notice of the time, and the words on the page where the button was.
    fn notices(&self) -> Vec<Value> {
        let mut notices = Vec::new();
        let version = self.fact.plain("/notice/version");
        let language = self.fact.text("/locale");
        if !version.is_empty() {
            notices.push(json!({
                "@id": notice_url(self.receipt, &version),
                "@type": ["dpv:ConsentNotice", "dpv:PrivacyNotice"],
                "dct:language": language,
                "schema:version": version,
                "schema:sha256": self.fact.text("/notice/sha256"),
            }));
        }
        let shown = self.fact.text("/shown");
        if !shown.is_empty() {
            notices.push(json!({
                "@type": "dpv:ConsentNotice",
                "dct:language": language,
                "schema:text": { "@language": language, "@value": shown },
            }));
        }
        if version.is_empty() && shown.is_empty() {
            let mut none = self.not_told("dpv:ConsentNotice", "doc-data-no-notice");
            if let Value::Object(none) = &mut none {
                none.insert("dct:language".to_owned(), json!(language));
            }
            notices.push(none);
        }
        notices
    }

    fn jurisdiction(&self) -> Value {
        match self.receipt.controller.country.filter(|it| is_country(it)) {
            Some(country) => json!(format!("loc:{country}")),
            None => self.not_told("dpv:Jurisdiction", "doc-data-no-country"),
        }
    }

    fn storage(&self) -> Value {
        match self.receipt.controller.storage.filter(|it| is_country(it)) {
            Some(place) => json!(format!("loc:{place}")),
            None => self.not_told("dpv:Location", "doc-data-no-storage"),
        }
    }

    fn authority(&self) -> Value {
        let (name, page) = self.receipt.controller.authority(self.lang);
        json!({ "@id": page, "@type": "dpv:DataProtectionAuthority", "dpv:hasName": name, "dpv:hasContact": page })
    }

    fn process(&self, purpose: &Purpose<'_>) -> Value {
        let language = purpose.text("/wording/locale");
        let mut process = json!({
            "@type": "dpv:Process",
            "dct:identifier": purpose.text("/id"),
            "dpv:hasPurpose": "dpv:DirectMarketing",
            "skos:prefLabel": { "@language": language, "@value": purpose.name() },
            "dct:description": { "@language": language, "@value": purpose.text("/wording/text") },
            "schema:version": purpose.plain("/wording/version"),
            "schema:sha256": purpose.text("/wording/sha256"),
            "dpv:hasPersonalData": ["pd:EmailAddress"],
            "dpv:hasNecessity": "dpv:Optional",
            "dpv:hasDataSource": "dpv:DataSubject",
            "dpv:hasProcessing": ["dpv:Collect", "dpv:Store", "dpv:Use"],
            "dpv:hasDataController": self.controller,
            "dpv:hasRecipient": self.recipients(),
            "dpv:hasLocation": self.storage(),
            "dpv:hasRule": self.not_told("dpv:Rule", "doc-data-no-transfer"),
            "dpv:hasStorageCondition": [
                { "@type": "dpv:StorageLocation", "dpv:hasLocation": self.storage() },
                {
                    "@type": "dpv:StorageDuration",
                    "dpv:hasDuration": self.duration(self.receipt.controller.retention, "doc-data-until-withdrawn"),
                },
            ],
        });
        if language.is_empty()
            && let Value::Object(process) = &mut process
        {
            // A record without a wording has neither its words nor their language.
            process.insert("skos:prefLabel".to_owned(), json!(purpose.name()));
            for key in ["dct:description", "schema:version", "schema:sha256"] {
                process.remove(key);
            }
        }
        process
    }

    fn recipients(&self) -> Vec<String> {
        let others = self.receipt.controller.recipients.iter().map(|it| self.recipient_id(it.id));
        std::iter::once(self.controller.clone()).chain(others).collect()
    }

    /// An address of the web as it is; anything else becomes a URN.
    fn recipient_id(&self, id: &str) -> String {
        let is_address = id.starts_with("https://") || id.starts_with("http://");
        let owner = self.receipt.controller.id;
        if is_address {
            id.to_owned()
        } else {
            format!("urn:uuid:{}", uuid("recipient", &format!("{owner}/{id}")))
        }
    }

    fn duration(&self, period: Option<&str>, until: &'static str) -> Value {
        match period.filter(|it| it.starts_with('P')) {
            Some(period) => json!({ "@type": "dpv:TemporalDuration", "rdf:value": period }),
            None => json!({ "@type": "dpv:UntilEventDuration", "rdf:value": self.lang.get(until) }),
        }
    }

    fn rights(&self) -> Vec<Value> {
        let contact = address(self.receipt.controller.contact);
        let (_, complain) = self.receipt.controller.authority(self.lang);
        let right = |article: &&str| {
            let at = match *article {
                "A7-3" => self.ask.as_str(),
                "A77" => complain,
                _ => contact.as_str(),
            };
            json!({ "@type": ["dpv:DataSubjectRight", format!("eu-gdpr:{article}")], "dpv:isExercisedAt": at })
        };
        RIGHTS.iter().map(right).collect()
    }

    /// What led to the state: the request first, when this change answers one.
    fn statuses(&self, state: &str) -> Vec<Value> {
        let (asked, how) = self.request();
        let mut statuses = Vec::new();
        if state != "pending" && !asked.is_empty() {
            statuses.push(self.status("pending", asked, how));
        }
        statuses.push(self.status(state, self.fact.text("/at"), self.fact.text("/method")));
        statuses
    }

    /// When and how the request that this change answers was made; empty when it answers none.
    fn request(&self) -> (&str, &str) {
        let proofs = self.receipt.proofs.iter().skip(1).map(Fact::new);
        let request = proofs.into_iter().find(|it| it.kind() == "signup.requested");
        match request {
            Some(request) => (request.text("/at"), request.text("/method")),
            None => (self.fact.text("/requested_at"), "form"),
        }
    }

    fn status(&self, state: &str, at: &str, method: &str) -> Value {
        let (kind, until) = match state {
            "pending" => ("dpv:ConsentRequested", "doc-data-until-changed"),
            "confirmed" => ("dpv:ConsentGiven", "doc-data-until-withdrawn"),
            "withdrawn" => ("dpv:ConsentWithdrawn", "doc-data-until-changed"),
            "refused" => ("dpv:ConsentRefused", "doc-data-until-changed"),
            "expired" => ("dpv:ConsentExpired", "doc-data-until-changed"),
            // Nothing was settled: a request that lapsed, a break, another language.
            _ => ("dpv:ConsentUnknown", "doc-data-until-changed"),
        };
        let period = self.receipt.controller.validity.filter(|_| state == "confirmed");
        json!({
            "@type": [kind, "dpv:ExpressedConsent"],
            "dpv:hasLegalBasis": "dpv:ExpressedConsent",
            "dpv:isIndicatedBy": self.person,
            "dpv:hasIndicationMethod": self.say(&words::method(self.lang, method)),
            "dpv:isIndicatedAtTime": at,
            "dpv:hasDuration": self.duration(period, until),
        })
    }

    fn entities(&self) -> Vec<Value> {
        let (fact, controller) = (&self.fact, self.receipt.controller);
        let or = |first: &str, second: &str| if first.is_empty() { second } else { first }.to_owned();
        let mut entities = vec![json!({
            "@id": self.controller,
            "@type": "dpv:DataController",
            "dct:identifier": self.controller,
            "dpv:hasIdentifier": self.controller,
            "dpv:hasName": or(fact.text("/controller/name"), controller.name),
            "dpv:hasAddress": or(fact.text("/controller/legal"), controller.legal),
            "dpv:hasContact": controller.contact,
        })];
        for recipient in controller.recipients {
            let id = self.recipient_id(recipient.id);
            entities.push(json!({
                "@id": id,
                "@type": "dpv:Recipient",
                "dct:identifier": id,
                "dpv:hasIdentifier": id,
                "dpv:hasName": recipient.name,
                "dpv:hasAddress": recipient.address,
                "dpv:hasContact": recipient.contact,
            }));
        }
        entities
    }
}

/// Whether it is the code of a country, or of the European Union: what `loc:` has names for.
fn is_country(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|it| it.is_ascii_uppercase())
}

/// A contact as an address one can open.
fn address(contact: &str) -> String {
    if contact.contains('@') && !contact.contains(':') {
        format!("mailto:{contact}")
    } else {
        contact.to_owned()
    }
}
