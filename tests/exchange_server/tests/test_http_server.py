# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Connections, paths, methods, headers: the web server around the services."""

from __future__ import annotations

import base64
import gzip
import http.client
import socket
import threading
import time
from pathlib import Path

import pytest
import requests

from exchange_server import Exchange, ExchangeServer
from exchange_server.http_body import LARGEST
from exchange_server.tests.wire import ADDRESS, GET_FOLDER, PASSWORD, soap

EWS = "/EWS/Exchange.asmx"
XML = {"Content-Type": "text/xml; charset=utf-8"}
BASIC = {
    "Authorization": "Basic "
    + base64.b64encode(f"{ADDRESS}:{PASSWORD}".encode()).decode()
}
GET_CONTACTS_FOLDER = soap(GET_FOLDER).encode()


@pytest.fixture
def connection(server: ExchangeServer):
    made = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    yield made
    made.close()


def ask(connection, method="POST", path=EWS, body=GET_CONTACTS_FOLDER, headers=None):
    """One request on an open connection, as (status, headers, body)."""
    sent = {**XML, **BASIC} if headers is None else headers
    connection.request(method, path, body, sent)
    answer = connection.getresponse()
    return answer.status, answer.headers, answer.read()


def test_a_connection_serves_many_requests(connection):
    assert ask(connection)[0] == 200
    first = connection.sock.getsockname()
    assert ask(connection)[0] == 200
    assert connection.sock.getsockname() == first


def test_a_refusal_keeps_the_connection(connection):
    assert ask(connection, headers=XML)[0] == 401
    first = connection.sock.getsockname()
    assert ask(connection)[0] == 200
    assert connection.sock.getsockname() == first


def test_a_connection_is_closed_on_request(connection):
    headers = ask(connection, headers={**XML, **BASIC, "Connection": "close"})[1]
    assert headers["Connection"] == "close"
    assert connection.sock is None  # http.client closed it on that header


def test_paths_ignore_case(connection):
    assert ask(connection, path="/ews/exchange.ASMX")[0] == 200


@pytest.mark.parametrize("path", ["/", "/EWS/", "/owa/", "/EWS/Services.wsdl"])
def test_other_paths_are_not_found(connection, path):
    assert ask(connection, path=path)[0] == 404


def test_a_browser_gets_a_page_after_logging_on(connection):
    assert ask(connection, "GET", body=None, headers={})[0] == 401
    status, headers, page = ask(connection, "GET", body=None)
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert b"Exchange Web Services" in page


def test_a_head_request_gets_no_body(connection):
    status, headers, page = ask(connection, "HEAD", body=None)
    assert (status, page) == (200, b"")
    assert int(headers["Content-Length"]) > 0


def test_other_methods_are_not_allowed(connection):
    status, headers, _ = ask(connection, "PUT")
    assert (status, headers["Allow"]) == (405, "GET, HEAD, POST")


@pytest.mark.parametrize("kind", ["application/soap+xml", "application/json", ""])
def test_only_xml_is_served(connection, kind):
    assert ask(connection, headers={**BASIC, "Content-Type": kind})[0] == 415


def test_an_empty_request_is_bad(connection):
    assert ask(connection, body=b"")[0] == 400


def test_a_body_may_come_in_chunks(connection):
    pieces = [GET_CONTACTS_FOLDER[:100], GET_CONTACTS_FOLDER[100:]]
    connection.request("POST", EWS, iter(pieces), {**XML, **BASIC}, encode_chunked=True)
    assert connection.getresponse().status == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Content-Length": str(LARGEST + 1)}, 413),
        ({"Content-Length": "many"}, 400),
        ({"Content-Length": "-1"}, 400),
        ({"Content-Encoding": "gzip"}, 415),
        ({"Transfer-Encoding": "gzip"}, 501),
    ],
)
def test_an_unreadable_body_is_refused_and_ends_the_connection(
    connection, headers, status
):
    connection.putrequest("POST", EWS)
    for name, value in {**XML, **BASIC, **headers}.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Connection"]) == (status, "close")


def test_a_client_may_wait_for_100_continue(connection):
    connection.putrequest("POST", EWS)
    length = {"Content-Length": str(len(GET_CONTACTS_FOLDER))}
    for name, value in {**XML, **BASIC, **length, "Expect": "100-continue"}.items():
        connection.putheader(name, value)
    connection.endheaders()
    leave = b"HTTP/1.1 100 Continue\r\n\r\n"
    assert connection.sock.recv(len(leave), socket.MSG_WAITALL) == leave
    connection.send(GET_CONTACTS_FOLDER)
    assert connection.getresponse().status == 200


def test_a_chunk_without_its_end_is_refused(connection):
    connection.putrequest("POST", EWS)
    for name, value in {**XML, **BASIC, "Transfer-Encoding": "chunked"}.items():
        connection.putheader(name, value)
    connection.endheaders()
    connection.send(b"3\r\nabcdef\r\n0\r\n\r\n")
    assert connection.getresponse().status == 400


