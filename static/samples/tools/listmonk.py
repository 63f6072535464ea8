import os
from urllib.parse import urlencode

from follow import call

NAME = "listmonk"  # Who receives the addresses: your privacy notice says so.
API = os.environ["LISTMONK_URL"] + "/api/subscribers"
HEADERS = {"Authorization": "token " + os.environ["LISTMONK_TOKEN"]}  # api_user:token
LIST = int(os.environ["LISTMONK_LIST"])


def join(email, contact, locale, links):
    attribs = {"aye_id": contact, "locale": locale, "aye_url": links["preferences"], "aye_unsub": links["unsubscribe"]}
    person = {"email": email, "lists": [LIST], "attribs": attribs, "preconfirm_subscriptions": True}
    call("POST", API + "/subscription", HEADERS, person)


def leave(email):
    if ids := numbers(email):
        call("PUT", API + "/lists", HEADERS, {"ids": ids, "action": "remove", "target_list_ids": [LIST]})


def forget(email):
    for number in numbers(email):
        call("DELETE", f"{API}/{number}", HEADERS)


def numbers(email):
    query = "subscribers.email = '%s'" % email.lower().replace("'", "''")
    return [it["id"] for it in call("GET", API + "?" + urlencode({"query": query}), HEADERS)["data"]["results"]]
