# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a synchronization costs, on real parts: ``./dev bench``.

The mail server is a process of its own, so that its work is not counted as the
addon's. So is each measurement, on a fresh database, with Odoo inside: nothing is
warm but what a worker of Odoo has warm too, and the memory it takes is its own.
"""
