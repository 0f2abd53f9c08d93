# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Passwords and contacts do not end up in logs, errors or other connections."""

from __future__ import annotations

import base64
import copy
import logging
import pickle
import subprocess
import sys
import traceback
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from contract.mailbox.conftest import ADDRESS, PASSWORD
from exchange_contact_sync.core.errors import SyncError
from exchange_contact_sync.ews.session import Settings, open_gateway
from exchange_server import faults

BASIC = base64.b64encode(f"{ADDRESS}:{PASSWORD}".encode()).decode()


def use(settings):
    """Use everything that connects.

    :return: the text of all objects and of all errors, with their causes
    """
    output = []
    try:
        with open_gateway(settings) as gateway:
            folder = gateway.folders()[0].id
            (ref,) = gateway.create(folder, [("key-1", {"surname": "Confidential"})])
            gateway.fetch([ref])
            output.append(repr(gateway) + repr(vars(gateway)))
    except SyncError as error:
        output.append("".join(traceback.format_exception(error)) + repr(error))
    return "".join(output)


@pytest.mark.parametrize("scheme", ["basic", "ntlm"])
@pytest.mark.parametrize("password", [PASSWORD, "wrong but secret"])
@pytest.mark.parametrize("fault", [None, faults.http_status(500), faults.drop_after()])
def test_no_password_is_logged_or_returned(
    settings, server, caplog, scheme, password, fault
):
    if fault:
        server.faults.add(replace(fault, hits=0, seen=0))
    used = f"{ADDRESS}:{password}".encode()
    secrets = [password, base64.b64encode(used).decode(), "Authorization"]
    with caplog.at_level(logging.DEBUG):
        for name in list(logging.root.manager.loggerDict):
            if name.startswith(("requests", "urllib3")):
                logging.getLogger(name).setLevel(logging.DEBUG)
        output = use(replace(settings, auth_type=scheme, password=password))

    for secret in secrets:
        assert secret not in caplog.text
        assert secret not in output


@pytest.mark.parametrize("fault", [None, faults.truncated("CreateItem")])
def test_no_contact_is_logged(settings, server, caplog, fault):
    if fault:
        server.faults.add(fault)
    with caplog.at_level(logging.DEBUG):
        use(settings)

    assert "Confidential" not in caplog.text


def test_a_broken_handshake_reveals_nothing(settings, server, caplog):
    """requests_ntlm fails in a way that exchangelib logs with all variables."""
    server.faults.add(faults.http_status(401, "GetFolder", times=None))

    with caplog.at_level(logging.DEBUG):
        output = use(replace(settings, auth_type="ntlm"))

    assert "AuthenticationFailed" in output
    assert PASSWORD not in caplog.text + output


def test_settings_do_not_show_passwords():
    settings = Settings(
        ADDRESS,
        password=PASSWORD,
        impersonator_username="service@example.com",
        impersonator_password="another secret",
    )

    assert PASSWORD not in repr(settings)
    assert "another secret" not in repr(settings)
    for take_along in (pickle.dumps, copy.deepcopy, asdict):
        with pytest.raises(TypeError, match="neither copied nor stored"):
            take_along(settings)


def test_a_password_in_the_address_of_the_server_is_dropped(settings, server):
    url = server.url.replace("http://", "http://anna:other@")

    with open_gateway(replace(settings, server_url=url)) as gateway:
        assert gateway.connection.endpoint == server.url


def test_nothing_is_left_when_a_gateway_closes(settings):
    """exchangelib would keep connections and passwords until the process ends."""
    from exchangelib.autodiscover.cache import autodiscover_cache
    from exchangelib.protocol import CachingProtocol

    with open_gateway(settings) as gateway:
        protocol = gateway._protocol
        assert gateway.folders()

    assert CachingProtocol._protocol_cache == {}
    assert len(autodiscover_cache) == 0
    assert protocol._session_pool.empty()


def test_two_passwords_for_one_mailbox_do_not_mix(settings, mailbox):
    with open_gateway(settings) as old:
        assert old.folders()
        mailbox.password = "a new one"
        with open_gateway(replace(settings, password="a new one")) as new:
            assert new.folders()
            assert old.folders()  # its connection was authenticated before
    with pytest.raises(SyncError):
        with open_gateway(settings) as old:
            old.folders()


def test_importing_the_session_does_not_import_exchangelib():
    script = (
        "import sys; from support import bare_addon; bare_addon.make_importable()\n"
        "import exchange_contact_sync.ews.session\n"
        "print([n for n in ('exchangelib', 'requests', 'lxml') if n in sys.modules])"
    )
    tests = str(Path(__file__).resolve().parents[3])
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={"PYTHONPATH": tests, "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == "[]"


def test_the_package_ews_does_not_import_odoo():
    script = (
        "import sys; from support import bare_addon; bare_addon.make_importable()\n"
        "import exchange_contact_sync.ews.connection.connect\n"
        "import exchange_contact_sync.ews.gateway\n"
        "print([name for name in sys.modules if name.split('.')[0] == 'odoo'])"
    )
    tests = str(Path(__file__).resolve().parents[3])
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={"PYTHONPATH": tests, "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == "[]"
