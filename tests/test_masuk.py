"""Who may do what: roles from the list and from claims, logins that are over, and actions that ask on the server."""

import ast
import json
import time

import pytest
from starlette.requests import HTTPConnection
from streamlit.testing.v1 import AppTest

from kkb import config, peran
from kkb.__main__ import main
from kkb.config import ROOT
from kkb.errors import EntryError, KkbError, StoreError
from kkb.ui import masuk, operator

SHELL = str(ROOT / "kkb" / "ui" / "shell.py")
NOW = int(time.time())
SITI = {"is_logged_in": True, "iss": "https://login.test", "sub": "s-1", "iat": NOW, "name": "Siti"}
VOUCHED = {**SITI, "email": "Siti@Tabalong.test", "email_verified": True}
SECTION = {
    "redirect_uri": "https://kkb.test/oauth2callback",
    "cookie_secret": "k" * 40,
    "client_id": "a",
    "client_secret": "b",
    "server_metadata_url": "https://login.test/.well-known/openid-configuration",
}


def role_of(claims, folder):
    who = peran.person(claims, folder)
    return who.role if who else "nobody"


@pytest.mark.parametrize(
    ("claim", "values", "claims", "role"),
    [
        ("roles", "", {"roles": ["admin"]}, "admin"),
        ("roles", "", {"roles": "operator"}, "operator"),
        ("roles", "", {"roles": ["pembaca", "admin", "x"]}, "admin"),
        ("roles", "", {"roles": ["Admin"]}, None),
        ("roles", "", {"roles": {"admin": True}}, None),
        ("roles", "", {}, None),
        ("realm_access.roles", "", {"realm_access": {"roles": ["operator"]}}, "operator"),
        ("realm_access.roles", "", {"realm_access": "operator"}, None),
        ("https://kkb/peran", "", {"https://kkb/peran": "admin"}, "admin"),
        ("groups", "operator=g1, admin=g2", {"groups": ["g2"]}, "admin"),
        ("groups", "operator=g1,admin=", {"groups": ["", "admin"]}, None),
    ],
)
def test_a_claim_gives_a_role_only_by_its_exact_value(tmp_path, monkeypatch, claim, values, claims, role):
    monkeypatch.setenv("KKB_KLAIM_PERAN", claim)
    monkeypatch.setenv("KKB_NILAI_PERAN", values)
    assert role_of({**SITI, **claims}, tmp_path) == role


def test_the_list_comes_before_the_claim_and_is_read_again_each_time(tmp_path):
    claims = {**VOUCHED, "roles": ["operator"]}
    assert role_of(claims, tmp_path) == "operator"
    peran.give(tmp_path, "Budi", "SITI@tabalong.test", "admin")
    assert role_of(claims, tmp_path) == "admin"
    peran.give(tmp_path, "Budi", "siti@tabalong.test", "tanpa")
    assert role_of(claims, tmp_path) is None
    assert [(e.oleh, e.akun, e.peran) for e in peran.events(tmp_path)] == [
        ("Budi", "siti@tabalong.test", "admin"),
        ("Budi", "siti@tabalong.test", "tanpa"),
    ]
    assert (tmp_path / peran.LIST).read_text() == "akun,peran\nsiti@tabalong.test,tanpa\n"


@pytest.mark.parametrize("vouched", [False, None, "true", 1])
def test_an_address_nobody_vouches_for_gives_no_role(tmp_path, vouched):
    peran.give(tmp_path, "uji", "siti@tabalong.test", "admin")
    assert role_of(VOUCHED, tmp_path) == "admin"
    assert role_of({**VOUCHED, "email_verified": vouched}, tmp_path) is None
    peran.give(tmp_path, "uji", "s-1", "operator")
    assert role_of({**VOUCHED, "email_verified": vouched}, tmp_path) == "operator"


@pytest.mark.parametrize("iat", [None, True, "1", NOW - 8 * 3600 - 1, NOW + 86_400, float("nan")])
def test_a_login_that_is_old_or_has_no_date_is_nobody(tmp_path, iat):
    assert role_of({**SITI, "iat": iat, "roles": "admin"}, tmp_path) == "nobody"


