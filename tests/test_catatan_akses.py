"""Whoever comes in, is kept out, leaves or gets a role stands in the log in one line, and no secret does."""

import asyncio
import json
import time

import pytest
from starlette.responses import PlainTextResponse, Response

from kkb import akses, peran
from kkb.errors import KkbError
from kkb.ui import masuk, operator, penjaga
from tests.test_masuk import logged_in  # noqa: F401  fixture
from tests.test_operasi import written  # noqa: F401  fixture

CODE = "kode-rahasia-4711"


@pytest.fixture
def told(written):  # noqa: F811
    """The access lines so far, without their time, each as kind and fields."""
    masuk._tell.cache_clear()

    def found():
        lines = written()
        assert not [line for line in lines if CODE in line]
        events = [e for e in map(json.loads, lines) if e["peristiwa"] == "akses"]
        return [(e["tingkat"], e["jenis"], {k: v for k, v in e.items() if k in FIELDS}) for e in events]

    return found


FIELDS = ("sebab", "akun", "oleh", "peran", "perlu")
ACCOUNT = "https://login.test#s-1"


def test_each_try_of_a_code_is_told_with_its_reason_and_without_the_code(tmp_path, told, monkeypatch):
    akses.redeem(tmp_path, CODE)
    monkeypatch.setattr("kkb.akses.secrets.token_urlsafe", lambda n: CODE)
    code = akses.issue(tmp_path)
    akses.redeem(tmp_path, "bukan")
    akses.redeem(tmp_path, code)
    code = akses.issue(tmp_path)
    with (tmp_path / akses.FILE).open("ab") as file:
        file.write(akses.MARK * akses.TRIES)
    akses.redeem(tmp_path, code)
    code = akses.issue(tmp_path)
    late = time.time() + 60 * akses.MINUTES + 1
    monkeypatch.setattr("kkb.akses.time.time", lambda: late)
    akses.redeem(tmp_path, code)
    assert [(kind, fields.get("sebab")) for _, kind, fields in told()] == [
        ("kode_ditolak", "tidak_ada"),
        ("kode_terbit", None),
        ("kode_ditolak", "salah"),
        ("kode_diterima", None),
        ("kode_terbit", None),
        ("kode_ditolak", "habis"),
        ("kode_terbit", None),
        ("kode_ditolak", "lewat"),
    ]
    assert {level for level, kind, _ in told() if kind == "kode_ditolak"} == {"WARNING"}


def test_a_code_typed_in_elsewhere_than_at_the_server_is_told(told, monkeypatch):
    monkeypatch.setattr(operator.st, "session_state", {operator._TRIED: CODE})
    operator._try()
    assert told() == [("WARNING", "kode_ditolak", {"sebab": "bukan_di_server"})]


def test_a_login_is_told_once_and_again_with_another_role(logged_in, told):  # noqa: F811
    logged_in(roles="operator", iat=int(time.time()) - 5)
    for _ in range(3):
        assert operator.is_operator()
    entered = ("INFO", "masuk", {"akun": ACCOUNT, "oleh": "Siti", "peran": "operator"})
    assert told() == [entered]
    logged_in(iat=int(time.time()) - 5)
    assert masuk.person()
    assert told()[1:] == [("INFO", "masuk", {"akun": ACCOUNT, "oleh": "Siti", "peran": "tanpa"})]


@pytest.mark.parametrize("reason", ["usia", "keluar", "diakhiri", "diam"])
def test_a_login_that_is_over_is_told_once_with_its_reason(logged_in, told, tmp_path, monkeypatch, reason):  # noqa: F811
    begun = int(time.time()) - (13 * 3600 if reason == "usia" else 10)
    logged_in(roles="admin", iat=begun)
    if reason in ("keluar", "diakhiri"):
        peran.end(tmp_path, "Budi", ACCOUNT, begun if reason == "keluar" else 0)
    if reason == "diam":
        later = time.time() + 31 * 60
        monkeypatch.setattr("kkb.sesi.time.time", lambda: later)
    assert masuk.person() is None
    assert masuk.person() is None
    over = [e for e in told() if e[1] == "sesi_berakhir"]
    assert over == [("INFO", "sesi_berakhir", {"sebab": reason, "akun": ACCOUNT})]


