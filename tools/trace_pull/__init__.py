# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How much code one changed contact passes through: ``./dev trace``."""
