# pip install standardwebhooks
import sys

from standardwebhooks import Webhook, WebhookVerificationError


def receive(secret, headers, body):
    """The event of a delivery, or None when it is not ours. `body` is the raw body of the request."""
    try:
        return Webhook(secret).verify(body, headers)
    except WebhookVerificationError:
        return None


if __name__ == "__main__":
    # python3 verify_webhook.py SECRET ID TIMESTAMP SIGNATURE < body.json
    secret, *values = sys.argv[1:5]
    headers = dict(zip(("webhook-id", "webhook-timestamp", "webhook-signature"), values))
    event = receive(secret, headers, sys.stdin.buffer.read())
    print(event["type"] if event else sys.exit("not ours"))
