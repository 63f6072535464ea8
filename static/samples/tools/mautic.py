import base64
import os
from urllib.parse import urlencode

from follow import call

NAME = "Mautic"  # Who receives the addresses: your privacy notice says so.
API = os.environ["MAUTIC_URL"] + "/api"
HEADERS = {"Authorization": "Basic " + base64.b64encode(os.environ["MAUTIC_LOGIN"].encode()).decode()}  # user:password
SEGMENT = os.environ["MAUTIC_SEGMENT"]


def join(email, contact, locale, links):
    fields = {"email": email, "preferred_locale": locale, "aye_id": contact}
    fields |= {"aye_url": links["preferences"], "aye_unsub": links["unsubscribe"]}
    number = call("POST", API + "/contacts/new", HEADERS, fields)["contact"]["id"]  # An address there is is updated.
    call("POST", f"{API}/segments/{SEGMENT}/contact/{number}/add", HEADERS)


def leave(email):
    for number in numbers(email):
        call("POST", f"{API}/segments/{SEGMENT}/contact/{number}/remove", HEADERS)


def forget(email):
    for number in numbers(email):
        call("DELETE", f"{API}/contacts/{number}/delete", HEADERS)


def numbers(email):
    return list(call("GET", API + "/contacts?" + urlencode({"search": "email:" + email}), HEADERS)["contacts"])
