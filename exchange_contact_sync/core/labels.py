# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The label that Outlook shows for an e-mail address: "Anna Schmidt", or the address.

Exchange stores such a label with each address (``Name`` of an entry in EWS,
PidLidEmail1DisplayName in [MS-OXOCNTC] 2.2.1.2.1). We write the name, Outlook writes
"Anna Schmidt (anna@example.com)". A label derived from the name or the address follows
changes of both; a label that a person wrote stays, even if the address changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .fields import EMAIL_LABELS
from .file_as import NAMES, SHOWN, form_of
from .text import line

WRITTEN = {label: f"{label}_written" for label in EMAIL_LABELS.values()}
"""The keys in ``Base.remembered`` for labels that we wrote: such a label remains ours
after the name was changed in Exchange, where the label does not change with it."""

KNOWN = "labels_known"
"""The key in ``Base.remembered`` that is set once an item was read for its labels."""

_FIRST = next(iter(WRITTEN))

AROUND = ("{name}", "{name} ({address})", "{name} <{address}>", "{name} [{address}]")
"""The place of the address in a label."""

_BY_NAME = (SHOWN, *NAMES)


def seen(theirs: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """Return the labels of an item, to be remembered.

    :param theirs: by field key; an address without a label is only valid within
        Exchange and is ignored
    :param known: what was remembered before
    :return: the labels, and those that we wrote
    """
    found = {KNOWN: "yes"}
    for key, label in EMAIL_LABELS.items():
        if theirs.get(key) and theirs.get(label):
            found[label] = theirs[label]
            if known.get(WRITTEN[label]) == found[label]:
                found[WRITTEN[label]] = found[label]
    return found


def are_known(remembered: Mapping[str, str]) -> bool:
    """Decide whether the labels of an item are known. They are not if the pair agreed
    before this addon supported labels.

    :param remembered: see :func:`seen`
    """
    return KNOWN in remembered


def followed(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    """Return the labels that change together with addresses, the name or the company.

    :param before: by field key, part of the name and label, what Exchange has; without
        addresses for a new item
    :param after: likewise, including the values about to be sent
    :return: labels to send, each with its address
    """
    result = {}
    for key, label in EMAIL_LABELS.items():
        if not after.get(key):
            continue
        known = before.get(label) if before.get(key) else None
        text = _updated(key, before, after) if known else _label_of_new(key, after)
        if before.get(key) != after[key] or known and text != line(known):
            result.update({key: after[key], label: text})
    return result


def written(sent: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """Return what to remember about labels once they were sent.

    :param sent: by field key and label
    :param known: what was remembered before
    :return: the labels, and those that we wrote; "" to remove one
    """
    found = {}
    for key, label in EMAIL_LABELS.items():
        if key in sent and not sent[key]:
            found.update({label: "", WRITTEN[label]: ""})
        elif label in sent:
            found[label] = sent[label]
            if sent[label] != known.get(label):
                is_ours = sent[label] != sent[key]
                found[WRITTEN[label]] = sent[label] if is_ours else ""
    return found


def _label_of_new(key: str, after: Mapping[str, str]) -> str:
    """Return a new label: the name for the first address, the address for others."""
    shown = line(after.get("display_name") or "") if EMAIL_LABELS[key] == _FIRST else ""
    return shown or after[key]


def _updated(key: str, before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """Return the label of an address that already has one."""
    label = EMAIL_LABELS[key]
    text = line(before[label])
    if text.casefold() == line(before[key]).casefold():
        return text if before[key] == after[key] else after[key]
    for around, name in _names_in(text, line(before[key])):
        form = form_of(name, before, _BY_NAME)
        made = form.of(after) if form else ""
        if made:
            return around.format(name=made.replace("\n", " "), address=after[key])
    if before.get(WRITTEN[label]) == before[label]:
        return line(after.get("display_name") or "") or after[key]
    return text


def _names_in(label: str, address: str) -> Iterator[tuple[str, str]]:
    """Return pairs of what surrounds a name in the label, and the name."""
    for around in AROUND:
        end = around.format(name="", address=address)
        if label.endswith(end) and label != end:
            yield around, label[: len(label) - len(end)]
