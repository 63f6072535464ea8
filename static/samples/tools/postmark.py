# python3 postmark.py PURPOSE FROM SUBJECT TEXT.txt < addresses.txt: one mail to each who may be mailed
import os
import sys

from follow import call
from gate import allowed

URL = os.environ.get("POSTMARK_URL", "https://api.postmarkapp.com") + "/email/batch"
HEADERS = {"X-Postmark-Server-Token": os.environ["POSTMARK_TOKEN"], "Accept": "application/json"}


def mail(sender, address, subject, text, links):
    footer = f"Unsubscribe: {links['unsubscribe']}\nChoose what you receive: {links['preferences']}\n"
    headers = {"List-Unsubscribe": f"<{links['unsubscribe']}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return {
        "MessageStream": os.environ["POSTMARK_STREAM"],
        "From": sender,
        "To": address,
        "Subject": subject,
        "TextBody": f"{text}\n-- \n{footer}",
        "Headers": [{"Name": name, "Value": value} for name, value in headers.items()],
    }


if __name__ == "__main__":
    purpose, sender, subject, file = sys.argv[1:5]
    with open(file, encoding="utf-8") as kept:
        text = kept.read()
    recipients = allowed(purpose, sys.stdin.read().split())
    mails = [mail(sender, address, subject, text, links) for address, links in recipients]
    for first in range(0, len(mails), 500):  # Postmark takes 500 at a time, and answers for each.
        for sent, told in zip(mails[first:], call("POST", URL, HEADERS, mails[first : first + 500])):
            if told["ErrorCode"]:
                print(sent["To"], told["Message"], file=sys.stderr)
    print(len(mails), "handed over")
