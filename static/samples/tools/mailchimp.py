import base64
import hashlib
import os
import sys
import urllib.error

from follow import call

NAME = "Mailchimp"  # Who receives the addresses: your privacy notice says so.
# https://us21.api.mailchimp.com/3.0, with the last part of your key instead of us21
MEMBERS = f"{os.environ['MAILCHIMP_URL']}/lists/{os.environ['MAILCHIMP_AUDIENCE']}/members/"
HEADERS = {"Authorization": "Basic " + base64.b64encode(b"any:" + os.environ["MAILCHIMP_KEY"].encode()).decode()}


def join(email, contact, locale, links):
    fields = {"AYE_ID": contact, "AYE_URL": links["preferences"], "AYE_UNSUB": links["unsubscribe"]}
    person = {"email_address": email, "status_if_new": "subscribed", "status": "subscribed", "language": locale}
    try:
        call("PUT", MEMBERS + name(email), HEADERS, {**person, "merge_fields": fields})
    except urllib.error.HTTPError as error:
        if error.code != 400:
            raise
        print(contact, "is not taken back by Mailchimp", file=sys.stderr)  # See "What it cannot do".


def leave(email):
    call("PATCH", MEMBERS + name(email), HEADERS, {"status": "unsubscribed"})


def forget(email):
    call("POST", MEMBERS + name(email) + "/actions/delete-permanent", HEADERS)


def name(email):
    return hashlib.md5(email.lower().encode()).hexdigest()
