# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""All rules about security: access, secrets, and input of servers and users that must
not stop other accounts."""

from __future__ import annotations

from .of_trust_answers import OF_TRUST_ANSWERS
from .of_trust_data import OF_TRUST_DATA
from .of_trust_limits import OF_TRUST_LIMITS
from .of_trust_network import OF_TRUST_NETWORK
from .of_trust_secrets import OF_TRUST_SECRETS

OF_TRUST = (
    *OF_TRUST_SECRETS,
    *OF_TRUST_DATA,
    *OF_TRUST_NETWORK,
    *OF_TRUST_LIMITS,
    *OF_TRUST_ANSWERS,
)
