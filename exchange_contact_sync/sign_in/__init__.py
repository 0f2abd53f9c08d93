# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Sign in with Microsoft: OAuth 2.0 and OpenID Connect of Microsoft Entra.

MSAL for Python does the protocol; this package gives it a connection that reaches the
sign-in's own host only, and translates what it answers. It imports core, network and
msal, and stores nothing.
"""
