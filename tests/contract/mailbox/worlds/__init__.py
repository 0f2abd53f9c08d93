# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Mailboxes to prove the promises on, and the doors through which people use them."""
