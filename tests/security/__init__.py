# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who gets at what, through every door of a running Odoo; and where secrets end up.

``rights.txt`` is the table people read. The tests find every model, method and field in
Odoo's registry, try each as each kind of user, and compare.
"""
