# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who sends a request: HTTP authentication by Basic and by NTLM."""

from .authenticator import Authenticator, ConnectionIdentity, Refused

__all__ = ["Authenticator", "ConnectionIdentity", "Refused"]