def test_leaving_ends_one_login_or_all(tmp_path):
    early, late = {**VOUCHED, "iat": NOW - 60, "roles": "admin"}, {**VOUCHED, "iat": NOW - 30, "roles": "admin"}
    who = peran.person(early, tmp_path)
    peran.end(tmp_path, who.signature, who.account, who.begun)
    assert [role_of(c, tmp_path) for c in (early, late)] == ["nobody", "admin"]
    peran.end(tmp_path, "Budi", "siti@tabalong.test")
    assert role_of(late, tmp_path) == "nobody"
    assert role_of({**late, "iat": time.time() + 5}, tmp_path) == "admin"
    assert role_of({**late, "sub": "lain", "email": "x@tabalong.test"}, tmp_path) == "admin"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("email,peran\na@b.c,admin\n", "baris 1: tertulis “email,peran”"),
        ("akun,peran\na@b.c,Admin\n", "baris 2"),
        ("akun,peran\na@b.c,admin\nA@b.c,tanpa\n", "baris 3"),
        ("akun,peran\n,admin\n", "baris 2"),
        ("akun,peran\na@b.c,admin,x\n", "baris 2"),
        ("", "baris 1"),
    ],
)
def test_a_list_that_is_not_right_lets_nobody_in_and_names_the_line(tmp_path, text, told):
    (tmp_path / peran.LIST).write_text(text)
    with pytest.raises(StoreError, match=r"peran\.csv") as refused:
        peran.person({**SITI, "roles": "admin"}, tmp_path)
    assert told in refused.value.message


def test_a_torn_book_lets_nobody_in(tmp_path):
    peran.end(tmp_path, "uji", "x")
    with (tmp_path / peran.BOOK).open("a") as book:
        book.write('{"saat": "2026')
    with pytest.raises(StoreError, match="baris 2"):
        peran.person({**SITI, "roles": "admin"}, tmp_path)


@pytest.mark.parametrize(("account", "role"), [("", "admin"), ("a,b", "admin"), ('"a', "admin"), ("a@b.c", "raja")])
def test_what_is_no_account_or_role_is_not_written(tmp_path, account, role):
    with pytest.raises(EntryError):
        peran.give(tmp_path, "uji", account, role)
    assert not (tmp_path / peran.LIST).exists()


def test_the_command_line_gives_the_first_role(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("KKB_DATA", str(tmp_path))
    assert main(["peran", "Siti@tabalong.test", "admin", "--oleh", "root"]) == 0
    assert capsys.readouterr().out == "siti@tabalong.test  admin\n"
    assert peran.events(tmp_path)[0].oleh == "root"
    assert main(["peran", "siti@tabalong.test", "raja"]) == 1


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, None),
        ({"client_id": ""}, "client_id"),
        ({"cookie_secret": "pendek"}, "terlalu pendek"),
        ({"redirect_uri": "http://kkb.test/oauth2callback"}, "https"),
        ({"server_metadata_url": "http://login.test/"}, "https"),
        ({"redirect_uri": "http://localhost:8501/oauth2callback"}, None),
    ],
)
def test_a_login_set_up_badly_is_told_and_lets_nobody_in(monkeypatch, changes, told):
    monkeypatch.setattr(masuk.auth_util, "get_secrets_auth_section", lambda: {**SECTION, **changes})
    wrong = masuk.complaint()
    assert (wrong is None) if told is None else told in wrong
    if told:
        assert masuk.configured()
        assert masuk.person() is None
        assert operator.role() is None


@pytest.fixture
def logged_in(monkeypatch, tmp_path):
    """Makes the session a login's, with a data folder of its own."""
    monkeypatch.setenv("KKB_DATA", str(tmp_path))
    monkeypatch.setattr(masuk.auth_util, "get_secrets_auth_section", lambda: SECTION)

    class User(dict):
        to_dict = dict.copy

    def made(**claims):
        monkeypatch.setattr(masuk.st, "user", User({**SITI, "iat": int(time.time()), **claims}))

    return made


@pytest.mark.parametrize(
    ("claims", "operates", "administers"),
    [
        ({}, False, False),
        ({"roles": "pembaca"}, False, False),
        ({"roles": "operator"}, True, False),
        ({"roles": "admin"}, True, True),
        ({"roles": "admin", "is_logged_in": False}, False, False),
        ({"roles": "admin", "is_logged_in": "ya"}, False, False),
    ],
)
def test_each_role_may_do_its_own(logged_in, claims, operates, administers):
    logged_in(**claims)
    assert (operator.is_operator(), operator.is_admin()) == (operates, administers)
    for least, may in (("operator", operates), ("admin", administers)):
        if may:
            operator.require(least)
        else:
            with pytest.raises(KkbError, match="Hanya"):
                operator.require(least)


