# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A synchronization that is interrupted anywhere, and the one that completes it."""
