# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Exchange Online through Microsoft Graph v1.0: plain HTTP with JSON.

The entry point is ``session.open_gateway``.
"""
