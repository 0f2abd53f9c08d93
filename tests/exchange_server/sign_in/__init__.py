# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Sign-in as Microsoft Entra offers it: OpenID discovery, authorize, token.

Source: "OAuth 2.0 authorization code flow" and "OpenID Connect" on the Microsoft
identity platform (https://learn.microsoft.com/entra/identity-platform/).
"""

from .tenant import Application, Tenant

__all__ = ["Application", "Tenant"]
