# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The addon's own tables: links, inbox, runs, lease, settings and unit of work.

Implements the engine's ports ``LinkStore``, ``Inbox``, ``RunLog``, ``Progress``,
``BehaviorStore`` and ``UnitOfWork``. The tables belong to the addon alone and are
written in large numbers, so this package writes them in SQL and with the addon's own
rights. Odoo's contacts are read and written in ``partner`` with the owner's rights.
"""
