# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Mailboxes for the contract tests, and what people do in them."""
