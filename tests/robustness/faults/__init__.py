# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Each fault of the simulator, at each request of each phase of a run."""
