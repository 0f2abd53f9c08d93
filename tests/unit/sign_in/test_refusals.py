# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Each refusal of Microsoft's sign-in becomes our error."""

from __future__ import annotations

import pytest

from exchange_contact_sync.core.errors import ServerBusy, Unreachable
from exchange_contact_sync.sign_in import errors
from exchange_contact_sync.sign_in.refusals import refusal
from support.rows import for_each_row


@for_each_row(
    ("error", "number", "meaning"),
    [
        ("invalid_grant", 65001, errors.ConsentNeeded),
        ("access_denied", 65004, errors.ConsentDeclined),
        ("access_denied", 90094, errors.AdminConsentNeeded),
        ("interaction_required", 50076, errors.ProofNeeded),
        ("invalid_grant", 50079, errors.ProofNeeded),
        ("access_denied", 53003, errors.AccessConditional),
        ("interaction_required", 53000, errors.AccessConditional),
        ("invalid_client", 7000222, errors.SecretExpired),
        ("invalid_client", 7000215, errors.SecretWrong),
        ("unauthorized_client", 700016, errors.ApplicationUnknown),
        ("invalid_request", 50011, errors.RedirectAddressUnknown),
        ("invalid_request", 90002, errors.TenantUnknown),
        ("invalid_grant", 50057, errors.AccountBlocked),
        ("invalid_grant", 50173, errors.SignInExpired),
        ("invalid_grant", 50105, errors.NotAssigned),
        ("invalid_grant", 50020, errors.AccountUnknown),
        ("invalid_grant", 50129, errors.AccessConditional),
        ("access_denied", 500021, errors.AccessConditional),
        ("invalid_grant", 530035, errors.AccessConditional),
        ("access_denied", 500213, errors.AccessConditional),
        ("invalid_grant", 50135, errors.AccountBlocked),
        ("invalid_grant", 16000, errors.AccountUnknown),
        ("invalid_request", 500208, errors.AccountUnknown),
        ("invalid_grant", 90008, errors.ConsentNeeded),
        ("invalid_request", 50128, errors.TenantUnknown),
        ("invalid_request", 90038, errors.TenantUnknown),
        ("invalid_request", 50194, errors.ApplicationFault),
        ("invalid_client", 650057, errors.ApplicationFault),
        ("invalid_client", 700025, errors.ApplicationFault),
        ("invalid_grant", 700011, errors.ApplicationUnknown),
        ("invalid_resource", 500011, errors.ApplicationUnknown),
        ("invalid_client", 50012, errors.SecretWrong),
        ("invalid_client", 700024, errors.ClockWrong),
        ("invalid_scope", 700023, errors.ApplicationFault),
        ("invalid_grant", 70043, errors.SignInExpired),
        ("invalid_grant", 54005, errors.SignInExpired),
        # What passes is no reason to sign in again.
        ("invalid_grant", 90033, ServerBusy),
        ("invalid_grant", 50196, ServerBusy),
        ("invalid_request", 90055, ServerBusy),
        ("access_denied", 90006, ServerBusy),
        # Numbers may change; the error alone has a meaning.
        ("invalid_grant", 1, errors.SignInExpired),
        ("invalid_client", 1, errors.SecretWrong),
        ("access_denied", 1, errors.ConsentDeclined),
        ("server_error", 1, Unreachable),
        ("a new error", 1, errors.SignInRefused),
    ],
)
def test_a_number_makes_an_error_more_precise(error, number, meaning):
    text = f"AADSTS{number}: Something. Trace ID: 1"
    by_list = refusal(
        {"error": error, "error_description": "Something", "error_codes": [number]}
    )
    by_text = refusal({"error": error, "error_description": text})
    assert type(by_list) is type(by_text) is meaning
    assert by_text.detail == f"{error}: {text}"


@pytest.mark.parametrize("codes", ["65001", ["65001"], [None], {}, [10**30]])
def test_an_invalid_list_of_numbers_is_ignored(codes):
    found = refusal({"error": "invalid_grant", "error_codes": codes})
    assert type(found) is errors.SignInExpired


@pytest.mark.parametrize("answer", [{}, {"error": 1}, {"error": ["invalid_grant"]}])
def test_an_unreadable_error_is_a_refusal(answer):
    assert type(refusal(answer)) is errors.SignInRefused


def test_a_busy_sign_in_service_has_a_delay():
    found = refusal({"error": "temporarily_unavailable"})
    assert isinstance(found, ServerBusy)
    assert found.back_off > 0
