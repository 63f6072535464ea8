// What kind of file it is, and the proofs in it.

import { Stop, cannot, joined, need } from "./bytes.js";
import { isObject, parseJson } from "./json.js";

const LIMITS = { file: 16 << 20, entries: 100_000, unpacked: 256 << 20 };

/** Name and reader of every proof in a file. */
export async function proofsOf(bytes) {
  need(bytes.length <= LIMITS.file, "verify-too-large", { mib: LIMITS.file >> 20 });
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return unzip(bytes);
  const value = parseJson(bytes);
  need(isObject(value), "verify-foreign");
  if ("format" in value) return [["proof", () => value]];
  need(Array.isArray(value.proofs), "verify-foreign");
  need(value.proofs.length > 0, "verify-no-proof");
  return value.proofs.map((it, at) => [`proofs[${at}]`, () => it]);
}

async function unzip(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const broken = (at) => new Stop("verify-not-zip", { at });
  let entries;
  try {
    entries = directory(bytes, view);
  } catch (error) {
    throw error instanceof RangeError ? broken(bytes.length) : error;
  }
  need(entries.length <= LIMITS.entries, "verify-bomb");
  need(entries.reduce((sum, it) => sum + it.unpacked, 0) <= LIMITS.unpacked, "verify-bomb");
  if (new Set(entries.map((it) => it.name)).size !== entries.length) throw broken(bytes.length);
  const proofs = entries.filter((it) => /^proofs\/[^/]+\.json$/.test(it.name)).sort((a, b) => (a.name < b.name ? -1 : 1));
  need(proofs.length > 0, "verify-no-proof");
  const found = [];
  for (const entry of proofs) {
    const content = await unpack(bytes, view, entry).catch((error) => {
      throw error instanceof Stop ? error : broken(entry.at);
    });
    found.push([entry.name, () => parseJson(content)]);
  }
  return found;
}

/** The central directory, from the end of the file. */
function directory(bytes, view) {
  let end = bytes.length - 22;
  while (view.getUint32(end, true) !== 0x06054b50) end -= 1;
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count === 0xffff || at === 0xffffffff) throw cannot();
  const entries = [];
  for (let n = 0; n < count; n += 1) {
    if (view.getUint32(at, true) !== 0x02014b50) throw new RangeError("entry");
    const [name, extra, comment] = [28, 30, 32].map((it) => view.getUint16(at + it, true));
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + name)),
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      unpacked: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    });
    at += 46 + name + extra + comment;
  }
  return entries;
}

async function unpack(bytes, view, { flags, method, crc, packed, unpacked, at }) {
  if (view.getUint32(at, true) !== 0x04034b50 || flags & 1) throw new RangeError("entry");
  need(unpacked <= LIMITS.file, "verify-bomb");
  const begin = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  const content = bytes.subarray(begin, begin + packed);
  if (content.length !== packed || ![0, 8].includes(method)) throw new RangeError("entry");
  const whole = method === 0 ? content : await inflate(content, unpacked);
  if (whole.length !== unpacked || crc32(whole) !== crc) throw new RangeError("content");
  return whole;
}

async function inflate(content, length) {
  if (!globalThis.DecompressionStream) throw cannot();
  const parts = [];
  let left = length;
  for await (const part of chunks(new Blob([content]).stream().pipeThrough(new DecompressionStream("deflate-raw")))) {
    left -= part.length;
    if (left < 0) throw new RangeError("length");
    parts.push(part);
  }
  return joined(...parts);
}

async function* chunks(stream) {
  const reader = stream.getReader();
  for (let it = await reader.read(); !it.done; it = await reader.read()) yield it.value;
}

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
