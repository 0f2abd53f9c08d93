# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Implementations of the storage ports for the contract tests."""
