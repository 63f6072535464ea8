// RFC 3161 time stamps: imprint, signature, certificate and its use, time; with as much DER as that needs. Whether the
// authority descends from a certificate one trusts is not compared: a browser lends its own to nobody.

import { Stop, cannot, hex, joined, need, same, sha256 } from "./bytes.js";

const OID = {
  signedData: "2a864886f70d010702",
  tstInfo: "2a864886f70d0109100104",
  contentType: "2a864886f70d010903",
  messageDigest: "2a864886f70d010904",
  signingCertificate: "2a864886f70d010910020c",
  signingCertificateV2: "2a864886f70d010910022f",
  extendedKeyUsage: "551d25",
  timeStamping: "2b06010505070308",
  rsa: "2a864886f70d010101",
};
const DIGESTS = {
  "2b0e03021a": "SHA-1",
  "608648016503040201": "SHA-256",
  "608648016503040202": "SHA-384",
  "608648016503040203": "SHA-512",
};
const SIGNATURES = {
  "2a864886f70d01010b": "SHA-256",
  "2a864886f70d01010c": "SHA-384",
  "2a864886f70d01010d": "SHA-512",
  "2a8648ce3d040302": "SHA-256",
  "2a8648ce3d040303": "SHA-384",
  "2a8648ce3d040304": "SHA-512",
};
const CURVES = { "2a8648ce3d030107": ["P-256", 32], "2b81040022": ["P-384", 48] };

/** One element at `at`: its tag, its content, all its bytes. Throws a `RangeError` where DER ends too early. */
function element(bytes, at = 0) {
  let length = bytes[at + 1];
  let begin = at + 2;
  if (length > 0x84 || length === 0x80) throw new RangeError("length");
  if (length > 0x80) {
    begin += length - 0x80;
    length = bytes.subarray(at + 2, begin).reduce((sum, it) => sum * 256 + it, 0);
  }
  if (length === undefined || begin + length > bytes.length) throw new RangeError("end");
  return { tag: bytes[at], body: bytes.subarray(begin, begin + length), whole: bytes.subarray(at, begin + length) };
}

function children({ body }) {
  const found = [];
  for (let at = 0; at < body.length; at += found.at(-1).whole.length) found.push(element(body, at));
  return found;
}

/** The children of the element with this tag. */
function inside(it, tag) {
  if (it?.tag !== tag) throw new RangeError("tag");
  return children(it);
}

const oid = (it) => {
  if (it?.tag !== 6) throw new RangeError("tag");
  return hex(it.body);
};
const digestOf = (algorithm) => DIGESTS[oid(inside(algorithm, 0x30)[0])];

function readToken(token) {
  const content = element(token);
  if (content.whole.length !== token.length) throw new RangeError("tail");
  const [type, wrapped] = inside(content, 0x30);
  const parts = inside(inside(wrapped, 0xa0)[0], 0x30);
  const [infoType, infoWrapped] = inside(parts[2], 0x30);
  if (oid(type) !== OID.signedData || oid(infoType) !== OID.tstInfo) throw new RangeError("type");
  const [octets] = inside(infoWrapped, 0xa0);
  if (octets?.tag !== 4) throw new RangeError("tag");
  const certificates = parts.filter((it) => it.tag === 0xa0).flatMap(children);
  const signers = inside(parts.at(-1), 0x31);
  if (signers.length !== 1) throw new RangeError("signers");
  const fields = inside(element(octets.body), 0x30);
  const [algorithm, imprint] = inside(fields[2], 0x30);
  return { info: octets.body, certificates, signer: readSigner(signers[0]), algorithm, imprint, time: fields[4] };
}

function readSigner(signer) {
  const [, sid, digest, attributes, algorithm, signature] = inside(signer, 0x30);
  const values = {};
  for (const it of inside(attributes, 0xa0)) {
    const [name, set] = inside(it, 0x30);
    values[oid(name)] = inside(set, 0x31)[0];
  }
  if (signature?.tag !== 4) throw new RangeError("tag");
  const algorithmId = oid(inside(algorithm, 0x30)[0]);
  return { sid, digest: digestOf(digest), attributes, values, algorithm: algorithmId, signature: signature.body };
}

