# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Contacts without a name."""

from __future__ import annotations

from collections.abc import Iterator

from support.corpus.case import Case

CALLED: tuple[dict[str, str], ...] = (
    {"company": "Only A Company Ltd."},
    {"company": "Ünly, Ä; Company"},
    {"email": "only.mail@example.com"},
    {"email": "only not a mail"},
    {"email2": "only.second@example.com", "file_as": "Filed beside a second mail"},
    {"file_as": "Only Filed, As"},
    {"file_as": "  Only   Filed  "},
    {"phone_business": "+1 555 555 0501"},
    {"phone_mobile": "+44 7700 900502"},
    {"phone_pager": "+1 555 555 0503"},
    {"phone_telex": "only digits no"},
    {"company": "Company With Mail", "email": "with.mail@example.com"},
    {"company": "Company Filed", "file_as": "Filed Of Company"},
    {"company": "Company With Number", "phone_home": "+1 555 555 0504"},
    {"email": "mail.and.number@example.com", "phone_car": "+1 555 555 0505"},
    {"company": "Company With All", "email": "c.all@example.com", "note": "n",
        "home_city": "Home", "birthday": "1980-02-29", "nickname": "Nick"},
    {"company": "Blank Name", "display_name": "  ", "given_name": "\t"},
    {"nickname": "Idchen"},
    {"initials": "I.E."},
    {"email2": "only.the.second@example.com"},
    {"email3": "only.the.third@example.com"},
    {"im1": "only:chat"},
    {"website": "https://only.example.com"},
    {"title": "Only A Title"},
    {"suffix": "Only A Suffix"},
)  # fmt: skip


def cases() -> Iterator[Case]:
    """:return: iterator of Case, which Odoo names after another value"""
    for number, values in enumerate(CALLED):
        yield Case(f"nameless {number}", values, own_address=True)


def uncalled() -> Iterator[Case]:
    """:return: iterator of Case, which have no value to name them after"""
    yield Case("empty", {})
    yield Case("blank", {"display_name": " ", "company": "\t", "email": "\n"})
    yield Case("only a note", {"note": "who is it?"}, plain=True)
    yield Case("only an address", {"home_street": "1 Home Street"})
    yield Case("only a day", {"birthday": "1604-02-29"})
    yield Case("only a category", {"categories": "VIP"})
    yield Case("only a job", {"job_title": "Chief"})
    yield Case("only another person", {"manager": "Ola Example"})
