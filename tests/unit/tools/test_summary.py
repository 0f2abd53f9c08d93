# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The closing line of ./dev test."""

from __future__ import annotations

from pathlib import Path

import pytest

import summary

REPORT = (
    '<testsuites><testsuite tests="{}" failures="{}" errors="{}" skipped="{}"/>'
    "</testsuites>"
)


def closing_line(
    folder: Path, capsys: pytest.CaptureFixture[str], **reports: tuple[int, ...]
) -> tuple[int, str]:
    for kind, numbers in reports.items():
        if numbers:
            (folder / f"{kind}.xml").write_text(REPORT.format(*numbers))
    status = summary.main(folder, list(reports))
    return status, capsys.readouterr().out.splitlines()[-1]


def test_reports_are_added_up(tmp_path, capsys):
    found = closing_line(tmp_path, capsys, unit=(3, 0, 0, 0), contract=(4, 0, 0, 1))
    assert found == (0, "6 passed, 0 failed, 1 skipped")


def test_an_error_is_a_failure(tmp_path, capsys):
    found = closing_line(tmp_path, capsys, unit=(5, 1, 1, 0))
    assert found == (1, "3 passed, 2 failed")


def test_a_kind_that_never_started_is_a_failure(tmp_path, capsys):
    found = closing_line(tmp_path, capsys, unit=(5, 0, 0, 0), integration=())
    assert found == (1, "5 passed, 1 failed")


def test_a_run_without_tests_is_a_failure(tmp_path, capsys):
    assert closing_line(tmp_path, capsys) == (1, "0 passed, 0 failed")
