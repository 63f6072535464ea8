// Keys of logs and witnesses, and what they signed.

import { base64, bytesOf, cannot, hex, sha256 } from "./bytes.js";

export async function keyId(name, kind, key) {
  return (await sha256(bytesOf(`${name}\n`), [kind], key)).subarray(0, 4);
}

/** A verifier key, `name+id+key`; `null` when it is none of this kind. */
export async function parseKey(text, kind) {
  if (typeof text !== "string") return null;
  const [name, id, ...rest] = text.split("+");
  const key = base64(rest.join("+"), 33);
  if (!name || /\s/u.test(name) || !key || key[0] !== kind) return null;
  const known = { name, key: key.subarray(1), id: await keyId(name, kind, key.subarray(1)) };
  return hex(known.id) === id ? known : null;
}

export async function signed(key, signature, message) {
  let imported;
  try {
    imported = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
  } catch (error) {
    if (error.name === "NotSupportedError") throw cannot();
    return false;
  }
  return crypto.subtle.verify({ name: "Ed25519" }, imported, signature, message);
}

/** When a cosignature was made; `null` when it is wrong. */
export async function cosigned(key, blob, text) {
  if (blob.length !== 72) return null;
  const at = new DataView(blob.buffer, blob.byteOffset).getBigUint64(0);
  const message = bytesOf(`cosignature/v1\ntime ${at}\n${text}`);
  return (await signed(key, blob.subarray(8), message)) ? at : null;
}
