# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Test what each kind of user can access through each API of a running Odoo, and that
secrets appear nowhere.

``rights.txt`` is the expected table. The tests find every model, method and field in
Odoo's registry, try each as each kind of user, and compare the results with the table.
"""
