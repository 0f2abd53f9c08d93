# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The run: pull, plan, guard, apply, in batches, against ports.

Nothing here knows Odoo or the mail server's protocol. ``core.ports`` says what
the engine needs from both sides; ``synchronizer.py`` is the story of a run.
"""
