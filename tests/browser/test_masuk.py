"""Logging in at a real login server, with a real browser: roles, the way out, and everything that may go wrong."""

import http.client
import json
import shutil
import urllib.error
import urllib.request
from types import SimpleNamespace

import pytest

from kkb import journal, kesepakatan, peran, terima
from kkb.ingest.pilihan import Choices
from tests import oidc
from tests.browser.conftest import Reader, serving

COOKIE_SECRET = "kuki-4b8e8f1b2c0d47c3a0a4e6f1c2d3b4a5"
SITI = {"sub": "s-1", "name": "Siti <b>Aminah</b>", "email": "Siti@tabalong.test", "email_verified": True}
BUDI = {"sub": "b-2", "name": "Budi", "roles": ["kkb-admin"]}


def office_of(browser, published, tmp, login, **settings):
    var = shutil.copytree(published, tmp / "var")
    secrets = tmp / "secrets.toml"
    secrets.write_text(
        f'[auth]\nredirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"\ncookie_secret = "{COOKIE_SECRET}"\n'
        f'client_id = "{oidc.CLIENT}"\nclient_secret = "{oidc.PASSWORD}"\n'
        f'server_metadata_url = "{login.address}/.well-known/openid-configuration"\n'
    )
    return var, serving(var, tmp / "log", "--secrets.files", str(secrets), **settings)


@pytest.fixture(scope="module")
def login():
    with oidc.login_server() as found:
        yield found


@pytest.fixture(scope="module")
def open_office(browser, golden_published, tmp_path_factory, login):
    tmp = tmp_path_factory.mktemp("terbuka")
    settings = {"KKB_NILAI_PERAN": "admin=kkb-admin,operator=kkb-operator"}
    var, server = office_of(browser, golden_published, tmp, login, **settings)
    with server as address:
        yield SimpleNamespace(var=var, address=address, log=tmp / "log")


@pytest.fixture(scope="module")
def closed_office(browser, golden_published, tmp_path_factory, login):
    tmp = tmp_path_factory.mktemp("tertutup")
    var, server = office_of(browser, golden_published, tmp, login, KKB_PEMBACA="login")
    with server as address:
        yield SimpleNamespace(var=var, address=address, log=tmp / "log")


@pytest.fixture
def enter(browser, login):
    """Logs somebody in at an office in a browser of its own; gives the reader."""
    contexts = []

    def entered(office, user, fault="", made_ago=0, door="menu-masuk"):
        login.user, login.fault, login.made_ago = user, fault, made_ago
        contexts.append(browser.new_context(viewport={"width": 1366, "height": 768}, locale="id-ID"))
        page = contexts[-1].new_page()
        page.set_default_timeout(30_000)
        page.goto(f"{office.address}/metodologi")
        with page.expect_response(lambda answer: "/oauth2callback" in answer.url):
            page.locator(f".st-key-{door} button").click()
        page.wait_for_url(f"{office.address}/")
        page.get_by_role("heading", level=1).first.wait_for()
        return Reader(page, office.address)

    yield entered
    for context in contexts:
        context.close()


def cookies(reader):
    return {c["name"]: c for c in reader.page.context.cookies() if c["name"].startswith("_streamlit_user")}


def told(reader, text):
    reader.page.get_by_text(text).first.wait_for()


def test_an_operator_of_the_list_writes_under_the_name_of_the_login(open_office, enter, login):
    peran.give(open_office.var, "uji", "siti@tabalong.test", "operator")
    siti = enter(open_office, SITI)
    told(siti, "Masuk sebagai")
    kept = cookies(siti)["_streamlit_user"]
    assert kept["httpOnly"]
    assert kept["sameSite"] == "Lax"
    lifetime = kept["expires"] - siti.page.evaluate("Date.now() / 1000")
    assert 7.9 * 3600 < lifetime <= 8 * 3600
    siti.open("/tindak-lanjut?desa=6309032012&opd=DPMD")
    told(siti, "Dicatat atas nama")
    assert siti.page.locator("b", has_text="Aminah").count() == 0
    siti.page.get_by_role("textbox", name="Nama rapat").fill("Rapat evaluasi")
    siti.page.get_by_role("textbox", name="Isi kesepakatan").fill("Melatih Pokja")
    due = siti.page.get_by_test_id("stDateInput").filter(has_text="Tenggat")
    due.get_by_role("spinbutton").first.click()
    siti.page.keyboard.type("31122030")
    siti.page.get_by_role("button", name="Catat kesepakatan", exact=True).click()
    told(siti, "Kesepakatan nomor 1 tercatat")
    (event,) = kesepakatan.events(open_office.var)
    assert event.oleh == "Siti <b>Aminah</b> (siti@tabalong.test)"
    assert event.saat.endswith("+00:00")
    assert login.refused == []


