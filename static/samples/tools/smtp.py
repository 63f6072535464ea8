# python3 smtp.py PURPOSE FROM SUBJECT TEXT.txt < addresses.txt: one mail to each who may be mailed
import os
import smtplib
import sys
from email.message import EmailMessage
from email.policy import SMTP

from gate import allowed


def mail(sender, address, subject, text, links):
    message = EmailMessage(SMTP.clone(max_line_length=900))  # Else the long link is folded into what nobody reads.
    message["From"], message["To"], message["Subject"] = sender, address, subject
    message["List-Unsubscribe"] = f"<{links['unsubscribe']}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    footer = f"Unsubscribe: {links['unsubscribe']}\nChoose what you receive: {links['preferences']}\n"
    message.set_content(f"{text}\n-- \n{footer}")
    return message


if __name__ == "__main__":
    purpose, sender, subject, file = sys.argv[1:5]
    with open(file, encoding="utf-8") as kept:
        text = kept.read()
    recipients = allowed(purpose, sys.stdin.read().split())
    with smtplib.SMTP(os.environ["SMTP_HOST"], int(os.environ.get("SMTP_PORT", "587")), timeout=60) as smtp:
        if "SMTP_USER" in os.environ:
            smtp.starttls()
            smtp.login(os.environ["SMTP_USER"], os.environ["SMTP_PASSWORD"])
        for address, links in recipients:
            smtp.send_message(mail(sender, address, subject, text, links))
    print(len(recipients), "sent")
