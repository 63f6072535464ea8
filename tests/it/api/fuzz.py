"""What schemathesis is told of the installation it asks, and what it tells of its calls.

The document alone would lead to nobody: an invented id is answered with 404. So three of four ids, slugs and addresses in
valid requests are replaced by those of people and things that are there. AYEAYE_FUZZ_TOLD says which, as JSON:
{"there": {"contact": "con_..."}, "lost": {":erase": {"contact": "con_..."}}, "calls": "file to count in"}
"""

import atexit
import collections
import json
import os
import random

import schemathesis

TOLD = json.loads(os.environ["AYEAYE_FUZZ_TOLD"])
# A feed without news is waited for that long at most, so that the test asks instead of waiting.
LONGEST_WAIT, LONGEST_ALLOWED = 1, 30
CALLS = collections.Counter()
DICE = random.Random(1)


@schemathesis.hook
def before_load_schema(context, document):
    """A stream that never ends is no answer to be waited for: it has tests of its own."""
    for path, methods in list(document["paths"].items()):
        for method, operation in list(methods.items()):
            endless = any("text/event-stream" in it.get("content", {}) for it in operation["responses"].values())
            if endless:
                del methods[method]
        if not methods:
            del document["paths"][path]


@schemathesis.serializer("application/x-ndjson")
def one_line(context, value):
    return json.dumps(value).encode() + b"\n"


def with_what_is_there(value, there, share):
    """The same, with this share of the names in it those of what is there."""
    if isinstance(value, list):
        return [with_what_is_there(it, there, share) for it in value]
    if not isinstance(value, dict):
        return value
    found = {}
    for name, it in value.items():
        known = isinstance(it, str) and name in there and DICE.random() < share
        found[name] = there[name] if known else with_what_is_there(it, there, share)
    return found


@schemathesis.hook
def before_call(context, case, **kwargs):
    wait = (case.query or {}).get("wait")
    if isinstance(wait, int) and LONGEST_WAIT < wait <= LONGEST_ALLOWED:
        case.query["wait"] = LONGEST_WAIT
    if not case.meta.generation.mode.is_positive:
        return
    # What everything else asks about is not erased, revoked and such, not even by the address of an example.
    lost = TOLD["lost"].get(":" + case.path.rpartition(":")[2])
    there, share = (TOLD["there"] | lost, 1.0) if lost else (TOLD["there"], 0.75)
    for part in ("path_parameters", "query", "body"):
        value = getattr(case, part)
        if isinstance(value, dict):
            setattr(case, part, with_what_is_there(value, there, share))
    if case.headers and "If-Match" in case.headers:
        case.headers["If-Match"] = "*"


@schemathesis.hook
def after_call(context, case, response):
    CALLS[f"{case.method.upper()} {case.path} {response.status_code}"] += 1


@atexit.register
def write_calls():
    with open(TOLD["calls"], "w", encoding="utf-8") as file:
        json.dump(CALLS, file)
