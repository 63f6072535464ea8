#!/usr/bin/env python3
"""Checks a proof, a receipt or a dossier; written from the published format alone, with no code of the service.
verify.py FILE [--key VKEY] [--witness VKEY]
One line a step: step<TAB>verdict<TAB>detail, after `proof<TAB>name`. Exit code 0: valid, 1: not valid.
"""
import argparse, base64, hashlib, hmac, io, itertools, json, pathlib, re, subprocess, sys, tempfile, zipfile, zlib
from decimal import Decimal
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

STEPS = ["record", "commitment", "leaf", "inclusion", "checkpoint", "witnesses", "timestamp"]
sha256 = lambda *parts: hashlib.sha256(b"".join(parts)).digest()
key_identity = lambda name, kind, key: sha256(name.encode(), b"\n", bytes([kind]), key)[:4]
class Stop(Exception):
    """A step without the verdict ok: what it is, and why."""
def need(condition, why, verdict="failed"):
    if not condition:
        raise Stop(verdict, why)
    return condition
def read_json(data):
    """JSON as RFC 8785 wants it: no member twice, every number exactly a double, no lone surrogate, 64 levels deep."""
    number = lambda it: float(need(Decimal(it) == Decimal(repr(float(it))) and it, f"{it} is no double"))
    once = lambda it: dict(need(len(dict(it)) == len(it), "a member is there twice") and it)
    try:
        brackets = re.findall(r'"(?:[^"\\]|\\.)*"?|[\[\]{}]', data.decode(), re.S)
        levels = itertools.accumulate({"[": 1, "{": 1, "]": -1, "}": -1}.get(it, 0) for it in brackets)
        need(max(levels, default=0) <= 64, "nested deeper than 64")
        value = json.loads(data.decode(), object_pairs_hook=once, parse_int=number, parse_float=number,
                           parse_constant=number)
        return json.dumps(value, ensure_ascii=False).encode() and value
    except (ValueError, ArithmeticError) as error:
        raise Stop("failed", f"not JSON: {error}")
def canonical(value):
    if isinstance(value, dict):
        keys = sorted(value, key=lambda it: it.encode("utf-16-be"))
        return "{" + ",".join(canonical(key) + ":" + canonical(value[key]) for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, float):
        # Python and ECMAScript write alike what has no exponent: evidence holds whole numbers, and small ones.
        need("e" not in repr(value), "this checker cannot write such a number", "unchecked")
        return repr(value + 0.0).removesuffix(".0")
    return json.dumps(value, ensure_ascii=False)
def base64_of(text, what, length=None):
    need(isinstance(text, str) and len(text) % 4 == 0 and re.fullmatch(r"[A-Za-z0-9+/]*={0,2}", text), what)
    data = base64.b64decode(text)
    need(base64.b64encode(data).decode() == text and length in (None, len(data)), what)
    return data
def parse_key(vkey, kind):
    name, key_id, key = (vkey.split("+", 2) + ["", ""])[:3] if isinstance(vkey, str) else ("", "", "")
    key = base64_of(key, f"{vkey} is not a key", 33)
    right = name and not re.search(r"\s", name) and key_identity(name, kind, key[1:]).hex() == key_id
    need(right and key[0] == kind, f"{vkey} is not a key")
    return name, bytes.fromhex(key_id), key[1:]
def signed(key, kind, blob, text, why):
    """A signature (kind 1), or a cosignature/v1 (kind 4): eight bytes of time, then a signature over it and the text."""
    at = int.from_bytes(blob[:8]) if kind == 4 else None
    try:
        message = text if at is None else b"cosignature/v1\ntime %d\n" % at + text
        Ed25519PublicKey.from_public_bytes(key).verify(blob if at is None else blob[8:], message)
        return at
    except (InvalidSignature, ValueError):
        raise Stop("failed", why)
def root_of(leaf, index, size, hashes):
    """RFC 9162 section 2.1.3.2."""
    fn, sn, root = index, size - 1, leaf
    for it in hashes:
        need(sn > 0, "the proof is too long")
        left = fn & 1 or fn == sn
        root = sha256(b"\x01", it, root) if left else sha256(b"\x01", root, it)
        while left and not fn & 1 and fn:
            fn, sn = fn >> 1, sn >> 1
        fn, sn = fn >> 1, sn >> 1
    return need(sn == 0 and root, "the proof is too short")
