"""Starts the real server on a free port and a real Chromium, once for all browser tests."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

import pytest
from playwright.sync_api import sync_playwright

from kkb.config import ROOT

CHROMIUM = next(
    (
        found
        for name in (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
        if name and (found := shutil.which(name))
    ),
    None,
)
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@contextmanager
def serving(folder, log, *options, **settings):
    """The app on a free port, reading a data folder, with options of Streamlit and settings; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), *options]
    with log.open("w") as out:
        environment = {**os.environ, "KKB_DATA": str(folder), **settings}
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            if server.poll() is not None:
                break
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=1).close()
                yield address
                return
            except OSError:
                time.sleep(0.1)
        pytest.fail(f"the server did not start:\n{log.read_text()}")
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="session")
def address(published, tmp_path_factory):
    """The address of the app on the real warehouse."""
    with serving(published, tmp_path_factory.mktemp("log") / "server.log") as found:
        yield found


@pytest.fixture(scope="session")
def browser():
    """A Chromium."""
    assert CHROMIUM, "no Chromium: install the package 'chromium', or set CHROMIUM to its path"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield chromium
        chromium.close()


class Reader:
    """A person at a page of the app."""

    def __init__(self, page, address):
        self.page, self.address = page, address

    def open(self, path):
        """Go to an address by typing it; waits for the title and, where there is one, the map."""
        self.page.goto(self.address + path)
        self.title()
        return self

    def title(self):
        """The finding of the page."""
        heading = self.page.get_by_role("heading", level=1)
        heading.wait_for()
        return heading.inner_text()

    def expect_title(self, text):
        """Wait until the page says this."""
        self.page.get_by_role("heading", level=1).filter(has_text=text).wait_for()

    def query(self):
        """The address after the path, with the path."""
        return self.page.url.removeprefix(self.address)

    def expect_address(self, path):
        """Wait until the address is this."""
        self.page.wait_for_url(self.address + path)

    def map(self, number=0):
        """The frame of a map, with all its villages on it."""
        self.page.wait_for_function(
            f"document.querySelectorAll('iframe[src*=streamlit_folium]').length > {number}", timeout=30_000
        )
        frame = self.page.locator("iframe[src*=streamlit_folium]").nth(number).element_handle().content_frame()
        frame.wait_for_selector("path.leaflet-interactive", state="attached")
        frame.wait_for_function("document.querySelectorAll('path.leaflet-interactive').length >= 131")
        frame.wait_for_function("!document.querySelector('path.leaflet-interactive[fill-opacity=\"0.5\"]')")
        return frame

    def choose(self, box, option):
        """Pick an option of a select box by typing its name, as a long list asks for."""
        self.page.get_by_role("combobox", name=box).click()
        self.page.keyboard.type(option)
        self.page.get_by_role("option", name=option, exact=True).click()

    def text(self):
        """All text on the page."""
        return self.page.locator("[data-testid=stMain]").inner_text()


@pytest.fixture
def reader(browser, address):
    """A reader with an empty cache at a laptop."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="id-ID")
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield Reader(page, address)
    context.close()
