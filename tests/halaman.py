"""Opening one page of the app as a test does."""

from streamlit.testing.v1 import AppTest

from kkb.config import ROOT

SHELL = str(ROOT / "kkb" / "ui" / "shell.py")


def opened(page, state=None, seconds=60, **query):
    """The page at an address; `state` is put into the session before its first run."""
    app = AppTest.from_file(SHELL, default_timeout=seconds)
    for name, value in (state or {}).items():
        app.session_state[name] = value
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    if page != "ringkasan":
        app.switch_page(str(ROOT / "pages" / f"{page}.py"))
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
    assert not app.exception
    return app
