"""An SMTP server for the tests that is not ours: aiosmtpd, storing each mail as a file.

Prints `listening on PORT` once it takes connections. Mail number N becomes `N.eml` beside `N.json`, its envelope.
"""

import argparse
import asyncio
import json
import os
import pathlib
import ssl

from aiosmtpd.smtp import SMTP, AuthResult


class Store:
    """Keeps mails in a folder; the envelope is written last, so that a mail with an envelope is whole."""

    def __init__(self, folder, encrypted):
        self.folder = pathlib.Path(folder)
        self.encrypted = encrypted
        self.count = 0

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        name = f"{self.count:06}"
        (self.folder / f"{name}.eml").write_bytes(envelope.original_content)
        facts = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "tls": self.encrypted or session.ssl is not None,
            "user": session.auth_data.login.decode() if session.auth_data else None,
        }
        unfinished = self.folder / f"{name}.unfinished"
        unfinished.write_text(json.dumps(facts))
        os.rename(unfinished, self.folder / f"{name}.json")
        return "250 2.0.0 Stored"


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--mode", choices=["plain", "starttls", "tls"], required=True)
    parser.add_argument("--folder", required=True)
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    parser.add_argument("--user")
    parser.add_argument("--password")
    return parser.parse_args()


def protocol(options, tls):
    given = {"hostname": "real.test", "enable_SMTPUTF8": True}
    if options.mode == "starttls":
        given |= {"tls_context": tls, "require_starttls": True}
    if options.user:

        def authenticate(server, session, envelope, mechanism, data):
            right = (data.login.decode(), data.password.decode()) == (options.user, options.password)
            return AuthResult(success=right, handled=False, auth_data=data)

        given |= {
            "authenticator": authenticate,
            "auth_required": True,
            # aiosmtpd only counts STARTTLS as encryption.
            "auth_require_tls": options.mode == "starttls",
        }
    store = Store(options.folder, encrypted=options.mode == "tls")
    return lambda: SMTP(store, **given)


async def main():
    options = arguments()
    tls = None
    if options.mode != "plain":
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(options.certificate, options.key)
    server = await asyncio.get_running_loop().create_server(
        protocol(options, tls),
        host="127.0.0.1",
        port=0,
        ssl=tls if options.mode == "tls" else None,
    )
    print("listening on", server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
