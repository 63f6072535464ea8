import os
from urllib.parse import quote

from follow import call

NAME = "Brevo"  # Who receives the addresses: your privacy notice says so.
API = os.environ.get("BREVO_URL", "https://api.brevo.com") + "/v3/contacts"
HEADERS = {"api-key": os.environ["BREVO_KEY"]}
LIST = int(os.environ["BREVO_LIST"])


def join(email, contact, locale, links):
    attributes = {"AYE_ID": contact, "LANGUAGE": locale}
    attributes |= {"AYE_URL": links["preferences"], "AYE_UNSUB": links["unsubscribe"]}
    call("POST", API, HEADERS, {"email": email, "updateEnabled": True, "listIds": [LIST], "attributes": attributes})


def leave(email):
    call("PUT", f"{API}/{quote(email, safe='')}", HEADERS, {"unlinkListIds": [LIST]})


def forget(email):
    call("DELETE", f"{API}/{quote(email, safe='')}", HEADERS)
