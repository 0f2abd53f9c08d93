# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A real Odoo server in a separate process, accessed over HTTP."""

from .database import database_copy
from .rpc import Rpc, RpcError
from .server import OdooServer

__all__ = ["OdooServer", "Rpc", "RpcError", "database_copy"]
