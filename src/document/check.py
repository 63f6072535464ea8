import base64, glob, hashlib, hmac, json

def sha256(data):
    return hashlib.sha256(data).digest()

def check(path):
    it = json.load(open(path, encoding="utf-8"))
    text = json.dumps(it["record"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    mac = hmac.new(bytes.fromhex(it["salt"]), text.encode(), "sha256").hexdigest()
    if mac != json.loads(it["entry"])["c"]:
        return "the record is not what was committed to"
    if "proof" not in it:
        return "ok, but still waiting for its place in the log"
    head, checkpoint = it["proof"].split("\n\n", 1)
    origin, size, root = checkpoint.split("\n")[:3]
    lines = head.split("\n")
    start = next(n for n, line in enumerate(lines) if line.startswith("index "))
    at, last = int(lines[start].split()[1]), int(size) - 1
    node = sha256(b"\x00" + it["entry"].encode())
    for sibling in map(base64.b64decode, lines[start + 1:]):
        if at % 2 or at == last:
            node = sha256(b"\x01" + sibling + node)
            while at % 2 == 0 and at:
                at, last = at // 2, last // 2
        else:
            node = sha256(b"\x01" + node + sibling)
        at, last = at // 2, last // 2
    if last or base64.b64encode(node).decode() != root:
        return "the proof does not lead to the root"
    return "ok: in " + origin + ", " + size + " entries, root " + root

for path in sorted(glob.glob("proofs/*.json")):
    print(path + ": " + check(path))
