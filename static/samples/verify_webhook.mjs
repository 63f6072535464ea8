// npm install standardwebhooks
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Webhook, WebhookVerificationError } from "standardwebhooks";

/** The event of a delivery, or null when it is not ours. `body` is the raw body, as text. */
export function receive(secret, headers, body) {
  try {
    return new Webhook(secret).verify(body, headers);
  } catch (error) {
    if (error instanceof WebhookVerificationError) return null;
    throw error;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // node verify_webhook.mjs SECRET ID TIMESTAMP SIGNATURE < body.json
  const [secret, id, timestamp, signature] = process.argv.slice(2);
  const headers = { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature };
  const event = receive(secret, headers, readFileSync(0, "utf8"));
  if (!event) process.exitCode = 1;
  console.log(event ? event.type : "not ours");
}
