# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Settings of all tests."""

from __future__ import annotations

from hypothesis import settings

# Wall-clock deadlines for one example fail for luck on a busy machine. What
# Hypothesis chose before stays (in continuous integration: a fixed seed).
settings.register_profile("steady", settings.default, deadline=None)
settings.load_profile("steady")
