// node gate.mjs PURPOSE < addresses.txt > allowed.tsv: address, link to leave, link to choose
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Those of up to 10,000 addresses whom one may mail now, with their two links. No answer means: do not send. */
export async function allowed(purpose, addresses) {
  const answer = await fetch(process.env.AYEAYE_URL + "/v1/checks", {
    method: "POST",
    headers: { Authorization: "Bearer " + process.env.AYEAYE_KEY, "Content-Type": "application/json" },
    body: JSON.stringify({ purpose, recipients: addresses.map((email) => ({ email })), include: ["links"] }),
    signal: AbortSignal.timeout(60_000),
  });
  if (answer.status !== 200) throw new Error(`no answer (${answer.status}): do not send`);
  const { results } = await answer.json();
  return addresses
    .map((address, place) => ({ address, ...results[place] })) // Answered in the order asked.
    .filter((it) => it.decision === "allow");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const addresses = readFileSync(0, "utf8").split(/\s+/).filter(Boolean);
  for (const { address, links } of await allowed(process.argv[2], addresses)) {
    console.log([address, links.unsubscribe, links.preferences].join("\t"));
  }
}
