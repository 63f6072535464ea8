#!/usr/bin/env python3
"""Checks a proof, a receipt or a dossier; written from the published format alone, with no code of the service.

verify.py FILE [--key VKEY] [--witness VKEY]
One line a step: step<TAB>verdict<TAB>detail, after `proof<TAB>name`. Exit code 0: valid, 1: not valid.
"""
import argparse, base64, hashlib, hmac, io, json, math, os, re, struct, subprocess, sys, tempfile, zipfile, zlib
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

STEPS = ["record", "commitment", "leaf", "inclusion", "checkpoint", "witnesses", "timestamp"]
MIB, HEX = 1 << 20, re.compile(r"[0-9a-f]{64}")


class Failed(Exception):
    pass


def need(condition, why):
    if not condition:
        raise Failed(why)


def read_json(data):
    """JSON as RFC 8785 wants it: no member twice, every number a finite double, no lone surrogate, 64 levels deep."""
    def members(pairs):
        need(len({key for key, _ in pairs}) == len(pairs), "a member is there twice")
        return dict(pairs)
    def number(text):
        need(math.isfinite(float(text)), f"{text} is too large")
        return float(text)
    try:
        text = data.decode("utf-8")
        depth = 0
        for bracket in re.findall(r'"(?:[^"\\]|\\.)*"?|[\[\]{}]', text, re.S):
            depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(bracket, 0)
            need(depth <= 64, "nested deeper than 64")
        value = json.loads(text, object_pairs_hook=members, parse_int=number, parse_float=number,
                           parse_constant=lambda it: need(False, f"{it} is not JSON"))
        json.dumps(value, ensure_ascii=False).encode("utf-8")
        return value
    except UnicodeError as error:
        raise Failed(f"byte {error.start}: not Unicode")
    except json.JSONDecodeError as error:
        raise Failed(f"byte {len(error.doc[:error.pos].encode())}: {error.msg}")


def canonical(value):
    if isinstance(value, dict):
        keys = sorted(value, key=lambda it: it.encode("utf-16-be"))
        return "{" + ",".join(canonical(key) + ":" + canonical(value[key]) for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, float):
        return number(value)
    return json.dumps(value, ensure_ascii=False)


def number(value):
    """As ECMAScript writes it."""
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    digits, power = re.fullmatch(r"([\d.]+)(?:e([+-]\d+))?", repr(abs(value))).groups()
    whole, _, part = digits.partition(".")
    point = len(whole) + int(power or 0)
    digits = whole + ("" if part == "0" else part)
    point -= len(digits) - len(digits.lstrip("0"))
    digits = digits.strip("0")
    if 0 < point <= 21:
        text = digits.ljust(point, "0")[:point] + ("." + digits[point:] if len(digits) > point else "")
    elif -6 < point <= 0:
        text = "0." + "0" * -point + digits
    else:
        text = digits[0] + ("." + digits[1:] if digits[1:] else "") + f"e{point - 1:+d}"
    return sign + text


def base64_of(text, what, length=None):
    try:
        data = base64.b64decode(text, validate=True)
        need(base64.b64encode(data).decode() == text and length in (None, len(data)), what)
        return data
    except (ValueError, TypeError, AttributeError):
        raise Failed(what)


def sha256(data):
    return hashlib.sha256(data).digest()


def parse_key(vkey, kind):
    need(isinstance(vkey, str), "a key is no text")
    name, key_id, key = (vkey.split("+", 2) + ["", ""])[:3]
    key = base64_of(key, f"{vkey} is not a key", 33)
    same = key_id == key_identity(name, kind, key[1:]).hex() and key[0] == kind
    need(name and not re.search(r"\s", name) and same, f"{vkey} is not a key")
    return name, bytes.fromhex(key_id), key[1:]


def key_identity(name, kind, key):
    return sha256(name.encode() + b"\n" + bytes([kind]) + key)[:4]


def signed(key, signature, message, why):
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        raise Failed(why)


def cosigned(key, blob, text, why):
    """A cosignature/v1: eight bytes of time, then a signature over it and the text."""
    need(len(blob) == 72, why)
    at = struct.unpack(">Q", blob[:8])[0]
    signed(key, blob[8:], b"cosignature/v1\ntime %d\n" % at + text, why)
    return at


def inclusion_root(leaf, index, size, hashes):
    """RFC 9162 section 2.1.3.2."""
    fn, sn, root = index, size - 1, leaf
    for it in hashes:
        need(sn > 0, "the proof is too long")
        if fn & 1 or fn == sn:
            root = sha256(b"\x01" + it + root)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            root = sha256(b"\x01" + root + it)
        fn, sn = fn >> 1, sn >> 1
    need(sn == 0, "the proof is too short")
    return root


