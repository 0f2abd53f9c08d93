# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Outlook shows for an address follows the name and the address, unless a person
wrote it."""

from __future__ import annotations

from exchange_contact_sync.core.fields import EMAIL_LABELS
from exchange_contact_sync.core.policy import ConflictPolicy, Direction, Policy
from support.rows import for_each_row
from unit.core.test_reconcile_laws import Pair

BOTH = Policy(conflict=ConflictPolicy.EXCHANGE)
ONE, TWO = "anna@example.com", "schmidt@example.com"
ANNA = {
    "given_name": "Anna",
    "surname": "Schmidt",
    "display_name": "Anna Schmidt",
    "file_as": "Schmidt, Anna",
    "company": "Acme",
}
WEBER = {"name": "Anna Weber"}
LATER = {"email": TWO}

CASES = [
    # label in Exchange, edit in Odoo, label afterwards
    ("Anna Schmidt", WEBER, "Anna Weber"),
    ("Anna Schmidt", LATER, "Anna Schmidt"),
    ("Anna Schmidt", {**WEBER, **LATER}, "Anna Weber"),
    ("Schmidt, Anna", WEBER, "Weber, Anna"),
    ("SCHMIDT Anna", WEBER, "WEBER Anna"),
    (f"Anna Schmidt ({ONE})", WEBER, f"Anna Weber ({ONE})"),
    (f"Anna Schmidt ({ONE})", LATER, f"Anna Schmidt ({TWO})"),
    (f"Schmidt, Anna ({ONE})", {**WEBER, **LATER}, f"Weber, Anna ({TWO})"),
    (f"Anna Schmidt <{ONE}>", LATER, f"Anna Schmidt <{TWO}>"),
    (f"Anna Schmidt [{ONE}]", WEBER, f"Anna Weber [{ONE}]"),
    ("Anna Schmidt (Acme)", {"company": "North"}, "Anna Schmidt (North)"),
    (ONE, LATER, TWO),
    (ONE, WEBER, ONE),
    (" Anna  Schmidt ", {"job_title": "Boss"}, " Anna  Schmidt "),
    (ONE.upper(), WEBER, ONE.upper()),
    (ONE.upper(), LATER, TWO),
    # A person's own.
    ("Anna at work", WEBER, "Anna at work"),
    ("Anna at work", LATER, "Anna at work"),
    ("The boss", {**WEBER, **LATER}, "The boss"),
    (f"The boss ({ONE})", LATER, f"The boss ({ONE})"),
    ("Anna Schmidt", {"job_title": "Boss"}, "Anna Schmidt"),
]


def shown(pair: Pair, key: str = "email") -> str:
    """Exchange shows the address where there is no label."""
    label = pair.theirs.get(EMAIL_LABELS[key])
    return "" if label == pair.theirs[key] else label


@for_each_row(("label", "edit", "expected"), CASES)
def test_a_label_of_the_first_address(label: str, edit: dict, expected: str):
    there = {**ANNA, "email": ONE, "email_label": label}
    pair = Pair({"name": "Anna Schmidt", "company": "Acme", "email": ONE}, there)
    pair.sync(BOTH)
    pair.edit(edit, {})
    outcome = pair.sync(BOTH)
    now = edit.get("email", ONE)
    wanted = "" if expected == now else expected
    assert (shown(pair), pair.theirs["email"]) == (wanted, now)
    if expected == label and "email" not in edit:
        assert not outcome.to_exchange.keys() & {"email", "email_label"}
    assert not pair.sync(BOTH).to_exchange


@for_each_row(("label", "edit", "expected"), CASES)
def test_a_label_of_a_further_address(label: str, edit: dict, expected: str):
    there = {**ANNA, "email3": ONE, "email3_label": label}
    pair = Pair({"name": "Anna Schmidt", "company": "Acme", "emails": ONE}, there)
    pair.sync(BOTH)
    edit = {{"email": "emails"}.get(key, key): text for key, text in edit.items()}
    pair.edit(edit, {})
    pair.sync(BOTH)
    expected = "" if expected == edit.get("emails", ONE) else expected
    assert shown(pair, "email3") == expected
    assert not pair.sync(BOTH).to_exchange


def test_the_display_name_of_a_new_contact_is_its_name():
    pair = Pair({"name": "Anna Schmidt", "email": ONE, "emails": TWO}, {})
    sent = pair.sync(BOTH).to_exchange
    assert (sent["email_label"], sent["email2_label"]) == ("Anna Schmidt", TWO)
    pair.edit({"name": "Anna Weber"}, {})
    sent = pair.sync(BOTH).to_exchange
    assert (sent["email"], sent["email_label"]) == (ONE, "Anna Weber")
    assert "email2" not in sent


def test_a_new_address_is_labeled_with_the_name():
    pair = Pair({"name": "Anna Schmidt"}, ANNA)
    pair.sync(BOTH)
    pair.edit({"email": ONE}, {})
    assert pair.sync(BOTH).to_exchange == {"email": ONE, "email_label": "Anna Schmidt"}
    pair.edit({"email": ""}, {})
    assert pair.sync(BOTH).to_exchange == {"email": ""}
    pair.edit({"email": TWO}, {})
    assert pair.sync(BOTH).to_exchange["email_label"] == "Anna Schmidt"


def test_a_label_that_we_wrote_is_ours_after_a_rename_in_exchange():
    pair = Pair({"name": "Anna Schmidt", "email": ONE}, {})
    pair.sync(BOTH)
    pair.edit({}, {"surname": "Weber", "display_name": "Anna Weber"})
    assert "email_label" not in pair.sync(BOTH).to_exchange
    pair.edit({"name": "Anna Lang"}, {})
    assert pair.sync(BOTH).to_exchange["email_label"] == "Anna Lang"
    pair.edit({}, {"email_label": "Anna at work"})
    pair.sync(BOTH)
    pair.edit({"name": "Anna Lind", "email": TWO}, {})
    assert pair.sync(BOTH).to_exchange["email_label"] == "Anna at work"


def test_an_address_within_exchange_keeps_its_label():
    """Such an address comes without one (``ews/contacts/parse.py``)."""
    pair = Pair({"name": "Anna Schmidt", "email": ONE}, {**ANNA, "email": ONE})
    pair.sync(BOTH)
    pair.edit({"name": "Anna Weber"}, {})
    assert not pair.sync(BOTH).to_exchange.keys() & {"email", "email_label"}


def test_a_value_that_may_not_be_written_stays_on_its_side():
    pair = Pair(
        {"name": "Anna Schmidt", "company": "Acme", "email": ONE},
        {**ANNA, "email": ONE, "email_label": "Anna Schmidt", "file_as": "Acme"},
    )
    pair.sync(BOTH)
    pair.edit({"name": "Anna Weber", "company": "North"}, {})
    for row, kept in (("email", "email_label"), ("name", "file_as")):
        policy = Policy(rules={row: Direction.PULL})
        assert kept not in pair.outcome(policy).to_exchange
        assert row not in pair.outcome(policy).to_exchange
    assert pair.outcome(BOTH).to_exchange.keys() >= {"email_label", "file_as"}
