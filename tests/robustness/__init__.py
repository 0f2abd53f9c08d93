# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Long tests: random operations, interruptions, faults, upgrades, mutants."""
