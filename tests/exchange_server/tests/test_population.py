# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The invented people: believable, unique, and the same for the same seed."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from datetime import datetime

import pytest

from exchange_server import Exchange
from exchange_server.population import FOLDERS, populate
from exchange_server.population.companies import draw_companies
from exchange_server.population.contacts import Contacts
from exchange_server.population.dice import Dice
from exchange_server.population.words import common, countries
from exchange_server.tests.wire import ADDRESS
from support.rows import for_each_row

MANY = 2000
FINGERPRINT = "74e3c17ac5f37bdd6e8c1a537a770b4ebc18e99ca9f39f6825cdefb354f74e8d"
# Ranges that are kept free for fiction, and numbers whose local part begins with a 1
# (or libphonenumber's example number); see population/words.py.
FICTION = (
    r"\+1 \d{3} 555 01\d\d",
    r"\(?\d{3}\)?[ -]555-01\d\d",
    r"\+44 20 7946 0\d{3}|020 7946 0\d{3}",
    r"(\+44 |0)(161|113|131) 496 0\d{3}",
    r"(\+44 |0)7700 900\d{3}",
    r"(\+49 \(?30\)? |030 )23125[ -]?\d{3}",
    r"(\+49 |0)40[ /]66969[ -]\d{3}",
    r"\+49 (\(0\))?89 99998[ -]\d{3}",
    r"\+49 221 4710 \d{3}",
    r"\+49 69 90009 \d{3}",
    r"(\+49 |0)171 39200\d\d|\+49 176 040690\d\d",
    r"(\+33 |0)1 99 00 \d\d \d\d|\+33 2 61 91 \d\d \d\d|\+33 4 65 71 \d\d \d\d",
    r"\+33 3 53 01 \d\d \d\d|03\.53\.01\.\d\d\.\d\d",
    r"(\+33 |0)6 39 98 \d\d \d\d",
    r"(\+46 8|08)[ -]465 004 \d\d|\+46 31 390 06 \d\d|\+46 40 628 04 \d\d",
    r"(\+46 |0)70[ -]174 06 [1-9]\d",
    r"(\+61 |\(0)[27]\)? 5550 \d{4}|\+61 3 7010 \d{4}",
    r"(\+61 |0)491 570 (15[6-9]|110)",
    r"(\+31 |0)[12]0 123 \d{4}",
    r"\+34 810 12 34 56",
    r"(\+359 |0)2 123 \d{4}|\+359 32 123 \d{3}",
    r"\+380 (44|32) 123 \d{4}|\(044\) 123-\d\d-\d\d",
    r"\+30 210 123 \d{4}|\+30 2310 123 \d{3}",
    r"(\+81 |0)[36]-1234-\d{4}",
    r"\+86 (10|21) 1234 \d{4}|010-1234\d{4}",
)


def filled(contacts: int, seed: int):
    mailbox = Exchange().add_mailbox(ADDRESS, "password")
    populate(mailbox, contacts, seed)
    return mailbox


@pytest.fixture(scope="module")
def people() -> list[dict]:
    return [dict(item.values) for item in filled(MANY, 7).contacts()]


def dump(mailbox) -> list[tuple]:
    return [(item.folder.name, dict(item.values)) for item in mailbox.contacts()]


def texts(person: dict, prefix: str) -> list[str]:
    return [text for key, text in person.items() if key.startswith(prefix)]


def test_200_contacts_in_three_folders():
    mailbox = filled(200, 7)
    sizes = Counter(item.folder.name for item in mailbox.contacts())
    names = ["Contacts", *(plan.name for plan in FOLDERS[1:])]
    assert [sizes[name] for name in names] == [140, 40, 20]
    contacts = mailbox.folder("contacts")
    below = [child for child in contacts.children if child.name in names]
    assert len(below) == 2
    assert {folder.folder_class for folder in (contacts, *below)} == {"IPF.Contact"}


@for_each_row("contacts", [0, 1, 3, 17])
def test_any_number_of_contacts(contacts):
    assert len(filled(contacts, 1).contacts()) == contacts


def test_the_same_seed_gives_the_same_people():
    assert dump(filled(300, 42)) == dump(filled(300, 42))


def test_another_seed_gives_other_people():
    assert dump(filled(50, 1)) != dump(filled(50, 2))


def test_the_people_are_the_same_on_all_machines_and_versions_of_python():
    """A fingerprint: who changes the population changes it here too, knowingly."""
    dice = Dice(7)
    contacts = Contacts(dice, draw_companies(dice, 500))
    people = [contacts.draw(business=0.8) for _ in range(500)]
    text = json.dumps(people, default=str, sort_keys=True)
    assert hashlib.sha256(text.encode()).hexdigest() == FINGERPRINT


