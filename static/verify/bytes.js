// Bytes, the alphabets they are written in, and how a check ends that does not hold.

const encoder = new TextEncoder();

/** A step that fails, or that this browser cannot do, with the sentence that says so. */
export class Stop extends Error {
  constructor(said, values = {}, verdict = "failed") {
    super(said);
    Object.assign(this, { said, values, verdict });
  }
}

export const need = (holds, said, values) => {
  if (!holds) throw new Stop(said, values);
};
export const cannot = () => new Stop("verify-browser-cannot", {}, "unchecked");

export const hex = (bytes) => Array.from(bytes, (it) => it.toString(16).padStart(2, "0")).join("");
export const same = (a, b) => a.length === b.length && a.every((it, at) => it === b[at]);
export const joined = (...parts) => {
  const whole = new Uint8Array(parts.reduce((sum, it) => sum + it.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};
export const bytesOf = (text) => encoder.encode(text);
export const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));

/** Standard base64 in its one spelling, of `length` bytes if that is given. */
export function base64(text, length) {
  try {
    const binary = atob(text);
    if (btoa(binary) !== text || (length !== undefined && binary.length !== length)) return null;
    return Uint8Array.from(binary, (it) => it.charCodeAt(0));
  } catch {
    return null;
  }
}

export function fromHex(text) {
  if (typeof text !== "string" || !/^[0-9a-f]{64}$/.test(text)) return null;
  return Uint8Array.from(text.match(/../g), (it) => parseInt(it, 16));
}

/** A number without sign or leading zeroes, of 64 bits. */
export function decimal(text) {
  if (!/^(0|[1-9][0-9]{0,19})$/.test(text)) return null;
  const value = BigInt(text);
  return value < 1n << 64n ? value : null;
}