/** The parts of a certificate that matter here. */
function readCertificate(certificate) {
  const parts = inside(inside(certificate, 0x30)[0], 0x30);
  const at = parts[0].tag === 0xa0 ? 1 : 0;
  const extensions = parts.filter((it) => it.tag === 0xa3).flatMap((it) => inside(children(it)[0], 0x30));
  const usages = extensions.map((it) => inside(it, 0x30)).filter(([name]) => oid(name) === OID.extendedKeyUsage);
  const stampsOnly =
    usages.length === 1 && usages[0].length === 3 && usages[0][1].body[0] === 0xff &&
    hex(element(usages[0][2].body).body) === `0608${OID.timeStamping}`;
  return { whole: certificate.whole, serial: parts[at].whole, issuer: parts[at + 2].whole, key: parts[at + 5], stampsOnly };
}

function readTime(time) {
  const text = new TextDecoder().decode(time?.body);
  const [, y, mo, d, h, mi, s, part] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d+)?Z$/.exec(text) ?? [];
  if (time?.tag !== 0x18 || !y) throw new RangeError("time");
  return new Date(`${y}-${mo}-${d}T${h}:${mi}:${s}${part ?? ""}Z`);
}

/** When the token says that it saw this text. */
export async function stampedAt(token, text, n) {
  let read;
  let at;
  let certificate;
  try {
    read = readToken(token);
    at = readTime(read.time);
    certificate = read.certificates.map(readCertificate).find((it) => {
      const { sid } = read.signer;
      if (sid.tag !== 0x30) return true;
      const [issuer, serial] = children(sid);
      return same(issuer.whole, it.issuer) && same(serial.whole, it.serial);
    });
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) throw new Stop("verify-bad-timestamp", { n });
    throw error;
  }
  need(digestOf(read.algorithm) === "SHA-256" && same(read.imprint.body, await sha256(text)), "verify-other-timestamp", { n });
  need(certificate?.stampsOnly, "verify-wrong-timestamp", { n });
  need(await attributesHold(read, certificate).catch(() => false), "verify-wrong-timestamp", { n });
  need(await signatureHolds(read.signer, certificate), "verify-wrong-timestamp", { n });
  return at;
}

/** The signed attributes name this content and this certificate. */
async function attributesHold({ info, signer }, certificate) {
  const { values, digest } = signer;
  if (oid(values[OID.contentType]) !== OID.tstInfo || !digest) return false;
  const hashed = new Uint8Array(await crypto.subtle.digest(digest, info));
  if (!same(values[OID.messageDigest].body, hashed)) return false;
  const second = values[OID.signingCertificateV2];
  const [id] = children(children(second ?? values[OID.signingCertificate])[0]);
  const parts = children(id);
  const named = parts[0].tag === 0x30 ? digestOf(parts.shift()) : second ? "SHA-256" : "SHA-1";
  return same(parts[0].body, new Uint8Array(await crypto.subtle.digest(named, certificate.whole)));
}

async function signatureHolds({ attributes, algorithm, digest, signature }, { key }) {
  const message = joined([0x31], attributes.whole.subarray(1));
  const [kind, bits] = children(children(key)[0]);
  const hash = algorithm === OID.rsa ? digest : SIGNATURES[algorithm];
  const curve = CURVES[bits?.tag === 6 ? hex(bits.body) : ""];
  if (!hash || (oid(kind) !== OID.rsa && !curve)) throw cannot();
  const scheme = curve ? { name: "ECDSA", namedCurve: curve[0], hash } : { name: "RSASSA-PKCS1-v1_5", hash };
  try {
    const imported = await crypto.subtle.importKey("spki", key.whole, scheme, false, ["verify"]);
    const raw = curve ? joined(...children(element(signature)).map((it) => padded(it.body, curve[1]))) : signature;
    return await crypto.subtle.verify(scheme, imported, raw, message);
  } catch (error) {
    if (error.name === "NotSupportedError") throw cannot();
    return false;
  }
}

/** A DER integer as so many bytes. */
function padded(integer, length) {
  const digits = integer.subarray(integer.findIndex((it) => it !== 0));
  if (digits.length > length) throw new RangeError("integer");
  return joined(new Uint8Array(length - digits.length), digits);
}
