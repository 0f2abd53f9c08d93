# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Each fault that the simulator knows, at each request of each phase."""
