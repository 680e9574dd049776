"""What stands before every route, at the real server: headers, hosts, origins, and answers that give nothing away."""

import asyncio
import http.client
import re
import socket

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from kkb.config import ROOT
from kkb.ui import masuk, operator, pantau, penjaga
from tests.browser.conftest import serving

PATHS = [
    *("/", "/peta", "/peta?kecamatan=630908", "/data", "/tidak-ada", "/index.html", "/favicon.png"),
    *("/static/tidak-ada.js", "/_stcore/health", "/_stcore/host-config", "/_stcore/metrics", "/_stcore/tidak-ada"),
    *("/media/tidak-ada.png", "/component/streamlit_folium.st_folium/index.html", "/component/tidak.ada/index.html"),
    *("/aset/0/peta.js", "/lapisan/0.json", "/warna/0/id/akhir.json", "/tayang/0.html", "/auth/login", "/auth/logout"),
    *(
        "/oauth2callback?code=x&state=y",
        "/auth/login?provider=x",
        "/_stcore/agent/openapi.json",
        "/_stcore/script-health",
    ),
    *(
        "/../../etc/passwd",
        "/aset/0/..%2f..%2fserver.py",
        "/static/..%2f..%2f..%2fetc%2fpasswd",
        "//evil.test/",
        "/%00",
    ),
    *("/media/..%2f..%2fetc%2fpasswd", "/component/streamlit_folium.st_folium/..%2f..%2f__init__.py", "/app/static/x"),
]
SAYS_TOO_MUCH = re.compile(r"Traceback|site-packages|/home/|/usr/|/etc/|/work/|root:|\.py\b|" + re.escape(str(ROOT)))


@pytest.fixture(scope="module")
def server(golden_published, tmp_path_factory):
    """The address of the app: host and port; one more name is served."""
    with serving(golden_published, tmp_path_factory.mktemp("log") / "log", KKB_HOST="kkb.test") as address:
        yield address.removeprefix("http://")


def ask(server, path, method="GET", body=None, **headers):
    connection = http.client.HTTPConnection(server, timeout=20)
    connection.putrequest(method, path, skip_host=True)
    told = {"Host": server, **{k.replace("_", "-"): v for k, v in headers.items()}}
    if body is not None:
        told["Content-Length"] = str(len(body))
    for name, value in told.items():
        connection.putheader(name, value)
    connection.endheaders(body)
    answer = connection.getresponse()
    text = answer.read().decode("utf-8", "replace")
    connection.close()
    return answer.status, answer.headers, text


def shake(server, **headers):
    """The first line of the answer to a browser that opens the websocket."""
    told = {"Host": server, **headers}
    lines = [f"{k}: {v}\r\n" for k, v in told.items()]
    name, port = server.split(":")
    with socket.create_connection((name, int(port)), timeout=20) as line:
        line.sendall(
            (
                f"GET /_stcore/stream HTTP/1.1\r\n{''.join(lines)}Upgrade: websocket\r\nConnection: Upgrade\r\n"
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
            ).encode()
        )
        return line.recv(400).decode().split("\r\n")[0]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_has_the_headers_and_says_nothing_of_the_machine(server, path):
    status, headers, text = ask(server, path)
    assert status < 500
    for name, value in penjaga.FIXED.items():
        assert headers.get_all(name) == [value], name
    (policy,) = headers.get_all("Content-Security-Policy")
    assert "default-src 'none'" in policy
    if "/static/" not in path:
        assert not SAYS_TOO_MUCH.search(re.sub(r"/static/\S+", "", text))
    assert "access-control-allow-origin" not in {k.lower() for k in headers} or status == 204


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE"])
@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/_stcore/agent/interact", "/_stcore/upload_file/a/b"])
def test_other_methods_have_the_headers_too_and_fail_in_few_words(server, method, path):
    status, headers, text = ask(server, path, method, b"" if method in ("POST", "PUT", "PATCH") else None)
    assert status < 500
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert not SAYS_TOO_MUCH.search(text)


def test_the_policy_of_pages_names_no_other_host_and_lets_no_text_run_as_script():
    rules = dict(rule.split(" ", 1) for rule in penjaga.policy().split("; "))
    assert "unsafe-inline" not in rules["script-src"]
    assert re.fullmatch(r"'self' 'unsafe-eval'( 'sha256-[\w+/=]+'){3}", rules["script-src"])
    assert not re.search(r"https?:|wss?:|\*", penjaga.policy())
    frame = dict(rule.split(" ", 1) for rule in penjaga.policy(component=True).split("; "))
    assert {k for k, v in frame.items() if v != rules[k]} == {"script-src", "img-src"}


@pytest.mark.parametrize(
    ("host", "served"),
    [
        ("127.0.0.1:{port}", True),
        ("localhost:{port}", True),
        ("[::1]:{port}", True),
        ("10.11.12.13", True),
        ("KKB.test:8443", True),
        ("kkb.test.", True),
        ("jahat.test", False),
        ("kkb.test.jahat.test", False),
        ("jahat.test:{port}", False),
        ("127.0.0.1.jahat.test", False),
        ("a@kkb.test", False),
        ("kkb.test/x", False),
        ("", False),
        ("[::1", False),
        ("kkb.test:x", False),
    ],
)
def test_only_known_hosts_are_served(server, host, served):
    told = host.format(port=server.split(":")[1])
    assert ask(server, "/_stcore/health", Host=told)[0] == (200 if served else 400)
    if not served and told:
        assert " 101 " not in shake(server, Host=told)


