"""Sends one mail with Python's own SMTP client, several times on one connection, and prints what came of each.

The argument is JSON: port, encryption (none, starttls, tls), authority, user, password, patience, times.
Prints a JSON list: the SMTP code of each refusal, 250 for each mail taken, "lost" or "late" where the talk ended.
"""

import json
import smtplib
import ssl
import sys

asked = json.loads(sys.argv[1])
MAIL = "Subject: =?utf-8?q?=C3=89t=C3=A9?=\r\n\r\n.a line with a dot\r\nend\r\n"


def connect():
    trust = ssl.create_default_context(cafile=asked.get("authority"))
    where = {"host": "localhost", "port": asked["port"], "timeout": asked.get("patience", 20)}
    if asked["encryption"] == "tls":
        return smtplib.SMTP_SSL(context=trust, **where)
    client = smtplib.SMTP(**where)
    if asked["encryption"] == "starttls":
        client.starttls(context=trust)
    return client


def send(client):
    if "user" in asked:
        client.login(asked.pop("user"), asked.pop("password"))
    refused = client.sendmail("a@example.org", ["b@example.org"], MAIL)
    assert not refused, refused
    return 250


def outcome(attempt):
    try:
        return attempt()
    except smtplib.SMTPRecipientsRefused as refusal:
        return refusal.recipients["b@example.org"][0]
    except smtplib.SMTPResponseException as refusal:
        return refusal.smtp_code
    except TimeoutError:
        return "late"
    except smtplib.SMTPServerDisconnected as lost:
        return "late" if "timed out" in str(lost) else "lost"
    except ssl.SSLCertVerificationError:
        return "untrusted"


client = None
outcomes = []


def attempt():
    global client
    client = client or connect()
    return send(client)


for _ in range(asked.get("times", 1)):
    outcomes.append(outcome(attempt))
print(json.dumps(outcomes))
