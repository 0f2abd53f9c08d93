# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Outlook shows for an e-mail address: "Anna Schmidt", or the address itself.

Exchange keeps such a label with each address (``Name`` of an entry in EWS,
PidLidEmail1DisplayName in [MS-OXOCNTC] 2.2.1.2.1). We write the name, Outlook writes
"Anna Schmidt (anna@example.com)". A label that was made of the name or the address
follows both; one that a person wrote stays, also when the address changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .fields import EMAIL_LABELS
from .file_as import NAMES, SHOWN, form_of
from .text import line

WRITTEN = {label: f"{label}_written" for label in EMAIL_LABELS.values()}
"""What ``Base.remembered`` calls labels that we wrote: such a label is ours also after
the name was changed in Exchange, where nobody changes the label along with it."""

KNOWN = "labels_known"
"""What ``Base.remembered`` says once a contact was read for its labels."""

_FIRST = next(iter(WRITTEN))

AROUND = ("{name}", "{name} ({address})", "{name} <{address}>", "{name} [{address}]")
"""Where the address stands in a label."""

_BY_NAME = (SHOWN, *NAMES)


def seen(theirs: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """The labels of a contact as it was read, to be remembered.

    :param theirs: Mapping of field key to text; an address without a label only means
        something within Exchange, and is left alone
    :param known: Mapping, what was remembered so far
    :return: dict of labels, and of those that we wrote
    """
    found = {KNOWN: "yes"}
    for key, label in EMAIL_LABELS.items():
        if theirs.get(key) and theirs.get(label):
            found[label] = theirs[label]
            if known.get(WRITTEN[label]) == found[label]:
                found[WRITTEN[label]] = found[label]
    return found


def are_known(remembered: Mapping[str, str]) -> bool:
    """:param remembered: Mapping, see :func:`seen`
    :return: bool; not so when the pair agreed before this addon knew of labels
    """
    return KNOWN in remembered


def followed(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    """What goes along with changes of addresses, of the name or of the company.

    :param before: Mapping of field key, part of the name and label to text, what
        Exchange has; without addresses for a new contact
    :param after: Mapping, likewise, with what it is about to be sent
    :return: dict of labels to send, each with its address
    """
    result = {}
    for key, label in EMAIL_LABELS.items():
        if not after.get(key):
            continue
        known = before.get(label) if before.get(key) else None
        text = _again(key, before, after) if known else _new(key, after)
        if before.get(key) != after[key] or known and text != known:
            result.update({key: after[key], label: text})
    return result


def written(sent: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """What to remember of labels once they were sent.

    :param sent: Mapping of field key and label to text
    :param known: Mapping, what was remembered before
    :return: dict of labels, and of those that we wrote; "" for one to be forgotten
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


def _new(key: str, after: Mapping[str, str]) -> str:
    """The first address is called like its owner, the others by themselves."""
    shown = line(after.get("display_name") or "") if EMAIL_LABELS[key] == _FIRST else ""
    return shown or after[key]


def _again(key: str, before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """The label of an address that has one."""
    label = EMAIL_LABELS[key]
    text = line(before[label])
    if text == line(before[key]):
        return after[key]
    for around, name in _names_in(text, line(before[key])):
        form = form_of(name, before, _BY_NAME)
        made = form.of(after) if form else ""
        if made:
            return around.format(name=made.replace("\n", " "), address=after[key])
    if before.get(WRITTEN[label]) == before[label]:
        return line(after.get("display_name") or "") or after[key]
    return before[label]


def _names_in(label: str, address: str) -> Iterator[tuple[str, str]]:
    """:return: iterator of pairs of what stands around a name, and the name"""
    for around in AROUND:
        end = around.format(name="", address=address)
        if label.endswith(end) and label != end:
            yield around, label[: len(label) - len(end)]
