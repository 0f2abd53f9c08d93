# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The services of exchangelib's protocol object: names, identifiers, time zones."""

from __future__ import annotations

from exchangelib import Contact
from exchangelib.errors import ErrorNameResolutionNoResults
from exchangelib.properties import EWS_ID, HEX_ENTRY_ID, AlternateId


def test_resolve_names(account, mailbox):
    assert account.version  # exchangelib asks for it before other services only
    (found,) = account.protocol.resolve_names(["anna"], return_full_contact_data=False)
    assert found.email_address == mailbox.address

    ((person, contact),) = account.protocol.resolve_names(
        ["anna"], return_full_contact_data=True
    )
    assert (person.name, contact.display_name) == ("Anna Example", "Anna Example")

    (nobody,) = account.protocol.resolve_names(["nobody"])
    assert isinstance(nobody, ErrorNameResolutionNoResults)


def test_convert_identifiers(account):
    made = Contact(account=account, folder=account.contacts, display_name="A").save()
    given = AlternateId(id=made.id, format=EWS_ID, mailbox=account.primary_smtp_address)

    (there,) = account.protocol.convert_ids([given], destination_format=HEX_ENTRY_ID)
    assert int(there.id, 16)
    (back,) = account.protocol.convert_ids([there], destination_format=EWS_ID)
    assert back.id == made.id


def test_time_zones(account):
    zones = list(account.protocol.get_timezones(return_full_timezone_data=True))

    berlin = next(each for each in zones if each.id == "W. Europe Standard Time")
    standard, daylight, period = berlin.get_std_and_dst(for_year=2024)
    assert (standard.bias, daylight.bias, period.bias_in_minutes) == (0, -60, -60)
