# Keeps a list of your mailing tool in step: puts on it whoever may be mailed, and takes off again
# whoever may not. python3 follow.py TOOL PURPOSE STATE.json [WAIT]
# once, or for good with WAIT seconds (up to 30) for news.
import hashlib
import importlib
import json
import os
import sys
import urllib.error
import urllib.request
from urllib.parse import urlencode


def fetch(method, url, headers, data=None):
    """One request; whatever is not a success is raised."""
    with urllib.request.urlopen(urllib.request.Request(url, data, headers, method=method), timeout=60) as answer:
        return answer.read()


def call(method, url, headers, body=None):
    """The same with JSON."""
    data = None if body is None else json.dumps(body).encode()
    return json.loads(fetch(method, url, {"Content-Type": "application/json", **headers}, data) or "null")


def ayeaye(method, path, body=None, ask=call):
    headers = {"Authorization": "Bearer " + os.environ["AYEAYE_KEY"]}
    return ask(method, os.environ["AYEAYE_URL"] + path, headers, body)


def person(contact):
    try:
        return ayeaye("GET", "/v1/contacts/" + contact)
    except urllib.error.HTTPError as error:
        if error.code == 404:
            return {"email": None}  # Erased.
        raise


def news(after, wait):
    try:
        return ayeaye("GET", f"/v1/events?after={after}&wait={wait}")
    except urllib.error.HTTPError as error:
        if error.code == 410:
            return None  # The feed no longer goes back to where this stopped.
        raise


def audience(tool, purpose):
    """Everybody who may be mailed, and the place in the feed where that was true."""
    query = urlencode({"fields": "contact", "recipient": tool.NAME})
    lines = ayeaye("GET", f"/v1/audiences/{purpose}.ndjson?{query}", ask=fetch).splitlines(keepends=True)
    trailer, whole = json.loads(lines.pop()), hashlib.sha256(b"".join(lines)).hexdigest()
    if (trailer.get("count"), trailer.get("sha256")) != (len(lines), whole):
        sys.exit("The audience did not come whole. Nothing was changed: run this again.")
    return [json.loads(line)["contact"] for line in lines], trailer["as_of_sequence"]


def whom_to_ask_about(tool, purpose, state, wait):
    """People, the place in the feed that they stand for, and whether there is more behind it."""
    page = None if state["after"] is None else news(state["after"], wait)
    if page:
        people = dict.fromkeys(it["data"].get("contact") for it in page["data"])
        return [it for it in people if it], page["next_after"], page["has_more"]
    # The first time, or too late for the feed: all who were put on the list, then all who belong on it.
    people, place = audience(tool, purpose)
    return list(dict.fromkeys([*state["known"], *people])), place, True


def bring_in_line(tool, purpose, contacts, state, file):
    question = {"purpose": purpose, "recipients": [{"contact": it} for it in contacts], "include": ["links"]}
    known, joining = state["known"], []
    for contact, result in zip(contacts, ayeaye("POST", "/v1/checks", question)["results"]):
        now, before = person(contact), known.get(contact)
        email = now["email"]
        if before and before != email:
            off(tool.forget, before)  # Erased, or at another address.
            del known[contact]
        if email and result["decision"] == "allow":
            known[contact] = email
            joining.append((email, contact, now["locale"], result["links"]))
        elif email and before == email:
            off(tool.leave, email)
    keep(state, file)  # Before anybody joins: whoever leaves after a run broke off is known by then.
    for who in joining:
        tool.join(*who)


def off(way, email):
    try:
        way(email)
    except urllib.error.HTTPError as error:
        if error.code != 404:  # Not there: done before, or never put there because a run broke off.
            raise


def keep(state, file):
    with open(file + ".new", "w") as kept:
        json.dump(state, kept)
        kept.flush()
        os.fsync(kept.fileno())
    os.replace(file + ".new", file)


def follow(tool, purpose, file, wait=0):
    state = {"after": None, "known": {}, "waiting": []}
    if os.path.exists(file):
        with open(file) as kept:
            state |= json.load(kept)
    more = True
    while more or wait:
        if not state["waiting"]:
            state["waiting"], state["after"], more = whom_to_ask_about(tool, purpose, state, wait)
        while some := state["waiting"][:100]:
            bring_in_line(tool, purpose, some, state, file)
            del state["waiting"][:100]  # Broken off before this is kept, the same is done again: it does no harm.
        keep(state, file)


if __name__ == "__main__":
    import fcntl

    alone = open(sys.argv[3] + ".lock", "w")
    try:
        fcntl.flock(alone, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit()  # The run before has not ended: it goes on.
    follow(importlib.import_module(sys.argv[1]), sys.argv[2], sys.argv[3], int((sys.argv + ["0"])[4]))
