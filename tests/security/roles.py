# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The users of the matrix, and the secrets for which the tests search."""

from __future__ import annotations

ROLES = (
    "owner",
    "colleague",
    "importer",
    "exporter",
    "administrator",
    "portal",
    "public",
)
"""``owner`` may import and export, ``importer`` and ``exporter`` only do one of both.
These three have accounts and use their own records. The others use the owner's records.
"""

OWNERS = ("owner", "importer", "exporter")

IMPORT, EXPORT = "group_import", "group_export"
RIGHTS = {
    "owner": (IMPORT, EXPORT),
    "colleague": (IMPORT, EXPORT),
    "importer": (IMPORT,),
    "exporter": (EXPORT,),
    "administrator": (IMPORT, EXPORT),
}

OWNER_PASSWORD = "canary-of-an-owner-7316"
SERVICE_PASSWORD = "canary-of-a-service-9042"
CLIENT_SECRET = "canary-of-an-application-2264"
PRIVATE_KEY = "canary-of-a-private-key-6120"
TYPED_PASSWORD = "canary-of-a-wrong-attempt-5180"
KEY = "Y2FuYXJ5LW9mLXRoZS1rZXktNDQ3MS0tLS0tLS0tLS0="
CANARIES = (
    OWNER_PASSWORD,
    SERVICE_PASSWORD,
    CLIENT_SECRET,
    PRIVATE_KEY,
    TYPED_PASSWORD,
    KEY,
)


def address(role: str) -> str:
    """:returns: the login of a user, which is also the address of the mailbox"""
    return f"{role}@example.com"
