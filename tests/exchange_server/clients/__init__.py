# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Unmodified Exchange clients of other authors on the simulator.

``./dev test clients`` downloads and runs them. If a client fails, the simulator is too
lenient, too strict or incomplete; it is then corrected with an additional test in
``tests/exchange_server/tests``.
"""
