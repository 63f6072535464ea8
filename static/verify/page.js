// The page that checks a file: takes it from the form or from a drop, and shows each step. Sends nothing.

import { Stop } from "./bytes.js";
import { check } from "./check.js";

const SHOWN = 50;
const form = document.querySelector("#verify");
const input = document.querySelector("#file");
const result = document.querySelector("#result");
const words = new Map(
  Array.from(document.querySelector("#words").content.querySelectorAll("data"), (it) => [it.value, it.textContent]),
);
const language = document.documentElement.lang;

const word = (key, values = {}) =>
  (words.get(key) ?? key).replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    return value instanceof Date ? dateTime(value) : String(value ?? whole);
  });

/** As the server writes it. */
function dateTime(at) {
  if (Number.isNaN(at.getTime())) return "?";
  // With its day, as Polish has another form of the month for it.
  const parts = new Intl.DateTimeFormat(language, { day: "numeric", month: "long", timeZone: "UTC" }).formatToParts(at);
  const month = parts.find((it) => it.type === "month").value;
  const [day, year] = [at.getUTCDate(), at.getUTCFullYear()];
  const [hour, minute] = [at.getUTCHours(), String(at.getUTCMinutes()).padStart(2, "0")];
  switch (language) {
    case "fr":
      return `${day === 1 ? "1er" : day} ${month} ${year} à ${hour} h ${minute} (UTC)`;
    case "de":
      return `${day}. ${month} ${year}, ${hour}:${minute} Uhr (UTC)`;
    case "es":
      return `${day} de ${month} de ${year}, ${hour}:${minute} h (UTC)`;
    case "it":
      return `${day === 1 ? "1º" : day} ${month} ${year}, ore ${hour}:${minute} (UTC)`;
    case "nl":
      return `${day} ${month} ${year}, ${hour}:${minute} uur (UTC)`;
    case "pl":
      return `${day} ${month} ${year}, godz. ${hour}:${minute} (UTC)`;
    case "pt":
      return `${day} de ${month} de ${year}, ${hour}:${minute} h (UTC)`;
    default:
      return `${day} ${month} ${year}, ${String(hour).padStart(2, "0")}:${minute} UTC`;
  }
}

function make(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const text = (value) => (typeof value === "string" && value !== "" ? value : null);

/** What a record says: label and text. */
function claims(record) {
  const at = text(record.at);
  const controller = record.controller ?? {};
  const purposes = Array.isArray(record.purposes) ? record.purposes : [];
  const about = purposes.map((it) => text(it?.wording?.name) ?? text(it?.slug)).filter((it) => it);
  return [
    ["when", at && (Number.isNaN(Date.parse(at)) ? at : dateTime(new Date(at)))],
    ["about", text(about.join(", "))],
    ["who", text(record.email)],
    ["organisation", text(controller.legal) ?? text(controller.name)],
    ["receipt", text(record.receipt)],
  ].filter(([, value]) => value);
}

function title(record) {
  const kind = text(record?.type);
  if (!kind) return word("verify-unnamed");
  const key = `verify-kind-${kind.replace(/[._]/g, "-")}`;
  return words.get(key) ?? kind.slice(0, 100);
}

function step({ step, verdict, said, values }) {
  const name = make("b", {}, word(`verify-step-${step}`));
  const judged = make("i", {}, word(`verify-verdict-${verdict}`));
  return make("li", { class: verdict, "data-step": step }, name, " ", judged, make("br", {}), word(said, values));
}

function section({ name, record, steps, holds }) {
  const facts = claims(record ?? {}).flatMap(([label, value]) => [
    make("dt", {}, word(`verify-label-${label}`)),
    make("dd", {}, value),
  ]);
  const made = make("section", {}, make("h2", {}, title(record)), make("p", { class: "small" }, name));
  if (!holds) made.append(make("p", { class: "wrong" }, word("verify-unproven")));
  made.append(make("dl", {}, ...facts));
  const shown = text(record?.shown);
  if (shown) made.append(make("h3", {}, word("verify-shown")), make("pre", {}, shown));
  made.append(make("h3", {}, word("verify-steps")), make("ol", { class: "steps" }, ...steps.map(step)));
  return made;
}

function outcome(key, why = `${key}-text`) {
  const kind = key === "verify-holds" ? "panel" : "errors";
  return make("div", { class: kind }, make("h2", {}, word(key)), make("p", {}, word(why)));
}

function show(proofs) {
  const failed = proofs.some(({ steps }) => steps.some((it) => it.verdict === "failed"));
  const holds = proofs.every((it) => it.holds);
  const byFile = proofs.some(({ steps }) => steps.some((it) => it.said.startsWith("verify-signed-by-file")));
  const said = holds ? "verify-holds" : failed ? "verify-fails" : "verify-open";
  const sorted = proofs.length > SHOWN ? proofs.toSorted((a, b) => a.holds - b.holds) : proofs;
  const more = sorted.length - SHOWN;
  result.replaceChildren(
    holds && byFile ? outcome(said, "verify-holds-by-file") : outcome(said),
    ...sorted.slice(0, SHOWN).map(section),
    ...(more > 0 ? [make("p", {}, word("verify-more", { n: more }))] : []),
  );
}

function showUnread(stop) {
  const { verdict, said, values } = stop;
  const why = make("ul", { class: "steps" }, step({ step: "file", verdict, said, values }));
  result.replaceChildren(outcome(verdict === "failed" ? "verify-fails" : "verify-open"), why);
}

/** Only the newest file counts: an older one may take longer. */
let newest = 0;

async function verify(file) {
  newest += 1;
  const mine = newest;
  result.removeAttribute("data-done");
  result.replaceChildren(make("p", {}, word("verify-busy")));
  const trust = { logs: (form.dataset.keys ?? "").split(" ").filter((it) => it) };
  let shown;
  try {
    const proofs = await check(new Uint8Array(await file.arrayBuffer()), trust);
    shown = () => show(proofs);
  } catch (error) {
    const stop = error instanceof Stop ? error : new Stop("verify-browser-cannot", {}, "unchecked");
    shown = () => showUnread(stop);
  }
  if (mine !== newest) return;
  shown();
  result.setAttribute("data-done", String(mine));
  result.focus();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const [file] = input.files;
  if (file) {
    verify(file);
  } else {
    result.replaceChildren(make("p", { class: "wrong" }, word("missing")));
    input.focus();
  }
});
input.addEventListener("change", () => input.files[0] && verify(input.files[0]));
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  event.preventDefault();
  const [file] = event.dataTransfer.files;
  if (file) verify(file);
});
document.querySelector("#how").textContent = word("here");
