# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Odoo's side: partners as their owner sees them, and the addon's bookkeeping.

Implements the engine's ports for ``PartnerStore``, ``LinkStore``, ``Inbox``,
``RunLog`` and ``UnitOfWork``. Partners are read and written with the rights of
the account's owner; only the bookkeeping tables are touched directly, in SQL,
because they are written by the thousand and belong to the addon alone.
"""
