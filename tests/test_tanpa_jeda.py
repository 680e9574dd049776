"""The server's own lines: small parts go out at once."""

import asyncio
import http.client
import socket
import threading

import uvicorn
from streamlit.web.server.starlette.starlette_server import _bind_socket

from kkb.ui import server

assert server  # imported for what it does to the server it runs in


async def app(_scope, _receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"isi"})


def test_no_line_waits_for_the_browser_before_it_sends_the_rest():
    serving = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_level="error"))
    line = _bind_socket("127.0.0.1", 0, 8)
    assert line.proto != socket.IPPROTO_TCP, "else asyncio does it by itself, and ours can go"
    thread = threading.Thread(target=lambda: asyncio.run(serving.serve(sockets=[line])))
    thread.start()
    try:
        browser = http.client.HTTPConnection(*line.getsockname(), timeout=20)
        browser.request("GET", "/")
        assert browser.getresponse().read() == b"isi"
        (held,) = serving.server_state.connections
        assert held.transport.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        browser.close()
    finally:
        serving.should_exit = True
        thread.join(20)
