"""A small login server on loopback: discovery, authorization code with PKCE and nonce, signed tokens, logout.

It checks what a careful server checks, and can be told to go wrong in one way.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, PASSWORD = "dasbor", "rahasia-klien-7d1f0c"
FAULTS = ("issuer", "expired", "nonce", "foreign-key", "audience", "unsigned", "no-subject")


class Login:
    """Who is at the login server, what goes wrong, and what was handed out."""

    def __init__(self):
        self.key, self.foreign = (RSAKey.generate_key(2048, {"kid": "satu"}) for _ in range(2))
        self.address = ""
        self.user = {}
        self.fault = ""
        self.made_ago = 0
        self.codes = {}
        self.handed_out = []
        self.refused = []
        self.logouts = 0

    def claims(self, nonce):
        now = int(time.time()) - self.made_ago
        return {
            "iss": "http://127.0.0.1:1" if self.fault == "issuer" else self.address,
            "aud": "lain" if self.fault == "audience" else CLIENT,
            "iat": now,
            "exp": int(time.time()) - 3600 if self.fault == "expired" else int(time.time()) + 300,
            "nonce": "lain" if self.fault == "nonce" else nonce,
            **{k: v for k, v in self.user.items() if not (self.fault == "no-subject" and k == "sub")},
        }

    def token(self, nonce):
        claims = self.claims(nonce)
        if self.fault == "unsigned":
            parts = ({"alg": "none"}, claims)
            return ".".join(base64.urlsafe_b64encode(json.dumps(p).encode()).decode().rstrip("=") for p in parts) + "."
        key = self.foreign if self.fault == "foreign-key" else self.key
        return jwt.encode({"alg": "RS256", "kid": "satu"}, claims, key)


@contextmanager
def login_server():
    """Run one; gives its Login."""
    login = Login()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_):
            pass

        def answer(self, told, status=200):
            content = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def go(self, address):
            self.send_response(302)
            self.send_header("Location", address)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_GET(self):
            parts = urlsplit(self.path)
            query = {k: v[0] for k, v in parse_qs(parts.query).items()}
            if parts.path == "/.well-known/openid-configuration":
                self.answer(
                    {
                        "issuer": login.address,
                        "authorization_endpoint": f"{login.address}/authorize",
                        "token_endpoint": f"{login.address}/token",
                        "jwks_uri": f"{login.address}/jwks",
                        "end_session_endpoint": f"{login.address}/logout",
                        "response_types_supported": ["code"],
                        "subject_types_supported": ["public"],
                        "id_token_signing_alg_values_supported": ["RS256"],
                        "code_challenge_methods_supported": ["S256"],
                    }
                )
            elif parts.path == "/jwks":
                self.answer({"keys": [login.key.as_dict(private=False)]})
            elif parts.path == "/authorize":
                code = secrets.token_urlsafe(24)
                login.codes[code] = query
                login.handed_out.append(code)
                self.go(f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}")
            elif parts.path == "/logout":
                login.logouts += 1
                self.go(query["post_logout_redirect_uri"])
            else:
                self.answer({"error": "not_found"}, 404)

        def do_POST(self):
            form = {k: v[0] for k, v in parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()).items()}
            asked = login.codes.pop(form.get("code"), None)
            basic = base64.b64encode(f"{CLIENT}:{PASSWORD}".encode()).decode()
            verifier = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
            checks = {
                "path": self.path == "/token",
                "client": self.headers.get("Authorization") == f"Basic {basic}",
                "code": asked is not None,
                "redirect": asked is not None and form.get("redirect_uri") == asked["redirect_uri"],
                "pkce": asked is not None
                and asked.get("code_challenge_method") == "S256"
                and base64.urlsafe_b64encode(verifier).decode().rstrip("=") == asked["code_challenge"],
                "nonce": asked is not None and bool(asked.get("nonce")),
            }
            wrong = [name for name, good in checks.items() if not good]
            if wrong:
                login.refused.append(wrong)
                self.answer({"error": "invalid_grant"}, 400)
                return
            tokens = {"id_token": login.token(asked["nonce"]), "access_token": secrets.token_urlsafe(24)}
            login.handed_out += tokens.values()
            self.answer({**tokens, "token_type": "Bearer", "expires_in": 300})

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    login.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield login
    finally:
        server.shutdown()
        server.server_close()
