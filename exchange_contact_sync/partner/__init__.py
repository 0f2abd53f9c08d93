# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Odoo's side: partners as the account's owner sees them.

Implements the engine's ports ``PartnerStore`` and ``PictureStore``. Partners are read
and written with the rights of the account's owner; the addon's own tables are in
``storage``.
"""