def test_a_login_that_lay_unused_may_do_nothing(logged_in, monkeypatch):
    logged_in(roles="operator")
    assert operator.is_operator()
    later = time.time() + 31 * 60  # this module may be much older than the login
    monkeypatch.setattr("kkb.sesi.time.time", lambda: later)
    assert masuk.person() is None
    with pytest.raises(KkbError, match="Hanya"):
        operator.require()


def test_where_a_login_is_set_up_a_code_opens_nothing(logged_in, monkeypatch):
    logged_in()
    monkeypatch.setattr(operator.st, "session_state", {operator._OPERATOR: True})
    assert operator.role() is None


@pytest.mark.parametrize(
    ("headers", "address", "local"),
    [
        ({"Host": "localhost:8501", "Origin": "http://localhost:8501"}, None, True),
        ({"Host": "127.0.0.1:8501", "Origin": "http://127.0.0.1:8501"}, "::ffff:127.0.0.1", True),
        ({"Host": "localhost:8501", "Origin": "http://localhost:8501"}, "10.0.0.7", False),
        ({"Host": "localhost:8501", "Origin": "https://kkb.test"}, None, False),
        ({"Host": "kkb.test", "Origin": "https://kkb.test"}, None, False),
        ({"Host": "localhost:8501", "Origin": "http://localhost:8501", "X-Forwarded-For": "1.2.3.4"}, None, False),
        ({"Host": "localhost:8501"}, None, False),
        ({}, None, False),
        ({"Host": "localhost", "Origin": "http://localhost"}, "bukan alamat", False),
    ],
)
def test_a_code_is_taken_at_the_server_itself_only(monkeypatch, headers, address, local):
    monkeypatch.setattr(masuk.runtime, "exists", lambda: True)
    monkeypatch.setattr(masuk.st, "context", type("Context", (), {"headers": headers, "ip_address": address}))
    assert masuk.is_local() is local


def test_whoever_asks_with_no_good_cookie_is_nobody(logged_in, monkeypatch):
    logged_in()
    monkeypatch.setattr(masuk, "get_cookie_secret", lambda: SECTION["cookie_secret"])
    for value in ("", "x", "e30.x.y", json.dumps(SITI)):
        scope = {"type": "http", "headers": [(b"cookie", f"_streamlit_user={value}".encode())]}
        assert masuk.person_of(HTTPConnection(scope)) is None


@pytest.mark.parametrize("page", sorted(p.stem for p in (ROOT / "pages").glob("*.py")))
def test_no_page_opens_where_reading_needs_a_login(monkeypatch, golden_published, page):
    monkeypatch.setenv("KKB_DATA", str(golden_published))
    monkeypatch.setenv("KKB_PEMBACA", "login")
    app = AppTest.from_file(SHELL, default_timeout=60).run()
    app.switch_page(str(ROOT / "pages" / f"{page}.py")).run()
    assert [t.value for t in app.title] == ["Dasbor Kampung KB: masuk lebih dahulu"]
    assert not app.get("html")
    assert "KKB_PEMBACA=login" in app.error[0].value


@pytest.mark.parametrize(
    ("text", "needs"), [("", False), ("terbuka", False), ("login", True), ("Login", True), ("x", True)]
)
def test_a_setting_that_is_not_known_shuts_rather_than_opens(monkeypatch, text, needs):
    monkeypatch.setenv("KKB_PEMBACA", text)
    assert config.reading_needs_login() is needs


ACTS = {
    "terima": {"publish", "take_back", "prepare"},
    "ledger": {"open_new", "set_status", "comment", "move_due", "correct", "link"},
    "peran": {"give", "end"},
}
ASKS = {"require", "_write", "receive"}


def test_whatever_acts_in_the_pages_asks_for_the_role_in_the_same_function():
    """`masuk.leave` alone needs none: it ends the own login."""
    found = []
    for path in sorted((ROOT / "kkb" / "ui").glob("*.py")):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(function, ast.FunctionDef):
                continue
            calls = [n.func for n in ast.walk(function) if isinstance(n, ast.Call)]
            names = {getattr(f, "attr", getattr(f, "id", "")) for f in calls}
            acts = [
                f.attr
                for f in calls
                if isinstance(f, ast.Attribute) and f.attr in ACTS.get(getattr(f.value, "id", ""), set())
            ]
            if acts:
                found.append((path.stem, function.name, bool(names & ASKS)))
    assert len(found) >= 10
    assert [f for f in found if not f[2]] == [("masuk", "leave", False)]
