# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Check all rows of a table within one test, and report each row that failed."""

from __future__ import annotations

import functools
import inspect
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import pytest

Test = Callable[..., None]
Label = Callable[[Any], object]
FAILURES = (Exception, pytest.fail.Exception)


class _Row(NamedTuple):
    label: str
    arguments: dict[str, Any]


def for_each_row(
    names: str | Sequence[str],
    rows: Iterable[Any],
    *,
    ids: Label | Iterable[object] | None = None,
) -> Callable[[Test], Test]:
    """Decorate a test to check all rows; a row that fails does not stop the others.

    It has the parameters of ``pytest.mark.parametrize``, but creates one test instead
    of one test for each row. Use it for tables of values: all rows share the values of
    fixtures. Several of these decorators check every combination.

    :param names: names of the arguments, as a list or separated by commas
    :param rows: a tuple of values for each row, or single values for a single name
    :param ids: how to name a row that fails: a function of its values, or a name for
    each row; by default, the representation of the values
    """
    keys = _split(names)
    table = list(_rows(keys, list(rows), ids))
    if not table:
        raise ValueError(f"no rows of {', '.join(keys)}: nothing would be checked")

    def decorate(test: Test) -> Test:
        @functools.wraps(test)
        def check_all(*args: Any, **kwargs: Any) -> None:
            failed = []
            for row in table:
                try:
                    test(*args, **kwargs, **row.arguments)
                except FAILURES as error:
                    failed.append(f"{row.label}\n{_report(error)}")
            if failed:
                count = f"{len(failed)} of {len(table)} rows failed"
                pytest.fail("\n\n".join([count, *failed]), pytrace=False)

        check_all.__signature__ = _without(test, keys)  # type: ignore[attr-defined]
        return check_all

    return decorate


def _split(names: str | Sequence[str]) -> list[str]:
    if isinstance(names, str):
        names = [name.strip() for name in names.split(",")]
    return list(names)


def _rows(
    keys: Sequence[str], rows: Sequence[Any], ids: Label | Iterable[object] | None
) -> Iterator[_Row]:
    labels: Iterable[object]
    if ids is None or callable(ids):
        labels = [None] * len(rows)
    else:
        labels = ids
    for row, name in zip(rows, labels, strict=True):
        values = (row,) if len(keys) == 1 else tuple(row)
        label = name
        if label is None:
            described = [ids(value) for value in values] if callable(ids) else values
            label = ", ".join(
                str(text) if callable(ids) else ascii(text) for text in described
            )
        yield _Row(str(label), dict(zip(keys, values, strict=True)))


def _without(test: Test, keys: Iterable[str]) -> inspect.Signature:
    """Return the signature for pytest: arguments that are not in a row are fixtures."""
    signature = inspect.signature(test)
    left = [one for name, one in signature.parameters.items() if name not in set(keys)]
    return signature.replace(parameters=left)


def _report(error: BaseException) -> str:
    """Return the error, and the line of the test that raised it, indented."""
    trace = traceback.extract_tb(error.__traceback__)[1:] or [None]
    lines = [f"{trace[0].filename}:{trace[0].lineno}"] if trace[0] else []
    message = str(error) or type(error).__name__
    if not isinstance(error, AssertionError | pytest.fail.Exception):
        message = f"{type(error).__name__}: {message}"
    return "\n".join(f"    {line}" for line in [*lines, *message.splitlines()])
