// The steps of a proof. The same steps and verdicts as `src/app/verify` and `tests/verifier/verify.py`.

import { Stop, base64, bytesOf, cannot, decimal, fromHex, hex, need, same, sha256 } from "./bytes.js";
import { proofsOf } from "./file.js";
import { canonical, isObject } from "./json.js";
import { cosigned, keyId, parseKey, signed } from "./keys.js";
import { stampedAt } from "./stamp.js";

const STEPS = ["record", "commitment", "leaf", "inclusion", "checkpoint", "witnesses", "timestamp"];
/** What no note may hold. */
const CONTROL = /[\u0000-\u0009\u000b-\u001f]/;
/** The most signatures of a note. */
const SIGNATURES = 64;
/** A tree has at most 2^64 entries. */
const HASHES = 64;

/** The root that a leaf leads to (RFC 9162 section 2.1.3.2); `null` when the proof has another length. */
async function rootOf(leaf, index, size, hashes) {
  let [fn, sn, root] = [index, size - 1n, leaf];
  for (const it of hashes) {
    if (sn === 0n) return null;
    if (fn & 1n || fn === sn) {
      root = await sha256([1], it, root);
      while (!(fn & 1n) && fn) [fn, sn] = [fn >> 1n, sn >> 1n];
    } else {
      root = await sha256([1], root, it);
    }
    [fn, sn] = [fn >> 1n, sn >> 1n];
  }
  return sn === 0n ? root : null;
}

const member = (whole, name, otherwise) => (isObject(whole) && name in whole ? whole[name] : otherwise);

class Checker {
  constructor(proof, trust) {
    Object.assign(this, { proof, trust });
  }

  record() {
    need(isObject(this.proof) && this.proof.format === "ayeaye-proof/1", "verify-other-format");
    need(isObject(this.proof.record), "verify-no-record");
    this.canonical = bytesOf(canonical(this.proof.record));
    return ["ok", "verify-canonical", { n: this.canonical.length }];
  }

