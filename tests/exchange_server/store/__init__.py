# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The contents of a mailbox: folders, items, attachments and their history."""