def decimal(text, why):
    need(re.fullmatch(r"0|[1-9][0-9]{0,19}", text) and int(text) < 1 << 64, why)
    return int(text)


class Checker:
    """One proof object; each step leaves what the next ones need."""

    def __init__(self, proof, keys, witnesses):
        self.proof, self.given, self.given_witnesses = proof, keys, witnesses

    def record(self):
        need(isinstance(self.proof, dict) and self.proof.get("format") == "ayeaye-proof/1", "no ayeaye-proof/1")
        need(isinstance(self.proof.get("record"), dict), "the record is no object")
        self.canonical = canonical(self.proof["record"]).encode()
        return "ok", f"{len(self.canonical)} bytes"

    def commitment(self):
        salt, self.entry = self.proof.get("salt"), self.proof.get("entry")
        need(isinstance(salt, str) and HEX.fullmatch(salt), "the salt is not 64 hex digits")
        commitment = hmac.new(bytes.fromhex(salt), self.canonical, "sha256").hexdigest()
        expected = '{"c":"%s","t":"evidence","v":1}' % commitment
        need(self.entry == expected, "the entry does not commit to this record")
        return "ok", commitment

    def leaf(self):
        self.leaf_hash = sha256(b"\x00" + self.entry.encode())
        return "ok", self.leaf_hash.hex()

    def inclusion(self):
        proof = self.proof.get("proof")
        if proof is None:
            return "absent", "not in the log yet"
        need(isinstance(proof, str) and "\n\n" in proof, "the proof has no checkpoint")
        head, self.note = proof.split("\n\n", 1)
        head = head.split("\n")
        need(head.pop(0) == "c2sp.org/tlog-proof@v1", "line 1 of the proof")
        if head and head[0].startswith("extra "):
            base64_of(head.pop(0)[6:], "the extra data")
        need(head and head[0].startswith("index "), "the proof has no index")
        index = decimal(head.pop(0)[6:], "the index")
        need(len(head) <= 64, "more than 64 hashes")
        hashes = [base64_of(it, "a hash of the proof", 32) for it in head]
        at = self.note.rfind("\n\n")
        need(at >= 0, "the checkpoint has no signatures")
        self.text, self.lines = self.note[:at + 1], self.note[at + 2:]
        lines = self.text[:-1].split("\n")
        need(len(lines) >= 3 and all(lines), "the checkpoint has too few lines")
        self.origin, size = lines[0], decimal(lines[1], "the size")
        root = base64_of(lines[2], "the root", 32)
        need(index < size, "the index is beyond the tree")
        need(inclusion_root(self.leaf_hash, index, size, hashes) == root, "the proof leads to another root")
        return "ok", f"{index} of {size}"

    def checkpoint(self):
        if self.proof.get("proof") is None:
            return "absent", "no checkpoint yet"
        self.text = self.text.encode()
        need(not re.search(r"[\x00-\x09\x0b-\x1f]", self.note), "a control character")
        need(self.lines.endswith("\n"), "the last signature line has no end")
        self.signatures = []
        for line in self.lines[:-1].split("\n"):
            match = re.fullmatch(r"— ([^\s+]+) (\S+)", line)
            need(match, "a signature line cannot be read")
            blob = base64_of(match[2], "a signature cannot be read")
            need(len(blob) > 4, "a signature is too short")
            self.signatures.append((match[1], blob[:4], blob[4:]))
        own = self.proof.get("keys", {})
        own = own.get("log", []) if isinstance(own, dict) else []
        keys = [parse_key(it, 1) for it in self.given or (own if isinstance(own, list) else [])]
        keys = [it for it in keys if it[0] == self.origin]
        need(keys, f"no key of {self.origin}")
        found, at = False, None
        for name, key_id, key in keys:
            for blob in self.by(name, key_id):
                signed(key, blob, self.text, "the signature of the log is wrong")
                found = True
            for blob in self.by(name, key_identity(name, 4, key)):
                at = cosigned(key, blob, self.text, "the time line of the log is wrong")
        need(found, "the log did not sign")
        return "ok", f"{self.origin} at {at}, key {'given' if self.given else 'of the file'}"

    def by(self, name, key_id):
        return [blob for signer, signer_id, blob in self.signatures if (signer, signer_id) == (name, key_id)]

    def witnesses(self):
        if self.proof.get("proof") is None:
            return "absent", "no checkpoint yet"
        own = self.proof.get("keys", {})
        own = own if isinstance(own, dict) else {}
        named, needed = own.get("witnesses", []), own.get("threshold", 0)
        if self.given_witnesses:
            named, needed = self.given_witnesses, len(set(self.given_witnesses))
        need(isinstance(named, list), "the witnesses are no list")
        need(isinstance(needed, float | int) and needed >= 0 and needed == int(needed), "the threshold is no number")
        if not named and not needed:
            return "absent", "no witness is named"
        seen = 0
        for name, key_id, key in {parse_key(it, 4) for it in named}:
            blobs = self.by(name, key_id)
            for blob in blobs:
                cosigned(key, blob, self.text, f"the cosignature of {name} is wrong")
            seen += bool(blobs)
        need(seen >= needed, f"{seen} witnesses signed, {int(needed)} are needed")
        return "ok", f"{seen} signed, {int(needed)} needed"

    def timestamp(self):
        stamps = self.proof.get("timestamps", [])
        need(isinstance(stamps, list), "the time stamps are no list")
        if not stamps or self.proof.get("proof") is None:
            return "absent", "no time stamp"
        for stamp in stamps:
            token = base64_of(stamp.get("token") if isinstance(stamp, dict) else None, "a token is not base64")
            check_token(token, self.text)
        return "ok", f"{len(stamps)}, authority not compared"


