import base64, hashlib, hmac, sys


def mint_links(base, kid, key, who, purpose=""):
    """The unsubscribe and preferences links of `who`: an email address, or an id of yours."""
    mac = lambda text: hmac.new(key, text.encode(), hashlib.sha256).digest()
    b64 = lambda data: base64.urlsafe_b64encode(data).decode().rstrip("=")
    ref = "e" + b64(mac("aye-ref-v1\n" + who.strip().lower())[:16]) if "@" in who else "x" + who
    token = lambda p: f"{kid}.{ref}." + b64(mac(f"aye-link-v1\n{kid}\n{ref}\n{p}"))
    unsubscribe = f"{base}/u/{token(purpose)}" + (f"?p={purpose}" if purpose else "")
    return unsubscribe, f"{base}/p/{token('')}"


if __name__ == "__main__":
    # python3 mint_links.py https://consent.example.org lk1 KEY_HEX ada@example.org newsletter
    base, kid, key, who, purpose = sys.argv[1:6]
    print(*mint_links(base, kid, bytes.fromhex(key), who, purpose), sep="\n")
