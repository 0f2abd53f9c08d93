# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Communication: e-mails, phone numbers, messengers and web pages, few and many."""

from __future__ import annotations

from collections.abc import Iterator

from support.corpus.case import Case, called
from support.corpus.mailbox import SMTP, TEXTS
from support.corpus.rows import PHONES as SLOTS

MAILS = (
    "no at sign",
    '"Ida Example" <ida.quoted@example.com>',
    "ida.one@example.com, ida.two@example.com",
    "ida.three@example.com; ida.four@example.com",
    " ida.blank@example.com ",
    "IDA.UPPER@EXAMPLE.COM",
    "idä@müller.example",
    "ida+tag/x=y@example.com",
    "ida@localhost",
    "mailto:ida.scheme@example.com",
    "@",
    "例@例.example",
)
PHONES = (
    "+44 20 7946 0001",
    "+44 7700 900123",
    "+1 (555) 555-0100 x12",
    "+1 555-555-0101 ext. 34",
    "+1 555 555 0102;ext=56",
    "+49 (0)30 / 555 01-03",
    "0049 30 55504",
    "030-55505 доб. 7",
    "tel:+1-555-555-0106",
    "after 6 p.m.",
    "☎ 555 0107",
    "٠٣٠ ٥٥٥٠١",
    "５５５−０１０８",
    "+1 555 0109 / +1 555 0110",
    "#31#5550111",
    "*100#",
    "0",
    "1-800-EXAMPLE",
    "5550112,,1234#",
)
SITES = (
    "example.com",
    "WWW.Example.com/",
    "http://www.example.com/Path/",
    "https://example.com/?a=1&b=2#c",
    "HTTPS://EXAMPLE.COM/Größe",
    "//example.com",
    "ftp://example.com/file",
    "not-a-site",
    "example.com:8080",
    "https://user@example.com/",
    "http://пример.example/путь",
    "https://example.com/a%20b",
)
IMS = ("sip:ida@example.com", "ida, ola", "@ida", "xmpp:ida;node", "skype:ида?chat")

LEGACY = "/O=EXAMPLE/OU=FIRST ADMINISTRATIVE GROUP/CN=RECIPIENTS/CN={}"


def _internal(place: int, smtp: str) -> dict[str, object]:
    """Return an address within Exchange, as the simulator stores it."""
    row = f"email{place}" if place > 1 else "email"
    return {
        TEXTS[row]: LEGACY.format(f"P{place}{smtp[:5].upper()}"),
        f"{TEXTS[row]}:Name": "Ida Example",
        f"{TEXTS[row]}:RoutingType": "EX",
        **({SMTP[row]: smtp} if smtp else {}),
    }


def _full() -> dict[str, str]:
    """Return a contact with every communication field filled."""
    numbers = {key: f"+1 555 555 02{n:02}" for n, key in enumerate(SLOTS)}
    ims = {f"im{n}": f"sip:full{n}@example.com" for n in (1, 2, 3)}
    mails = {"email2": "full2@example.com", "email3": "full3@example.com"}
    pages = {"website": "https://full.example.com", "personal_page": "full.example"}
    return {**numbers, **ims, **mails, **pages}


def _of_another(text: str, letter: str) -> str:
    """Return the same difficulty for the address of another person."""
    return letter + text.replace("ida.", f"{letter}ida.")


def cases() -> Iterator[Case]:
    """:return: iterator of Case"""
    for text in MAILS:
        yield called(f"e-mail {text!r}", email=text)
        others = {"email2": _of_another(text, "x"), "email3": _of_another(text, "y")}
        yield called(f"second e-mail {text!r}", **others)
    for text in PHONES:
        yield called(f"number {text!r}", phone_business=text, phone_home=text)
        yield called(f"number in the car {text!r}", phone_car=text)
    for key in SLOTS:
        yield called(f"only {key}", **{key: "+1 555 555 0300"})
    for text in SITES:
        yield called(f"site {text!r}", website=text, personal_page=text)
    for text in IMS:
        yield called(f"messenger {text!r}", im1=text, im3=f"{text}3")
    yield called("only the last messenger", im3="sip:last@example.com")
    yield called("only the second e-mail", email="", email2="second@example.com")
    yield called("only the own page", personal_page="https://own.example")
    yield called("every way", **_full())
    yield called("every way the same", **dict.fromkeys(_full(), "https://same.example"))
    yield from _inside_exchange()


def _inside_exchange() -> Iterator[Case]:
    for place in (1, 2, 3):
        for kind, smtp in (("with", f"smtp{place}@example.com"), ("without", "")):
            about = f"address {place} within Exchange {kind} an SMTP address"
            name = {"display_name": f"Internal {place} {kind}"}
            beside = _internal(place, smtp)
            yield Case(about, name, beside=beside, own_address=place == 1)
