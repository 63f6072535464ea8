"""Reads receipts as any JSON-LD processor would, with no network, and holds them to ISO/IEC TS 27560 as the Data
Privacy Vocabulary puts it. Written from the guide, not from the code. Usage: receipt_data.py FILE..."""

import json
import re
import sys

from pyld import jsonld

DPV, GDPR, PD, LOC = ("https://w3id.org/dpv#", "https://w3id.org/dpv/legal/eu/gdpr#", "https://w3id.org/dpv/pd#",
                      "https://w3id.org/dpv/loc#")
DCT, RDF, XSD = ("http://purl.org/dc/terms/", "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
                 "http://www.w3.org/2001/XMLSchema#")

# Every term of the vocabularies that a receipt may use, as they stand in version 2.3.
KNOWN = {
    DPV: """
        ConsentReceipt ConsentRecord hasIdentifier hasRecordOfActivity hasDataSubject DataSubject hasNotice
        ConsentNotice PrivacyNotice hasDataController DataController hasJurisdiction Jurisdiction hasApplicableLaw
        hasLegalBasis hasProcess Process hasPurpose DirectMarketing hasPersonalData hasRecipient Recipient
        hasStorageCondition StorageLocation StorageDuration hasDuration TemporalDuration UntilEventDuration
        hasLocation Location hasConsentControl ProvideConsent WithdrawConsent isExercisedAt hasRight
        DataSubjectRight hasConsentStatus ConsentRequested ConsentGiven ConsentRefused ConsentWithdrawn
        ConsentExpired ConsentUnknown ExpressedConsent isIndicatedBy hasIndicationMethod isIndicatedAtTime
        hasEntity hasName hasAddress hasContact hasAuthority DataProtectionAuthority hasDataSource hasProcessing
        Collect Store Use hasNecessity Optional hasApplicability NotAvailable hasRule Rule""".split(),
    GDPR: "GDPR A6-1-a A7-3 A15 A16 A17 A18 A20 A77".split(),
    PD: ["EmailAddress"],
    LOC: "FR EU".split(),
}
STATES = {DPV + it for it in ("ConsentRequested", "ConsentGiven", "ConsentRefused", "ConsentWithdrawn",
                              "ConsentExpired", "ConsentUnknown")}
