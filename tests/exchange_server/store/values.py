# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What values of properties are in Python."""

from __future__ import annotations

from datetime import datetime

# Body is (type, text); string lists are lists; recipients and members are lists of
# mappings. A value is never changed in place: copies of an item share it.
Value = str | bool | int | datetime | list | tuple | bytes
Values = dict[str, Value]


def size_of(values: Values) -> int:
    """A believable size of values in bytes."""
    return sum(2 * len(str(value)) + 8 for value in values.values())
