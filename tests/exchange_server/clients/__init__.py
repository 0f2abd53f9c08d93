# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Exchange clients nobody here wrote, unmodified, on the simulator.

Run by ``./dev test clients``, which downloads them. A client that fails shows where
the simulator is too kind, too strict or incomplete: the simulator is corrected then,
with a test of its own in ``tests/exchange_server/tests``.
"""
