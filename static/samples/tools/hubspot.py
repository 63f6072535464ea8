import os
from urllib.parse import quote

from follow import call

NAME = "HubSpot"  # Who receives the addresses: your privacy notice says so.
API = os.environ.get("HUBSPOT_URL", "https://api.hubapi.com")
HEADERS = {"Authorization": "Bearer " + os.environ["HUBSPOT_TOKEN"]}
SUBSCRIPTION = int(os.environ["HUBSPOT_SUBSCRIPTION"])  # The number of the subscription type.


def join(email, contact, locale, links):
    properties = {"email": email, "hs_language": locale, "aye_id": contact}
    properties |= {"aye_url": links["preferences"], "aye_unsub": links["unsubscribe"]}
    person = {"idProperty": "email", "id": email, "properties": properties}
    call("POST", API + "/crm/v3/objects/contacts/batch/upsert", HEADERS, {"inputs": [person]})
    state(email, "SUBSCRIBED", "Confirmed twice; the evidence is kept under " + contact)


def leave(email):
    state(email, "UNSUBSCRIBED", "May not be mailed now")


def forget(email):
    call("POST", API + "/crm/v3/objects/contacts/gdpr-delete", HEADERS, {"idProperty": "email", "objectId": email})


def state(email, word, why):
    said = {"channel": "EMAIL", "statusState": word, "subscriptionId": SUBSCRIPTION}
    said |= {"legalBasis": "CONSENT_WITH_NOTICE", "legalBasisExplanation": why}
    call("POST", f"{API}/communication-preferences/2026-03/statuses/{quote(email, safe='')}", HEADERS, said)