def test_each_person_has_a_name(people):
    for person in people:
        full = person["contacts:DisplayName"]
        assert person["contacts:GivenName"] in full
        assert person["contacts:Surname"] in full
        assert person["contacts:FileAs"].startswith(person["contacts:Surname"])


def test_people_are_unique(people):
    named = Counter(
        (person["contacts:DisplayName"], person.get("contacts:CompanyName"))
        for person in people
        if "contacts:CompanyName" in person
    )
    assert max(named.values()) == 1
    addresses = [mail for p in people for mail in texts(p, "contacts:EmailAddress:")]
    assert len(addresses) == len(set(addresses)) > MANY * 0.9


def test_addresses_and_websites_are_of_reserved_domains(people):
    for person in people:
        for mail in texts(person, "contacts:EmailAddress:"):
            assert re.fullmatch(r"[a-z0-9.-]+@[a-z0-9-]+\.[a-z]+", mail), mail
            assert re.search(r"(\.example|@example\.(com|org|net))$", mail), mail
        page = person.get("contacts:BusinessHomePage", "https://www.a.example/")
        assert re.fullmatch(r"https://www\.[a-z0-9-]+\.example/", page)


def test_telephone_numbers_are_not_assigned(people):
    fiction = re.compile("|".join(f"(?:{pattern})" for pattern in FICTION))
    numbers = [n for person in people for n in texts(person, "contacts:PhoneNumber:")]
    assert len(numbers) > MANY
    assert [number for number in numbers if not fiction.fullmatch(number)] == []


def test_companies_have_several_people_at_one_address(people):
    staff: dict[str, list[dict]] = {}
    for person in people:
        if "contacts:CompanyName" in person:
            staff.setdefault(person["contacts:CompanyName"], []).append(person)
    assert len(staff) > 100
    assert max(len(persons) for persons in staff.values()) >= 10
    assert sum(len(persons) > 1 for persons in staff.values()) > len(staff) * 0.7
    for persons in staff.values():
        streets = {p["contacts:PhysicalAddress:Business:Street"] for p in persons}
        assert len(streets) == 1
        assert all(person["contacts:JobTitle"] for person in persons)


def test_people_come_from_many_countries_in_many_scripts(people):
    key = "contacts:PhysicalAddress:Business:CountryOrRegion"
    found = Counter(person[key] for person in people if key in person)
    assert set(found) == {country.name for country in countries()}
    names = "".join(person["contacts:DisplayName"] for person in people)
    for script in ("[а-яА-Я]", "[α-ωΑ-Ω]", "[\u4e00-\u9fff]", "[äöüßÅåéèñ]"):
        assert re.search(script, names)


def test_notes_birthdays_categories_and_further_phones_occur(people):
    keys = Counter(key for person in people for key in person)
    for key in (
        "item:Body",
        "item:Categories",
        "contacts:Birthday",
        "contacts:Department",
        "contacts:MiddleName",
        "contacts:Generation",
        "contacts:EmailAddress:EmailAddress2",
        "contacts:PhoneNumber:MobilePhone",
        "contacts:PhoneNumber:HomePhone",
        "contacts:PhoneNumber:BusinessFax",
        "contacts:PhysicalAddress:Home:City",
    ):
        assert keys[key] > 0, key
    birthdays = [p["contacts:Birthday"] for p in people if "contacts:Birthday" in p]
    assert all(isinstance(day, datetime) and day.tzinfo for day in birthdays)
    assert 0.5 * MANY < keys["contacts:PhoneNumber:BusinessPhone"] < MANY


def test_names_with_particles_and_two_surnames_occur(people):
    surnames = {person["contacts:Surname"] for person in people}
    for part in ("van der ", "van den ", "de La ", "O'", "St. ", "-", "von "):
        assert any(part in surname for surname in surnames), part
    assert any(len(surname.split()) == 2 for surname in surnames)


def test_the_word_lists_are_complete():
    assert len(countries()) >= 12
    for country in countries():
        assert country.given and country.surnames and country.places
        for word in (*country.given, *country.surnames, *country.trades):
            assert re.fullmatch(r"[a-z0-9-]+", word.slug), word
        for place in country.places:
            assert place.phones, place
    for domain in common().mail_domains:
        assert re.search(r"(\.example|^example\.(com|org|net))$", domain)
