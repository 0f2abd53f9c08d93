# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Exchange Web Services: one protocol in front of the mailbox store."""