def test_answers_carry_the_headers_of_exchange(connection):
    headers = ask(connection)[1]
    assert headers["Server"] == "Microsoft-IIS/10.0"
    assert headers["Content-Type"] == "text/xml; charset=utf-8"
    assert headers["X-FEServer"] == headers["X-BEServer"] == "EXCH01"
    assert len(headers["request-id"]) == 36


def test_an_answer_is_compressed_when_asked_for(connection):
    plain = ask(connection)[2]
    for wanted in ("gzip, deflate", "br;q=1.0, GZIP;q=0.5"):
        asking = {**XML, **BASIC, "Accept-Encoding": wanted}
        _, headers, body = ask(connection, headers=asking)
        assert headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(body) == plain
        assert len(body) == int(headers["Content-Length"]) < len(plain)
    for wanted in ("identity", "gzip;q=0, deflate", ""):
        asking = {**XML, **BASIC, "Accept-Encoding": wanted}
        _, headers, body = ask(connection, headers=asking)
        assert (headers["Content-Encoding"], body) == (None, plain)


def test_cookies_are_given_once(connection):
    given = ask(connection)[1].get_all("Set-Cookie")
    names = [cookie.partition("=")[0] for cookie in given]
    assert names == ["exchangecookie", "X-BackEndCookie"]
    brought = "; ".join(cookie.partition(";")[0] for cookie in given)
    again = ask(connection, headers={**XML, **BASIC, "Cookie": brought})
    assert (again[0], again[1].get_all("Set-Cookie")) == (200, None)


def test_a_server_may_take_small_requests_only(exchange: Exchange):
    with ExchangeServer(exchange, largest_request=100) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        assert ask(connection)[0] == 413
        connection.close()
        pieces = iter([GET_CONTACTS_FOLDER[:90], GET_CONTACTS_FOLDER[90:]])
        connection.request("POST", EWS, pieces, {**XML, **BASIC}, encode_chunked=True)
        assert connection.getresponse().status == 413
        connection.close()


def test_the_client_request_id_comes_back_on_request(connection):
    mine = {"client-request-id": "{42}"}
    assert ask(connection, headers={**XML, **BASIC, **mine})[1].get(*mine) is None
    mine["return-client-request-id"] = "true"
    headers = ask(connection, headers={**XML, **BASIC, **mine})[1]
    assert headers["client-request-id"] == "{42}"


def test_the_health_check_needs_no_logon(connection):
    assert ask(connection, "GET", "/EWS/healthcheck.htm", None, {})[0] == 200


def test_the_service_description_is_handed_out(exchange: Exchange, tmp_path: Path):
    (tmp_path / "Services.wsdl").write_text("<definitions/>")
    with ExchangeServer(exchange, descriptions=tmp_path) as server:
        url = f"{server.base_url}/EWS/Services.wsdl"
        with requests.Session() as session:
            session.trust_env = False
            answer = session.get(url, auth=(ADDRESS, PASSWORD), timeout=10)
            refused = session.post(url, auth=(ADDRESS, PASSWORD), timeout=10)
    assert (answer.status_code, answer.text) == (200, "<definitions/>")
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD")


def test_two_servers_in_one_process_are_independent(server: ExchangeServer, post):
    other = Exchange()
    other.add_mailbox("bert@example.com", "another")
    with ExchangeServer(other) as second, requests.Session() as session:
        session.trust_env = False
        assert post(GET_CONTACTS_FOLDER).status == 200
        answer = session.post(
            second.url,
            GET_CONTACTS_FOLDER,
            headers=XML,
            auth=(ADDRESS, PASSWORD),
            timeout=10,
        )
        assert answer.status_code == 401
        assert second.port != server.port
        assert (server.counters.total, second.counters.total) == (1, 0)


def test_many_clients_are_served_at_once(server: ExchangeServer):
    statuses = []

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        statuses.extend(ask(connection)[0] for _ in range(20))
        connection.close()

    threads = [threading.Thread(target=client) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 100
    assert server.counters.requests == {"GetFolder": 100}


def test_a_stopped_server_ends_its_connections(exchange: Exchange):
    server = ExchangeServer(exchange).start()
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    assert ask(connection)[0] == 200
    begin = time.monotonic()
    server.stop()
    assert time.monotonic() - begin < 2
    with pytest.raises((http.client.RemoteDisconnected, OSError)):
        ask(connection)
    with pytest.raises(ConnectionRefusedError):
        http.client.HTTPConnection("127.0.0.1", server.port, timeout=10).connect()


def test_a_port_in_use_is_refused(server: ExchangeServer, exchange: Exchange):
    with pytest.raises(OSError, match="in use"):
        ExchangeServer(exchange, port=server.port)


def test_a_failure_of_the_simulator_is_an_error_500_and_kept(exchange: Exchange):
    class Broken(Exchange):
        def answer(self, body, caller, headers, behaviors):
            raise RuntimeError("no answer")

    broken = Broken()
    broken.add_mailbox(ADDRESS, PASSWORD)
    with ExchangeServer(broken) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        assert ask(connection)[0] == 500
        connection.close()
        assert [str(error) for error in server.errors] == ["no answer"]
