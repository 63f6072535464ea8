// Goes through the workflow as n8n does, as far as its nodes need it: node n8n.mjs WORKFLOW.json STATIC.json
// Prints the items that reached each end.
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const [file, kept] = process.argv.slice(2);
const text = readFileSync(file, "utf8").replaceAll("https://consent.example.org", process.env.AYEAYE_URL);
const { nodes, connections } = JSON.parse(text);
const data = existsSync(kept) ? JSON.parse(readFileSync(kept, "utf8")) : {};
const ends = {};

/** A parameter: `=` begins an expression, `{{ }}` stands for values in it. */
function filled(parameter, $json) {
  if (!parameter.startsWith("=")) return parameter;
  return parameter.slice(1).replace(/\{\{(.*?)\}\}(?!\})/gs, (_, code) => new Function("$json", `return ${code}`)($json));
}

async function request({ method, url, jsonBody, authentication, genericAuthType, options }, item) {
  if (authentication !== "genericCredentialType" || genericAuthType !== "httpHeaderAuth") throw new Error("no credential");
  const headers = { Authorization: "Bearer " + process.env.AYEAYE_KEY, "Content-Type": "application/json" };
  const body = jsonBody && filled(jsonBody, item.json);
  const answer = await fetch(filled(url, item.json), { method, headers, body });
  const { fullResponse, neverError } = options?.response?.response ?? {};
  if (!answer.ok && !neverError) throw new Error(`${answer.status}: ${await answer.text()}`);
  const told = await answer.json();
  return { json: fullResponse ? { statusCode: answer.status, body: told } : told };
}

function code({ jsCode }, items) {
  const $input = { all: () => items, first: () => items[0] };
  return new Function("$input", "$getWorkflowStaticData", jsCode)($input, () => data);
}

function holds({ conditions: { conditions } }, item) {
  return conditions.every(({ leftValue, rightValue, operator }) => {
    if (operator.operation !== "equals") throw new Error(operator.operation);
    return filled(leftValue, item.json) === rightValue;
  });
}

async function work(node, items) {
  const kind = node.type.replace("n8n-nodes-base.", "");
  if (kind === "scheduleTrigger") return [items];
  if (kind === "httpRequest") return [await Promise.all(items.map((it) => request(node.parameters, it)))];
  if (kind === "code") return [code(node.parameters, items)];
  if (kind === "if") return [true, false].map((way) => items.filter((it) => holds(node.parameters, it) === way));
  if (kind !== "noOp") throw new Error(`unknown node ${kind}`);
  ends[node.name] = items.map((it) => it.json);
  return [];
}

async function go(name, items) {
  if (items.length === 0) return; // A node without items does not run.
  const outputs = await work(nodes.find((it) => it.name === name), items);
  for (const [way, produced] of outputs.entries()) {
    for (const next of connections[name]?.main[way] ?? []) await go(next.node, produced);
  }
}

await go("Every minute", [{ json: {} }]);
writeFileSync(kept, JSON.stringify(data));
console.log(JSON.stringify(ends));
