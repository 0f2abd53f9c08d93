# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Some hundred invalid answers; ``./dev test fuzz`` tries thousands."""

from __future__ import annotations

EXAMPLES = 200


def test_any_answer_of_a_server_raises_only_our_errors(schemas):
    from robustness.fuzz.run import run_fuzz

    assert run_fuzz(schemas, EXAMPLES).tried.total() >= EXAMPLES
