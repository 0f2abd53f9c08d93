# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Sign in with Microsoft: OAuth 2.0 and OpenID Connect of Microsoft Entra.

MSAL for Python implements the protocol. This package gives it a connection that reaches
only the host of the sign-in, and translates its answers. It imports core, network and
msal, and stores nothing.
"""