@pytest.mark.parametrize(
    ("origin", "opens"),
    [
        ("http://{server}", True),
        ("https://jahat.test", False),
        ("http://localhost:1", False),
        ("http://127.0.0.1", False),
        ("null", False),
        ("http://[", False),
        ("", False),
    ],
)
def test_the_websocket_opens_only_for_pages_of_this_server(server, origin, opens):
    line = shake(server, Origin=origin.format(server=server))
    assert (" 101 " in line) is opens, line


@pytest.mark.parametrize("origin", ["https://jahat.test", "http://[", "null"])
def test_requests_that_act_come_from_pages_of_this_server_only(server, origin):
    status, _headers, text = ask(server, "/_stcore/upload_file/a/b", "PUT", b"x", Origin=origin)
    assert (status, text) == (403, "Permintaan dari situs lain ditolak.")


def test_nobody_without_the_role_sends_a_file(server):
    status, _headers, text = ask(server, "/_stcore/upload_file/a/b", "PUT", b"x")
    assert (status, text) == (403, "Hanya operator yang dapat mengirim berkas.")


def test_the_way_for_programs_is_shut(server):
    status, _headers, text = ask(server, "/_stcore/agent/interact", "POST", b"{}", Content_Type="application/json")
    assert status in (403, 404), text


def call(app, scope, chunks=(b"",)):
    """Answer of an ASGI app: status, headers, body."""
    sent = []
    held = [{"type": "http.request", "body": c, "more_body": n < len(chunks) - 1} for n, c in enumerate(chunks)]

    async def receive():
        return held.pop(0)

    async def send(message):
        sent.append(message)

    given = {"type": "http", "path": "/", "query_string": b"", "headers": [(b"host", b"localhost")], **scope}
    asyncio.run(app(given, receive, send))
    return sent[0]["status"], dict(sent[0]["headers"]), b"".join(m.get("body", b"") for m in sent[1:])


def test_a_route_that_fails_answers_with_headers_and_without_its_reason(caplog):
    async def fails(scope, receive, send):
        raise OSError("/home/rahasia/berkas")

    status, headers, body = call(penjaga.SafeHeaders(pantau.Guard(fails)), {"method": "GET"})
    assert status == 500
    assert body.startswith(b"Permintaan ini tidak dapat dijawab. Kode kejadian: ")
    assert b"rahasia" not in body
    assert b"default-src 'none'" in headers[b"content-security-policy"]
    assert "/home/rahasia" in caplog.text


@pytest.mark.parametrize(("https", "flag"), [(True, True), (False, False)])
def test_cookies_travel_by_tls_where_readers_do(monkeypatch, https, flag):
    monkeypatch.setattr(masuk, "secure", lambda: https)

    async def sets(scope, receive, send):
        answer = PlainTextResponse("")
        answer.set_cookie("_streamlit_user", "x", max_age=30 * 24 * 3600, httponly=True, samesite="lax")
        await answer(scope, receive, send)

    cookie = call(penjaga.SafeHeaders(sets), {"method": "GET"})[1][b"set-cookie"]
    assert (b"; Secure" in cookie) is flag
    assert b"Max-Age=28800" in cookie


def sent(name, content=b"a;b\n1;2\n"):
    return (
        b'--x\r\nContent-Disposition: form-data; name="f"; filename="'
        + name.encode()
        + b'"\r\nContent-Type: text/csv\r\n\r\n'
        + content
        + b"\r\n--x--\r\n"
    )


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("nilai.csv", 200),
        ("NILAI.XLSX", 200),
        ("nilai.exe", 415),
        ("nilai.csv.html", 415),
        ("nilai", 415),
        ("", 415),
        ("é.ods", 200),
    ],
)
@pytest.mark.parametrize("size", [7, 10_000])
def test_the_kind_of_a_file_is_looked_at_on_the_server_and_the_file_arrives_whole(monkeypatch, name, status, size):
    monkeypatch.setattr(operator, "_uploading", {"sesi": None})
    got = []

    async def takes(scope, receive, send):
        got.append(await Request(scope, receive).body())
        await PlainTextResponse("")(scope, receive, send)

    whole = sent(name)
    chunks = [whole[n : n + size] for n in range(0, len(whole), size)]
    scope = {"method": "PUT", "path": "/_stcore/upload_file/sesi/1"}
    assert call(penjaga.Guard(takes), scope, chunks)[0] == status
    assert got == ([whole] if status == 200 else [])


def test_a_body_without_the_name_of_a_file_is_refused_before_it_is_read_to_its_end(monkeypatch):
    monkeypatch.setattr(operator, "_uploading", {"sesi": None})
    chunks = [b"x" * 4096] * 1000
    scope = {"method": "PUT", "path": "/_stcore/upload_file/sesi/1"}
    assert call(penjaga.Guard(None), scope, chunks)[0] == 415


def test_where_readers_log_in_files_stay_out_of_shared_caches(monkeypatch):
    async def gives(scope, receive, send):
        await PlainTextResponse("", headers={"Cache-Control": "public, max-age=9"})(scope, receive, send)

    scope = {"method": "GET", "path": "/lapisan/a.json"}
    assert call(penjaga.SafeHeaders(gives), scope)[1][b"cache-control"] == b"public, max-age=9"
    monkeypatch.setenv("KKB_PEMBACA", "login")
    assert call(penjaga.SafeHeaders(gives), scope)[1][b"cache-control"] == b"private, max-age=9"
    assert call(penjaga.Guard(gives), scope)[0] == 403


def test_streamlit_tells_nobody_and_asks_nobody():
    told = (ROOT / ".streamlit" / "config.toml").read_text()
    for line in ("gatherUsageStats = false", "enableXsrfProtection = true", 'serverAddress = "localhost"'):
        assert line in told
    assert 'showErrorDetails = "none"' in told
    assert "enableAgentApi" not in told
    assert "trustedUserHeaders" not in told
