# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What becomes of one field: base, Odoo, Exchange, and what both have afterwards.

"-" says that a side does not carry the field, or that there is no base. "!" marks a
conflict. The winner of conflicts is Exchange.
"""

from __future__ import annotations

from exchange_contact_sync.core.contact import Contact
from exchange_contact_sync.core.merge import merge
from exchange_contact_sync.core.policy import ConflictPolicy, Policy, Side
from support.fakes.partners import REFERENCE_DATA
from support.rows import for_each_row

EXCHANGE_WINS = Policy(conflict=ConflictPolicy.EXCHANGE)
ONLY_IN = Policy(push=False, conflict=ConflictPolicy.ODOO)
ONLY_OUT = Policy(pull=False, conflict=ConflictPolicy.EXCHANGE)
ONLY_OUT_ODOO_WINS = Policy(pull=False, conflict=ConflictPolicy.ODOO)
NEITHER = Policy(pull=False, push=False)

CASES = [
    (
        EXCHANGE_WINS,
        """
        what happened                    base odoo exch.  odoo exch. base conflict
        nobody changed it                a    a    a      a    a     a
        blank everywhere                 .    .    .      .    .     .
        changed in Odoo                  a    b    a      b    b     a
        changed in Exchange              a    a    b      b    b     b
        both to the same                 a    b    b      b    b     b
        both to different values         a    b    c      c    c     c  !
        cleared in Odoo                  a    .    a      .    .     a
        cleared in Exchange              a    a    .      .    .     .
        both cleared it                  a    .    .      .    .     .
        cleared here, changed there      a    .    b      b    b     b  !
        changed here, cleared there      a    b    .      .    .     .  !
        filled in Odoo                   .    a    .      a    a     .
        filled in Exchange               .    .    a      a    a     a
        first contact, equal             -    a    a      a    a     a
        first contact, only Odoo has it  -    a    .      a    a     .
        first contact, only Exchange     -    .    a      a    a     a
        first contact, different         -    a    b      b    b     b  !
        first contact, blank             -    .    .      .    .     .
        Odoo does not carry it           a    -    b      -    b     a
        Exchange does not carry it       a    b    -      b    -     a
    """,
    ),
    (
        ONLY_IN,
        """
        what happened                    base odoo exch.  odoo exch. base conflict
        changed in Odoo                  a    b    a      b    a     a
        changed in Exchange              a    a    b      b    b     b
        both to different values         a    b    c      c    c     c
        first contact, only Odoo has it  -    a    .      a    .     -
        first contact, only Exchange     -    .    a      a    a     a
        first contact, different         -    a    b      b    b     b
    """,
    ),
    (
        ONLY_OUT,
        """
        what happened                    base odoo exch.  odoo exch. base conflict
        changed in Odoo                  a    b    a      b    b     a
        changed in Exchange              a    a    b      a    b     a
        both to different values         a    b    c      b    c     b  !
        first contact, only Odoo has it  -    a    .      a    a     .
        first contact, only Exchange     -    .    a      .    a     -
        first contact, different         -    a    b      a    b     a  !
    """,
    ),
    (
        ONLY_OUT_ODOO_WINS,
        """
        what happened                    base odoo exch.  odoo exch. base conflict
        both to different values         a    b    c      b    b     c  !
        first contact, different         -    a    b      a    a     b  !
    """,
    ),
    (
        NEITHER,
        """
        what happened                    base odoo exch.  odoo exch. base conflict
        changed in Odoo                  a    b    a      b    a     a
        changed in Exchange              a    a    b      a    b     a
        both to the same                 a    b    b      b    b     b
        both to different values         a    b    c      b    c     a
        first contact, different         -    a    b      a    b     -
        first contact, equal             -    a    a      a    a     a
    """,
    ),
]
ROWS = [
    (policy, line.strip()[:33].strip(), line.strip()[33:].split())
    for policy, table in CASES
    for line in table.strip().splitlines()[1:]
]


def side(text: str) -> Contact:
    """A contact that carries one field, or none."""
    values = {} if text == "-" else {"job_title": "" if text == "." else text}
    return Contact(values)


def shown(values: object) -> str:
    return "-" if "job_title" not in values else values["job_title"] or "."


@for_each_row("row", ROWS, ids=lambda row: row[1])
def test_a_field(row: tuple):
    policy, _name, (base, ours, theirs, *expected) = row
    agreed = None if base == "-" else side(base)
    result = merge(agreed, side(ours), side(theirs), policy, REFERENCE_DATA)
    after = [
        shown(side(ours).with_values(result.pull)),
        shown(side(theirs).with_values(result.push)),
        shown(result.base),
        *("!" for _conflict in result.conflicts),
    ]
    assert after == expected


NEWEST = Policy(conflict=ConflictPolicy.NEWEST)
ODOO_WINS = Policy(conflict=ConflictPolicy.ODOO)
WINNERS = [
    # policy, Odoo's is newer, who wins
    (EXCHANGE_WINS, True, Side.EXCHANGE),
    (EXCHANGE_WINS, False, Side.EXCHANGE),
    (ODOO_WINS, True, Side.ODOO),
    (ODOO_WINS, False, Side.ODOO),
    (NEWEST, True, Side.ODOO),
    (NEWEST, False, Side.EXCHANGE),
]


@for_each_row(("policy", "newer", "winner"), WINNERS)
def test_the_winner_of_a_conflict(policy: Policy, newer: bool, winner: Side):
    """Equal times are not newer: they go to Exchange."""
    result = merge(
        side("a"), side("b"), side("c"), policy, REFERENCE_DATA, ours_is_newer=newer
    )
    (conflict,) = result.conflicts
    kept, lost = ("b", "c") if winner is Side.ODOO else ("c", "b")
    assert (conflict.winner, conflict.kept, conflict.lost) == (winner, kept, lost)
    assert result.push == ({"job_title": "b"} if winner is Side.ODOO else {})
    assert result.pull == ({} if winner is Side.ODOO else {"job_title": "c"})


def address(street: str, city: str, country: str) -> Contact:
    keys = ("business_street", "business_city", "business_country")
    return Contact(dict(zip(keys, (street, city, country), strict=True)))


def test_parts_of_two_addresses_are_never_mixed():
    base = address("Road 1", "Berlin", "Germany")
    ours = address("Street 2", "Bonn", "Germany")
    theirs = address("Allee 3", "Berlin", "France")
    result = merge(base, ours, theirs, EXCHANGE_WINS, REFERENCE_DATA)
    assert ours.with_values(result.pull) == theirs == theirs.with_values(result.push)
    lost = {conflict.key: conflict.lost for conflict in result.conflicts}
    assert lost == {
        "business_street": "Street 2",
        "business_city": "Bonn",
        "business_country": "Germany",
    }


def test_address_parts_without_a_conflict_both_survive():
    base = address("Road 1", "Berlin", "Germany")
    ours = address("Road 2", "Berlin", "Germany")
    theirs = address("Road 1", "Bonn", "Germany")
    result = merge(base, ours, theirs, EXCHANGE_WINS, REFERENCE_DATA)
    assert result.pull == {"business_city": "Bonn"}
    assert result.push == {"business_street": "Road 2"}
    assert not result.conflicts