def token_holds(token, text):
    """By OpenSSL: the certificates that came with the token stand in for trusted ones."""
    with tempfile.TemporaryDirectory() as folder:
        path = lambda name, data: pathlib.Path(folder, name).write_bytes(data) and name
        run = lambda *args: subprocess.run(("openssl", *args), capture_output=True, cwd=folder).returncode == 0
        token = ["-in", path("token", token)]
        return run("pkcs7", "-inform", "DER", *token, "-print_certs", "-out", "certs") and run(
            "ts", "-verify", "-token_in", *token, "-data", path("text", text), "-CAfile", "certs", "-partial_chain", "-no_check_time")

class Checker:
    """One proof object; each step leaves what the next ones need, and gives back what it saw."""
    def __init__(self, proof, keys, witnesses):
        self.proof, self.given, self.given_witnesses = proof, keys, witnesses
    def record(self):
        right = isinstance(self.proof, dict) and self.proof.get("format") == "ayeaye-proof/1"
        record = need(right, "no ayeaye-proof/1") and self.proof.get("record")
        self.canonical = canonical(record if isinstance(record, dict) else need(None, "no record")).encode()
        self.own = self.proof.get("keys") if isinstance(self.proof.get("keys"), dict) else {}
        return f"{len(self.canonical)} bytes"
    def commitment(self):
        salt, self.entry = str(self.proof.get("salt")), self.proof.get("entry")
        need(re.fullmatch(r"[0-9a-f]{64}", salt), "the salt is not 64 hex digits")
        commitment = hmac.new(bytes.fromhex(salt), self.canonical, "sha256").hexdigest()
        need(self.entry == '{"c":"%s","t":"evidence","v":1}' % commitment, "the entry is of another record")
        return commitment
    def leaf(self):
        self.hash = sha256(b"\x00", self.entry.encode())
        return self.hash.hex()
    def inclusion(self):
        head, _, self.note = str(self.proof["proof"]).partition("\n\n")
        head = re.fullmatch(r"c2sp\.org/tlog-proof@v1\n(?:extra (.*)\n)?index (.+)((?:\n.+)*)", head)
        need(head and "\n\n" in self.note, "the proof has other lines, or its checkpoint no signatures")
        base64_of(head[1] or "", "the extra data")
        hashes = [base64_of(it, "a hash of the proof", 32) for it in head[3].split("\n")[1:]]
        self.text, self.lines = self.note.rsplit("\n\n", 1)
        lines = self.text.split("\n")
        need(len(lines) >= 3 and all(lines) and not re.search(r"[\x00-\x09\x0b-\x1f]", self.text), "the checkpoint")
        self.origin, self.text = lines[0], self.text.encode() + b"\n"
        need(all(re.fullmatch(r"0|[1-9][0-9]{0,19}", it) for it in (head[2], lines[1])), "index or size is no number")
        index, size = int(head[2]), int(lines[1])
        need(index < size < 1 << 64 and len(hashes) <= 64, "the index is beyond the tree, or there are too many hashes")
        root = root_of(self.hash, index, size, hashes)
        need(root == base64_of(lines[2], "the root", 32), "the proof leads to another root")
        return f"{index} of {size}"
    def checkpoint(self):
        lines = [re.fullmatch(r"— ([^\s+\x00-\x1f]+) ([^\s\x00-\x1f]+)", it) for it in self.lines[:-1].split("\n")]
        need(all(lines) and self.lines[-1:] == "\n" and len(lines) <= 64, "a signature line cannot be read")
        self.signatures = [(it[1], base64_of(it[2], "a signature cannot be read")) for it in lines]
        need(all(len(blob) > 4 for _, blob in self.signatures), "a signature is too short")
        keys = [parse_key(it, 1) for it in self.given or self.listed(self.own, "log")]
        keys = need([it for it in keys if it[0] == self.origin], f"no key of {self.origin}")
        found, at = [], None
        for name, key_id, key in keys:
            found += self.by(name, key_id)
            for blob in self.by(name, key_id):
                signed(key, 1, blob, self.text, "the signature of the log is wrong")
            for blob in self.by(name, key_identity(name, 4, key)):
                at = signed(key, 4, blob, self.text, "the time line of the log is wrong")
        need(found, "the log did not sign")
        return f"{self.origin} at {at}, key {'given' if self.given else 'of the file'}"
    def by(self, name, key_id):
        return [blob[4:] for signer, blob in self.signatures if signer == name and blob[:4] == key_id]
    def listed(self, whole, name):
        return whole.get(name, []) if isinstance(whole.get(name, []), list) else need(None, f"{name} is no list")
    def witnesses(self):
        needed = float(len({it.split("+")[-1] for it in self.given_witnesses})) or self.own.get("threshold", 0.0)
        keys = {parse_key(it, 4) for it in self.given_witnesses or self.listed(self.own, "witnesses")}
        need(isinstance(needed, float) and needed >= 0 and needed.is_integer(), "the threshold is no number")
        need(keys or needed, "no witness is named", "absent")
        for name, key, blob in [(name, key, blob) for name, key_id, key in keys for blob in self.by(name, key_id)]:
            signed(key, 4, blob, self.text, f"the cosignature of {name} is wrong")
        seen = len({key for name, key_id, key in keys if self.by(name, key_id)})
        need(seen >= needed, f"{seen} witnesses signed, {needed:.0f} are needed")
        return f"{seen} signed, {needed:.0f} needed"
    def timestamp(self):
        stamps = need(self.listed(self.proof, "timestamps"), "no time stamp", "absent")
        for stamp in stamps:
            token = base64_of(stamp.get("token") if isinstance(stamp, dict) else None, "a token is not base64")
            need(token_holds(token, self.text), "a time stamp is wrong, or of something else")
        return f"{len(stamps)}, authority not compared"
