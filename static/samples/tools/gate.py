# python3 gate.py PURPOSE < addresses.txt > allowed.tsv: address, link to leave, link to choose
import json
import os
import sys
import urllib.request


def allowed(purpose, addresses):
    """Those of up to 10,000 addresses whom one may mail now, with their two links. No answer means: do not send."""
    question = {"purpose": purpose, "recipients": [{"email": it} for it in addresses], "include": ["links"]}
    headers = {"Authorization": "Bearer " + os.environ["AYEAYE_KEY"], "Content-Type": "application/json"}
    request = urllib.request.Request(os.environ["AYEAYE_URL"] + "/v1/checks", json.dumps(question).encode(), headers)
    with urllib.request.urlopen(request, timeout=60) as answer:
        results = json.load(answer)["results"]
    pairs = zip(addresses, results, strict=True)  # Answered in the order asked.
    return [(address, it["links"]) for address, it in pairs if it["decision"] == "allow"]


if __name__ == "__main__":
    for address, links in allowed(sys.argv[1], sys.stdin.read().split()):
        print(address, links["unsubscribe"], links["preferences"], sep="\t")
