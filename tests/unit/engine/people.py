# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""People for scenarios, as each side keeps them."""

from __future__ import annotations

from support.fakes.world import World

IDA = {
    "given_name": "Ida",
    "surname": "Lund",
    "display_name": "Ida Lund",
    "email": "ida@example.com",
    "phone_mobile": "+49 171 1",
    "company": "Acme",
}
OLA = {
    "name": "Ola Nord",
    "email": "ola@example.com",
    "phone": "+49 30 2",
    "company": "North",
}


def item(name: str, **values: str) -> dict[str, str]:
    """Return the values of a contact, whose address is derived from its name."""
    first, _blank, last = name.partition(" ")
    return {
        "given_name": first,
        "surname": last,
        "display_name": name,
        "email": f"{first.lower()}@example.com",
        **values,
    }


def partner(name: str, **values: str) -> dict[str, str]:
    """Return the values of a partner, whose address is derived from its name."""
    first = name.partition(" ")[0]
    return {"name": name, "email": f"{first.lower()}@example.com", **values}


def crowd(number: int) -> list[str]:
    """Return the names of a number of people."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return [
        f"{(letters[n // 26] + letters[n % 26]).title()}a Test" for n in range(number)
    ]


def linked_world(**choices: object) -> World:
    """Return a world where Ida was imported and Ola exported, and no changes wait."""
    world = World(**choices)
    world.mailbox.put(IDA, unmodelled={"birthday": "12 May"})
    world.partners.add(OLA)
    world.run()
    world.run()
    return world
