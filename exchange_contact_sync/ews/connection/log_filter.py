# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Keep passwords and contacts out of the log messages of other libraries."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType


class BelowLevel(logging.Filter):
    """Drops records below a level, regardless of the level that an administrator sets.

    :param level: of ``logging``
    """

    def __init__(self, level: int) -> None:
        super().__init__()
        self._level = level

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether the record is logged."""
        return record.levelno >= self._level


def drop_below(level: int, module: ModuleType) -> None:
    """Filter the loggers of a module and, if it is a package, of its modules.

    A filter does not apply to child loggers. These have the names of modules that may
    not be imported yet, or names of their own.

    :param level: of ``logging``
    """
    name = module.__name__
    names = {*_modules_of(module), *logging.root.manager.loggerDict}
    below = {one for one in names if one.startswith(f"{name}.")}
    for one in (name, *below):
        logging.getLogger(one).addFilter(BelowLevel(level))


def _modules_of(module: ModuleType) -> Iterator[str]:
    for folder in getattr(module, "__path__", ()):
        for file in Path(folder).rglob("*.py"):
            parts = file.relative_to(folder).with_suffix("").parts
            yield ".".join([module.__name__, *parts]).removesuffix(".__init__")