def test_an_operator_takes_nothing_back_and_an_admin_does(open_office, enter, golden_facts, tmp_path):
    peran.give(open_office.var, "uji", "siti@tabalong.test", "operator")
    path = tmp_path / "kegiatan.csv"
    path.write_text("kode_desa;tanggal;kegiatan;peserta\n6309032012;2024-08;Pelayanan KB;42\n")
    report = terima.prepare(path, Choices(source="Laporan"), golden_facts, open_office.var)
    terima.publish(report, "uji", "", golden_facts, open_office.var)
    siti = enter(open_office, SITI).open("/data")
    told(siti, "Membatalkan entri hanya dapat dilakukan oleh admin.")
    assert siti.page.get_by_role("button", name="Batalkan").count() == 0
    assert siti.page.get_by_role("heading", name="Akun dan peran").count() == 0
    budi = enter(open_office, BUDI).open("/data")
    told(budi, "Akun dan peran")
    budi.page.get_by_role("textbox", name="Akun (surel)").fill("Ani@tabalong.test")
    budi.page.get_by_role("button", name="Beri peran").click()
    told(budi, "Peran Ani")
    assert peran.listed(open_office.var)["ani@tabalong.test"] == "pembaca"
    given = peran.events(open_office.var)[-1]
    assert (given.oleh, given.akun, given.peran) == ("Budi", "ani@tabalong.test", "pembaca")
    assert [e.aksi for e in journal.entries(open_office.var)] == ["impor"]


def test_a_role_that_is_taken_away_is_gone_before_the_next_click(open_office, enter):
    peran.give(open_office.var, "uji", "siti@tabalong.test", "operator")
    siti = enter(open_office, SITI).open("/tindak-lanjut?desa=6309032012&opd=DPMD")
    siti.page.get_by_role("textbox", name="Isi kesepakatan").fill("Tidak boleh tercatat")
    before = kesepakatan.events(open_office.var)
    peran.give(open_office.var, "uji", "siti@tabalong.test", "tanpa")
    siti.page.get_by_role("button", name="Catat kesepakatan", exact=True).click()
    siti.page.get_by_role("textbox", name="Isi kesepakatan").wait_for(state="detached")
    assert kesepakatan.events(open_office.var) == before


def test_leaving_ends_the_login_in_every_tab_and_for_whoever_kept_the_cookie(open_office, enter, login):
    peran.give(open_office.var, "uji", "siti@tabalong.test", "operator")
    siti = enter(open_office, SITI).open("/data")
    told(siti, "Dicatat atas nama")
    stolen = siti.page.context.cookies()
    other = siti.page.context.new_page()
    other.goto(f"{open_office.address}/data")
    other.get_by_text("Dicatat atas nama").wait_for()
    logouts = login.logouts
    with siti.page.expect_response(lambda answer: "/auth/logout" in answer.url) as left:
        siti.page.locator(".st-key-menu-keluar button").click()
    assert left.value.all_headers()["clear-site-data"] == '"cache"'
    siti.page.wait_for_url(f"{open_office.address}/")
    assert cookies(siti) == {}
    assert login.logouts == logouts + 1
    other.get_by_text("English").click()
    other.locator(".st-key-menu-masuk").wait_for()
    assert other.get_by_test_id("stFileUploader").count() == 0
    siti.page.context.add_cookies(stolen)
    siti.open("/data")
    siti.page.locator(".st-key-menu-masuk").wait_for()
    assert siti.page.get_by_test_id("stFileUploader").count() == 0


@pytest.mark.parametrize("fault", oidc.FAULTS)
def test_a_token_that_is_not_right_opens_nothing(open_office, enter, fault):
    reader = enter(open_office, BUDI, fault)
    reader.page.locator(".st-key-menu-masuk").wait_for()
    assert "Masuk sebagai" not in reader.page.locator("body").inner_text()
    if fault != "no-subject":
        assert cookies(reader) == {}


def test_a_forged_cookie_opens_nothing(open_office, enter):
    budi = enter(open_office, BUDI)
    told(budi, "Masuk sebagai")
    kept = cookies(budi)["_streamlit_user"]
    budi.page.context.add_cookies([{**kept, "value": kept["value"][:-4] + "AAAA"}])
    budi.open("/data")
    budi.page.locator(".st-key-menu-masuk").wait_for()


def fetch(address, path):
    try:
        with urllib.request.urlopen(address + path, timeout=20) as answer:
            return answer.status, answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@pytest.mark.parametrize("path", ["/", "/peta", "/peta?kecamatan=630903"])
