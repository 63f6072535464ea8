import os
from urllib.parse import quote

from follow import call

NAME = "SendGrid"  # Who receives the addresses: your privacy notice says so.
API = os.environ.get("SENDGRID_URL", "https://api.sendgrid.com") + "/v3"
HEADERS = {"Authorization": "Bearer " + os.environ["SENDGRID_KEY"]}
LIST, GROUP = os.environ["SENDGRID_LIST"], os.environ["SENDGRID_GROUP"]
# The ids of your custom fields aye_id, aye_url and aye_unsub, as GET /v3/marketing/field_definitions tells them.
FIELDS = os.environ["SENDGRID_FIELDS"].split(",")


def join(email, contact, locale, links):
    call("DELETE", f"{API}/asm/groups/{GROUP}/suppressions/{quote(email, safe='')}", HEADERS)
    fields = dict(zip(FIELDS, (contact, links["preferences"], links["unsubscribe"])))
    person = {"email": email, "custom_fields": fields}
    call("PUT", API + "/marketing/contacts", HEADERS, {"list_ids": [LIST], "contacts": [person]})


def leave(email):
    call("POST", f"{API}/asm/groups/{GROUP}/suppressions", HEADERS, {"recipient_emails": [email]})


def forget(email):
    leave(email)  # Holds at once; the deletion takes its time.
    found = call("POST", API + "/marketing/contacts/search/emails", HEADERS, {"emails": [email.lower()]})
    for person in found["result"].values():
        call("DELETE", f"{API}/marketing/contacts?ids={person['contact']['id']}", HEADERS)
