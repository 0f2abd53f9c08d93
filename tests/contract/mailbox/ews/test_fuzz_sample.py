# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Some hundred invalid answers; ``./dev test fuzz`` tries thousands."""

from __future__ import annotations

EXAMPLES = 200


def test_nothing_but_our_errors_leaves_whatever_a_server_says(schemas):
    from robustness.fuzz.run import run_fuzz

    assert run_fuzz(schemas, EXAMPLES).tried.total() >= EXAMPLES
