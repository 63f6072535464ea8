# Keeps a list of your mailing tool in step: whoever may be mailed is on it, nobody else is.
# python3 follow.py TOOL PURPOSE STATE.json [WAIT]: once, or for good with WAIT seconds (up to 30) for news.
import importlib
import json
import os
import sys
import urllib.error
import urllib.request


def call(method, url, headers, body=None):
    """One request with JSON; whatever is not a success is raised."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json", **headers}
    with urllib.request.urlopen(urllib.request.Request(url, data, headers, method=method), timeout=60) as answer:
        return json.loads(answer.read() or "null")


def ayeaye(method, path, body=None):
    headers = {"Authorization": "Bearer " + os.environ["AYEAYE_KEY"]}
    return call(method, os.environ["AYEAYE_URL"] + path, headers, body)


def person(contact):
    try:
        return ayeaye("GET", "/v1/contacts/" + contact)
    except urllib.error.HTTPError as error:
        if error.code == 404:
            return {"email": None}  # Erased.
        raise


def bring_in_line(tool, purpose, contact, known):
    now, before = person(contact), known.pop(contact, None)
    email = now["email"]
    if before and before != email:
        tool.forget(before)  # Erased, or at another address.
        before = None
    if not email:
        return
    question = {"purpose": purpose, "recipients": [{"contact": contact}], "include": ["links"]}
    result = ayeaye("POST", "/v1/checks", question)["results"][0]
    if result["decision"] == "allow":
        tool.join(email, contact, now["locale"], result["links"])
        known[contact] = email
    elif before:
        tool.leave(email)
        known[contact] = email


def news(after, wait, file):
    place = "" if after is None else f"&after={after}"  # Without a place: from the oldest event that is kept.
    try:
        return ayeaye("GET", f"/v1/events?wait={wait}{place}")
    except urllib.error.HTTPError as error:
        if error.code == 410:
            sys.exit(
                "The feed no longer goes back to where this stopped. "
                f"Build the copy anew from /v1/changes, then delete {file} and run this again."
            )
        raise


def follow(tool, purpose, file, wait=0):
    state = {"after": None, "known": {}}
    if os.path.exists(file) and os.path.getsize(file):
        with open(file) as kept:
            state = json.load(kept)
    while True:
        page = news(state["after"], wait, file)
        for contact in dict.fromkeys(it["data"].get("contact") for it in page["data"]):
            if contact:
                bring_in_line(tool, purpose, contact, state["known"])
        state["after"] = page["next_after"]
        with open(file + ".new", "w") as kept:
            json.dump(state, kept)
        os.replace(file + ".new", file)  # Broken off before this, the same is done again: it does no harm.
        if not page["has_more"] and not wait:
            return


if __name__ == "__main__":
    follow(importlib.import_module(sys.argv[1]), sys.argv[2], sys.argv[3], int((sys.argv + ["0"])[4]))
