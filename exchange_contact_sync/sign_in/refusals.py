# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Translate refusals of the Microsoft identity platform.

"Microsoft Entra authentication and authorization error codes"
(https://learn.microsoft.com/entra/identity-platform/reference-error-codes): programs
should react to ``error``; the AADSTS numbers may change at any time. So ``error`` alone
determines a usable error, and a known number only makes it more precise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..core.errors import ServerBusy, SyncError, Unreachable
from ..network.back_off import DEFAULT_BACK_OFF
from .errors import (
    AccessConditional,
    AccountBlocked,
    AccountUnknown,
    AdminConsentNeeded,
    ApplicationFault,
    ApplicationUnknown,
    ClockWrong,
    ConsentDeclined,
    ConsentNeeded,
    NotAssigned,
    ProofNeeded,
    RedirectAddressUnknown,
    SecretExpired,
    SecretWrong,
    SignInExpired,
    SignInRefused,
    TenantUnknown,
)

BY_ERROR: dict[str, type[SyncError]] = {
    "access_denied": ConsentDeclined,
    "consent_required": ConsentNeeded,
    "interaction_required": SignInExpired,
    "login_required": SignInExpired,
    "invalid_grant": SignInExpired,
    "invalid_client": SecretWrong,
    "unauthorized_client": ApplicationUnknown,
    "invalid_tenant": TenantUnknown,
    "invalid_request": ApplicationFault,
    "invalid_scope": ApplicationFault,
    "invalid_resource": ApplicationFault,
    "unsupported_response_type": ApplicationFault,
    "unsupported_grant_type": ApplicationFault,
    "temporarily_unavailable": ServerBusy,
    "server_error": Unreachable,
}
"""RFC 6749, 4.1.2.1 and 5.2; OpenID Connect Core, 3.1.2.6."""

_NUMBERS: dict[type[SyncError], tuple[int, ...]] = {
    ConsentNeeded: (65001, 65002, 90008),
    ConsentDeclined: (65004,),
    AdminConsentNeeded: (90093, 90094, 90095, 90097),
    ProofNeeded: (50072, 50074, 50076, 50078, 50079),
    AccessConditional: (
        *(50002, 50005, 50097, 50129, 50131, 50155, 50158, 50187),
        *(53000, 53001, 53002, 53003, 53004, 53010, 53011, 530032, 530034, 530035),
        *(500021, 500022, 500212, 500213),
    ),
    NotAssigned: (50105,),
    AccountBlocked: (50053, 50055, 50056, 50057, 50064, 50135, 50144, 54000),
    AccountUnknown: (
        *(16000, 16003, 50014, 50020, 50034, 50177, 51004),
        *(90072, 500208),
    ),
    TenantUnknown: (50059, 50128, 90002, 90019, 90038, 900023),
    ApplicationUnknown: (
        *(70001, 90099, 500011, 650052, 700011, 700016),
        *(1000031, 7000112),
    ),
    ApplicationFault: (50194, 65005, 650054, 650056, 650057, 700025),
    SecretExpired: (7000222,),
    ClockWrong: (700024,),
    SecretWrong: (50012, 70002, 700027, 700030, 7000215, 7000218),
    RedirectAddressUnknown: (50011, 70004, 500112),
    SignInExpired: (
        *(50085, 50089, 50132, 50133, 50139, 50173, 54005, 70000, 70008, 70043),
        *(700003, 700082, 700084),
    ),
    ServerBusy: (50033, 50196, 90006, 90012, 90024, 90033, 90055, 90090, 90091),
}
BY_NUMBER = {number: kind for kind, numbers in _NUMBERS.items() for number in numbers}

_NUMBER = re.compile(r"AADSTS(\d+)")


def refusal(answer: Mapping[str, object]) -> SyncError:
    """Return the error for a refusal.

    :param answer: the JSON object of the token endpoint, or the parameters of the
        redirect address
    """
    error, description = _text(answer, "error"), _text(answer, "error_description")
    kind = BY_ERROR.get(error, SignInRefused)
    for number in _numbers(answer, description):
        if number in BY_NUMBER:
            kind = BY_NUMBER[number]
            break
    detail = f"{error}: {description}" if description else error
    if issubclass(kind, ServerBusy):
        return kind(detail, DEFAULT_BACK_OFF)
    return kind(detail)


def _text(answer: Mapping[str, object], name: str) -> str:
    value = answer.get(name)
    return value if isinstance(value, str) else ""


def _numbers(answer: Mapping[str, object], description: str) -> list[int]:
    """Return the AADSTS numbers; the parameters of the redirect address contain them
    only in the description.
    """
    listed = answer.get("error_codes")
    if isinstance(listed, list) and listed:
        return [number for number in listed if isinstance(number, int)]
    return [int(found) for found in _NUMBER.findall(description)]
