# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tests that try much: random moves, interruptions, faults, old versions."""
