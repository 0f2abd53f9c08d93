# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a mailbox keeps: folders, items, attachments and the history of changes."""
