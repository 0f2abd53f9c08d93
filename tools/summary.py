# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Adds up the JUnit reports of a test run and prints the closing summary."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path


def totals(report: Path) -> Counter[str]:
    """Passed, failed and skipped tests of one report; an error is a failure."""
    counts: Counter[str] = Counter()
    for suite in ElementTree.parse(report).iter("testsuite"):
        failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped = int(suite.get("skipped", 0))
        counts["failed"] += failed
        counts["skipped"] += skipped
        counts["passed"] += max(0, int(suite.get("tests", 0)) - failed - skipped)
    return counts


def main(folder: Path, kinds: list[str]) -> int:
    """Print the totals; the exit status is 0 if all passed and something ran.

    A kind of tests without a report broke before its first test: one failure.
    """
    total: Counter[str] = Counter()
    for kind in kinds:
        report = folder / f"{kind}.xml"
        counts = totals(report) if report.exists() else Counter(failed=1)
        total += counts
        print(f"{kind}: {counts['passed']} of {sum(counts.values())}")
    line = f"{total['passed']} passed, {total['failed']} failed"
    print(line + (f", {total['skipped']} skipped" if total["skipped"] else ""))
    return 0 if total["passed"] and not total["failed"] else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