def test_roles_that_are_given_and_logins_that_are_ended_are_told(tmp_path, told):
    peran.give(tmp_path, "Budi", "Siti@tabalong.test", "operator")
    peran.end(tmp_path, "Budi", "siti@tabalong.test")
    peran.end(tmp_path, "Siti", ACCOUNT, 17)
    assert told() == [
        ("INFO", "peran", {"akun": "siti@tabalong.test", "oleh": "Budi", "peran": "operator"}),
        ("INFO", "keluar", {"sebab": "semua_sesi", "akun": "siti@tabalong.test", "oleh": "Budi"}),
        ("INFO", "keluar", {"sebab": "satu_sesi", "akun": ACCOUNT, "oleh": "Siti"}),
    ]


@pytest.mark.parametrize(
    ("claims", "fields"),
    [
        ({"roles": "operator"}, {"sebab": "kurang_peran", "oleh": "Siti", "perlu": "admin"}),
        ({"is_logged_in": False}, {"sebab": "tanpa_masuk", "perlu": "admin"}),
    ],
)
def test_an_action_that_is_refused_is_told_with_who_tried(logged_in, told, claims, fields):  # noqa: F811
    logged_in(**claims)
    with pytest.raises(KkbError):
        operator.require("admin")
    assert told()[-1] == ("WARNING", "tindakan_ditolak", fields)


def answer(path, app, query=b"", **headers):
    """Send one request through the guard to an app that is there for it alone; gives the status."""
    names = {"host": "localhost", **headers}
    scope = {
        "type": "http",
        "method": "POST" if "origin" in names or "upload" in path else "GET",
        "path": path,
        "query_string": query,
        "headers": [(k.encode(), v.encode()) for k, v in names.items()],
    }
    sent = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    asyncio.run(penjaga.Guard(app)(scope, receive, send))
    return sent[0]["status"]


@pytest.mark.parametrize(
    ("path", "headers", "reason"),
    [
        ("/", {"host": "jahat.test"}, "host"),
        ("/", {"origin": "https://jahat.test"}, "asal"),
        ("/_stcore/upload_file/x/y", {}, "bukan_operator"),
        ("/lapisan/a.json", {}, "belum_masuk"),
    ],
)
def test_a_request_that_is_refused_is_told(told, monkeypatch, path, headers, reason):
    monkeypatch.setenv("KKB_PEMBACA", "login")
    assert answer(path, PlainTextResponse("x"), f"code={CODE}".encode(), **headers) in (400, 403)
    assert told() == [("WARNING", "permintaan_ditolak", {"sebab": reason})]


def cookie(value):
    made = Response(status_code=302)
    if value:
        made.set_cookie("_streamlit_user", value)
    else:
        made.delete_cookie("_streamlit_user")
    return made


@pytest.mark.parametrize(
    ("query", "response", "reason"),
    [
        (f"code={CODE}&state=a", cookie("x.y.z"), None),
        (f"code={CODE}&state=a", cookie(""), "balasan"),
        (f"code={CODE}&state=a", Response(status_code=302), "balasan"),
        (f"error={CODE}&state=a", Response(status_code=302), "server_login"),
        ("", Response(status_code=302), None),
    ],
)
def test_a_sign_in_that_fails_is_told_and_the_way_back_from_leaving_is_none(told, query, response, reason):
    assert answer("/oauth2callback", response, query.encode()) == 302
    assert told() == ([("WARNING", "masuk_ditolak", {"sebab": reason})] if reason else [])


def test_the_account_of_a_stranger_stays_one_short_line(logged_in, told):  # noqa: F811
    logged_in(sub="a\nb" * 1000)
    assert masuk.person()
    (_level, _kind, fields) = told()[0]
    assert "\n" not in fields["akun"]
    assert len(fields["akun"]) <= peran.LONGEST
