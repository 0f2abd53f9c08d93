# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Autodiscover: find the URL of the Exchange Web Services for an e-mail address.

Both forms of Exchange are served: POX ("plain old XML") at autodiscover.xml and SOAP
at autodiscover.svc.
"""

from .directory import Directory
from .pox import PoxEndpoint
from .soap import SoapEndpoint

__all__ = ["Directory", "PoxEndpoint", "SoapEndpoint"]
