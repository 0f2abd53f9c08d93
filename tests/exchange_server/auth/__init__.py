# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""HTTP authentication with Basic and NTLM."""

from .authenticator import Authenticator, ConnectionIdentity, Refused

__all__ = ["Authenticator", "ConnectionIdentity", "Refused"]
