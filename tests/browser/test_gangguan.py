"""Trouble between a reader and the server: lost lines, killed processes, a proxy before two of them."""

import contextlib
import json
import os
import signal
import socket
import ssl
import subprocess
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.sync.client import connect

from tests.browser.conftest import Reader, serving
from tests.nginx import NGINX, site

RECONNECTS = 1000
PAGES = ("", "peta", "metodologi")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Line:
    """A line between readers and a server that can be cut, and joined again."""

    def __init__(self, address):
        self.target = urlsplit(address).hostname, urlsplit(address).port
        self.ears = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.ears.getsockname()[1]}"
        self.whole, self.ends = True, []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        while True:
            try:
                near, _from = self.ears.accept()
            except OSError:
                return
            if not self.whole:
                near.close()
                continue
            far = socket.create_connection(self.target)
            self.ends += [near, far]
            for a, b in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(a, b), daemon=True).start()

    @staticmethod
    def _carry(a, b):
        with contextlib.suppress(OSError):
            while data := a.recv(65536):
                b.sendall(data)
        for end in (a, b):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def cut(self):
        self.whole = False
        for end in self.ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self.ends.clear()

    def join(self):
        self.whole = True


@pytest.fixture
def line(address):
    made = Line(address)
    yield made
    made.cut()
    made.ears.close()


def opened(browser, address, **more):
    page = browser.new_context(viewport={"width": 1366, "height": 768}, locale="id-ID", **more).new_page()
    page.set_default_timeout(20_000)
    return Reader(page, address)


@pytest.mark.parametrize(
    ("query", "words"), [("", "Sambungan ke server terputus"), ("&bahasa=en", "The connection to the server is lost")]
)
def test_a_line_lost_in_the_middle_of_a_page_is_told_and_taken_up_again(browser, line, query, words):
    reader = opened(browser, line.address).open(f"/peta?kecamatan=630903{query}")
    menu = reader.page.get_by_test_id("stSidebar").get_by_role("link")
    menu.first.wait_for()
    reader.page.wait_for_load_state("networkidle")
    before = reader.title()
    line.cut()
    notice = reader.page.locator(".kkb-putus").filter(has_text=words)
    expect(notice).to_be_in_viewport()
    # Streamlit says so too, after a while, in a box over the page.
    reader.page.wait_for_event("console", lambda message: "not responding" in message.text)
    expect(reader.page.get_by_test_id("stDialog")).to_have_count(0)
    expect(notice).to_be_in_viewport()
    assert reader.title() == before, "what was on screen can still be read"
    line.join()
    expect(notice).to_have_count(0)
    menu.nth(3).click()
    reader.page.wait_for_url(f"**/naik-kelas?kecamatan=630903{query}")
    reader.page.get_by_role("heading", level=1).filter(has_text="Tanta").wait_for()
    reader.page.context.close()


@pytest.mark.parametrize("after", [0.1, 0.5, 1, 2])
def test_a_line_lost_while_a_page_is_drawn_ends_in_the_whole_page(browser, line, after):
    """What could not be fetched meanwhile is fetched once the line is back, without the reader doing anything."""
    reader = opened(browser, line.address)
    reader.page.goto(f"{line.address}/klasifikasi?kecamatan=630903", wait_until="commit")
    time.sleep(after)
    line.cut()
    time.sleep(2)
    line.join()
    reader.page.get_by_test_id("stMain").get_by_role("heading", level=1).filter(has_text="Tanta").wait_for()
    reader.page.get_by_test_id("stSidebar").get_by_role("link", name="Naik kelas").wait_for()
    expect(reader.page.locator(".kkb-putus").filter(has_text="terputus")).to_have_count(0)
    expect(reader.page.get_by_text("dynamically imported module")).to_have_count(0)
    reader.page.context.close()


LEAVE = """async () => {
  const left = new AbortController();
  const part = fetch("/lapisan/x.json", { signal: left.signal }).catch(() => "left");
  left.abort();
  const frame = document.createElement("iframe");
  frame.src = "/component/streamlit_folium.st_folium/index.html";
  document.body.append(frame);
  frame.remove();
  return part;
}"""


def test_what_a_reader_leaves_before_it_is_there_is_not_missed(browser, address):
    reader = opened(browser, address).open("/metodologi")
    reader.page.get_by_test_id("stSidebar").get_by_role("link").first.wait_for()
    loads = []
    reader.page.on("framenavigated", lambda frame: loads.append(frame.url) if frame == reader.page.main_frame else None)
    assert reader.page.evaluate(LEAVE) == "left"
    reader.page.wait_for_timeout(3_000)
    assert loads == []
    reader.page.context.close()


def test_what_the_server_never_has_is_not_asked_for_for_ever(browser, address):
    reader = opened(browser, address)
    loads = []
    reader.page.on("framenavigated", lambda frame: loads.append(frame.url) if frame == reader.page.main_frame else None)
    reader.page.route("**/aset/*/bingkai.js", lambda route: route.abort())
    reader.open("/peta")
    for _ in range(60):
        reader.page.wait_for_timeout(1_000)
        if len(loads) == 6:
            break
    reader.page.wait_for_timeout(5_000)
    assert len(loads) == 6
    reader.page.context.close()


def metric(address, name):
    with urllib.request.urlopen(f"{address}/metrik", timeout=10) as answer:
        found = [row for row in answer.read().decode().splitlines() if row.startswith(f"{name} ")]
    return float(found[0].split()[1])


