# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The simulator as a program of its own."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import requests
from requests_ntlm import HttpNtlmAuth

from exchange_server.cli import main
from exchange_server.tests.wire import CREATE_CONTACT, GET_FOLDER, Reply, soap

TESTS = Path(__file__).resolve().parents[2]
USER = ("--user", "a@example.com:pass:word")


class Program:
    """A running program; what it printed first are its URLs."""

    def __init__(self, *arguments: str, **options: object) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "exchange_server", *arguments],
            **options,
            env={**os.environ, "PYTHONPATH": str(TESTS)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.url = self.process.stdout.readline().rstrip("\n")
        self.graph_url = self.process.stdout.readline().rstrip("\n")
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.auth = ("a@example.com", "pass:word")

    def end(self, number: int = signal.SIGTERM) -> tuple[int, str, str]:
        """The exit status and what was printed after the URLs."""
        self.session.close()
        self.process.send_signal(number)
        printed, errors = self.process.communicate(timeout=10)
        return self.process.returncode, printed, errors

    def post(self, body: str, header: str = "") -> Reply:
        answer = self.session.post(
            self.url,
            soap(body, header).encode(),
            headers={"Content-Type": "text/xml; charset=utf-8"},
            timeout=20,
        )
        return Reply(answer.status_code, answer.headers, answer.content)

    def control(self, path: str):
        base = self.url.replace("/EWS/Exchange.asmx", "/control/")
        return self.session.get(base + path, timeout=20).json()


@pytest.fixture
def run() -> Iterator[Callable[..., Program]]:
    started: list[Program] = []

    def start(*arguments: str, **options: object) -> Program:
        started.append(Program(*arguments, **options))
        return started[-1]

    yield start
    for program in started:
        program.session.close()
        if program.process.poll() is None:
            program.process.kill()
        program.process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_line_when_ready_and_a_clean_end(run, number):
    program = run(*USER)
    assert program.url.startswith("http://127.0.0.1:")
    assert program.url.endswith("/EWS/Exchange.asmx")
    assert program.post(GET_FOLDER).codes == ["NoError"]
    assert program.end(number) == (0, "", "")


def test_a_clean_end_in_the_background_of_a_script(run):
    """A shell lets its background jobs ignore SIGINT; the program still follows it."""

    def ignore() -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    program = run(*USER, preexec_fn=ignore)
    assert program.end(signal.SIGINT) == (0, "", "")


def test_a_chosen_port(run):
    port = run(*USER).url.split(":")[2].split("/")[0]
    second = run(*USER, "--port", port)
    status, printed, errors = second.end()
    assert (status, printed) == (1, "")
    assert "in use" in errors
    assert len(errors.splitlines()) == 1


def test_the_port_can_be_used_again_at_once(run):
    program = run(*USER)
    port = program.url.split(":")[2].split("/")[0]
    program.post(GET_FOLDER)
    program.end()
    assert run(*USER, "--port", port).url == program.url


def test_several_users_with_mailboxes_of_their_own(run):
    program = run(*USER, "--user", "b@example.com:other", "--contacts", "30")
    sizes = {m["address"]: m["contacts"] for m in program.control("mailboxes")}
    assert sizes == {"a@example.com": 30, "b@example.com": 30}
    mine = program.control("mailboxes/a@example.com/contacts")
    theirs = program.control("mailboxes/b@example.com/contacts")
    assert [c["values"] for c in mine] != [c["values"] for c in theirs]
    program.session.auth = ("b@example.com", "other")
    assert program.post(GET_FOLDER).codes == ["NoError"]


def test_the_same_seed_gives_the_same_mailbox(run):
    def contacts(*arguments: str) -> list:
        program = run(*USER, "--contacts", "40", *arguments)
        found = program.control("mailboxes/a@example.com/contacts")
        program.end()
        return [(one["id"], one["folder"], one["values"]) for one in found]

    first = contacts("--seed", "7")
    assert contacts("--seed", "7") == first
    assert contacts("--seed", "8") != first
    assert len(first) == 40


def test_the_tls_authority_is_written_to_a_file(run, tmp_path: Path):
    ca_file = tmp_path / "ca.pem"
    program = run(*USER, "--tls", "--ca-file", str(ca_file))
    assert program.url.startswith("https://")
    program.session.verify = str(ca_file)
    assert program.post(GET_FOLDER).codes == ["NoError"]


@pytest.mark.parametrize(
    ("schemes", "challenge"),
    [
        ("basic", 'Basic realm="EXCH01"'),
        ("ntlm", "NTLM"),
        ("basic,ntlm", 'NTLM, Basic realm="EXCH01"'),
    ],
)
def test_the_schemes_of_authentication(run, schemes, challenge):
    program = run(*USER, "--auth", schemes)
    program.session.auth = None
    assert program.post(GET_FOLDER).headers["WWW-Authenticate"] == challenge
    if "ntlm" in schemes:
        program.session.auth = HttpNtlmAuth("a@example.com", "pass:word")
        assert program.post(GET_FOLDER).codes == ["NoError"]


def test_an_impersonator_may_act_as_another(run):
    program = run(*USER, "--impersonator", "service@example.com:secret")
    acting = (
        "<t:ExchangeImpersonation><t:ConnectingSID><t:PrimarySmtpAddress>"
        "{}</t:PrimarySmtpAddress></t:ConnectingSID></t:ExchangeImpersonation>"
    )
    refused = program.post(CREATE_CONTACT, acting.format("service@example.com"))
    assert refused.fault_code == "ErrorImpersonateUserDenied"
    program.session.auth = ("service@example.com", "secret")
    reply = program.post(CREATE_CONTACT, acting.format("a@example.com"))
    assert reply.codes == ["NoError"]
    sizes = {m["address"]: m["contacts"] for m in program.control("mailboxes")}
    assert sizes == {"service@example.com": 0, "a@example.com": 1}


def test_with_schemas_requests_are_validated(run, schemas):
    program = run(*USER, "--schemas", str(schemas.directory))
    reply = program.post("<m:GetFolder/>")
    assert reply.fault_code == "ErrorSchemaValidation"
    url = program.url.replace("Exchange.asmx", "messages.xsd")
    assert program.session.get(url, timeout=20).status_code == 200


def test_requests_are_logged_on_demand(run):
    program = run(*USER, "--verbose")
    program.post(GET_FOLDER)
    assert "POST /EWS/Exchange.asmx" in program.end()[2]


def test_100_000_contacts_are_ready_in_seconds(run):
    """Measured as processor time: other work on the machine does not count."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    program = run(*USER, "--contacts", "100000", "--seed", "7")
    assert program.control("mailboxes")[0]["contacts"] == 100_000
    assert program.end() == (0, "", "")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime - before.ru_utime < 10


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([], "--user"),
        (["--user", "nobody"], "not of the form"),
        (["--user", "a@example.com:"], "not of the form"),
        ([*USER, "--auth", "kerberos"], "not some of basic,ntlm"),
        ([*USER, "--contacts", "-1"], "not a number of contacts"),
        ([*USER, "--contacts", "many"], "not a number of contacts"),
        ([*USER, "--ca-file", "ca.pem"], "--ca-file needs --tls"),
    ],
)
def test_invalid_options_are_refused(capsys, arguments, complaint):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert complaint in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([*USER, *USER], "has a mailbox"),
        ([*USER, "--schemas", "/nowhere"], "no EWS schemas here"),
    ],
)
def test_a_failed_start_is_explained(capsys, arguments, complaint):
    assert main(arguments) == 1
    assert complaint in capsys.readouterr().err


def test_the_control_interface_takes_ids_in_paths(run):
    program = run(*USER, "--contacts", "1")
    one = program.control("mailboxes/a@example.com/contacts")[0]
    path = f"mailboxes/a@example.com/contacts/{quote(one['id'], safe='')}"
    assert json.dumps(program.control(path)) == json.dumps(one)


def test_graph_is_served_and_applications_sign_in(run):
    uri = "https://odoo.example.com/answer"
    program = run(*USER, "--application", "app:secret", "--redirect-uri", uri)
    assert program.graph_url == program.url.replace("/EWS/Exchange.asmx", "/v1.0")
    (application,) = program.control("applications")
    assert (application["client_id"], application["secret"]) == ("app", "secret")
    assert application["redirect_uris"] == [uri]
    token = program.session.post(
        program.control("")["authority"] + "/oauth2/v2.0/token",
        data={
            "grant_type": "client_credentials",
            "client_id": "app",
            "client_secret": "secret",
            "scope": "https://graph.microsoft.com/.default",
        },
        auth=("app", "secret"),
        timeout=20,
    ).json()["access_token"]
    program.session.auth = None
    contacts = program.session.get(
        f"{program.graph_url}/users/a@example.com/contacts",
        headers={"Authorization": f"Bearer {token}"},
        timeout=20,
    )
    assert contacts.json()["value"] == []


def test_an_application_needs_a_secret(capsys):
    with pytest.raises(SystemExit):
        main([*USER, "--application", "app"])
    assert "ID:SECRET" in capsys.readouterr().err