UUID = re.compile(r"(urn:uuid:)?[0-9a-f]{8}-[0-9a-f]{4}-[48][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
DURATION = re.compile(r"P(\d+[YMWD])+")


def no_network(url, options):
    raise AssertionError(f"the receipt needs the network: {url}")


def terms(node):
    """Every name and type in an expanded document, but not what is inside the proofs."""
    if isinstance(node, list):
        for item in node:
            yield from terms(item)
    elif isinstance(node, dict):
        if node.get("@type") == "@json":
            return
        for key, value in node.items():
            if key == "@type":
                yield from [value] if isinstance(value, str) else value
            elif key == "@id":
                yield value
            else:
                if not key.startswith("@"):
                    yield key
                yield from terms(value)


def values(node, name):
    """The values of a property, which must be there and not be empty."""
    found = node.get(name, [])
    assert found, f"{name} is missing in {node.get('@type')}"
    for it in found:
        assert it.get("@value", it.get("@id", it.get("@type"))), f"{name} is empty: {it}"
    return found


def literal(node, name):
    (found,) = values(node, name)
    assert isinstance(found["@value"], str) and found["@value"].strip(), f"{name}: {found}"
    return found["@value"]


def identified(node):
    assert literal(node, DCT + "identifier") == literal(node, DPV + "hasIdentifier")
    return literal(node, DCT + "identifier")


def instant(node, name):
    (found,) = values(node, name)
    assert found["@type"] == XSD + "dateTime", found
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", found["@value"]), found


def duration(node):
    (found,) = values(node, DPV + "hasDuration")
    text = literal(found, RDF + "value")
    if DPV + "TemporalDuration" in found["@type"]:
        assert DURATION.fullmatch(text), text
    else:
        assert found["@type"] == [DPV + "UntilEventDuration"], found


def told_or_said_not_to_be(found):
    """A place that is named, or the plain statement that it was not told, with the reason."""
    if "@id" in found and found["@id"].startswith(LOC):
        return
    assert values(found, DPV + "hasApplicability")[0]["@id"] == DPV + "NotAvailable", found
    assert literal(found, "http://www.w3.org/2004/02/skos/core#note")


def party(node):
    identified(node)
    for name in ("hasName", "hasAddress", "hasContact"):
        literal(node, DPV + name)


def process(node, parties):
    for name in ("hasPurpose", "hasPersonalData", "hasDataController", "hasDataSource", "hasProcessing", "hasNecessity"):
        for found in values(node, DPV + name):
            assert found["@id"], found
    told_or_said_not_to_be(values(node, DPV + "hasLocation")[0])
    values(node, DPV + "hasRule")
    for recipient in values(node, DPV + "hasRecipient"):
        assert recipient["@id"] in parties, f"{recipient} is not described"
    conditions = {it["@type"][0]: it for it in values(node, DPV + "hasStorageCondition")}
    told_or_said_not_to_be(values(conditions[DPV + "StorageLocation"], DPV + "hasLocation")[0])
    duration(conditions[DPV + "StorageDuration"])


def record(node, parties):
    assert node["@type"] == [DPV + "ConsentRecord"]
    assert values(node, DCT + "conformsTo")[0]["@id"] == "https://w3id.org/dpv/schema/dpv-27560#record-eu-gdpr"
    assert UUID.fullmatch(identified(node)), identified(node)
    (person,) = values(node, DPV + "hasDataSubject")
    assert UUID.fullmatch(person["@id"]), person
    for notice in values(node, DPV + "hasNotice"):
        assert DPV + "ConsentNotice" in notice["@type"]
        literal(notice, DCT + "language")
    assert values(node, DPV + "hasDataController")[0]["@id"] in parties
    told_or_said_not_to_be(values(node, DPV + "hasJurisdiction")[0])
    assert values(node, DPV + "hasApplicableLaw")[0]["@id"] == GDPR + "GDPR"
    assert GDPR + "A6-1-a" in [it["@id"] for it in values(node, DPV + "hasLegalBasis")]
    literal(values(node, DPV + "hasAuthority")[0], DPV + "hasName")
    for found in values(node, DPV + "hasProcess"):
        process(found, parties)
    (control,) = values(node, DPV + "hasConsentControl")
    assert DPV + "WithdrawConsent" in control["@type"]
    rights = {kind: it for it in values(node, DPV + "hasRight") for kind in it["@type"]}
    assert {GDPR + "A7-3", GDPR + "A15", GDPR + "A17", GDPR + "A77"} <= rights.keys()
    for found in [control, *rights.values()]:
        assert values(found, DPV + "isExercisedAt")[0]["@id"], found
    return [status(it, person["@id"]) for it in values(node, DPV + "hasConsentStatus")]


def status(node, person):
    instant(node, DPV + "isIndicatedAtTime")
    duration(node)
    assert values(node, DPV + "isIndicatedBy")[0]["@id"] == person
    assert values(node, DPV + "hasLegalBasis")[0]["@id"] == DPV + "ExpressedConsent"
    literal(node, DPV + "hasIndicationMethod")
    (state,) = STATES & set(node["@type"])
    return state.removeprefix(DPV)


def receipt(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    (node,) = jsonld.expand(json.loads(text), {"documentLoader": no_network})
    assert node["@type"] == [DPV + "ConsentReceipt"]
    assert values(node, DCT + "conformsTo")[0]["@id"] == "https://w3id.org/dpv/schema/dpv-27560#receipt-eu-gdpr"
    assert UUID.fullmatch(identified(node)), identified(node)
    instant(node, DCT + "created")
    for term in terms(node):
        for vocabulary, known in KNOWN.items():
            if term.startswith(vocabulary):
                assert term.removeprefix(vocabulary) in known, f"{term} is not in DPV 2.3"
    parties = {it["@id"] for it in values(node, DPV + "hasEntity")}
    for found in values(node, DPV + "hasEntity"):
        party(found)
    (proofs,) = values(node, "urn:ayeaye:proofs")
    assert proofs["@type"] == "@json" and proofs["@value"] == json.loads(text)["proofs"]
    outside = json.loads(text)
    email = outside.pop("proofs")[0]["record"]["email"]
    assert email not in json.dumps(outside), "the address stands outside the proofs"
    return [record(it, parties) for it in values(node, DPV + "hasRecordOfActivity")]


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(json.dumps(receipt(name)))
