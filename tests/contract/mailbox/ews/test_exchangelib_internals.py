# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What of exchangelib is used that its documentation does not promise.

If one of these fails after an upgrade, read the changes of the named part before
anything else: ``ews/connection/protocol.py`` and, in ``ews/operations``,
``services.py`` and ``errors.py`` stand on it.
"""

from __future__ import annotations

import inspect
import logging

import exchangelib
import pytest
from exchangelib import errors, protocol, util
from exchangelib.services.common import EWSService
from exchangelib.version import Build, Version

from support.rows import for_each_row

LOUD = "exchangelib changed here: check exchange_contact_sync/ews before use"


def parameters(function):
    return list(inspect.signature(function).parameters)


def test_the_version_is_the_one_that_was_read():
    assert exchangelib.__version__.startswith("5.6."), LOUD


@for_each_row(
    ("method", "expected"),
    [
        ("_get_elements", ["self", "payload"]),
        ("_elems_to_objs", ["self", "elems"]),
        ("_elem_to_obj", ["self", "elem"]),
        ("_get_soap_parts", ["response"]),
        ("_get_elements_in_container", ["container"]),
        ("_get_element_container", ["self", "message", "name"]),
        ("_get_elements_in_response", ["self", "response"]),
        ("_get_exception", ["code", "text", "msg_xml", "rule_errors"]),
        ("_raise_soap_errors", ["fault"]),
        ("_extra_headers", ["self"]),
        ("_api_versions_to_try", ["self"]),
        ("wrap", ["self", "content", "api_version"]),
    ],
)
def test_services_have_the_seams_we_use(method, expected):
    assert parameters(getattr(EWSService, method)) == expected, LOUD


def test_services_ask_us_about_impersonation_and_catch_what_we_say():
    source = inspect.getsource(EWSService)

    assert isinstance(EWSService._account_to_impersonate, property), LOUD
    assert "self._account_to_impersonate" in inspect.getsource(EWSService.wrap), LOUD
    assert "except self.ERRORS_TO_CATCH_IN_RESPONSE" in source, LOUD
    assert "except self.WARNINGS_TO_CATCH_IN_RESPONSE" in source, LOUD


def test_response_codes_are_names_of_classes():
    """``response_codes`` has names, ``errors.code_of`` reads them off the class.

    The codes that exchangelib has no class for come as ``errors.OtherCode``.
    """
    from exchange_contact_sync.ews.operations import response_codes

    named = 0
    for table in ("ITEM", "SERVER", "REQUEST", "FOLDER", "NEW_FOLDER", "MAILBOX"):
        for code in getattr(response_codes, table):
            known = getattr(errors, code, errors.ResponseMessageError)
            assert issubclass(known, errors.ResponseMessageError), LOUD
            named += hasattr(errors, code)
    assert named > 100, LOUD
    assert "vars(errors)[code]" in inspect.getsource(EWSService._get_exception), LOUD
    assert issubclass(errors.ResponseMessageError, errors.TransportError), LOUD
    assert getattr(errors, response_codes.STOPPED), LOUD
    assert errors.ErrorServerBusy("busy", back_off=3).back_off == 3, LOUD


def test_a_protocol_makes_its_sessions_by_our_method():
    source = inspect.getsource(protocol.BaseProtocol.create_session)

    assert "self.raw_session(self.service_endpoint)" in source, LOUD
    assert parameters(protocol.BaseProtocol.__init__) == ["self", "config"], LOUD
    assert not isinstance(protocol.BaseProtocol, protocol.CachingProtocol), LOUD


def test_answers_pass_by_our_policy_before_anything_is_sent_again():
    source = inspect.getsource(util.post_ratelimited)

    assert source.count("session.post(") == 1, LOUD
    assert "protocol.retry_policy.raise_response_errors(r)" in source, LOUD
    assert "while" not in source.partition('"""')[2].partition('"""')[2], LOUD
    assert protocol.FailFast().fail_fast is True, LOUD
    assert protocol.FailFast().back_off_until is None, LOUD


def test_what_failed_on_the_way_can_be_traced_to_its_cause():
    """It is wrapped without "from"; ``errors`` walks the context of exceptions."""
    source = inspect.getsource(util.post_ratelimited)

    assert "except TLS_ERRORS as e" in source, LOUD
    assert "except CONNECTION_ERRORS as e" in source, LOUD
    assert "from None" not in source, LOUD


def test_an_unknown_build_asks_for_no_guessing():
    version = Version(None, "Exchange2013_SP1")

    assert version.build is None, LOUD
    assert version != Version(Build(15, 1), "Exchange2013_SP1"), LOUD
    assert EWSService.supported_from is None, LOUD


@pytest.mark.parametrize(
    ("name", "dropped", "kept"),
    [
        ("exchangelib.util", logging.ERROR, logging.CRITICAL),
        ("exchangelib.util.xml", logging.ERROR, logging.CRITICAL),
        ("exchangelib.transport", logging.DEBUG, logging.INFO),
        ("spnego._ntlm", logging.DEBUG, logging.INFO),
    ],
)
def test_what_would_log_secrets_is_dropped_at_any_level(
    name: str, dropped: int, kept: int, caplog: pytest.LogCaptureFixture
):
    from exchange_contact_sync.ews.connection import protocol as ours  # noqa: F401

    with caplog.at_level(logging.DEBUG, name):
        logging.getLogger(name).log(dropped, "secret")
        logging.getLogger(name).log(kept, "harmless")

    assert caplog.messages == ["harmless"]
