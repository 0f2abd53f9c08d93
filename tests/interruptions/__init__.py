# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A synchronization that is interrupted anywhere, and the next one that completes it."""