  async commitment() {
    const salt = fromHex(this.proof.salt);
    need(salt, "verify-bad-salt");
    this.entry = this.proof.entry;
    need(typeof this.entry === "string", "verify-bad-entry");
    const claimed = /^\{"c":"([0-9a-f]{64})","t":"evidence","v":1\}$/.exec(this.entry);
    need(claimed, "verify-bad-entry");
    const key = await crypto.subtle.importKey("raw", salt, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    const mac = new Uint8Array(await crypto.subtle.sign("HMAC", key, this.canonical));
    need(hex(mac) === claimed[1], "verify-other-record");
    return ["ok", "verify-committed", {}];
  }

  async leaf() {
    this.leafHash = await sha256([0], bytesOf(this.entry));
    return ["ok", "verify-leaf", { hash: hex(this.leafHash) }];
  }

  async inclusion() {
    const text = this.proof.proof;
    if (this.waits()) return ["absent", "verify-waiting", {}];
    const { index, hashes, begins } = this.readProof(text);
    const bad = (at) => ({ at: bytesOf(text.slice(0, begins + at)).length });
    this.note = text.slice(begins);
    const end = this.note.lastIndexOf("\n\n") + 1;
    need(end > 0, "verify-bad-checkpoint", bad(0));
    this.text = this.note.slice(0, end);
    const lines = this.text.slice(0, -1).split("\n");
    const size = decimal(lines[1] ?? "");
    const root = base64(lines[2] ?? "", 32);
    need(lines.length >= 3 && lines.every((it) => it), "verify-bad-checkpoint", bad(0));
    need(size !== null, "verify-bad-checkpoint", bad(lines[0].length + 1));
    need(root, "verify-bad-checkpoint", bad(lines[0].length + lines[1].length + 2));
    const control = this.text.search(CONTROL);
    need(control < 0, "verify-bad-checkpoint", bad(control));
    this.origin = lines[0];
    const reached = index < size ? await rootOf(this.leafHash, index, size, hashes) : null;
    need(reached && same(reached, root), "verify-other-root");
    return ["ok", "verify-included", { index, size }];
  }

  waits() {
    return this.proof.proof === undefined || this.proof.proof === null;
  }

  /** The lines of a tlog-proof, up to its checkpoint. */
  readProof(text) {
    need(typeof text === "string", "verify-bad-proof", { at: 0 });
    const gap = text.indexOf("\n\n");
    need(gap >= 0, "verify-bad-proof", { at: bytesOf(text).length });
    const lines = text.slice(0, gap).split("\n");
    let at = 0;
    const line = (read) => {
      const found = read(lines[0] ?? "");
      need(found !== null && found !== undefined && lines.length > 0, "verify-bad-proof", { at });
      at += bytesOf(lines.shift()).length + 1;
      return found;
    };
    line((it) => (it === "c2sp.org/tlog-proof@v1" ? true : null));
    if (lines[0]?.startsWith("extra ")) line((it) => base64(it.slice(6)));
    const index = line((it) => (it.startsWith("index ") ? decimal(it.slice(6)) : null));
    need(lines.length <= HASHES, "verify-bad-proof", { at });
    const hashes = [];
    while (lines.length > 0) hashes.push(line((it) => base64(it, 32)));
    return { index, hashes, begins: gap + 2 };
  }

  async checkpoint() {
    if (this.waits()) return ["absent", "verify-waiting", {}];
    this.readSignatures();
    let keys = await this.keysOf(this.trust.logs);
    const given = keys.length > 0;
    if (!given) keys = await this.keysOf(this.ownKeys("log"));
    need(keys.length > 0, "verify-other-log", { origin: this.origin });
    let [found, at] = [false, null];
    for (const { name, id, key } of keys) {
      for (const blob of this.by(name, id)) {
        need(await signed(key, blob, bytesOf(this.text)), "verify-wrong-signature");
        found = true;
      }
      for (const blob of this.by(name, await keyId(name, 4, key))) {
        at = await cosigned(key, blob, this.text);
        need(at !== null, "verify-wrong-signature");
      }
    }
    need(found, "verify-not-signed");
    const said = `verify-signed${given ? "" : "-by-file"}${at === null ? "-untimed" : ""}`;
    return ["ok", said, { origin: this.origin, at: at === null ? undefined : new Date(Number(at) * 1000) }];
  }

  readSignatures() {
    const begins = this.proof.proof.length - this.note.length;
    const bad = (at) => ({ at: bytesOf(this.proof.proof.slice(0, begins + at)).length });
    const control = this.note.search(CONTROL);
    need(control < 0, "verify-bad-note", bad(control));
    let at = this.text.length + 1;
    need(this.note.endsWith("\n") && at < this.note.length, "verify-bad-note", bad(this.note.length));
    this.signatures = [];
    for (const line of this.note.slice(at, -1).split("\n")) {
      const [, name, text] = /^— ([^\s+]+) (\S+)$/u.exec(line) ?? [];
      const blob = base64(text ?? "");
      need(name && blob && blob.length > 4 && this.signatures.length < SIGNATURES, "verify-bad-note", bad(at));
      this.signatures.push({ name, id: blob.subarray(0, 4), blob: blob.subarray(4) });
      at += line.length + 1;
    }
  }

  by(name, id) {
    return this.signatures.filter((it) => it.name === name && same(it.id, id)).map((it) => it.blob);
  }

  /** What the file names under `keys`. */
  ownKeys(name) {
    return member(this.proof.keys, name, []);
  }

  async keysOf(texts) {
    need(Array.isArray(texts), "verify-bad-key", { n: 1 });
    const keys = [];
    for (const [at, text] of texts.entries()) {
      const key = await parseKey(text, 1);
      need(key, "verify-bad-key", { n: at + 1 });
      if (key.name === this.origin) keys.push(key);
    }
    return keys;
  }

  async witnesses() {
    if (this.waits()) return ["absent", "verify-waiting", {}];
    const named = this.ownKeys("witnesses");
    const needed = member(this.proof.keys, "threshold", 0);
    need(Number.isInteger(needed) && needed >= 0, "verify-bad-threshold");
    need(Array.isArray(named), "verify-bad-witness", { n: 1 });
    if (named.length === 0 && needed === 0) return ["absent", "verify-no-witness", {}];
    const known = new Map();
    for (const [at, text] of named.entries()) {
      const key = await parseKey(text, 4);
      need(key, "verify-bad-witness", { n: at + 1 });
      known.set(text, key);
    }
    // A key counts once, whatever names it goes by.
    const seen = new Set();
    for (const { name, id, key } of known.values()) {
      const blobs = this.by(name, id);
      for (const blob of blobs) {
        need((await cosigned(key, blob, this.text)) !== null, "verify-wrong-witness", { name });
      }
      if (blobs.length > 0) seen.add(hex(key));
    }
    const n = seen.size;
    need(n >= needed, "verify-too-few-witnesses", { n, needed });
    return ["ok", "verify-witnessed", { n, needed }];
  }

  async timestamp() {
    if (this.waits()) return ["absent", "verify-waiting", {}];
    const stamps = member(this.proof, "timestamps", []);
    need(Array.isArray(stamps), "verify-bad-timestamp", { n: 1 });
    if (stamps.length === 0) return ["absent", "verify-no-timestamp", {}];
    let first;
    for (const [at, stamp] of stamps.entries()) {
      const token = isObject(stamp) && typeof stamp.token === "string" ? base64(stamp.token) : null;
      need(token, "verify-bad-timestamp", { n: at + 1 });
      const time = await stampedAt(token, bytesOf(this.text), at + 1);
      first ??= time;
    }
    return ["ok", "verify-stamped-uncompared", { at: first }];
  }
}

async function checkProof(read, trust) {
  const steps = [];
  let stopped = false;
  let checker;
  for (const step of STEPS) {
    try {
      if (stopped) throw new Stop("verify-earlier", {}, "unchecked");
      checker ??= new Checker(read(), trust);
      const [verdict, said, values] = await checker[step]();
      steps.push({ step, verdict, said, values });
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      steps.push({ step, verdict: error.verdict, said: error.said, values: error.values });
      stopped ||= step !== "witnesses";
    }
  }
  const holds = steps.every(({ verdict }, at) => verdict === "ok" || (at > 4 && verdict !== "failed"));
  return { steps, holds, record: isObject(checker?.proof?.record) ? checker.proof.record : null };
}

/** Every proof of a file with its steps. */
export async function check(bytes, trust) {
  if (!globalThis.crypto?.subtle) throw cannot();
  const proofs = [];
  for (const [name, read] of await proofsOf(bytes)) proofs.push({ name, ...(await checkProof(read, trust)) });
  return proofs;
}