def visit(address, page, answers):
    """Open a session as a browser does, ask for a page if there is one, and hang up after so many answers."""
    with connect(f"ws://{urlsplit(address).netloc}/_stcore/stream", subprotocols=["streamlit"], max_size=None) as line:
        if page is None:
            return
        asked = BackMsg()
        asked.rerun_script.query_string = ""
        asked.rerun_script.page_name = page
        line.send(asked.SerializeToString())
        for _ in range(answers):
            line.recv(timeout=60)


def test_a_thousand_reconnects_leave_no_session_and_little_memory(published, tmp_path):
    """Every tenth hangs up in the middle of its page, the others at once.

    Streamlit keeps up to 128 lost sessions for two minutes, so that is where memory goes first; after that it must
    stay as it is.
    """
    log = tmp_path / "log"
    with serving(published, log) as address:

        def some(numbers):
            with ThreadPoolExecutor(8) as threads:
                list(
                    threads.map(
                        lambda n: visit(address, PAGES[n // 10 % 3] if n % 10 == 0 else None, n // 10 % 12), numbers
                    )
                )

        some(range(RECONNECTS // 4))
        early = metric(address, "process_resident_memory_bytes")
        some(range(RECONNECTS // 4, RECONNECTS))
        for _ in range(100):
            if metric(address, "kkb_pembaca") == 0:
                break
            time.sleep(0.1)
        assert metric(address, "kkb_pembaca") == 0
        late = metric(address, "process_resident_memory_bytes")
        print(f"{RECONNECTS} reconnects: {early / 1e6:.0f} MB after a quarter, {late / 1e6:.0f} MB after all")
        assert late < early * 1.25
        assert metric(address, 'kkb_galat_total{jenis="kejadian"}') == 0
        with urllib.request.urlopen(f"{address}/sehat", timeout=10) as answer:
            assert json.load(answer)["siap"]
    assert '"tingkat": "ERROR"' not in log.read_text()


@contextlib.contextmanager
def proxied(folder, log):
    """Two servers on one data folder behind the shipped nginx site; gives its address and the servers."""
    with contextlib.ExitStack() as stack:
        servers = [stack.enter_context(serving(folder, log / f"{n}.log")) for n in (1, 2)]
        tls, plain = free_port(), free_port()
        path = site(log, tls, plain, [urlsplit(s).port for s in servers])
        nginx = subprocess.Popen([NGINX, "-p", str(log), "-c", str(path)])
        try:
            for _ in range(100):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", tls), 1):
                    break
                time.sleep(0.05)
            yield f"https://localhost:{tls}", f"http://localhost:{plain}", servers
        finally:
            nginx.terminate()
            nginx.wait(timeout=10)


def fetch(address, **headers):
    """Status, headers and content of an address; of errors too, and without following to another."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_arguments):
            return None

    loose = ssl._create_unverified_context()
    opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=loose), Stay)
    try:
        answer = opener.open(urllib.request.Request(address, headers=headers), timeout=20)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return answer.status, answer.headers, answer.read()


def process_at(address):
    """The server at an address."""
    asked = f"--server.port\0{urlsplit(address).port}\0".encode()
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if asked in path.read_bytes():
                return int(path.parent.name)
    raise AssertionError("nobody serves there")


@pytest.mark.skipif(not NGINX or not Path("/proc/self").exists(), reason="nginx is not on this machine")
def test_behind_nginx_everything_works_and_a_killed_server_gives_way_to_the_other(browser, published, tmp_path):
    with proxied(published, tmp_path) as (address, plain, servers):
        status, headers, _ = fetch(plain + "/peta?indikator=SK11")
        assert (status, headers["Location"]) == (301, "https://localhost/peta?indikator=SK11")
        status, headers, _ = fetch(address + "/", **{"Accept-Encoding": "gzip"})
        assert status == 200
        assert "max-age" in headers["Strict-Transport-Security"]
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert (headers["X-Content-Type-Options"], headers["Content-Encoding"]) == ("nosniff", "gzip")
        assert json.loads(fetch(address + "/sehat")[2])["siap"]
        for path in ("/metrik", "/_stcore/metrics"):
            assert fetch(address + path)[0] == 404
        assert fetch(address + "/sehat", **{"Content-Length": str(60 * 2**20)})[0] == 413

        tries = [fetch(address + "/oauth2callback")[0] for _ in range(200)]
        assert tries[0] != 429
        assert tries[-1] == 429

        reader = opened(browser, address, ignore_https_errors=True)
        asked = []
        reader.page.on("request", lambda request: asked.append(request.url))
        reader.open("/peta?kecamatan=630903")
        reader.map()
        assert {urlsplit(u).netloc for u in asked if u.startswith("http")} == {urlsplit(address).netloc}
        readers = [metric(s, "kkb_pembaca") for s in servers]
        assert sorted(readers) == [0, 1]
        os.kill(process_at(servers[readers.index(1)]), signal.SIGKILL)
        other = servers[readers.index(0)]
        for _ in range(300):
            if metric(other, "kkb_pembaca") == 1:
                break
            time.sleep(0.1)
        assert metric(other, "kkb_pembaca") == 1
        reader.page.get_by_role("link", name="Naik kelas").first.click()
        reader.page.wait_for_url("**/naik-kelas?kecamatan=630903")
        reader.page.get_by_role("heading", level=1).filter(has_text="Tanta").wait_for()
        os.kill(process_at(other), signal.SIGKILL)
        time.sleep(0.5)
        status, _headers, content = fetch(address + "/")
        assert (status, b"Sebentar" in content) == (503, True)
        reader.page.context.close()
