# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Interrupt a synchronization at every point; the next one must complete it."""
