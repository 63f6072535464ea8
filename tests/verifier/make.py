#!/usr/bin/env python3
"""Makes samples/: a proof, a receipt and a dossier of a made-up log of 300 entries, and the keys that check them.

Keys and salts are fixed; the time stamping authorities are made anew by OpenSSL, so run it only to change the format.
"""
import base64, hmac, json, os, struct, subprocess, tempfile, zipfile
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from verify import canonical, key_identity, sha256

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "samples")
ORIGIN, SIZE, CONFIRMED, REQUESTED = "consent.example.org/log", 300, 271, 42
AT = 1_774_000_000
TEXT = "Our monthly news by email.\nHow often: about once a month\n\nYes, sign me up"
LEGAL = "Acme SAS, 1 rue de la Paix, 75002 Paris"


class Signer:
    """An Ed25519 key with a name."""

    def __init__(self, name, kind):
        self.name, self.kind = name, kind
        self.private = Ed25519PrivateKey.from_private_bytes(sha256(b"sample key of " + name.encode()))
        self.public = self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def vkey(self):
        key = base64.b64encode(bytes([self.kind]) + self.public).decode()
        return f"{self.name}+{key_identity(self.name, self.kind, self.public).hex()}+{key}"

    def line(self, kind, blob):
        blob = key_identity(self.name, kind, self.public) + blob
        return f"— {self.name} {base64.b64encode(blob).decode()}\n"

    def sign(self, text):
        return self.line(1, self.private.sign(text))

    def cosign(self, text, at):
        return self.line(4, struct.pack(">Q", at) + self.private.sign(b"cosignature/v1\ntime %d\n" % at + text))


def record(number):
    wording = {"id": "wrd_1", "locale": "en", "version": 3, "sha256": sha256(TEXT.encode()).hex(), "name": "Newsletter",
               "text": "Our monthly news by email.", "frequency": "monthly"}
    kind, before, after = ("consent.confirmed", "pending", "confirmed")
    if number == REQUESTED:
        kind, before, after = ("signup.requested", "unknown", "unknown")
    return {
        "id": f"evd_{number:08}", "type": kind, "at": f"2026-03-{number // 10 % 20 + 1:02}T10:{number % 60:02}:07.250Z",
        "receipt": "R-7QMK-2F4T", "controller": {"id": "tnt_1", "name": "Acme", "legal": LEGAL},
        "contact": "con_1", "email": f"ada{number}@example.org", "method": "link", "locale": "en",
        "purposes": [{"id": "pps_1", "slug": "newsletter", "state": after, "previous_state": before, "wording": wording}],
        "notice": {"version": 2, "sha256": sha256(b"notice").hex()}, "shown": TEXT,
        "visit": {"network": "192.0.2.0/24", "user_agent": "Mozilla/5.0 (Zürich; “é”)"}, "request": f"req_{number}",
    }


def plain(value):
    return json.loads(json.dumps(value), parse_int=float)


def salt(number):
    return sha256(b"sample salt %d" % number)


def entry(number):
    if number % 50 == 0:
        return '{"h":"%s","t":"wording","v":1}' % sha256(b"%d" % number).hex()
    commitment = hmac.new(salt(number), canonical(plain(record(number))).encode(), "sha256").hexdigest()
    return '{"c":"%s","t":"evidence","v":1}' % commitment


def root(leaves):
    if len(leaves) == 1:
        return leaves[0]
    half = split(len(leaves))
    return sha256(b"\x01" + root(leaves[:half]) + root(leaves[half:]))


def split(size):
    return 1 << (size - 1).bit_length() - 1


def path(index, leaves):
    if len(leaves) == 1:
        return []
    half = split(len(leaves))
    if index < half:
        return [*path(index, leaves[:half]), root(leaves[half:])]
    return [*path(index - half, leaves[half:]), root(leaves[:half])]


