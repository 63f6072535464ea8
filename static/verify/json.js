// JSON, strictly: no member twice, no number that a double cannot carry, no half of a surrogate pair, 64 levels deep at most.

import { Stop, bytesOf } from "./bytes.js";

const DEPTH = 64;

function decode(bytes) {
  const read = (length, stream) =>
    new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes.subarray(0, length), { stream });
  try {
    return read(bytes.length, false);
  } catch {
    let [good, bad] = [0, bytes.length];
    while (good < bad) {
      const half = (good + bad + 1) >> 1;
      try {
        read(half, true);
        good = half;
      } catch {
        bad = half - 1;
      }
    }
    throw new Stop("verify-not-json", { at: good });
  }
}

/** A decimal number in one spelling: what a double cannot carry exactly has another after being read. */
function plain(text) {
  const [, sign, whole, part = "", power = "0"] = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text);
  const digits = (whole + part).replace(/0+$/, "");
  if (digits === "") return "0";
  const exponent = BigInt(power) + BigInt(whole.length - digits.length);
  return `${sign}${digits.replace(/^0+/, "")}e${exponent}`;
}

export function parseJson(bytes) {
  const text = decode(bytes);
  let at = 0;
  const fail = (where = at) => {
    throw new Stop("verify-not-json", { at: bytesOf(text.slice(0, where)).length });
  };
  const blank = () => {
    while (" \t\n\r".includes(text[at] ?? "x")) at += 1;
  };
  const take = (it) => {
    blank();
    if (text[at] !== it) return false;
    at += 1;
    return true;
  };
  const match = (pattern) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found === undefined) fail();
    at += found.length;
    return found;
  };
  const string = () => {
    const begin = at;
    const value = JSON.parse(match(/"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y));
    if (!value.isWellFormed()) fail(begin);
    return value;
  };
  const number = () => {
    const begin = at;
    const written = match(/-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y);
    const value = Number(written);
    if (!Number.isFinite(value) || plain(written) !== plain(String(value))) fail(begin);
    return value;
  };
  const list = (depth) => {
    const values = [];
    if (take("]")) return values;
    do values.push(value(depth));
    while (take(","));
    if (!take("]")) fail();
    return values;
  };
  const object = (depth) => {
    const members = Object.create(null);
    if (take("}")) return members;
    do {
      blank();
      const begin = at;
      const name = string();
      if (name in members) fail(begin);
      if (!take(":")) fail();
      members[name] = value(depth);
    } while (take(","));
    if (!take("}")) fail();
    return members;
  };
  const value = (depth) => {
    blank();
    const first = text[at];
    if (first === '"') return string();
    if (first === "{" || first === "[") {
      if (depth === DEPTH) fail();
      at += 1;
      return first === "{" ? object(depth + 1) : list(depth + 1);
    }
    for (const [word, meant] of [["true", true], ["false", false], ["null", null]]) {
      if (text.startsWith(word, at)) {
        at += word.length;
        return meant;
      }
    }
    return number();
  };
  const whole = value(0);
  blank();
  if (at !== text.length) fail();
  return whole;
}

export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** The canonical form (RFC 8785). */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value).sort().map((it) => `${JSON.stringify(it)}:${canonical(value[it])}`);
  return `{${members.join(",")}}`;
}