def check_token(token, text):
    """By OpenSSL: the certificates that came with the token stand in for trusted ones, at the time that it says."""
    with tempfile.TemporaryDirectory() as folder:
        path = lambda name: os.path.join(folder, name)
        for name, data in [("token", token), ("text", text)]:
            open(path(name), "wb").write(data)
        run = lambda *args: subprocess.run(["openssl", *args], capture_output=True, text=True)
        run("pkcs7", "-inform", "DER", "-in", path("token"), "-print_certs", "-out", path("certs"))
        shown = run("ts", "-reply", "-token_in", "-in", path("token"), "-text", "-token_out").stdout
        match = re.search(r"Time stamp: (.*)", shown)
        need(match, "a time stamp cannot be read")
        at = subprocess.run(["date", "-u", "-d", match[1], "+%s"], capture_output=True, text=True).stdout.strip()
        need(at, "a time stamp has no time")
        done = run("ts", "-verify", "-token_in", "-in", path("token"), "-data", path("text"), "-CAfile", path("certs"),
                   "-partial_chain", "-attime", at)
        need(done.returncode == 0, "a time stamp is wrong: " + " ".join(done.stderr.split()))


def check(proof, keys, witnesses):
    checker, failed = Checker(proof, keys, witnesses), set()
    for step in STEPS:
        try:
            # The time stamp stands on the checkpoint, not on the witnesses.
            need(not failed - {"witnesses"}, None)
            verdict, detail = getattr(checker, step)()
        except Failed as why:
            verdict, detail = ("failed", why) if why.args[0] else ("unchecked", "an earlier step failed")
            failed.add(step)
        yield step, verdict, detail


def proofs(data):
    """Name and reader of each proof object in a file."""
    need(len(data) <= 16 * MIB, "larger than 16 MiB")
    if not data.startswith(b"PK"):
        value = read_json(data)
        several = value.get("proofs") if isinstance(value, dict) else None
        need(isinstance(several, list) or isinstance(value, dict) and "format" in value, "no proof, receipt or dossier")
        several = [value] if "format" in value else several
        need(several, "no proof in it")
        return [(f"proofs[{at}]" if "proofs" in value else "proof", lambda it=it: it) for at, it in enumerate(several)]
    try:
        dossier = zipfile.ZipFile(io.BytesIO(data))
        entries = dossier.infolist()
        need(len(entries) <= 100_000 and sum(it.file_size for it in entries) <= 256 * MIB, "unpacks to too much")
        need(len({it.filename for it in entries}) == len(entries), "a name is there twice")
        names = sorted(it for it in dossier.namelist() if re.fullmatch(r"proofs/[^/]+\.json", it))
        need(names, "no proof in it")
        return [(name, lambda it=dossier.read(name): read_json(it)) for name in names]
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
        raise Failed(f"the dossier cannot be unpacked: {error}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--key", action="append", default=[])
    parser.add_argument("--witness", action="append", default=[])
    args = parser.parse_args()
    valid = True
    try:
        for name, read in proofs(open(args.file, "rb").read()):
            print("proof", name, "", sep="\t")
            try:
                lines = list(check(read(), args.key, args.witness))
            except Failed as why:
                lines = [(it, "unchecked", "not read") for it in STEPS]
                lines[0] = ("record", "failed", why)
            for line in lines:
                print(*line, sep="\t")
            verdicts = [verdict for _, verdict, _ in lines]
            valid &= verdicts[:5] == ["ok"] * 5 and "failed" not in verdicts
    except Failed as why:
        print("file", "failed", why, sep="\t")
        valid = False
    sys.exit(0 if valid else 1)


if __name__ == "__main__":
    main()