def stamp(folder, kind, text):
    """A token of a new authority (its certificate signed by a new root), and that root."""
    path = lambda name: os.path.join(folder, f"{kind}.{name}")
    run = lambda *args: subprocess.run(["openssl", *args], check=True, capture_output=True)
    new = {"rsa": ["-newkey", "rsa:2048"], "ec": ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]}[kind]
    with open(path("cnf"), "w") as config:
        config.write(f"""[req]\ndistinguished_name = name\nprompt = no\n[name]\nCN = Sample {kind} authority
[root]\nbasicConstraints = critical,CA:TRUE\nkeyUsage = critical,keyCertSign
[leaf]\nbasicConstraints = CA:FALSE\nkeyUsage = critical,digitalSignature\nextendedKeyUsage = critical,timeStamping
[tsa]\nserial = {path("serial")}\nsigner_digest = sha256\ndefault_policy = 1.3.6.1.4.1.99999.1\ndigests = sha256
ess_cert_id_chain = no\ness_cert_id_alg = sha256\ncrypto_device = builtin\n""")
    run("req", "-x509", *new, "-nodes", "-config", path("cnf"), "-extensions", "root", "-days", "7300",
        "-subj", f"/CN=Sample {kind} root", "-keyout", path("root.key"), "-out", path("root.pem"))
    run("req", "-new", *new, "-nodes", "-config", path("cnf"), "-keyout", path("key"), "-out", path("csr"))
    run("x509", "-req", "-in", path("csr"), "-CA", path("root.pem"), "-CAkey", path("root.key"), "-CAcreateserial",
        "-days", "7000", "-extfile", path("cnf"), "-extensions", "leaf", "-out", path("pem"))
    with open(path("text"), "wb") as file:
        file.write(text)
    run("ts", "-query", "-data", path("text"), "-sha256", "-cert", "-out", path("query"))
    run("ts", "-reply", "-config", path("cnf"), "-section", "tsa", "-queryfile", path("query"), "-inkey", path("key"),
        "-signer", path("pem"), "-token_out", "-out", path("token"))
    with open(path("token"), "rb") as token, open(path("root.pem")) as pem:
        return base64.b64encode(token.read()).decode(), pem.read()


def main():
    os.makedirs(HERE, exist_ok=True)
    leaves = [sha256(b"\x00" + entry(it).encode()) for it in range(SIZE)]
    log = Signer(ORIGIN, 1)
    witnesses = [Signer("witness.example.net/w1", 4), Signer("witness.example.com/w2", 4)]
    text = f"{ORIGIN}\n{SIZE}\n{base64.b64encode(root(leaves)).decode()}\n".encode()
    signed = text.decode() + "\n" + log.sign(text) + log.cosign(text, AT)
    seen = signed + "".join(it.cosign(text, AT + 1) for it in witnesses)
    with tempfile.TemporaryDirectory() as folder:
        stamps = {kind: stamp(folder, kind, text) for kind in ("rsa", "ec")}

    def proof(number, checkpoint=signed, witnesses=(), threshold=0, timestamps=()):
        hashes = "".join(base64.b64encode(it).decode() + "\n" for it in path(number, leaves))
        return {
            "format": "ayeaye-proof/1", "record": record(number), "salt": salt(number).hex(), "entry": entry(number),
            "proof": f"c2sp.org/tlog-proof@v1\nindex {number}\n{hashes}\n{checkpoint}",
            "keys": {"log": [log.vkey()], "witnesses": list(witnesses), "threshold": threshold},
            "timestamps": list(timestamps),
        }

    tokens = [{"tsa": f"https://{kind}.tsa.example", "token": token} for kind, (token, _) in stamps.items()]
    full = {"checkpoint": seen, "witnesses": [it.vkey() for it in witnesses], "threshold": 2, "timestamps": tokens}
    receipt = {"@context": {"proofs": {"@id": "urn:ayeaye:proofs", "@type": "@json"}}, "receipt": "R-7QMK-2F4T",
               "proofs": [proof(CONFIRMED, **full), proof(REQUESTED, **full)]}
    waiting = {key: value for key, value in proof(CONFIRMED).items() if key != "proof"}
    for name, value in [("proof", proof(CONFIRMED)), ("receipt", receipt), ("waiting", waiting)]:
        with open(os.path.join(HERE, name + ".json"), "w") as file:
            json.dump(value, file, indent=1, ensure_ascii=False)
    with zipfile.ZipFile(os.path.join(HERE, "dossier.zip"), "w", zipfile.ZIP_DEFLATED) as dossier:
        dossier.writestr("dossier.pdf", b"%PDF-1.7\n", zipfile.ZIP_STORED)
        for at, number in enumerate([REQUESTED, CONFIRMED, 7], 1):
            dossier.writestr(f"proofs/{at:04}.json", json.dumps(proof(number, **full)))
        dossier.writestr("keys.txt", "".join(it.vkey() + "\n" for it in [log, *witnesses]))
        dossier.writestr(f"checkpoints/{SIZE}.txt", seen)
    with open(os.path.join(HERE, "keys.txt"), "w") as file:
        file.write("".join(it.vkey() + "\n" for it in [log, *witnesses]))
    with open(os.path.join(HERE, "roots.pem"), "w") as file:
        file.write("".join(pem for _, pem in stamps.values()))


if __name__ == "__main__":
    main()
