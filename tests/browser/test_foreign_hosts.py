"""A page whose name leads to this computer gets no connection to the app."""

from __future__ import annotations

import http.client

import pytest

from tests.browser.servers import Server

_HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
    "Sec-WebSocket-Protocol": "streamlit",
}


@pytest.mark.browser
def test_a_foreign_name_that_leads_here_gets_no_connection(server: Server) -> None:
    answers = {}
    for host in ("localhost", "127.0.0.1", "[::1]", "evil.example", "localhost.evil.example"):
        connection = http.client.HTTPConnection("localhost", server.port, timeout=30)
        names = {"Host": f"{host}:{server.port}", "Origin": f"http://{host}:{server.port}"}
        connection.request("GET", "/_stcore/stream", headers={**_HANDSHAKE, **names})
        answers[host] = connection.getresponse().status
        connection.close()
    assert answers == {
        "localhost": 101,
        "127.0.0.1": 101,
        "[::1]": 101,
        "evil.example": 403,
        "localhost.evil.example": 403,
    }
