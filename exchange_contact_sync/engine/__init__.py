# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Run a synchronization against ports: pull, plan, guard, apply in batches.

This package knows neither Odoo nor the mail server's protocol. ``core.ports`` defines
what the engine needs from both sides; ``synchronizer.py`` shows the order of a run.
"""
