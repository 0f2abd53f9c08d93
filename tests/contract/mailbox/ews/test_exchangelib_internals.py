# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The addon uses parts of exchangelib that its documentation does not guarantee.

If one of these tests fails after an upgrade of exchangelib, first read the changes of
the named part: ``ews/connection/protocol.py`` and, in ``ews/operations``,
``services.py`` and ``errors.py`` depend on it.
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
def test_services_have_the_methods_we_override(method, expected):
    assert parameters(getattr(EWSService, method)) == expected, LOUD


def test_services_use_our_impersonation_and_our_errors_to_catch():
    source = inspect.getsource(EWSService)

    assert isinstance(EWSService._account_to_impersonate, property), LOUD
    assert "self._account_to_impersonate" in inspect.getsource(EWSService.wrap), LOUD
    assert "except self.ERRORS_TO_CATCH_IN_RESPONSE" in source, LOUD
    assert "except self.WARNINGS_TO_CATCH_IN_RESPONSE" in source, LOUD


def test_response_codes_are_names_of_classes():
    """``response_codes`` lists names, and ``errors.code_of`` returns a class's name.

    Codes for which exchangelib has no class become ``errors.OtherCode``.
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


def test_our_retry_policy_sees_each_answer_before_a_retry():
    source = inspect.getsource(util.post_ratelimited)

    assert source.count("session.post(") == 1, LOUD
    assert "protocol.retry_policy.raise_response_errors(r)" in source, LOUD
    assert "while" not in source.partition('"""')[2].partition('"""')[2], LOUD
    assert protocol.FailFast().fail_fast is True, LOUD
    assert protocol.FailFast().back_off_until is None, LOUD


def test_connection_errors_keep_their_cause():
    """exchangelib raises without "from"; ``errors`` follows ``__context__``."""
    source = inspect.getsource(util.post_ratelimited)

    assert "except TLS_ERRORS as e" in source, LOUD
    assert "except CONNECTION_ERRORS as e" in source, LOUD
    assert "from None" not in source, LOUD


def test_a_version_without_a_build_is_accepted():
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
def test_log_records_with_secrets_are_dropped_at_every_level(
    name: str, dropped: int, kept: int, caplog: pytest.LogCaptureFixture
):
    from exchange_contact_sync.ews.connection import protocol as ours  # noqa: F401

    with caplog.at_level(logging.DEBUG, name):
        logging.getLogger(name).log(dropped, "secret")
        logging.getLogger(name).log(kept, "harmless")

    assert caplog.messages == ["harmless"]