def check(read, keys, witnesses):
    failed = set()
    for at, step in enumerate(STEPS):
        try:
            # The time stamp stands on the checkpoint, not on the witnesses.
            need(not failed - {"witnesses"}, "an earlier step failed", "unchecked")
            checker = checker if at else Checker(read(), keys, witnesses)
            need(at < 3 or checker.proof.get("proof") is not None, "not in the log yet", "absent")
            yield step, "ok", getattr(checker, step)()
        except Stop as stop:
            failed |= {step} if stop.args[0] != "absent" else set()
            yield step, *stop.args
def proofs(data):
    """Name and reader of each proof object in a file."""
    need(len(data) <= 16 << 20, "larger than 16 MiB")
    if not data.startswith(b"PK"):
        value = need(isinstance(value := read_json(data), dict) and value, "no proof, receipt or dossier")
        if "format" in value:
            return [("proof", lambda: value)]
        several = need(isinstance(value.get("proofs"), list) and value["proofs"], "no proof in it")
        return [(f"proofs[{at}]", lambda it=it: it) for at, it in enumerate(several)]
    try:
        dossier = zipfile.ZipFile(io.BytesIO(data))
        entries = dossier.infolist()
        need(len(entries) <= 100_000 and sum(it.file_size for it in entries) <= 256 << 20, "unpacks to too much")
        need(len({it.filename for it in entries}) == len(entries), "a name is there twice")
        names = sorted(it for it in dossier.namelist() if re.fullmatch(r"proofs/[^/]+\.json", it))
        return [(name, lambda it=dossier.read(name): read_json(it)) for name in need(names, "no proof in it")]
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
        raise Stop("failed", f"the dossier cannot be unpacked: {error}")

if __name__ == "__main__":
    parser, valid = argparse.ArgumentParser(description=__doc__), True
    for name, how in [("file", {}), ("--key", {"action": "append"}), ("--witness", {"action": "append"})]:
        parser.add_argument(name, **how)
    args = parser.parse_args()
    try:
        for name, read in proofs(open(args.file, "rb").read()):
            print("proof", name, "", sep="\t")
            for step, verdict, detail in check(read, args.key or [], args.witness or []):
                print(step, verdict, detail, sep="\t")
                valid &= verdict == "ok" or verdict != "failed" and step in ("witnesses", "timestamp")
    except Stop as stop:
        valid = print("file", *stop.args, sep="\t")
    sys.exit(not valid)