def test_where_reading_needs_a_login_the_first_answer_holds_no_figure(closed_office, open_office, path):
    assert "kkb-awal" in fetch(open_office.address, path)[1]
    status, text = fetch(closed_office.address, path)
    assert status == 200
    assert "kkb-awal" not in text
    assert "Tabalong" not in text


@pytest.mark.parametrize(
    "path", ["/lapisan/a.json", "/warna/a/id/akhir.json", "/tayang/a.html", "/media/a.csv", "//lapisan/a.json"]
)
def test_where_reading_needs_a_login_no_file_is_given(closed_office, path):
    assert fetch(closed_office.address, path)[0] in (400, 403)


def test_where_reading_needs_a_login_the_door_is_all_there_is(closed_office, browser, enter):
    page = browser.new_page()
    page.goto(f"{closed_office.address}/desa?desa=6309032012")
    page.get_by_role("heading", name="masuk lebih dahulu").wait_for()
    assert "Padangin" not in page.locator("body").inner_text()
    page.close()
    nobody = enter(closed_office, SITI, door="pintu-masuk")
    told(nobody, "belum mempunyai peran")
    assert "Padangin" not in nobody.page.locator("body").inner_text()
    peran.give(closed_office.var, "uji", "siti@tabalong.test", "pembaca")
    nobody.open("/desa?desa=6309032012")
    nobody.expect_title("Padangin")
    nobody.open("/peta")
    nobody.page.frame_locator("iframe[src*=streamlit_folium]").locator("path.leaflet-interactive").first.wait_for()
    peran.end(closed_office.var, "uji", "siti@tabalong.test")
    nobody.page.get_by_text("English").click()
    told(nobody, "Sesi Anda sudah berakhir")
    assert nobody.page.locator("iframe").count() == 0


def test_a_login_that_is_too_old_is_over(closed_office, enter):
    peran.give(closed_office.var, "uji", "b-2", "admin")
    late = enter(closed_office, BUDI, made_ago=9 * 3600, door="pintu-masuk")
    told(late, "Sesi Anda sudah berakhir")


def test_no_secret_code_or_token_stands_in_the_log(open_office, closed_office, login):
    written = open_office.log.read_text() + closed_office.log.read_text()
    assert len(login.handed_out) > 10
    found = [s for s in (COOKIE_SECRET, oidc.PASSWORD, *login.handed_out) if s in written]
    assert found == []
    events = [json.loads(line) for line in written.splitlines() if '"akses"' in line]
    assert {("masuk", None), ("masuk_ditolak", "balasan"), ("sesi_berakhir", "usia"), ("keluar", "satu_sesi")} <= {
        (e["jenis"], e.get("sebab")) for e in events
    }


def sent_again(address, kept, name="a.csv", size=10, session=None, token=True):
    """Send a file as the browser did, with one thing changed; gives the status."""
    url, headers = kept
    parts = url.removeprefix(address).split("/")
    if session:
        parts[-2] = session
    head = f'--x\r\nContent-Disposition: form-data; name="f"; filename="{name}"\r\n\r\n'.encode()
    told = {k: v for k, v in headers.items() if k in ("cookie", "x-xsrftoken") and (token or k == "cookie")}
    told["Content-Type"] = "multipart/form-data; boundary=x"
    body = head + b"1" * min(size, 10) + b"\r\n--x--\r\n"
    told["Content-Length"] = str(len(body) + size - min(size, 10))
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=30)
    connection.request("PUT", "/".join(parts), body, told)
    status = connection.getresponse().status
    connection.close()
    return status


def test_files_are_bounded_on_the_server_whatever_the_browser_is_made_to_send(open_office, enter):
    peran.give(open_office.var, "uji", "siti@tabalong.test", "operator")
    siti = enter(open_office, SITI).open("/data")
    with siti.page.expect_request(lambda r: r.method == "PUT" and "/upload_file/" in r.url) as sent:
        siti.page.locator("input[type=file]").set_input_files(
            {"name": "a.csv", "mimeType": "text/csv", "buffer": b"a;b\n1;2\n"}
        )
    kept = sent.value.url, sent.value.all_headers()
    address = open_office.address
    assert sent_again(address, kept) == 204
    assert sent_again(address, kept, token=False) == 403
    assert sent_again(address, kept, name="a.exe") == 415
    assert sent_again(address, kept, session="00000000-0000-0000-0000-000000000000") == 403
    assert sent_again(address, kept, size=51 * 1024 * 1024) == 413
    peran.give(open_office.var, "uji", "siti@tabalong.test", "pembaca")
    assert sent_again(address, kept) == 403
